// Addresses by the DNS: of both versions of IP, in the order of RFC 8305 section 4.

import { Address } from "mirage-wasm/address";
import { clock_monotonic } from "mirage-wasm/abi";
import { Dns } from "mirage-wasm/dns";
import { Signal } from "mirage-wasm/drivers/stack/signal";
import { MILLISECOND } from "mirage-wasm/duration";
import { isLocal } from "./local-name";
import { RecordType, ResourceRecord } from "mirage-wasm/resource-record";
import { NEVER, Resolver } from "mirage-wasm/resolver";
import { failed, Outcome, Result } from "mirage-wasm/result";
import { spawn, Task } from "mirage-wasm/thread";

/** How long addresses of IPv4 wait for those of IPv6 (RFC 8305 section 3). */
const DELAY: i64 = 50 * MILLISECOND;

export class DnsResolver<D extends Dns> implements Resolver {
  constructor(private readonly dns: D) {}

  lookup(name: string, deadline: i64 = NEVER): Outcome<Address[]> {
    const own = Address.parse(isLocal(name) ? "127.0.0.1" : name);
    if (own) return new Outcome<Address[]>(Result.OK, [own]);
    const done = new Signal();
    const six = new Question(this.dns, name, RecordType.AAAA, deadline, done);
    const four = new Question(this.dns, name, RecordType.A, deadline, done);
    spawn(six, "dns");
    spawn(four, "dns");
    let until = deadline;
    while (six.isOpen || four.isOpen) {
      if (!four.isOpen && four.records.length && until == deadline) until = min(deadline, clock_monotonic() + DELAY);
      const result = done.wait(until);
      // Who is late may still come into the cache.
      if (result == Result.TIMEOUT) break;
      if (result != Result.OK) return failed<Address[]>(result);
    }
    const addresses = new Array<Address>();
    const most = max(six.records.length, four.records.length);
    for (let i = 0; i < most; i++) {
      if (i < six.records.length) addresses.push(six.records[i].address);
      if (i < four.records.length) addresses.push(four.records[i].address);
    }
    return addresses.length ? new Outcome<Address[]>(Result.OK, addresses) : failed<Address[]>(reason(six.result, four.result));
  }
}

/** Records of one type, asked for in a thread. */
class Question extends Task {
  records: ResourceRecord[] = [];
  result: Result = Result.TIMEOUT;
  isOpen: bool = true;

  constructor(
    private readonly dns: Dns,
    private readonly name: string,
    private readonly type: RecordType,
    private readonly deadline: i64,
    private readonly done: Signal,
  ) {
    super();
  }

  run(): void {
    const found = this.dns.records(this.name, this.type, this.deadline);
    this.result = found.result;
    if (found.isOK) this.records = found.value;
    this.isOpen = false;
    this.done.wake();
  }
}

/** Why there is no address: what one of the two could not say counts more than what the other one has not. */
function reason(six: Result, four: Result): Result {
  if (six == Result.TIMEOUT || four == Result.TIMEOUT) return Result.TIMEOUT;
  return six == Result.FAILED || four == Result.FAILED ? Result.FAILED : Result.UNREACHABLE;
}
