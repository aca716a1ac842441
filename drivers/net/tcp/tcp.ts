import { fold, pseudoSum, sum } from "../checksum";
import { Ip, Protocol, TCP, Unreachable, Waiter } from "../ip";
import { arrive } from "./arrive";
import { Connection } from "./connection";
import { arriveWithCookie } from "./cookie";
import { badChecksums, malformed, received, recycled } from "./counters";
import { expire } from "./expire";
import { finish, linger } from "./finish";
import { arriveInListen, beginActive } from "./handshake";
import { Listener } from "./listener";
import { readOptions } from "./options";
import { output } from "./output";
import { Ports } from "./ports";
import { refuse } from "./refuse";
import { INITIAL, Secret, TABLE } from "./secret";
import { ACK, HEADER, RST, Segment, SYN } from "./segment";
import { isAfter } from "./sequence";
import { Cause, State } from "./state";
import { Table } from "./table";
import { Tcb } from "./tcb";
import { TcbList } from "./tcb-list";
import { NEVER, Timers } from "./timers";
import { transmitReset } from "./transmit";
import { unreachable } from "./unreachable";

/** The clock of initial sequence numbers ticks every 2^12 ns (RFC 6528 section 3). */
const ISN_SHIFT: i64 = 12;
/** How far a connection begins behind the last one of the same ports. */
const ISN_STEP: u32 = 1 << 17;
/** IP takes what it had no room for after so long. */
const RETRY: i64 = 10_000_000;

/** The segment that is looked at. */
const arrived = changetype<Segment>(memory.data(offsetof<Segment>(), 8));

/**
 * TCP (RFC 9293): connections above an `Ip`. It does nothing by itself: who drives it gives it what arrives (`input`,
 * `unreachable`) and calls `step`, after a batch of that, at the time that `step` said, and when `waiter` is woken. Nothing
 * is allocated for a segment. It is never freed.
 */
export class Tcp extends Protocol {
  /** Is woken when a call on a connection has left something for `step` to do. */
  waiter: Waiter | null = null;
  readonly table: Table;
  readonly timers: Timers = Timers.create();
  readonly timeWait: TcbList = TcbList.create();
  readonly secret: Secret;
  private readonly ports: Ports = Ports.create();
  private listeners: Listener | null = null;
  private pending: Tcb | null = null;

  /** `secretLow` and `secretHigh` are random, and known to nobody else. */
  constructor(
    readonly ip: Ip,
    secretLow: u64,
    secretHigh: u64,
  ) {
    super(TCP);
    const secret = Secret.create(secretLow, secretHigh);
    this.secret = secret;
    this.table = Table.create(secret.hash(0, 0, 0, 0, 0, TABLE));
    // Raw memory refers to it.
    __pin(changetype<usize>(this));
    ip.add(this);
  }

  /** Begins to connect. The caller owns the connection. Null: there is no way to the address, or no port is free. */
  connect(toHigh: u64, toLow: u64, port: u16, now: i64): Connection | null {
    const ip = this.ip;
    if (!port || ip.isForMany(toHigh, toLow) || !ip.route(toHigh, toLow)) return null;
    const fromHigh = ip.sourceHigh;
    const fromLow = ip.sourceLow;
    const ports = this.ports.choose(this, toHigh, toLow, fromHigh, fromLow, port);
    if (!ports) return null;
    let iss = this.initialSequence(toHigh, toLow, fromHigh, fromLow, ports, now);
    const last = this.table.find(toHigh, toLow, fromHigh, fromLow, ports);
    if (last) iss = this.recycle(last, iss);
    const tcb = this.create(toHigh, toLow, fromHigh, fromLow, ports, iss, now);
    const connection = Connection.of(tcb);
    beginActive(tcb, now);
    // Whoever drives this hears that a packet and a time are there.
    this.pend(tcb);
    return connection;
  }

