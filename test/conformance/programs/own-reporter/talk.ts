// A reporter of the user's own, on a device and a constant, gets what a source prints, from top-level code on.
import { Log } from "mirage-wasm/log";

const log = new Log("talk");

log.error("early");

export class Talk {
  start(): void {
    log.info("not printed");
    log.debug("not even reported");
    log.error("code {}", 5);
  }
}
