import { MILLISECOND, sleep } from "mirage-wasm/thread";

export let beats: i32 = 0;

/** A job beside the one that serves. */
export class Beat {
  start(): void {
    while (sleep(MILLISECOND) == 0) beats++;
  }
}
