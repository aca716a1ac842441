import { Waiter } from "../ip";
import { Cause, State } from "./state";
import { Tcb } from "./tcb";
import { isReopened } from "./window";

/** `read`: the other side has ended, and all is read. */
export const END: i32 = -1;
/** `read` and `write`: the connection is over, see `cause`, and all that came before is read; or this side has ended what it writes. */
export const BROKEN: i32 = -2;

/**
 * One end of a connection. It belongs to who connected or accepted it, until `close` or `abort`, of which one has to be
 * called, once the connection is over, too: from then on the stack alone does what is left to do, and calls answer `BROKEN`.
 *
 * Calls never block, and never send: what they leave to do is done by the next `Tcp.step`.
 */
export class Connection {
  /** Is woken when the state changes; when there are bytes, after a `read` that found none; when there is room, after a `write` that found less than it needed. */
  waiter: Waiter | null = null;
  private lastCause: Cause = Cause.NONE;

  private constructor(private tcb: Tcb | null) {}

  /** Not for users: the owner of this connection. It is pinned, since raw memory refers to it. */
  static of(tcb: Tcb): Connection {
    const connection = new Connection(tcb);
    tcb.owner = __pin(changetype<usize>(connection));
    return connection;
  }

  get state(): State {
    const tcb = this.tcb;
    return tcb ? tcb.state : State.CLOSED;
  }

  /** Why it is over; `NONE` while it is not, and when it has ended as both sides wanted. */
  get cause(): Cause {
    const tcb = this.tcb;
    return tcb ? tcb.cause : this.lastCause;
  }

  /** Bytes that can be read. */
  get available(): i32 {
    const tcb = this.tcb;
    return tcb ? tcb.incoming.used : 0;
  }

  /** Bytes that can be written. */
  get space(): i32 {
    const tcb = this.tcb;
    return tcb && canWrite(tcb) ? tcb.sndBuffer - tcb.outgoing.used : 0;
  }

  /** Reads up to `size` bytes to `at`. Returns how many; 0: none yet; `END`; `BROKEN`. */
  read(at: usize, size: i32): i32 {
    const tcb = this.tcb;
    if (!tcb) return BROKEN;
    const incoming = tcb.incoming;
    const count = min(size, incoming.used);
    if (count <= 0) {
      if (size <= 0) return 0;
      if (tcb.isEnded) return END;
      if (tcb.state == State.CLOSED) return BROKEN;
      tcb.wantsBytes = true;
      return 0;
    }
    incoming.get(0, at, count);
    incoming.drop(count);
    if (!incoming.used && !tcb.ranges.count) incoming.release();
    if (!tcb.isEnded && isReopened(tcb)) {
      tcb.ackNow = true;
      tcb.pend();
    }
    return count;
  }

  /** Takes up to `size` bytes from `at`, to be sent in their order. Returns how many: as much as there is room for; or `BROKEN`. */
  write(at: usize, size: i32): i32 {
    const tcb = this.tcb;
    if (!tcb || !canWrite(tcb)) return BROKEN;
    const outgoing = tcb.outgoing;
    const room = min(size, tcb.sndBuffer - outgoing.used);
    const count = room > 0 ? outgoing.extend(room) : 0;
    if (count < size) tcb.wantsSpace = true;
    if (count <= 0) return 0;
    outgoing.put(outgoing.used, at, count);
    outgoing.used += count;
    tcb.pend();
    return count;
  }

  /** This side has written all: the other one reads an end behind it. Reading goes on. */
  shutdown(): void {
    const tcb = this.tcb;
    if (tcb) queueFin(tcb);
  }

  /**
   * Gives the connection to the stack, which sends what is written, and FIN. Where something has come and is not read, it
   * sends RST instead, so that the other side knows of the loss (RFC 9293 section 3.6.1).
   */
  close(): void {
    const tcb = this.tcb;
    if (!tcb) return;
    if (tcb.incoming.used || tcb.state == State.SYN_SENT) {
      this.abort();
      return;
    }
    queueFin(tcb);
    this.leave(tcb);
  }

  /** Ends the connection at once: what is not sent is lost, and the other side is told by RST. */
  abort(): void {
    const tcb = this.tcb;
    if (!tcb) return;
    tcb.abortQueued = true;
    this.leave(tcb);
    if (this.lastCause == Cause.NONE) this.lastCause = Cause.ABORTED;
  }

  private leave(tcb: Tcb): void {
    this.lastCause = tcb.cause;
    this.tcb = null;
    this.waiter = null;
    tcb.owner = 0;
    tcb.incoming.release();
    tcb.pend();
    __unpin(changetype<usize>(this));
  }

  /** Whether small pieces go out at once; else one is on its way at a time (RFC 9293 section 3.7.4, "Nagle"). */
  get noDelay(): bool {
    const tcb = this.tcb;
    return tcb ? tcb.noDelay : false;
  }

  set noDelay(value: bool) {
    const tcb = this.tcb;
    if (!tcb) return;
    tcb.noDelay = value;
    tcb.pend();
  }

  /**
   * Asks a silent other side whether it is there: after `idle` nanoseconds, then every `interval`, `count` times, until it
   * counts as gone (`TIMEOUT`). An `idle` of 0, as it is at first: never.
   */
  keepAlive(idle: i64 = 7_200_000_000_000, interval: i64 = 75_000_000_000, count: i32 = 9): void {
    const tcb = this.tcb;
    if (!tcb) return;
    tcb.keepaliveIdle = idle;
    tcb.keepaliveInterval = interval;
    tcb.keepaliveCount = count;
    tcb.keepaliveStarts = true;
    tcb.pend();
  }

  /** How long, in nanoseconds, what is sent may go without an acknowledgement until the connection counts as gone (RFC 9293 section 3.8.3). */
  giveUpAfter(time: i64): void {
    const tcb = this.tcb;
    if (tcb) tcb.giveUp = time;
  }

  /** Has somebody on the way said, since something was acknowledged, that the other side can't be reached? It may be over soon. */
  get isDoubtful(): bool {
    const tcb = this.tcb;
    return tcb ? tcb.softError : false;
  }

  get localHigh(): u64 {
    const tcb = this.tcb;
    return tcb ? tcb.localHigh : 0;
  }

  get localLow(): u64 {
    const tcb = this.tcb;
    return tcb ? tcb.localLow : 0;
  }

  get localPort(): u16 {
    const tcb = this.tcb;
    return tcb ? tcb.localPort : 0;
  }

  get remoteHigh(): u64 {
    const tcb = this.tcb;
    return tcb ? tcb.remoteHigh : 0;
  }

  get remoteLow(): u64 {
    const tcb = this.tcb;
    return tcb ? tcb.remoteLow : 0;
  }

  get remotePort(): u16 {
    const tcb = this.tcb;
    return tcb ? tcb.remotePort : 0;
  }
}

function canWrite(tcb: Tcb): bool {
  return tcb.state != State.CLOSED && !tcb.finQueued && !tcb.finAcked;
}

/** The CLOSE call of RFC 9293 section 3.10.4. */
function queueFin(tcb: Tcb): void {
  if (!canWrite(tcb)) return;
  tcb.finQueued = true;
  if (tcb.state == State.ESTABLISHED) tcb.state = State.FIN_WAIT_1;
  else if (tcb.state == State.CLOSE_WAIT) tcb.state = State.LAST_ACK;
  tcb.pend();
}
