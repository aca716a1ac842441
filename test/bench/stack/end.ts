import { Arp } from "mirage-wasm/drivers/net/arp";
import { Ethernet } from "mirage-wasm/drivers/net/ethernet";
import { lowOf } from "mirage-wasm/drivers/net/ip";
import { Ipv4 } from "mirage-wasm/drivers/net/ipv4";
import { Tcp } from "mirage-wasm/drivers/net/tcp/tcp";
import { End } from "mirage-wasm/drivers/network/pair";

/** One host on the cable: the core alone, driven by hand. */
export class Host {
  readonly tcp: Tcp;
  private readonly ethernet: Ethernet;
  private readonly arp: Arp;
  private readonly ip: Ipv4;

  /** The last byte of 10.0.0.0/24 is its number. */
  constructor(
    private readonly network: End,
    number: u32,
  ) {
    const ethernet = new Ethernet(network);
    const arp = new Arp(ethernet);
    const ip = new Ipv4(ethernet, arp, 1);
    this.ethernet = ethernet;
    this.arp = arp;
    this.ip = ip;
    this.tcp = new Tcp(ip, number, number);
    ip.configure(Host.address(number), 24, 0);
  }

  static address(number: u32): u32 {
    return 0x0a | (number << 24);
  }

  static low(number: u32): u64 {
    return lowOf(Host.address(number));
  }

  /** Takes all that has come, and does what is due. Returns whether something had come. */
  turn(now: i64): bool {
    const network = this.network;
    let came = false;
    for (let size = network.receive(); size; size = network.receive()) {
      this.ethernet.input(network.frame(), size, now);
      came = true;
    }
    this.ip.step(now);
    this.arp.step(now);
    return came;
  }
}
