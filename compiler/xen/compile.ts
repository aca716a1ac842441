import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { fail } from "../diagnostic.ts";
import { findTool } from "../tools.ts";
import { withLines } from "./lines.ts";
import type { Note } from "./note.ts";
import { shimFolder } from "./shim.ts";

const call = promisify(execFile);
const require = createRequire(import.meta.url);

/** For all of the domain's code. What it says for debugging goes to an ELF of its own. */
const COMMON = [
  "-g1",
  "-std=gnu11",
  "-m64",
  "-ffreestanding",
  "-fno-pic",
  "-fno-pie",
  "-fcf-protection=none",
  "-fno-stack-protector",
  "-fno-asynchronous-unwind-tables",
  "-fno-strict-aliasing",
  "-fno-ident",
  "-ffunction-sections",
  "-fdata-sections",
];
/** Exceptions do not save vector registers, and hypercalls are calls that the compiler does not see: no red zone. */
const SHIM = [...COMMON, "-Os", "-mgeneral-regs-only", "-mno-red-zone", "-Wall", "-Wextra"];
/**
 * As wasm2c's documents have it: a call stays a call, so that a recursion without end meets the end of the stack, and
 * floats are as the specification wants them. Loads stay where wasm2c has them, so a schedule only lengthens what is live.
 */
const MODULE = [...COMMON, "-O2", "-fno-schedule-insns2", "-msse4.1", "-fno-optimize-sibling-calls", "-frounding-math", "-fsignaling-nans", "-fno-math-errno", "-w"];

/** The C compiler for images, gcc or clang, and what it calls itself. */
export async function findCompiler(): Promise<{ program: string; version: string }> {
  const program = findTool("gcc") ?? findTool("clang") ?? fail("MW501", ["gcc", "Run `sudo apt-get install gcc`, or set MIRAGE_WASM_GCC to its path."]);
  return { program, version: await versionOf(program) };
}

export type ToolVersions = Pick<Note, "compiler" | "linker" | "translator">;

/** What the tools call themselves that make an ELF: others make another. */
export async function toolVersions(): Promise<ToolVersions> {
  const { version } = require("wabt/package.json") as { version: string };
  const [{ version: compiler }, linker] = await Promise.all([findCompiler(), versionOf(findLinker())]);
  return { compiler, linker, translator: `wasm2c ${version}` };
}

function findLinker(): string {
  return findTool("ld") ?? fail("MW501", ["ld", "Run `sudo apt-get install binutils`, or set MIRAGE_WASM_LD to its path."]);
}

async function versionOf(program: string): Promise<string> {
  const said = await run(program, ["--version"], tmpdir());
  return said.split("\n", 1)[0] as string;
}

/** The compiler's own headers, without those of a C library. */
async function ownHeaders(program: string): Promise<string[]> {
  const own = await run(program, ["-print-file-name=include"], tmpdir());
  return ["-nostdinc", "-isystem", join(shimFolder, "include"), "-isystem", own.trim()];
}

/** Compiles sources of the shim to `folder`; returns the objects. No path of this machine gets into them. */
export async function compileShim(program: string, sources: string[], folder: string, more: string[] = []): Promise<string[]> {
  const paths = sources.map((name) => (name.startsWith("/") ? name : join(shimFolder, name)));
  await run(program, [...SHIM, ...more, ...(await ownHeaders(program)), "-I", shimFolder, "-c", ...paths], folder);
  return sources.map((name) => (name.split("/").at(-1) as string).replace(/\.[cS]$/, ".o"));
}

export async function compileModule(program: string, source: string, folder: string, more: string[] = []): Promise<string> {
  await run(program, [...MODULE, ...more, ...(await ownHeaders(program)), "-c", source], folder);
  return source.replace(/\.c$/, ".o");
}

/** `strip`: without debugging information; all else is the same. */
export async function link(objects: string[], folder: string, output: string, strip = true): Promise<void> {
  const options = [
    "-m",
    "elf_x86_64",
    // Xen copies segments to their places: in the file they need not begin at pages.
    "-n",
    "-z",
    "noexecstack",
    "--build-id=none",
    "--gc-sections",
    ...(strip ? ["-s"] : []),
    "-T",
    join(shimFolder, "image.lds"),
  ];
  await run(findLinker(), [...options, "-o", output, ...objects], folder);
}

/** Lines of wasm2c's preamble that cost time, and what stands for them. */
const FASTER: [RegExp, string][] = [
  // The place of the image's one memory is known; a pointer to it would be read again after every store.
  [/^(#define MEM_ADDR\(mem, addr, n\)) &\(\(mem\)->data\[addr\]\)$/m, "$1 (WASM_RT_MEMORY_DATA(mem) + (addr))"],
  // Each load is kept by a use of its value: a float's in its own kind of register, not by way of an integer's.
  [/^(#define FORCE_READ_FLOAT\(var\) __asm__\("" ::)"r"(\(var\)\);)$/m, '$1"x"$2'],
];

/** Translates a core module to C: FILE.c and FILE.h. `name` is in the C names of what it exports. */
export async function wasm2c(module: string, output: string, folder: string, name = "image"): Promise<void> {
  const [, disassembly] = await Promise.all([wabt("wasm2c", [module, "-o", output, "--module-name", name], folder), wabt("wasm-objdump", ["-d", module], folder)]);
  const file = join(folder, output);
  const text = FASTER.reduce((all, [line, faster]) => all.replace(line, faster), readFileSync(file, "utf8"));
  writeFileSync(file, withLines(text, disassembly, `${name}.wasm`));
}

function wabt(tool: string, args: string[], folder: string): Promise<string> {
  return run(process.execPath, [join(dirname(require.resolve("wabt/package.json")), "bin", tool), ...args], folder, tool);
}

/** Runs a tool in `folder`; returns what it has printed. */
async function run(program: string, args: string[], folder: string, name = basename(program)): Promise<string> {
  try {
    return (await call(program, args, { cwd: folder, maxBuffer: 1 << 28 })).stdout;
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string };
    return fail("MW602", [name, (stderr || message).trim().split("\n").slice(0, 5).join("\n  ")]);
  }
}
