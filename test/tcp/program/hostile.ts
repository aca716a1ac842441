import { get16, get32 } from "mirage-wasm/drivers/net/bytes";
import { Connection } from "mirage-wasm/drivers/net/tcp/connection";
import { SeededRandom } from "mirage-wasm/drivers/random";
import { addressOf } from "./address";
import { Bed, PORT } from "./bed";
import { Forge } from "./forge";
import { ACK, FIN, get, PSH, put, RST, SYN } from "./lab";

/** The first of the addresses from which nobody means well, and how many there are. */
const FIRST: i32 = 10;
const COUNT: u32 = 8;
const FLOOD: u32 = 200;

/** Others who speak to host 1. Some see what it answers, and follow it; some only send SYN. */
export class Hostile {
  /** What the host said last to each address. */
  private readonly flags: StaticArray<u32> = new StaticArray<u32>(COUNT);
  private readonly next: StaticArray<u32> = new StaticArray<u32>(COUNT);
  private readonly ack: StaticArray<u32> = new StaticArray<u32>(COUNT);
  /** Their connections, as the host has accepted them. */
  private readonly accepted: Connection[] = [];

  constructor(
    private readonly bed: Bed,
    private readonly forge: Forge,
    private readonly random: SeededRandom,
  ) {}

  /** Host 1 says something to this address. */
  hear(toLow: u64, packet: usize, size: i32): void {
    for (let i: i32 = 0; i < <i32>COUNT; i++) {
      if (toLow != addressOf(FIRST + i) || get16(packet + 2) != 4000) continue;
      const header = <i32>(load<u8>(packet, 12) >> 4) << 2;
      const flags: u32 = load<u8>(packet, 13);
      this.flags[i] = flags;
      this.next[i] = get32(packet + 4) + size - header + ((flags >> 1) & 1) + (flags & 1);
      this.ack[i] = get32(packet + 8);
    }
  }

  accept(connection: Connection): void {
    this.accepted.push(connection);
    put(connection, <i32>this.random.below(20_000));
  }

  /** One of them sends something, and the host does something with one that it has accepted. */
  go(): void {
    const random = this.random;
    const forge = this.forge;
    const who = random.below(COUNT);
    const isFlood = random.below(8) == 0;
    forge.between(addressOf(FIRST + (isFlood ? <i32>(COUNT + random.below(FLOOD)) : <i32>who)), isFlood ? <u16>random.u32() : 4000, addressOf(1), PORT);
    if (isFlood || !this.flags[who] || this.flags[who] & RST || random.below(50) == 0) this.open();
    else this.follow(who);
    this.serve();
  }

  private open(): void {
    const random = this.random;
    this.forge.withSyn(random.below(2) ? 1460 : <i32>random.below(65_536), random.below(2) != 0, random.below(2) ? -1 : <i32>random.below(16));
    if (random.below(2)) this.forge.withTimestamp(random.u32(), 0);
    this.forge.send(this.bed.tcps[1], this.bed.now, SYN, random.u32(), 0, random.below(65_536), random.below(8) ? 0 : <i32>random.below(1000));
  }

  /** Something that fits what the host has said, or nearly. */
  private follow(who: i32): void {
    const random = this.random;
    const forge = this.forge;
    const kinds: u32[] = [ACK, ACK, ACK | PSH, ACK, ACK | FIN, RST, ACK];
    const flags = kinds[random.below(random.below(8) ? 4 : 7)];
    const near = random.below(3) ? 0 : random.below(5) - 2;
    const sequence = this.ack[who] + (random.below(4) ? 0 : random.below(4000)) + near;
    const ack = this.next[who] - (random.below(3) ? 0 : random.below(5000)) + (random.below(16) ? 0 : 1);
    if (random.below(3) == 0) forge.withTimestamp(random.u32(), random.u32());
    if (random.below(3) == 0) forge.withSack(ack + random.below(3000), ack + random.below(6000));
    if (random.below(8) == 0) forge.withNoise();
    forge.send(this.bed.tcps[1], this.bed.now, flags, sequence, ack, random.below(4) ? random.below(65_536) : 0, random.below(2) ? 0 : <i32>random.below(1400));
  }

  private serve(): void {
    const random = this.random;
    if (!this.accepted.length) return;
    const one = this.accepted[random.below(this.accepted.length)];
    const kind = random.below(16);
    if (kind < 4) get(one, random.below(3000));
    else if (kind < 6) put(one, random.below(3000));
    else if (kind == 6) one.shutdown();
    else if (kind == 7) one.noDelay = !one.noDelay;
    if (this.accepted.length > 8) {
      const oldest = this.accepted.shift();
      if (random.below(2)) get(oldest);
      if (random.below(2)) oldest.close();
      else oldest.abort();
    }
  }

  /** The host has enough of them. */
  end(): void {
    while (this.accepted.length) this.accepted.shift().abort();
  }
}
