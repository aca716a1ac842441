// Random programs over all primitives: FIRST_SEED COUNT. Each makes some threads that do random things to the same few
// objects. The first seed for which something is wrong ends the run with a message.
import { args } from "mirage-wasm/args";
import { Console } from "mirage-wasm/console";
import { spawn, Thread } from "mirage-wasm/thread";
import { Actor } from "./actor";
import { Random } from "./random";
import { mistake, World } from "./world";

const MAX_ROUNDS: i32 = 6;

export class Schedules<C extends Console> {
  start(console: C): void {
    const first = I32.parseInt(args()[1]);
    const count = I32.parseInt(args()[2]);
    let steps: u64 = 0;
    for (let seed = first; seed < first + count; seed++) {
      steps += play(new Random(seed));
      if (mistake.length) {
        console.log(`seed ${seed}: ${mistake}`);
        return;
      }
    }
    console.log(`${count} programs, ${steps >= <u64>count ? "all" : "not all"} of them alive`);
  }
}

/** One program; returns how many steps its threads have made. */
function play(random: Random): u64 {
  const world = new World(random);
  const actors = 2 + random.below(6);
  for (let i = 0; i < actors; i++) Actor.begin(world);
  const rounds = random.below(MAX_ROUNDS);
  for (let i = 0; i < rounds; i++) {
    world.pause(random);
    world.settle();
    world.checkNobodyWaitsInVain();
  }
  // From here on everything has to come to an end.
  world.ending = true;
  for (let i = 0; i < world.actors.length; i++) world.actors[i].cancel();
  for (let i = 0; i < world.actors.length; i++) world.actors[i].thread!.join();
  world.checkEnd();
  return world.activity;
}
