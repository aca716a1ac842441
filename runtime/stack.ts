import { Address } from "./address";
import { Datagrams } from "./datagrams";
import { Flow, Listener } from "./flow";
import { Outcome, Result } from "./result";

export { Address } from "./address";
export { Datagrams } from "./datagrams";
export { Flow, Listener, NEVER, writeText } from "./flow";

/** A host on a network: TCP and UDP. */
export interface Stack {
  /** Blocks until it has an address: `OK`, `CANCELLED` or `TIMEOUT`. Calls that need one do it themselves. */
  up(deadline: i64): Result;

  /** Its address, or null while it has none; 0.0.0.0 where the host has them and does not say which. */
  address(): Address | null;

  /** Where names may be asked for, as DHCP has said. */
  nameServers(): Address[];

  /** Takes connections at `port`, 0 for a free one. `CLOSED`: somebody here does already. */
  listen(port: u16): Outcome<Listener>;

  /** Connects. `REFUSED`, `UNREACHABLE`, `TIMEOUT`, also when the monotonic clock reaches `deadline` before, or `CANCELLED`. */
  connect(address: Address, port: u16, deadline: i64): Outcome<Flow>;

  /** Datagrams of UDP at `port`, 0 for a free one. `CLOSED`: somebody here has it. */
  datagrams(port: u16): Outcome<Datagrams>;
}
