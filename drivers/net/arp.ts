// ARP (RFC 826) with what hosts owe each other in it: RFC 1122 section 2.3.2, RFC 5227.

import { SECOND } from "mirage-wasm/duration";
import { BROADCAST, isGroup, loadMac, storeMac } from "mirage-wasm/mac";
import { Counter } from "mirage-wasm/metrics";
import { get16, put16 } from "./bytes";
import { ARP, Ethernet, IPV4, Payload } from "./ethernet";
import { lowOf, V4_HIGH, v4Of } from "./ip";
import { Neighbour, Neighbours } from "./neighbours";

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

/** RFC 5227 section 2.4: an address is defended once in this time. */
const DEFEND_INTERVAL: i64 = 10 * SECOND;
const requestsCount = new Counter("arp.requests");
const conflictsCount = new Counter("arp.conflicts");
const malformedCount = new Counter("arp.malformed");

class Packets extends Payload {
  constructor(private readonly arp: Arp) {
    super(ARP);
  }

  input(packet: usize, size: i32, toAll: bool, now: i64): void {
    this.arp.receive(packet, size, now);
  }
}

export class Arp extends Neighbours {
  /** The own address, 0 while there is none. */
  private own: u32 = 0;
  private defended: i64 = i64.MIN_VALUE;
  /** Is the address that `probe` asked for somebody's? */
  isTaken: bool = false;
  private probed: u32 = 0;
  constructor(ethernet: Ethernet) {
    super(ethernet, IPV4, 1);
    ethernet.add(new Packets(this));
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

  /** A packet that a frame brought. */
  receive(packet: usize, size: i32, now: i64): void {
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
    const known = this.get(V4_HIGH, lowOf(sender));
    if (known) this.learn(known, mac, now);
    else if (isForUs && get16(packet + OPERATION) == REQUEST) this.learn(this.add(V4_HIGH, lowOf(sender)), mac, now);
    if (isForUs && get16(packet + OPERATION) == REQUEST) this.answer(mac, sender);
  }

  protected request(neighbour: Neighbour, isAlone: bool, now: i64): void {
    requestsCount.add();
    this.emit(REQUEST, isAlone ? neighbour.mac : BROADCAST, this.own, 0, v4Of(neighbour.low));
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
