import { Result } from "mirage-wasm/result";
import { Sleep } from "mirage-wasm/sleep";
import { sleep } from "mirage-wasm/thread";

/** Sleeps by the host's monotonic clock. */
export class HostSleep implements Sleep {
  sleep(duration: i64): Result {
    return sleep(duration);
  }
}
