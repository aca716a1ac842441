// Segments that are nearly right, for connections whose state is known: numbers, windows and timestamps are looked up. What somebody
// in the middle could do to any TCP (a reset with the very next number, other text in its place, acknowledgements of what has not
// arrived) is not among them; all else has to leave an honest connection as it is.

import { put16, put32 } from "mirage-wasm/drivers/net/bytes";
import { Unreachable, V4_HIGH } from "mirage-wasm/drivers/net/ip";
import { Tcb } from "mirage-wasm/drivers/net/tcp/tcb";
import { SeededRandom } from "mirage-wasm/drivers/random";
import { addressOf } from "./address";
import { Bed, PORT } from "./bed";
import { Forge } from "./forge";
import { Honest } from "./honest";
import { ACK, FIN, PSH, RST, SYN, URG } from "./lab";

const KEPT: i32 = 64;
const SLOT: usize = 2048;
const FAR: u32 = 1 << 30;

export class Mutator {
  private readonly history: usize = heap.alloc(<usize>KEPT * SLOT);
  private readonly sizes: StaticArray<i32> = new StaticArray<i32>(KEPT);
  private readonly ends: StaticArray<i32> = new StaticArray<i32>(KEPT);
  private noted: i32 = 0;
  private readonly text: usize = heap.alloc(2048);

  constructor(
    private readonly bed: Bed,
    private readonly forge: Forge,
    private readonly random: SeededRandom,
  ) {}

  /** Remembers a segment that one of the hosts sends. */
  note(end: i32, packet: usize, size: i32): void {
    if (size > <i32>SLOT || this.random.below(4)) return;
    const slot = this.noted++ % KEPT;
    this.sizes[slot] = size;
    this.ends[slot] = end;
    memory.copy(this.history + <usize>slot * SLOT, packet, size);
  }

  /** Sends again what was sent some time ago, as it was, cut, or with a wrong checksum. */
  private replay(): void {
    if (!this.noted) return;
    const slot = <i32>this.random.below(min(this.noted, KEPT));
    const end = this.ends[slot];
    const size = this.sizes[slot];
    const forge = this.forge;
    forge.between(addressOf(end), 0, addressOf(1 - end), 0);
    memory.copy(this.text, this.history + <usize>slot * SLOT, size);
    const kind = this.random.below(8);
    if (kind == 0) forge.give(this.bed.tcps[1 - end], this.bed.now, this.text, 1 + <i32>this.random.below(min(size, 20)));
    else forge.give(this.bed.tcps[1 - end], this.bed.now, this.text, size, kind == 1);
  }

  /** Does something to this connection. */
  attack(honest: Honest): void {
    const end = <i32>this.random.below(2);
    const tcb = honest.tcb(end);
    const peer = honest.tcb(1 - end);
    const kind = this.random.below(20);
    if (kind < 4 || !tcb || !peer || !tcb.isSynchronized || !peer.isSynchronized) {
      this.replay();
      return;
    }
    const isFromFirst = end == 1;
    this.forge.between(addressOf(1 - end), isFromFirst ? honest.port : PORT, addressOf(end), isFromFirst ? PORT : honest.port);
    if (kind < 8) this.truth(end, tcb, peer);
    else if (kind < 10) this.complain(end, tcb);
    else this.lie(kind, end, tcb, peer);
  }

  private send(end: i32, flags: u32, sequence: u32, ack: u32, window: i32, size: i32 = 0): void {
    this.forge.send(this.bed.tcps[end], this.bed.now, flags, sequence, ack, window, size);
  }

