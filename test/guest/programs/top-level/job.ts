import { Console } from "mirage-wasm/console";
import { StandardConsole } from "mirage-wasm/drivers/console";
import { HostClock } from "mirage-wasm/drivers/clock";
import { MILLISECOND, sleep } from "mirage-wasm/thread";

const booted = new HostClock().now();
new StandardConsole().log("top level");
sleep(10 * MILLISECOND);
new StandardConsole().log("slept");

/** Code outside functions may use devices and block. */
export class Job<C extends Console> {
  start(console: C): void {
    console.log("job " + (booted != 0 ? "after" : "before") + " top level");
  }
}
