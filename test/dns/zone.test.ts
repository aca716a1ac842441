// Zones in master files, as `configure` reads them.

import { randomInt } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Failure } from "../../compiler/diagnostic.ts";
import { check } from "../../compiler/zone/check.ts";
import { show } from "../../compiler/zone/name.ts";
import { parse } from "../../compiler/zone/parse.ts";
import { root } from "../support/project.ts";

const HEAD = "@ 60 SOA ns hostmaster 1 2 3 4 5\n  NS ns\nns A 192.0.2.1\n";
const LINES = HEAD.split("\n").length;

/** The records that a text is, each as `NAME TTL TYPE DATA`, data as hexadecimal digits. */
function records(text: string, origin: string | undefined = "example."): string[] {
  const file = { name: "z", text };
  return check(file, parse(file, origin)).map(({ name, ttl, type, data }) => `${show(name)} ${ttl} ${type} ${Buffer.from(data).toString("hex")}`);
}

/** Those behind the head. */
const behind = (text: string): string[] => records(HEAD + text).slice(3);

/** What is wrong with a text: LINE:COLUMN in it behind the head, and why. */
function wrong(text: string, head = HEAD, origin: string | undefined = "example."): string {
  try {
    return `nothing: ${records(head + text, origin).join("; ")}`;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const [one] = error.diagnostics;
    const { line = 0, column } = one?.position ?? {};
    return `${line - (head === HEAD ? LINES - 1 : 0)}:${column} ${one?.message}`;
  }
}

const hex = (name: string): string =>
  `${[...name.matchAll(/[^.]+/g)].map(([label]) => String.fromCharCode(label.length) + label).join("")}\0`
    .split("")
    .map((one) => one.charCodeAt(0).toString(16).padStart(2, "0"))
    .join("");

test("RFC 1035 5.1: names, relative ones, @, and a blank for the name before", () => {
  expect(behind("www 60 IN A 192.0.2.2\n 60 IN A 192.0.2.3\nw.example. 60 A 192.0.2.4\n@ 60 A 192.0.2.5\n")).toEqual([
    "www.example. 60 1 c0000202",
    "www.example. 60 1 c0000203",
    "w.example. 60 1 c0000204",
    "example. 60 1 c0000205",
  ]);
});

test("RFC 1035 5.1: $ORIGIN, also a relative one", () => {
  expect(behind("$ORIGIN sub\na A 192.0.2.2\n$ORIGIN sub.sub.example.\n@ A 192.0.2.3\n")).toEqual(["a.sub.example. 60 1 c0000202", "sub.sub.example. 60 1 c0000203"]);
});

test("RFC 1035 5.1: TTL and class in any order, or neither", () => {
  expect(behind("a 7 IN A 1.1.1.1\nb IN 7 A 1.1.1.1\nc 7 A 1.1.1.1\nd IN A 1.1.1.1\ne in a 1.1.1.1\n").map((one) => one.split(" ").slice(0, 2).join(" "))).toEqual([
    "a.example. 7",
    "b.example. 7",
    "c.example. 7",
    "d.example. 7",
    "e.example. 7",
  ]);
});

test("RFC 2308 4: $TTL, and units of time", () => {
  expect(behind("$TTL 1w2d3h4m5s\na A 1.1.1.1\nb 2H A 1.1.1.1\nc A 1.1.1.1\n").map((one) => one.split(" ")[1])).toEqual(["788645", "7200", "788645"]);
  expect(records("@ SOA ns h 1 2 3 4 5\n NS ns.other.\n")[0]).toMatch(/^example\. 5 6 /);
});

test("RFC 1035 5.1: parentheses, comments, quotations, ends of lines", () => {
  const text =
    '@ 60 IN SOA ns ( ; so (\r\n hostmaster\n 1 2 ;)"\r\n\r\n 3 4 5 ) ; end\n NS (\n)ns\nns A 192.0.2.1\n\n  ; nothing\na TXT ( "one;(" \n two ) "" ;\nb TXT x\\ y\\"z "\\"\\065\\\\"\n';
  expect(records(`\uFEFF${text}`).map((one) => one.split(" ").slice(0, 3).join(" "))).toEqual([
    "example. 60 6",
    "example. 60 2",
    "ns.example. 60 1",
    "a.example. 60 16",
    "b.example. 60 16",
  ]);
  expect(records(text)[3]?.split(" ")[3]).toBe(Buffer.from("\x05one;(\x03two\0").toString("hex"));
  expect(records(text)[4]?.split(" ")[3]).toBe(Buffer.from('\x05x y"z\x03"A\\').toString("hex"));
  expect(records(HEAD.trimEnd())).toHaveLength(3);
});

