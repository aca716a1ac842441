import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fail } from "../../diagnostic.ts";
import { replaceFile } from "../../generated-file.ts";
import type { LogResolver } from "../../symbols/log.ts";
import { packageForXen } from "../../xen/package.ts";
import { memoryFor, xlText } from "../../xen/xl.ts";
import { type Engine, TRAPPED } from "../engine.ts";
import { boot, missingPackages } from "./rig.ts";

/** Xen: by xl where this machine is dom0, else in a Xen under QEMU. The domain's console is this process's stdout. */
export const xen: Engine = {
  async run({ image, args, log, debug }) {
    const missing = isDom0() ? [] : missingPackages();
    if (missing.length > 0) fail("MW501", ["Xen, or QEMU with one in it,", `Run \`sudo apt-get install ${missing.join(" ")}\`.`]);
    const name = basename(image, ".wasm");
    const packaged = await packageForXen(image);
    const folder = mkdtempSync(join(tmpdir(), "mirage-wasm-run-"));
    try {
      writeFileSync(join(folder, `mir-${name}.xen`), packaged.elf);
      const kernel = isDom0() ? join(folder, `mir-${name}.xen`) : `mir-${name}.xen`;
      writeFileSync(join(folder, "domain.xl"), xlText({ name, kernel, memory: memoryFor(packaged, undefined), options: {}, args }));
      replaceFile(debug, packaged.debug);
      const end = new Ending(log);
      if (isDom0()) await inDom0(join(folder, "domain.xl"), end);
      else await inRig(folder, end);
      return end.code;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

function isDom0(): boolean {
  const file = "/proc/xen/capabilities";
  return existsSync(file) && readFileSync(file, "utf8").includes("control_d");
}

/** Shows what a domain prints, and finds out from it how it has ended. */
class Ending {
  /** Until a line tells another, the domain has not ended in order. */
  code = TRAPPED;
  private rest = "";

  constructor(private readonly log: LogResolver) {}

  show(chunk: Buffer): void {
    process.stdout.write(this.log.push(chunk.toString("latin1")), "latin1");
    const lines = (this.rest + chunk.toString("latin1")).split("\n");
    this.rest = lines.pop() ?? "";
    for (const line of lines) {
      const [, code] = /mirage: main (?:returned|exited with) (\d+)\r?$/.exec(line) ?? [];
      if (code !== undefined) this.code = Number(code);
      else if (/^mirage: (?:shutdown|reboot) requested/.test(line)) this.code = 0;
    }
  }
}

function inDom0(config: string, end: Ending): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn("xl", ["create", "-q", "-c", config], { stdio: ["inherit", "pipe", "inherit"] });
    child.stdout.on("data", (chunk: Buffer) => end.show(chunk));
    child.on("error", reject);
    child.on("close", () => resolve());
  });
}

async function inRig(folder: string, end: Ending): Promise<void> {
  process.stderr.write("Booting Xen under QEMU, which takes some 15 s …\n");
  writeFileSync(join(folder, "run.sh"), "xl create -q -c domain.xl\n");
  await boot({ guests: folder, results: join(folder, "results"), terminal: { input: process.stdin, output: (chunk) => end.show(chunk) } });
  const said = readFileSync(join(folder, "results/stderr"), "utf8");
  if (said) process.stderr.write(said);
}
