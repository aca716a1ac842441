import { FIRST_BUFFER } from "./autotune";
import { Congestion } from "./congestion";
import { Connection } from "./connection";
import { Ranges } from "./ranges";
import { Ring } from "./ring";
import { Rtt } from "./rtt";
import { Scoreboard } from "./scoreboard";
import { isAfter } from "./sequence";
import { Cause, State } from "./state";
import { Tcp } from "./tcp";
import { TcbList } from "./tcb-list";
import { NEVER, Timers } from "./timers";

/** Given up after so long without an acknowledgement: R2 (RFC 9293 section 3.8.3), and what a user may change. */
export const GIVE_UP: i64 = 300_000_000_000;

/**
 * A connection as the stack sees it: its transmission control block (RFC 9293 section 3.3.1, whose names of variables
 * these are). Raw memory, so that a segment costs the collector nothing. The stack frees it when it is `CLOSED` and has no
 * owner; `Tcp.step` does so, nobody else.
 */
@unmanaged
export class Tcb {
  // Who. Ports lie as in a segment of the other side's: its own in the lower half.
  remoteHigh: u64;
  remoteLow: u64;
  localHigh: u64;
  localLow: u64;
  ports: u32;

  /** Its hash, and the next one with the same place in the table. */
  hash: u32;
  inBucket: Tcb | null;
  /** The list in which it is: half open, not accepted, or in TIME_WAIT. */
  list: TcbList | null;
  newer: Tcb | null;
  older: Tcb | null;
  /** Those that `step` has to look at. */
  pending: Tcb | null;
  isPending: bool;

  /** The `Tcp`, which outlives it, and its timers. */
  stack: usize;
  timers: Timers;
  /** The `Listener` that it is still of; 0: it was opened by this side, or accepted. */
  listener: usize;
  /** The `Connection`, pinned; 0: it has none (any more), and the stack alone keeps it. */
  owner: usize;

  state: State;
  cause: Cause;

  // What is sent.
  iss: u32;
  sndUna: u32;
  sndNxt: u32;
  /** The highest that `sndNxt` ever was: it goes back when what follows a loss is sent again. */
  sndMax: u32;
  /** What the other side has room for, in bytes, and the most that it ever had. */
  sndWnd: i32;
  sndMaxWnd: i32;
  sndWl1: u32;
  sndWl2: u32;
  /** -1: windows are not scaled. */
  sndScale: i32;
  /** Bytes of text that a full segment of ours has, and what the other side has told. */
  mss: i32;
  peerMss: i32;
  noDelay: bool;
  /** Bytes that the ring may hold (autotune.ts). */
  sndBuffer: i32;
  /** FIN follows what is in the ring. */
  finQueued: bool;
  finAcked: bool;
  /** The other side takes and tells which segments have arrived (RFC 2018). */
  sack: bool;
  /** The last segment was sent once more, since nothing was heard of it (RFC 8985 section 7): when, and what is to be acknowledged. */
  tailProbed: bool;
  tailProbedAt: i64;
  tailEnd: u32;
  /** The user has given it up: RST is to be sent. */
  abortQueued: bool;

  // What is received.
  irs: u32;
  rcvNxt: u32;
  /** Where the window that was told ends, and where it would without scaling. */
  rcvTold: u32;
  rcvEdge: u32;
  rcvScale: i32;
  /** Bytes of text that a full segment of the other side's may have. */
  rcvMss: i32;
  /** What has come a second time, for the other side to know (RFC 2883); nothing where both are the same. */
  twiceStart: u32;
  twiceEnd: u32;
  /** `rcvNxt` as it was told last. */
  lastAck: u32;
  /** Segments with text that came since. */
  unacknowledged: i32;
  /** Segments that are still to be acknowledged at once. */
  promptAcks: i32;
  /** An acknowledgement goes out with the next `output`. */
  ackNow: bool;
  /** FIN has arrived, perhaps before what precedes it. */
  finReceived: bool;
  finSequence: u32;
  /** All before FIN has arrived too. */
  isEnded: bool;

