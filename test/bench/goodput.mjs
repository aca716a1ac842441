// What is left of TCP's rate where frames get lost: our stack under wasmtime against Linux's own, each with a Linux kernel as the
// other end, behind the same relay with the same losses. All run at once, in namespaces of their own: the link is what limits them.

import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const peer = join(root, "test/bench/goodput/peer.py");
const LOSSES = [0.001, 0.01, 0.05];
const DELAY = 10;
/** Seeds that run at once. */
const AT_ONCE = 2;
/** Long enough that how a transfer begins does not decide; GOODPUT=SECONDSxROUNDS for more than the bench has time for. */
const [SECONDS, ROUNDS] = (process.env.GOODPUT ?? "20x1").split("x").map(Number);

/** The tests' lab, which is TypeScript; it finds the project's files from where it stands. */
async function loadLab() {
  const outfile = join(root, "build/bench/lab.mjs");
  await build({ entryPoints: [join(root, "test/support/lab.ts")], outfile, bundle: true, platform: "node", format: "esm", logLevel: "error" });
  return import(pathToFileURL(outfile).href);
}

/** Bytes a second in each direction: "take", from who is measured, and "give", to him. */
async function measure(Lab, image, loss, seed) {
  const lab = await Lab.open(["10.0.0.1/24"], "127.0.0.1:45000");
  const labs = [lab];
  try {
    const link = () => lab.start("python3", join(root, "test/net/link.py"), seed, `loss=${loss}`, `delay=${DELAY}`).says(/link/);
    if (image) {
      await link();
      await lab.image(image, "--ipv4=10.0.0.2/24", "--tap0-peer=127.0.0.1:45001").says(/listening/);
    } else {
      const host = await lab.host(["10.0.0.2/24"], "127.0.0.1:45001");
      labs.unshift(host);
      await link();
      await host.start("python3", peer, "serve").says(/listening/);
    }
    const rates = {};
    for (const way of ["take", "give"]) {
      const { stdout, stderr } = await lab.run("python3", peer, way, String(SECONDS));
      if (!Number(stdout)) throw new Error(`seed ${seed}, loss ${loss}: ${stderr}`);
      rates[way] = Number(stdout);
    }
    return rates;
  } finally {
    for (const one of labs) one.close();
  }
}

const mean = (list) => list.reduce((sum, one) => sum + one, 0) / list.length;

function row(way, loss, [ours, theirs]) {
  const shown = (rate) => `${(rate / 1e6).toFixed(2)} MB/s`;
  const name = `TCP ${way === "take" ? "from" : "to"} our stack under wasmtime, ${loss * 100} % of frames lost, ${2 * DELAY} ms to and fro`;
  return [name, shown(ours), `Linux, CUBIC ${shown(theirs)}`, `≥ 0.9 ×: ${(ours / theirs).toFixed(2)} ×`];
}

/** Rows of the bench's table. */
export async function goodputRows() {
  const folder = mkdtempSync(join(tmpdir(), "mirage-wasm-bench-"));
  try {
    const { Lab, noLab } = await loadLab();
    if (noLab) {
      console.error(`Goodput is not measured: ${noLab}.`);
      return [];
    }
    cpSync(join(root, "examples/network"), folder, { recursive: true, filter: (path) => !/\/(mirage|dist)$/.test(path) });
    for (const command of ["configure", "build"]) execFileSync(process.execPath, [join(root, "build/cli/main.js"), command], { cwd: folder, stdio: "ignore" });
    const image = join(folder, "dist/network.wasm");
    const seeds = Array.from({ length: AT_ONCE }, (_, seed) => seed);
    const all = [];
    for (let round = 0; round < ROUNDS; round++) {
      const runs = LOSSES.flatMap((loss) =>
        seeds.flatMap((seed) => [image, undefined].map(async (whose) => ({ loss, whose, rates: await measure(Lab, whose, loss, String(10 * (AT_ONCE * round + seed))) }))),
      );
      // Namespaces are given back also where one run fails.
      await Promise.allSettled(runs);
      all.push(...(await Promise.all(runs)));
    }
    return ["take", "give"].flatMap((way) => LOSSES.map((loss) => row(way, loss, [image, undefined].map((whose) => mean(all.filter((one) => one.loss === loss && one.whose === whose).map(({ rates }) => rates[way]))))));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) for (const row of await goodputRows()) console.log(`| ${row.join(" | ")} |`);
