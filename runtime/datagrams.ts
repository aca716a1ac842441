import { Address } from "./address";
import { Result } from "./result";

/** One end of conversations by datagrams, at a port. It belongs to who opened it, and is to be closed by him. */
export interface Datagrams {
  /**
   * Reads the next datagram into `bytes`, blocking until there is one; what does not fit is lost. Returns its size, which
   * may be 0, `Result.TIMEOUT` when the monotonic clock reaches `deadline` before, or `CANCELLED`; after `hearErrors` also
   * `REFUSED` or `UNREACHABLE`.
   */
  receive(bytes: Uint8Array, deadline: i64): i32;

  /**
   * From now on `receive` tells when one that was sent did not arrive, as somebody says; `address` and `port` are then whom it
   * was for. Nobody has to say so, and nothing proves that it is true.
   */
  hearErrors(): void;

  /** Who has sent the one that was read last. */
  address(): Address;
  port(): u16;

  /** Sends the first `size` of `bytes`. `UNREACHABLE`: there is no way to that address. */
  send(bytes: Uint8Array, size: i32, address: Address, port: u16): Result;

  /**
   * From now on datagrams to a group of hosts (224.0.0.0/4, ff00::/8) and this port come here, too, whoever sends them; without it none of
   * them does. Routers and switches are told. `UNREACHABLE`: it is no group's address, this host does not speak its version of IP, or
   * listens to 32 groups of it already. `UNSUPPORTED`: what is below cannot do it.
   */
  join(group: Address): Result;

  /** No more of them. `close` leaves all groups, too. */
  leave(group: Address): void;

  close(): void;
}
