// A message of the DNS that has come. Nothing of it is trusted: each length is looked at before what it is of.

import { DomainName, MOST_BYTES } from "mirage-wasm/domain-name";
import { get16, get32 } from "mirage-wasm/drivers/net/bytes";
import { BYTE, formOf, NAME, ResourceRecord, REST, SHORT, TAG, TEXTS, V4, V6, WORD } from "mirage-wasm/resource-record";
import { COUNTS, FLAGS, HEADER, OPCODE, QR, RCODE, Section } from "./message";

/** Seconds that a record may say (RFC 2181 section 8). */
const MOST_TTL: u32 = 0x7fffffff;
/** Bytes of a record behind its name: type, class, TTL and the length of its data. */
const FIXED: i32 = 10;
const POINTER: i32 = 0xc0;

export class Reader {
  message: usize = 0;
  size: i32 = 0;
  /** The question, of one that has one. */
  question: DomainName | null = null;
  questionType: i32 = 0;
  questionClass: u32 = 0;
  /** Of the record that `next` went to. */
  section: Section = Section.ANSWER;
  type: i32 = 0;
  class: u32 = 0;
  ttl: u32 = 0;
  /** Where it begins, and where its data stands. */
  private owner: i32 = 0;
  private data: i32 = 0;
  private length: i32 = 0;
  /** Where the next one begins, and how many are left in its section. */
  private at: i32 = 0;
  private left: i32 = 0;
  /** Where names are put together. */
  private readonly bytes: StaticArray<u8> = new StaticArray<u8>(MOST_BYTES);
  /** The end of the name that was read last. */
  private end: i32 = 0;

  /** Reads the header, and the question where there is exactly one. False: it is no message. */
  open(message: usize, size: i32): bool {
    this.message = message;
    this.size = size;
    this.question = null;
    if (size < HEADER) return false;
    const questions = this.count(0);
    if (questions > 1) return false;
    this.at = HEADER;
    if (questions) {
      const name = this.name(HEADER);
      // In front of it there is no name to point to.
      if (!name || this.end != HEADER + name.bytes.length || this.end + 4 > size) return false;
      this.question = name;
      this.questionType = get16(message + this.end);
      this.questionClass = get16(message + this.end + 2);
      this.at = this.end + 4;
    }
    this.section = Section.ANSWER;
    this.left = this.count(Section.ANSWER);
    return true;
  }

  get id(): u32 {
    return get16(this.message);
  }

  get flags(): u32 {
    return get16(this.message + FLAGS);
  }

  get isResponse(): bool {
    return (this.flags & QR) != 0;
  }

  get opcode(): u32 {
    return this.flags & OPCODE;
  }

  get rcode(): u32 {
    return this.flags & RCODE;
  }

  private count(section: i32): i32 {
    return get16(this.message + COUNTS + (<usize>section << 1));
  }

  /** Writes the question's name in another case into the message: names that point to it are read so from now on. */
  recase(name: DomainName): void {
    memory.copy(this.message + HEADER, changetype<usize>(name.bytes), name.bytes.length);
  }

  /** Goes to the next record. False: there is none, or what stands there is none, as `isWhole` says then. */
  next(): bool {
    while (!this.left) {
      if (this.section == Section.ADDITIONAL) return false;
      this.section++;
      this.left = this.count(this.section);
    }
    const at = this.at;
    const fixed = this.skip(at);
    if (fixed < 0 || fixed + FIXED > this.size) return false;
    const head = this.message + fixed;
    const length = <i32>get16(head + 8);
    if (fixed + FIXED + length > this.size) return false;
    this.owner = at;
    this.type = get16(head);
    this.class = get16(head + 2);
    const ttl = get32(head + 4);
    this.ttl = ttl > MOST_TTL ? 0 : ttl;
    this.data = fixed + FIXED;
    this.length = length;
    this.at = fixed + FIXED + length;
    this.left--;
    return true;
  }

  /** Once `next` has said that there is no record: were all that the header counts there? */
  get isWhole(): bool {
    return this.left == 0 && this.section == Section.ADDITIONAL;
  }

  /** Its TTL as it stands there: in OPT it is something else (RFC 6891 section 6.1.3). */
  get rawTtl(): u32 {
    return get32(this.message + this.data - 6);
  }

  /** The record, its data without compressed names. Null: its name or data has not the form of its type. */
  record(): ResourceRecord | null {
    const name = this.name(this.owner);
    const data = this.expanded();
    return name && data ? new ResourceRecord(name, this.type, this.ttl, data) : null;
  }

  private expanded(): StaticArray<u8> | null {
    const form = formOf(this.type);
    const end = this.data + this.length;
    let at = this.data;
    let data = new StaticArray<u8>(0);
    for (let i = 0; i < form.length; i++) {
      const field = form.charCodeAt(i);
      const from = at;
      switch (field) {
        case BYTE:
        case SHORT:
        case WORD:
          at += field - 0x30;
          break;
        case V4:
          at += 4;
          break;
        case V6:
          at += 16;
          break;
        case TAG:
          // RFC 8659 section 4.1: it is not empty.
          if (at == end || !load<u8>(this.message + at)) return null;
          at += 1 + load<u8>(this.message + at);
          break;
        case TEXTS:
          if (at == end) return null;
          while (at < end) at += 1 + load<u8>(this.message + at);
          break;
        case NAME: {
          const name = this.name(at);
          if (!name) return null;
          data = data.concat<StaticArray<u8>>(name.bytes);
          at = this.end;
          continue;
        }
        default:
          at = end;
      }
      if (at > end) return null;
      const bytes = new StaticArray<u8>(at - from);
      memory.copy(changetype<usize>(bytes), this.message + from, at - from);
      data = data.concat<StaticArray<u8>>(bytes);
    }
    return at == end ? data : null;
  }

  /** The place behind the name at `at`, whose pointers are not followed; -1: there is none. */
  private skip(at: i32): i32 {
    while (at < this.size) {
      const length = <i32>load<u8>(this.message + at);
      if (length >= POINTER) return at + 2 <= this.size ? at + 2 : -1;
      if (length > 63) return -1;
      at += length + 1;
      if (!length) return at <= this.size ? at : -1;
    }
    return -1;
  }

  /**
   * The name at `at`, and its end in `end`. Null: there is none. A pointer has to lead further back than all that was read of
   * the name (section 4.1.4: to a prior occurrence), so that there is an end to them.
   */
  private name(at: i32): DomainName | null {
    const bytes = this.bytes;
    let first = at;
    let to = 0;
    this.end = -1;
    while (at < this.size) {
      const length = <i32>load<u8>(this.message + at);
      if (length >= POINTER) {
        if (at + 2 > this.size) return null;
        if (this.end < 0) this.end = at + 2;
        at = get16(this.message + at) & 0x3fff;
        if (at >= first) return null;
        first = at;
        continue;
      }
      if (length > 63 || at + 1 + length > this.size || to + 1 + length > MOST_BYTES) return null;
      memory.copy(changetype<usize>(bytes) + to, this.message + at, length + 1);
      to += length + 1;
      at += length + 1;
      if (length) continue;
      if (this.end < 0) this.end = at;
      return new DomainName(bytes.slice<StaticArray<u8>>(0, to));
    }
    return null;
  }
}
