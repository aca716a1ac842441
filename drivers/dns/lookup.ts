// The search for the records of one name: what is to be sent where, and what an answer says. It knows no thread, clock or
// device: whoever drives it sends what it wants, and tells what came and when.

import { Address } from "mirage-wasm/address";
import { DomainName } from "mirage-wasm/domain-name";
import { SECOND } from "mirage-wasm/duration";
import { Counter } from "mirage-wasm/metrics";
import { Random } from "mirage-wasm/random";
import { RecordType, ResourceRecord } from "mirage-wasm/resource-record";
import { Result } from "mirage-wasm/result";
import { AA, FORMERR, IN, LEAST_UDP, NOERROR, NOTIMP, NXDOMAIN, OPCODE, PORT, RD, Section, TC } from "./message";
import { Reader } from "./reader";
import { Writer } from "./writer";

/** How long an answer is waited for: doubled each time that all servers were asked, … */
const FIRST_WAIT: i64 = SECOND;
/** … which happens so often. */
const ROUNDS: i32 = 3;
/** Over TCP. */
const STREAM_WAIT: i64 = 5 * SECOND;
/** Names that stand for names, at most. */
const MOST_LINKS: i32 = 12;
/** Seconds for which anything is kept: RFC 8767 section 4 says a week, RFC 2308 section 5 three hours for what is not there. */
const MOST_TTL: u32 = 604_800;
const MOST_NEGATIVE_TTL: u32 = 10_800;

const queriesCount = new Counter("dns.queries");
const answersCount = new Counter("dns.answers");
const straysCount = new Counter("dns.strays");
const malformedCount = new Counter("dns.malformed");
const otherCaseCount = new Counter("dns.other-case");
const truncatedCount = new Counter("dns.truncated");
const timeoutsCount = new Counter("dns.timeouts");
const failuresCount = new Counter("dns.failures");

/** What is to be done next. */
export enum Want {
  /** Send `message` to `server` as a datagram, from a port that was not used before, and wait until `due`. */
  DATAGRAM,
  /** Ask the same over TCP, until `due`. */
  STREAM,
  /** Nothing: `result` is there. */
  NOTHING,
}

export class Lookup {
  want: Want = Want.DATAGRAM;
  /** When it is too late. */
  due: i64 = 0;
  /** Is another number each time that it wants something else. */
  turn: i32 = 0;
  /** What is to be sent. */
  readonly message: Uint8Array = new Uint8Array(LEAST_UDP);
  size: i32 = 0;

  /** `OK`, `NOT_FOUND`, `FAILED`, `UNREACHABLE` or `TIMEOUT`; records where there are some; and the seconds for which that may be kept, 0 for none. */
  result: Result = Result.UNREACHABLE;
  readonly records: ResourceRecord[] = [];
  ttl: u32 = MOST_TTL;

  private readonly writer: Writer = new Writer();
  private readonly reader: Reader = new Reader();
  /** The name that is asked for, and the same in a case of its own each time. */
  private name: DomainName;
  private asked: DomainName;
  private id: u32 = 0;
  private links: i32 = 0;
  /** Of this name so far, and the servers that are of no use for it. */
  private tries: i32 = 0;
  private readonly useless: StaticArray<bool>;
  private hasEdns: bool = true;

  /** `servers`: one at least, of which that with index `first` is asked first. `random` is to be fit for keys. */
  constructor(
    name: DomainName,
    private readonly type: i32,
    private readonly servers: Address[],
    private readonly first: i32,
    private readonly random: Random,
    now: i64,
  ) {
    this.name = name;
    this.asked = name;
    this.useless = new StaticArray<bool>(servers.length);
    this.ask(Want.DATAGRAM, now);
  }

  /** The index of the server that is asked. */
  get serverIndex(): i32 {
    return (this.first + this.tries) % this.servers.length;
  }

  get server(): Address {
    return this.servers[this.serverIndex];
  }

  /** Nothing has come until `due`. */
  timeout(now: i64): void {
    timeoutsCount.add();
    if (this.result == Result.UNREACHABLE) this.result = Result.TIMEOUT;
    this.retry(now);
  }

  /** There is no way to the server, or it does not talk. */
  unreachable(now: i64): void {
    failuresCount.add();
    this.useless[this.serverIndex] = true;
    this.retry(now);
  }

  /**
   * A datagram from this address and port, whose bytes may be changed. RFC 5452 section 9.1: one that is not of its server is as
   * if it had not come.
   */
  input(message: usize, size: i32, from: Address, port: u16, now: i64): void {
    if (this.want == Want.DATAGRAM && port == PORT && isSame(from, this.server)) this.take(message, size, now);
    else straysCount.add();
  }

  /** What the server has said over TCP; its bytes may be changed. */
  answer(message: usize, size: i32, now: i64): void {
    const turn = this.turn;
    this.take(message, size, now);
    // There will be no other.
    if (this.turn == turn) this.unreachable(now);
  }

  private take(message: usize, size: i32, now: i64): void {
    const reader = this.reader;
    // Section 9.1 again: neither is one of another question.
    if (!reader.open(message, size) || reader.id != this.id || !reader.isResponse || reader.flags & OPCODE) return straysCount.add();
    const question = reader.question;
    if (!question) {
      // Who does not understand a question may leave it away.
      if (reader.rcode == FORMERR && this.hasEdns) return this.plain(now);
      return straysCount.add();
    }
    if (reader.questionType != this.type || reader.questionClass != IN || !question.equals(this.asked)) return straysCount.add();
    if (this.want == Want.DATAGRAM && memory.compare(changetype<usize>(question.bytes), changetype<usize>(this.asked.bytes), question.bytes.length)) {
      // There are servers that do not keep it. TCP is as hard to forge.
      otherCaseCount.add();
      return this.ask(Want.STREAM, now);
    }
    if (reader.flags & TC && this.want == Want.DATAGRAM) {
      truncatedCount.add();
      return this.ask(Want.STREAM, now);
    }
    const code = reader.rcode;
    // RFC 6891 section 7.
    if ((code == FORMERR || code == NOTIMP) && this.hasEdns) return this.plain(now);
    if (code != NOERROR && code != NXDOMAIN) return this.fail(now);
    // Names that point to the question are read as they were given.
    reader.recase(this.name);
    this.read(code == NXDOMAIN, now);
  }