  /** What the other side could have sent itself: text in other pieces, an acknowledgement once more, a closed window, a probe. */
  private truth(end: i32, tcb: Tcb, peer: Tcb): void {
    const random = this.random;
    // Below the last one: that counts for nothing.
    const isOld = random.below(4) == 0;
    if (tcb.timestamps) this.forge.withTimestamp(tcb.tsRecent, peer.tsRecent);
    const ack = isOld ? tcb.sndUna - min<u32>(random.below(3000), tcb.sndUna - tcb.iss - 1) : peer.rcvNxt;
    let window = peer.rcvWnd >> peer.rcvScale;
    const kind = random.below(4);
    if (kind == 0) {
      if (tcb.sack) {
        // Perhaps of what has not arrived: it may be thrown away (RFC 2018 section 8).
        const start = tcb.sndUna + random.below(<u32>max(tcb.flight, 1));
        this.forge.withSack(start, start + random.below(5000));
      }
      this.send(end, ACK, peer.sndMax, ack, window);
      return;
    }
    if (kind == 1) {
      if (random.below(20) == 0) window = 0;
      this.send(end, ACK, peer.sndMax, ack, window);
      return;
    }
    if (kind == 2) {
      this.send(end, ACK, tcb.rcvNxt - 1, ack, window, <i32>random.below(2));
      return;
    }
    const held = min(peer.outgoing.used, <i32>(peer.sndMax - peer.sndUna));
    if (held <= 0) return;
    const at = <i32>random.below(held);
    const size = 1 + <i32>random.below(min(held - at, 1400));
    peer.outgoing.get(at, this.text, size);
    this.forge.text = this.text;
    this.send(end, random.below(2) ? ACK : ACK | PSH | URG, peer.sndUna + at, ack, window, size);
  }

  /** Somebody on the way says something of what is on its way, or isn't. */
  private complain(end: i32, tcb: Tcb): void {
    const random = this.random;
    const ip = this.bed.wires[end];
    const why = <Unreachable>random.below(6);
    if (why == Unreachable.TOO_BIG && random.below(4) == 0) ip.mtu = 552 + <i32>random.below(949);
    put16(this.text, this.forge.toPort);
    put16(this.text + 2, this.forge.fromPort);
    put32(this.text + 4, random.below(2) ? tcb.sndUna + random.below(<u32>max(tcb.flight, 1)) : random.u32());
    const size = random.below(8) ? 8 : random.below(8);
    this.bed.tcps[end].unreachable(V4_HIGH, this.forge.toLow, V4_HIGH, this.forge.fromLow, this.text, size, why, this.bed.now);
  }

  /** What the other side would never send. */
  private lie(kind: u32, end: i32, tcb: Tcb, peer: Tcb): void {
    const random = this.random;
    const window = random.below(65_536);
    const size = 1 + <i32>random.below(1400);
    const next = tcb.rcvNxt;
    const room = <u32>tcb.rcvWnd;
    const inside = next + random.below(max<u32>(room, 1));
    const behind = next + max<u32>(room, 1) + (random.below(2) ? random.below(3) : random.below(FAR));
    const before = next - (random.below(2) ? 0 : random.below(100_000));
    const una = tcb.sndUna;
    if (tcb.timestamps && random.below(4)) this.forge.withTimestamp(tcb.tsRecent, peer.tsRecent);
    else if (kind < 16) this.forge.withNoise();
    switch (kind) {
      // RST: in the window but for its first number, or outside.
      case 10:
        if (room > 1) this.send(end, RST | random.below(2) * ACK, next + 1 + random.below(room - 1), una, window);
        return;
      case 11:
        this.send(end, RST, random.below(2) ? behind : next - 1 - random.below(FAR), 0, window);
        return;
      // SYN with any number.
      case 12:
        this.send(end, SYN | random.below(2) * ACK | random.below(2) * FIN, random.below(2) ? inside : random.u32(), una, window);
        return;
      // Text and FIN behind the window, and before it.
      case 13:
        this.send(end, ACK | random.below(2) * FIN, behind, una, window, size);
        return;
      case 14:
        this.send(end, ACK | PSH | random.below(64) & ~(SYN | RST | FIN), before - size, una, window, size);
        return;
      // In the window, with an acknowledgement of what was never sent, or too old.
      case 15:
        this.send(end, ACK | random.below(2) * FIN, inside, random.below(2) ? tcb.sndMax + 1 + random.below(FAR) : una - tcb.sndMaxWnd - 1 - random.below(FAR), window, size);
        return;
      // Without ACK.
      case 16:
        this.send(end, random.below(2) * FIN | PSH, inside, 0, window, size);
        return;
      default:
        this.lieByTimestamp(end, tcb, peer, inside, window, size);
    }
  }

  /** In the window, but from before or without a timestamp, where both have agreed on them. */
  private lieByTimestamp(end: i32, tcb: Tcb, peer: Tcb, inside: u32, window: i32, size: i32): void {
    const forge = this.forge;
    forge.forget();
    if (!tcb.timestamps) return;
    if (this.random.below(2)) forge.withTimestamp(tcb.tsRecent - 1 - this.random.below(FAR), peer.tsRecent);
    this.send(end, ACK | this.random.below(2) * FIN, inside, tcb.sndUna, window, size);
  }
}
