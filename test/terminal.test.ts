import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { execute, Project, root } from "./support/project.ts";

const CTRL_C = "\x03";
const tool = join(root, "build/cli/main.js");
const engines = ["node", "wasmtime"];

/** Its job sleeps for a minute, or waits for a line when its argument is "reads". */
const project = new Project({
  "config.ts": `import { console, defaultConsole, defaultSleep, foreign, job, register, sleep, to } from "mirage-wasm";
register("idle", [foreign("job.ts:Job", to(console, sleep, job)).$(defaultConsole, defaultSleep)]);
`,
  "job.ts": `import { args } from "mirage-wasm/args";
import { Console } from "mirage-wasm/console";
import { Sleep } from "mirage-wasm/sleep";
export class Job<C extends Console, S extends Sleep> {
  start(console: C, sleep: S): void {
    const reads = args()[1] == "reads";
    console.log("ready");
    if (reads) console.readLine();
    else sleep.sleep(60_000_000_000);
  }
}
`,
});
beforeAll(() => project.build());
afterAll(() => project.remove());

interface Shown {
  code: number;
  shown: string;
  sane: boolean;
}

/** The command line at a terminal, where something is typed once it has said something. */
async function atTerminal(args: string[], env: NodeJS.ProcessEnv = {}, [waitedFor, typed] = ["", ""]): Promise<Shown> {
  const command = [process.execPath, tool, ...args];
  const given = { TERM: "xterm", NO_COLOR: "", FORCE_COLOR: "", ...env };
  const { stdout, stderr } = await execute("python3", [join(root, "test/support/terminal.py"), waitedFor, typed, ...command], project.folder, "", given);
  expect(stderr).toBe("");
  return JSON.parse(stdout) as Shown;
}

describe.each(engines)("a run under %s", (engine) => {
  test.each(["SIGINT", "SIGTERM"] as const)("ends at once on %s and leaves no child", async (signal) => {
    const child = spawn(process.execPath, [tool, "run", "-e", engine, "--", "sleeps"], { cwd: project.folder, detached: true, stdio: ["pipe", "pipe", "ignore"] });
    const group = -(child.pid as number);
    await new Promise((ready) => child.stdout.once("data", ready));
    const ended = new Promise<number | NodeJS.Signals | null>((done) => child.on("exit", (code, by) => done(by ?? code)));
    const start = performance.now();
    process.kill(group, signal);
    const timer = setTimeout(() => process.kill(group, "SIGKILL"), 10_000);
    expect([signal, signal === "SIGINT" ? 130 : 143]).toContain(await ended);
    clearTimeout(timer);
    expect(performance.now() - start).toBeLessThan(5000);
    // What is left of the group would still take a signal.
    expect(() => process.kill(group, 0)).toThrow("ESRCH");
  });

  test.each(["sleeps", "reads"])("Ctrl-C leaves the terminal as it was while it %s", async (what) => {
    const { code, shown, sane } = await atTerminal(["run", "-e", engine, "--", what], {}, ["ready", CTRL_C]);
    expect([130, -2]).toContain(code);
    expect(shown).not.toMatch(/\n\s+at |Next:/);
    expect(sane).toBe(true);
  });
});

/** The next build has something to do. */
function forget(): void {
  rmSync(join(project.folder, "dist"), { recursive: true });
}

/** A line of progress takes the place of the one before. */
const PROGRESS = /\rcompile … *\r/;
const ESCAPE = "\x1b";

test.each<[env: Record<string, string>, progress: boolean, colours: boolean]>([
  [{}, true, true],
  [{ NO_COLOR: "1" }, true, false],
  [{ CI: "1" }, false, true],
  [{ TERM: "dumb" }, false, false],
])("at a terminal with %j: progress %s, colours %s", async (env, progress, colours) => {
  forget();
  const built = await atTerminal(["build"], env);
  expect(built.code).toBe(0);
  expect(PROGRESS.test(built.shown)).toBe(progress);
  expect(built.shown.includes(ESCAPE)).toBe(colours);
  expect(built.shown).toMatch(/dist\/idle\.wasm: \d+ bytes/);
  // After what is mistyped, too.
  expect((await atTerminal(["query", "nam"], env)).shown.includes(ESCAPE)).toBe(colours);
});

test("where it is no terminal, neither", async () => {
  forget();
  const { code, stderr } = await project.mirage(["build"], "", { FORCE_COLOR: "" });
  expect(code).toBe(0);
  expect(stderr).not.toContain("\r");
  expect(stderr).not.toContain(ESCAPE);
});
