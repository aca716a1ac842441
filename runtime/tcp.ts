import { Address } from "./address";
import { Flow, Listener } from "./flow";
import { Outcome } from "./result";

/** Connections (RFC 9293). */
export interface Tcp {
  /** Takes connections at `port`. `CLOSED`: somebody here does already. */
  listen(port: u16): Outcome<Listener>;

  /** Connects. `REFUSED`, `UNREACHABLE`, `TIMEOUT`, also when the monotonic clock reaches `deadline` before, or `CANCELLED`. */
  connect(address: Address, port: u16, deadline: i64): Outcome<Flow>;
}
