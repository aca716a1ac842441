import { get16, get32, put16, put32 } from "mirage-wasm/drivers/net/bytes";
import { fold, pseudoSum, sum } from "mirage-wasm/drivers/net/checksum";
import { TCP, Unreachable, V4_HIGH } from "mirage-wasm/drivers/net/ip";
import { Connection } from "mirage-wasm/drivers/net/tcp/connection";
import { Listener } from "mirage-wasm/drivers/net/tcp/listener";
import { State } from "mirage-wasm/drivers/net/tcp/state";
import { Tcp } from "mirage-wasm/drivers/net/tcp/tcp";
import { addressOf } from "./address";
import { check, equal } from "./check";
import { FakeIp } from "./fake-ip";

export const FIN: u32 = 1;
export const SYN: u32 = 2;
export const RST: u32 = 4;
export const PSH: u32 = 8;
export const ACK: u32 = 16;
export const URG: u32 = 32;

export const SECOND: i64 = 1_000_000_000;
export const MS: i64 = 1_000_000;

/** The stack's port and the peer's. */
export const PORT: u16 = 7;
export const PEER_PORT: u16 = 4000;
/** The peer's initial sequence number. */
export const PEER: u32 = 1000;

const ROOM: i32 = 4096;
const BYTES: usize = 1536;

/** What the stack has sent, in a queue. */
export class Capture extends FakeIp {
  readonly memory: usize = heap.alloc(<usize>ROOM * BYTES);
  readonly sizes: StaticArray<i32> = new StaticArray<i32>(ROOM);
  head: i32 = 0;
  count: i32 = 0;

  route(toHigh: u64, toLow: u64): bool {
    this.sourceHigh = V4_HIGH;
    this.sourceLow = addressOf(1);
    return !this.hasNoRoute;
  }

  send(fromHigh: u64, fromLow: u64, toHigh: u64, toLow: u64, protocol: u32, size: i32, now: i64): bool {
    if (this.isFull) return false;
    check(fold(sum(this.out, size, pseudoSum(fromHigh, fromLow, toHigh, toLow, TCP, size))) == 0xffff, "MUST-2: the checksum of what is sent is right");
    if (this.count == ROOM) return true;
    const slot = (this.head + this.count++) % ROOM;
    this.sizes[slot] = size;
    memory.copy(this.memory + <usize>slot * BYTES, this.out, min(size, <i32>BYTES));
    return true;
  }
}

/** A stack at 10.0.0.2, and a peer at 10.0.0.1 whose segments the test writes by hand. */
export class Lab {
  now: i64 = 100 * SECOND;
  readonly ip: Capture = new Capture();
  readonly tcp!: Tcp;
  private readonly bytes: usize = heap.alloc(65_536);
  /** Ports of the peer's segments. */
  peerPort: u16 = PEER_PORT;
  port: u16 = PORT;
  /** The upper half of both addresses, of which IPv4's is the default, and the lower ones. */
  high: u64 = V4_HIGH;
  to: u64 = addressOf(1);
  from: u64 = addressOf(0);
  /** Options of the next segment, padded by END; then none. */
  private options: i32 = 0;
  private readonly option: usize = heap.alloc(40);
  /** Text of injected segments: each byte is its sequence number's, xor this. */
  salt: u8 = 0;
  urgent: u32 = 0;
  /** What the last `sent` or `take` was about. */
  flags: u32 = 0;
  sequence: u32 = 0;
  ack: u32 = 0;
  window: i32 = 0;
  size: i32 = 0;
  header: i32 = 0;
  segment: usize = 0;

  constructor(seed: u64 = 1) {
    this.tcp = new Tcp(this.ip, seed, 9);
  }

  withOption(bytes: u8[]): Lab {
    for (let i = 0; i < bytes.length; i++) store<u8>(this.option + this.options + i, bytes[i]);
    this.options += bytes.length;
    return this;
  }

