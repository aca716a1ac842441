// Compute kernels of an image (compute/job.ts): the code of its ELF for Xen as a Linux process, wasmtime, and C.

import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compileModule, findCompiler, wasm2c } from "../../build/compiler/xen/compile.js";
import { coreModuleOf } from "../../build/compiler/xen/core-module.js";
import { shimFolder } from "../../build/compiler/xen/shim.js";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const wasmtime = join(root, ".tools/bin/wasmtime");
const support = join(root, "test/support");
const folder = mkdtempSync(join(tmpdir(), "mirage-wasm-bench-"));
const TURNS = 5;

function call(command, args) {
  return execFileSync(command, args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
}

/** The three programs. Each prints lines NAME RESULT NANOSECONDS. */
async function build() {
  cpSync(join(root, "test/bench/compute"), folder, { recursive: true });
  for (const args of [["configure", "--wasi"], ["build"]]) execFileSync(process.execPath, [join(root, "build/cli/main.js"), ...args], { cwd: folder, stdio: "ignore" });
  const image = "dist/compute.wasm";
  call(wasmtime, ["compile", "-o", "compute.cwasm", image]);

  const { program } = await findCompiler();
  writeFileSync(join(folder, "image.wasm"), coreModuleOf(readFileSync(join(folder, image)), image).wasm);
  await wasm2c("image.wasm", "image-module.c", folder);
  const module = await compileModule(program, "image-module.c", folder);
  const headers = [".", support, join(shimFolder, "include")].flatMap((path) => ["-iquote", path]);
  call(program, ["-O2", "-no-pie", "-pthread", ...headers, "-o", "ours", "host.c", join(support, "linux-rt.c"), module]);
  call(program, ["-O2", "-o", "c", "kernels.c", "-lm"]);
  return { ours: [join(folder, "ours"), []], wasmtime: [wasmtime, ["run", "--allow-precompiled", "compute.cwasm"]], C: [join(folder, "c"), []] };
}

/** The fastest of several runs, taken in turns so that all see the same machine: by kernel, by program. */
function measure(programs) {
  const kernels = new Map();
  for (let turn = 0; turn < TURNS; turn++) {
    for (const [program, [command, args]] of Object.entries(programs)) {
      for (const line of call(command, args).trim().split("\n")) {
        const [name, result, nanoseconds] = line.split(" ");
        const kernel = kernels.get(name) ?? { result, best: { ours: Infinity, wasmtime: Infinity, C: Infinity } };
        if (kernel.result !== result) throw new Error(`${name}: ${program} answers ${result}, others ${kernel.result}.`);
        kernel.best[program] = Math.min(kernel.best[program], Number(nanoseconds) / 1e6);
        kernels.set(name, kernel);
      }
    }
  }
  return kernels;
}

try {
  console.log("| kernel, code for Xen | ours | peer | wanted |\n|---|---|---|---|");
  for (const [name, { best }] of measure(await build())) {
    for (const [peer, wanted] of [["wasmtime", "1.0"], ["C", "1.3"]]) {
      console.log(`| ${name} | ${best.ours.toFixed(0)} ms | ${peer} ${best[peer].toFixed(0)} ms | ≤ ${wanted} ×: ${(best.ours / best[peer]).toFixed(2)} × |`);
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
