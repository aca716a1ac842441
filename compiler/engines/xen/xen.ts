import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fail } from "../../diagnostic.ts";
import { readManifest } from "../../manifest.ts";
import { findTool } from "../../tools.ts";
import { domainOf } from "../../xen/build.ts";
import { coreModuleOf } from "../../xen/core-module.ts";
import { socketsVif } from "../../xen/sockets.ts";
import { memoryIn, withArguments, withValues } from "../../xen/xl.ts";
import type { Engine } from "../engine.ts";
import { forwardSignals } from "../signals.ts";
import { Ending } from "./ending.ts";
import { boot, missingPackages } from "./rig.ts";
import { connect, type Terminal } from "./terminal.ts";

/** A run has one end, whatever the configuration says of domains that stay or come again. */
const ONCE = { on_poweroff: "destroy", on_reboot: "destroy", on_crash: "destroy" };
/** A shell's: xl shows the console, stays until the domain has ended, and says on its standard error how. */
export const CREATE = 'xl create -q -F -c "$CONFIG" 2> "$LOG"';
/** Gives it a terminal: without one, xl's console reads no input. */
export const AT_TERMINAL = ["script", "-q", "-f", "-c", CREATE, "/dev/null"] as const;

/** Xen: by xl where this machine is dom0, else in a Xen under QEMU. The domain's console is this process's stdout. */
export const xen: Engine = {
  async run({ image, args, folder, context, log }) {
    if (isDom0() && !findTool("script")) fail("MW501", ["script", "Run `sudo apt-get install bsdutils`."]);
    const missing = isDom0() ? [] : missingPackages();
    if (missing.length > 0) fail("MW501", ["Xen, or QEMU with one in it,", `Run \`sudo apt-get install ${missing.join(" ")}\`.`]);
    const { elf, xl } = await domainOf(folder, context, image);
    const own = mkdtempSync(join(tmpdir(), "mirage-wasm-run-"));
    try {
      writeFileSync(join(own, "image.xen"), elf);
      const end = new Ending(log);
      const config = withArguments(xl, args);
      const said = isDom0() ? await inDom0(own, config, dirname(image), end) : await inRig(own, config, image, end);
      return end.code(said);
    } finally {
      rmSync(own, { recursive: true, force: true });
    }
  },
};

function isDom0(): boolean {
  const file = "/proc/xen/capabilities";
  return existsSync(file) && readFileSync(file, "utf8").includes("control_d");
}

/** Paths in the configuration are relative to dist/. */
function inDom0(folder: string, xl: string, dist: string, end: Ending): Promise<string> {
  const [CONFIG, LOG] = [join(folder, "domain.xl"), join(folder, "log")];
  writeFileSync(CONFIG, withValues(xl, { ...ONCE, kernel: join(folder, "image.xen") }));
  const [program, ...args] = AT_TERMINAL;
  return new Promise((resolve, reject) => {
    const child = spawn(findTool(program) as string, args, { cwd: dist, stdio: ["pipe", "pipe", "inherit"], env: { ...process.env, SHELL: "/bin/sh", CONFIG, LOG } });
    const disconnect = connect(child, terminalOf(end));
    const stopForwarding = forwardSignals(child);
    child.on("error", reject);
    child.on("close", () => {
      disconnect();
      stopForwarding();
      resolve(existsSync(LOG) ? readFileSync(LOG, "utf8") : "");
    });
  });
}

async function inRig(guests: string, xl: string, image: string, end: Ending): Promise<string> {
  process.stderr.write("Booting Xen under QEMU, which takes some 15 s …\n");
  // There are no disks in the rig.
  writeFileSync(join(guests, "domain.xl"), withValues(xl, { ...ONCE, kernel: "image.xen", disk: [] }));
  writeFileSync(join(guests, "run.sh"), `CONFIG=domain.xl LOG=results/xl\n${CREATE}\ncp /var/log/xen/console/guest-*.log results/console\n`);
  const results = join(guests, "results");
  await boot({ guests, results, memory: memoryIn(xl), terminal: terminalOf(end), cables: vifNumbers(image) });
  const console = join(results, "console");
  if (existsSync(console)) end.complete(readFileSync(console));
  return readFileSync(join(results, "xl"), "utf8");
}

/** The vifs of an image: its networks', and that of its sockets. */
function vifNumbers(image: string): number[] {
  const component = readFileSync(image);
  const manifest = readManifest(component, basename(image));
  return [...manifest.networks.map(({ vif }) => vif), socketsVif(coreModuleOf(component, basename(image)).imports, manifest)].flatMap((vif) => vif ?? []);
}

function terminalOf(end: Ending): Terminal {
  return { input: process.stdin, output: (chunk) => end.show(chunk) };
}
