import { stream_read, stream_readable, stream_room, stream_writable, stream_write, tcp_close, tcp_connect, tcp_connected, tcp_pollable, tcp_remote, tcp_shutdown } from "mirage-wasm/abi";
import { Address } from "mirage-wasm/address";
import { Flow, NEVER } from "mirage-wasm/flow";
import { threads } from "mirage-wasm/link";
import { failed, Outcome, Result } from "mirage-wasm/result";
import { runnable } from "mirage-wasm/scheduler/queue";
import { Task } from "mirage-wasm/scheduler/task";
import { start, Thread } from "mirage-wasm/scheduler/thread";
import { ADDRESS, storeAddress } from "mirage-wasm/socket-address";
import { ErrorCode, failure } from "mirage-wasm/socket-error";
import { resultOf } from "./error-code";
import { Readiness } from "./readiness";
import { broken, bytesRead, bytesWritten, closed, connected, failures, open as openFlows } from "./socket-counters";

/** Bytes of one read: hosts make room for as many as are asked for. */
const MOST: i32 = 65_536;
/** Of `stream_read`. */
const END: i32 = -1;
const BROKEN: i32 = -2;

/** Connects to an address and a port. */
export function connectTo(address: Address, port: u16, deadline: i64): Outcome<SocketFlow> {
  const remote: usize = memory.data(ADDRESS, 4);
  const connection: usize = memory.data(12, 4);
  storeAddress(remote, address, port);
  const code = tcp_connect(remote, connection);
  let result = resultOf(code);
  if (!code) {
    const flow = new SocketFlow(connection, address, port);
    result = flow.open(deadline);
    if (result == Result.OK) return new Outcome<SocketFlow>(Result.OK, flow);
  }
  failures.add();
  return failed<SocketFlow>(result);
}

/** A connection of the host's TCP. It owns the socket, its streams, and what says that these are ready. */
export class SocketFlow implements Flow {
  // As the kernel has a connection.
  private socket: i32 = 0;
  private input: i32 = 0;
  private output: i32 = 0;
  /** Bytes that the host takes, as it has said last; 0: it has to be asked. */
  private room: i32 = 0;
  private isOpen: bool = true;
  /** The host may still be writing. */
  private isWriting: bool = false;
  private isShut: bool = false;
  private hasWritten: bool = false;
  private isBroken: bool = false;
  private readable: Readiness | null = null;
  private writable: Readiness | null = null;
  private deadline: i64 = NEVER;

  /** Owns the connection whose handles are at `connection`. */
  constructor(
    connection: usize,
    private readonly remote: Address,
    private readonly remotePort: u16,
  ) {
    memory.copy(this.handles, connection, 12);
    openFlows.add(1);
  }

  private get handles(): usize {
    return changetype<usize>(this) + offsetof<SocketFlow>("socket");
  }

  /** Blocks until it is connected. What fails is closed. */
  open(deadline: i64): Result {
    const ready = new Readiness(tcp_pollable(this.socket));
    let result = Result.OK;
    let code = tcp_connected(this.handles);
    while (code == failure(ErrorCode.WOULD_BLOCK) && result == Result.OK) {
      result = ready.wait(deadline);
      if (result == Result.OK) code = tcp_connected(this.handles);
    }
    ready.drop();
    if (result == Result.OK && code) result = resultOf(code);
    if (result == Result.OK) connected.add();
    else this.close();
    return result;
  }

  read(bytes: Uint8Array): i32 {
    if (!bytes.byteLength) return 0;
    if (this.hasWritten) this.giveWay();
    while (this.isOpen) {
      const count = this.take(bytes.dataStart, bytes.byteLength);
      if (count > 0) return count;
      if (count) return count == END ? 0 : Result.CLOSED;
      const result = this.awaitInput(this.deadline);
      if (result != Result.OK) return result;
    }
    return Result.CLOSED;
  }

  /** What answers to what was just written has not come yet. Later it may have, and then the host need not be asked to say so. */
  private giveWay(): void {
    this.hasWritten = false;
    if (threads() && runnable.first) Thread.yield();
  }

