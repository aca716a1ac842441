import { thread_waits, threads_blocked } from "../abi";
import { threads } from "../link";
import { oldest } from "./thread";

/** No thread can run and no event can change that: says who waits, and traps. */
export function deadlock(): void {
  threads_blocked();
  if (threads()) {
    let thread = oldest;
    while (thread) {
      const record = thread.record!;
      thread_waits(changetype<usize>(record), record.site);
      thread = thread.newer;
    }
  }
  unreachable();
}
