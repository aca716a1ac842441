// What the stack's core has not: a network, the clock and two threads. One thread takes what the network brings, the other does
// what is due, and what the calls of jobs have left to do, once for all that ran before it.

import { clock_monotonic } from "mirage-wasm/abi";
import { Ethernet as Core } from "mirage-wasm/drivers/net/ethernet";
import { NO_DEADLINE, Waiter } from "mirage-wasm/drivers/net/ip";
import { Ethernet, Payloads } from "mirage-wasm/ethernet";
import { Network } from "mirage-wasm/network";
import { failed, Outcome, Result } from "mirage-wasm/result";
import { NEVER } from "mirage-wasm/scheduler/block";
import { spawn, task, Thread } from "mirage-wasm/thread";
import { EtherPayloads } from "./payloads";
import { Signal } from "./signal";

/** Frames that are taken before others may run. */
const BATCH: i32 = 64;

/** A part of the stack that has something to do at times. */
export abstract class Layer {
  next: Layer | null = null;

  /** Does what is due. Returns when it wants to be called again at the latest, or `NO_DEADLINE`. */
  abstract step(now: i64): i64;
}

export class Link extends Waiter implements Ethernet {
  private known: Core | null = null;
  private layers: Layer | null = null;
  private readonly worker: Signal = new Signal();
  private isAsked: bool = false;
  /** When something is due, as the last `step` has said. */
  private due: i64 = NO_DEADLINE;

  constructor(private readonly network: Network) {
    super();
  }

  /** It comes up at its first use, when arguments have been read. */
  get core(): Core {
    let core = this.known;
    if (core) return core;
    this.known = core = new Core(this.network);
    spawn(
      task((link: Link): void => link.receive(), this as Link),
      "network",
    );
    spawn(
      task((link: Link): void => link.work(), this as Link),
      "stack",
    );
    return core;
  }

  add(layer: Layer): void {
    layer.next = this.layers;
    this.layers = layer;
  }

  mac(): u64 {
    return this.core.mac;
  }

  mtu(): i32 {
    return this.core.mtu;
  }

  open(type: u16): Outcome<Payloads> {
    return this.core.find(type) ? failed<Payloads>(Result.CLOSED) : new Outcome<Payloads>(Result.OK, new EtherPayloads(this, type));
  }

  /** Something is to be done: it is, when the threads that can run have. */
  wake(): void {
    this.isAsked = true;
    this.worker.wake();
  }

  receive(): void {
    const network = this.network;
    const core = this.core;
    let result = Result.OK;
    while (result == Result.OK) {
      const now = clock_monotonic();
      let count = 0;
      for (let size = network.receive(); size; size = network.receive()) {
        core.input(network.frame(), size, now);
        if (++count == BATCH) break;
      }
      if (count) this.step(now);
      result = count == BATCH ? Thread.yield() : network.wait(NEVER);
    }
  }

  work(): void {
    let result = Result.OK;
    while (result == Result.OK || result == Result.TIMEOUT) {
      this.isAsked = false;
      const due = this.step(clock_monotonic());
      result = this.isAsked ? Thread.yield() : this.worker.wait(due);
    }
  }

  private step(now: i64): i64 {
    let due = NO_DEADLINE;
    let layer = this.layers;
    while (layer) {
      due = min(due, layer.step(now));
      layer = layer.next;
    }
    this.network.flush();
    // What `receive` has found due sooner is the other thread's to know.
    if (due < this.due) this.worker.wake();
    this.due = due;
    return due;
  }
}
