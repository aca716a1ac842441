// "hello" under `wasmtime serve`: an image of the target http beside components in C and in JavaScript (ComponentizeJS), with an instance
// for each request and with one for many. Rounds are taken in turns.

import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { componentEmbed, componentNew } from "@bytecodealliance/jco-transpile/wasm-tools";
import { imageWorld } from "../../build/compiler/build/world.js";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const here = join(root, "test/bench/serve");
const wasmtime = join(root, ".tools/bin/wasmtime");
const ROUNDS = Number(process.env.SERVE_ROUNDS ?? 7);
const MANY = 1_000_000_000;

/** What the peers import and export. */
const world = imageWorld(["wasi:http/types@0.2.0", "wasi:io/streams@0.2.0"].map((module) => ({ module, name: "" })), [], "wasi:http/incoming-handler@0.2.0");

function ours(folder) {
  const copy = join(folder, "ours");
  cpSync(here, copy, { recursive: true });
  for (const args of [["configure", "--http"], ["build"]]) execFileSync(process.execPath, [join(root, "build/cli/main.js"), ...args], { cwd: copy, stdio: "ignore" });
  return join(copy, "dist/hello.wasm");
}

async function inC(folder) {
  const core = join(folder, "core.wasm");
  execFileSync("clang", ["--target=wasm32-wasi", "-O2", "-s", "-nostartfiles", "-Wl,--no-entry", "-o", core, join(here, "hello.c")], { stdio: ["ignore", "ignore", "inherit"] });
  const file = join(folder, "c.wasm");
  writeFileSync(file, await componentNew(await componentEmbed({ binary: readFileSync(core), witSource: world, world: "image", stringEncoding: "utf8" })));
  return file;
}

async function inJavaScript(folder) {
  const { componentize } = await import("../../.tools/componentize-js/node_modules/@bytecodealliance/componentize-js/src/componentize.js");
  const source = readFileSync(join(here, "hello.js"), "utf8");
  const { component } = await componentize(source, { witWorld: world, worldName: "image", disableFeatures: ["random", "stdio", "clocks", "fetch-event"] });
  const file = join(folder, "js.wasm");
  writeFileSync(file, component);
  return file;
}

/** Microseconds of the processor's time that a process has had so far, in ticks of 10 ms. */
function processorTime(pid) {
  const [user, system] = readFileSync(`/proc/${pid}/stat`, "utf8").split(" ").slice(13, 15);
  return (Number(user) + Number(system)) * 10_000;
}

/** Requests a second, on 32 connections, and the host's time for each: that is the same on a machine that has other work. */
async function round(file, reuse) {
  const child = spawn(wasmtime, ["serve", "--allow-precompiled", "--addr=127.0.0.1:0", `--max-instance-reuse-count=${reuse}`, file], { stdio: ["ignore", "ignore", "pipe"], env: { ...process.env, RUST_BACKTRACE: "0" } });
  try {
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text) => (said += text));
    while (!/http:\S+\n/.test(said)) await once(child.stderr, "data");
    const [url] = /http:\S+/.exec(said);
    const load = (seconds) => execFileSync("wrk", ["-t1", "-c32", `-d${seconds}`, url], { encoding: "utf8" });
    load(1);
    const before = processorTime(child.pid);
    const told = load(2);
    const count = Number(/(\d+) requests in/.exec(told)[1]);
    if (/Non-2xx|Socket errors/.test(told)) throw new Error(`${file}: ${told}`);
    return { rate: Number(/Requests\/sec:\s+([\d.]+)/.exec(told)[1]), cost: (processorTime(child.pid) - before) / count };
  } finally {
    child.kill();
  }
}

const median = (list) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)];
const show = ({ rate, cost }) => `${(rate / 1000).toFixed(1)} k/s, ${cost.toFixed(0)} µs each`;

/** Rows of the table. */
export async function serveRows() {
  const folder = mkdtempSync(join(tmpdir(), "mirage-wasm-bench-"));
  try {
    const files = { ours: ours(folder), c: await inC(folder), js: await inJavaScript(folder) };
    // Compiled ahead: ComponentizeJS brings an engine of 12 MB.
    const compiled = Object.fromEntries(Object.entries(files).map(([name, file]) => [name, `${file}.compiled`]));
    for (const [name, file] of Object.entries(files)) execFileSync(wasmtime, ["compile", "-o", compiled[name], file]);
    const kinds = [["ours", 1], ["c", 1], ["js", 1], ["ours", MANY], ["c", MANY], ["js", MANY]];
    const rates = kinds.map(() => []);
    for (let run = 0; run < ROUNDS; run++) for (const [index, [name, reuse]] of kinds.entries()) rates[index].push(await round(compiled[name], reuse));
    const [own, c, js, ownAgain, cAgain, jsAgain] = rates.map((rounds) => ({ rate: median(rounds.map(({ rate }) => rate)), cost: median(rounds.map(({ cost }) => cost)) }));
    const row = (what, mine, theirs, peer, wanted) => [
      what,
      show(mine),
      `${peer} ${show(theirs)}`,
      `≥ ${wanted} ×: ${(mine.rate / theirs.rate).toFixed(2)} ×, by the time of each ${(theirs.cost / mine.cost).toFixed(2)} ×`,
    ];
    const size = (name) => statSync(files[name]).size;
    return [
      row("hello under wasmtime serve, an instance for each request", own, c, "C", "1.0"),
      row("the same, one for many", ownAgain, cAgain, "C", "1.0"),
      row("an instance for each request", own, js, "JavaScript", "6"),
      row("one for many", ownAgain, jsAgain, "JavaScript", "6"),
      ["its image", `${size("ours")} B`, `C ${size("c")} B, JavaScript ${(size("js") / 1e6).toFixed(1)} MB`, "≤ 30 kB"],
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(["| what | ours | peer | wanted |", "|---|---|---|---|", ...(await serveRows()).map((row) => `| ${row.join(" | ")} |`)].join("\n"));
