// Figures of threads: what one costs while it is suspended, a switch, and what the report of a deadlock adds to an image.

import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const wasmtime = join(root, ".tools/bin/wasmtime");
const THREADS = 100_000;
const SWITCHES = 2_000_000;
const RUNS = 11;

const yielding = `import { HostClock } from "mirage-wasm/drivers/clock";
import { spawn, Task, Thread } from "mirage-wasm/thread";

class Yielder extends Task {
  run(): void {
    for (let i = 0; i < ${SWITCHES / 2}; i++) Thread.yield();
  }
}

export class Job<C extends Console> {
  start(console: C): void {
    const clock = new HostClock();
    const a = spawn(new Yielder());
    const b = spawn(new Yielder());
    const start = clock.now();
    a.join();
    b.join();
    console.log((clock.now() - start).toString());
  }
}
`;

/** Prints how much the heap has grown by when all of them sleep, and how large the memory is. */
const sleeping = `import { SECOND, sleep, spawn, Task, Thread } from "mirage-wasm/thread";

let asleep = 0;
class Sleeper extends Task {
  run(): void {
    asleep++;
    sleep(10 * SECOND);
    asleep--;
  }
}

export class Job<C extends Console> {
  start(console: C): void {
    const before = memory.size();
    let last: Thread | null = null;
    for (let i = 0; i < ${THREADS}; i++) last = spawn(new Sleeper());
    sleep(SECOND);
    console.log(asleep.toString() + " " + ((memory.size() - before) << 16).toString() + " " + (memory.size() << 16).toString());
    last!.join();
    sleep(SECOND);
    console.log(asleep.toString());
  }
}
`;

/** Examples: one that has a single thread, and one that has several. */
const REPORTED = ["hello", "heads1"];

/** Rows of the table. */
export function threadRows() {
  const folder = mkdtempSync(join(tmpdir(), "mirage-wasm-bench-threads-"));
  try {
    const [asleep, grown, size, left] = run(make(folder, "sleepers", sleeping, `, { memory: "128 MiB" }`)).split(/\s/).map(Number);
    if (asleep !== THREADS || left !== 0) throw new Error(`${asleep} of ${THREADS} threads slept, and ${left} have not woken`);
    const image = make(folder, "yield", yielding);
    const [nanoseconds] = Array.from({ length: RUNS }, () => Number(run(image)) / SWITCHES).sort((a, b) => a - b).slice(RUNS >> 1);
    return [
      ["yield and resume of a thread", `${nanoseconds.toFixed(0)} ns`, "", "≤ 60 ns"],
      ["a suspended thread", `${Math.ceil(grown / THREADS)} B`, "", "≤ 1 kB"],
      ["100,000 sleepers", `${(size / 2 ** 20).toFixed(0)} MiB`, "", "≤ 128 MiB"],
      ...reports(folder),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function make(folder, name, job, options = "") {
  writeFileSync(join(folder, "config.ts"), `import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";\nregister("${name}", [foreign("job.ts:Job", to(console, job)).$(defaultConsole)]${options});\n`);
  writeFileSync(join(folder, "job.ts"), `import { Console } from "mirage-wasm/console";\n${job}`);
  build(root, folder);
  return join(folder, "dist", `${name}.wasm`);
}

function run(image) {
  return execFileSync(wasmtime, ["run", image], { encoding: "utf8" });
}

function build(tool, folder) {
  for (const command of [["configure", "--wasi"], ["build"]]) execFileSync(process.execPath, [join(tool, "build/cli/main.js"), ...command], { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
}

/** Beside each image, the same made by a copy of this package whose threads note and say nothing. */
function reports(folder) {
  const mute = join(folder, "mute");
  for (const part of ["build", "runtime", "drivers", "asconfig.json", "package.json"]) cpSync(join(root, part), join(mute, part), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(mute, "node_modules"));
  replace(join(mute, "runtime/scheduler/deadlock.ts"), /export function deadlock\(\): void \{[^]*?\n\}/, "export function deadlock(): void {\n  unreachable();\n}");
  replace(join(mute, "runtime/scheduler/block.ts"), "if (threads()) current.site = site;", "");
  return REPORTED.map((name) => {
    const sizes = [root, mute].map((tool) => {
      const example = join(folder, `${name}-of-${tool === root ? "ours" : "mute"}`);
      cpSync(join(root, "examples", name), example, { recursive: true, filter: (path) => !/\/(mirage|dist)$/.test(path) });
      build(tool, example);
      return statSync(join(example, "dist", `${name}.wasm`)).size;
    });
    return [`report of a deadlock in ${name}`, `${sizes[0] - sizes[1]} B of ${sizes[0]}`, "", name === "hello" ? "≤ 100 B" : ""];
  });
}

function replace(file, from, to) {
  const text = readFileSync(file, "utf8");
  const replaced = text.replace(from, to);
  if (replaced === text) throw new Error(`${file} has changed: test/bench/threads.mjs`);
  writeFileSync(file, replaced);
}
