import { clock_monotonic } from "mirage-wasm/abi";
import { Address } from "mirage-wasm/address";
import { DomainName } from "mirage-wasm/domain-name";
import { isLocal } from "mirage-wasm/drivers/dns/local-name";
import { NO_DEADLINE } from "mirage-wasm/drivers/net/ip";
import { RecordType } from "mirage-wasm/resource-record";
import { Result } from "mirage-wasm/result";
import { storeBareAddress } from "mirage-wasm/socket-address";
import { ErrorCode, failure } from "mirage-wasm/socket-error";
import { buffer } from "./buffer";
import { Host } from "./host";
import { Search } from "./search";

/** The addresses of a name, one after the other. */
export class Names {
  private found: Address[] = [];
  private at: i32 = 0;
  private six: Search | null = null;
  private four: Search | null = null;
  private code: i32 = 0;

  /** Asks servers, but for what is an address itself, or the host's own name. */
  constructor(host: Host, name: string) {
    const own = Address.parse(name);
    if (own) this.found.push(own);
    else if (isLocal(name)) {
      this.found.push(Address.parse("127.0.0.1")!);
      this.found.push(Address.parse("::1")!);
    } else this.ask(host, name);
  }

  private ask(host: Host, name: string): void {
    const wanted = DomainName.parse(name);
    const servers = host.nameServers();
    if (!wanted || !servers.length) {
      this.code = failure(wanted ? ErrorCode.TEMPORARY_RESOLVER_FAILURE : ErrorCode.NAME_UNRESOLVABLE);
      return;
    }
    const now = clock_monotonic();
    // As getaddrinfo's AI_ADDRCONFIG: who has no address of a version has no use for others' (RFC 3493 section 6.1).
    if (host.has6) this.six = new Search(host, wanted, RecordType.AAAA, servers, now);
    this.four = new Search(host, wanted, RecordType.A, servers, now);
    this.step(now);
  }

  step(now: i64): i64 {
    const six = this.six;
    const four = this.four;
    if (!four) return NO_DEADLINE;
    const due = min(four.step(now), six ? six.step(now) : NO_DEADLINE);
    if (!four.isDone || (six && !six.isDone)) return due;
    if (six) this.collect(six);
    this.collect(four);
    const isMissing = isAbsent(four.lookup.result) && (!six || isAbsent(six.lookup.result));
    if (!this.found.length) this.code = failure(isMissing ? ErrorCode.NAME_UNRESOLVABLE : ErrorCode.TEMPORARY_RESOLVER_FAILURE);
    this.six = null;
    this.four = null;
    return NO_DEADLINE;
  }

  private collect(search: Search): void {
    const records = search.lookup.records;
    for (let i = 0; i < records.length; i++) this.found.push(records[i].address);
  }

  get isReady(): bool {
    return !this.four;
  }

  /** 1, and an ip-address is in the buffer; 0: there are no more; or a failure. */
  next(): i32 {
    if (!this.isReady) return failure(ErrorCode.WOULD_BLOCK);
    if (this.code) return this.code;
    if (this.at == this.found.length) return 0;
    storeBareAddress(buffer, this.found[this.at++]);
    return 1;
  }

  close(): void {
    const six = this.six;
    const four = this.four;
    if (six) six.close();
    if (four) four.close();
  }
}

/** Is there no such name, or no address of it? */
function isAbsent(result: Result): bool {
  return result == Result.OK || result == Result.NOT_FOUND;
}
