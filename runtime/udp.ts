import { Datagrams } from "./datagrams";
import { Outcome } from "./result";

/** Datagrams (RFC 768). */
export interface Udp {
  /** Those at `port`, 0 for a free one. `CLOSED`: somebody here has it. */
  datagrams(port: u16): Outcome<Datagrams>;
}
