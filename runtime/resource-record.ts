// Records of the DNS (RFC 1035 section 3.2.1) and their text (section 5; unknown types as RFC 3597 section 5 has them).

import { Address } from "./address";
import { DomainName, showByte } from "./domain-name";
import { decimal, digits, parsed, readDecimal, showHex } from "./number";

/** Types of records (IANA, "Domain Name System Parameters"): those whose data has a form here. Others are numbers. */
export enum RecordType {
  A = 1,
  NS = 2,
  CNAME = 5,
  SOA = 6,
  PTR = 12,
  MX = 15,
  TXT = 16,
  AAAA = 28,
  SRV = 33,
  CAA = 257,
}

const names: StaticArray<string> = ["A", "NS", "CNAME", "SOA", "PTR", "MX", "TXT", "AAAA", "SRV", "CAA"];
const numbers: StaticArray<i32> = [1, 2, 5, 6, 12, 15, 16, 28, 33, 257];

/** Fields that data is made of. */
export const BYTE: i32 = 0x31; // 1
export const SHORT: i32 = 0x32; // 2
export const WORD: i32 = 0x34; // 4
/** An address of 4 bytes, or of 16. */
export const V4: i32 = 0x61; // a
export const V6: i32 = 0x62; // b
export const NAME: i32 = 0x6e; // n
/** Texts of up to 255 bytes, each behind its length: a word, or as many as there are but one at least. */
export const TAG: i32 = 0x74; // t
export const TEXTS: i32 = 0x54; // T
/** All bytes that are left. */
export const REST: i32 = 0x72; // r

/** The fields of a type's data, in their order. Of a type that is not known: its bytes. */
export function formOf(type: i32): string {
  switch (type) {
    case RecordType.A:
      return "a";
    case RecordType.NS:
    case RecordType.CNAME:
    case RecordType.PTR:
      return "n";
    case RecordType.SOA:
      return "nn44444";
    case RecordType.MX:
      return "2n";
    case RecordType.TXT:
      return "T";
    case RecordType.AAAA:
      return "b";
    case RecordType.SRV:
      return "222n";
    case RecordType.CAA:
      return "1tr";
    default:
      return "r";
  }
}

/** The type that `text` says, as `MX` or `TYPE65`, or -1. */
export function typeNamed(text: string): i32 {
  const upper = text.toUpperCase();
  for (let i = 0; i < names.length; i++) if (names[i] == upper) return numbers[i];
  if (!upper.startsWith("TYPE") || readDecimal(text, 4) != text.length || !digits || digits > 5 || parsed > 65535) return -1;
  return <i32>parsed;
}

export function typeName(type: i32): string {
  for (let i = 0; i < names.length; i++) if (numbers[i] == type) return names[i];
  return "TYPE" + decimal(type);
}

/** A record, of the class IN. */
export class ResourceRecord {
  /** `data` has the form of its type, and no compressed name. `ttl`: for how many seconds it may be kept. */
  constructor(
    readonly name: DomainName,
    readonly type: i32,
    readonly ttl: u32,
    readonly data: StaticArray<u8>,
  ) {}

  /** Of the types A and AAAA. */
  get address(): Address {
    return new Address(this.data);
  }

  /** As a zone file has it: `www.example.org. 3600 IN A 192.0.2.1`. */
  toString(): string {
    return this.name.toString() + " " + decimal(this.ttl) + " IN " + typeName(this.type) + " " + this.dataText;
  }

  /** Its data as a zone file has it: `10 mail.example.org.` */
  get dataText(): string {
    const data = this.data;
    const form = formOf(this.type);
    if (form == "r") return unknown(data);
    let text = "";
    let at = 0;
    for (let i = 0; i < form.length; i++) {
      const field = form.charCodeAt(i);
      if (i) text += " ";
      switch (field) {
        case BYTE:
        case SHORT:
        case WORD: {
          let value: u32 = 0;
          for (const end = at + field - 0x30; at < end; at++) value = (value << 8) | data[at];
          text += decimal(value);
          break;
        }
        case NAME: {
          const end = endOfName(data, at);
          text += new DomainName(data.slice<StaticArray<u8>>(at, end)).toString();
          at = end;
          break;
        }
        case TAG: {
          const end = at + 1 + data[at];
          while (++at < end) text += showByte(data[at]);
          break;
        }
        case TEXTS:
          while (at < data.length) {
            const end = at + 1 + data[at];
            text += (at ? " " : "") + quoted(data, at + 1, end);
            at = end;
          }
          break;
        case REST:
          text += quoted(data, at, data.length);
          at = data.length;
          break;
        default:
          return this.address.toString();
      }
    }
    return text;
  }
}

/** Where the name that begins at `at` ends. */
export function endOfName(data: StaticArray<u8>, at: i32): i32 {
  while (data[at]) at += data[at] + 1;
  return at + 1;
}

function quoted(data: StaticArray<u8>, from: i32, to: i32): string {
  let text = '"';
  for (; from < to; from++) {
    const byte = data[from];
    const isPlain = byte >= 0x20 && byte <= 0x7e && byte != 0x22 && byte != 0x5c;
    text += isPlain ? String.fromCharCode(byte) : showByte(byte);
  }
  return text + '"';
}

/** RFC 3597 section 5. */
function unknown(data: StaticArray<u8>): string {
  let text = "\\# " + decimal(data.length) + (data.length ? " " : "");
  for (let i = 0; i < data.length; i++) text += showHex(data[i] >> 4) + showHex(data[i] & 15);
  return text;
}
