import { clock_monotonic } from "mirage-wasm/abi";
import { Address } from "mirage-wasm/address";
import { Datagrams } from "mirage-wasm/datagrams";
import { addressOf, high, low } from "mirage-wasm/drivers/net/address";
import { UdpSocket } from "mirage-wasm/drivers/net/udp";
import { NEVER } from "mirage-wasm/flow";
import { Result } from "mirage-wasm/result";
import { IpHost } from "./ip-host";
import { Mail } from "./mail";

/** A socket of UDP whose calls block. */
export class UdpDatagrams implements Datagrams {
  private readonly mail: Mail;

  constructor(
    private readonly host: IpHost,
    private readonly socket: UdpSocket,
  ) {
    this.mail = new Mail(socket);
  }

  receive(bytes: Uint8Array, deadline: i64 = NEVER): i32 {
    return this.mail.receive(bytes, deadline);
  }

  hearErrors(): void {
    this.socket.hearsErrors = true;
  }

  address(): Address {
    return addressOf(this.socket.fromHigh, this.socket.fromLow);
  }

  port(): u16 {
    return <u16>this.socket.fromPort;
  }

  send(bytes: Uint8Array, size: i32, address: Address, port: u16): Result {
    assert(size <= bytes.length, "more bytes than there are");
    const sent = this.socket.send(high(address), low(address), port, bytes.dataStart, size, clock_monotonic());
    this.host.wake();
    return sent ? Result.OK : Result.UNREACHABLE;
  }

  join(group: Address): Result {
    const joined = this.socket.join(high(group), low(group));
    this.host.wake();
    return joined ? Result.OK : Result.UNREACHABLE;
  }

  leave(group: Address): void {
    this.socket.leave(high(group), low(group));
    this.host.wake();
  }

  close(): void {
    this.socket.close();
    this.mail.close();
    this.host.wake();
  }
}