  /** Listens at a port of all addresses, 0 for a free one. Null: somebody does already. */
  listen(port: u16, backlog: i32 = 128): Listener | null {
    if (!port) port = bswap<u16>(<u16>(this.ports.choose(this, 0, 0, 0, 0, 0) >> 16));
    if (!port || this.listenerAt(port)) return null;
    const listener = new Listener(this, port, max(backlog, 1));
    listener.next = this.listeners;
    this.listeners = listener;
    return listener;
  }

  /** Connections that the stack knows, of all states. */
  get size(): i32 {
    return this.table.size;
  }

  /** Is there one whose other side has not taken all that was said to it? */
  get isBusy(): bool {
    return this.table.some((tcb) => tcb.state != State.TIME_WAIT && tcb.state != State.FIN_WAIT_2);
  }

  input(fromHigh: u64, fromLow: u64, toHigh: u64, toLow: u64, packet: usize, size: i32, now: i64): bool {
    received.add();
    const segment = arrived;
    if (fold(sum(packet, size, pseudoSum(fromHigh, fromLow, toHigh, toLow, TCP, size))) != 0xffff) {
      badChecksums.add();
      return true;
    }
    if (!segment.parse(packet, size)) {
      malformed.add();
      return true;
    }
    segment.fromHigh = fromHigh;
    segment.fromLow = fromLow;
    segment.toHigh = toHigh;
    segment.toLow = toLow;
    const tcb = this.table.find(fromHigh, fromLow, toHigh, toLow, segment.ports);
    if (tcb && !(tcb.state == State.TIME_WAIT && segment.has(SYN) && this.isReborn(tcb, segment))) arrive(tcb, segment, now);
    else this.arriveUnknown(tcb, segment, now);
    return true;
  }

  unreachable(fromHigh: u64, fromLow: u64, toHigh: u64, toLow: u64, packet: usize, size: i32, why: Unreachable, now: i64): void {
    if (size < 8) return;
    const tcb = this.table.find(toHigh, toLow, fromHigh, fromLow, rotl(load<u32>(packet), 16));
    if (tcb) unreachable(tcb, packet, why, now);
  }

  step(now: i64): i64 {
    while (this.timers.next <= now) expire(this.timers.take(), now);
    let tcb = this.pending;
    this.pending = null;
    while (tcb) {
      const next = tcb.pending;
      const isDone = this.serve(tcb, now);
      tcb.isPending = false;
      if (tcb.state == State.CLOSED && !tcb.owner) tcb.free();
      else if (!isDone) this.pend(tcb);
      tcb = next;
    }
    return this.pending ? min(this.timers.next, now + RETRY) : this.timers.next;
  }

  /** Does what calls on a connection have left to do. */
  private serve(tcb: Tcb, now: i64): bool {
    if (tcb.state == State.CLOSED) return true;
    if (tcb.abortQueued) {
      if (tcb.state != State.SYN_SENT && tcb.state != State.TIME_WAIT) transmitReset(tcb, now);
      finish(tcb, Cause.ABORTED);
      return true;
    }
    if (!tcb.owner && tcb.state == State.FIN_WAIT_2 && tcb.endAt == NEVER) linger(tcb, now);
    if (tcb.keepaliveStarts) tcb.startKeepalive(now);
    return output(tcb, now);
  }

  /** A connection that `step` has to look at. */
  pend(tcb: Tcb): void {
    if (tcb.isPending) return;
    tcb.isPending = true;
    tcb.pending = this.pending;
    const isFirst = !this.pending;
    this.pending = tcb;
    if (!isFirst) return;
    const waiter = this.waiter;
    if (waiter) waiter.wake();
  }

