import { block, dropPollable, poll, subscribeInstant } from "./wasi";
import { one } from "./realloc";

/** Return area: pointer and length of a list of indices. */
const result = memory.data(8, 4);

/** The deadline of a wait that has none. */
const NEVER = i64.MAX_VALUE;

export function wait(deadline: i64, pollables: usize, count: u32, ready: usize): u32 {
  if (!count) {
    const timer = subscribeInstant(deadline);
    block(timer);
    dropPollable(timer);
    return 0;
  }
  let timers: u32 = 0;
  if (deadline != NEVER) {
    store<i32>(pollables + (count << 2), subscribeInstant(deadline));
    timers = 1;
  }
  one(ready, (count + timers) << 2);
  poll(pollables, count + timers, result);
  let found = load<u32>(result, 4);
  if (timers) {
    dropPollable(load<i32>(pollables + (count << 2)));
    // The host may say in any order which are ready.
    for (let at = ready, end = ready + (found << 2); at < end; at += 4) {
      if (load<u32>(at) != count) continue;
      store<u32>(at, load<u32>(end - 4));
      found--;
      break;
    }
  }
  return found;
}

export function pollable_drop(pollable: i32): void {
  dropPollable(pollable);
}
