// Ethernet II frames (RFC 894): who they are for, and what is in them.

import { isGroup, loadMac, storeMac } from "mirage-wasm/mac";
import { Counter } from "mirage-wasm/metrics";
import { HEADER, Network } from "mirage-wasm/network";
import { get16, put16 } from "./bytes";

/** Types of what is in a frame (IANA, "IEEE 802 Numbers"). */
export const IPV4: u32 = 0x0800;
export const ARP: u32 = 0x0806;
export const IPV6: u32 = 0x86dd;

const TO: usize = 0;
const FROM: usize = 6;
const TYPE: usize = 12;

const receivedCount = new Counter("ethernet.received");
const sentCount = new Counter("ethernet.sent");
const foreignCount = new Counter("ethernet.foreign");
const unknownCount = new Counter("ethernet.unknown");
const lostCount = new Counter("ethernet.lost");

/** Who has sent the frame that a payload is in. */
export function senderOf(packet: usize): u64 {
  return loadMac(packet - HEADER + FROM);
}

/** What is in frames of one type. */
export abstract class Payload {
  constructor(readonly type: u32) {}

  /** What stands behind the header, with what pads a short frame. `toAll`: it was sent to several hosts. */
  abstract input(packet: usize, size: i32, toAll: bool, now: i64): void;
}

export class Ethernet {
  private readonly payloads: Payload[] = [];

  readonly mac: u64;
  readonly mtu: i32;

  constructor(readonly network: Network) {
    this.mac = network.mac();
    this.mtu = network.mtu();
  }

  /** Frames of its type are this one's from now on. */
  add(payload: Payload): void {
    this.payloads.push(payload);
  }

  remove(payload: Payload): void {
    this.payloads.splice(this.payloads.indexOf(payload), 1);
  }

  find(type: u32): Payload | null {
    const all = this.payloads;
    for (let i = 0; i < all.length; i++) if (unchecked(all[i]).type == type) return unchecked(all[i]);
    return null;
  }

  input(frame: usize, size: i32, now: i64): void {
    receivedCount.add();
    if (size < HEADER) return;
    const to = loadMac(frame + TO);
    const toAll = isGroup(to);
    // RFC 826 and all others speak to one address or to a group: what a bridge floods to everybody is not ours.
    if (!toAll && to != this.mac) {
      foreignCount.add();
      return;
    }
    const payload = this.find(get16(frame + TYPE));
    if (payload) payload.input(frame + HEADER, size - HEADER, toAll, now);
    else unknownCount.add();
  }

  /** Where the payload of the next frame is to be written. */
  buffer(): usize {
    return this.network.buffer() + HEADER;
  }

  /** Sends the `size` bytes at `buffer`. */
  send(to: u64, type: u32, size: i32): bool {
    const frame = this.network.buffer();
    storeMac(frame + TO, to);
    storeMac(frame + FROM, this.mac);
    put16(frame + TYPE, type);
    sentCount.add();
    const sent = this.network.send(HEADER + size);
    if (!sent) lostCount.add();
    return sent;
  }
}
