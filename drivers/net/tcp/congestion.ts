import { isAfter } from "./sequence";

/** Duplicate acknowledgements after which a segment counts as lost (RFC 5681 section 3.2). */
export const DUPLICATES: i32 = 3;
/** More than any buffer has. */
const MAX_WINDOW: i32 = 1 << 30;

/** How much may be on its way: NewReno, of RFC 5681 and 6582. Windows are in bytes. Raw memory, part of a `Tcb`. */
@unmanaged
export class Congestion {
  /** cwnd. */
  window: i32;
  /** ssthresh: beyond it the window grows by one segment a round trip. */
  threshold: i32;
  /** Bytes acknowledged since it last did. */
  private counted: i32;
  /** Duplicate acknowledgements in a row. */
  duplicates: i32;
  /** In fast recovery. */
  isRecovering: bool;
  /** Acknowledgements of a part, in this recovery. */
  partials: i32;
  /** A retransmission by timeout is on its way. */
  hasTimedOut: bool;
  /** The highest number that was sent when the last recovery began (RFC 6582 section 3.2). */
  recover: u32;

  /** RFC 6928 section 2; one segment where a SYN was lost (RFC 5681 section 3.1). */
  begin(mss: i32, lostSyn: bool, initial: u32): void {
    this.window = lostSyn ? mss : initialWindow(mss);
    this.threshold = MAX_WINDOW;
    this.recover = initial;
  }

  /** Nothing was sent for a while: what was learnt no longer holds (RFC 5681 section 4.1). */
  restart(mss: i32): void {
    this.window = min(this.window, initialWindow(mss));
  }

  /** New bytes are acknowledged, outside of recovery. `wasFull`: the window was what kept more from being sent. */
  grow(bytes: i32, mss: i32, wasFull: bool): void {
    this.duplicates = 0;
    this.hasTimedOut = false;
    if (!wasFull) return;
    if (this.window < this.threshold) {
      this.window = min(this.window + min(bytes, mss), MAX_WINDOW);
      return;
    }
    this.counted += bytes;
    if (this.counted < this.window) return;
    this.counted -= this.window;
    this.window = min(this.window + mss, MAX_WINDOW);
  }

  /** Begins fast recovery (RFC 5681 section 3.2, steps 2 and 3). */
  enterRecovery(flight: i32, mss: i32, highest: u32): void {
    this.isRecovering = true;
    this.partials = 0;
    this.recover = highest;
    this.threshold = max(flight >> 1, 2 * mss);
    this.window = this.threshold + DUPLICATES * mss;
  }

  /** A segment has left the network (step 4). */
  inflate(mss: i32): void {
    this.window = min(this.window + mss, MAX_WINDOW);
  }

  /** New bytes are acknowledged in recovery. True: some of those before `recover` are still missing (RFC 6582 section 3.2, step 3). */
  isPartial(acknowledged: u32, bytes: i32, flight: i32, mss: i32): bool {
    this.duplicates = 0;
    if (isAfter(this.recover, acknowledged)) {
      this.window = max(this.window - bytes + (bytes >= mss ? mss : 0), mss);
      this.partials++;
      return true;
    }
    this.isRecovering = false;
    this.window = min(this.threshold, max(flight, mss) + mss);
    this.counted = 0;
    return false;
  }

  /** Nothing came back in time (RFC 5681 section 3.1, equation 4; RFC 6582 section 4). */
  timeout(flight: i32, mss: i32, highest: u32): void {
    // A second timeout in a row says nothing new.
    if (!this.hasTimedOut) this.threshold = max(flight >> 1, 2 * mss);
    this.hasTimedOut = true;
    this.window = mss;
    this.counted = 0;
    this.duplicates = 0;
    this.isRecovering = false;
    this.recover = highest;
  }
}

function initialWindow(mss: i32): i32 {
  return min(10 * mss, max(2 * mss, 14_600));
}
