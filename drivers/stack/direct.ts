import { Datagrams } from "mirage-wasm/datagrams";
import { Flow, Listener, NEVER } from "mirage-wasm/flow";
import { Outcome, Result } from "mirage-wasm/result";
import { Address, Stack } from "mirage-wasm/stack";
import { IcmpHost } from "./icmp-host";
import { IpHost } from "./ip-host";
import { TcpHost } from "./tcp-host";
import { UdpHost } from "./udp-host";

/** Our own protocols as one host. */
export class DirectStack implements Stack {
  constructor(
    private readonly ip: IpHost,
    readonly icmp: IcmpHost,
    private readonly udp: UdpHost,
    private readonly tcp: TcpHost,
  ) {}

  up(deadline: i64 = NEVER): Result {
    return this.ip.up(deadline);
  }

  address(): Address | null {
    return this.ip.address();
  }

  nameServers(): Address[] {
    return this.ip.nameServers();
  }

  listen(port: u16): Outcome<Listener> {
    return this.tcp.listen(port);
  }

  connect(address: Address, port: u16, deadline: i64 = NEVER): Outcome<Flow> {
    return this.tcp.connect(address, port, deadline);
  }

  datagrams(port: u16): Outcome<Datagrams> {
    return this.udp.datagrams(port);
  }
}
