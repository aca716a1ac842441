import { Connection } from "mirage-wasm/drivers/net/tcp/connection";

/** The stack's port where it listens. */
export const PORT: u16 = 80;
export const PEER_PORT: u16 = 4000;

/** The byte of text with this number, as scripts count; `isFalse`: another one. */
export function byteAt(number: u32, isFalse: bool = false): u8 {
  return <u8>((number * 7) ^ (number >> 8) ^ (isFalse ? 0xff : 0));
}

/** What is between one port of the peer's and the stack: sequence numbers are told as both sides' first one is 0. */
export class Flow {
  localPort: u16 = PORT;
  connection: Connection | null = null;
  /** What the peer's 0 is, and the stack's, once its SYN is seen. */
  peerFirst: u32 = 1000;
  first: u32 = 0;
  isKnown: bool = false;
  /** What is written and read next. */
  written: u32 = 1;
  read: u32 = 1;
  /** Timestamps of what the stack has sent, and when. */
  private readonly times: i64[] = [];
  private readonly stamps: u32[] = [];

  constructor(readonly peerPort: u16) {}

  /** A new connection of the same ports. */
  begin(peerFirst: u32): void {
    this.peerFirst = peerFirst;
    this.isKnown = false;
    this.written = 1;
    this.read = 1;
  }

  note(time: i64, stamp: u32): void {
    this.times.push(time);
    this.stamps.push(stamp);
  }

  /** The timestamp of what the stack sent last, `time` at the latest; 0: nothing. */
  stampAt(time: i64): u32 {
    for (let i = this.times.length - 1; i >= 0; i--) if (this.times[i] <= time) return this.stamps[i];
    return 0;
  }
}
