// The conformance set on real Xen: every case of every program is a domain, one after the other in one boot of the rig.

import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { boot, missingPackages } from "../../compiler/engines/xen/rig.ts";
import { findTool } from "../../compiler/tools.ts";
import { withArguments, withValues } from "../../compiler/xen/xl.ts";
import type { Input } from "./cases.ts";
import type { Run } from "./image.ts";

export interface Guest {
  /** Of the domain, and of its files. */
  name: string;
  /** The built files: mir-NAME.xen, and the NAME.xl with its memory. */
  elf: string;
  xl: string;
  args: string[];
  input: Input;
}

const missing = [...missingPackages(), ...(findTool("gcc") || findTool("clang") ? [] : ["gcc"]), ...(findTool("ld") ? [] : ["binutils"])];
/** Why no guest can be run here, if so. */
export const noXen = missing.length > 0 ? `it needs ${missing.join(", ")}` : undefined;

/** Seconds before each piece of an input that has several. */
const PAUSE = 1;
const LIMIT = 1200;
/** Seconds for which the typist stays: what xenconsoled has not read when the terminal closes is lost. */
const LINGER = 30;
/** Seconds that a guest may take: many, because an emulated processor on a busy machine is slow. */
const PATIENCE = 120;

/** Boots once, runs all guests; returns what each has printed. */
export async function runOnXen(guests: Guest[]): Promise<Map<string, Run>> {
  const folder = mkdtempSync(join(tmpdir(), "mirage-wasm-guests-"));
  try {
    for (const guest of guests) prepare(folder, guest);
    writeFileSync(join(folder, "run.sh"), runner(guests));
    const results = join(folder, "out");
    mkdirSync(results);
    const from = Date.now();
    await boot({ guests: folder, results, limit: LIMIT });
    const until = Date.now();
    return new Map(guests.map(({ name }) => [name, { ...readRun(results, name), from, until }]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function prepare(folder: string, { name, elf, xl, args, input }: Guest): void {
  copyFileSync(elf, join(folder, `${name}.xen`));
  // Networks are for test/xen/net.test.ts; without vifs a domain is made faster.
  const values = { name, kernel: `${name}.xen`, extra: "mirage.console=raw", vif: [] };
  writeFileSync(join(folder, `${name}.xl`), withArguments(withValues(readFileSync(xl, "utf8"), values), args));
  const pieces = "all" in input ? [input.all] : input.interactive;
  pieces.forEach((piece, index) => writeFileSync(join(folder, `${name}.in${index}`), piece));
  const typing = pieces.map((_, index) => `sleep ${pieces.length > 1 ? PAUSE : 0}; cat ${name}.in${index}`);
  writeFileSync(join(folder, `${name}.in`), [...typing, String.raw`printf '\004'; sleep ${LINGER}`].join("\n"));
}

function runner(guests: Guest[]): string {
  return `one() {
  xl create -q -p $1.xl
  # \`xl console\` reads no pipe
  sh $1.in | xenconsole --interactive $(xl domid $1) > /dev/null 2>&1 &
  xl unpause $1
  end=$(($(date +%s) + ${PATIENCE}))
  while xl domid $1 > /dev/null 2>&1 && [ $(date +%s) -lt $end ]; do sleep 0.1; done
  cp /var/log/xen/console/guest-$1.log results/$1.console
  cp /var/log/xen/xl-$1.log results/$1.xl
  xl destroy $1 2> /dev/null && echo "The domain was destroyed by the test." >> results/$1.xl
}
${guests.map(({ name }) => `one ${name}`).join("\n")}
`;
}

function readRun(results: string, name: string): Omit<Run, "from" | "until"> {
  // A domain that was not made leaves none; the others have run all the same.
  const read = (file: string): string => (existsSync(join(results, file)) ? readFileSync(join(results, file), "latin1") : `There is no ${file}.\n`);
  const console = read(`${name}.console`);
  const [, ended] = /mirage: main (?:returned|exited with) (\d+)\n$/.exec(console) ?? [];
  const end = read(`${name}.xl`);
  const [, reason] = /has shut down, reason code (\d+)/.exec(end) ?? [];
  const POWEROFF = "0";
  const CRASH = "3";
  const code = reason === POWEROFF && ended !== undefined ? Number(ended) : reason === CRASH && ended === undefined ? 134 : -1;
  return { transcript: { code, stdout: console.replaceAll(/mirage: .*\n/g, ""), stderr: "" }, report: console + end };
}
