import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const tool = join(root, "build/cli/main.js");

export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a program to its end; kills it after a minute. Input is text, or lines with pauses in milliseconds before them. */
export function execute(command: string, args: string[], folder: string, input: string | [number, string][] = "", env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: folder, env: { ...process.env, CI: "", RUST_BACKTRACE: "0", ...env } });
    const chunks: { stdout: Buffer[]; stderr: Buffer[] } = { stdout: [], stderr: [] };
    child.stdout.on("data", (chunk: Buffer) => chunks.stdout.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.stderr.push(chunk));
    child.stdin.on("error", () => {});
    void feed(child.stdin, input);
    const timer = setTimeout(() => child.kill("SIGKILL"), 60_000);
    child.on("error", reject);
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      resolve({ code: code ?? (signal === "SIGKILL" ? -1 : -2), stdout: Buffer.concat(chunks.stdout).toString(), stderr: Buffer.concat(chunks.stderr).toString() });
    });
  });
}

async function feed(stdin: NodeJS.WritableStream, input: string | [number, string][]): Promise<void> {
  for (const [pause, text] of typeof input === "string" ? [[0, input] as const] : input) {
    if (pause) await new Promise((done) => setTimeout(done, pause));
    stdin.write(text);
  }
  stdin.end();
}

/** A folder of a test's own with a user's files in it. */
export class Project {
  readonly folder = mkdtempSync(join(tmpdir(), "mirage-wasm-test-"));

  constructor(files: Record<string, string> = {}, copyOf?: string) {
    if (copyOf) cpSync(copyOf, this.folder, { recursive: true, filter: (path) => !/\/(mirage|dist)$/.test(path) });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(this.folder, name), text);
  }

  /** Calls the command line in the folder. */
  mirage(args: string[], input?: string | [number, string][], env?: NodeJS.ProcessEnv): Promise<Outcome> {
    return execute(process.execPath, [tool, ...args], this.folder, input, env);
  }

  /** Configures and builds; throws with what was printed when either fails. */
  async build(): Promise<void> {
    for (const args of [["configure", "--wasi"], ["build"]]) {
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
