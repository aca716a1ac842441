import { put16, put32 } from "../bytes";
import { fold, pseudoSum, sum } from "../checksum";
import { TCP } from "../ip";
import { ACKNOWLEDGEMENT, CHECKSUM, Segment, SEQUENCE, SIZE_AND_FLAGS, WINDOW } from "./segment";
import { Tcp } from "./tcp";

/** Sends a segment of `size` bytes, all of it header, to where one has come from that is of no connection. Its options stand in IP's buffer already. */
export function answer(tcp: Tcp, segment: Segment, packet: usize, size: i32, sequence: u32, acknowledgement: u32, flags: u32, window: i32, now: i64): void {
  store<u32>(packet, rotl(segment.ports, 16));
  put32(packet + SEQUENCE, sequence);
  put32(packet + ACKNOWLEDGEMENT, acknowledgement);
  store<u16>(packet, <u16>((size << 2) | (flags << 8)), SIZE_AND_FLAGS);
  put16(packet + WINDOW, window);
  // The urgent pointer, too.
  store<u32>(packet, 0, CHECKSUM);
  const pseudo = pseudoSum(segment.toHigh, segment.toLow, segment.fromHigh, segment.fromLow, TCP, size);
  store<u16>(packet, <u16>~fold(sum(packet, size, pseudo)), CHECKSUM);
  tcp.ip.send(segment.toHigh, segment.toLow, segment.fromHigh, segment.fromLow, TCP, size, now);
}
