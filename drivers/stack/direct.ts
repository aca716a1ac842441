// Our own TCP/IP over a network.

import { clock_monotonic } from "mirage-wasm/abi";
import { AddressArgument, argument, BoolArgument, CidrArgument } from "mirage-wasm/argument";
import { Datagrams } from "mirage-wasm/datagrams";
import { addressOf, high, low } from "mirage-wasm/drivers/net/address";
import { DhcpClient } from "mirage-wasm/drivers/net/dhcp/client";
import { lowOf, V4_HIGH, v4Of } from "mirage-wasm/drivers/net/ip";
import { Flow, Listener, NEVER } from "mirage-wasm/flow";
import { Network } from "mirage-wasm/network";
import { failed, Outcome, Result } from "mirage-wasm/result";
import { Address, Stack } from "mirage-wasm/stack";
import { Host } from "./host";
import { TcpFlow, TcpListener } from "./tcp-flow";
import { UdpDatagrams } from "./udp-datagrams";

export class DirectStack<N extends Network> implements Stack {
  private readonly ipv4: CidrArgument;
  private readonly gateway: AddressArgument;
  private readonly dynamic: BoolArgument;
  private known: Host | null = null;
  private dhcp: DhcpClient | null = null;

  /** `group` stands before its arguments; then their defaults. */
  constructor(
    private readonly network: N,
    group: string,
    ipv4: string,
    gateway: string,
    dhcp: bool,
  ) {
    const options = argument.group(group);
    this.ipv4 = options.cidr("ipv4", ipv4, "The address, and how much of it is the network's.");
    this.gateway = options.address("ipv4-gateway", gateway, "Who passes on what is for other networks; 0.0.0.0: nobody.");
    this.dynamic = options.bool("dhcp", dhcp, "Take an address by DHCP, and not the one of --ipv4.");
  }

  /** It comes up at its first use. */
  private get host(): Host {
    let host = this.known;
    if (host) return host;
    this.known = host = new Host(this.network);
    // Who says which address it has wants that one.
    if (this.dynamic.value && !this.ipv4.given) this.dhcp = host.lease();
    else {
      const own = this.ipv4.value;
      host.configure(v4Of(low(own.address)), own.bits, v4Of(low(this.gateway.value)));
    }
    return host;
  }

  up(deadline: i64 = NEVER): Result {
    const host = this.host;
    while (!host.ip.address) {
      const result = host.changed.wait(deadline);
      if (result != Result.OK) return result;
    }
    return Result.OK;
  }

  address(): Address | null {
    const address = this.host.ip.address;
    return address ? addressOf(V4_HIGH, lowOf(address)) : null;
  }

  nameServers(): Address[] {
    const servers = new Array<Address>();
    const dhcp = this.dhcp;
    if (dhcp) for (let i = 0; i < dhcp.nameServerCount; i++) servers.push(addressOf(V4_HIGH, lowOf(dhcp.nameServers[i])));
    return servers;
  }

  listen(port: u16): Outcome<Listener> {
    const listener = this.host.tcp.listen(port);
    return listener ? new Outcome<Listener>(Result.OK, new TcpListener(listener)) : failed<Listener>(Result.CLOSED);
  }

  connect(address: Address, port: u16, deadline: i64 = NEVER): Outcome<Flow> {
    const result = this.up(deadline);
    if (result != Result.OK) return failed<Flow>(result);
    const connection = this.host.tcp.connect(high(address), low(address), port, clock_monotonic());
    if (!connection) return failed<Flow>(Result.UNREACHABLE);
    const flow = new TcpFlow(connection);
    const opened = flow.open(deadline);
    return opened == Result.OK ? new Outcome<Flow>(Result.OK, flow) : failed<Flow>(opened);
  }

  datagrams(port: u16): Outcome<Datagrams> {
    const socket = this.host.udp.open(port);
    return socket ? new Outcome<Datagrams>(Result.OK, new UdpDatagrams(this.host, socket)) : failed<Datagrams>(Result.CLOSED);
  }
}
