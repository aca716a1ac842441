// Two stacks in one image, with packets that go from one to the other in memory: NAME SECONDS prints MB/s of "bulk", or
// thousands of round trips of 64 bytes a second of "turns", beside CONNECTIONS idle ones.
import { args } from "mirage-wasm/args";
import { Clock } from "mirage-wasm/clock";
import { Console } from "mirage-wasm/console";
import { V4_HIGH } from "mirage-wasm/drivers/net/ip";
import { Connection } from "mirage-wasm/drivers/net/tcp/connection";
import { Tcp } from "mirage-wasm/drivers/net/tcp/tcp";
import { addressOf, Line } from "./line";

const PORT: u16 = 7;
const CHUNK: i32 = 65_536;
const SMALL: i32 = 64;
const out = heap.alloc(CHUNK);
const back = heap.alloc(CHUNK);

export class Bench<C extends Console, K extends Clock> {
  start(console: C, clock: K): void {
    const words = args();
    const isBulk = words[1] == "bulk";
    const limit = I64.parseInt(words[2]) * 1_000_000_000;
    const idle = words.length > 3 ? I32.parseInt(words[3]) : 0;
    const bench = new Hosts(clock.now());
    const before = memory.size();
    bench.open(idle, clock.now());
    const pages = memory.size() - before;
    const begin = clock.now();
    let now = begin;
    let count: u64 = 0;
    while (now - begin < limit) {
      for (let i = 0; i < 100; i++) count += isBulk ? bench.pour(now) : bench.turn(now);
      now = clock.now();
    }
    const time = <f64>(now - begin) / 1e9;
    console.log(`${words[1]} ${<i64>(<f64>count / time / (isBulk ? 1e6 : 1e3))}`);
    if (idle) console.log(`bytes of an idle connection's two ends ${(<i64>pages << 16) / idle}`);
  }
}

/** Two hosts with a connection between them. */
class Hosts {
  readonly line: Line = new Line();
  private readonly first!: Tcp;
  private readonly second!: Tcp;
  private a!: Connection;
  private b!: Connection;

  constructor(now: i64) {
    this.first = new Tcp(this.line.left, 1, 2);
    this.second = new Tcp(this.line.right, 3, 4);
    this.line.first = this.first;
    this.line.second = this.second;
    const listener = this.second.listen(PORT)!;
    this.a = this.first.connect(V4_HIGH, addressOf(1), PORT, now)!;
    this.settle(now);
    this.b = listener.accept()!;
  }

  /** Until nothing is on its way. */
  settle(now: i64): void {
    do {
      this.first.step(now);
      this.second.step(now);
    } while (this.line.deliver(now));
  }

  open(count: i32, now: i64): void {
    const listener = this.second.listen(9)!;
    for (let i = 0; i < count; i++) {
      this.first.connect(V4_HIGH, addressOf(1), 9, now);
      this.settle(now);
      listener.accept();
    }
  }

  /** As much as there is room for goes over; returns bytes. */
  pour(now: i64): u64 {
    this.a.write(out, CHUNK);
    this.settle(now);
    let sum: u64 = 0;
    while (this.b.available) sum += this.b.read(back, CHUNK);
    return sum;
  }

  turn(now: i64): u64 {
    this.a.write(out, SMALL);
    this.first.step(now);
    this.line.deliver(now);
    this.b.read(back, SMALL);
    this.b.write(back, SMALL);
    this.second.step(now);
    this.line.deliver(now);
    return this.a.read(back, SMALL) == SMALL ? 1 : 0;
  }
}
