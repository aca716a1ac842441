// What ICMP of both versions has in common: echoes that are asked for, and a bound on complaints.

import { SECOND } from "mirage-wasm/duration";
import { Counter } from "mirage-wasm/metrics";
import { get16, put16 } from "./bytes";
import { Ip, NO_DEADLINE, Protocol, Unreachable } from "./ip";
import { Mailbox } from "./mailbox";

// ╒═══ message ═══╕
// │ 0  type, code │
// │ 2  checksum   │
// │ 4  depends    │
// │ 8  data       │
// ╘═══════════════╛
export const CHECKSUM: usize = 2;
export const REST: usize = 4;
export const SIZE: i32 = 8;
/** Of an echo. */
const IDENTIFIER: usize = 4;
const NUMBER: usize = 6;
/** Of an echo: what IP has room for. */
const MOST_DATA: i32 = 65487;

/** Messages about errors: RFC 1812 section 4.3.2.8, RFC 4443 section 2.4 (f), so many a second, and so many at once. */
const RATE: i64 = 100;
const BURST: i64 = 50;

const sentCount = new Counter("icmp.errors-sent");
const limitedCount = new Counter("icmp.errors-limited");

/** Asks others for echoes. Its answers are messages: the data behind the header, and the number of the request as the port. */
export class Echoes extends Mailbox {
  constructor(
    private readonly icmp: Icmp,
    readonly identifier: u32,
  ) {
    super();
    this.hearsErrors = true;
  }

  /** Sends `size` bytes of data. False: there is no way to that address. */
  send(toHigh: u64, toLow: u64, number: u32, data: usize, size: i32, now: i64): bool {
    return this.icmp.request(this.identifier, toHigh, toLow, number, data, size, now);
  }

  close(): void {
    this.icmp.remove(this);
    this.empty();
  }
}

export abstract class Icmp extends Protocol {
  private readonly echoes: Echoes[] = [];
  private identifier: u32 = 0;
  /** When the bucket of messages about errors was full. */
  private full: i64 = i64.MIN_VALUE;

  /** `echo`: the type of a request. */
  constructor(
    protected readonly base: Ip,
    number: u32,
    private readonly echo: u8,
  ) {
    super(number);
    base.add(this);
  }

  /** Writes the checksum of the message at `buffer`. */
  protected abstract seal(message: usize, size: i32, fromHigh: u64, fromLow: u64, toHigh: u64, toLow: u64): void;

  /** Who asks gets an identifier that tells him from others. */
  open(): Echoes {
    do {
      this.identifier = (this.identifier + 1) & 0xffff;
    } while (this.find(this.identifier));
    const echoes = new Echoes(this, this.identifier);
    this.echoes.push(echoes);
    return echoes;
  }

  remove(echoes: Echoes): void {
    this.echoes.splice(this.echoes.indexOf(echoes), 1);
  }

  request(identifier: u32, toHigh: u64, toLow: u64, number: u32, data: usize, size: i32, now: i64): bool {
    const ip = this.base;
    if (size > MOST_DATA || !ip.route(toHigh, toLow)) return false;
    const fromHigh = ip.sourceHigh;
    const fromLow = ip.sourceLow;
    const message = ip.buffer(toHigh, toLow, SIZE + size);
    store<u16>(message, <u16>this.echo);
    put16(message + IDENTIFIER, identifier);
    put16(message + NUMBER, number);
    memory.copy(message + SIZE, data, size);
    this.seal(message, SIZE + size, fromHigh, fromLow, toHigh, toLow);
    return ip.send(fromHigh, fromLow, toHigh, toLow, this.number, SIZE + size, now);
  }

  /** Sends the message of `size` bytes at `message` back as an answer of this type, from the address that it came to. */
  protected answer(type: u8, fromHigh: u64, fromLow: u64, toHigh: u64, toLow: u64, message: usize, size: i32, now: i64): void {
    const reply = this.base.buffer(fromHigh, fromLow, size);
    memory.copy(reply, message, size);
    store<u8>(reply, type);
    this.seal(reply, size, toHigh, toLow, fromHigh, fromLow);
    this.base.send(toHigh, toLow, fromHigh, fromLow, this.number, size, now);
  }

  /** Tells `to` about his packet, of which `quoted` bytes go back, unless too many were told already. */
  protected tell(type: u32, code: u32, rest: u32, fromHigh: u64, fromLow: u64, toHigh: u64, toLow: u64, packet: usize, quoted: i32, now: i64): void {
    if (!this.mayComplain(now)) return;
    sentCount.add();
    const message = this.base.buffer(toHigh, toLow, SIZE + quoted);
    store<u16>(message, <u16>(type | (code << 8)));
    store<u32>(message, rest, REST);
    memory.copy(message + SIZE, packet, quoted);
    this.seal(message, SIZE + quoted, fromHigh, fromLow, toHigh, toLow);
    this.base.send(fromHigh, fromLow, toHigh, toLow, this.number, SIZE + quoted, now);
  }

  /** An echo has come. */
  protected hand(fromHigh: u64, fromLow: u64, message: usize, size: i32): void {
    const echoes = this.find(get16(message + IDENTIFIER));
    if (echoes) echoes.push(fromHigh, fromLow, get16(message + NUMBER), message + SIZE, size - SIZE);
  }

  unreachable(fromHigh: u64, fromLow: u64, toHigh: u64, toLow: u64, packet: usize, size: i32, why: Unreachable, now: i64): void {
    const echoes = this.find(get16(packet + IDENTIFIER));
    if (echoes && load<u8>(packet) == this.echo) echoes.lost(toHigh, toLow, get16(packet + NUMBER), why);
  }

  step(now: i64): i64 {
    return NO_DEADLINE;
  }

  private find(identifier: u32): Echoes | null {
    const all = this.echoes;
    for (let i = 0; i < all.length; i++) if (unchecked(all[i]).identifier == identifier) return unchecked(all[i]);
    return null;
  }

  /** A bucket that is full after a while without errors. */
  private mayComplain(now: i64): bool {
    const full = max(this.full, now - (BURST * SECOND) / RATE) + SECOND / RATE;
    if (full > now) {
      limitedCount.add();
      return false;
    }
    this.full = full;
    return true;
  }
}
