// A client of DHCP (RFC 2131 section 4.4): it takes an address, keeps it, and gives it up when it must.

import { SECOND } from "mirage-wasm/duration";
import { SeededRandom } from "mirage-wasm/drivers/random";
import { Counter } from "mirage-wasm/metrics";
import { Arp } from "../arp";
import { lowOf, NO_DEADLINE, V4_HIGH } from "../ip";
import { Ipv4 } from "../ipv4";
import { Udp, UdpSocket } from "../udp";
import {
  ACK,
  ADDRESS,
  CLIENT_ID,
  DECLINE,
  DISCOVER,
  DNS,
  HOST_NAME,
  LEASE,
  MASK,
  MAX_SIZE,
  MTU,
  NAK,
  OFFER,
  PARAMETERS,
  Reader,
  REBINDING,
  RENEWAL,
  REQUESTED,
  ROUTER,
  SERVER,
  Writer,
} from "./message";

/** The states of section 4.4's figure 5; those after a restart with a known address are not ours, and `PROBING` is section 3.1 (5). */
export enum DhcpState {
  INIT,
  SELECTING,
  REQUESTING,
  PROBING,
  BOUND,
  RENEWING,
  REBINDING,
}

const CLIENT_PORT: u32 = 68;
const SERVER_PORT: u32 = 67;
const ALL: u32 = 0xffffffff;
const SIZE: i32 = 1472;
/** Section 4.1: from 4 s, doubled each time up to 64 s, each a second more or less. */
const FIRST_WAIT: i64 = 4 * SECOND;
const LAST_WAIT: i64 = 64 * SECOND;
/** Of a request that nobody answers: then from the beginning. */
const TRIES: i32 = 4;
/** RFC 5227 asks for seconds; a server has asked already (section 3.1 (2)). */
const PROBE: i64 = 200_000_000;
/** Section 3.1 (5): after an address that was somebody's. */
const AFTER_DECLINE: i64 = 10 * SECOND;
/** Section 4.4.5: not more often than this. */
const LEAST_RENEWAL: i64 = 60 * SECOND;
const INFINITE: u32 = 0xffffffff;
const MOST_SERVERS: i32 = 4;

const acksCount = new Counter("dhcp.acks");
const naksCount = new Counter("dhcp.naks");
const declinesCount = new Counter("dhcp.declines");
const expiredCount = new Counter("dhcp.expired");
const ignoredCount = new Counter("dhcp.ignored");

export class DhcpClient {
  state: DhcpState = DhcpState.INIT;
  /** Of the lease: servers of names, as they lie in memory, and the link's MTU or 0. */
  readonly nameServers: StaticArray<u32> = new StaticArray<u32>(MOST_SERVERS);
  nameServerCount: i32 = 0;
  mtu: i32 = 0;
  private readonly socket: UdpSocket;
  private readonly writer: Writer;
  private readonly reader: Reader = new Reader();
  private readonly received: usize = heap.alloc(SIZE);
  private readonly name: ArrayBuffer;
  private readonly random: SeededRandom;
  private due: i64 = 0;
  private wait: i64 = FIRST_WAIT;
  private tries: i32 = 0;
  private xid: u32 = 0;
  private began: i64 = 0;
  /** What is offered, or leased: address, mask, router and server, as they lie in memory. */
  private address: u32 = 0;
  private mask: u32 = 0;
  private router: u32 = 0;
  private server: u32 = 0;
  private leased: i64 = 0;
  private renews: i64 = 0;
  private rebinds: i64 = 0;
  private ends: i64 = 0;

  /** `name` is what the server is told as the host's; what is random follows from `seed`. */
  constructor(
    private readonly ip: Ipv4,
    private readonly arp: Arp,
    private readonly udp: Udp,
    private readonly mac: u64,
    name: string,
    seed: u64,
  ) {
    this.socket = udp.open(CLIENT_PORT)!;
    this.writer = new Writer(heap.alloc(SIZE));
    this.name = String.UTF8.encode(name.substring(0, 63));
    this.random = new SeededRandom(seed);
  }

