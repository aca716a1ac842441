import { Outcome, Result } from "./result";

/** Frames of Ethernet (IEEE 802.3), by the type of what is in them. Addresses are of `mirage-wasm/mac`. */
export interface Ethernet {
  /** This end's address. */
  mac(): u64;

  /** The most bytes of a payload. */
  mtu(): i32;

  /** Payloads of this type, of frames to this end or to a group. `CLOSED`: somebody here takes them already. */
  open(type: u16): Outcome<Payloads>;
}

/** What is in the frames of one type. It belongs to who opened it, and is to be closed by him. */
export interface Payloads {
  /**
   * Reads the next payload into `bytes`, with what pads a short frame, blocking until there is one; what does not fit is lost.
   * Returns its size, `TIMEOUT` when the monotonic clock reaches `deadline` before, or `CANCELLED`.
   */
  receive(bytes: Uint8Array, deadline: i64): i32;

  /** Who has sent the one that was read last. */
  from(): u64;

  /** Sends the first `size` of `bytes`, not more than `mtu`. False: there was no room for it, and it is lost and counted. */
  send(bytes: Uint8Array, size: i32, to: u64): bool;

  close(): void;
}
