// The stack's core with what it has not: a network, the clock and two threads. One takes what the network brings, the other
// does what is due, and what the calls of jobs have left to do, once for all that ran before it.

import { clock_monotonic, random_u64 } from "mirage-wasm/abi";
import { imageName } from "mirage-wasm/argument";
import { Arp } from "mirage-wasm/drivers/net/arp";
import { DhcpClient } from "mirage-wasm/drivers/net/dhcp/client";
import { Ethernet } from "mirage-wasm/drivers/net/ethernet";
import { Icmpv4 } from "mirage-wasm/drivers/net/icmpv4";
import { NO_DEADLINE, Waiter } from "mirage-wasm/drivers/net/ip";
import { Ipv4 } from "mirage-wasm/drivers/net/ipv4";
import { Tcp } from "mirage-wasm/drivers/net/tcp/tcp";
import { Udp } from "mirage-wasm/drivers/net/udp";
import { Network } from "mirage-wasm/network";
import { Result } from "mirage-wasm/result";
import { NEVER } from "mirage-wasm/scheduler/block";
import { spawn, task, Thread } from "mirage-wasm/thread";
import { Signal } from "./signal";

/** Frames that are taken before others may run. */
const BATCH: i32 = 64;

export class Host {
  readonly ip: Ipv4;
  /** Is woken when the address changes. */
  readonly changed: Signal = new Signal();
  private readonly ethernet: Ethernet;
  private readonly arp: Arp;
  private readonly worker: Signal = new Signal();
  private knownUdp: Udp | null = null;
  private knownTcp: Tcp | null = null;
  private dhcp: DhcpClient | null = null;
  private isAsked: bool = false;
  /** When something is due, as the last `step` has said. */
  private due: i64 = NO_DEADLINE;

  constructor(private readonly network: Network) {
    const ethernet = new Ethernet(network);
    const arp = new Arp(ethernet);
    const ip = new Ipv4(ethernet, arp, <u32>random_u64());
    this.ethernet = ethernet;
    this.arp = arp;
    this.ip = ip;
    new Icmpv4(ip);
    spawn(
      task((host: Host): void => host.receive(), this as Host),
      "network",
    );
    spawn(
      task((host: Host): void => host.work(), this as Host),
      "stack",
    );
  }

  /** The protocols are there from their first use on: what an image does not use is not in it. */
  get udp(): Udp {
    let udp = this.knownUdp;
    if (!udp) this.knownUdp = udp = new Udp(this.ip, random_u64());
    return udp;
  }

  get tcp(): Tcp {
    let tcp = this.knownTcp;
    if (!tcp) {
      this.knownTcp = tcp = new Tcp(this.ip, random_u64(), random_u64());
      tcp.waiter = new Asker(this);
    }
    return tcp;
  }

  /** Takes a fixed address. */
  configure(address: u32, bits: i32, gateway: u32): void {
    this.ip.configure(address, bits, gateway);
    this.ask();
  }

  /** Asks for an address. */
  lease(): DhcpClient {
    const dhcp = new DhcpClient(this.ip, this.arp, this.udp, this.network.mac(), imageName(), random_u64());
    this.dhcp = dhcp;
    this.ask();
    return dhcp;
  }

  /** Something is to be done: it is, when the threads that can run have. */
  ask(): void {
    this.isAsked = true;
    this.worker.wake();
  }

  receive(): void {
    const network = this.network;
    let result = Result.OK;
    while (result == Result.OK) {
      const now = clock_monotonic();
      let count = 0;
      for (let size = network.receive(); size; size = network.receive()) {
        this.ethernet.input(network.frame(), size, now);
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
    const before = this.ip.address;
    let due = this.ip.step(now);
    const dhcp = this.dhcp;
    if (dhcp) due = min(due, dhcp.step(now));
    this.network.flush();
    if (this.ip.address != before) this.changed.wake();
    // What `receive` has found due sooner is the other thread's to know.
    if (due < this.due) this.worker.wake();
    this.due = due;
    return due;
  }
}

/** Who is woken when a call on a connection has left something to do. */
class Asker extends Waiter {
  constructor(private readonly host: Host) {
    super();
  }

  wake(): void {
    this.host.ask();
  }
}
