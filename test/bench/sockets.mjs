// TCP by the host's sockets: examples/tcp-echo under wasmtime against the same in C, with one client for both.

import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const tool = join(root, "build/cli/main.js");
const here = join(root, "test/bench/sockets");

const BULK = 400_000_000;
const TRIPS = 10_000;
const RUNS = 9;

/** A port that nobody has. */
export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

export const median = (list) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)];

/** Rows of the table. */
export async function socketRows() {
  const folder = mkdtempSync(join(tmpdir(), "mirage-wasm-bench-"));
  const children = [];
  try {
    cpSync(join(root, "examples/tcp-echo"), folder, { recursive: true, filter: (path) => !/\/(mirage|dist)$/.test(path) });
    for (const args of [["configure", "--wasi"], ["build"]]) execFileSync(process.execPath, [tool, ...args], { cwd: folder, stdio: "ignore" });
    for (const name of ["echo", "client"]) execFileSync("clang", ["-O2", "-o", join(folder, name), join(here, `${name}.c`)], { stdio: ["ignore", "ignore", "inherit"] });
    const start = async (command, ...args) => {
      const child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"] });
      children.push(child);
      await once(child.stdout, "data");
    };
    const [ours, theirs] = [await freePort(), await freePort()];
    await start(join(root, ".tools/bin/wasmtime"), "run", "-S", "inherit-network", join(folder, "dist/tcp-echo.wasm"), `--port=${ours}`);
    await start(join(folder, "echo"), String(theirs));
    const runs = new Map([ours, theirs].map((port) => [port, { bulk: [], trip: [] }]));
    for (let run = 0; run < RUNS; run++) {
      for (const [port, { bulk, trip }] of runs) {
        const [bulkTime, tripTime] = execFileSync(join(folder, "client"), [String(port), String(BULK), String(TRIPS)], { encoding: "utf8" }).trim().split(" ").map(Number);
        bulk.push((BULK / bulkTime) * 1000);
        trip.push(tripTime / TRIPS / 1000);
      }
    }
    const [a, b] = [ours, theirs].map((port) => ({ bulk: median(runs.get(port).bulk), trip: median(runs.get(port).trip) }));
    return [
      ["TCP echo under wasmtime, by the host's sockets", `${a.bulk.toFixed(0)} MB/s`, `C on the host ${b.bulk.toFixed(0)} MB/s`, `≥ 0.95 ×: ${(a.bulk / b.bulk).toFixed(2)} ×`],
      ["64 bytes to and fro", `${a.trip.toFixed(1)} µs`, `C ${b.trip.toFixed(1)} µs`, `≤ 1.2 ×: ${(a.trip / b.trip).toFixed(2)} ×`],
    ];
  } finally {
    for (const child of children) child.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}
