import { Address } from "mirage-wasm/address";
import { addressOf } from "mirage-wasm/drivers/net/address";
import { BROKEN, Connection, END } from "mirage-wasm/drivers/net/tcp/connection";
import { Listener as Port } from "mirage-wasm/drivers/net/tcp/listener";
import { Cause, State } from "mirage-wasm/drivers/net/tcp/state";
import { Flow, Listener, NEVER } from "mirage-wasm/flow";
import { failed, Outcome, Result } from "mirage-wasm/result";
import { Signal } from "./signal";

/** A connection of TCP whose calls block. */
export class TcpFlow implements Flow {
  private readonly signal: Signal = new Signal();
  private readonly remote: Address;
  private readonly remotePort: u16;
  private deadline: i64 = NEVER;

  constructor(private readonly connection: Connection) {
    this.remote = addressOf(connection.remoteHigh, connection.remoteLow);
    this.remotePort = connection.remotePort;
    connection.waiter = this.signal;
  }

  /** Blocks until it is open. What fails is closed. */
  open(deadline: i64): Result {
    const connection = this.connection;
    let result = Result.OK;
    while (result == Result.OK && (connection.state == State.SYN_SENT || connection.state == State.SYN_RECEIVED)) result = this.signal.wait(deadline);
    if (result == Result.OK && connection.state == State.CLOSED) result = resultOf(connection.cause);
    if (result != Result.OK) connection.abort();
    return result;
  }

  read(bytes: Uint8Array): i32 {
    while (true) {
      const count = this.connection.read(bytes.dataStart, bytes.byteLength);
      if (count > 0 || !bytes.byteLength) return count;
      if (count == END) return 0;
      if (count == BROKEN) return Result.CLOSED;
      const result = this.signal.wait(this.deadline);
      if (result != Result.OK) return result;
    }
  }

  write(bytes: Uint8Array, size: i32): Result {
    assert(size <= bytes.length, "more bytes than there are");
    for (let at = 0; at < size; ) {
      const count = this.connection.write(bytes.dataStart + <usize>at, size - at);
      if (count < 0) return Result.CLOSED;
      at += count;
      if (at == size) break;
      const result = this.signal.wait(this.deadline);
      if (result != Result.OK) return result;
    }
    return Result.OK;
  }

  until(deadline: i64): void {
    this.deadline = deadline;
  }

  noDelay(isSet: bool): void {
    this.connection.noDelay = isSet;
  }

  giveUpAfter(duration: i64): void {
    this.connection.giveUpAfter(duration);
  }

  shutdown(): void {
    this.connection.shutdown();
  }

  close(): void {
    this.connection.close();
    // Who still waits hears of it.
    this.signal.wake();
  }

  address(): Address {
    return this.remote;
  }

  port(): u16 {
    return this.remotePort;
  }
}

/** A port of TCP whose calls block. */
export class TcpListener implements Listener {
  private readonly signal: Signal = new Signal();

  constructor(private readonly listener: Port) {
    listener.waiter = this.signal;
  }

  accept(deadline: i64 = NEVER): Outcome<Flow> {
    while (this.listener.isOpen) {
      const connection = this.listener.accept();
      if (connection) return new Outcome<Flow>(Result.OK, new TcpFlow(connection));
      const result = this.signal.wait(deadline);
      if (result != Result.OK) return failed<Flow>(result);
    }
    return failed<Flow>(Result.CLOSED);
  }

  close(): void {
    this.listener.close();
    // Who still waits hears of it.
    this.signal.wake();
  }

  port(): u16 {
    return this.listener.port;
  }
}

function resultOf(cause: Cause): Result {
  switch (cause) {
    case Cause.REFUSED:
      return Result.REFUSED;
    case Cause.UNREACHABLE:
      return Result.UNREACHABLE;
    case Cause.TIMEOUT:
      return Result.TIMEOUT;
    default:
      return Result.CLOSED;
  }
}
