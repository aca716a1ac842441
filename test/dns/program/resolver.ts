import { MILLISECOND } from "mirage-wasm/duration";
import { Dns, DomainName } from "mirage-wasm/dns";
import { DnsResolver } from "mirage-wasm/drivers/dns/resolver";
import { RecordType, ResourceRecord } from "mirage-wasm/resource-record";
import { NEVER } from "mirage-wasm/resolver";
import { failed, Outcome, Result } from "mirage-wasm/result";
import { sleep } from "mirage-wasm/thread";
import { equal, ok, test } from "./harness";

/** Who says of every name the same, after some time, and counts how often he was asked. */
class Oracle implements Dns {
  count: i32 = 0;
  /** How many addresses it has, or -1, and how long they take, in milliseconds. */
  four: i32 = 2;
  six: i32 = 2;
  fourTakes: i64 = 0;
  sixTakes: i64 = 0;
  failure: Result = Result.NOT_FOUND;

  records(name: string, type: RecordType, deadline: i64): Outcome<ResourceRecord[]> {
    this.count++;
    const isFour = type == RecordType.A;
    sleep((isFour ? this.fourTakes : this.sixTakes) * MILLISECOND);
    const count = isFour ? this.four : this.six;
    if (count < 0) return failed<ResourceRecord[]>(this.failure);
    const found: ResourceRecord[] = [];
    for (let i = 1; i <= count; i++) {
      const data = new StaticArray<u8>(isFour ? 4 : 16);
      data[0] = isFour ? 10 : 0xfd;
      data[data.length - 1] = <u8>i;
      found.push(new ResourceRecord(DomainName.parse("a")!, type, 60, data));
    }
    return new Outcome<ResourceRecord[]>(Result.OK, found);
  }
}

/** The addresses of a host, or why there are none. */
function found(oracle: Oracle, host: string): string {
  const outcome = new DnsResolver<Oracle>(oracle).lookup(host, NEVER);
  return outcome.isOK ? outcome.value.join(" ") : (<i32>outcome.result).toString();
}

export function testResolver(): void {
  test("RFC 6761 6.3: localhost and addresses are not asked for", () => {
    const oracle = new Oracle();
    equal(found(oracle, "localhost"), "127.0.0.1", "localhost");
    equal(found(oracle, "www.LocalHost."), "127.0.0.1", "a name below it");
    equal(found(oracle, "192.0.2.1"), "192.0.2.1", "an address");
    equal(found(oracle, "2001:db8::1"), "2001:db8::1", "one of IPv6");
    equal(oracle.count, 0, "questions");
    ok(found(oracle, "notlocalhost") != "127.0.0.1", "a name that only ends so");
    equal(oracle.count, 2, "questions");
  });

  test("RFC 8305 4: addresses of both versions in turn, IPv6 first", () => {
    const oracle = new Oracle();
    oracle.four = 3;
    equal(found(oracle, "a"), "fd00::1 10.0.0.1 fd00::2 10.0.0.2 10.0.0.3", "addresses");
    oracle.six = 0;
    equal(found(oracle, "a"), "10.0.0.1 10.0.0.2 10.0.0.3", "addresses of IPv4 alone");
    oracle.four = -1;
    oracle.six = 1;
    equal(found(oracle, "a"), "fd00::1", "addresses of IPv6 alone");
  });

  test("RFC 8305 3: IPv4 waits for IPv6, and not for long; IPv6 waits for IPv4", () => {
    const oracle = new Oracle();
    oracle.sixTakes = 49;
    equal(found(oracle, "a"), "fd00::1 10.0.0.1 fd00::2 10.0.0.2", "IPv6 after 49 ms");
    oracle.sixTakes = 51;
    equal(found(oracle, "a"), "10.0.0.1 10.0.0.2", "IPv6 after 51 ms");
    oracle.four = -1;
    oracle.sixTakes = 500;
    equal(found(oracle, "a"), "fd00::1 fd00::2", "IPv6 after 500 ms, without IPv4");
    oracle.four = 2;
    oracle.sixTakes = 0;
    oracle.fourTakes = 500;
    equal(found(oracle, "a"), "fd00::1 10.0.0.1 fd00::2 10.0.0.2", "IPv4 after 500 ms");
  });

  test("why there is no address", () => {
    const oracle = new Oracle();
    oracle.four = 0;
    oracle.six = 0;
    equal(found(oracle, "a"), (<i32>Result.UNREACHABLE).toString(), "nothing");
    oracle.six = -1;
    equal(found(oracle, "a"), (<i32>Result.UNREACHABLE).toString(), "no such name");
    oracle.failure = Result.FAILED;
    equal(found(oracle, "a"), (<i32>Result.FAILED).toString(), "a failure");
  });
}
