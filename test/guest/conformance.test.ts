import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { execute, type Outcome, Project, root } from "../support/project.ts";

/** What a program must say on every engine. */
interface Case {
  stdout: string;
  /** "TRAP" and "ABORT" stand for any text of the image's own. */
  stderr: string;
  code: number;
  args?: string[];
  stdin?: [number | string, string][];
}

const folder = join(root, "test/guest/programs");

describe.each(readdirSync(folder))("%s", (name) => {
  const source = join(folder, name);
  const wanted = JSON.parse(readFileSync(join(source, "case.json"), "utf8")) as Case;
  const args = wanted.args?.[0] === "MANY:10000" ? Array.from({ length: 10_000 }, (_, i) => String((i * 7919) % 100_003)) : (wanted.args ?? []);
  const stdin = (wanted.stdin ?? []).map(([pause, text]) => [pause, bytes(text)] as [number | string, string | Uint8Array]);
  const seen = new Map<string, Outcome>();
  let project: Project;

  beforeAll(async () => {
    project = new Project({}, source);
    if (existsSync(join(source, "job.c"))) await compileC(project.folder);
    await project.build();
  });
  afterAll(() => project.remove());

  test.each(["node", "wasmtime", "wasmtime-oldest"])("says the same on %s", async (engine) => {
    const outcome =
      engine === "wasmtime-oldest"
        ? await execute(join(root, ".tools/bin", engine), ["run", `dist/${name}.wasm`, ...args], project.folder, stdin)
        : await project.mirage(["run", "-e", engine, "--", ...args], stdin);
    const said = { ...outcome, stderr: ofImage(outcome.stderr) };
    seen.set(engine, said);
    if (name !== "do-nothing") expect(said.stdout + outcome.stderr).not.toBe("");
    expect({ code: said.code, stdout: said.stdout }).toEqual({ code: wanted.code, stdout: wanted.stdout });
    if (wanted.stderr === "ABORT") expect(said.stderr).toMatch(/^abort: .+:\d+:\d+\n$/);
    else if (wanted.stderr !== "TRAP") expect(said.stderr).toBe(wanted.stderr);
    for (const other of seen.values()) expect(said).toEqual(other);
  });
});

/** Without what the engine itself says about a trap. */
function ofImage(stderr: string): string {
  const report = stderr.search(/^Error: failed to run/m);
  return report < 0 ? stderr : stderr.slice(0, report);
}

function bytes(text: string): string | Uint8Array {
  const [kind, count, unit] = text.split(":");
  if (kind === "HEX") return Buffer.from(count as string, "hex");
  return kind === "REPEAT" ? (unit as string).repeat(Number(count)) : text;
}

async function compileC(at: string): Promise<void> {
  const { code, stderr } = await execute("clang", ["--target=wasm32", "-nostdlib", "-O2", "-Wl,--no-entry", "-Wl,--global-base=16384", "-o", "job.wasm", "job.c"], at);
  if (code !== 0) throw new Error(`clang: ${stderr}`);
}
