import { clock_monotonic } from "mirage-wasm/abi";
import { Address } from "mirage-wasm/address";
import { high, low } from "mirage-wasm/drivers/net/address";
import { Icmp } from "mirage-wasm/drivers/net/icmp";
import { NEVER } from "mirage-wasm/flow";
import { Result } from "mirage-wasm/result";
import { IpHost } from "./ip-host";
import { Mail } from "./mail";

/** ICMP of either version: the call that waits for an echo. */
export abstract class IcmpHost {
  constructor(protected readonly host: IpHost) {}

  abstract icmp(): Icmp;

  ping(address: Address, size: i32, deadline: i64 = NEVER): i64 {
    const up = this.host.up(deadline);
    if (up != Result.OK) return up;
    const echoes = this.icmp().open();
    const mail = new Mail(echoes);
    const begin = clock_monotonic();
    const bytes = new Uint8Array(size);
    const sent = echoes.send(high(address), low(address), 1, bytes.dataStart, size, begin);
    this.host.wake();
    const result = sent ? mail.receive(bytes, deadline) : Result.UNREACHABLE;
    echoes.close();
    return result < 0 ? result : clock_monotonic() - begin;
  }
}
