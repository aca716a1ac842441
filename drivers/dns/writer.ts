// A message of the DNS that is written to memory of the caller's.

import { DomainName } from "mirage-wasm/domain-name";
import { get16, put16, put32 } from "mirage-wasm/drivers/net/bytes";
import { endOfName, formOf, NAME, RecordType, ResourceRecord } from "mirage-wasm/resource-record";
import { COUNTS, FLAGS, HEADER, IN, MOST_UDP, OPT, Section } from "./message";

/** Ends of names that are remembered, for others to end as they do. */
const MOST_KNOWN: i32 = 64;
/** As far as a pointer leads (section 4.1.4). */
const REACH: i32 = 0x3fff;
/** Bytes of a record behind its name: type, class, TTL and the length of its data. */
const FIXED: i32 = 10;
/** Bytes of OPT without options. */
const OPT_SIZE: i32 = 11;

export class Writer {
  message: usize = 0;
  /** Bytes that are written, and that may be. */
  size: i32 = 0;
  private room: i32 = 0;
  /** Where labels stand that begin such an end. */
  private readonly known: StaticArray<u16> = new StaticArray<u16>(MOST_KNOWN);
  private knownCount: i32 = 0;

  /** Begins one of `room` bytes at most, which are enough for a header, a question and OPT. */
  begin(message: usize, room: i32, id: u32, flags: u32): void {
    this.message = message;
    this.room = room;
    this.size = HEADER;
    this.knownCount = 0;
    memory.fill(message, 0, HEADER);
    put16(message, id);
    this.flags = flags;
  }

  get flags(): u32 {
    return get16(this.message + FLAGS);
  }

  set flags(flags: u32) {
    put16(this.message + FLAGS, flags);
  }

  question(name: DomainName, type: i32, inClass: u32 = IN): void {
    this.name(name.bytes, 0, name.bytes.length, true);
    put16(this.message + this.size, type);
    put16(this.message + this.size + 2, inClass);
    this.size += 4;
    this.count(0);
  }

  /** Keeps room for `opt`. */
  reserve(): void {
    this.room -= OPT_SIZE;
  }

  /** Writes OPT (RFC 6891 section 6.1.2), for which room was kept. `extended` are the upper bits of what went wrong. */
  opt(extended: u32): void {
    const at = this.message + this.size;
    this.room += OPT_SIZE;
    store<u8>(at, 0);
    put16(at + 1, OPT);
    put16(at + 3, MOST_UDP);
    put32(at + 5, extended << 24);
    put16(at + 9, 0);
    this.size += OPT_SIZE;
    this.count(Section.ADDITIONAL);
  }

  /** Writes `record` as one of the name `owner`. False: there is no room for it, and nothing is written. */
  record(section: Section, owner: DomainName, record: ResourceRecord): bool {
    const size = this.size;
    const knownCount = this.knownCount;
    if (this.name(owner.bytes, 0, owner.bytes.length, true) && this.fixed(record) && this.data(record)) {
      this.count(section);
      return true;
    }
    this.size = size;
    this.knownCount = knownCount;
    return false;
  }

  private fixed(record: ResourceRecord): bool {
    if (this.size + FIXED > this.room) return false;
    const at = this.message + this.size;
    put16(at, record.type);
    put16(at + 2, IN);
    put32(at + 4, record.ttl);
    this.size += FIXED;
    return true;
  }

  private data(record: ResourceRecord): bool {
    const data = record.data;
    const from = this.size;
    const form = formOf(record.type);
    // RFC 3597 section 4: only names in what RFC 1035 knows may be compressed.
    const isOld = record.type <= RecordType.TXT;
    const first = form.indexOf("n");
    let at = 0;
    // The fields in front of it are numbers: digits say how long.
    for (let i = 0; i < first; i++) at += form.charCodeAt(i) - 0x30;
    if (!this.bytes(data, 0, at)) return false;
    for (let i = first; i >= 0 && form.charCodeAt(i) == NAME; i++) {
      const end = endOfName(data, at);
      if (!this.name(data, at, end, isOld)) return false;
      at = end;
    }
    if (!this.bytes(data, at, data.length)) return false;
    put16(this.message + from - 2, this.size - from);
    return true;
  }

  private bytes(data: StaticArray<u8>, from: i32, to: i32): bool {
    if (this.size + to - from > this.room) return false;
    memory.copy(this.message + this.size, changetype<usize>(data) + from, to - from);
    this.size += to - from;
    return true;
  }

  /** Writes the name from `from` to `to` of `bytes`; as soon as the rest of it stands in the message, a pointer to that. */
  private name(bytes: StaticArray<u8>, from: i32, to: i32, compressed: bool): bool {
    // Its own labels are not searched: behind them stands nothing yet.
    const count = this.knownCount;
    while (bytes[from]) {
      const place = compressed ? this.find(bytes, from, count) : 0;
      if (place) {
        if (this.size + 2 > this.room) return false;
        put16(this.message + this.size, 0xc000 | place);
        this.size += 2;
        return true;
      }
      if (this.size <= REACH && this.knownCount < MOST_KNOWN) this.known[this.knownCount++] = <u16>this.size;
      const end = from + bytes[from] + 1;
      if (!this.bytes(bytes, from, end)) return false;
      from = end;
    }
    return this.bytes(bytes, from, to);
  }

  /** Where the rest of a name stands already, in the same case, among the first `count`; 0: nowhere. */
  private find(bytes: StaticArray<u8>, from: i32, count: i32): i32 {
    for (let i = 0; i < count; i++) {
      let at = <i32>this.known[i];
      let own = from;
      while (true) {
        const length = <i32>load<u8>(this.message + at);
        if (length > 63) at = get16(this.message + at) & REACH;
        else if (length != bytes[own] || memory.compare(this.message + at, changetype<usize>(bytes) + own, length + 1)) break;
        else if (!length) return this.known[i];
        else {
          at += length + 1;
          own += length + 1;
        }
      }
    }
    return 0;
  }

  private count(section: i32): void {
    const at = this.message + COUNTS + (<usize>section << 1);
    put16(at, get16(at) + 1);
  }
}
