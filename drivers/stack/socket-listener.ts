import { clock_monotonic, tcp_accept, tcp_close_listener, tcp_listen, tcp_local, tcp_pollable, tcp_remote } from "mirage-wasm/abi";
import { Address } from "mirage-wasm/address";
import { MILLISECOND } from "mirage-wasm/duration";
import { Flow, Listener, NEVER } from "mirage-wasm/flow";
import { failed, Outcome, Result } from "mirage-wasm/result";
import { blockUntil } from "mirage-wasm/scheduler/block";
import { ADDRESS, loadAddress, loadPort, storeAddress } from "mirage-wasm/socket-address";
import { ErrorCode, failure } from "mirage-wasm/socket-error";
import { isAborted, isGone, mustBeAllowed, resultOf } from "./error-code";
import { Readiness } from "./readiness";
import { Signal } from "./signal";
import { accepted, exhausted } from "./socket-counters";
import { SocketFlow } from "./socket-flow";
import { Watch } from "./watch";

/** Connections that the host keeps while nobody accepts them: it may have a limit of its own. */
const BACKLOG: u32 = 1024;
/** How long a host without room for another socket is left alone. */
const PAUSE: i64 = 10 * MILLISECOND;

/** A socket that listens, of one version of IP. */
class Port {
  private readonly watch: Watch;

  constructor(
    private readonly socket: i32,
    signal: Signal,
  ) {
    const watch = new Watch(new Readiness(tcp_pollable(socket)), signal);
    watch.start("accept");
    this.watch = watch;
  }

  /** Writes the next connection, as the kernel does. */
  accept(connection: usize): i32 {
    const code = tcp_accept(this.socket, connection);
    if (code == failure(ErrorCode.WOULD_BLOCK)) this.watch.again();
    return code;
  }

  get number(): u16 {
    const local: usize = memory.data(ADDRESS, 4);
    return tcp_local(this.socket, local) ? 0 : loadPort(local);
  }

  close(): void {
    this.watch.close();
    tcp_close_listener(this.socket);
  }
}

/** A port of the host's TCP, of both versions of IP where the host has both. */
export class SocketListener implements Listener {
  private readonly signal: Signal = new Signal();
  private readonly ports: Port[] = [];
  private number: u16 = 0;
  /** Which port is asked first: the other one than last time. */
  private turn: i32 = 0;

  /** Listens at all addresses. */
  open(port: u16): Result {
    const result = this.openAt(new Address(new StaticArray<u8>(4)), port);
    if (result != Result.OK) return result;
    // A host may have no IPv6; and that a free port is free there too, nobody has promised.
    if (this.add(new Address(new StaticArray<u8>(16)), this.number) != failure(ErrorCode.ADDRESS_IN_USE) || !port) return Result.OK;
    this.close();
    return Result.CLOSED;
  }

  openAt(address: Address, port: u16): Result {
    const code = this.add(address, port);
    mustBeAllowed(code, "TCP", port);
    if (code) return resultOf(code);
    this.number = this.ports[0].number;
    return Result.OK;
  }

  private add(address: Address, port: u16): i32 {
    const local: usize = memory.data(ADDRESS, 4);
    storeAddress(local, address, port);
    const socket = tcp_listen(local, BACKLOG);
    if (socket < 0) return socket;
    this.ports.push(new Port(socket, this.signal));
    return 0;
  }

  accept(deadline: i64 = NEVER): Outcome<Flow> {
    const accepted = this.next(deadline);
    return accepted.isOK ? new Outcome<Flow>(Result.OK, accepted.value) : failed<Flow>(accepted.result);
  }

  next(deadline: i64): Outcome<SocketFlow> {
    const connection: usize = memory.data(12, 4);
    while (this.ports.length) {
      const first = this.turn++;
      let isIdle = true;
      for (let i = 0; i < this.ports.length && isIdle; i++) {
        const code = this.ports[(first + i) % this.ports.length].accept(connection);
        if (!code) return new Outcome<SocketFlow>(Result.OK, flowOf(connection));
        if (code == failure(ErrorCode.WOULD_BLOCK)) continue;
        isIdle = false;
        if (isAborted(code)) continue;
        if (isGone(code)) return failed<SocketFlow>(Result.CLOSED);
        exhausted.add();
        const result = blockUntil(min(deadline, clock_monotonic() + PAUSE));
        if (result == Result.CANCELLED || clock_monotonic() >= deadline) return failed<SocketFlow>(result);
      }
      if (!isIdle) continue;
      const result = this.signal.wait(deadline);
      if (result != Result.OK) return failed<SocketFlow>(result);
    }
    return failed<SocketFlow>(Result.CLOSED);
  }

  close(): void {
    while (this.ports.length) this.ports.pop().close();
    this.signal.wake();
  }

  port(): u16 {
    return this.number;
  }
}

function flowOf(connection: usize): SocketFlow {
  const remote: usize = memory.data(ADDRESS, 4);
  // One that is gone already has no address any more.
  if (tcp_remote(load<i32>(connection), remote)) memory.fill(remote, 0, ADDRESS);
  accepted.add();
  return new SocketFlow(connection, loadAddress(remote), loadPort(remote));
}
