// ICMPv6 (RFC 4443) as a host's. Redirects are ignored.

import { Counter } from "mirage-wasm/metrics";
import { get32 } from "./bytes";
import { fold, pseudoSum, sum } from "./checksum";
import { CHECKSUM, Icmp, REST, SIZE } from "./icmp";
import { ICMPV6, Unreachable } from "./ip";
import { Complaints } from "./ip-version";
import { Ipv6, LEAST_MTU } from "./ipv6";
import { DESTINATION, HEADER_SIZE, isMulticast6, NEXT, SOURCE } from "./ipv6-header";
import { QUERY as GROUPS_QUERY, REPORT_1 as GROUPS_REPORT } from "./mld";

const UNREACHABLE: u8 = 1;
const TOO_BIG: u8 = 2;
const TIME_EXCEEDED: u8 = 3;
const PARAMETER_PROBLEM: u8 = 4;
/** Messages from here on are about no error. */
const QUERIES: u8 = 128;
const ECHO: u8 = 128;
const ECHO_REPLY: u8 = 129;
const ROUTER_ADVERTISEMENT: u8 = 134;
const NEIGHBOUR_SOLICITATION: u8 = 135;
const NEIGHBOUR_ADVERTISEMENT: u8 = 136;
const UNKNOWN_OPTION: u32 = 2;
/** Section 2.4 (c): as much of the packet as fits the least MTU. */
const MOST_QUOTED: i32 = LEAST_MTU - HEADER_SIZE - SIZE;

const echoesCount = new Counter("icmpv6.echo-requests");
const malformedCount = new Counter("icmpv6.malformed");
const errorsCount = new Counter("icmpv6.errors-received");
const ignoredCount = new Counter("icmpv6.ignored");

export class Icmpv6 extends Icmp implements Complaints {
  constructor(private readonly ip: Ipv6) {
    super(ip, ICMPV6, ECHO);
    ip.complaints = this;
  }

  input(fromHigh: u64, fromLow: u64, toHigh: u64, toLow: u64, message: usize, size: i32, now: i64): bool {
    if (size < SIZE || fold(sum(message, size, pseudoSum(fromHigh, fromLow, toHigh, toLow, ICMPV6, size))) != 0xffff) {
      malformedCount.add();
      return true;
    }
    const type = load<u8>(message);
    if (type < QUERIES) this.report(type, message, size, now);
    else if (type == ECHO && !isMulticast6(toHigh) && (fromHigh | fromLow) != 0) {
      echoesCount.add();
      this.answer(ECHO_REPLY, fromHigh, fromLow, toHigh, toLow, message, size, now);
    } else if (type == ECHO_REPLY) this.hand(fromHigh, fromLow, message, size);
    else if (type == NEIGHBOUR_SOLICITATION || type == NEIGHBOUR_ADVERTISEMENT) this.ip.ndp.input(fromHigh, fromLow, toHigh, toLow, message, size, now);
    else if (type == ROUTER_ADVERTISEMENT) this.ip.routers.input(fromHigh, fromLow, message, size, now);
    else if (type == GROUPS_QUERY || type == GROUPS_REPORT) this.ip.addresses.mld.input(fromHigh, fromLow, toHigh, toLow, message, size, now);
    else ignoredCount.add();
    return true;
  }

  protected seal(message: usize, size: i32, fromHigh: u64, fromLow: u64, toHigh: u64, toLow: u64): void {
    store<u16>(message, 0, CHECKSUM);
    store<u16>(message, <u16>~fold(sum(message, size, pseudoSum(fromHigh, fromLow, toHigh, toLow, ICMPV6, size))), CHECKSUM);
  }

  private report(type: u8, message: usize, size: i32, now: i64): void {
    errorsCount.add();
    const quoted = message + SIZE;
    const rest = size - SIZE;
    if (rest < HEADER_SIZE) return;
    // RFC 8201 section 4: only of packets that this host has sent.
    const isOurs = this.ip.addresses.has(load<u64>(quoted, SOURCE), load<u64>(quoted, SOURCE + 8));
    if (type == TOO_BIG && isOurs) this.ip.paths.lower(load<u64>(quoted, DESTINATION), load<u64>(quoted, DESTINATION + 8), <i32>min<u32>(get32(message + REST), 65535), now);
    this.ip.wasLost(quoted, rest, reasonOf(type, load<u8>(message, 1)), now);
  }

  complain(type: u32, code: u32, rest: u32, packet: usize, size: i32, now: i64): void {
    const fromHigh = load<u64>(packet, SOURCE);
    const fromLow = load<u64>(packet, SOURCE + 8);
    const toHigh = load<u64>(packet, DESTINATION);
    const toLow = load<u64>(packet, DESTINATION + 8);
    // Section 2.4 (e): never about an error, to one who is no host, or about what was sent to many, but for an option.
    if (!(fromHigh | fromLow) || isMulticast6(fromHigh) || isAboutError(packet, size)) return;
    const isToMany = isMulticast6(toHigh);
    if (isToMany && !(type == PARAMETER_PROBLEM && code == UNKNOWN_OPTION)) return;
    if (!isToMany) this.tell(type, code, rest, toHigh, toLow, fromHigh, fromLow, packet, min(size, MOST_QUOTED), now);
    else if (this.ip.route(fromHigh, fromLow)) this.tell(type, code, rest, this.ip.sourceHigh, this.ip.sourceLow, fromHigh, fromLow, packet, min(size, MOST_QUOTED), now);
  }
}

/** Section 3. */
function reasonOf(type: u8, code: u8): Unreachable {
  if (type == TOO_BIG) return Unreachable.TOO_BIG;
  if (type == TIME_EXCEEDED) return Unreachable.TIME;
  if (type == PARAMETER_PROBLEM) return Unreachable.PROTOCOL;
  if (type != UNREACHABLE) return Unreachable.HOST;
  return code == 4 ? Unreachable.PORT : code == 1 || code == 5 || code == 6 ? Unreachable.PROHIBITED : Unreachable.HOST;
}

function isAboutError(packet: usize, size: i32): bool {
  return load<u8>(packet, NEXT) == ICMPV6 && (size <= HEADER_SIZE || load<u8>(packet, HEADER_SIZE) < QUERIES);
}
