import { stream_read, stream_readable, stream_room, stream_writable, stream_write, tcp_close, tcp_connected, tcp_pollable, tcp_remote, tcp_shutdown } from "mirage-wasm/abi";
import { Address } from "mirage-wasm/address";
import { Flow, NEVER } from "mirage-wasm/flow";
import { threads } from "mirage-wasm/link";
import { Result } from "mirage-wasm/result";
import { Task } from "mirage-wasm/scheduler/task";
import { start } from "mirage-wasm/scheduler/thread";
import { ADDRESS } from "mirage-wasm/socket-address";
import { resultOf, WOULD_BLOCK } from "./error-code";
import { Readiness } from "./readiness";
import { broken, bytesRead, bytesWritten, closed, connected } from "./socket-counters";

/** Bytes of one read: hosts make room for as many as are asked for. */
const MOST: i32 = 65_536;
/** Of `stream_read`. */
const END: i32 = -1;

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
  }

  private get handles(): usize {
    return changetype<usize>(this) + offsetof<SocketFlow>("socket");
  }

  /** Blocks until it is connected. What fails is closed. */
  open(deadline: i64): Result {
    const ready = new Readiness(tcp_pollable(this.socket));
    let result = Result.OK;
    let code = tcp_connected(this.handles);
    while (code == WOULD_BLOCK && result == Result.OK) {
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
    while (this.isOpen) {
      const count = stream_read(this.input, bytes.dataStart, min(bytes.byteLength, MOST));
      if (count > 0) {
        bytesRead.add(count);
        return count;
      }
      if (count == END && !this.isBroken && !this.isReset) return 0;
      if (count < 0) return this.fail();
      let readable = this.readable;
      if (!readable) this.readable = readable = new Readiness(stream_readable(this.input));
      const result = readable.wait(this.deadline);
      if (result != Result.OK) return result;
    }
    return Result.CLOSED;
  }

  /** Returns when the host's TCP has all of it: what the host was still writing would be lost at `close`. */
  write(bytes: Uint8Array, size: i32): Result {
    assert(size <= bytes.length, "more bytes than there are");
    let at = 0;
    while (this.isOpen) {
      const room = this.room ? this.room : stream_room(this.output);
      this.room = max(room, 0);
      this.isWriting = !room;
      if (room < 0) return this.isShut ? Result.CLOSED : this.fail();
      if (!room) {
        const result = this.waitForRoom();
        if (result != Result.OK) return result;
        continue;
      }
      if (at == size) return Result.OK;
      const count = min(room, size - at);
      this.room = 0;
      this.isWriting = true;
      if (stream_write(this.output, bytes.dataStart + <usize>at, count)) return this.fail();
      bytesWritten.add(count);
      at += count;
    }
    return Result.CLOSED;
  }

  /** Hosts may tell a reset as an end. But who is only half gone has an address; who is after `shutdown`, nobody knows. */
  private get isReset(): bool {
    const remote: usize = memory.data(ADDRESS, 4);
    return !this.isShut && tcp_remote(this.socket, remote) != 0;
  }

  private waitForRoom(): Result {
    let writable = this.writable;
    if (!writable) this.writable = writable = new Readiness(stream_writable(this.output));
    return writable.wait(this.deadline);
  }

  private fail(): Result {
    if (!this.isBroken) broken.add();
    this.isBroken = true;
    return Result.CLOSED;
  }

  until(deadline: i64): void {
    this.deadline = deadline;
  }

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
    if (!this.isWriting || stream_room(this.output) != 0) tcp_close(this.handles);
    else if (threads()) start(new Closing(this), "closing");
    else this.finish();
  }

  /** Drops the connection when the host has written what it has: the other side has read it, or is gone. */
  finish(): void {
    const writable = new Readiness(stream_writable(this.output));
    while (!stream_room(this.output)) writable.wait(NEVER);
    writable.drop();
    tcp_close(this.handles);
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
