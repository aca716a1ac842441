// Runs wasm-merge inside a worker: loads the command's script without letting it start, then calls its main.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parentPort } from "node:worker_threads";
import { wasmFeatureFlags } from "./features.ts";
import type { MergeReply, NamedModule } from "./merge.ts";

const require = createRequire(import.meta.url);
const script = join(dirname(require.resolve("binaryen/package.json")), "bin/wasm-merge");
const messages: string[] = [];
const tool = load();

parentPort?.once("message", async (modules: NamedModule[]) => {
  parentPort?.postMessage(await merge(modules));
});

interface Tool {
  callMain(args: string[]): number;
}

function load(): Promise<Tool> {
  const source = readFileSync(script, "utf8").replace(/^#!.*/, "");
  const scope = new Function("Module", "require", "__filename", "__dirname", `${source}\nreturn { callMain };`);
  return new Promise((resolve) => {
    const module = {
      noInitialRun: true,
      printErr: (text: string) => messages.push(text),
      onRuntimeInitialized: () => setImmediate(() => resolve(loaded)),
    };
    const loaded = scope(module, require, script, dirname(script)) as Tool;
  });
}

async function merge(modules: NamedModule[]): Promise<MergeReply> {
  const folder = mkdtempSync(join(tmpdir(), "mirage-wasm-"));
  try {
    const inputs = modules.flatMap(({ name, wasm }, index) => {
      const file = join(folder, `${index}.wasm`);
      writeFileSync(file, wasm);
      return [file, name];
    });
    const output = join(folder, "merged.wasm");
    (await tool).callMain([...wasmFeatureFlags, "--debuginfo", ...inputs, "-o", output]);
    return { wasm: readFileSync(output) };
  } catch (error) {
    return { error: [...messages, String(error)].join("\n") };
  } finally {
    rmSync(folder, { recursive: true, force: true });
    // The command sets it, and it would be this process's own.
    process.exitCode = undefined;
  }
}