  /** Bytes that the ring may hold (autotune.ts), … */
  rcvBuffer: i32;
  /** … and what is measured for it: since when, which number the user had read up to, the shortest round trip since, where the window ended. */
  tunedAt: i64;
  tunedRead: u32;
  tunedTicks: u32;
  tunedEdge: u32;

  // Timestamps (RFC 7323).
  timestamps: bool;
  tsOffset: u32;
  tsRecent: u32;
  tsRecentAt: i64;

  // A segment whose round trip is measured.
  isTimed: bool;
  timedSequence: u32;
  /** When it was sent; where none is measured, when something was last sent again. */
  timedAt: i64;
  /** When the first of the timeouts in a row was. */
  timedOutAt: i64;

  // When something is due, in nanoseconds; `NEVER`: it is not.
  retransmitAt: i64;
  /** That is for the last segment, and not yet for the first one. */
  probesTail: bool;
  /** Something counts as lost if it has not arrived (RFC 8985 section 6.3). */
  lossAt: i64;
  /** A window that is closed is probed. */
  persistAt: i64;
  persists: i32;
  ackAt: i64;
  keepaliveAt: i64;
  /** TIME_WAIT is over, or FIN_WAIT_2 without an owner. */
  endAt: i64;
  /** Place in the heap of timers, -1 outside, and the time by which it stands there. */
  place: i32;
  due: i64;

  /** When the last good segment came. */
  heardAt: i64;
  /** Since when what is sent waits for an acknowledgement. */
  waitsSince: i64;
  /** When new text was sent last. */
  sentAt: i64;
  giveUp: i64;
  /** The user has set how; the time begins with the next `step`. */
  keepaliveStarts: bool;
  keepaliveIdle: i64;
  keepaliveInterval: i64;
  keepaliveCount: i32;
  keepalives: i32;
  /** Of the SYN, too. */
  lostSyn: bool;
  /** Somebody says that there is no way (RFC 1122 section 4.2.3.9). */
  softError: bool;

  /** Challenge ACKs in the second that began then (RFC 5961 section 7). */
  challengesSince: i64;
  challenges: i32;

  /** A call came back with less than was wanted: the owner is to be woken. */
  wantsBytes: bool;
  wantsSpace: bool;

  /** The sum of the addresses and the protocol, for checksums. */
  pseudo: u64;

  static create(): Tcb {
    const block = heap.alloc(TCB);
    memory.fill(block, 0, TCB);
    const tcb = changetype<Tcb>(block);
    tcb.retransmitAt = NEVER;
    tcb.lossAt = NEVER;
    tcb.persistAt = NEVER;
    tcb.ackAt = NEVER;
    tcb.keepaliveAt = NEVER;
    tcb.endAt = NEVER;
    tcb.due = NEVER;
    tcb.place = -1;
    tcb.giveUp = GIVE_UP;
    tcb.sndBuffer = FIRST_BUFFER;
    tcb.rcvBuffer = FIRST_BUFFER;
    tcb.sndScale = -1;
    tcb.rtt.begin();
    return tcb;
  }

  /** What is sent and not acknowledged, then what is not sent. */
  @inline
  get outgoing(): Ring {
    return changetype<Ring>(changetype<usize>(this) + OUTGOING);
  }

  /** What has arrived and is not read. */
  @inline
  get incoming(): Ring {
    return changetype<Ring>(changetype<usize>(this) + INCOMING);
  }

  @inline
  get ranges(): Ranges {
    return changetype<Ranges>(changetype<usize>(this) + RANGES);
  }

  @inline
  get rtt(): Rtt {
    return changetype<Rtt>(changetype<usize>(this) + RTT);
  }

  @inline
  get congestion(): Congestion {
    return changetype<Congestion>(changetype<usize>(this) + CONGESTION);
  }

