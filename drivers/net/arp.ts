// ARP (RFC 826) with what hosts owe each other in it: RFC 1122 section 2.3.2, RFC 5227.

import { SECOND } from "mirage-wasm/duration";
import { BROADCAST, isGroup, loadMac, storeMac } from "mirage-wasm/mac";
import { Counter } from "mirage-wasm/metrics";
import { Hold } from "./arp-hold";
import { get16, put16 } from "./bytes";
import { ARP, Ethernet, IPV4, Payload } from "./ethernet";
import { NO_DEADLINE, Waiter } from "./ip";

// ╒═══════ packet ═══════╕
// │  0  hardware: 1      │
// │  2  protocol: 0x0800 │
// │  4  lengths: 6, 4    │
// │  6  operation        │
// │  8  sender's MAC     │
// │ 14  sender's address │
// │ 18  target's MAC     │
// │ 24  target's address │
// ╘══════════════════════╛
const OPERATION: usize = 6;
const SENDER_MAC: usize = 8;
const SENDER: usize = 14;
const TARGET_MAC: usize = 18;
const TARGET: usize = 24;
const SIZE: i32 = 28;
/** The first six bytes of a packet about Ethernet and IPv4, as they lie in memory. */
const KIND_LOW: u32 = 0x00080100;
const KIND_HIGH: u16 = 0x0406;
const REQUEST: u32 = 1;
const REPLY: u32 = 2;

/** How long an answer is believed before it is asked for again, and how long it is still used while nobody answers. */
const FRESH: i64 = 60 * SECOND;
/** RFC 1122 section 2.3.2.1: not more than one request a second. */
const INTERVAL: i64 = SECOND;
const TRIES: i32 = 3;
/** RFC 5227 section 2.4: an address is defended once in this time. */
const DEFEND_INTERVAL: i64 = 10 * SECOND;
/** Neighbours that are known at most: what asks for more pushes out who was not used for longest. */
const MAX_NEIGHBOURS: i32 = 512;

const requestsCount = new Counter("arp.requests");
const conflictsCount = new Counter("arp.conflicts");
const malformedCount = new Counter("arp.malformed");
const unansweredCount = new Counter("arp.unanswered");
const evictedCount = new Counter("arp.evicted");

/** Somebody on the same link. */
class Neighbour {
  /** 0: not known yet. */
  mac: u64 = 0;
  /** When its answer is old, or is to be asked for again. */
  due: i64 = 0;
  tries: i32 = 0;
  /** Somebody has used an answer that is old. */
  isWanted: bool = false;
  used: i64 = 0;
  /** What waits for its address. */
  hold: Hold | null = null;

  constructor(readonly address: u32) {}
}

/** Who is told of packets that nobody was found for. */
export abstract class Undelivered {
  abstract undelivered(packet: usize, size: i32, now: i64): void;
}

export class Arp extends Payload {
  /** The own address, 0 while there is none. */
  private own: u32 = 0;
  private defended: i64 = i64.MIN_VALUE;
  private neighbours: Map<u32, Neighbour> = new Map();
  /** The one that was asked for last, if it is still among them: packets come in rows. */
  private last: Neighbour | null = null;
  /** When one is to be asked for again, or given up. */
  private due: i64 = NO_DEADLINE;
  /** Is the address that `probe` asked for somebody's? */
  isTaken: bool = false;
  private probed: u32 = 0;
  undelivered: Undelivered | null = null;
  /** Who waits for an answer, or for none to come. */
  waiter: Waiter | null = null;

  constructor(private readonly ethernet: Ethernet) {
    super(ARP);
    ethernet.add(this);
  }

  /** Takes an address, 0 for none, and says so to everybody (RFC 5227 section 2.3). */
  claim(address: u32): void {
    this.own = address;
    this.probed = 0;
    if (address) this.emit(REQUEST, BROADCAST, address, 0, address);
  }

  /** Asks whether somebody has an address already (RFC 5227 section 2.1.1): `isTaken` from now on. */
  probe(address: u32): void {
    this.isTaken = false;
    this.probed = address;
    this.emit(REQUEST, BROADCAST, 0, 0, address);
  }

  /** The MAC of `address`, or 0: give the packet to `keep`. It sends nothing, since a packet stands where frames are written. */
  find(address: u32, now: i64): u64 {
    let neighbour = this.last;
    if (!neighbour || neighbour.address != address) {
      if (!this.neighbours.has(address)) return 0;
      this.last = neighbour = this.neighbours.get(address);
    }
    neighbour.used = now;
    // An old answer holds until its owner has not answered for long.
    if (neighbour.due <= now && !neighbour.tries) {
      neighbour.isWanted = true;
      this.due = now;
    }
    return neighbour.mac;
  }

  /** Asks for the MAC of `address`, if that is not being done. */
  want(address: u32, now: i64): void {
    const neighbour = this.neighbours.has(address) ? this.neighbours.get(address) : this.add(address, now);
    if (!neighbour.tries) this.ask(neighbour, now);
  }

  /** Is it being asked for? */
  isAsking(address: u32): bool {
    return this.neighbours.has(address) && this.neighbours.get(address).tries > 0;
  }

  /** Sends the packet, which is copied, when the answer to a request has come. RFC 1122 section 2.3.2.2 asks for one at least. */
  keep(address: u32, packet: usize, size: i32, now: i64): void {
    const neighbour = this.neighbours.has(address) ? this.neighbours.get(address) : this.add(address, now);
    let hold = neighbour.hold;
    if (!hold) hold = neighbour.hold = new Hold();
    hold.push(packet, size);
    if (!neighbour.tries) this.ask(neighbour, now);
  }

