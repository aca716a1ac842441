import { spawn } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const tool = join(root, "build/cli/main.js");

/** Text, or pieces: each with milliseconds to wait first, or with what the program must have said last. */
export type Input = string | [number | string, string | Uint8Array][];

export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** Far beyond what anything takes, also on a machine that has other work. */
const LIMIT = 180_000;

/** Runs a program to its end; kills it after `limit` milliseconds. */
export function execute(command: string, args: string[], folder: string, input: Input = "", env: NodeJS.ProcessEnv = {}, limit = LIMIT): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: folder, env: { ...process.env, CI: "", RUST_BACKTRACE: "0", ...env } });
    const chunks: { stdout: Buffer[]; stderr: Buffer[] } = { stdout: [], stderr: [] };
    child.stdout.on("data", (chunk: Buffer) => chunks.stdout.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.stderr.push(chunk));
    child.stdin.on("error", () => {});
    void feed(child.stdin, input, () => Buffer.concat(chunks.stdout).toString());
    const timer = setTimeout(() => child.kill("SIGKILL"), limit);
    child.on("error", reject);
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      resolve({ code: code ?? (signal === "SIGKILL" ? -1 : -2), stdout: Buffer.concat(chunks.stdout).toString(), stderr: Buffer.concat(chunks.stderr).toString() });
    });
  });
}

async function feed(stdin: NodeJS.WritableStream, input: Input, said: () => string): Promise<void> {
  for (const [first, text] of typeof input === "string" ? [[0, input] as const] : input) {
    if (typeof first === "number") await pause(first);
    else for (let tries = 0; !said().endsWith(first) && tries < 3000; tries++) await pause(10);
    stdin.write(text);
  }
  stdin.end();
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds));
}

/** A folder of a test's own with a user's files in it. */
export class Project {
  readonly folder = mkdtempSync(join(tmpdir(), "mirage-wasm-test-"));

  constructor(files: Record<string, string | Uint8Array> = {}, copyOf?: string) {
    if (copyOf) cpSync(copyOf, this.folder, { recursive: true, filter: (path) => !/\/(mirage|dist)$/.test(path) });
    for (const [name, content] of Object.entries(files)) this.write(name, content);
  }

  write(name: string, content: string | Uint8Array): void {
    const file = join(this.folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }

  read(name: string): string {
    return readFileSync(join(this.folder, name), "utf8");
  }

  /** Writes a program in the shell's language. */
  tool(name: string, script: string): void {
    this.write(name, `#!/bin/sh\n${script}\n`);
    chmodSync(join(this.folder, name), 0o755);
  }

  /** Calls the command line in the folder. */
  mirage(args: string[], input?: Input, env?: NodeJS.ProcessEnv, limit?: number): Promise<Outcome> {
    return execute(process.execPath, [tool, ...args], this.folder, input, env, limit);
  }

  /** Configures and builds; throws with what was printed when either fails. */
  async build(target = "wasi"): Promise<void> {
    for (const args of [["configure", `--target=${target}`], ["build"]]) {
      const { code, stderr } = await this.mirage(args);
      if (code !== 0) throw new Error(`mirage-wasm ${args.join(" ")} ended with ${code}:\n${stderr}`);
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A config.ts with one job on the console. */
export function consoleConfig(name: string, options = ""): string {
  return `import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";
register("${name}", [foreign("job.ts:Job", to(console, job)).$(defaultConsole)]${options});
`;
}

/** A job on the console with this body. */
export function consoleJob(body: string, head = ""): string {
  return `import { Console } from "mirage-wasm/console";
${head}
export class Job<C extends Console> {
  start(console: C): void {
${body}
  }
}
`;
}
