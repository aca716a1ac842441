/** What a connection is at (RFC 9293 section 3.3.2). LISTEN is a `Listener`. */
export enum State {
  CLOSED,
  SYN_SENT,
  SYN_RECEIVED,
  ESTABLISHED,
  /** This side has ended, the other may still send; FIN is not acknowledged. */
  FIN_WAIT_1,
  /** The same, and FIN is acknowledged. */
  FIN_WAIT_2,
  /** The other side has ended, this one may still send. */
  CLOSE_WAIT,
  /** Both have ended at the same time. */
  CLOSING,
  /** Both have ended, the other one first. */
  LAST_ACK,
  /** All is over; late segments are waited for. */
  TIME_WAIT,
}

/** Why a connection is over before its time. */
export enum Cause {
  /** It is not. */
  NONE,
  /** Nobody listens at the port. */
  REFUSED,
  /** The other side has given it up. */
  RESET,
  /** The other side was silent for too long. */
  TIMEOUT,
  /** The other side was silent, and somebody on the way says that there is none to it. */
  UNREACHABLE,
  /** This side has given it up. */
  ABORTED,
}
