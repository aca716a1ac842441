import { SECOND } from "mirage-wasm/duration";

/** The other side has this long at first, and again for so many bytes as it sends in it at the least rate. */
const PATIENCE: i64 = 30 * SECOND;
/** In bytes a second. */
const LEAST_RATE: i64 = 500;

/** How long a body is still waited for. */
export class Patience {
  /** Nanoseconds. */
  left: i64 = PATIENCE;

  begin(): void {
    this.left = PATIENCE;
  }

  /** It was waited for, and so many bytes have come. */
  spend(time: i64, count: i32): void {
    const left = this.left - time + <i64>max(count, 0) * (SECOND / LEAST_RATE);
    this.left = min(PATIENCE, max(left, 0));
  }
}
