// The guests of shim.test.ts, and what the one boot that they share has left of each.

import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { boot } from "../../compiler/engines/xen/rig.ts";
import { AT_TERMINAL } from "../../compiler/engines/xen/xen.ts";
import { findTool } from "../../compiler/tools.ts";
import { Project, root } from "../support/project.ts";
import { inputOf, program, scripts } from "../tcp/scripts/files.ts";
import { Guests } from "./guests.ts";
import { forbidden, traps } from "./traps.ts";
import { handles, idle, stubborn, told } from "./waiting.ts";

const BOOT_LIMIT = 900;
/** A domain with memory above 4 GiB, of which Xen gives what is touched. */
const HIGH = { memory: 64, lines: "\nmaxmem = 6000\nshadow_memory = 64\n" };

const guests = new Guests();
const results = join(guests.folder, "out");
/** SHA-256 of the example's NAME.wasm. */
export let lunch = "";
/** Of the packet scripts' player, and what it says under wasmtime. */
export const player = { digest: "", said: "" };

/** What run.sh has left, without the CRs of a terminal. */
export const read = (name: string): string => readFileSync(join(results, name), "latin1").replaceAll("\r\n", "\n");
export const consoleOf = (name: string): string => read(`${name}.console`);
/** Of xl's own log; 0 is poweroff, 1 is reboot, 3 is crash. */
export const reasonOf = (name: string): string | undefined => /has shut down, reason code (\d+)/.exec(read(`${name}.xl`))?.[1];
export const elfOf = (name: string): Uint8Array => readFileSync(join(guests.folder, `${name}.xen`));

/** Builds all guests and boots once. */
export async function runDomains(): Promise<void> {
  await jobsThatEnd();
  await jobsThatAreEnded();
  await examples();
  await packetScripts();
  for (const name of [...Object.keys(forbidden), "fault-in-report", "surroundings"]) await guests.negative(name);
  for (const [name, [wat]] of Object.entries(traps)) await guests.module(name, wat);
  const others = ["fault-in-report", "surroundings", "high-memory", "high", "clang", "handles", "noop", "hello", "small", "much-memory", "too-little", "long-output"];
  writeFileSync(join(guests.folder, "to-the-end"), [...Object.keys(forbidden), ...Object.keys(traps), ...others].join("\n"));
  writeFileSync(join(guests.folder, "run.sh"), readFileSync(join(root, "test/xen/run.sh")));
  guests.again("piped", "console-echo");
  copyFileSync(findTool(AT_TERMINAL[0]) as string, join(guests.folder, AT_TERMINAL[0]));
  writeFileSync(join(guests.folder, "at-terminal"), `./${AT_TERMINAL.map((word) => `'${word}'`).join(" ")}`);
  await boot({ guests: guests.folder, results, limit: BOOT_LIMIT });
}

export function removeDomains(): void {
  guests.remove();
}

async function jobsThatEnd(): Promise<void> {
  await guests.job("small", `    console.log("small");`, { memory: 4 });
  guests.again("high", "small", HIGH);
  await guests.negative("high-memory", HIGH);
  await guests.module("handles", handles);
  await guests.job("clang", `    console.log("clang");`, { env: { MIRAGE_WASM_GCC: findTool("clang") } });
  await guests.job("line-ends", `    for (let line = console.readLine(); line !== null; line = console.readLine()) console.log("[" + line + "]");`);
  await guests.job("much-memory", `    console.log(memory.grow(1000).toString());`, { memory: 8 });
  await guests.module("too-little", '(module (memory (export "memory") 128) (func (export "main") (result i32) (i32.load (i32.const 20000))))', { memory: 4 });
  await guests.job("long-output", `    const line = "0123456789abcdef".repeat(64).slice(0, 1023);\n    for (let i = 0; i < 1024; i++) console.log(line);`);
}

async function jobsThatAreEnded(): Promise<void> {
  const head = `import { MILLISECOND, SECOND, sleep } from "mirage-wasm/thread";`;
  await guests.job("counter", `    for (let i = 0; i < 1000; i++) {\n      console.log(i.toString());\n      sleep(50 * MILLISECOND);\n    }`, { head });
  await guests.job("sleeper", `    sleep(1000 * SECOND);\n    console.log("too late");`, { head });
  await guests.job("printer", `    while (true) console.log("line");`);
  const last = `class Last<C extends Console> extends Task {
  constructor(private console: C) {
    super();
  }
  run(): void {
    sleep(20 * MILLISECOND);
    this.console.log("at the end");
  }
}`;
  await guests.job("leaver", `    atExit(new Last<C>(console));\n    sleep(1000 * SECOND);\n    console.log("too late");`, {
    head: `import { atExit, MILLISECOND, SECOND, sleep, Task } from "mirage-wasm/thread";\n${last}`,
  });
  for (const [name, wat] of Object.entries({ told, stubborn, idle })) await guests.module(name, wat);
  guests.again("unread", "printer");
  guests.again("impatient", "stubborn");
  guests.again("rebooted", "told", { lines: '\non_reboot = "destroy"\n' });
}

async function examples(): Promise<void> {
  lunch = await guests.example("out_to_lunch");
  for (const name of ["noop", "hello", "console-echo"]) await guests.project(name, new Project({}, join(root, "examples", name)));
}

async function packetScripts(): Promise<void> {
  const project = new Project({}, program);
  const input = inputOf(scripts);
  await project.build();
  player.said = (await project.mirage(["run", "-e", "wasmtime"], input)).stdout;
  player.digest = await guests.image("scripts", join(project.folder, "dist/scripts.wasm"), 64);
  project.remove();
  writeFileSync(join(guests.folder, "scripts.in"), `${input}\x04`);
}
