import { clock_monotonic } from "mirage-wasm/abi";
import { Connection, END } from "mirage-wasm/drivers/net/tcp/connection";
import { Listener } from "mirage-wasm/drivers/net/tcp/listener";
import { Cause, State } from "mirage-wasm/drivers/net/tcp/state";
import { ErrorCode, failure } from "mirage-wasm/socket-error";
import { data, givenHigh, givenLow, givenPort, MOST, put } from "./buffer";
import { Family } from "./family";
import { Rest } from "./rest";

/** The states of wasi:sockets/tcp, of which what can be done depends. */
enum Phase {
  UNBOUND,
  BINDING,
  BOUND,
  STARTING,
  LISTENING,
  CONNECTING,
  CONNECTED,
  CLOSED,
}

/** What a stream says, beside how many bytes: it has ended, or is broken. */
const CLOSED: i32 = -1;
const BROKEN: i32 = -2;

export class TcpSocket {
  private phase: Phase = Phase.UNBOUND;
  /** The address that it is bound to, or all of the host's. */
  private high: u64 = 0;
  private low: u64 = 0;
  private backlog: i32 = 128;
  /** From `bind` on: who binds a port means to listen there, and so nobody else has it. */
  private listener: Listener | null = null;
  private connection: Connection | null = null;
  private isShut: bool = false;
  /** Nothing more is to be read. */
  private isDeaf: bool = false;

  private readonly rest: Rest = new Rest();

  constructor(private readonly family: Family) {}

  /** One that was accepted. */
  static of(family: Family, connection: Connection): TcpSocket {
    const socket = new TcpSocket(family);
    socket.phase = Phase.CONNECTED;
    socket.own(connection);
    return socket;
  }

  /** Small pieces go out at once, as they do on other hosts: WASI 0.2 has no call by which a program could ask for that. */
  private own(connection: Connection): void {
    connection.noDelay = true;
    this.connection = connection;
  }

  get isV6(): bool {
    return this.family.isV6;
  }

  setBacklog(size: i32): i32 {
    if (size < 1) return failure(ErrorCode.INVALID_ARGUMENT);
    if (this.phase >= Phase.CONNECTING) return failure(ErrorCode.INVALID_STATE);
    // One that listens keeps what it has.
    this.backlog = size;
    return 0;
  }

  startBind(): i32 {
    if (this.phase != Phase.UNBOUND) return failure(ErrorCode.INVALID_STATE);
    if (!this.family.isOwn(givenHigh, givenLow)) return failure(ErrorCode.ADDRESS_NOT_BINDABLE);
    const listener = this.family.tcp.listen(givenPort, this.backlog);
    if (!listener) return failure(ErrorCode.ADDRESS_IN_USE);
    this.high = givenHigh;
    this.low = givenLow;
    this.listener = listener;
    this.phase = Phase.BINDING;
    return 0;
  }

  finishBind(): i32 {
    return this.pass(Phase.BINDING, Phase.BOUND, ErrorCode.NOT_IN_PROGRESS);
  }

  startListen(): i32 {
    return this.pass(Phase.BOUND, Phase.STARTING, ErrorCode.INVALID_STATE);
  }

  finishListen(): i32 {
    return this.pass(Phase.STARTING, Phase.LISTENING, ErrorCode.NOT_IN_PROGRESS);
  }

  private pass(from: Phase, to: Phase, otherwise: ErrorCode): i32 {
    if (this.phase != from) return failure(otherwise);
    this.phase = to;
    return 0;
  }

  get isListening(): bool {
    return this.phase == Phase.LISTENING;
  }

  /** The next connection, or null: there is none yet. */
  accept(): TcpSocket | null {
    const listener = this.listener!;
    let connection = listener.accept();
    while (connection) {
      if (this.isFor(connection)) return TcpSocket.of(this.family, connection);
      connection.abort();
      connection = listener.accept();
    }
    return null;
  }

  /** Is it to the address that this socket is bound to? The stack's ports are those of all addresses. */
  private isFor(connection: Connection): bool {
    return this.family.isUnspecified(this.high, this.low) || (connection.localHigh == this.high && connection.localLow == this.low);
  }

