import { answer } from "./answer";
import { resetsSent } from "./counters";
import { ACK, HEADER, RST, Segment } from "./segment";
import { Tcp } from "./tcp";

/** Answers a segment that is of no connection by RST, which says no more than the segment itself (RFC 9293 section 3.10.7.1). */
export function refuse(tcp: Tcp, segment: Segment, now: i64): void {
  if (segment.has(RST)) return;
  resetsSent.add();
  const packet = tcp.ip.buffer(segment.fromHigh, segment.fromLow, HEADER);
  if (segment.has(ACK)) answer(tcp, segment, packet, HEADER, segment.acknowledgement, 0, RST, 0, now);
  else answer(tcp, segment, packet, HEADER, 0, segment.sequence + segment.length, RST | ACK, 0, now);
}
