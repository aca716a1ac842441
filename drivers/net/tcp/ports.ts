import { PORT } from "./secret";
import { State } from "./state";
import { Tcp } from "./tcp";

/** Ports that a connection of ours may come from (RFC 6056 section 3.2). */
const FIRST: u32 = 1024;
const COUNT: u32 = 65_536 - FIRST;
/** How many are asked before one is taken whose last connection is in TIME_WAIT. */
const TRIES: u32 = 64;
/** Counters, each for a part of the addresses. */
const COUNTERS: u32 = 64;

/** Which port the next connection comes from: RFC 6056 section 3.3.4, algorithm 4. Raw memory. */
@unmanaged
export class Ports {
  private counters: usize;

  static create(): Ports {
    const ports = changetype<Ports>(heap.alloc(offsetof<Ports>()));
    ports.counters = heap.alloc(<usize>COUNTERS << 2);
    memory.fill(ports.counters, 0, <usize>COUNTERS << 2);
    return ports;
  }

  /** Both ports as they lie in a segment of the other side's, or 0: all are in use. */
  choose(tcp: Tcp, remoteHigh: u64, remoteLow: u64, localHigh: u64, localLow: u64, remotePort: u16): u32 {
    const remote = <u32>bswap<u16>(remotePort);
    const hash = tcp.secret.hash(remoteHigh, remoteLow, localHigh, localLow, remote, PORT);
    const counter = this.counters + (<usize>((<u32>hash) % COUNTERS) << 2);
    let waiting: u32 = 0;
    for (let i: u32 = 0; i < COUNT && (!waiting || i < TRIES); i++) {
      const next = load<u32>(counter);
      store<u32>(counter, next + 1);
      const port = FIRST + (<u32>(hash >> 32) + next) % COUNT;
      const ports = remote | (<u32>bswap<u16>(<u16>port) << 16);
      if (tcp.listenerAt(<u16>port)) continue;
      const tcb = tcp.table.find(remoteHigh, remoteLow, localHigh, localLow, ports);
      if (!tcb) return ports;
      if (!waiting && tcb.state == State.TIME_WAIT) waiting = ports;
    }
    return waiting;
  }
}
