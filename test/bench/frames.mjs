// Frames of Ethernet that an image sends back: through the tunnel under wasmtime, and through a vif in the rig. Beside each, the same
// in C: a program with a socket of UDP, and the shim with a C function in place of the image.

import { execFileSync, spawn } from "node:child_process";
import { copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { boot, missingPackages } from "../../build/compiler/engines/xen/rig.js";
import { compileShim, findCompiler, link } from "../../build/compiler/xen/compile.js";
import { shimSources } from "../../build/compiler/xen/shim.js";
import { xlText } from "../../build/compiler/xen/xl.js";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const wasmtime = join(root, ".tools/bin/wasmtime");
const RUNS = 5;
const SECONDS = "1";
const SIZES = ["60", "1514"];
const median = (list) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)];

/** Rows of the bench's table. */
export async function frameRows() {
  const folder = mkdtempSync(join(tmpdir(), "mirage-wasm-bench-"));
  try {
    cpSync(join(root, "test/bench/frames"), folder, { recursive: true });
    for (const args of [["configure", "--xen"], ["build"]]) execFileSync(process.execPath, [join(root, "build/cli/main.js"), ...args], { cwd: folder, stdio: "ignore" });
    const { program } = await findCompiler();
    execFileSync(program, ["-O2", "-static", "-o", "peer", "peer.c"], { cwd: folder });
    const tunnel = await throughTunnel(folder);
    const missing = missingPackages();
    return [...rows("through the tunnel, under wasmtime", "C over UDP", tunnel), ...(missing.length > 0 ? [] : rows("through netfront, in the rig", "C in the shim", await throughVif(folder, program)))];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function rows(where, peer, { ours, theirs }) {
  const shown = (value) => `${(value / 1000).toFixed(1)} k/s`;
  return SIZES.map((size) => {
    const [a, b] = [ours, theirs].map((runs) => median(runs.map((one) => one[size])));
    return [`frames of ${size} bytes to and fro ${where}`, shown(a), `${peer} ${shown(b)}`, `${(a / b).toFixed(2)} ×`];
  });
}

/** What the peer has printed: frames a second by size. */
function ratesIn(text) {
  return Object.fromEntries(
    text
      .trim()
      .split("\n")
      .map((line) => line.split(" "))
      .map(([size, rate]) => [size, Number(rate)]),
  );
}

async function throughTunnel(folder) {
  const peer = join(folder, "peer");
  const measure = async (command, args) => {
    const reflector = spawn(command, args, { cwd: folder, stdio: "ignore" });
    const rates = ratesIn(execFileSync(peer, ["udp", SECONDS], { encoding: "utf8" }));
    const ended = new Promise((resolve) => reflector.on("close", resolve));
    reflector.kill("SIGKILL");
    await ended;
    return rates;
  };
  const [ours, theirs] = [[], []];
  for (let run = 0; run < RUNS; run++) {
    ours.push(await measure(wasmtime, ["run", "-S", "inherit-network", "dist/frames.wasm"]));
    theirs.push(await measure(peer, ["echo"]));
  }
  return { ours, theirs };
}

/** Boots once, with both guests on one bridge in turns. */
async function throughVif(folder, program) {
  const guests = join(folder, "guests");
  cpSync(join(folder, "dist"), guests, { recursive: true });
  copyFileSync(join(folder, "peer"), join(guests, "peer"));
  await link(await compileShim(program, [...shimSources(), join(folder, "guest.c")], folder), folder, "guests/c.xen");
  writeFileSync(join(guests, "c.xl"), xlText({ name: "c", kernel: "c.xen", memory: 8, options: { vif: ["devid=0,mac=02:00:00:00:00:02"] } }));
  writeFileSync(
    join(guests, "run.sh"),
    `for run in ${Array.from({ length: RUNS }, (_, run) => run).join(" ")}; do
  for guest in frames c; do
    xl create -q $guest.xl
    ./peer br0 ${SECONDS} > results/$guest-$run
    xl destroy $guest
  done
done
`,
  );
  const results = join(folder, "results");
  await boot({ guests, results, limit: 300 });
  const [ours, theirs] = ["frames", "c"].map((guest) => Array.from({ length: RUNS }, (_, run) => ratesIn(readFileSync(join(results, `${guest}-${run}`), "utf8"))));
  return { ours, theirs };
}
