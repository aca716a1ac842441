// Messages of DHCP (RFC 2131 section 2) and their options (RFC 2132).

import { loadMac, storeMac } from "mirage-wasm/mac";
import { get16, get32, put16, put32 } from "../bytes";

// ╒════════════ message ═════════════╕
// │   0  op, htype 1, hlen 6, hops   │
// │   4  xid                         │
// │   8  secs, flags                 │
// │  12  ciaddr                      │
// │  16  yiaddr                      │
// │  20  siaddr                      │
// │  24  giaddr                      │
// │  28  chaddr, 16 bytes            │
// │  44  sname, 64 bytes             │
// │ 108  file, 128 bytes             │
// │ 236  magic cookie                │
// │ 240  options                     │
// ╘══════════════════════════════════╛
const XID: usize = 4;
const FLAGS: usize = 10;
const CLIENT: usize = 12;
const YOURS: usize = 16;
const GATEWAY: usize = 24;
const HARDWARE: usize = 28;
const SERVER_NAME: usize = 44;
const FILE: usize = 108;
const COOKIE: usize = 236;
const OPTIONS: usize = 240;
/** Section 2: what every client takes. */
const LEAST: i32 = 300;
const MAGIC: u32 = 0x63825363;
const BROADCAST_FLAG: u32 = 0x8000;
const REQUEST: u8 = 1;
const REPLY: u8 = 2;

/** Types of messages (RFC 2132 section 9.6). */
export const DISCOVER: u8 = 1;
export const OFFER: u8 = 2;
export const REQUESTED: u8 = 3;
export const DECLINE: u8 = 4;
export const ACK: u8 = 5;
export const NAK: u8 = 6;
export const RELEASE: u8 = 7;

/** Options. */
export const MASK: u8 = 1;
export const ROUTER: u8 = 3;
export const DNS: u8 = 6;
export const HOST_NAME: u8 = 12;
export const MTU: u8 = 26;
export const ADDRESS: u8 = 50;
export const LEASE: u8 = 51;
const OVERLOAD: u8 = 52;
export const TYPE: u8 = 53;
export const SERVER: u8 = 54;
export const PARAMETERS: u8 = 55;
export const MAX_SIZE: u8 = 57;
export const RENEWAL: u8 = 58;
export const REBINDING: u8 = 59;
export const CLIENT_ID: u8 = 61;
const END: u8 = 255;

/** Options that a client may ask for are at most so many bytes, and so are all of a reply. */
export const MOST: i32 = 576;

/** One that is written: `begin`, then options, then `end`. */
export class Writer {
  private at: usize = 0;

  constructor(readonly message: usize) {}

  begin(type: u8, xid: u32, mac: u64, secs: u32, client: u32, isBroadcast: bool): void {
    const message = this.message;
    memory.fill(message, 0, OPTIONS + 64);
    store<u8>(message, REQUEST);
    store<u16>(message, 0x0601, 1);
    store<u32>(message, xid, XID);
    put16(message + XID + 4, min(secs, 0xffff));
    if (isBroadcast) put16(message + FLAGS, BROADCAST_FLAG);
    store<u32>(message, client, CLIENT);
    storeMac(message + HARDWARE, mac);
    put32(message + COOKIE, MAGIC);
    this.at = message + OPTIONS;
    this.byte(TYPE, type);
  }

  /** A reply to the request that `reader` has opened. */
  beginReply(type: u8, reader: Reader, yours: u32): void {
    const message = this.message;
    memory.fill(message, 0, OPTIONS);
    memory.copy(message, reader.message, XID + 4);
    store<u8>(message, REPLY);
    store<u8>(message, 0, 3);
    memory.copy(message + FLAGS, reader.message + FLAGS, 2);
    store<u32>(message, type == NAK ? 0 : reader.client, CLIENT);
    store<u32>(message, yours, YOURS);
    store<u32>(message, load<u32>(reader.message, GATEWAY), GATEWAY);
    memory.copy(message + HARDWARE, reader.message + HARDWARE, 16);
    put32(message + COOKIE, MAGIC);
    this.at = message + OPTIONS;
    this.byte(TYPE, type);
  }

