import { spawn } from "node:child_process";
import type { Input } from "./cases.ts";

/** What an image has printed, as bytes in Latin-1, and how it ended. */
export interface Transcript {
  code: number;
  stdout: string;
  /** What the image itself has written. */
  stderr: string;
}

/** The engine's own report of a trap comes behind: never compared, but shown when something is wrong. */
export interface Run {
  transcript: Transcript;
  report: string;
  /** Between which moments it ran, in milliseconds since 1970. */
  from: number;
  until: number;
}

const TIMEOUT = 60_000;
/** Between the answer of the image and the next lines that it gets. */
const PAUSE = 250;

/** Runs an image by this command to its end. Rejects when it takes longer than a minute. */
export function runImage(command: string, args: string[], folder: string, input: Input): Promise<Run> {
  return new Promise((resolve, reject) => {
    const from = Date.now();
    const child = spawn(command, args, { cwd: folder, env: { ...process.env, CI: "", RUST_BACKTRACE: "0" } });
    const printed = { stdout: "", stderr: "" };
    // It may end before it has read everything.
    child.stdin.on("error", () => {});
    const chunks = "interactive" in input ? [...input.interactive] : [];
    // It says a line before the first, and one for each that it gets.
    let awaited = 1;
    const answer = (): void => {
      const chunk = chunks.shift();
      if (chunk === undefined) child.stdin.end();
      else child.stdin.write(chunk);
      awaited += countLines(chunk ?? "");
    };
    for (const stream of ["stdout", "stderr"] as const) {
      child[stream].setEncoding("latin1").on("data", (text: string) => {
        const before = countLines(printed.stdout);
        printed[stream] += text;
        const waits = "interactive" in input && before < awaited && countLines(printed.stdout) >= awaited;
        if (waits) setTimeout(answer, PAUSE);
      });
    }
    if ("all" in input) child.stdin.end(input.all);
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      reject(new Error(`still runs after ${TIMEOUT / 1000} s, having printed ${JSON.stringify(printed)}`));
    }, TIMEOUT);
    child.on("error", reject);
    child.on("close", (code) => {
      clearTimeout(timer);
      const { stdout, stderr } = printed;
      const end = reportIn(stderr);
      resolve({ transcript: { code: code ?? -1, stdout, stderr: stderr.slice(0, end) }, report: stderr.slice(end), from, until: Date.now() });
    });
  });
}

/** Where an engine's report begins: "Error: failed to run main module" is wasmtime's, "Error: failed to run" the Node engine's. */
function reportIn(stderr: string): number {
  const at = stderr.search(/^Error: failed to run/m);
  return at < 0 ? stderr.length : at;
}

/** What the image itself has written: `run` puts the place behind the number of a site. */
export function asWritten({ stdout, stderr, ...rest }: Transcript): Transcript {
  const [out, err] = [stdout, stderr].map((text) => text.replaceAll(/(?<= waits at site \d+): .*$/gm, "")) as [string, string];
  return { ...rest, stdout: out, stderr: err };
}

function countLines(text: string): number {
  return text.split("\n").length - 1;
}
