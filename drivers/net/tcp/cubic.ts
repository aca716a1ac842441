import { SECOND } from "mirage-wasm/duration";

// Of RFC 9438 section 5.1: the windows' factor after a loss, and how steep they grow, in segments and seconds.
const BETA: f64 = 0.7;
const C: f64 = 0.4;
/** Section 4.3: as fast as Reno's, for its factor of a half. */
const ALPHA: f64 = (3 * (1 - BETA)) / (1 + BETA);

/** How a window grows when nothing is lost: by a cubic function of the time since something was (RFC 9438 section 4). Raw memory. */
@unmanaged
export class Cubic {
  /** cwnd_prior: the window before the last loss. */
  private prior: f64;
  /** W_max: the same, or less, for others that come. */
  private most: f64;
  /** When it began to grow; 0: not yet. */
  private epoch: i64;
  /** K: seconds until it is at W_max again. */
  private time: f64;
  /** W_est: what Reno's would be. */
  private estimate: f64;
  /** Of a byte. */
  private fraction: f64;

  /** The time in which nothing kept it from growing does not count (section 5.8). */
  protected forgetEpoch(): void {
    this.epoch = 0;
  }

  /** The window, after so many bytes have arrived. */
  protected climb(window: i32, bytes: i32, mss: i32, rtt: i64, now: i64): i32 {
    const segment = <f64>mss;
    if (!this.epoch) {
      this.epoch = now;
      this.estimate = window;
      if (this.most > window) this.time = Math.cbrt((this.most - window) / segment / C);
      else {
        this.most = window;
        this.time = 0;
      }
    }
    const from = <f64>(now - this.epoch + rtt) / <f64>SECOND - this.time;
    const aim = C * from * from * from * segment + this.most;
    const share = <f64>bytes / window;
    this.estimate += (this.estimate < this.prior ? ALPHA : 1) * segment * share;
    // Section 4.2: not more than half as much again in a round trip; section 4.3: not less than Reno's.
    const grown = window + this.fraction + max(min(aim, window * 1.5) - window, 0) * share;
    const result = max(grown, this.estimate);
    this.fraction = result - Math.floor(result);
    return <i32>result;
  }

  /** What is left of it after a loss, with `flight` bytes on their way (sections 4.6 and 4.7). */
  protected shrink(window: i32, flight: i32): i32 {
    this.prior = window;
    // Others come: some of what is given up is for them.
    this.most = window < this.most ? (window * (1 + BETA)) / 2 : window;
    this.epoch = 0;
    return <i32>(flight * BETA);
  }
}