  @inline
  get board(): Scoreboard {
    return changetype<Scoreboard>(changetype<usize>(this) + BOARD);
  }

  @inline
  get tcp(): Tcp {
    return changetype<Tcp>(this.stack);
  }

  get localPort(): u16 {
    return bswap<u16>(<u16>(this.ports >> 16));
  }

  get remotePort(): u16 {
    return bswap<u16>(<u16>this.ports);
  }

  /** Both have said SYN, and it is not over. */
  get isSynchronized(): bool {
    return this.state >= State.ESTABLISHED;
  }

  /** Sequence numbers on their way. */
  @inline
  get flight(): i32 {
    return <i32>(this.sndNxt - this.sndUna);
  }

  /** Of these, what has neither arrived behind a hole nor is lost. */
  @inline
  get pipe(): i32 {
    return this.flight - this.board.sacked - this.board.lost;
  }

  /**
   * The number of a segment without text: one that is still to come for the other side, though what it lacks is being sent
   * again. Never one behind the other side's window, which may have been taken back: it would not be heard (RFC 9293 section 3.4).
   */
  @inline
  get emptySequence(): u32 {
    const edge = this.sndUna + this.sndWnd;
    return isAfter(this.sndMax, edge) ? edge : this.sndMax;
  }

  /** How many bytes from `rcvNxt` on the other side was told that it may send. */
  @inline
  get rcvWnd(): i32 {
    return max(<i32>(this.rcvTold - this.rcvNxt), 0);
  }

  /** So many bytes from this number on have come a second time. */
  tellTwice(sequence: u32, size: i32): void {
    this.twiceStart = sequence;
    this.twiceEnd = sequence + size;
  }

  /** Karn's algorithm: something is sent again, and what comes back may be for either. */
  stopTiming(now: i64): void {
    this.isTimed = false;
    this.timedAt = now;
  }

  startKeepalive(now: i64): void {
    this.keepaliveStarts = false;
    this.keepalives = 0;
    if (!this.isSynchronized || !this.keepaliveIdle) {
      this.keepaliveAt = NEVER;
      return;
    }
    this.keepaliveAt = now + this.keepaliveIdle;
    this.timers.add(this, this.keepaliveAt);
  }

  /** `Tcp.step` has to look at it. */
  pend(): void {
    if (!this.isPending) this.tcp.pend(this);
  }

  /** `Tcp.step` calls this, once it is `CLOSED` and has no owner. */
  free(): void {
    this.incoming.release();
    this.board.release();
    heap.free(changetype<usize>(this));
  }

  /** Wakes who waits for room, once there is some that is worth it. */
  tellSpace(): void {
    if (this.sndBuffer - this.outgoing.used < this.sndBuffer >> 2) return;
    this.wantsSpace = false;
    this.wake();
  }

  /** Tells the owner that calls may succeed now. */
  wake(): void {
    if (!this.owner) return;
    const waiter = changetype<Connection>(this.owner).waiter;
    if (waiter) waiter.wake();
  }
}

// The parts behind it, each aligned.
// @ts-ignore: decorator
@inline
const OUTGOING: usize = (offsetof<Tcb>() + 7) & ~7;
// @ts-ignore: decorator
@inline
const INCOMING: usize = OUTGOING + ((offsetof<Ring>() + 7) & ~7);
// @ts-ignore: decorator
@inline
const RANGES: usize = INCOMING + ((offsetof<Ring>() + 7) & ~7);
// @ts-ignore: decorator
@inline
const RTT: usize = RANGES + ((offsetof<Ranges>() + 7) & ~7);
// @ts-ignore: decorator
@inline
const CONGESTION: usize = RTT + ((offsetof<Rtt>() + 7) & ~7);
// @ts-ignore: decorator
@inline
const BOARD: usize = CONGESTION + ((offsetof<Congestion>() + 7) & ~7);
// @ts-ignore: decorator
@inline
const TCB: usize = BOARD + ((offsetof<Scoreboard>() + 7) & ~7);