  withMss(mss: i32): Lab {
    return this.withOption([2, 4, <u8>(mss >> 8), <u8>mss]);
  }

  withScale(scale: i32): Lab {
    return this.withOption([1, 3, 3, <u8>scale]);
  }

  withTimestamp(value: u32, echo: u32): Lab {
    this.withOption([1, 1, 8, 10]);
    put32(this.option + this.options, value);
    put32(this.option + this.options + 4, echo);
    this.options += 8;
    return this;
  }

  withSackPermitted(): Lab {
    return this.withOption([1, 1, 4, 2]);
  }

  /** Says that these have arrived: pairs of sequence numbers. */
  withSack(numbers: u32[]): Lab {
    this.withOption([1, 1, 5, <u8>(2 + numbers.length * 4)]);
    for (let i = 0; i < numbers.length; i++, this.options += 4) put32(this.option + this.options, numbers[i]);
    return this;
  }

  /** Writes a segment of the peer's; returns its size. */
  write(flags: u32, sequence: u32, ack: u32, window: i32 = 65_535, size: i32 = 0): i32 {
    const at = this.bytes;
    const header = 20 + ((this.options + 3) & ~3);
    put16(at, this.peerPort);
    put16(at + 2, this.port);
    put32(at + 4, sequence);
    put32(at + 8, ack);
    store<u8>(at + 12, <u8>(header << 2));
    store<u8>(at + 13, <u8>flags);
    put16(at + 14, window);
    store<u16>(at + 16, 0);
    put16(at + 18, this.urgent);
    memory.fill(at + 20, 0, header - 20);
    memory.copy(at + 20, this.option, this.options);
    this.options = 0;
    for (let i = 0; i < size; i++) store<u8>(at + header + i, <u8>(sequence + i) ^ this.salt);
    return header + size;
  }

  /** Changes what the written segment acknowledges. */
  acknowledge(number: u32): void {
    put32(this.bytes + 8, number);
  }

  /** Gives the written segment to the stack. `flip`: bits of a byte that are turned behind the checksum. */
  give(size: i32, flip: i32 = -1): void {
    const at = this.bytes;
    store<u16>(at + 16, 0);
    store<u16>(at + 16, <u16>~fold(sum(at, size, pseudoSum(this.high, this.from, this.high, this.to, TCP, size))));
    if (flip >= 0) store<u8>(at + flip, load<u8>(at + flip) ^ 1);
    this.tcp.input(this.high, this.from, this.high, this.to, at, size, this.now);
    this.tcp.step(this.now);
  }

  /** The peer sends a segment. */
  inject(flags: u32, sequence: u32, ack: u32, window: i32 = 65_535, size: i32 = 0): void {
    this.give(this.write(flags, sequence, ack, window, size));
  }

  /** Somebody says that a segment of the stack's, with this number, did not arrive. */
  complain(why: Unreachable, sequence: u32): void {
    put16(this.bytes, this.port);
    put16(this.bytes + 2, this.peerPort);
    put32(this.bytes + 4, sequence);
    this.tcp.unreachable(V4_HIGH, addressOf(1), V4_HIGH, addressOf(0), this.bytes, 8, why, this.now);
    this.tcp.step(this.now);
  }

  step(): void {
    this.tcp.step(this.now);
  }

  /** Lets time go by. */
  wait(time: i64): void {
    const until = this.now + time;
    while (true) {
      const next = this.tcp.step(this.now);
      if (next > until) break;
      this.now = max(this.now, next);
    }
    this.now = until;
    this.tcp.step(this.now);
  }

  /** Until the stack sends something, `limit` at most; returns how long it took. */
  waitForSegment(limit: i64): i64 {
    const begin = this.now;
    while (!this.ip.count) {
      const next = this.tcp.step(this.now);
      if (this.ip.count) break;
      if (next > begin + limit) {
        this.now = begin + limit;
        break;
      }
      this.now = max(this.now, next);
    }
    return this.now - begin;
  }