  input(packet: usize, size: i32, toAll: bool, now: i64): void {
    if (size < SIZE || load<u32>(packet) != KIND_LOW || load<u16>(packet, 4) != KIND_HIGH) {
      malformedCount.add();
      return;
    }
    const mac = loadMac(packet + SENDER_MAC);
    const sender = load<u32>(packet, SENDER);
    const target = load<u32>(packet, TARGET);
    const isOwn = mac == this.ethernet.mac;
    // RFC 1812 section 3.3.2 of routers, and good for hosts: nobody answers for a group.
    if (isGroup(mac) || !mac || isOwn) {
      if (!isOwn) malformedCount.add();
      return;
    }
    // RFC 5227 section 2.1.1: somebody has it, or wants it as we do.
    if (this.probed && (sender == this.probed || (!sender && target == this.probed))) this.isTaken = true;
    if (!sender) {
      if (target == this.own && this.own) this.answer(mac, sender);
      return;
    }
    if (sender == this.own) return this.defend(now);
    const isForUs = target == this.own && this.own != 0;
    if (this.neighbours.has(sender)) this.learn(this.neighbours.get(sender), mac, now);
    else if (isForUs && get16(packet + OPERATION) == REQUEST) this.learn(this.add(sender, now), mac, now);
    if (isForUs && get16(packet + OPERATION) == REQUEST) this.answer(mac, sender);
  }

  /** Asks again, and gives up. Returns when it wants to be called again. */
  step(now: i64): i64 {
    if (now < this.due) return this.due;
    let due = NO_DEADLINE;
    const all = this.neighbours.values();
    for (let i = 0; i < all.length; i++) {
      const neighbour = all[i];
      if (!neighbour.tries && !neighbour.isWanted) continue;
      if (neighbour.due <= now) {
        if (neighbour.tries < TRIES) this.ask(neighbour, now);
        else {
          this.giveUp(neighbour, now);
          continue;
        }
      }
      due = min(due, neighbour.due);
    }
    this.due = due;
    return due;
  }

  private ask(neighbour: Neighbour, now: i64): void {
    neighbour.tries++;
    neighbour.isWanted = false;
    neighbour.due = now + INTERVAL;
    this.due = min(this.due, neighbour.due);
    requestsCount.add();
    // RFC 1122 section 2.3.2.1 (2): first those that were right, in a packet to them alone.
    this.emit(REQUEST, neighbour.mac && neighbour.tries == 1 ? neighbour.mac : BROADCAST, this.own, 0, neighbour.address);
  }

  private giveUp(neighbour: Neighbour, now: i64): void {
    unansweredCount.add();
    this.remove(neighbour);
    this.tell();
    const hold = neighbour.hold;
    const undelivered = this.undelivered;
    if (!hold) return;
    for (let i = 0; undelivered && i < hold.count; i++) undelivered.undelivered(hold.packet(i), hold.size(i), now);
    hold.release();
  }

  private learn(neighbour: Neighbour, mac: u64, now: i64): void {
    neighbour.mac = mac;
    neighbour.tries = 0;
    neighbour.due = now + FRESH;
    this.tell();
    const hold = neighbour.hold;
    if (!hold) return;
    neighbour.hold = null;
    for (let i = 0; i < hold.count; i++) {
      memory.copy(this.ethernet.buffer(), hold.packet(i), hold.size(i));
      this.ethernet.send(mac, IPV4, hold.size(i));
    }
    hold.release();
  }

  private tell(): void {
    const waiter = this.waiter;
    if (waiter) waiter.wake();
  }

  private add(address: u32, now: i64): Neighbour {
    if (this.neighbours.size >= MAX_NEIGHBOURS) this.evict();
    const neighbour = new Neighbour(address);
    neighbour.used = now;
    this.neighbours.set(address, neighbour);
    return neighbour;
  }

  private remove(neighbour: Neighbour): void {
    this.neighbours.delete(neighbour.address);
    this.last = null;
  }

  private evict(): void {
    const all = this.neighbours.values();
    let oldest = all[0];
    for (let i = 1; i < all.length; i++) if (all[i].used < oldest.used) oldest = all[i];
    const hold = oldest.hold;
    if (hold) hold.release();
    this.remove(oldest);
    evictedCount.add();
  }

  /** Somebody else uses our address. RFC 5227 section 2.4 (b): we keep it, and say so once in a while. */
  private defend(now: i64): void {
    conflictsCount.add();
    if (this.defended > now - DEFEND_INTERVAL) return;
    this.defended = now;
    this.emit(REQUEST, BROADCAST, this.own, 0, this.own);
  }

  private answer(mac: u64, sender: u32): void {
    this.emit(REPLY, mac, this.own, mac, sender);
  }

  private emit(operation: u32, to: u64, sender: u32, targetMac: u64, target: u32): void {
    const packet = this.ethernet.buffer();
    store<u32>(packet, KIND_LOW);
    store<u16>(packet, KIND_HIGH, 4);
    put16(packet + OPERATION, operation);
    storeMac(packet + SENDER_MAC, this.ethernet.mac);
    store<u32>(packet, sender, SENDER);
    storeMac(packet + TARGET_MAC, targetMac);
    store<u32>(packet, target, TARGET);
    this.ethernet.send(to, ARP, SIZE);
  }
}
