import { Address } from "./address";
import { Datagrams } from "./datagrams";
import { Outcome, Result } from "./result";

/** A host of IPv4 (RFC 791). */
export interface Ipv4 {
  /** Blocks until it has an address: `OK`, `CANCELLED` or `TIMEOUT`. Calls that need one do it themselves. */
  up(deadline: i64): Result;

  /** Its address, or null while it has none. */
  address(): Address | null;

  /** Where names may be asked for, as DHCP has said. */
  nameServers(): Address[];

  /** Packets of a protocol, by its number (IANA), without the header; their ports are 0. `CLOSED`: somebody here takes them already. */
  open(protocol: u8): Outcome<Datagrams>;
}