  startConnect(): i32 {
    // A port of one's own choice is for those who listen.
    if (this.phase == Phase.BOUND) return failure(ErrorCode.NOT_SUPPORTED);
    if (this.phase != Phase.UNBOUND) return failure(ErrorCode.INVALID_STATE);
    if (!givenPort || this.family.isUnspecified(givenHigh, givenLow) || this.family.ip.isForMany(givenHigh, givenLow)) return failure(ErrorCode.INVALID_ARGUMENT);
    const connection = this.family.tcp.connect(givenHigh, givenLow, givenPort, clock_monotonic());
    if (!connection) return failure(ErrorCode.REMOTE_UNREACHABLE);
    this.own(connection);
    this.phase = Phase.CONNECTING;
    return 0;
  }

  finishConnect(): i32 {
    if (this.phase != Phase.CONNECTING) return failure(ErrorCode.NOT_IN_PROGRESS);
    if (!this.isReady) return failure(ErrorCode.WOULD_BLOCK);
    const connection = this.connection!;
    const isOver = connection.state == State.CLOSED && connection.cause != Cause.NONE;
    this.phase = isOver ? Phase.CLOSED : Phase.CONNECTED;
    return isOver ? failure(codeOf(connection.cause)) : 0;
  }

  /** Will what it does not block: accept, or the end of connect? */
  get isReady(): bool {
    if (this.phase == Phase.LISTENING) return this.listener!.ready.length > 0;
    if (this.phase != Phase.CONNECTING) return true;
    const state = this.connection!.state;
    return state != State.SYN_SENT && state != State.SYN_RECEIVED;
  }

  local(): i32 {
    const connection = this.connection;
    const listener = this.listener;
    const isV6 = this.family.isV6;
    if (listener && this.phase >= Phase.BOUND) put(isV6, this.high, this.low, listener.port);
    else if (connection && connection.localPort) put(isV6, connection.localHigh, connection.localLow, connection.localPort);
    else return failure(ErrorCode.INVALID_STATE);
    return 0;
  }

  remote(): i32 {
    const connection = this.connection;
    if (!connection || this.phase != Phase.CONNECTED || connection.state == State.CLOSED) return failure(ErrorCode.INVALID_STATE);
    put(this.family.isV6, connection.remoteHigh, connection.remoteLow, connection.remotePort);
    return 0;
  }

  shutdown(reads: bool, writes: bool): i32 {
    if (this.phase != Phase.CONNECTED) return failure(ErrorCode.INVALID_STATE);
    if (writes) {
      this.isShut = true;
      this.breakOff();
      this.connection!.shutdown();
    }
    if (reads) this.isDeaf = true;
    return 0;
  }

  read(size: i32): i32 {
    if (this.isDeaf) return CLOSED;
    const count = this.connection!.read(data, min(size, MOST));
    return count >= 0 ? count : count == END ? CLOSED : BROKEN;
  }

  get isReadable(): bool {
    const connection = this.connection!;
    const state = connection.state;
    return this.isDeaf || connection.available > 0 || (state != State.ESTABLISHED && state != State.FIN_WAIT_1 && state != State.FIN_WAIT_2);
  }

  /** How many bytes can be written. */
  room(): i32 {
    const connection = this.connection!;
    if (this.isShut) return CLOSED;
    if (!this.rest.flush(connection)) return 0;
    return connection.state == State.CLOSED ? BROKEN : min(connection.space, MOST);
  }

  /** Takes `size` bytes, for which `room` has said that there is room. */
  write(size: i32): i32 {
    const count = this.connection!.write(data, size);
    if (count >= 0 && count < size) this.rest.keep(data + <usize>count, size - count);
    return count;
  }

  /** What is left over would be missing in front of the end that the other side hears: it hears of a break instead. */
  private breakOff(): void {
    if (!this.rest.flush(this.connection!)) this.connection!.abort();
  }

  get isWritable(): bool {
    return this.room() != 0;
  }

  close(): void {
    const listener = this.listener;
    const connection = this.connection;
    if (listener) listener.close();
    if (connection) {
      this.breakOff();
      connection.close();
      this.rest.drop();
    }
    this.phase = Phase.CLOSED;
  }
}

function codeOf(cause: Cause): ErrorCode {
  switch (cause) {
    case Cause.REFUSED:
      return ErrorCode.CONNECTION_REFUSED;
    case Cause.RESET:
      return ErrorCode.CONNECTION_RESET;
    case Cause.TIMEOUT:
      return ErrorCode.TIMEOUT;
    case Cause.UNREACHABLE:
      return ErrorCode.REMOTE_UNREACHABLE;
    default:
      return ErrorCode.CONNECTION_ABORTED;
  }
}
