// A host of both versions that tells what it counts: echo at port 7, its counters at port 8, ten pieces of a byte each at port 9 without
// delay, at port 10 with it, and at port 11 bytes until nobody has answered for a second.
import { Console } from "mirage-wasm/console";
import { metrics } from "mirage-wasm/metrics";
import { Flow, NEVER, Stack, writeText } from "mirage-wasm/stack";
import { SECOND, sleep, spawn, Task } from "mirage-wasm/thread";

class Serve extends Task {
  constructor(
    private readonly flow: Flow,
    private readonly port: u16,
  ) {
    super();
  }

  run(): void {
    const flow = this.flow;
    if (this.port == 7) echo(flow);
    else if (this.port == 8) tell(flow);
    else if (this.port == 11) insist(flow);
    else {
      flow.noDelay(this.port == 9);
      pieces(flow);
    }
    flow.close();
  }
}

function echo(flow: Flow): void {
  const bytes = new Uint8Array(16_384);
  for (let count = flow.read(bytes); count > 0; count = flow.read(bytes)) if (flow.write(bytes, count)) return;
}

function tell(flow: Flow): void {
  const all = metrics();
  let text = `pages ${memory.size()}\n`;
  for (let i = 0; i < all.length; i++) text += all[i].toString() + "\n";
  writeText(flow, text);
}

function pieces(flow: Flow): void {
  for (let i = 0; i < 10; i++) {
    writeText(flow, i.toString());
    // The stack sends.
    sleep(0);
  }
}

function insist(flow: Flow): void {
  const bytes = new Uint8Array(10_000);
  flow.giveUpAfter(SECOND);
  console.log("somebody is there");
  while (!flow.write(bytes, bytes.length)) {}
  console.log("nobody is there");
}

class Accept extends Task {
  constructor(
    private readonly stack: Stack,
    private readonly port: u16,
  ) {
    super();
  }

  run(): void {
    const listener = this.stack.listen(this.port).value;
    for (let accepted = listener.accept(NEVER); accepted.isOK; accepted = listener.accept(NEVER)) spawn(new Serve(accepted.value, this.port), "serve");
  }
}

export class Counted<S extends Stack, C extends Console> {
  start(stack: S, console: C): void {
    stack.up(NEVER);
    for (let port: u16 = 8; port <= 11; port++) spawn(new Accept(stack, port), "accept");
    console.log("listening at " + stack.address()!.toString());
    new Accept(stack, 7).run();
  }
}
