// ICMP (RFC 792) as a host's: RFC 1122 section 3.2.2. It answers echo requests, passes on what others say of this host's
// packets, and tells others of theirs. Redirects, timestamps, masks and source quench (RFC 6633) are ignored.

import { Counter } from "mirage-wasm/metrics";
import { get16 } from "./bytes";
import { fold, sum } from "./checksum";
import { CHECKSUM, Icmp, SIZE } from "./icmp";
import { ICMP, Unreachable, lowOf, v4Of, V4_HIGH } from "./ip";
import { Complaints } from "./ip-version";
import { Ipv4, isMulticast } from "./ipv4";
import { DESTINATION, HEADER_SIZE, headSize, LENGTH, PROTOCOL, SOURCE } from "./ipv4-header";

const NEXT_HOP_MTU: usize = 6;
const ECHO_REPLY: u8 = 0;
const UNREACHABLE: u8 = 3;
const ECHO: u8 = 8;
const TIME_EXCEEDED: u8 = 11;
const PARAMETER_PROBLEM: u8 = 12;
/** RFC 1812 section 4.3.2.3: as much of the packet as fits 576 bytes. */
const MOST_QUOTED: i32 = 548;

const echoesCount = new Counter("icmp.echo-requests");
const malformedCount = new Counter("icmp.malformed");
const errorsCount = new Counter("icmp.errors-received");

export class Icmpv4 extends Icmp implements Complaints {
  constructor(private readonly ip: Ipv4) {
    super(ip, ICMP, ECHO);
    ip.complaints = this;
  }

  input(fromHigh: u64, fromLow: u64, toHigh: u64, toLow: u64, packet: usize, size: i32, now: i64): bool {
    if (size < SIZE || fold(sum(packet, size)) != 0xffff) {
      malformedCount.add();
      return true;
    }
    const type = load<u8>(packet);
    // Section 3.2.2.6: what was sent to many is not answered, so that nobody can make many answer one.
    if (type == ECHO_REPLY) this.hand(fromHigh, fromLow, packet, size);
    else if (type == ECHO && v4Of(toLow) == this.ip.address) {
      echoesCount.add();
      this.answer(ECHO_REPLY, fromHigh, fromLow, toHigh, toLow, packet, size, now);
    } else if (type == UNREACHABLE || type == TIME_EXCEEDED || type == PARAMETER_PROBLEM) this.report(type, packet, size, now);
    return true;
  }

  protected seal(message: usize, size: i32, fromHigh: u64, fromLow: u64, toHigh: u64, toLow: u64): void {
    store<u16>(message, 0, CHECKSUM);
    store<u16>(message, <u16>~fold(sum(message, size)), CHECKSUM);
  }

  private report(type: u8, packet: usize, size: i32, now: i64): void {
    errorsCount.add();
    const quoted = packet + SIZE;
    const code = load<u8>(packet, 1);
    const why = reasonOf(type, code);
    if (why == Unreachable.TOO_BIG && size >= SIZE + HEADER_SIZE) {
      const total = <i32>get16(quoted + LENGTH);
      const mtu = <i32>get16(packet + NEXT_HOP_MTU);
      // RFC 1191 section 5: routers of before say nothing, and the packet was the least that was too large.
      if (load<u32>(quoted, SOURCE) == this.ip.address) this.ip.narrow(load<u32>(quoted, DESTINATION), mtu ? mtu : lessThan(total), now);
    }
    this.ip.wasLost(quoted, size - SIZE, why, now);
  }

  complain(type: u32, code: u32, rest: u32, packet: usize, size: i32, now: i64): void {
    const from = load<u32>(packet, SOURCE);
    // Section 3.2.2: never about a message on an error, nor to one who isn't a host.
    if (!from || from == <u32>-1 || isMulticast(from) || (load<u8>(packet, PROTOCOL) == ICMP && isError(packet, size))) return;
    this.tell(type, code, rest, V4_HIGH, lowOf(load<u32>(packet, DESTINATION)), V4_HIGH, lowOf(from), packet, min(size, MOST_QUOTED), now);
  }
}

/** RFC 1122 section 3.2.2.1, RFC 1812 section 5.2.7.1. */
function reasonOf(type: u8, code: u8): Unreachable {
  if (type == TIME_EXCEEDED) return Unreachable.TIME;
  if (type == PARAMETER_PROBLEM) return Unreachable.PROTOCOL;
  switch (code) {
    case 2:
      return Unreachable.PROTOCOL;
    case 3:
      return Unreachable.PORT;
    case 4:
      return Unreachable.TOO_BIG;
    case 9:
    case 10:
    case 13:
      return Unreachable.PROHIBITED;
    default:
      return Unreachable.HOST;
  }
}

/** Is this packet, of ICMP, about an error? A type that nobody knows is taken for one (section 3.2.2 allows no risk). */
function isError(packet: usize, size: i32): bool {
  const head = headSize(packet);
  if (size <= head) return true;
  const type = load<u8>(packet + head);
  return type != ECHO && type != ECHO_REPLY;
}

/** RFC 1191 section 7.1: sizes that links of the time have. */
const PLATEAUS: StaticArray<i32> = [32000, 17914, 8166, 4352, 2002, 1492, 1006, 576];

function lessThan(total: i32): i32 {
  for (let i = 0; i < PLATEAUS.length; i++) if (PLATEAUS[i] < total) return PLATEAUS[i];
  return PLATEAUS[PLATEAUS.length - 1];
}
