import { Address } from "./address";

/** What hosts tell each other of the way between them (RFC 4443): others' requests for an echo are answered. */
export interface Icmpv6 {
  /**
   * Asks `address` for an echo of `size` bytes. Returns after how many nanoseconds it came, or `UNREACHABLE`, `TIMEOUT` when the
   * monotonic clock reaches `deadline` before, or `CANCELLED`.
   */
  ping(address: Address, size: i32, deadline: i64): i64;
}
