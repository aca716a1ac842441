import { clock_monotonic } from "mirage-wasm/abi";
import { UdpSocket as Port, MOST as MOST_UDP } from "mirage-wasm/drivers/net/udp";
import { ErrorCode, failure } from "mirage-wasm/socket-error";
import { data, givenHigh, givenLow, givenPort, MOST, put } from "./buffer";
import { Family } from "./family";

/** `receive`: nothing has come. */
export const NOTHING: i32 = -1;

export class UdpSocket {
  private port: Port | null = null;
  /** The address that it is bound to, or all of the host's. */
  private high: u64 = 0;
  private low: u64 = 0;
  /** Whom alone it speaks with, or port 0: with all. */
  private remoteHigh: u64 = 0;
  private remoteLow: u64 = 0;
  private remotePort: u32 = 0;

  constructor(private readonly family: Family) {}

  get isV6(): bool {
    return this.family.isV6;
  }

  bind(): i32 {
    if (!this.family.isOwn(givenHigh, givenLow)) return failure(ErrorCode.ADDRESS_NOT_BINDABLE);
    const port = this.family.udp.open(givenPort);
    if (!port) return failure(ErrorCode.ADDRESS_IN_USE);
    this.port = port;
    this.high = givenHigh;
    this.low = givenLow;
    return 0;
  }

  local(): void {
    put(this.family.isV6, this.high, this.low, this.port!.port);
  }

  /** From here on it speaks with the given address only, or with all. */
  connect(isAlone: bool): i32 {
    if (isAlone && (!givenPort || this.family.isUnspecified(givenHigh, givenLow))) return failure(ErrorCode.INVALID_ARGUMENT);
    this.remotePort = isAlone ? givenPort : 0;
    this.remoteHigh = givenHigh;
    this.remoteLow = givenLow;
    // What came before was for whom it spoke with then.
    this.port!.empty();
    return 0;
  }

  get isReadable(): bool {
    return !this.port!.isEmpty;
  }

  /** The size of a datagram, which stands in the buffer behind its sender's address; or `NOTHING`. */
  receive(): i32 {
    const port = this.port!;
    const family = this.family;
    for (let size = port.receive(data, MOST); size >= 0; size = port.receive(data, MOST)) {
      if (this.remotePort && !this.isRemote(port.fromHigh, port.fromLow, port.fromPort)) continue;
      // The stack's ports are those of all addresses: who is bound to the host itself hears nobody else.
      if (family.isLoopback(this.high, this.low) && !family.isLoopback(port.fromHigh, port.fromLow)) continue;
      put(family.isV6, port.fromHigh, port.fromLow, port.fromPort);
      return size;
    }
    return NOTHING;
  }

  private isRemote(high: u64, low: u64, port: u32): bool {
    return port == this.remotePort && high == this.remoteHigh && low == this.remoteLow;
  }

  /** Sends what stands behind the address in the buffer, to there where `isTo`, or else to whom it speaks with alone. */
  send(size: i32, isTo: bool): i32 {
    if (size > MOST_UDP) return failure(ErrorCode.DATAGRAM_TOO_LARGE);
    const isAlone = this.remotePort != 0;
    if (!isTo && !isAlone) return failure(ErrorCode.INVALID_ARGUMENT);
    if (isTo && isAlone && !this.isRemote(givenHigh, givenLow, givenPort)) return failure(ErrorCode.INVALID_ARGUMENT);
    const high = isAlone ? this.remoteHigh : givenHigh;
    const low = isAlone ? this.remoteLow : givenLow;
    const port = isAlone ? this.remotePort : <u32>givenPort;
    if (!port || this.family.isUnspecified(high, low)) return failure(ErrorCode.INVALID_ARGUMENT);
    if (!this.family.ip.route(high, low)) return failure(ErrorCode.REMOTE_UNREACHABLE);
    // What there is no room for is lost, as any datagram may be.
    this.port!.send(high, low, port, data, size, clock_monotonic());
    return 0;
  }

  close(): void {
    const port = this.port;
    if (port) port.close();
  }
}
