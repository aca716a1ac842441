import { readFileSync } from "node:fs";
import { transpileBytes } from "@bytecodealliance/jco-transpile";
import type { Outcome } from "./project.ts";

// Node has it, its types do not.
declare const WebAssembly: { Module: new (bytes: Uint8Array) => object };

/** Thrown by the host when the image ends itself. */
class Exit extends Error {
  constructor(readonly exitCode: number) {
    super(`exit ${exitCode}`);
  }
}

/**
 * An image that runs in this process, anew with each call: for tests with hundreds of runs. Its clock stands still while it
 * runs, and jumps to the next moment for which it waits.
 */
export async function loadImage(file: string): Promise<(args: string[]) => Outcome> {
  const { files } = await transpileBytes(readFileSync(file), { name: "image", instantiation: { tag: "sync" } });
  const texts = files as Record<string, Uint8Array>;
  const source = Buffer.from(texts["image.js"] as Uint8Array).toString("base64");
  const { instantiate } = (await import(`data:text/javascript;base64,${source}`)) as { instantiate: (core: (path: string) => object, imports: object) => { run: { run(): void } } };
  const modules = new Map(Object.keys(texts).flatMap((path) => (path.endsWith(".wasm") ? [[path, new WebAssembly.Module(texts[path] as Uint8Array)]] : [])));
  return (args) => {
    const printed = { stdout: "", stderr: "" };
    const image = instantiate((path) => modules.get(path) as object, host(args, printed));
    return { code: codeOf(() => image.run.run()), ...printed };
  };
}

function codeOf(run: () => void): number {
  try {
    run();
    return 0;
  } catch (error) {
    if (error instanceof Exit) return error.exitCode;
    // The error result of `run`.
    if (error instanceof Error && error.constructor.name === "ComponentError") return 1;
    throw error;
  }
}

/** What an image with a console and a clock may ask of its host. */
function host(args: string[], printed: { stdout: string; stderr: string }): object {
  class OutputStream {
    constructor(readonly name: "stdout" | "stderr") {}
    blockingWriteAndFlush(bytes: Uint8Array): void {
      printed[this.name] += Buffer.from(bytes).toString();
    }
  }
  let now = 0n;
  class Pollable {
    constructor(readonly deadline: bigint) {}
    block(): void {
      poll([this]);
    }
  }
  const poll = (list: Pollable[]): Uint32Array => {
    const earliest = list.reduce((first, one) => (one.deadline < first.deadline ? one : first));
    if (earliest.deadline > now) now = earliest.deadline;
    return Uint32Array.from(list.flatMap(({ deadline }, index) => (deadline <= now ? [index] : [])));
  };
  return {
    "wasi:cli/environment": { getArguments: () => ["image.wasm", ...args] },
    "wasi:cli/exit": {
      exitWithCode: (code: number) => {
        throw new Exit(code);
      },
    },
    "wasi:cli/stdout": { getStdout: () => new OutputStream("stdout") },
    "wasi:cli/stderr": { getStderr: () => new OutputStream("stderr") },
    "wasi:clocks/monotonic-clock": { now: () => now, subscribeInstant: (when: bigint) => new Pollable(when) },
    "wasi:io/error": { Error },
    "wasi:io/poll": { Pollable, poll },
    "wasi:io/streams": { OutputStream },
  };
}