  /** Takes the next segment that the stack has sent. False: there is none. */
  take(): bool {
    const ip = this.ip;
    if (!ip.count) return false;
    const slot = ip.head;
    const at = ip.memory + <usize>slot * BYTES;
    ip.head = (ip.head + 1) % ROOM;
    ip.count--;
    this.segment = at;
    this.sequence = get32(at + 4);
    this.ack = get32(at + 8);
    this.header = <i32>(load<u8>(at, 12) >> 4) << 2;
    this.flags = load<u8>(at, 13);
    this.window = get16(at + 14);
    this.size = ip.sizes[slot] - this.header;
    return true;
  }

  /** The next segment is this one. PSH is not looked at. */
  expect(flags: u32, sequence: u32, ack: u32, size: i32, what: string): void {
    if (!this.take()) {
      check(false, what + ": nothing was sent");
      return;
    }
    equal(this.flags & ~PSH, flags, what + ": flags");
    equal(this.sequence, sequence, what + ": sequence number");
    if (flags & ACK) equal(this.ack, ack, what + ": acknowledgement");
    equal(this.size, size, what + ": bytes of text");
  }

  expectNothing(what: string): void {
    if (!this.take()) return;
    check(false, `${what}: flags ${this.flags}, ${this.size} bytes were sent`);
    this.ip.count = 0;
  }

  /** Forgets what was sent; returns how many segments that were. */
  drain(): i32 {
    const count = this.ip.count;
    while (this.take()) {}
    return count;
  }

  /** Where in the last segment an option of this kind stands; 0: it has none. */
  find(kind: u32): usize {
    let at = this.segment + 20;
    const end = this.segment + this.header;
    while (at < end) {
      const one: u32 = load<u8>(at);
      if (one == 0) return 0;
      if (one == kind) return at;
      at += one == 1 ? 1 : <usize>load<u8>(at, 1);
    }
    return 0;
  }
}

/** A lab with a connection that the peer has opened. */
export class Open extends Lab {
  listener!: Listener;
  connection!: Connection;
  /** The stack's initial sequence number. */
  iss: u32 = 0;

  /** `mss`, `scale`, `timestamp`, `sack`: what the peer offers; -1: not. The way there and back takes `time`. */
  constructor(mss: i32 = 1460, scale: i32 = -1, timestamp: i64 = -1, window: i32 = 65_535, sack: bool = false, time: i64 = 0) {
    super();
    const listener = this.tcp.listen(PORT)!;
    if (mss >= 0) this.withMss(mss);
    if (scale >= 0) this.withScale(scale);
    if (sack) this.withSackPermitted();
    if (timestamp >= 0) this.withTimestamp(<u32>timestamp, 0);
    this.inject(SYN, PEER, 0, window);
    this.take();
    equal(this.flags, SYN | ACK, "the answer to SYN");
    equal(this.ack, PEER + 1, "what it acknowledges");
    const iss = this.sequence;
    this.now += time;
    if (timestamp >= 0) this.withTimestamp(<u32>timestamp, get32(this.find(8) + 2));
    this.inject(ACK, PEER + 1, iss + 1, window);
    this.iss = iss;
    this.listener = listener;
    const connection = listener.accept()!;
    this.connection = connection;
    check(connection.state == State.ESTABLISHED, "it is open");
    this.expectNothing("after the handshake");
  }
}

const scratch = heap.alloc(1 << 20);

/** Writes `size` bytes, each the lower bits of its place; returns how many were taken. */
export function put(connection: Connection, size: i32): i32 {
  for (let i = 0; i < size; i++) store<u8>(scratch + i, <u8>i);
  return connection.write(scratch, size);
}

/** Reads up to `size` bytes, which lie at `text`. */
export function get(connection: Connection, size: i32 = 1 << 20): i32 {
  return connection.read(scratch, size);
}

export const text: usize = scratch;
