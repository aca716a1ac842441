import { clock_monotonic } from "mirage-wasm/abi";
import { Address } from "mirage-wasm/address";
import { Arp } from "mirage-wasm/arp";
import { low } from "mirage-wasm/drivers/net/address";
import { Arp as Core } from "mirage-wasm/drivers/net/arp";
import { V4_HIGH } from "mirage-wasm/drivers/net/ip";
import { NEVER } from "mirage-wasm/flow";
import { failed, Outcome, Result } from "mirage-wasm/result";
import { Layer, Link } from "./link";
import { Signal } from "./signal";

/** ARP whose calls block. */
export class Neighbours extends Layer implements Arp {
  private known: Core | null = null;
  private readonly signal: Signal = new Signal();

  constructor(private readonly link: Link) {
    super();
  }

  get core(): Core {
    let core = this.known;
    if (core) return core;
    this.known = core = new Core(this.link.core);
    this.link.add(this);
    return core;
  }

  step(now: i64): i64 {
    return this.core.step(now);
  }

  find(address: Address, deadline: i64 = NEVER): Outcome<u64> {
    const core = this.core;
    const own = low(address);
    if (!address.isV4) return failed<u64>(Result.UNREACHABLE);
    core.waiter = this.signal;
    let mac = core.find(V4_HIGH, own, clock_monotonic());
    if (!mac) {
      core.want(V4_HIGH, own, clock_monotonic());
      this.link.wake();
    }
    while (!mac && core.isAsking(V4_HIGH, own)) {
      const result = this.signal.wait(deadline);
      if (result != Result.OK) return failed<u64>(result);
      mac = core.find(V4_HIGH, own, clock_monotonic());
    }
    return mac ? new Outcome<u64>(Result.OK, mac) : failed<u64>(Result.UNREACHABLE);
  }
}
