import { V4_HIGH } from "mirage-wasm/drivers/net/ip";
import { Connection } from "mirage-wasm/drivers/net/tcp/connection";
import { Listener } from "mirage-wasm/drivers/net/tcp/listener";
import { State } from "mirage-wasm/drivers/net/tcp/state";
import { Tcp } from "mirage-wasm/drivers/net/tcp/tcp";
import { SeededRandom } from "mirage-wasm/drivers/random";
import { addressOf } from "./address";
import { check } from "./check";
import { Way, Wire } from "./wire";

export const SECOND: i64 = 1_000_000_000;
export const MILLISECOND: i64 = 1_000_000;
export const PORT: u16 = 7;

/** Two hosts with a way between them, and a clock that goes from one event to the next. */
export class Bed {
  now: i64 = SECOND;
  readonly random: SeededRandom;
  readonly way: Way;
  readonly wires: Wire[];
  readonly tcps: Tcp[];

  constructor(seed: u64) {
    const random = new SeededRandom(seed);
    const way = new Way(random);
    const wires = [new Wire(way, 0), new Wire(way, 1)];
    this.random = random;
    this.way = way;
    this.wires = wires;
    this.tcps = [new Tcp(wires[0], seed, 1), new Tcp(wires[1], seed, 2)];
  }

  /** Does the next thing that happens at `until` at the latest. False: nothing does. */
  once(until: i64): bool {
    let when = min(this.tcps[0].step(this.now), this.tcps[1].step(this.now));
    const index = this.way.next();
    const isPacket = index >= 0 && this.way.at(index).at <= when;
    if (isPacket) when = this.way.at(index).at;
    if (when > until) {
      this.now = max(this.now, until);
      return false;
    }
    this.now = max(this.now, when);
    if (!isPacket) return true;
    const packet = this.way.at(index);
    const bytes = this.way.take(index);
    this.tcps[packet.toEnd].input(V4_HIGH, addressOf(1 - packet.toEnd), V4_HIGH, addressOf(packet.toEnd), bytes, packet.size, this.now);
    return true;
  }

  run(time: i64): void {
    const until = this.now + time;
    while (this.once(until)) {}
  }

  listen(end: i32 = 1, port: u16 = PORT, backlog: i32 = 16): Listener {
    return this.tcps[end].listen(port, backlog)!;
  }

  connect(end: i32 = 0, port: u16 = PORT): Connection {
    return this.tcps[end].connect(V4_HIGH, addressOf(1 - end), port, this.now)!;
  }
}

/** A bed with a connection: `a` has opened it. */
export class Pair extends Bed {
  a!: Connection;
  b!: Connection;

  constructor(seed: u64, delay: i64 = MILLISECOND) {
    super(seed);
    this.way.faults.delay = delay;
    const listener = this.listen();
    this.a = this.connect();
    this.run(4 * delay + MILLISECOND);
    this.b = listener.accept()!;
    check(this.a.state == State.ESTABLISHED && this.b.state == State.ESTABLISHED, "they are connected");
  }
}
