// Answers to segments that do not fit. Who is there can tell by them where the connection is; who only guesses sees nothing
// (RFC 5961). Each connection gives a few of them a second, so that two sides cannot keep each other busy (section 7).

import { SECOND } from "mirage-wasm/duration";
import { challenges, challengesSaved } from "./counters";
import { Tcb } from "./tcb";

const A_SECOND: i32 = 10;

/** The next `output` acknowledges what has come, unless too many have been asked for in this second. */
export function challenge(tcb: Tcb, now: i64): void {
  if (now - tcb.challengesSince >= SECOND) {
    tcb.challengesSince = now;
    tcb.challenges = 0;
  }
  if (tcb.challenges == A_SECOND) {
    challengesSaved.add();
    return;
  }
  tcb.challenges++;
  challenges.add();
  tcb.ackNow = true;
}