  /** As the kernel's `stream_read`, of which it never blocks. */
  take(data: usize, length: i32): i32 {
    const count = stream_read(this.input, data, min(length, MOST));
    if (count > 0) bytesRead.add(count);
    if (count >= 0 || (count == END && !this.isBroken && !this.isReset)) return count;
    this.fail();
    return BROKEN;
  }

  /** Blocks until `take` may have something. `CLOSED` when it was closed meanwhile. */
  awaitInput(deadline: i64): Result {
    let readable = this.readable;
    if (!readable) this.readable = readable = new Readiness(stream_readable(this.input));
    return readable.wait(deadline);
  }

  /** Returns when the host's TCP has all of it: what the host was still writing would be lost at `close`. */
  write(bytes: Uint8Array, size: i32): Result {
    assert(size <= bytes.length, "more bytes than there are");
    let at = 0;
    this.hasWritten = true;
    while (this.isOpen) {
      const room = this.hasRoom();
      if (room > 0 && at == size) return Result.OK;
      const count = room > 0 ? this.offer(bytes.dataStart + <usize>at, size - at) : room;
      if (count < 0) return Result.CLOSED;
      at += count;
      const result = room ? Result.OK : this.awaitRoom(this.deadline);
      if (result != Result.OK) return result;
    }
    return Result.CLOSED;
  }

  /** Writes as much as the host takes now. Returns how many bytes, or -1: it is broken. */
  offer(data: usize, length: i32): i32 {
    const count = min(this.hasRoom(), length);
    if (count <= 0) return count;
    this.room = 0;
    this.isWriting = true;
    if (stream_write(this.output, data, count)) {
      this.fail();
      return -1;
    }
    bytesWritten.add(count);
    return count;
  }

  /** How many bytes the host takes; -1: it is broken, or shut down. */
  private hasRoom(): i32 {
    if (this.room) return this.room;
    const room = stream_room(this.output);
    if (room < 0) {
      if (!this.isShut) this.fail();
      return -1;
    }
    this.room = room;
    this.isWriting = !room;
    return room;
  }

  /** Blocks until the host may take more, as `awaitInput`. */
  awaitRoom(deadline: i64): Result {
    let writable = this.writable;
    if (!writable) this.writable = writable = new Readiness(stream_writable(this.output));
    return writable.wait(deadline);
  }

  /** Hosts may tell a reset as an end. But who is only half gone has an address; who is after `shutdown`, nobody knows. */
  private get isReset(): bool {
    const remote: usize = memory.data(ADDRESS, 4);
    return !this.isShut && tcp_remote(this.socket, remote) != 0;
  }

  private fail(): void {
    if (!this.isBroken) broken.add();
    this.isBroken = true;
  }

  until(deadline: i64): void {
    this.deadline = deadline;
  }

  noDelay(isSet: bool): void {}

  giveUpAfter(duration: i64): void {}

  shutdown(): void {
    if (!this.isOpen) return;
    this.isShut = true;
    tcp_shutdown(this.socket);
  }

  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    closed.add();
    const readable = this.readable;
    const writable = this.writable;
    if (readable) readable.drop();
    if (writable) writable.drop();
    // A host that is dropped what it is still writing to loses that, or lets the whole image wait for it.
    if (!this.isWriting || stream_room(this.output) != 0) this.giveBack();
    else if (threads()) start(new Closing(this), "closing");
    else this.finish();
  }

  /** Drops the connection when the host has written what it has: the other side has read it, or is gone. */
  finish(): void {
    const writable = new Readiness(stream_writable(this.output));
    while (!stream_room(this.output)) writable.wait(NEVER);
    writable.drop();
    this.giveBack();
  }

  private giveBack(): void {
    tcp_close(this.handles);
    openFlows.add(-1);
  }

  address(): Address {
    return this.remote;
  }

  port(): u16 {
    return this.remotePort;
  }
}

class Closing extends Task {
  constructor(private readonly flow: SocketFlow) {
    super();
  }

  run(): void {
    this.flow.finish();
  }
}
