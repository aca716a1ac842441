import { Address } from "./address";
import { Outcome } from "./result";

/** Whose MAC is whose address of IPv4, on one link (RFC 826). */
export interface Arp {
  /** The MAC (`mirage-wasm/mac`) of `address`, once it is known. `UNREACHABLE`: nobody has answered; `TIMEOUT` or `CANCELLED`. */
  find(address: Address, deadline: i64): Outcome<u64>;
}
