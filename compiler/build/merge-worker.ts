// Runs wasm-merge inside a worker: loads the command's script without letting it start, then calls its main.

import fs, { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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

/** The command writes what is wrong to this process's own standard error: here it is kept for the report instead. */
function requireForTool(name: string): unknown {
  if (name !== "node:fs") return require(name);
  const STDERR = 2;
  const write = (file: number, bytes: Uint8Array, offset = 0, length = bytes.length - offset, position: number | null = null): number => {
    if (file !== STDERR) return fs.writeSync(file, bytes, offset, length, position);
    messages.push(Buffer.from(bytes.subarray(offset, offset + length)).toString());
    return length;
  };
  return { ...fs, writeSync: write };
}

interface Tool {
  callMain(args: string[]): number;
}

function load(): Promise<Tool> {
  const source = readFileSync(script, "utf8").replace(/^#!.*/, "");
  const scope = new Function("Module", "require", "__filename", "__dirname", `${source}\nreturn { callMain };`);
  return new Promise((resolve) => {
    const module = {
      noInitialRun: true,
      onRuntimeInitialized: () => setImmediate(() => resolve(loaded)),
    };
    const loaded = scope(module, requireForTool, script, dirname(script)) as Tool;
  });
}

async function merge(modules: NamedModule[]): Promise<MergeReply> {
  const folder = mkdtempSync(join(tmpdir(), "mirage-wasm-"));
  try {
    const inputs = modules.flatMap(({ name, wasm, map }, index) => {
      const file = join(folder, `${index}.wasm`);
      writeFileSync(file, wasm);
      if (map === undefined) return [file, name];
      writeFileSync(`${file}.map`, map);
      return [file, name, "--input-source-map", `${file}.map`];
    });
    const output = join(folder, "merged.wat");
    (await tool).callMain([...wasmFeatureFlags, "--debuginfo", ...inputs, "--emit-text", "-o", output]);
    return { text: readFileSync(output, "utf8") };
  } catch (error) {
    // What it has said is the cause; without a word, it is the error.
    return { error: messages.join("").trim() || String(error) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
    // The command sets it, and it would be this process's own.
    process.exitCode = undefined;
  }
}
