import { threads } from "../link";

/** Jobs that have not ended. */
export let jobs: i32 = 1;
let code: i32 = 0;

export function beginJobs(count: i32): void {
  jobs = count;
}

/** One more job: the image ends when all have. */
export function addJob(): void {
  jobs++;
}

/** A job has ended with `result`. The image's code is the first that is not 0. */
export function endJob(result: i32): void {
  if (threads()) jobs--;
  if (!code) code = result;
}

export function exitCode(): i32 {
  return code;
}
