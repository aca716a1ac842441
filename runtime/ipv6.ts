import { Address } from "./address";
import { Datagrams } from "./datagrams";
import { Outcome, Result } from "./result";

/** A host of IPv6 (RFC 8200). */
export interface Ipv6 {
  /** Blocks until it has an address that others than the link's know, or nobody has made one: `OK`, `CANCELLED` or `TIMEOUT`. Calls that need one do it themselves. */
  up(deadline: i64): Result;

  /** Its address, the link's where it has no other, or null while it has none. */
  address(): Address | null;

  /** Where names may be asked for, as routers have said. */
  nameServers(): Address[];

  /** Packets of a protocol, by its number (IANA), without headers; their ports are 0. `CLOSED`: somebody here takes them already. */
  open(protocol: u8): Outcome<Datagrams>;
}
