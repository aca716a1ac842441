import { clock_monotonic } from "mirage-wasm/abi";
import { Address } from "mirage-wasm/address";
import { low } from "mirage-wasm/drivers/net/address";
import { V4_HIGH } from "mirage-wasm/drivers/net/ip";
import { Icmpv4 as Core } from "mirage-wasm/drivers/net/icmpv4";
import { Ipv4 } from "mirage-wasm/drivers/net/ipv4";
import { NEVER } from "mirage-wasm/flow";
import { Icmpv4 } from "mirage-wasm/icmpv4";
import { Result } from "mirage-wasm/result";
import { Ipv4Host, Upper } from "./ipv4-host";
import { Mail } from "./mail";

/** ICMP, and the call that waits for an echo. */
export class Icmpv4Host extends Upper implements Icmpv4 {
  private core!: Core;

  constructor(private readonly host: Ipv4Host) {
    super();
    host.with(this);
  }

  attach(ip: Ipv4): void {
    this.core = new Core(ip);
  }

  ping(address: Address, size: i32, deadline: i64 = NEVER): i64 {
    const up = this.host.up(deadline);
    if (up != Result.OK) return up;
    const echoes = this.core.open();
    const mail = new Mail(echoes);
    const begin = clock_monotonic();
    const bytes = new Uint8Array(size);
    const sent = address.isV4 && echoes.send(V4_HIGH, low(address), 1, bytes.dataStart, size, begin);
    this.host.wake();
    const result = sent ? mail.receive(bytes, deadline) : Result.UNREACHABLE;
    echoes.close();
    return result < 0 ? result : clock_monotonic() - begin;
  }
}
