import { put32 } from "../bytes";
import { fold, pseudoSum, sum } from "../checksum";
import { TCP } from "../ip";
import { resetsSent } from "./counters";
import { ACK, ACKNOWLEDGEMENT, CHECKSUM, HEADER, RST, Segment, SEQUENCE, SIZE_AND_FLAGS, WINDOW } from "./segment";
import { Tcp } from "./tcp";

/** Answers a segment that is of no connection by RST, which says no more than the segment itself (RFC 9293 section 3.10.7.1). */
export function refuse(tcp: Tcp, segment: Segment, now: i64): void {
  if (segment.has(RST)) return;
  resetsSent.add();
  const packet = tcp.ip.buffer(segment.fromHigh, segment.fromLow, HEADER);
  const hasAck = segment.has(ACK);
  store<u32>(packet, rotl(segment.ports, 16));
  put32(packet + SEQUENCE, hasAck ? segment.acknowledgement : 0);
  put32(packet + ACKNOWLEDGEMENT, hasAck ? 0 : segment.sequence + segment.length);
  store<u16>(packet, <u16>((HEADER << 2) | ((hasAck ? RST : RST | ACK) << 8)), SIZE_AND_FLAGS);
  // The window, the checksum, the urgent pointer.
  store<u16>(packet, 0, WINDOW);
  store<u32>(packet, 0, CHECKSUM);
  const pseudo = pseudoSum(segment.toHigh, segment.toLow, segment.fromHigh, segment.fromLow, TCP, HEADER);
  store<u16>(packet, <u16>~fold(sum(packet, HEADER, pseudo)), CHECKSUM);
  tcp.ip.send(segment.toHigh, segment.toLow, segment.fromHigh, segment.fromLow, TCP, HEADER, now);
}
