import { DomainName } from "mirage-wasm/domain-name";
import { SECOND } from "mirage-wasm/duration";
import { Cache } from "mirage-wasm/drivers/dns/cache";
import { ResourceRecord } from "mirage-wasm/resource-record";
import { Result } from "mirage-wasm/result";
import { equal, ok, test } from "./harness";

const one: ResourceRecord[] = [new ResourceRecord(DomainName.parse("a")!, 1, 60, [192, 0, 2, 1])];
const none: ResourceRecord[] = [];

export function testCache(): void {
  test("RFC 1035 7.4: an answer is kept for its TTL, which grows less, and no longer", () => {
    const cache = new Cache(10);
    cache.keep("a", Result.OK, one, 60, 1000);
    equal<u32>(cache.find("a", 1000 + 25 * SECOND)!.recordsAt(1000 + 25 * SECOND)[0].ttl, 35, "TTL after 25 s");
    ok(cache.find("a", 1000 + 60 * SECOND - 1) != null, "it is there");
    ok(cache.find("a", 1000 + 60 * SECOND) == null, "it is still there");
    equal(cache.size, 0, "answers");
    ok(cache.find("b", 1000) == null, "another one");
  });

  test("RFC 1035 3.2.1: an answer with the TTL 0 is not kept", () => {
    const cache = new Cache(10);
    cache.keep("a", Result.OK, one, 0, 1000);
    equal(cache.size, 0, "answers");
  });

  test("RFC 2308 5: that something is not there is kept too", () => {
    const cache = new Cache(10);
    cache.keep("a", Result.NOT_FOUND, none, 60, 1000);
    ok(cache.find("a", 2000)!.result == Result.NOT_FOUND, "what is known");
  });

  test("the cache has a bound, and what came first goes first", () => {
    const cache = new Cache(100);
    for (let i = 0; i < 10_000; i++) {
      cache.keep(i.toString(), Result.OK, one, 60, 1000);
      cache.keep("again", Result.OK, one, 60, 1000);
    }
    equal(cache.size, 100, "answers");
    ok(cache.find("9999", 1000) != null && cache.find("9901", 1000) != null, "the last ones");
    ok(cache.find("9900", 1000) == null, "one before");
    ok(cache.find("again", 1000) != null, "one that was kept again");
  });
}
