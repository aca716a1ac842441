import { Cubic } from "./cubic";
import { isAfter } from "./sequence";

/** Duplicate acknowledgements after which a segment counts as lost (RFC 5681 section 3.2). */
export const DUPLICATES: i32 = 3;
/** More than any buffer has. */
const MAX_WINDOW: i32 = 1 << 30;

/**
 * How much may be on its way. CUBIC (RFC 9438) says how the window grows and shrinks; what goes out while something is missing
 * follows from what arrives: by PRR (RFC 6937) where the other side says which segments have (RFC 2018), else by NewReno (RFC 6582).
 * Windows are in bytes. Raw memory, part of a `Tcb`.
 */
@unmanaged
export class Congestion extends Cubic {
  /** cwnd. */
  window: i32;
  /** ssthresh: up to it the window grows by a segment for each one that arrives. */
  threshold: i32;
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
  // PRR's: what was on its way when it began, what has arrived since, and what was sent.
  private flightSize: i32;
  private delivered: i32;
  private out: i32;
  // Before the first of the timeouts in a row.
  private windowBefore: i32;
  private thresholdBefore: i32;

  /** RFC 6928 section 2; one segment where a SYN was lost (RFC 5681 section 3.1). */
  begin(mss: i32, lostSyn: bool, initial: u32): void {
    this.window = lostSyn ? mss : initialWindow(mss);
    this.threshold = MAX_WINDOW;
    this.recover = initial;
  }

  /** Nothing was sent for a while: what was learnt no longer holds (RFC 5681 section 4.1). */
  restart(mss: i32): void {
    this.window = min(this.window, initialWindow(mss));
    this.forgetEpoch();
  }

  /** New bytes are acknowledged, outside of recovery. `wasFull`: the window was what kept more from being sent. */
  grow(bytes: i32, mss: i32, wasFull: bool, rtt: i64, now: i64): void {
    this.duplicates = 0;
    if (!wasFull) {
      this.forgetEpoch();
      return;
    }
    if (this.window < this.threshold) this.window = min(this.window + min(bytes, mss), MAX_WINDOW);
    else this.window = min(this.climb(this.window, bytes, mss, rtt, now), MAX_WINDOW);
  }

  /** Something is lost (RFC 9438 section 4.6). */
  private reduce(flight: i32, mss: i32): void {
    this.threshold = max(this.shrink(this.window, flight), 2 * mss);
  }

  private enter(flight: i32, mss: i32, highest: u32): void {
    this.isRecovering = true;
    this.recover = highest;
    // What limited transmit has sent beyond the window does not count (RFC 5681 section 3.2, step 2).
    this.reduce(min(flight, this.window), mss);
  }

  /** Begins fast recovery (RFC 5681 section 3.2, steps 2 and 3). */
  enterRecovery(flight: i32, mss: i32, highest: u32): void {
    this.enter(flight, mss, highest);
    this.partials = 0;
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
    return false;
  }

  /** Begins fast recovery where the other side tells which segments have arrived (RFC 6937 section 3). */
  enterProportional(flight: i32, mss: i32, highest: u32): void {
    this.enter(flight, mss, highest);
    this.flightSize = max(flight, mss);
    this.delivered = 0;
    this.out = 0;
  }

  /** In it, so much has arrived now, and `pipe` is on its way: as much goes out as brings the one to `threshold` with the other. */
  proportion(delivered: i32, pipe: i32, mss: i32): void {
    this.delivered += delivered;
    let count = 0;
    if (pipe > this.threshold) {
      const share = (<i64>this.delivered * this.threshold + this.flightSize - 1) / this.flightSize;
      count = <i32>share - this.out;
    } else count = min(this.threshold - pipe, max(this.delivered - this.out, delivered) + mss);
    // The first retransmission goes at once.
    this.window = pipe + max(count, this.out ? 0 : mss);
  }

  /** So many bytes were sent, of whatever kind. */
  wasSent(bytes: i32): void {
    this.out += bytes;
  }

  endProportional(): void {
    this.isRecovering = false;
    this.window = this.threshold;
  }

  /** Nothing came back in time (RFC 5681 section 3.1, RFC 9438 section 4.8; RFC 6582 section 4). */
  timeout(flight: i32, mss: i32, highest: u32): void {
    // A second timeout in a row says nothing new.
    if (!this.hasTimedOut) {
      this.windowBefore = this.window;
      this.thresholdBefore = this.threshold;
      this.reduce(flight, mss);
    }
    this.hasTimedOut = true;
    this.window = mss;
    this.duplicates = 0;
    this.isRecovering = false;
    this.recover = highest;
  }

  /** What had timed out was late, not lost (RFC 4015 section 3.2). */
  undo(flight: i32, mss: i32): void {
    this.hasTimedOut = false;
    this.threshold = max(this.windowBefore, this.thresholdBefore);
    this.window = min(this.windowBefore, flight + initialWindow(mss));
  }
}

function initialWindow(mss: i32): i32 {
  return min(10 * mss, max(2 * mss, 14_600));
}
