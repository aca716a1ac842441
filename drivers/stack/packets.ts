import { clock_monotonic } from "mirage-wasm/abi";
import { Address } from "mirage-wasm/address";
import { Datagrams } from "mirage-wasm/datagrams";
import { addressOf, high, low } from "mirage-wasm/drivers/net/address";
import { NO_DEADLINE, Protocol, Unreachable } from "mirage-wasm/drivers/net/ip";
import { Mailbox } from "mirage-wasm/drivers/net/mailbox";
import { Joined, Memberships } from "mirage-wasm/drivers/net/memberships";
import { NEVER } from "mirage-wasm/flow";
import { Result } from "mirage-wasm/result";
import { IpHost } from "./ip-host";
import { Mail } from "./mail";

class Raw extends Protocol {
  readonly mailbox: Mailbox = new Mailbox();

  input(fromHigh: u64, fromLow: u64, toHigh: u64, toLow: u64, packet: usize, size: i32, now: i64): bool {
    this.mailbox.push(fromHigh, fromLow, 0, packet, size);
    return true;
  }

  unreachable(fromHigh: u64, fromLow: u64, toHigh: u64, toLow: u64, packet: usize, size: i32, why: Unreachable, now: i64): void {
    if (why != Unreachable.TOO_BIG) this.mailbox.lost(toHigh, toLow, 0, why);
  }

  step(now: i64): i64 {
    return NO_DEADLINE;
  }
}

/** The packets of a protocol, by calls that block. */
export class Packets implements Datagrams {
  private readonly raw: Raw;
  private readonly mail: Mail;
  private joined: Joined | null = null;

  constructor(
    private readonly host: IpHost,
    protocol: u32,
  ) {
    const raw = new Raw(protocol);
    this.raw = raw;
    this.mail = new Mail(raw.mailbox);
    host.ip().add(raw);
  }

  receive(bytes: Uint8Array, deadline: i64 = NEVER): i32 {
    return this.mail.receive(bytes, deadline);
  }

  hearErrors(): void {
    this.raw.mailbox.hearsErrors = true;
  }

  address(): Address {
    return addressOf(this.raw.mailbox.fromHigh, this.raw.mailbox.fromLow);
  }

  port(): u16 {
    return 0;
  }

  send(bytes: Uint8Array, size: i32, address: Address, port: u16): Result {
    assert(size <= bytes.length, "more bytes than there are");
    const core = this.host.ip();
    const toHigh = high(address);
    const toLow = low(address);
    if (!core.route(toHigh, toLow)) return Result.UNREACHABLE;
    memory.copy(core.buffer(toHigh, toLow, size), bytes.dataStart, size);
    const sent = core.send(core.sourceHigh, core.sourceLow, toHigh, toLow, this.raw.number, size, clock_monotonic());
    this.host.wake();
    return sent ? Result.OK : Result.UNREACHABLE;
  }

  join(group: Address): Result {
    let joined = this.joined;
    if (!joined) this.joined = joined = new Memberships(this.host.ip());
    const isJoined = joined.join(high(group), low(group));
    this.host.wake();
    return isJoined ? Result.OK : Result.UNREACHABLE;
  }

  leave(group: Address): void {
    const joined = this.joined;
    if (joined) joined.leave(high(group), low(group));
    this.host.wake();
  }

  close(): void {
    const joined = this.joined;
    if (joined) joined.clear();
    this.host.ip().remove(this.raw);
    this.mail.close();
    this.host.wake();
  }
}
