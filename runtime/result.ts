/** What a device call answers. It never throws. */
export enum Result {
  OK = 0,
  /** The other side is gone, for good. */
  CLOSED = -1,
}
