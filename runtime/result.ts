/** What a call answers that a host, another thread or a peer can make fail. It never throws. */
export enum Result {
  OK = 0,
  /** The other side is gone, for good. */
  CLOSED = -1,
  /** The calling thread was cancelled: it should give back what it holds, and return. */
  CANCELLED = -2,
  /** Time was up. */
  TIMEOUT = -3,
  /** Nobody takes connections there. */
  REFUSED = -4,
  /** There is no way to that address. */
  UNREACHABLE = -5,
  /** There is nothing by that name. */
  NOT_FOUND = -6,
  /** Who was asked could not say. */
  FAILED = -7,
  /** What is below has no such call. */
  UNSUPPORTED = -8,
}

/** A result and, where it is `OK`, a value. */
export class Outcome<T> {
  constructor(
    public readonly result: Result,
    private readonly given: T,
  ) {}

  get isOK(): bool {
    return this.result == Result.OK;
  }

  /** The value. Without one the image aborts: look at `result` first. */
  get value(): T {
    if (this.result != Result.OK) throw new Error("there is no value: the result is not OK");
    return this.given;
  }
}

/** An outcome without a value. */
export function failed<T>(result: Result): Outcome<T> {
  return new Outcome<T>(result, nothing<T>());
}

/** What stands where no value is: null or 0. */
export function nothing<T>(): T {
  return isReference<T>() ? changetype<T>(0) : <T>0;
}