test("RFC 1035 3.3: data of each type", () => {
  const [sub, other] = [hex("sub.example"), hex("other")];
  expect(
    behind(`t NS sub.other.
u PTR sub
v CNAME other.
w MX 10 sub
x TXT "größe" plain
y AAAA 2001:db8::0:1
z AAAA ::ffff:192.0.2.1
s SRV 1 2 65535 sub
c CAA 128 issue "ca; x=y"
k TYPE65 \\# 3 01 02FF
n TYPE65534 \\# 0
e\\.f\\032g A 192.0.2.2
* TXT wild`).map((one) => one.replace(" 60 ", " ")),
  ).toEqual([
    `t.example. 2 ${hex("sub.other")}`,
    `u.example. 12 ${sub}`,
    `v.example. 5 ${other}`,
    `w.example. 15 000a${sub}`,
    `x.example. 16 07${Buffer.from("größe").toString("hex")}05${Buffer.from("plain").toString("hex")}`,
    "y.example. 28 20010db8000000000000000000000001",
    "z.example. 28 00000000000000000000ffffc0000201",
    `s.example. 33 00010002ffff${sub}`,
    `c.example. 257 80056973737565${Buffer.from("ca; x=y").toString("hex")}`,
    "k.example. 65 0102ff",
    "n.example. 65534 ",
    "e\\.f\\032g.example. 1 c0000202",
    "*.example. 16 0477696c64",
  ]);
});

test("RFC 2181 5: a record that is there twice is one", () => {
  expect(behind("a A 1.1.1.1\nA A 1.1.1.1\n")).toHaveLength(1);
});

test.each([
  ["a A 1.1.1", "1:5 Here is to be an address of IPv4."],
  ["a A 1.1.1.1 2", "1:13 Here is to be the end of the record."],
  ["\na AAAA 1.1.1.1", "2:8 Here is to be an address of IPv6."],
  ["a AAAA fe80::1%eth0", "1:8 Here is to be an address of IPv6."],
  ["a A", "1:3 Behind what stands here is to be an address of IPv4."],
  ["a TXT", "1:3 Behind what stands here is to be a text."],
  ["a MX mail", "1:6 Here is to be a number up to 65535."],
  ["a MX 65536 mail", "1:6 Here is to be a number up to 65535."],
  ["a MX 10 ..", "1:9 Here is to be a name without empty labels."],
  [`a NS ${"x".repeat(64)}.`, "1:6 Here is to be a name whose labels have 63 bytes at most."],
  [`${`${"x".repeat(63)}.`.repeat(4)} NS x.`, "1:1 Here is to be a name of 255 bytes at most, with the lengths of its labels."],
  ["größe A 1.1.1.1", "1:1 Here is to be a name without letters beyond ASCII: write them as `xn--…`."],
  ["a\\256 A 1.1.1.1", "1:1 Here is to be a name: a backslash stands in front of one character, or of three digits up to 255."],
  [`a TXT ${"x".repeat(256)}`, "1:7 Here is to be a text of 255 bytes at most: write several, with blanks between them."],
  ['a TXT "x\\999"', "1:7 Here is to be a text: a backslash stands in front of one character, or of three digits up to 255."],
  ["a SRV 1 2 3", "1:3 Behind what stands here is to be a name."],
  ['a CAA 0 "is sue" x', "1:9 Here is to be a property: letters and digits."],
  ["a CAA 256 issue x", "1:7 Here is to be a number up to 255."],
  ["a HINFO x y", "1:3 HINFO is no type of a record: there are A, NS, CNAME, SOA, PTR, MX, TXT, AAAA, SRV, CAA, and others as TYPE65."],
  ["a TYPE65 x", "1:10 Data of TYPE65 is written as \\# 3 0102ff."],
  ["a TYPE65 \\# 2 01", "1:10 Behind \\# stand the count of the bytes, then the bytes as hexadecimal digits."],
  ["a A \\# 4 01010101", "1:5 Write the data of A in its own form."],
  ["a TYPE255 \\# 0", "1:3 TYPE255 is a type of questions, not of records."],
  ["a CH A 1.1.1.1", "1:3 The class CH is not served: IN is the only one."],
  ["a 60 IN", "1:1 Here is no type of a record."],
  ["$INCLUDE other.zone", "1:1 There is no $INCLUDE here: $ORIGIN and $TTL are all."],
  ["$ORIGIN", "1:1 $ORIGIN needs a value."],
  ["$TTL 1 2", "1:8 $TTL takes one value."],
  ["$TTL soon", "1:6 This is no time: it is seconds, or 1w2d3h4m5s."],
  ["a TXT ( x\n y", "1:7 This parenthesis is never closed."],
  ["a TXT x )", "1:9 No parenthesis is open here."],
  ['a TXT "x\ny"', "1:7 This quotation does not end on its line."],
  ['a TXT "x\\"', "1:7 This quotation does not end on its line."],
  ["a.other. A 1.1.1.1", "1:1 a.other. is not in the zone example."],
  ["@ SOA ns h 1 2 3 4 6", "1:1 The zone has an SOA already."],
  ["a A 1.1.1.1\na CNAME b", "2:1 a.example. is a CNAME: it can have no other record."],
  ["a CNAME b\n TXT x", "2:2 a.example. is a CNAME: it can have no other record."],
  ["a CNAME b\na CNAME c", "2:1 a.example. is a CNAME: it can have no other record."],
  ["a 1 A 1.1.1.1\na 2 A 1.1.1.2", "2:1 Its TTL is 2, that of a record of the same name and type 1: they have to be the same."],
  ["@ NS other", "1:1 The server other.example. is in this zone and has no address."],
])("%j is told at its place", (text, says) => {
  expect(wrong(text)).toBe(says);
});

