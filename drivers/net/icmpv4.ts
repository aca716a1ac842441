// ICMP (RFC 792) as a host's: RFC 1122 section 3.2.2. It answers echo requests, passes on what others say of this host's
// packets, and tells others of theirs. Redirects, timestamps, masks and source quench (RFC 6633) are ignored.

import { SECOND } from "mirage-wasm/duration";
import { Counter } from "mirage-wasm/metrics";
import { get16, put16 } from "./bytes";
import { fold, sum } from "./checksum";
import { ICMP, NO_DEADLINE, Protocol, Unreachable, lowOf, v4Of, V4_HIGH } from "./ip";
import { Mailbox } from "./mailbox";
import { Complaints, Ipv4, isMulticast } from "./ipv4";
import { DESTINATION, HEADER_SIZE, headSize, LENGTH, PROTOCOL, SOURCE } from "./ipv4-header";

// ╒═══ message ═══╕
// │ 0  type, code │
// │ 2  checksum   │
// │ 4  depends    │
// │ 8  data       │
// ╘═══════════════╛
const CHECKSUM: usize = 2;
/** Of an echo. */
const IDENTIFIER: usize = 4;
const NUMBER: usize = 6;
const NEXT_HOP_MTU: usize = 6;
const SIZE: i32 = 8;
const ECHO_REPLY: u8 = 0;
const UNREACHABLE: u8 = 3;
const ECHO: u8 = 8;
const TIME_EXCEEDED: u8 = 11;
const PARAMETER_PROBLEM: u8 = 12;
/** RFC 1812 section 4.3.2.3: as much of the packet as fits 576 bytes. */
const MOST_QUOTED: i32 = 548;

/** Of an echo: what IP has room for. */
const MOST_DATA: i32 = 65507;

/** Messages about errors: RFC 1812 section 4.3.2.8, so many a second, and so many at once. */
const RATE: i64 = 100;
const BURST: i64 = 50;

const echoesCount = new Counter("icmp.echo-requests");
const malformedCount = new Counter("icmp.malformed");
const errorsCount = new Counter("icmp.errors-received");
const sentCount = new Counter("icmp.errors-sent");
const limitedCount = new Counter("icmp.errors-limited");

/** Asks others for echoes. Its answers are messages: the data behind the header, and the number of the request as the port. */
export class Echoes extends Mailbox {
  constructor(
    private readonly icmp: Icmpv4,
    readonly identifier: u32,
  ) {
    super();
    this.hearsErrors = true;
  }

  /** Sends `size` bytes of data. False: there is no way to that address. */
  send(toLow: u64, number: u32, data: usize, size: i32, now: i64): bool {
    return this.icmp.request(this.identifier, toLow, number, data, size, now);
  }

  close(): void {
    this.icmp.remove(this);
    this.empty();
  }
}

export class Icmpv4 extends Protocol implements Complaints {
  private readonly echoes: Echoes[] = [];
  private identifier: u32 = 0;
  /** When the bucket of messages about errors was full. */
  private full: i64 = i64.MIN_VALUE;

  constructor(private readonly ip: Ipv4) {
    super(ICMP);
    ip.add(this);
    ip.complaints = this;
  }

  input(fromHigh: u64, fromLow: u64, toHigh: u64, toLow: u64, packet: usize, size: i32, now: i64): bool {
    if (size < SIZE || fold(sum(packet, size)) != 0xffff) {
      malformedCount.add();
      return true;
    }
    const type = load<u8>(packet);
    // Section 3.2.2.6: what was sent to many is not answered, so that nobody can make many answer one.
    if (type == ECHO_REPLY) this.hand(fromLow, packet, size);
    else if (type == ECHO && v4Of(toLow) == this.ip.address) this.answer(fromLow, toLow, packet, size, now);
    else if (type == UNREACHABLE || type == TIME_EXCEEDED || type == PARAMETER_PROBLEM) this.report(type, packet, size, now);
    return true;
  }

  private answer(fromLow: u64, toLow: u64, packet: usize, size: i32, now: i64): void {
    echoesCount.add();
    const reply = this.ip.buffer(V4_HIGH, fromLow, size);
    memory.copy(reply, packet, size);
    store<u8>(reply, ECHO_REPLY);
    this.seal(reply, size);
    this.ip.send(V4_HIGH, toLow, V4_HIGH, fromLow, ICMP, size, now);
  }

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

