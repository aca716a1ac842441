// A server of DHCP (RFC 2131 section 4.3): what comes to its port, and what is to go back.

import { SECOND } from "mirage-wasm/duration";
import { ACK, ADDRESS, DECLINE, DISCOVER, DNS, LEASE, MASK, MOST, NAK, OFFER, Reader, RELEASE, REQUESTED, ROUTER, SERVER, Writer } from "./message";

/** How long an offer is kept for the one who was given it. */
const OFFERED: i64 = 60 * SECOND;
/** How long an address that somebody was found to have is left alone. */
const DECLINED: i64 = 600 * SECOND;
const NOBODY: u64 = 0;
/** RFC 2131 section 3.4: a client that has an address by other means. */
const INFORM: u8 = 8;
const DOMAIN: u8 = 15;

class Lease {
  mac: u64 = NOBODY;
  /** When it ends; an address that nobody has had yet has never been. */
  until: i64 = i64.MIN_VALUE;

  constructor(readonly address: u32) {}
}

/** Addresses as they lie in memory. */
export class DhcpServer {
  readonly reply: usize;
  private readonly writer: Writer;
  private readonly reader: Reader = new Reader();
  private readonly leases: Lease[] = [];
  /** What the last message asked for: its type, 0 when it was none. */
  type: u8 = 0;
  /** The address that it was given, or 0. */
  given: u32 = 0;
  private readonly domain: ArrayBuffer;

  /** Gives out `count` addresses from `first` on, each for `seconds`. */
  constructor(
    private readonly own: u32,
    private readonly mask: u32,
    first: u32,
    count: i32,
    private readonly seconds: u32,
    domain: string,
  ) {
    const reply = heap.alloc(MOST);
    this.reply = reply;
    this.writer = new Writer(reply);
    this.domain = String.UTF8.encode(domain.substring(0, 63));
    for (let i = 0; i < count; i++) this.leases.push(new Lease(bswap<u32>(bswap<u32>(first) + i)));
  }

  /** Who has sent it. */
  get mac(): u64 {
    return this.reader.mac;
  }

  /** Where the reply goes: to the address that a client says it has, else to all (section 4.1). */
  get to(): u32 {
    return this.given && this.reader.client ? this.reader.client : 0xffffffff;
  }

  /** Takes a message. Returns the size of the reply, 0 when there is none. */
  answer(message: usize, size: i32, now: i64): i32 {
    this.type = 0;
    this.given = 0;
    const reader = this.reader;
    if (!reader.openRequest(message, size)) return 0;
    this.type = reader.type;
    switch (this.type) {
      case DISCOVER:
        return this.offer(now);
      case REQUESTED:
        return this.grant(now);
      case INFORM:
        return this.write(ACK, 0);
      case DECLINE:
        this.end(reader.word(ADDRESS), DECLINED, now);
        return 0;
      case RELEASE:
        this.end(reader.client, 0, now);
        return 0;
      default:
        return 0;
    }
  }

  /** Section 4.3.1: the one it has or had, the one it asks for, or another that is free. */
  private offer(now: i64): i32 {
    const wanted = this.reader.word(ADDRESS);
    let lease = this.of(this.mac);
    if (!lease) lease = this.free(wanted, now);
    if (!lease) return 0;
    lease.mac = this.mac;
    lease.until = max(lease.until, now + OFFERED);
    return this.write(OFFER, lease.address);
  }

  /** Section 4.3.2. */
  private grant(now: i64): i32 {
    const reader = this.reader;
    const server = reader.word(SERVER);
    // It has chosen another one's offer.
    if (server && server != this.own) return 0;
    const wanted = reader.word(ADDRESS) ? reader.word(ADDRESS) : reader.client;
    const lease = this.at(wanted);
    const isFree = lease ? lease.mac == this.mac || lease.until <= now : false;
    // Of addresses that are not ours to give, only those who asked us hear.
    if (!lease) return server || !((wanted ^ this.own) & this.mask) ? this.write(NAK, 0) : 0;
    if (!isFree) return this.write(NAK, 0);
    lease.mac = this.mac;
    lease.until = now + <i64>this.seconds * SECOND;
    return this.write(ACK, lease.address);
  }

  private end(address: u32, after: i64, now: i64): void {
    const lease = this.at(address);
    if (!lease || lease.mac != this.mac) return;
    if (after) lease.mac = NOBODY;
    lease.until = now + after;
  }

  private write(type: u8, address: u32): i32 {
    const writer = this.writer;
    this.given = address;
    writer.beginReply(type, this.reader, address);
    writer.word(SERVER, this.own);
    if (type == NAK) return writer.end();
    if (address) writer.word(LEASE, bswap<u32>(this.seconds));
    writer.word(MASK, this.mask);
    writer.word(ROUTER, this.own);
    writer.word(DNS, this.own);
    if (this.domain.byteLength) writer.bytes(DOMAIN, changetype<usize>(this.domain), this.domain.byteLength);
    return writer.end();
  }

  private at(address: u32): Lease | null {
    for (let i = 0; i < this.leases.length; i++) if (this.leases[i].address == address) return this.leases[i];
    return null;
  }

  private of(mac: u64): Lease | null {
    for (let i = 0; i < this.leases.length; i++) if (this.leases[i].mac == mac) return this.leases[i];
    return null;
  }

  /** The one that is wanted, else the one that has been free for longest. */
  private free(wanted: u32, now: i64): Lease | null {
    let found: Lease | null = null;
    for (let i = 0; i < this.leases.length; i++) {
      const lease = this.leases[i];
      if (lease.until > now) continue;
      if (lease.address == wanted) return lease;
      if (!found || lease.until < found.until) found = lease;
    }
    return found;
  }
}
