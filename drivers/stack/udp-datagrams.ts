import { clock_monotonic } from "mirage-wasm/abi";
import { Address } from "mirage-wasm/address";
import { Datagrams } from "mirage-wasm/datagrams";
import { addressOf, high, low } from "mirage-wasm/drivers/net/address";
import { UdpSocket } from "mirage-wasm/drivers/net/udp";
import { NEVER } from "mirage-wasm/flow";
import { Result } from "mirage-wasm/result";
import { Host } from "./host";
import { Signal } from "./signal";

/** A socket of UDP whose calls block. */
export class UdpDatagrams implements Datagrams {
  private readonly signal: Signal = new Signal();

  constructor(
    private readonly host: Host,
    private readonly socket: UdpSocket,
  ) {
    socket.waiter = this.signal;
  }

  receive(bytes: Uint8Array, deadline: i64 = NEVER): i32 {
    while (true) {
      const size = this.socket.receive(bytes.dataStart, bytes.byteLength);
      if (size >= 0) return size;
      const result = this.signal.wait(deadline);
      if (result != Result.OK) return result;
    }
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
    this.host.ask();
    return sent ? Result.OK : Result.UNREACHABLE;
  }

  close(): void {
    this.socket.close();
  }
}
