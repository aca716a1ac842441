// UDP (RFC 768) as a host's: RFC 1122 section 4.1.

import { SeededRandom } from "mirage-wasm/drivers/random";
import { Counter } from "mirage-wasm/metrics";
import { get16, put16 } from "./bytes";
import { fold, pseudoSum, sum } from "./checksum";
import { Ip, isGroupAddress, isV4, NO_DEADLINE, Protocol, UDP, Unreachable } from "./ip";
import { Mailbox } from "./mailbox";
import { Joined, Memberships } from "./memberships";

// ╒══ datagram ══╕
// │ 0  from port │
// │ 2  to port   │
// │ 4  bytes     │
// │ 6  checksum  │
// │ 8  data      │
// ╘══════════════╛
const TO_PORT: usize = 2;
const LENGTH: usize = 4;
const CHECKSUM: usize = 6;
const HEADER: i32 = 8;
export const MOST: i32 = 65507;

/** Ports that are given out (RFC 6056 section 3.2). */
const FIRST_PORT: u32 = 1024;
const PORTS: u32 = 64512;

const receivedCount = new Counter("udp.received");
const sentCount = new Counter("udp.sent");
const malformedCount = new Counter("udp.malformed");
const checksumsCount = new Counter("udp.checksum-errors");
const closedCount = new Counter("udp.no-port");
const overrunsCount = new Counter("udp.overruns");

/** Who looks at what is sent, in images that join groups. */
interface Sent {
  sent(fromHigh: u64, fromLow: u64, port: u32, toHigh: u64, toLow: u64, toPort: u32, at: usize, size: i32): void;
}

/** RFC 1112 section 6.1: what is said to a group that is listened to here is heard here. */
class Returned implements Sent {
  constructor(private readonly udp: Udp) {}

  sent(fromHigh: u64, fromLow: u64, port: u32, toHigh: u64, toLow: u64, toPort: u32, at: usize, size: i32): void {
    const socket = this.udp.find(toPort);
    if (!socket || !isGroupAddress(toHigh, toLow) || !socket.hears(toHigh, toLow)) return;
    if (!socket.push(fromHigh, fromLow, port, at, size)) overrunsCount.add();
  }
}

/** One end of conversations, at a port. Its owner closes it. */
export class UdpSocket extends Mailbox {
  private joined: Joined | null = null;

  constructor(
    private readonly udp: Udp,
    readonly port: u32,
  ) {
    super();
  }

  /** Sends `size` bytes, at most `MOST`. False: there is no way to that address, or no room for them. */
  send(toHigh: u64, toLow: u64, toPort: u32, at: usize, size: i32, now: i64): bool {
    return this.udp.send(this.port, toHigh, toLow, toPort, at, size, now);
  }

  /** Datagrams to a group and its port come here, too (RFC 1112 section 7.1): others do not. False: it is no group, or there are too many. */
  join(high: u64, low: u64): bool {
    let joined = this.joined;
    if (!joined) {
      this.joined = joined = new Memberships(this.udp.ip);
      this.udp.many = new Returned(this.udp);
    }
    return joined.join(high, low);
  }

  leave(high: u64, low: u64): void {
    const joined = this.joined;
    if (joined) joined.leave(high, low);
  }

  /** Is what was sent to this address for it, too? */
  hears(high: u64, low: u64): bool {
    if (!isGroupAddress(high, low)) return true;
    const joined = this.joined;
    return joined != null && joined.has(high, low);
  }

  close(): void {
    const joined = this.joined;
    if (joined) joined.clear();
    this.udp.remove(this);
    this.empty();
  }
}

export class Udp extends Protocol {
  private sockets: Map<u32, UdpSocket> = new Map();
  many: Sent | null = null;

  private readonly random: SeededRandom;

  /** The ports that are given out follow from `seed`. */
  constructor(
    readonly ip: Ip,
    seed: u64,
  ) {
    super(UDP);
    this.random = new SeededRandom(seed);
    ip.add(this);
  }