  /** A segment that is of no connection (section 3.10.7.1), or begins a new one (section 3.10.7.2). `last`: the one before it. */
  private arriveUnknown(last: Tcb | null, segment: Segment, now: i64): void {
    // MUST-57.
    if (this.ip.isForMany(segment.toHigh, segment.toLow) || this.ip.isForMany(segment.fromHigh, segment.fromLow)) return;
    const listener = this.listenerAt(segment.toPort);
    const flags = segment.flags & (ACK | RST | SYN);
    if (!listener || flags != SYN) {
      const isOpened = listener != null && flags == ACK && now < listener.cookiesUntil && arriveWithCookie(this, listener, segment, now);
      // LISTEN has no answer to what is none of these (section 3.10.7.2, fourth).
      if (!isOpened && (!listener || flags)) refuse(this, segment, now);
      return;
    }
    let iss = this.initialSequence(segment.fromHigh, segment.fromLow, segment.toHigh, segment.toLow, segment.ports, now);
    if (last) iss = this.recycle(last, iss);
    arriveInListen(this, listener, segment, iss, now);
  }

  /** Is this SYN of a new connection, and not one of the last that comes late (RFC 6191 section 2)? */
  private isReborn(tcb: Tcb, segment: Segment): bool {
    if ((segment.flags & (SYN | ACK | RST)) != SYN || !this.listenerAt(segment.toPort)) return false;
    readOptions(segment);
    if (tcb.timestamps && segment.hasTimestamp && segment.timestamp != tcb.tsRecent) return isAfter(segment.timestamp, tcb.tsRecent);
    return isAfter(segment.sequence, tcb.rcvNxt);
  }

  /** Ends a connection in TIME_WAIT for one of the same ports, whose numbers have to be behind its own. */
  private recycle(last: Tcb, iss: u32): u32 {
    const least = last.sndNxt + ISN_STEP;
    recycled.add();
    finish(last, Cause.NONE);
    return isAfter(iss, last.sndNxt) ? iss : least;
  }

  /** RFC 6528 section 3. */
  private initialSequence(remoteHigh: u64, remoteLow: u64, localHigh: u64, localLow: u64, ports: u32, now: i64): u32 {
    return <u32>(now >> ISN_SHIFT) + <u32>this.secret.hash(remoteHigh, remoteLow, localHigh, localLow, ports, INITIAL);
  }

  /** What is added to the clock of a connection's timestamps (RFC 7323 section 5.4). */
  timestampOffset(remoteHigh: u64, remoteLow: u64, localHigh: u64, localLow: u64, ports: u32): u32 {
    return <u32>(this.secret.hash(remoteHigh, remoteLow, localHigh, localLow, ports, INITIAL) >> 32);
  }

  /** A new one, in the table, that does nothing yet. */
  create(remoteHigh: u64, remoteLow: u64, localHigh: u64, localLow: u64, ports: u32, iss: u32, now: i64): Tcb {
    const tcb = Tcb.create();
    tcb.stack = changetype<usize>(this);
    tcb.timers = this.timers;
    tcb.remoteHigh = remoteHigh;
    tcb.remoteLow = remoteLow;
    tcb.localHigh = localHigh;
    tcb.localLow = localLow;
    tcb.ports = ports;
    tcb.pseudo = pseudoSum(localHigh, localLow, remoteHigh, remoteLow, TCP, 0);
    tcb.rcvMss = this.ip.roomIn(remoteHigh, remoteLow) - HEADER;
    tcb.tsOffset = this.timestampOffset(remoteHigh, remoteLow, localHigh, localLow, ports);
    tcb.iss = iss;
    tcb.sndUna = iss;
    tcb.sndNxt = iss + 1;
    tcb.sndMax = iss + 1;
    tcb.waitsSince = now;
    tcb.heardAt = now;
    this.table.add(tcb);
    return tcb;
  }

  listenerAt(port: u16): Listener | null {
    let listener = this.listeners;
    while (listener && listener.port != port) listener = listener.next;
    return listener;
  }

  /** Not for users: `Listener.close`. */
  forget(listener: Listener): void {
    let before: Listener | null = null;
    let one = this.listeners;
    while (one && one != listener) {
      before = one;
      one = one.next;
    }
    if (before) before.next = listener.next;
    else this.listeners = listener.next;
  }
}
