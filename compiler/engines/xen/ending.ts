import type { LogResolver } from "../../symbols/log.ts";
import { TRAPPED } from "../engine.ts";

/** Reasons of a domain's end that are no failure: poweroff and reboot (xen/include/public/sched.h). */
const IN_ORDER = ["0", "1"];
/** More than the shim's last line takes. */
const KEPT = 200;

/** Shows what a domain prints, and finds out how it has ended. */
export class Ending {
  private last = "";
  private shown = 0;

  constructor(private readonly resolver: LogResolver) {}

  show(chunk: Buffer): void {
    this.shown += chunk.length;
    process.stdout.write(this.resolver.push(chunk.toString("latin1")), "latin1");
    this.last = (this.last + chunk.toString("latin1")).slice(-KEPT);
  }

  /** Shows what is left of all that the domain has printed: xl's console ends with the domain, whatever it has not read yet. */
  complete(all: Buffer): void {
    if (all.length > this.shown) this.show(all.subarray(this.shown));
  }

  /**
   * The image's exit code; `log` is xl's. Xen itself tells a crash from an end in order. Then the code is in the console's last
   * line, which is the shim's: an image can print the same, but nothing behind it.
   */
  code(log: string): number {
    const [, reason] = /has shut down, reason code (\d+)/.exec(log) ?? [];
    // No domain, then, but xl's complaints.
    if (reason === undefined) process.stderr.write(log);
    const [line, code = "0"] = /mirage: (?:main (?:returned|exited with) (\d+)|(?:shutdown|reboot) requested)\s*$/.exec(this.last) ?? [];
    return IN_ORDER.includes(reason ?? "") && line !== undefined ? Number(code) : TRAPPED;
  }
}