test("what a whole zone lacks is told", () => {
  expect(wrong("a 60 A 1.1.1.1", "")).toBe("1:1 The zone has no SOA.");
  expect(wrong("@ SOA ns h 1 2 3 4 5", "")).toBe("1:1 The zone has no NS: who serves example.?");
  expect(wrong("a A 1.1.1.1", "")).toBe("1:1 It has no TTL, and there was no $TTL and no record before that says one.");
  expect(wrong(" A 1.1.1.1", "")).toBe("1:2 It begins with a blank, and there is no record before whose name it could have.");
  const none = (text: string): string => {
    try {
      return parse({ name: "z", text }).join();
    } catch (error) {
      return (error as Error).message;
    }
  };
  expect(none("a 60 A 1.1.1.1")).toBe("Here is to be a name with a point at its end, since there was no $ORIGIN to put behind it.");
});

test("a server below a cut, or under a wildcard, has its address elsewhere", () => {
  expect(behind("sub NS ns.sub\n NS ns.deep.sub\n@ NS x.w\n*.w A 192.0.2.7\n")).toHaveLength(4);
});

const seed = Number(process.env["DNS_SEED"] ?? randomInt(2 ** 30));
const inputs = 20_000;

test(`${inputs} zones that are nearly right are read, or told at a place in them, seed ${seed}`, { timeout: 600_000 }, () => {
  let state = seed;
  // A linear congruential generator (Numerical Recipes).
  const below = (bound: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
  const [whole = ""] = readFileSync(join(root, "examples/dns-server/example.org.zone"), "utf8").split("; A text that");
  const pieces = ["(", ")", '"', "\\", ";", "\n", " ", "$ORIGIN", "$TTL", "@", ".", "..", "IN", "A", "TYPE65 \\# 1 00", "\\256", "é", "\0", "99999999999", "*"];
  let read = 0;
  for (let count = 0; count < inputs; count++) {
    let text = whole;
    for (let changes = below(4); changes >= 0; changes--) {
      const at = below(text.length);
      const piece = below(2) ? (pieces[below(pieces.length)] as string) : String.fromCharCode(below(256));
      text = text.slice(0, at) + (below(4) ? piece : "") + text.slice(at + below(3));
    }
    try {
      const file = { name: "z", text };
      check(file, parse(file, "example.org"));
      read++;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const { line = 0, column = 0 } = error.diagnostics[0]?.position ?? {};
      expect(line, text).toBeGreaterThan(0);
      expect(column, text).toBeGreaterThan(0);
    }
  }
  expect(read).toBeGreaterThan(0);
  expect(read).toBeLessThan(inputs);
});
