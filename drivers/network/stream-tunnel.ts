// Ethernet by TCP, as QEMU's `-netdev stream` has it: each frame behind its length. Nothing is lost on the way, and who does not
// read stops who sends; in the image that is what its stack takes for a full wire.

import { clock_monotonic, exit } from "mirage-wasm/abi";
import { argument, BoolArgument, EndpointArgument, IntegerArgument, MacArgument } from "mirage-wasm/argument";
import { say } from "mirage-wasm/command-line";
import { Signal } from "mirage-wasm/drivers/stack/signal";
import { connectTo, SocketFlow } from "mirage-wasm/drivers/stack/socket-flow";
import { SocketListener } from "mirage-wasm/drivers/stack/socket-listener";
import { Counter } from "mirage-wasm/metrics";
import { HEADER } from "mirage-wasm/network";
import { Result } from "mirage-wasm/result";
import { NEVER } from "mirage-wasm/scheduler/block";
import { MILLISECOND, SECOND, sleep, spawn, task } from "mirage-wasm/thread";
import { BROKEN, FrameReader, NONE, SKIPPED } from "./frame-reader";
import { FrameWriter } from "./frame-writer";
import { Interface } from "./interface";

/** How long a peer may take to answer, and how long one that is not there is left alone. */
const PATIENCE: i64 = 10 * SECOND;
const PAUSE: i64 = 250 * MILLISECOND;

export class StreamTunnel extends Interface {
  private readonly local: EndpointArgument;
  private readonly peer: EndpointArgument;
  private readonly listens: BoolArgument;
  private readonly macGiven: MacArgument;
  private readonly mtuGiven: IntegerArgument;
  private readonly connected: Counter;
  private readonly malformed: Counter;
  private readonly reader: FrameReader = new FrameReader();
  private writer: FrameWriter;
  private flow: SocketFlow | null = null;
  /** Is woken when there is a connection, … */
  private readonly up: Signal = new Signal();
  /** … and when it is gone, or does not take all at once. */
  private readonly keeper: Signal = new Signal();

  /** `local` and `peer` are the defaults of its ends. */
  constructor(name: string, local: string, peer: string) {
    super(name);
    const group = argument.group(name);
    this.local = group.endpoint("local", local, "Where it listens.");
    this.peer = group.endpoint("peer", peer, "Where it connects to.");
    this.listens = group.bool("listen", false, "The other end connects to this one, and not this one to it.");
    this.macGiven = group.mac("mac", "", "The address of the interface. Default: one made of the image's name and the interface's.");
    this.mtuGiven = group.integer("mtu", 1500, "The most bytes that a frame carries.");
    this.connected = new Counter(name + ".connected");
    this.malformed = new Counter(name + ".malformed");
    this.writer = new FrameWriter(0);
  }

  protected open(): void {
    this.begin(this.macGiven.value, this.mtuGiven.value);
    this.writer = new FrameWriter(this.most);
    spawn(
      task((tunnel: StreamTunnel): void => tunnel.keep(), this as StreamTunnel),
      this.name,
    );
  }

  buffer(): usize {
    if (!this.isOpen) this.open();
    return this.writer.next;
  }

  send(size: i32): bool {
    const isTaken = this.flow != null && this.writer.push(size);
    if (isTaken) this.sent.add();
    else this.lost.add();
    if (this.writer.isFull) this.flush();
    return isTaken;
  }

  flush(): void {
    const flow = this.flow;
    if (!flow) return;
    if (!this.writer.flush(flow)) this.leave(flow);
    else if (!this.writer.isEmpty) this.keeper.wake();
  }

  receive(): i32 {
    if (!this.isOpen) this.open();
    while (true) {
      const flow = this.flow;
      if (!flow) return 0;
      const size = this.reader.next(HEADER + this.most);
      if (size > 0) {
        this.received.add();
        return size;
      }
      if (size == SKIPPED) this.oversize.add();
      if (size == BROKEN) this.malformed.add();
      const count = size == NONE ? this.reader.fill(flow) : 0;
      if (size == BROKEN || count < 0) this.leave(flow);
      if (size == NONE && !count) return 0;
    }
  }

  frame(): usize {
    return this.reader.frame;
  }

  wait(deadline: i64): Result {
    if (!this.isOpen) this.open();
    const flow = this.flow;
    const result = flow ? flow.awaitInput(deadline) : this.up.wait(deadline);
    // One that is gone may be followed by another.
    return result == Result.CLOSED ? Result.OK : result;
  }

  /** The thread that has the connection: makes it, and writes what the host did not take at once. */
  private keep(): void {
    const listener = this.listens.value ? this.listen() : null;
    while (true) {
      const flow = listener ? this.accept(listener) : this.connect();
      this.reader.clear();
      this.writer.clear();
      this.flow = flow;
      this.connected.add();
      this.up.wake();
      while (this.flow) {
        if (this.writer.isEmpty) this.keeper.wait(NEVER);
        else if (flow.awaitRoom(NEVER) == Result.OK) this.flush();
      }
    }
  }

  private leave(flow: SocketFlow): void {
    this.flow = null;
    flow.close();
    this.keeper.wake();
  }

  private listen(): SocketListener {
    const local = this.local.value;
    const listener = new SocketListener();
    if (listener.openAt(local.address, local.port) != Result.OK) {
      say(`${this.name}: no tunnel at ${local}: that address is in use, or is none of this host's`);
      exit(1);
    }
    return listener;
  }

  private accept(listener: SocketListener): SocketFlow {
    while (true) {
      const accepted = listener.next(NEVER);
      if (accepted.isOK) return accepted.value;
    }
  }

  private connect(): SocketFlow {
    const peer = this.peer.value;
    let isTold = false;
    while (true) {
      const connected = connectTo(peer.address, peer.port, clock_monotonic() + PATIENCE);
      if (connected.isOK) return connected.value;
      if (!isTold) say(`${this.name}: nobody at ${peer} yet (wasmtime has to be allowed to ask: -S inherit-network)`);
      isTold = true;
      sleep(PAUSE);
    }
  }
}
