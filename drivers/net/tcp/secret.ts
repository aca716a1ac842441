import { sipHash } from "./siphash";

/** What is hashed: both addresses, both ports, and a number for the use. */
const input = memory.data(40, 8);

/** Numbers that nobody outside can foretell, from a key of 128 bits that is random and stays secret. Raw memory. */
@unmanaged
export class Secret {
  private low: u64;
  private high: u64;

  static create(low: u64, high: u64): Secret {
    const secret = changetype<Secret>(heap.alloc(offsetof<Secret>()));
    secret.low = low;
    secret.high = high;
    return secret;
  }

  /** One for these addresses and ports, and this use. */
  hash(remoteHigh: u64, remoteLow: u64, localHigh: u64, localLow: u64, ports: u32, use: u32): u64 {
    store<u64>(input, remoteHigh);
    store<u64>(input, remoteLow, 8);
    store<u64>(input, localHigh, 16);
    store<u64>(input, localLow, 24);
    store<u32>(input, ports, 32);
    store<u32>(input, use, 36);
    return sipHash(this.low, this.high, input, 40);
  }
}

// Uses.
/** The initial sequence number in the lower half, the offset of timestamps in the upper one. */
export const INITIAL: u32 = 0;
export const PORT: u32 = 1;
export const TABLE: u32 = 2;
/** What hides cookies, … */
export const COOKIE: u32 = 3;
/** … and what proves them: with this bit, a slot of time. */
export const COOKIE_SLOT: u32 = 1 << 31;