  request(identifier: u32, toLow: u64, number: u32, data: usize, size: i32, now: i64): bool {
    if (size > MOST_DATA || !this.ip.route(V4_HIGH, toLow)) return false;
    const message = this.ip.buffer(V4_HIGH, toLow, SIZE + size);
    store<u16>(message, <u16>ECHO);
    put16(message + IDENTIFIER, identifier);
    put16(message + NUMBER, number);
    memory.copy(message + SIZE, data, size);
    this.seal(message, SIZE + size);
    return this.ip.send(V4_HIGH, this.ip.sourceLow, V4_HIGH, toLow, ICMP, SIZE + size, now);
  }

  private find(identifier: u32): Echoes | null {
    const all = this.echoes;
    for (let i = 0; i < all.length; i++) if (unchecked(all[i]).identifier == identifier) return unchecked(all[i]);
    return null;
  }

  private hand(fromLow: u64, packet: usize, size: i32): void {
    const echoes = this.find(get16(packet + IDENTIFIER));
    if (echoes) echoes.push(V4_HIGH, fromLow, get16(packet + NUMBER), packet + SIZE, size - SIZE);
  }

  private seal(message: usize, size: i32): void {
    store<u16>(message, 0, CHECKSUM);
    store<u16>(message, <u16>~fold(sum(message, size)), CHECKSUM);
  }

  private report(type: u8, packet: usize, size: i32, now: i64): void {
    errorsCount.add();
    const quoted = packet + SIZE;
    const code = load<u8>(packet, 1);
    const why = reasonOf(type, code);
    if (why == Unreachable.TOO_BIG && size >= SIZE + HEADER_SIZE) {
      const total = <i32>get16(quoted + LENGTH);
      const mtu = <i32>get16(packet + NEXT_HOP_MTU);
      // RFC 1191 section 5: routers of before say nothing, and the packet was the least that was too large.
      if (load<u32>(quoted, SOURCE) == this.ip.address) this.ip.narrow(load<u32>(quoted, DESTINATION), mtu ? mtu : lessThan(total), now);
    }
    this.ip.wasLost(quoted, size - SIZE, why, now);
  }

  complain(type: u32, code: u32, packet: usize, size: i32, now: i64): void {
    const from = load<u32>(packet, SOURCE);
    // Section 3.2.2: never about a message on an error, nor to one who isn't a host.
    if (!from || from == <u32>-1 || isMulticast(from) || (load<u8>(packet, PROTOCOL) == ICMP && isError(packet, size))) return;
    if (!this.mayComplain(now)) return;
    sentCount.add();
    const quoted = min(size, MOST_QUOTED);
    const to = lowOf(from);
    const message = this.ip.buffer(V4_HIGH, to, SIZE + quoted);
    store<u8>(message, <u8>type);
    store<u8>(message, <u8>code, 1);
    store<u32>(message, 0, 4);
    memory.copy(message + SIZE, packet, quoted);
    this.seal(message, SIZE + quoted);
    this.ip.send(V4_HIGH, lowOf(load<u32>(packet, DESTINATION)), V4_HIGH, to, ICMP, SIZE + quoted, now);
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

  unreachable(fromHigh: u64, fromLow: u64, toHigh: u64, toLow: u64, packet: usize, size: i32, why: Unreachable, now: i64): void {
    const echoes = this.find(get16(packet + IDENTIFIER));
    if (echoes && load<u8>(packet) == ECHO) echoes.lost(toHigh, toLow, get16(packet + NUMBER), why);
  }

  step(now: i64): i64 {
    return NO_DEADLINE;
  }
}

/** RFC 1122 section 3.2.2.1, RFC 1812 section 5.2.7.1. */
function reasonOf(type: u8, code: u8): Unreachable {
  if (type == TIME_EXCEEDED) return Unreachable.TIME;
  if (type == PARAMETER_PROBLEM) return Unreachable.PROTOCOL;
  switch (code) {
    case 2:
      return Unreachable.PROTOCOL;
    case 3:
      return Unreachable.PORT;
    case 4:
      return Unreachable.TOO_BIG;
    case 9:
    case 10:
    case 13:
      return Unreachable.PROHIBITED;
    default:
      return Unreachable.HOST;
  }
}

/** Is this packet, of ICMP, about an error? A type that nobody knows is taken for one (section 3.2.2 allows no risk). */
function isError(packet: usize, size: i32): bool {
  const head = headSize(packet);
  if (size <= head) return true;
  const type = load<u8>(packet + head);
  return type != ECHO && type != ECHO_REPLY;
}

/** RFC 1191 section 7.1: sizes that links of the time have. */
const PLATEAUS: StaticArray<i32> = [32000, 17914, 8166, 4352, 2002, 1492, 1006, 576];

function lessThan(total: i32): i32 {
  for (let i = 0; i < PLATEAUS.length; i++) if (PLATEAUS[i] < total) return PLATEAUS[i];
  return PLATEAUS[PLATEAUS.length - 1];
}
