import { DomainName } from "mirage-wasm/domain-name";
import { equal, ok, test } from "./harness";

/** As it is written, or "" where it is none. */
function shown(text: string): string {
  const name = DomainName.parse(text);
  return name ? name.toString() : "";
}

function named(text: string): DomainName {
  return DomainName.parse(text)!;
}

export function testDomainName(): void {
  test("RFC 1035 5.1: names as text, and what is none", () => {
    equal(shown("www.Example.org"), "www.Example.org.", "a name without its last point");
    equal(shown("www.Example.org."), "www.Example.org.", "a name with it");
    equal(shown("."), ".", "the root");
    equal(shown("a\\.b.c"), "a\\.b.c.", "a point inside a label");
    equal(shown("a\\046b.c"), "a\\.b.c.", "the same as a number");
    equal(shown("\\000\\255\\\\.x"), "\\000\\255\\\\.x.", "bytes of any kind");
    equal(shown("*.example"), "*.example.", "an asterisk");
    for (let i = 0; i < NONE.length; i++) equal(shown(NONE[i]), "", NONE[i]);
  });

  test("RFC 1035 2.3.4: labels of 63 bytes, names of 255, and not one more", () => {
    const label = "a".repeat(63);
    equal(named(label).bytes.length, 65, "bytes of the longest label's name");
    equal(shown(label + "a"), "", "a longer label");
    const most = label + "." + label + "." + label + "." + "a".repeat(61);
    equal(named(most).bytes.length, 255, "bytes of the longest name");
    equal(named(most + ".").bytes.length, 255, "bytes of it with its point");
    equal(shown(most + "a"), "", "a longer name");
    equal(named("a.".repeat(127)).bytes.length, 255, "bytes of the one with the most labels");
    equal(shown("a.".repeat(128)), "", "a label more");
  });

  test("RFC 4343 3: case does not count, and is kept", () => {
    ok(named("wWw.eXample").equals(named("Www.ExAMPLE.")), "they are equal");
    equal(named("wWw.eXample").key, named("Www.ExAMPLE.").key, "the key");
    equal(shown("wWw.eXample"), "wWw.eXample.", "the text");
    ok(!named("a[").equals(named("a{")), "only letters have a case");
    ok(named("a\\.b").key != named("a.b").key, "a point inside a label is none between two");
    ok(!named("a\\.b").equals(named("a.b")), "nor are such names equal");
  });

  test("RFC 1034 3.1: a name is below others by whole labels", () => {
    ok(named("a.b.c").isWithin(named("B.c")), "below");
    ok(named("b.c").isWithin(named("b.c")), "itself");
    ok(named("b.c").isWithin(named(".")), "below the root");
    ok(!named("ab.c").isWithin(named("b.c")), "the end of a label");
    ok(!named("c").isWithin(named("b.c")), "above");
    ok(!named("\\001b.c").isWithin(named("b.c")), "a byte that looks like a length");
    equal(named("a.b.c").parent.toString(), "b.c.", "the name above");
  });
}

const NONE: StaticArray<string> = ["", "..", ".a", "a..b", "a b", "ä", "\\", "a\\", "\\25", "\\256", "\\2x5", "\t"];
