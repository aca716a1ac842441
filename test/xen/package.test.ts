import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findTool } from "../../compiler/tools.ts";
import { compileModule } from "../../compiler/xen/compile.ts";
import { loadedSegments } from "../../compiler/xen/note.ts";
import { consoleConfig, consoleJob, execute, Project } from "../support/project.ts";

const options = `, { memory: "1 MiB", xen: { on_crash: "preserve", vif: ["bridge=xenbr0"], extra: "-- one" } }`;
const project = new Project({ "config.ts": consoleConfig("pack", options), "job.ts": consoleJob(`    console.log("packed");`) });
const at = (path: string): string => join(project.folder, path);
const elf = "dist/mir-pack.xen";

beforeAll(async () => {
  for (const args of [["configure", "--wasi"], ["build"]]) expect((await project.mirage(args)).code).toBe(0);
  writeFileSync(at("wasi.wasm"), readFileSync(at("dist/pack.wasm")));
  for (const args of [["configure", "--xen"], ["build"]]) expect((await project.mirage(args)).code).toBe(0);
});
afterAll(() => project.remove());

test("the image is the same for both targets, byte for byte", () => {
  expect(readFileSync(at("dist/pack.wasm")).equals(readFileSync(at("wasi.wasm")))).toBe(true);
});

test("no segment is both written and executed, and the ELF is small", () => {
  const WRITE_AND_EXECUTE = 3;
  const bytes = readFileSync(at(elf));
  const loaded = loadedSegments(bytes);
  expect(loaded.length).toBe(3);
  for (const { flags } of loaded) expect(flags & WRITE_AND_EXECUTE).not.toBe(WRITE_AND_EXECUTE);
  expect(bytes.length).toBeLessThan(48_000);
});

test("NAME.xl says what register said, and query prints it", async () => {
  const xl = (await project.mirage(["query", "xl"])).stdout;
  expect(xl).toBe(readFileSync(at("dist/pack.xl"), "utf8"));
  for (const line of ['name = "pack"', 'kernel = "mir-pack.xen"', 'on_crash = "preserve"', 'vif = [ "bridge=xenbr0" ]', 'extra = "-- one"', "vcpus = 1"]) {
    expect(xl).toContain(`\n${line}\n`);
  }
});

test("query image shows who an ELF is", async () => {
  const { stdout } = await project.mirage(["query", "image", elf]);
  for (const line of [
    /^image pack\.wasm$/m,
    /^image-sha256 [0-9a-f]{64}$/m,
    /^devices console$/m,
    /^interfaces wasi:cli\/stdout@0\.2\.0 wasi:io\/streams@0\.2\.0$/m,
    /^compiler .*(gcc|clang)/m,
    /^linker .*ld/m,
    /^translator wasm2c 1\./m,
  ]) {
    expect(stdout).toMatch(line);
  }
  const json = JSON.parse((await project.mirage(["query", "image", elf, "--json"])).stdout) as { image: { bytes: number } };
  expect(json.image.bytes).toBe(readFileSync(at(elf)).length);
});

test("--against takes the very bytes only: one changed in either is seen", async () => {
  const same = await project.mirage(["query", "image", elf, "--against", "dist/pack.wasm"]);
  expect([same.code, same.stdout]).toEqual([0, `${elf} is dist/pack.wasm, packaged: every byte is the same\n`]);
  for (const [file, said] of [
    [elf, "its bytes have been changed"],
    ["dist/pack.wasm", "its sha256 is"],
  ] as const) {
    const bytes = readFileSync(at(file));
    const changed = Buffer.from(bytes);
    // In the ELF a byte of code; in the image one of the text that it prints.
    const place = file === elf ? 0x1100 : changed.indexOf(Buffer.from("pack", "utf16le"));
    changed[place] = (changed[place] as number) ^ 1;
    writeFileSync(at(`changed-${file.slice(5)}`), changed);
    const [one, other] = file === elf ? [`changed-${file.slice(5)}`, "dist/pack.wasm"] : [elf, `changed-${file.slice(5)}`];
    const { code, stderr } = await project.mirage(["query", "image", one, "--against", other]);
    expect(code).toBe(1);
    expect(stderr).toContain(said);
  }
});

