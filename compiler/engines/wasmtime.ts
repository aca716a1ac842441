import { spawn } from "node:child_process";
import { constants } from "node:os";
import { needWasmtime } from "../tools.ts";
import type { Engine, Serving } from "./engine.ts";
import { forwardSignals } from "./signals.ts";

/** The options by which wasmtime lets an image use interfaces. */
const GRANTS = [
  ["wasi:sockets/", "inherit-network"],
  ["wasi:sockets/ip-name-lookup@", "allow-ip-name-lookup"],
] as const;

/** wasmtime, as a child that gets this process's streams and signals. */
export const wasmtime: Engine = {
  run({ image, imports, args, log, serving }) {
    const program = needWasmtime();
    return new Promise((resolve, reject) => {
      // What an image imports its config has granted, and wasmtime grants no network by itself.
      const granted = GRANTS.flatMap(([interfaces, option]) => (imports.some((name) => name.startsWith(interfaces)) ? ["-S", option] : []));
      // A backtrace of wasmtime's own says nothing about the image.
      const child = spawn(program, serving ? served(image, serving) : ["run", ...granted, image, ...args], {
        stdio: ["inherit", "inherit", "pipe"],
        env: { ...process.env, RUST_BACKTRACE: "0" },
      });
      const stopForwarding = forwardSignals(child);
      child.stderr.on("data", (chunk: Buffer) => process.stderr.write(log.push(chunk.toString("latin1")), "latin1"));
      child.on("error", reject);
      child.on("close", (code, signal) => {
        stopForwarding();
        resolve(code ?? 128 + (signal ? constants.signals[signal] : 0));
      });
    });
  },
};

/** Lines of the image's are as it prints them, without a request's number before them. */
function served(image: string, { port, reuse }: Serving): string[] {
  return ["serve", "--addr", `127.0.0.1:${port}`, "--no-logging-prefix", ...(reuse === undefined ? [] : ["--max-instance-reuse-count", String(reuse)]), image];
}
