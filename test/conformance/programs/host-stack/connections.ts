import { Address, Flow, Listener, NEVER, Stack } from "mirage-wasm/stack";
import { sleep, MILLISECOND, spawn, Task } from "mirage-wasm/thread";
import { after, end, word, wordOf } from "./words";

const SIZE: i32 = 3_000_000;
const MANY: i32 = 100;

class Echo extends Task {
  constructor(private readonly flow: Flow) {
    super();
  }

  run(): void {
    const bytes = new Uint8Array(3000);
    for (let count = this.flow.read(bytes); count > 0; count = this.flow.read(bytes)) if (this.flow.write(bytes, count)) break;
    this.flow.close();
  }
}

class Send extends Task {
  constructor(private readonly flow: Flow) {
    super();
  }

  run(): void {
    const bytes = new Uint8Array(SIZE);
    for (let i = 0; i < SIZE; i++) bytes[i] = <u8>(i * 7 + (i >> 8));
    this.flow.write(bytes, SIZE);
    this.flow.shutdown();
  }
}

/** Reads or accepts once, and notes what that was. */
class Wait extends Task {
  heard: string = "nothing";

  constructor(
    private readonly flow: Flow | null,
    private readonly listener: Listener | null,
  ) {
    super();
  }

  run(): void {
    if (this.flow) this.heard = end(this.flow!.read(new Uint8Array(10)));
    else this.heard = wordOf(this.listener!.accept(NEVER).result);
  }
}

export class Connections {
  private readonly listener: Listener;
  /** The other side of the last `connect`. */
  private other: Flow;

  constructor(
    private readonly client: Stack,
    private readonly server: Stack,
    private readonly there: Address,
    private readonly said: string[],
  ) {
    this.listener = server.listen(0).value;
    this.other = changetype<Flow>(0);
  }

  run(): void {
    this.said.push("a free port: " + (this.listener.port() ? "yes" : "NO"));
    this.said.push("listen there again: " + wordOf(this.server.listen(this.listener.port()).result));
    this.said.push("accept without anybody: " + wordOf(this.listener.accept(after(50)).result));
    this.halfClose();
    this.deadlines();
    this.reset();
    this.giveUp();
    this.many();
    this.ends();
  }

  private connect(): Flow {
    const flow = this.client.connect(this.there, this.listener.port(), NEVER).value;
    this.other = this.listener.accept(NEVER).value;
    return flow;
  }

  private halfClose(): void {
    const flow = this.connect();
    this.said.push("ports agree: " + (flow.port() == this.listener.port() && this.other.port() ? "yes" : "NO"));
    spawn(new Echo(this.other), "echo");
    spawn(new Send(flow), "send");
    const bytes = new Uint8Array(5000);
    let heard = 0;
    let right = true;
    let count = flow.read(bytes);
    for (; count > 0; count = flow.read(bytes)) {
      for (let i = 0; i < count; i++) if (bytes[i] != <u8>((heard + i) * 7 + ((heard + i) >> 8))) right = false;
      heard += count;
    }
    this.said.push("half-closed: " + heard.toString() + " bytes, " + (right ? "all right" : "NOT ALL RIGHT") + ", then " + end(count));
    this.said.push("the end stays: " + end(flow.read(bytes)));
    flow.close();
    this.said.push("after its close: " + end(flow.read(bytes)) + ", " + wordOf(flow.write(bytes, 1)));
    flow.close();
  }

  private deadlines(): void {
    const flow = this.connect();
    const bytes = new Uint8Array(100_000);
    flow.until(after(50));
    this.said.push("nothing to read: " + end(flow.read(bytes)));
    let result = 0;
    let writes = 0;
    flow.until(after(500));
    for (; !result && writes < 1000; writes++) result = flow.write(bytes, bytes.length);
    this.said.push("nobody reads: " + word(result) + (writes < 1000 ? "" : " AFTER 100 MB"));
    this.other.close();
    flow.until(NEVER);
    this.said.push("then they are gone: " + wordOf(flow.write(bytes, bytes.length)));
    flow.close();
  }

  /** Who closes with bytes that he has not read resets. */
  private reset(): void {
    const flow = this.connect();
    flow.write(new Uint8Array(10), 10);
    sleep(10 * MILLISECOND);
    this.other.close();
    this.said.push("a reset, to a reader: " + end(flow.read(new Uint8Array(10))));
    this.said.push("and to a writer: " + wordOf(flow.write(new Uint8Array(10), 10)));
    flow.close();
  }

  /** What closes or is cancelled wakes who waits. */
  private giveUp(): void {
    const flow = this.connect();
    const reader = new Wait(flow, null);
    const cancelled = spawn(reader, "reader");
    sleep(10 * MILLISECOND);
    cancelled.cancel();
    cancelled.join();
    this.said.push("a reader that is cancelled: " + reader.heard);
    const other = new Wait(flow, null);
    const thread = spawn(other, "reader");
    sleep(10 * MILLISECOND);
    flow.close();
    thread.join();
    this.said.push("a reader of what is closed: " + other.heard);
    const there = new Wait(this.other, null);
    spawn(there, "reader").join();
    this.said.push("the other side: " + there.heard);
    this.other.close();
  }

  private many(): void {
    const bytes = new Uint8Array(1);
    const flows: Flow[] = [];
    for (let i = 0; i < MANY; i++) {
      flows.push(this.connect());
      spawn(new Echo(this.other), "echo");
    }
    let right = 0;
    for (let i = 0; i < MANY; i++) {
      bytes[0] = <u8>i;
      flows[i].write(bytes, 1);
    }
    for (let i = MANY - 1; i >= 0; i--) if (flows[i].read(bytes) == 1 && bytes[0] == <u8>i) right++;
    for (let i = 0; i < MANY; i++) flows[i].close();
    this.said.push("at once: " + right.toString());
  }

  private ends(): void {
    const port = this.listener.port();
    const acceptor = new Wait(null, this.listener);
    const thread = spawn(acceptor, "acceptor");
    sleep(10 * MILLISECOND);
    this.listener.close();
    thread.join();
    this.said.push("an acceptor where it is closed: " + acceptor.heard);
    this.said.push("connect there: " + wordOf(this.client.connect(this.there, port, NEVER).result));
    this.said.push("connect to port 0: " + wordOf(this.client.connect(this.there, 0, NEVER).result));
    const again = this.server.listen(port);
    this.said.push("listen there again: " + wordOf(again.result));
    again.value.close();
  }
}
