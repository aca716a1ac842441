// Two of our stacks in one image, and two of smoltcp's where Rust for Wasm is set up (`rustup target add wasm32-wasip1`): one run each
// in turns, under the same wasmtime.

import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const bench = dirname(fileURLToPath(import.meta.url));
const root = dirname(dirname(bench));
const wasmtime = join(root, ".tools/bin/wasmtime");
const RUNS = 5;

/** What a program has printed: names and numbers. */
function measure(file) {
  const lines = execFileSync(wasmtime, ["run", file], { encoding: "utf8" }).trim().split("\n");
  return Object.fromEntries(lines.map((line) => line.split(" ")).map(([name, value]) => [name, Number(value)]));
}

function median(runs, name) {
  return runs.map((one) => one[name]).sort((a, b) => a - b)[Math.floor(RUNS / 2)];
}

/** The peer's program, or undefined without Rust for Wasm. */
function buildPeer(folder) {
  try {
    execFileSync("cargo", ["build", "--quiet", "--release", "--target", "wasm32-wasip1"], { cwd: folder, stdio: "ignore" });
    return join(folder, "target/wasm32-wasip1/release/smoltcp-pair.wasm");
  } catch {
    console.error("No Rust for Wasm here: the stack is measured alone.");
    return undefined;
  }
}

/** Rows of the bench's table. */
export function stackRows() {
  const folder = mkdtempSync(join(tmpdir(), "mirage-wasm-bench-"));
  try {
    for (const from of ["test/bench/stack", "test/bench/smoltcp", "examples/network", "examples/tcp-echo"]) cpSync(join(root, from), join(folder, basename(from)), { recursive: true });
    const echo = join(folder, "tcp-echo/config.ts");
    writeFileSync(echo, readFileSync(echo, "utf8").replaceAll("genericStack()", "directStack(defaultNetwork, { ipv6: true })").replace("genericStack,", "defaultNetwork, directStack,"));
    const [image, services, dual] = ["stack", "network", "tcp-echo"].map((name) => {
      for (const command of ["configure", "build"]) execFileSync(process.execPath, [join(root, "build/cli/main.js"), command], { cwd: join(folder, name), stdio: "ignore" });
      return join(folder, name, `dist/${name}.wasm`);
    });
    const peer = buildPeer(join(folder, "smoltcp"));
    const [ours, theirs] = [[], []];
    for (let run = 0; run < RUNS; run++) {
      ours.push(measure(image));
      if (peer) theirs.push(measure(peer));
    }
    const versus = (name, show, better) => {
      const [a, b] = [median(ours, name), peer ? median(theirs, name) : undefined];
      return [show(a), b === undefined ? "" : `smoltcp 0.14 ${show(b)}`, `≥ 1.0 ×${b === undefined ? "" : `: ${better(a, b).toFixed(2)} ×`}`];
    };
    return [
      ["TCP between two stacks in one image", ...versus("bulk-GB/s", (value) => `${value.toFixed(2)} GB/s`, (a, b) => a / b)],
      ["64 bytes to and fro", ...versus("round-ns", (value) => `${(value / 1000).toFixed(2)} µs`, (a, b) => b / a)],
      ["the same beside 10,000 idle connections", `${median(ours, "idle-ratio").toFixed(2)} ×`, "", "≤ 1.2 ×"],
      ["an idle connection", `${Math.round(median(ours, "idle-bytes"))} B`, "", "≤ 2 kB"],
      ["examples/network: all of the stack, arguments, four services", `${statSync(services).size} B`, "", "≤ 60 kB"],
      ["examples/tcp-echo on a stack of both versions of IP", `${statSync(dual).size} B`, "", ""],
      ["the image measured, with ARP, IPv4 and TCP", `${statSync(image).size} B`, peer ? `smoltcp ${statSync(peer).size} B` : "", ""],
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
