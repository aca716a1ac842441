// Honest connections between two hosts, over a way that loses, doubles and delays; between them somebody who knows where they are,
// and others who speak to one of the hosts (mutator.ts, hostile.ts).

import { Connection } from "mirage-wasm/drivers/net/tcp/connection";
import { Listener } from "mirage-wasm/drivers/net/tcp/listener";
import { SeededRandom } from "mirage-wasm/drivers/random";
import { addressOf } from "./address";
import { Bed, MILLISECOND, SECOND } from "./bed";
import { check, equal, mistakes } from "./check";
import { Forge } from "./forge";
import { Honest } from "./honest";
import { Hostile } from "./hostile";
import { Mutator } from "./mutator";
import { Tap } from "./wire";

/** Honest connections at a time. */
const HONEST: i32 = 4;
/** Pages that the image may have: it has some 80 from the beginning, and what connections hold has a bound. */
const PAGES: i32 = 500;

class Middle extends Tap {
  constructor(
    private readonly forge: Forge,
    private readonly mutator: Mutator,
    private readonly hostile: Hostile,
  ) {
    super();
  }

  takes(end: i32, toLow: u64, packet: usize, size: i32): bool {
    if (toLow != addressOf(1 - end)) {
      this.hostile.hear(toLow, packet, size);
      return true;
    }
    if (this.forge.random.below(4) == 0) this.forge.strip(packet, size, addressOf(end), toLow);
    this.mutator.note(end, packet, size);
    return false;
  }
}

class Field {
  private readonly bed: Bed;
  private readonly random: SeededRandom;
  private readonly listener: Listener;
  private readonly hostile: Hostile;
  private readonly mutator: Mutator;
  private readonly honest: Honest[] = [];
  done: i32 = 0;

  constructor(seed: u64) {
    const bed = new Bed(seed);
    const random = new SeededRandom(seed ^ 0x5eed);
    const forge = new Forge(random);
    const hostile = new Hostile(bed, forge, random);
    const mutator = new Mutator(bed, forge, random);
    const middle = new Middle(forge, mutator, hostile);
    for (let i = 0; i < 2; i++) bed.wires[i].tap = middle;
    const faults = bed.way.faults;
    faults.lost = random.below(100);
    faults.doubled = random.below(200);
    faults.late = random.below(2000);
    faults.lateBy = 20_000_000;
    this.bed = bed;
    this.random = random;
    this.hostile = hostile;
    this.mutator = mutator;
    this.listener = bed.listen();
  }

  step(): void {
    const random = this.random;
    const bed = this.bed;
    if (this.honest.length < HONEST && random.below(20) == 0) this.connect();
    if (random.below(3)) {
      if (this.honest.length) this.mutator.attack(this.honest[random.below(this.honest.length)]);
    } else this.hostile.go();
    bed.run(random.below(4) ? <i64>random.below(500_000) : random.below(200) ? <i64>random.below(20) * MILLISECOND : <i64>random.below(3) * SECOND);
    this.accept();
    for (let i = this.honest.length - 1; i >= 0; i--) {
      if (this.honest[i].go(<i32>random.below(50_000))) continue;
      this.honest.splice(i, 1);
      this.done++;
    }
  }

  private connect(): void {
    const random = this.random;
    const most: u32 = random.below(4) ? 20_000 : 600_000;
    this.honest.push(new Honest(this.bed, this.bed.connect(), random.below(most), random.below(most)));
  }

  private accept(): void {
    for (let one: Connection | null = this.listener.accept(); one; one = this.listener.accept()) {
      let honest: Honest | null = null;
      for (let i = 0; i < this.honest.length; i++) if (this.honest[i].port == one.remotePort && !this.honest[i].isAccepted && one.remoteLow == addressOf(0)) honest = this.honest[i];
      if (honest) honest.accept(one);
      else this.hostile.accept(one);
    }
  }

  /** Nobody does harm any more: all comes to its end. */
  end(): void {
    const bed = this.bed;
    for (let i = 0; i < 100_000 && this.honest.length && !mistakes.length; i++) {
      bed.run(10 * MILLISECOND);
      this.accept();
      for (let j = this.honest.length - 1; j >= 0; j--) if (!this.honest[j].go(i32.MAX_VALUE)) this.honest.splice(j, 1);
    }
    equal(this.honest.length, 0, "honest connections that do not end");
    this.hostile.end();
    this.listener.close();
    bed.run(1000 * SECOND);
    equal(bed.tcps[0].size + bed.tcps[1].size, 0, "connections that are left");
  }
}

/** `count` steps, from `seed`. */
export function sequences(seed: u64, count: i32): void {
  const field = new Field(seed);
  for (let i = 0; i < count; i++) {
    field.step();
    if (mistakes.length) {
      mistakes.push(`in step ${i}`);
      return;
    }
    if (memory.size() > PAGES) {
      mistakes.push(`in step ${i} there are ${memory.size()} pages of memory`);
      return;
    }
  }
  field.end();
  check(field.done > count / 1000, `honest connections come to their end: ${field.done}`);
}
