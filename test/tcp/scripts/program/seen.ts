import { get16, get32 } from "mirage-wasm/drivers/net/bytes";
import { fold, pseudoSum, sum } from "mirage-wasm/drivers/net/checksum";
import { TCP } from "mirage-wasm/drivers/net/ip";
import { ACK, Description, lettersOf, PSH, SYN } from "./description";
import { byteAt, Flow } from "./flow";
import { Host } from "./host";
import { findTimestamps, match, wordsOfOptions } from "./options";

/** A segment that the stack has sent. */
export class Seen {
  readonly at: usize;
  readonly flags: u32;
  readonly sequence: u32;
  readonly ack: u32;
  readonly window: i32;
  readonly urgent: i32;
  readonly header: i32;
  readonly size: i32;
  readonly fromPort: u16;
  readonly toPort: u16;
  /** What no segment may have wrong, whatever the script wants. */
  readonly mistake: string;

  /** `packet` is kept by who calls. */
  constructor(packet: StaticArray<u8>, host: Host) {
    const at = changetype<usize>(packet) + host.header;
    const total = packet.length - host.header;
    const header = <i32>(load<u8>(at, 12) >> 4) << 2;
    this.at = at;
    this.fromPort = <u16>get16(at);
    this.toPort = <u16>get16(at + 2);
    this.sequence = get32(at + 4);
    this.ack = get32(at + 8);
    this.header = header;
    this.flags = load<u8>(at, 13);
    this.window = get16(at + 14);
    this.urgent = get16(at + 18);
    this.size = total - header;
    const isWhole = fold(sum(at, total, pseudoSum(host.ourHigh, host.ourLow, host.peerHigh, host.peerLow, TCP, total))) == 0xffff;
    const mayBeCut = !host.isV6 && !(load<u8>(changetype<usize>(packet), 6) & 0x40);
    this.mistake = !isWhole ? "its checksum is wrong (MUST-2)" : mayBeCut ? "DF is not set (RFC 1191 section 3)" : "";
  }

  private get end(): usize {
    return this.at + this.header;
  }

  /** Takes from it what the peer remembers. */
  note(flow: Flow, now: i64): void {
    if (this.flags & SYN && !flow.isKnown) {
      flow.first = this.sequence;
      flow.isKnown = true;
    }
    const timestamps = findTimestamps(this.at + 20, this.end);
    if (timestamps) flow.note(now, get32(timestamps + 2));
  }

  /** In a script's words. */
  words(flow: Flow): string {
    const start = <i32>(this.sequence - flow.first);
    const ack = this.flags & ACK ? ` ack ${<i32>(this.ack - flow.peerFirst)}` : "";
    return `> ${lettersOf(this.flags)} ${start}:${start + this.size}(${this.size})${ack} win ${this.window}${wordsOfOptions(this.at + 20, this.end, flow)}`;
  }

  /** Is it as described? `start` and `size`: of this one, where the description is of several; `isLast`: of them. */
  fits(wanted: Description, start: i64, size: i32, isLast: bool, flow: Flow): bool {
    const flags = isLast ? wanted.flags : wanted.flags & ~PSH;
    // Whether PSH is there where no text is says nothing.
    const mask = size ? 0xff : ~PSH;
    if ((this.flags & mask) != (flags & mask) || this.sequence != flow.first + <u32>start || this.size != size) return false;
    if (flags & ACK && this.ack != flow.peerFirst + <u32>wanted.ack) return false;
    if (wanted.window >= 0 && this.window != wanted.window) return false;
    if (this.urgent != max(wanted.urgent, 0)) return false;
    if (wanted.hasOptions && !wanted.options.length && this.header > 20) return false;
    for (let i = 0; i < wanted.options.length; i++) if (!match(wanted.options[i], this.at + 20, this.end, flow)) return false;
    return true;
  }

  /** Is its text what was written? */
  isTrue(start: i64): bool {
    for (let i = 0; i < this.size; i++) if (load<u8>(this.end + i) != byteAt(<u32>start + i)) return false;
    return true;
  }
}