  /** A socket at `port`, or at a free one for 0. Null: the port is taken. */
  open(port: u32): UdpSocket | null {
    if (!port) port = this.freePort();
    if (!port || this.sockets.has(port)) return null;
    const socket = new UdpSocket(this, port);
    this.sockets.set(port, socket);
    return socket;
  }

  /** RFC 6056 section 3.3.2: a random one, and another when it is taken. */
  private freePort(): u32 {
    for (let tries = 0; tries < 1000; tries++) {
      const port = FIRST_PORT + this.random.below(PORTS);
      if (!this.sockets.has(port)) return port;
    }
    return 0;
  }

  find(port: u32): UdpSocket | null {
    return this.sockets.has(port) ? this.sockets.get(port) : null;
  }

  remove(socket: UdpSocket): void {
    this.sockets.delete(socket.port);
  }

  send(port: u32, toHigh: u64, toLow: u64, toPort: u32, at: usize, size: i32, now: i64): bool {
    if (size > MOST || !this.ip.route(toHigh, toLow)) return false;
    return this.sendFrom(this.ip.sourceHigh, this.ip.sourceLow, port, toHigh, toLow, toPort, at, size, now);
  }

  /** As `send`, of one who chooses the source: DHCP has no address yet. */
  sendFrom(fromHigh: u64, fromLow: u64, port: u32, toHigh: u64, toLow: u64, toPort: u32, at: usize, size: i32, now: i64): bool {
    const total = HEADER + size;
    const packet = this.ip.buffer(toHigh, toLow, total);
    put16(packet, port);
    put16(packet + TO_PORT, toPort);
    put16(packet + LENGTH, total);
    store<u16>(packet, 0, CHECKSUM);
    memory.copy(packet + HEADER, at, size);
    const checksum = ~fold(sum(packet, total, pseudoSum(fromHigh, fromLow, toHigh, toLow, UDP, total)));
    // 0 says that there is none.
    store<u16>(packet, <u16>checksum ? <u16>checksum : 0xffff, CHECKSUM);
    sentCount.add();
    const many = this.many;
    if (many) many.sent(fromHigh, fromLow, port, toHigh, toLow, toPort, at, size);
    return this.ip.send(fromHigh, fromLow, toHigh, toLow, UDP, total, now);
  }

  input(fromHigh: u64, fromLow: u64, toHigh: u64, toLow: u64, packet: usize, size: i32, now: i64): bool {
    receivedCount.add();
    const total = size < HEADER ? 0 : <i32>get16(packet + LENGTH);
    if (total < HEADER || total > size || !get16(packet)) {
      malformedCount.add();
      return true;
    }
    // RFC 8200 section 8.1: only in IPv4 may there be none.
    const isUnsummed = !load<u16>(packet, CHECKSUM) && isV4(fromHigh, fromLow);
    if (!isUnsummed && fold(sum(packet, total, pseudoSum(fromHigh, fromLow, toHigh, toLow, UDP, total))) != 0xffff) {
      checksumsCount.add();
      return true;
    }
    const socket = this.find(get16(packet + TO_PORT));
    if (!socket || !socket.hears(toHigh, toLow)) {
      closedCount.add();
      return false;
    }
    if (!socket.push(fromHigh, fromLow, get16(packet), packet + HEADER, total - HEADER)) overrunsCount.add();
    return true;
  }

  unreachable(fromHigh: u64, fromLow: u64, toHigh: u64, toLow: u64, packet: usize, size: i32, why: Unreachable, now: i64): void {
    // RFC 1122 section 4.1.3.3. Nothing is larger than IP sends in fragments, now that it knows.
    const socket = this.find(get16(packet));
    if (socket && why != Unreachable.TOO_BIG) socket.lost(toHigh, toLow, get16(packet + TO_PORT), why);
  }

  step(now: i64): i64 {
    return NO_DEADLINE;
  }
}