  /** Does what is due. Returns when there is something to do next. */
  step(now: i64): i64 {
    for (let size = this.socket.receive(this.received, SIZE); size >= 0; size = this.socket.receive(this.received, SIZE)) this.input(size, now);
    if (now >= this.due) this.timeout(now);
    return this.due;
  }

  private timeout(now: i64): void {
    switch (this.state) {
      case DhcpState.INIT:
        this.xid = this.random.u32();
        this.began = now;
        this.enter(DhcpState.SELECTING, now);
        break;
      case DhcpState.PROBING:
        if (this.arp.isTaken) this.decline(now);
        else this.bind(now);
        return;
      case DhcpState.BOUND:
        this.xid = this.random.u32();
        this.state = DhcpState.RENEWING;
        break;
      case DhcpState.RENEWING:
        if (now >= this.rebinds) this.state = DhcpState.REBINDING;
        break;
      case DhcpState.REBINDING:
        if (now < this.ends) break;
        // Section 4.4.5: it is nobody's now, and what hangs on it ends.
        expiredCount.add();
        this.ip.configure(0, 0, 0);
        this.restart(now, 0);
        return;
      case DhcpState.REQUESTING:
        if (this.tries < TRIES) break;
        this.restart(now, 0);
        return;
      default:
        break;
    }
    this.send(now);
  }

  private enter(state: DhcpState, now: i64): void {
    this.state = state;
    this.tries = 0;
    this.wait = FIRST_WAIT;
    this.due = now;
  }

  private restart(now: i64, after: i64): void {
    this.enter(DhcpState.INIT, now);
    this.due = now + after;
  }

  /** Sends what the state asks for, and says when it is to be sent again. */
  private send(now: i64): void {
    const state = this.state;
    const isLeased = state == DhcpState.RENEWING || state == DhcpState.REBINDING;
    const secs = <u32>((now - this.began) / SECOND);
    // Broadcasts until there is an address: nothing else would reach us.
    this.writer.begin(state == DhcpState.SELECTING ? DISCOVER : REQUESTED, this.xid, this.mac, secs, isLeased ? this.address : 0, !isLeased);
    this.identify();
    if (state == DhcpState.REQUESTING) {
      this.writer.word(ADDRESS, this.address);
      this.writer.word(SERVER, this.server);
    }
    this.writer.short(MAX_SIZE, SIZE + 28);
    if (this.name.byteLength) this.writer.bytes(HOST_NAME, changetype<usize>(this.name), this.name.byteLength);
    this.writer.bytes(PARAMETERS, PARAMETER_LIST, 7);
    this.emit(state == DhcpState.RENEWING ? this.server : ALL, isLeased, now);
    this.tries++;
    if (isLeased) {
      // Section 4.4.5: half of what is left.
      const left = (state == DhcpState.RENEWING ? this.rebinds : this.ends) - now;
      this.due = now + min(left, max(left / 2, LEAST_RENEWAL));
      return;
    }
    this.due = now + this.wait - SECOND + <i64>(this.random.below(2000)) * 1_000_000;
    this.wait = min(this.wait * 2, LAST_WAIT);
  }

  /** Section 4.2: servers know clients by it. */
  private identify(): void {
    const id: usize = memory.data(8, 8);
    store<u64>(id, 1 | (this.mac << 8));
    this.writer.bytes(CLIENT_ID, id, 7);
  }

  private emit(to: u32, fromOwn: bool, now: i64): void {
    const size = this.writer.end();
    this.udp.sendFrom(V4_HIGH, lowOf(fromOwn ? this.address : 0), CLIENT_PORT, V4_HIGH, lowOf(to), SERVER_PORT, this.writer.message, size, now);
  }

