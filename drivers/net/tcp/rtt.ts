/** Before anything is measured (RFC 6298 section 2.1), in nanoseconds. */
const INITIAL: i64 = 1_000_000_000;
/** Before anything is measured, where a SYN was lost (section 5.7). */
const AFTER_LOST_SYN: i64 = 3_000_000_000;
/** Section 2.4 asks for a second; a path of our days that is silent for a fifth of it has lost something, as all others assume. */
const MIN: i64 = 200_000_000;
const MAX: i64 = 60_000_000_000;
/** The clock's granularity G (section 2.3). */
const GRANULARITY: i64 = 1_000_000;

/** How long an acknowledgement takes, and how long one is waited for: RFC 6298. Raw memory, part of a `Tcb`. */
@unmanaged
export class Rtt {
  /** 0: nothing is measured. */
  smoothed: i64;
  private variation: i64;
  private base: i64;
  /** How often the time was doubled. */
  backoff: i32;

  begin(): void {
    this.base = INITIAL;
  }

  /** Section 5.7: what follows a SYN that was sent twice. */
  afterLostSyn(): void {
    this.backoff = 0;
    if (!this.smoothed) this.base = AFTER_LOST_SYN;
  }

  /** A segment, sent once, was acknowledged after this time. */
  sample(time: i64): void {
    if (!this.smoothed) {
      this.smoothed = time;
      this.variation = time >> 1;
    } else {
      const error = time - this.smoothed;
      this.variation += ((error < 0 ? -error : error) - this.variation) >> 2;
      this.smoothed += error >> 3;
    }
    this.base = max(this.smoothed + max(GRANULARITY, this.variation << 2), MIN);
    this.backoff = 0;
  }

  /** RTO, in nanoseconds. */
  get timeout(): i64 {
    return min(this.base << this.backoff, MAX);
  }

  /** Section 5.5. */
  double(): void {
    if (this.base << this.backoff < MAX) this.backoff++;
  }
}
