// The conformance set: each folder of programs/ is one behaviour, built once by the command line and run on every engine.
// The examples belong to it: each is `example-NAME` here.

import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { Project, root } from "../support/project.ts";
import { type Case, cases, type Input } from "./cases.ts";
import { runImage, type Run } from "./image.ts";
import { limit } from "./limit.ts";
import { type Guest, noXen, runOnXen } from "./xen.ts";

const tool = join(root, "build/cli/main.js");
const oldest = join(root, ".tools/bin/wasmtime-oldest");

/** The names of the folders in a folder. */
function foldersIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((one) => (one.isDirectory() ? [one.name] : [])).sort();
}

/** The engines of `run -e` but Xen (xen.ts), and a plain `wasmtime run` of the oldest version that is supported, where it is installed. */
export const engines = ["node", "wasmtime", ...(existsSync(oldest) ? ["oldest wasmtime"] : [])];

/** Builds and images that run at once: more would disturb those that measure time. */
const AT_ONCE = 2;
const turn = limit(AT_ONCE);

/** A program, built when it is first needed; its runs are kept. */
export class Program {
  private project?: Project;
  private built?: Promise<Project>;
  private readonly runs = new Map<string, Promise<Run>>();

  constructor(
    readonly name: string,
    readonly source: string,
  ) {}

  /** The image is registered by the name of its folder. */
  private get registered(): string {
    return basename(this.source);
  }

  build(): Promise<Project> {
    this.built ??= turn(async () => {
      const project = new Project({}, this.source);
      this.project = project;
      if (this.isC) compileC(project.folder);
      // The image is the same for either.
      await project.build(noXen ? "wasi" : "xen");
      return project;
    });
    return this.built;
  }

  /** Whether its job is in C, for which clang has to be there. */
  get isC(): boolean {
    return existsSync(join(this.source, "job.c"));
  }

  run(engine: string, one: Case): Promise<Run> {
    if (engine === "xen") return onXen().then((runs) => runs.get(guestName(this, one)) as Run);
    const key = `${engine} ${one.variant}`;
    const known = this.runs.get(key);
    if (known) return known;
    const run = this.build().then((project) => turn(() => runImage(...this.command(engine, one), project.folder, this.input(one))));
    this.runs.set(key, run);
    return run;
  }

  remove(): void {
    this.project?.remove();
  }

  private command(engine: string, { args = [], engineOptions }: Case): [string, string[]] {
    const image = join("dist", `${this.registered}.wasm`);
    if (engine === "oldest wasmtime") return [oldest, ["run", ...(engineOptions?.wasmtime ?? []), image, ...args]];
    // `run` passes no options on to wasmtime.
    if (engine === "wasmtime" && engineOptions) return [join(root, ".tools/bin/wasmtime"), ["run", ...engineOptions.wasmtime, image, ...args]];
    return [process.execPath, [...(engineOptions?.node ?? []), tool, "run", "-e", engine, "--", ...args]];
  }

  /** The domain of a case. */
  async guest(one: Case): Promise<Guest> {
    const { folder } = await this.build();
    const [elf, xl] = [`mir-${this.registered}.xen`, `${this.registered}.xl`].map((name) => join(folder, "dist", name)) as [string, string];
    return { name: guestName(this, one), elf, xl, args: one.args ?? [], input: this.input(one) };
  }

  private input({ input }: Case): Input {
    if (input) return input;
    const file = join(this.source, "stdin.txt");
    return { all: existsSync(file) ? readFileSync(file) : "" };
  }
}

const programs = join(root, "test/conformance/programs");
const examples = join(root, "examples");

/** All programs; each is built when it is first needed. */
export const all = [
  ...foldersIn(programs).map((name) => new Program(name, join(programs, name))),
  // Those without a transcript speak to others: test/net.
  ...foldersIn(examples).filter((name) => readdirSync(join(examples, name)).some((file) => file.startsWith("expected"))).map((name) => new Program(`example-${name}`, join(examples, name))),
];

/** The cases of a program. */
export function casesOf({ name }: Program): Case[] {
  return cases[name] ?? [{}];
}

function guestName({ name }: Program, { variant }: Case): string {
  return variant === undefined ? name : `${name}-${variant}`;
}

let xenRuns: Promise<Map<string, Run>> | undefined;

/** Every case, in the one boot that they share. */
function onXen(): Promise<Map<string, Run>> {
  xenRuns ??= Promise.all(all.filter((one) => !one.isC || hasClang()).flatMap((program) => casesOf(program).map((one) => program.guest(one)))).then(runOnXen);
  return xenRuns;
}

/** The job as a core module whose data leaves the lowest part of memory to the kernel. */
function compileC(project: string): void {
  const options = ["--target=wasm32", "-nostdlib", "-O2", "-Wall", "-Werror", "-Wl,--no-entry", "-Wl,--global-base=8192"];
  execFileSync("clang", [...options, "-o", "job.wasm", "job.c"], { cwd: project, stdio: ["ignore", "inherit", "inherit"] });
}

/** Whether C can be compiled to Wasm here. */
export function hasClang(): boolean {
  try {
    for (const program of ["clang", "wasm-ld"]) execFileSync(program, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
