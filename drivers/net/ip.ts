// Between IP and what is above it: TCP, UDP and ICMP on one side, either version of IP on the other.
//
// An address is two u64 as its 16 bytes lie in memory; one of IPv4 is ::ffff:a.b.c.d (RFC 4291 section 2.5.5.2). Packets are
// an address in memory and a size, and belong to who calls: they are not kept. Time is monotonic, in nanoseconds.

/** The upper half of every address of IPv4, … */
export const V4_HIGH: u64 = 0;
/** … and what its lower half begins with. */
const V4_PREFIX: u64 = 0xffff0000;

/** The lower half of the address of IPv4 whose four bytes lie in memory as `v4`. */
// @ts-ignore: decorator
@inline
export function lowOf(v4: u32): u64 {
  return (<u64>v4 << 32) | V4_PREFIX;
}

/** The four bytes of an address of IPv4, by its lower half. */
// @ts-ignore: decorator
@inline
export function v4Of(low: u64): u32 {
  return <u32>(low >> 32);
}

// @ts-ignore: decorator
@inline
export function isV4(high: u64, low: u64): bool {
  return high == V4_HIGH && <u32>low == <u32>V4_PREFIX;
}

/** Is it of multicast: 224.0.0.0/4, ff00::/8? */
// @ts-ignore: decorator
@inline
export function isGroupAddress(high: u64, low: u64): bool {
  return (high & 0xff) == 0xff || (isV4(high, low) && (v4Of(low) & 0xf0) == 0xe0);
}

/** Numbers of protocols above IP (IANA, "Assigned Internet Protocol Numbers"). */
export const ICMP: u32 = 1;
export const IGMP: u32 = 2;
export const TCP: u32 = 6;
export const UDP: u32 = 17;
export const ICMPV6: u32 = 58;

/** `step` of what has nothing to wait for. */
export const NO_DEADLINE: i64 = i64.MAX_VALUE;

/** Why a packet of this host did not arrive, as somebody on its way says. Nothing proves that he says the truth. */
export enum Unreachable {
  /** No way to the network or host; may be over soon (RFC 1122 section 3.2.2.1). */
  HOST,
  /** Nobody listens at the port. */
  PORT,
  /** The host knows no such protocol. */
  PROTOCOL,
  /** Somebody does not allow it. */
  PROHIBITED,
  /** Its time to live was over, or a fragment of it missing. */
  TIME,
  /** It is larger than a link on its way takes: `room` is less now. */
  TOO_BIG,
}

/** What IP is to the protocols above it. They write a packet to `buffer`, and `send` it. */
export abstract class Ip {
  private readonly protocols: Protocol[] = [];
  /** Both versions' of which this is one: it has the protocols that they share. */
  both: Ip | null = null;

  /** Packets of its number are this one's from now on: protocols do this themselves. */
  add(protocol: Protocol): void {
    this.protocols.push(protocol);
  }

  remove(protocol: Protocol): void {
    this.protocols.splice(this.protocols.indexOf(protocol), 1);
  }

  find(number: u32): Protocol | null {
    const all = this.protocols;
    for (let i = 0; i < all.length; i++) if (unchecked(all[i]).number == number) return unchecked(all[i]);
    const both = this.both;
    return both ? both.find(number) : null;
  }

  /** Each protocol does what is due. Returns when one wants to be called again. */
  protected stepAll(now: i64): i64 {
    let due = NO_DEADLINE;
    const all = this.protocols;
    for (let i = 0; i < all.length; i++) due = min(due, unchecked(all[i]).step(now));
    return due;
  }

  /** Chooses the address that packets to this one come from: `sourceHigh`, `sourceLow`. False: there is no way to it. */
  abstract route(toHigh: u64, toLow: u64): bool;
  sourceHigh: u64 = 0;
  sourceLow: u64 = 0;

  /** Is it an address of many hosts: of a broadcast, or of multicast? */
  abstract isForMany(high: u64, low: u64): bool;

  /** Packets to a group of hosts come to this one, too, whoever sends them; as often as it was joined it is to be left. False: it is no group, or there are too many. */
  join(high: u64, low: u64): bool {
    return false;
  }

  leave(high: u64, low: u64): void {}

  /** How many bytes a packet to this address may have, without the header of IP, to arrive whole: by the link, and the path as far as it is known. */
  abstract room(toHigh: u64, toLow: u64): i32;

  /** How many bytes a packet from this address may have, by the own link alone: MMS_R (RFC 1122 section 3.3.2), less what IP has. */
  abstract roomIn(fromHigh: u64, fromLow: u64): i32;

  /**
   * Where the next packet to this address, of not more than `size` bytes, is to be written. It is good until the next `send`,
   * of whomever. One larger than `room` goes in fragments.
   */
  abstract buffer(toHigh: u64, toLow: u64, size: i32): usize;

  /**
   * Sends the `size` bytes at `buffer`. False when it could not go out now: to those above it is lost,
   * as any packet may be.
   */
  abstract send(fromHigh: u64, fromLow: u64, toHigh: u64, toLow: u64, protocol: u32, size: i32, now: i64): bool;
}

/** A protocol above IP. */
export abstract class Protocol {
  constructor(readonly number: u32) {}

  /** A packet to this host, to one of its addresses or to many hosts. False: it is for nobody here, which its sender may be told. */
  abstract input(fromHigh: u64, fromLow: u64, toHigh: u64, toLow: u64, packet: usize, size: i32, now: i64): bool;

  /** A packet that went from `from` to `to` did not arrive. `packet` is what of it came back: 8 bytes or more. */
  abstract unreachable(fromHigh: u64, fromLow: u64, toHigh: u64, toLow: u64, packet: usize, size: i32, why: Unreachable, now: i64): void;

  /** Does what is due. Returns when it wants to be called again at the latest, or `NO_DEADLINE`. */
  abstract step(now: i64): i64;
}

/** Who waits for something of a socket. */
export abstract class Waiter {
  /** The state of the socket has changed: its calls may succeed now. Called from inside `input` and `step`: it does no more than make a thread runnable. */
  abstract wake(): void;
}