  byte(option: u8, value: u8): void {
    this.head(option, 1);
    store<u8>(this.at++, value);
  }

  /** Four bytes as they lie in memory. */
  word(option: u8, value: u32): void {
    this.head(option, 4);
    store<u32>(this.at, value);
    this.at += 4;
  }

  short(option: u8, value: u32): void {
    this.head(option, 2);
    put16(this.at, value);
    this.at += 2;
  }

  bytes(option: u8, from: usize, size: i32): void {
    this.head(option, size);
    memory.copy(this.at, from, size);
    this.at += size;
  }

  /** Returns the size. */
  end(): i32 {
    store<u8>(this.at++, END);
    while (<i32>(this.at - this.message) < LEAST) store<u8>(this.at++, 0);
    return <i32>(this.at - this.message);
  }

  private head(option: u8, size: i32): void {
    store<u8>(this.at++, option);
    store<u8>(this.at++, <u8>size);
  }
}

/** One that has come. */
export class Reader {
  message: usize = 0;
  private size: i32 = 0;
  /** Of the option that `find` has found. */
  private value: usize = 0;
  private length: i32 = 0;

  /** Is it a reply to this transaction of this client? */
  openReply(message: usize, size: i32, xid: u32, mac: u64): bool {
    return this.open(message, size, REPLY) && load<u32>(message, XID) == xid && this.mac == mac;
  }

  /** Is it a client's? */
  openRequest(message: usize, size: i32): bool {
    return this.open(message, size, REQUEST);
  }

  private open(message: usize, size: i32, operation: u8): bool {
    this.message = message;
    this.size = size;
    if (size < <i32>OPTIONS || load<u8>(message) != operation || load<u8>(message, 1) != 1 || load<u8>(message, 2) != 6) return false;
    return get32(message + COOKIE) == MAGIC;
  }

  get mac(): u64 {
    return loadMac(this.message + HARDWARE);
  }

  /** The address that the client says it has. */
  get client(): u32 {
    return load<u32>(this.message, CLIENT);
  }

  get yours(): u32 {
    return load<u32>(this.message, YOURS);
  }

  get type(): u8 {
    return this.find(TYPE, 1) ? load<u8>(this.value) : 0;
  }

  /** Four bytes as they lie in memory, or 0. Of several addresses the first. */
  word(option: u8): u32 {
    return this.find(option, 4) ? load<u32>(this.value) : 0;
  }

  short(option: u8): u32 {
    return this.find(option, 2) ? get16(this.value) : 0;
  }

  /** The addresses of an option, at most `most`, to `to`; returns how many they are. */
  words(option: u8, to: usize, most: i32): i32 {
    if (!this.find(option, 4)) return 0;
    const count = min(this.length >> 2, most);
    memory.copy(to, this.value, <usize>count << 2);
    return count;
  }

  /** Section 4.1: options go on in `file` and `sname` when option 52 says so. */
  private find(option: u8, least: i32): bool {
    if (this.findIn(option, this.message + OPTIONS, this.message + this.size, least)) return true;
    if (option == TYPE || !this.findIn(OVERLOAD, this.message + OPTIONS, this.message + this.size, 1)) return false;
    const where = load<u8>(this.value);
    if (where & 1 && this.findIn(option, this.message + FILE, this.message + COOKIE, least)) return true;
    return (where & 2) != 0 && this.findIn(option, this.message + SERVER_NAME, this.message + FILE, least);
  }

  private findIn(option: u8, at: usize, end: usize, least: i32): bool {
    while (at < end) {
      const kind = load<u8>(at++);
      if (kind == END) return false;
      if (!kind) continue;
      if (at == end) return false;
      const length = load<u8>(at++);
      if (at + length > end) return false;
      if (kind == option && <i32>length >= least) {
        this.value = at;
        this.length = length;
        return true;
      }
      at += length;
    }
    return false;
  }
}