  /** What the answer says of the name. */
  private read(isMissing: bool, now: i64): void {
    const answers: ResourceRecord[] = [];
    let soa: ResourceRecord | null = null;
    let isReferral = false;
    const reader = this.reader;
    while (reader.next()) {
      const section = reader.section;
      if (reader.class != IN || section == Section.ADDITIONAL) continue;
      if (section == Section.AUTHORITY && reader.type == RecordType.NS) isReferral = !(reader.flags & AA);
      if (section == Section.AUTHORITY && reader.type != RecordType.SOA) continue;
      const record = reader.record();
      if (!record) break;
      if (section == Section.AUTHORITY) soa = record;
      else answers.push(record);
    }
    if (!reader.isWhole) {
      malformedCount.add();
      return this.fail(now);
    }
    answersCount.add();
    // What does not belong to the name, or to one that it stands for, was not asked for.
    let name = this.name;
    while (!this.collect(answers, name)) {
      const alias = this.aliasOf(answers, name);
      if (!alias) break;
      if (++this.links > MOST_LINKS) return this.end(Result.FAILED, 0);
      name = alias;
    }
    if (this.records.length) return this.end(Result.OK, this.ttl);
    // Who only knows others to ask is none of ours.
    if (isReferral && !soa && !isMissing && name == this.name) return this.fail(now);
    if (isMissing || soa || name == this.name) return this.end(isMissing ? Result.NOT_FOUND : Result.OK, min(this.ttl, keepingOf(soa, name)));
    // The server knows no more than the name's name.
    this.name = name;
    this.tries = 0;
    this.useless.fill(false);
    this.ask(Want.DATAGRAM, now);
  }

  /** Takes the records of `name`. */
  private collect(answers: ResourceRecord[], name: DomainName): bool {
    for (let i = 0; i < answers.length; i++) {
      const record = answers[i];
      if (record.type != this.type || !record.name.equals(name)) continue;
      this.ttl = min(this.ttl, record.ttl);
      this.records.push(record);
    }
    return this.records.length > 0;
  }

  private aliasOf(answers: ResourceRecord[], name: DomainName): DomainName | null {
    for (let i = 0; i < answers.length; i++) {
      const record = answers[i];
      if (record.type != RecordType.CNAME || !record.name.equals(name)) continue;
      this.ttl = min(this.ttl, record.ttl);
      return new DomainName(record.data);
    }
    return null;
  }

  private end(result: Result, ttl: u32): void {
    this.result = result;
    this.ttl = ttl;
    this.want = Want.NOTHING;
    this.turn++;
  }

  /** An answer that is of no use: another server may give a better one. */
  private fail(now: i64): void {
    this.result = Result.FAILED;
    this.unreachable(now);
  }

  /** The next server that may be of use, or the first once more. */
  private retry(now: i64): void {
    const most = ROUNDS * this.servers.length;
    this.hasEdns = true;
    do this.tries++;
    while (this.tries < most && this.useless[this.serverIndex]);
    if (this.tries < most) this.ask(Want.DATAGRAM, now);
    else this.end(this.result, 0);
  }

  /** The same server, without EDNS. */
  private plain(now: i64): void {
    this.hasEdns = false;
    this.ask(this.want, now);
  }

  /** Another question each time: nobody who has not seen it can answer it. */
  private ask(want: Want, now: i64): void {
    queriesCount.add();
    this.turn++;
    this.want = want;
    this.due = now + (want == Want.STREAM ? STREAM_WAIT : FIRST_WAIT << (this.tries / this.servers.length));
    const random = this.random;
    this.id = random.u32() & 0xffff;
    this.asked = inAnyCase(this.name, random);
    const writer = this.writer;
    writer.begin(this.message.dataStart, LEAST_UDP, this.id, RD);
    writer.question(this.asked, this.type);
    if (this.hasEdns) {
      writer.reserve();
      writer.opt(0);
    }
    this.size = writer.size;
  }
}

/** Seconds for which it may be kept that something is not there (RFC 2308 section 5); 0 without the SOA of a zone around it. */
function keepingOf(soa: ResourceRecord | null, name: DomainName): u32 {
  if (!soa || !name.isWithin(soa.name)) return 0;
  const data = soa.data;
  return min(MOST_NEGATIVE_TTL, min(soa.ttl, bswap<u32>(load<u32>(changetype<usize>(data) + data.length - 4))));
}

/** The same name, each letter large or small (draft-vixie-dnsext-dns0x20). */
function inAnyCase(name: DomainName, random: Random): DomainName {
  const bytes = name.bytes.slice<StaticArray<u8>>();
  let bits: u32 = 0;
  for (let i = 0; i < bytes.length; i++) {
    if (!(i & 31)) bits = random.u32();
    const letter = bytes[i] | 0x20;
    if (letter >= 0x61 && letter <= 0x7a) bytes[i] = letter ^ <u8>((bits & 1) << 5);
    bits >>= 1;
  }
  return new DomainName(bytes);
}

function isSame(a: Address, b: Address): bool {
  return a.bytes.length == b.bytes.length && !memory.compare(changetype<usize>(a.bytes), changetype<usize>(b.bytes), a.bytes.length);
}
