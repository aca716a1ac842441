import { udp_close, udp_open, udp_pollable, udp_receive, udp_send } from "mirage-wasm/abi";
import { Address } from "mirage-wasm/address";
import { Datagrams } from "mirage-wasm/datagrams";
import { NEVER } from "mirage-wasm/flow";
import { Result } from "mirage-wasm/result";
import { ADDRESS, loadAddress, loadPort, storeAddress } from "mirage-wasm/socket-address";
import { ErrorCode, failure } from "mirage-wasm/socket-error";
import { mustBeAllowed, resultOf } from "./error-code";
import { Readiness } from "./readiness";
import { Signal } from "./signal";
import { datagramsLost, datagramsReceived, datagramsSent } from "./socket-counters";
import { Watch } from "./watch";

/** The largest datagram, and more than the kernel's record of one. */
const SLOT: usize = 65_536;
/** Of the kernel's records: the size of what is received and sent, who has sent it, and (as an option) to whom it goes. */
const LENGTH: usize = 4;
const FROM: usize = 8;
const SOME: usize = 8;
const TO: usize = 12;

/** Where all sockets receive: a slot for the record and one for the datagram. Nothing stays there. */
let slots: usize = 0;

/** A socket of one version of IP. */
class Endpoint {
  // As the kernel has a socket.
  private socket: i32 = 0;
  private incoming: i32 = 0;
  private outgoing: i32 = 0;
  private readonly watch: Watch;

  constructor(handles: usize, signal: Signal) {
    const watch = new Watch(new Readiness(udp_pollable(handles)), signal);
    watch.start("datagrams");
    this.watch = watch;
    memory.copy(this.handles, handles, 12);
  }

  private get handles(): usize {
    return changetype<usize>(this) + offsetof<Endpoint>("socket");
  }

  receive(): i32 {
    const count = udp_receive(this.handles, slots, SLOT, 1);
    if (!count) this.watch.again();
    return count;
  }

  send(record: usize): i32 {
    return udp_send(this.handles, record, 1);
  }

  close(): void {
    this.watch.close();
    udp_close(this.handles);
  }
}

/** A port of the host's UDP, of both versions of IP where the host has both. */
export class SocketDatagrams implements Datagrams {
  private readonly signal: Signal = new Signal();
  private v4: Endpoint | null = null;
  private v6: Endpoint | null = null;
  private from: Address = new Address(new StaticArray<u8>(4));
  private fromPort: u16 = 0;

  open(port: u16): Result {
    if (!slots) slots = heap.alloc(2 * SLOT);
    const handles: usize = memory.data(12, 4);
    const code = bind(handles, 4, port);
    mustBeAllowed(code, "UDP", port);
    if (code) return resultOf(code);
    this.v4 = new Endpoint(handles, this.signal);
    // A host may have no IPv6.
    const other = bind(handles, 16, port);
    if (!other) this.v6 = new Endpoint(handles, this.signal);
    if (other != failure(ErrorCode.ADDRESS_IN_USE)) return Result.OK;
    this.close();
    return Result.CLOSED;
  }

  receive(bytes: Uint8Array, deadline: i64 = NEVER): i32 {
    while (this.v4) {
      const size = this.take(this.v4, bytes);
      if (size != Result.TIMEOUT) return size;
      const other = this.take(this.v6, bytes);
      if (other != Result.TIMEOUT) return other;
      const result = this.signal.wait(deadline);
      if (result != Result.OK) return result;
    }
    return Result.CLOSED;
  }

  /** WASI has no call for it: wasi:sockets 0.2 knows no groups. */
  join(group: Address): Result {
    return Result.UNSUPPORTED;
  }

  leave(group: Address): void {}

  /** The host tells nobody: WASI has no call for it on a socket that speaks to many. */
  hearErrors(): void {}

  /** What one of them has received; `TIMEOUT`: nothing. */
  private take(endpoint: Endpoint | null, bytes: Uint8Array): i32 {
    if (!endpoint) return Result.TIMEOUT;
    const count = endpoint.receive();
    if (count < 0) return Result.CLOSED;
    if (!count) return Result.TIMEOUT;
    datagramsReceived.add();
    const size = min(load<i32>(slots, LENGTH), bytes.length);
    this.from = loadAddress(slots + FROM);
    this.fromPort = loadPort(slots + FROM);
    memory.copy(bytes.dataStart, load<usize>(slots), size);
    return size;
  }

  address(): Address {
    return this.from;
  }

  port(): u16 {
    return this.fromPort;
  }

  send(bytes: Uint8Array, size: i32, address: Address, port: u16): Result {
    assert(size <= bytes.length, "more bytes than there are");
    const endpoint = address.isV4 ? this.v4 : this.v6;
    if (!endpoint) return Result.UNREACHABLE;
    const record: usize = memory.data(44, 4);
    store<usize>(record, bytes.dataStart);
    store<i32>(record, size, LENGTH);
    store<u8>(record, 1, SOME);
    storeAddress(record + TO, address, port);
    const sent = endpoint.send(record);
    if (sent < 0) return resultOf(sent);
    if (sent) datagramsSent.add();
    else datagramsLost.add();
    return Result.OK;
  }

  close(): void {
    const v4 = this.v4;
    const v6 = this.v6;
    this.v4 = null;
    this.v6 = null;
    if (v4) v4.close();
    if (v6) v6.close();
    this.signal.wake();
  }
}

/** Opens a socket at all addresses of so many bytes. */
function bind(handles: usize, length: i32, port: u16): i32 {
  const local: usize = memory.data(ADDRESS, 4);
  storeAddress(local, new Address(new StaticArray<u8>(length)), port);
  return udp_open(handles, local, 0);
}