  private input(size: i32, now: i64): void {
    const reader = this.reader;
    const state = this.state;
    const isAsking = state != DhcpState.INIT && state != DhcpState.PROBING && state != DhcpState.BOUND;
    if (!isAsking || !reader.openReply(this.received, size, this.xid, this.mac)) {
      ignoredCount.add();
      return;
    }
    const type = reader.type;
    if (state == DhcpState.SELECTING) {
      if (type != OFFER || !isHost(reader.yours) || !reader.word(SERVER)) return ignoredCount.add();
      // The first one is as good as any.
      this.address = reader.yours;
      this.server = reader.word(SERVER);
      this.enter(DhcpState.REQUESTING, now);
      return;
    }
    const isOurs = state != DhcpState.REQUESTING || !reader.word(SERVER) || reader.word(SERVER) == this.server;
    if (type == NAK && isOurs) {
      naksCount.add();
      this.ip.configure(0, 0, 0);
      this.restart(now, SECOND);
      return;
    }
    if (type != ACK || !isOurs || reader.yours != this.address) return ignoredCount.add();
    acksCount.add();
    this.take(now);
    if (state == DhcpState.REQUESTING) {
      this.arp.probe(this.address);
      this.state = DhcpState.PROBING;
      this.due = now + PROBE;
    } else this.bind(now);
  }

  /** What the message that was read says of the lease. */
  private take(now: i64): void {
    const reader = this.reader;
    const lease = bswap<u32>(reader.word(LEASE));
    const length = lease == INFINITE ? NO_DEADLINE / 4 : max(<i64>lease, 1) * SECOND;
    const renewal = <i64>bswap<u32>(reader.word(RENEWAL)) * SECOND;
    const rebinding = <i64>bswap<u32>(reader.word(REBINDING)) * SECOND;
    this.leased = now;
    this.ends = now + length;
    // Section 4.4.5: a half and seven eighths, where the server says nothing that makes sense.
    this.rebinds = now + (rebinding > 0 && rebinding < length ? rebinding : (length / 8) * 7);
    this.renews = now + (renewal > 0 && renewal < this.rebinds - now ? renewal : min(length / 2, this.rebinds - now));
    this.mask = reader.word(MASK);
    this.router = reader.word(ROUTER);
    if (reader.word(SERVER)) this.server = reader.word(SERVER);
    this.mtu = reader.short(MTU);
    this.nameServerCount = reader.words(DNS, changetype<usize>(this.nameServers), MOST_SERVERS);
  }

  private bind(now: i64): void {
    if (this.ip.address != this.address) this.ip.configure(this.address, bitsOf(this.mask, this.address), this.router);
    this.state = DhcpState.BOUND;
    this.tries = 0;
    this.due = this.renews;
  }

  /** Section 3.1 (5): somebody has the address. */
  private decline(now: i64): void {
    declinesCount.add();
    this.writer.begin(DECLINE, this.xid, this.mac, 0, 0, false);
    this.identify();
    this.writer.word(ADDRESS, this.address);
    this.writer.word(SERVER, this.server);
    this.emit(ALL, false, now);
    this.restart(now, AFTER_DECLINE);
  }
}

/** What is asked for: mask, router, servers of names, MTU, and the three times. */
const PARAMETER_LIST: usize = memory.data<u8>([MASK, ROUTER, DNS, MTU, LEASE, RENEWAL, REBINDING]);

/** Is it an address that a host may have? */
function isHost(address: u32): bool {
  const first = address & 0xff;
  return first != 0 && first != 127 && first < 224;
}

/** The length of a mask's prefix; of what is none, that of the address's old class (RFC 791). */
function bitsOf(mask: u32, address: u32): i32 {
  const ones = bswap<u32>(mask);
  const bits = clz<u32>(~ones);
  if (mask && ones << bits == 0) return <i32>bits;
  const first = address & 0xff;
  return first < 128 ? 8 : first < 192 ? 16 : 24;
}
