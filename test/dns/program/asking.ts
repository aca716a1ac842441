// A search for records, and who answers it.

import { Address } from "mirage-wasm/address";
import { DomainName } from "mirage-wasm/domain-name";
import { SECOND } from "mirage-wasm/duration";
import { Lookup, Want } from "mirage-wasm/drivers/dns/lookup";
import { QR, RA, RD, Section } from "mirage-wasm/drivers/dns/message";
import { Reader } from "mirage-wasm/drivers/dns/reader";
import { Writer } from "mirage-wasm/drivers/dns/writer";
import { SeededRandom } from "mirage-wasm/drivers/random";
import { RecordType, ResourceRecord } from "mirage-wasm/resource-record";
import { bytes } from "./wire";

const room: usize = memory.data(65536, 16);
export const servers: Address[] = [Address.parse("192.0.2.53")!, Address.parse("2001:db8::53")!];

/** Of records: `192.0.2.1`, the name of another one, or bytes. */
export function a(name: string, last: u8, ttl: u32 = 60): ResourceRecord {
  return new ResourceRecord(DomainName.parse(name)!, RecordType.A, ttl, [192, 0, 2, last]);
}

export function cname(name: string, to: string, ttl: u32 = 60): ResourceRecord {
  return new ResourceRecord(DomainName.parse(name)!, RecordType.CNAME, ttl, DomainName.parse(to)!.bytes);
}

export function ns(name: string, to: string): ResourceRecord {
  return new ResourceRecord(DomainName.parse(name)!, RecordType.NS, 60, DomainName.parse(to)!.bytes);
}

export function soa(name: string, ttl: u32, minimum: u32): ResourceRecord {
  const data = new StaticArray<u8>(22);
  store<u32>(changetype<usize>(data), bswap<u32>(minimum), 18);
  return new ResourceRecord(DomainName.parse(name)!, RecordType.SOA, ttl, data);
}

export class Asking {
  now: i64 = SECOND;
  readonly lookup: Lookup;
  /** What the next answer says: by default that recursion was done. */
  flags: u32 = QR | RD | RA;
  authority: ResourceRecord[] = [];
  additional: ResourceRecord[] = [];
  private readonly reader: Reader = new Reader();
  private readonly writer: Writer = new Writer();

  constructor(name: string, count: i32 = 1, type: i32 = RecordType.A, seed: u64 = 1) {
    this.lookup = new Lookup(DomainName.parse(name)!, type, servers.slice(0, count), 0, new SeededRandom(seed), SECOND);
  }

  get wants(): string {
    const want = this.lookup.want;
    return want == Want.NOTHING ? "nothing" : (want == Want.STREAM ? "a stream to " : "a datagram to ") + this.lookup.server.toString();
  }

  /** The question that is asked. */
  get question(): Reader {
    this.reader.open(this.lookup.message.dataStart, this.lookup.size);
    return this.reader;
  }

  get hasEdns(): bool {
    return this.question.next();
  }

  /** Writes an answer to it; returns its size. */
  write(code: u32, answers: ResourceRecord[]): i32 {
    const question = this.question;
    const writer = this.writer;
    writer.begin(room, 65535, question.id, this.flags | code);
    writer.question(question.question!, question.questionType);
    for (let i = 0; i < answers.length; i++) writer.record(Section.ANSWER, answers[i].name, answers[i]);
    for (let i = 0; i < this.authority.length; i++) writer.record(Section.AUTHORITY, this.authority[i].name, this.authority[i]);
    for (let i = 0; i < this.additional.length; i++) writer.record(Section.ADDITIONAL, this.additional[i].name, this.additional[i]);
    return writer.size;
  }

  /** What was written comes, perhaps from elsewhere. */
  bring(size: i32, from: Address = this.lookup.server, port: u16 = 53): Asking {
    if (this.lookup.want == Want.STREAM) this.lookup.answer(room, size, this.now);
    else this.lookup.input(room, size, from, port, this.now);
    return this;
  }

  answer(answers: ResourceRecord[], code: u32 = 0): Asking {
    return this.bring(this.write(code, answers));
  }

  /** Nothing comes. */
  wait(): Asking {
    this.now = this.lookup.due;
    this.lookup.timeout(this.now);
    return this;
  }

  get records(): string {
    const texts: string[] = [];
    for (let i = 0; i < this.lookup.records.length; i++) texts.push(this.lookup.records[i].toString());
    return texts.join("; ");
  }

  /** Where that stands. */
  get start(): usize {
    return room;
  }

  /** Changes a byte of it. */
  flip(at: usize): void {
    store<u8>(room + at, load<u8>(room + at) ^ 1);
  }

  /** Turns the case of the question's letter at `at`. */
  turnCase(at: usize): void {
    store<u8>(room + at, load<u8>(room + at) ^ 0x20);
  }
}

/** The whole of an empty message with this header. */
export function headerOnly(id: u32, flags: u32): Uint8Array {
  const message = bytes("0000 0000 0000 0000 0000 0000");
  store<u16>(message.dataStart, bswap<u16>(<u16>id));
  store<u16>(message.dataStart, bswap<u16>(<u16>flags), 2);
  return message;
}