test("--against takes the bytes under whatever name, and says which tool is another", async () => {
  writeFileSync(at("renamed.wasm"), readFileSync(at("dist/pack.wasm")));
  expect((await project.mirage(["query", "image", elf, "--against", "renamed.wasm"])).code).toBe(0);
  for (const [tool, said] of [
    ["gcc", /its compiler is gcc .*, where packaging again gives another gcc\./],
    ["ld", /its linker is GNU ld .*, where packaging again gives another ld\./],
  ] as const) {
    project.tool(`another-${tool}`, `case "$1" in --version) echo another ${tool};; *) exec ${tool} "$@";; esac`);
    const { code, stderr } = await project.mirage(["query", "image", elf, "--against", "renamed.wasm"], "", { [`MIRAGE_WASM_${tool.toUpperCase()}`]: `./another-${tool}` });
    expect([code, stderr]).toEqual([1, expect.stringMatching(said)]);
  }
});

test("a build is made again when a tool or the shim is another, and else not", async () => {
  const build = async (env = {}): Promise<string> => (await project.mirage(["build"], "", env)).stderr;
  expect(await build()).toContain("nothing has changed");
  project.tool("another-ld", `case "$1" in --version) echo another ld;; *) exec ld "$@";; esac`);
  expect(await build({ MIRAGE_WASM_LD: "./another-ld" })).not.toContain("nothing has changed");
  expect((await project.mirage(["query", "image", elf])).stdout).toContain("\nlinker another ld\n");
  expect(await build()).not.toContain("nothing has changed");
  const { inputs } = JSON.parse(readFileSync(at("mirage/build.json"), "utf8")) as { inputs: Record<string, string> };
  const shim = Object.keys(inputs).filter((path) => path.includes("runtime/xen/"));
  for (const file of ["start.c", "boot.S", "image.lds", "shim.h", "include/wasm-rt.h", "wasi/cli.c"])
    expect(shim.map((path) => path.replace(/^.*runtime\/xen\//, ""))).toContain(file);
});

test("the domain's memory is what is stated, or the image's heap with its page tables, stack and shim", async () => {
  const memory = async (options: string, body = ""): Promise<string | undefined> => {
    const other = new Project({ "config.ts": consoleConfig("m", options), "job.ts": consoleJob(body) });
    for (const args of [["configure", "--xen"], ["build"]]) expect(await other.mirage(args)).toMatchObject({ code: 0 });
    const xl = (await other.mirage(["query", "xl"])).stdout;
    other.remove();
    return /^memory = (\d+)$/m.exec(xl)?.[1];
  };
  expect(await memory(`, { xen: { memory: "6 GiB" } }`)).toBe("6144");
  expect(await memory("")).toBe("2");
  const grow = "    while (memory.grow(1) >= 0) {}";
  expect(await memory("", grow)).toBe("18");
  expect(await memory(`, { memory: "1 GiB" }`, grow)).toBe("1028");
});

test("what wasm2c needs of math.h needs no library, in code too that the C compiler makes small since it is cold", async () => {
  const calls = ["fabs", "ceil", "floor", "trunc", "nearbyint", "sqrt"].flatMap((call) => [`double ${call}`, `float ${call}f`]);
  const lines = calls.map((call, index) => call.replace(/^(\w+) (\w+)$/, `__attribute__((cold)) $1 f${index}($1 x) { return $2(x); }`));
  writeFileSync(at("cold.c"), `#include <math.h>\n${lines.join("\n")}\n`);
  for (const compiler of ["gcc", "clang"]) {
    const program = findTool(compiler);
    if (!program) continue;
    await compileModule(program, "cold.c", project.folder);
    expect(await execute("nm", ["-u", "cold.o"], project.folder), compiler).toEqual({ code: 0, stdout: "", stderr: "" });
  }
});

test("every option of register's, and a key that sets one, are what NAME.xl says", async () => {
  const xen = `{ memory: "6 MiB", vcpus: 2, on_crash: "coredump-restart", vif: ["bridge=" + bridge.value, "script=a \\"b\\""], disk: ["/dev/vg/a,raw,xvda,rw"], extra: "mirage.console=raw -- 'one two'" }`;
  const config = consoleConfig("set", `, { xen: ${xen} }`).replace("import {", "import { key,").replace("\n", `\nconst bridge = key.string("bridge", "xenbr0");\n`);
  const set = new Project({ "config.ts": config, "job.ts": consoleJob("") });
  for (const [bridge, args] of [
    ["xenbr0", []],
    ["xenbr7", ["--bridge=xenbr7"]],
  ] as const) {
    for (const command of [["configure", "--xen", ...args], ["build"]]) expect(await set.mirage(command)).toMatchObject({ code: 0 });
    const values = (await set.mirage(["query", "xl"])).stdout.split("\n").filter((line) => line && !line.startsWith("#"));
    expect(values).toEqual([
      'name = "set"',
      'type = "pvh"',
      'kernel = "mir-set.xen"',
      "memory = 6",
      "shadow_memory = 1",
      "vcpus = 2",
      'on_crash = "coredump-restart"',
      `vif = [ "bridge=${bridge}", "script=a \\"b\\"" ]`,
      'disk = [ "/dev/vg/a,raw,xvda,rw" ]',
      `extra = "mirage.console=raw -- 'one two'"`,
    ]);
  }
  set.remove();
});

test("query image shows the devices that an image uses", async () => {
  const uses = new Project({
    "config.ts": `import { clock, defaultClock, defaultRandom, foreign, job, random, register, to } from "mirage-wasm";
register("uses", [foreign("job.ts:Job", to(clock, random, job)).$(defaultClock, defaultRandom)]);
`,
    "job.ts": `import { Clock } from "mirage-wasm/clock";
import { Random } from "mirage-wasm/random";
export class Job<C extends Clock, R extends Random> {
  start(clock: C, random: R): i32 {
    return i32(clock.now()) + i32(random.u32());
  }
}
`,
  });
  for (const command of [["configure", "--xen"], ["build"]]) expect(await uses.mirage(command)).toMatchObject({ code: 0 });
  expect((await uses.mirage(["query", "image", "dist/mir-uses.xen"])).stdout).toMatch(/^devices clock random$/m);
  uses.remove();
});

test("an edited NAME.xl is left alone, by build and by clean", async () => {
  appendFileSync(at("dist/pack.xl"), "# mine\n");
  appendFileSync(at("job.ts"), "// changed\n");
  const { stderr } = await project.mirage(["build"]);
  expect(stderr).toContain("dist/pack.xl has been edited and was left alone; see dist/pack.xl.new.");
  expect(readFileSync(at("dist/pack.xl"), "utf8")).toMatch(/# mine\n$/);
  expect(existsSync(at("dist/pack.xl.new"))).toBe(true);
  await project.mirage(["clean"]);
  expect([existsSync(at(elf)), existsSync(at("dist/pack.xl"))]).toEqual([false, true]);
});

test("without a C compiler or a linker, build and depend say what to install", async () => {
  await project.mirage(["configure", "--xen"]);
  for (const command of ["build", "depend"]) {
    const { code, stderr } = await project.mirage([command], "", { PATH: "/nowhere", MIRAGE_WASM_NO_TOOLS: "1" });
    expect(code).toBe(4);
    expect(stderr).toMatch(/gcc.* is not installed/);
    expect(stderr).toContain("apt-get install gcc");
  }
  project.tool("a-compiler", "echo a compiler");
  const linker = await project.mirage(["build"], "", { PATH: "/nowhere", MIRAGE_WASM_NO_TOOLS: "1", MIRAGE_WASM_GCC: "./a-compiler" });
  expect([linker.code, linker.stderr]).toEqual([4, expect.stringContaining("apt-get install binutils")]);
  const { code, stderr } = await project.mirage(["depend"]);
  expect([code, stderr]).toEqual([0, expect.stringContaining("Nothing is missing for target xen")]);
});
