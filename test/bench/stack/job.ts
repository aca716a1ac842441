// Two of our stacks over a pair, MTU 1500, checksums on: bulk one way, and 64 bytes to and fro; then the same with idle connections.
import { clock_monotonic } from "mirage-wasm/abi";
import { Console } from "mirage-wasm/console";
import { Connection } from "mirage-wasm/drivers/net/tcp/connection";
import { Cable, FirstEnd, SecondEnd } from "mirage-wasm/drivers/network/pair";
import { Host } from "./end";

const BULK: i64 = 1 << 30;
const ROUNDS: i32 = 300_000;
const IDLE: i32 = 10_000;
const PART: i32 = 65_536;
const PORT: u16 = 7;
const data = memory.data(65_536, 8);

const cable = new Cable("bench", 1500);
const left = new Host(new FirstEnd(cable), 1);
const right = new Host(new SecondEnd(cable), 2);
const listener = right.tcp.listen(PORT, 128)!;

let near: Connection | null = null;
let far: Connection | null = null;

/** The clock is read once for all that follows from each other. */
function turn(): void {
  const now = clock_monotonic();
  left.turn(now);
  while (right.turn(now) && left.turn(now)) {}
}

function open(): void {
  const connection = left.tcp.connect(0, Host.low(2), PORT, clock_monotonic())!;
  do {
    turn();
    far = listener.accept();
  } while (!far);
  turn();
  connection.noDelay = true;
  far!.noDelay = true;
  near = connection;
}

function bulk(total: i64): f64 {
  const from = near!;
  const to = far!;
  const began = clock_monotonic();
  let sent: i64 = 0;
  let got: i64 = 0;
  while (got < total) {
    if (sent < total) sent += max(from.write(data, <i32>min(<i64>PART, total - sent)), 0);
    turn();
    for (let count = to.read(data, PART); count > 0; count = to.read(data, PART)) got += count;
  }
  return <f64>total / <f64>(clock_monotonic() - began);
}

function rounds(count: i32): f64 {
  const from = near!;
  const to = far!;
  const began = clock_monotonic();
  for (let i = 0; i < count; i++) {
    from.write(data, 64);
    while (to.available < 64) turn();
    to.read(data, 64);
    to.write(data, 64);
    while (from.available < 64) turn();
    from.read(data, 64);
  }
  return <f64>(clock_monotonic() - began) / <f64>count;
}

export class Stack<C extends Console> {
  start(console: C): void {
    open();
    bulk(BULK >> 4);
    console.log("bulk-GB/s " + bulk(BULK).toString());
    rounds(ROUNDS >> 3);
    const alone = rounds(ROUNDS);
    console.log("round-ns " + alone.toString());
    const before = memory.size();
    for (let i = 0; i < IDLE; i++) open();
    const grown = (<f64>(memory.size() - before) * 65_536) / IDLE / 2;
    console.log("idle-bytes " + grown.toString());
    rounds(ROUNDS >> 3);
    console.log("idle-ratio " + (rounds(ROUNDS) / alone).toString());
  }
}
