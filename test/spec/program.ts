// A script of the specification's tests as a Linux process: its modules as images are compiled, its commands as C.

import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { compileModule, findCompiler, wasm2c } from "../../compiler/xen/compile.ts";
import { exportsOf } from "../../compiler/xen/module.ts";
import { shimFolder } from "../../compiler/xen/shim.ts";
import { execute, type Outcome, root } from "../support/project.ts";
import type { Command, Constant, TestModule } from "./script.ts";

const require = createRequire(import.meta.url);
const wabt = await require("wabt")();

/** What the header of a module's C code says of it. */
interface Header {
  hasMemory: boolean;
  /** Names of the instances that it takes after its own. */
  imports: string[];
  /** C names of functions and globals, and types of what they give, by the names in the script. */
  exports: Map<string, { symbol: string; type: string }>;
  /** Fields of structures of several results. */
  structures: Map<string, { type: string; name: string }[]>;
}

const TRAPS: [message: RegExp, trap: string][] = [
  [/^out of bounds/, "OOB"],
  [/^integer overflow/, "INT_OVERFLOW"],
  [/^integer divide by zero/, "DIV_BY_ZERO"],
  [/^invalid conversion to integer/, "INVALID_CONVERSION"],
  [/^unreachable/, "UNREACHABLE"],
  [/^(indirect call|undefined|uninitialized)/, "CALL_INDIRECT"],
  [/^call stack exhausted/, "EXHAUSTION"],
];

/** Compiles the commands to a program in `folder` and runs it. */
export async function runCommands(commands: Command[], folder: string): Promise<Outcome> {
  const { program } = await findCompiler();
  const headers = new Map<TestModule, Header>();
  for (const { module } of commands) {
    if (!headers.has(module)) headers.set(module, await translate(module, folder));
  }
  const several = [...headers.values()].filter(({ hasMemory }) => hasMemory).length > 1;
  for (const { name } of headers.keys()) {
    if (several) prepend(join(folder, `${name}.c`), "#define WASM_RT_MEMORY_DATA(memory) (memory)->data\n");
    await compileModule(program, `${name}.c`, folder);
  }
  writeFileSync(join(folder, "main.c"), mainText(commands, headers));
  const runtime = [join(root, "test/spec/spec.c"), join(root, "test/support/linux-rt.c")];
  const folders = [".", join(root, "test/spec"), join(root, "test/support"), join(shimFolder, "include")].flatMap((path) => ["-iquote", path]);
  const objects = [...headers.keys()].map(({ name }) => `${name}.o`);
  // The modules are compiled for one address, as images are.
  const compiled = await execute(program, ["-std=gnu11", "-no-pie", "-pthread", "-w", ...folders, "-o", "main", "main.c", ...runtime, ...objects], folder);
  if (compiled.code !== 0) throw new Error(compiled.stderr.slice(0, 4000));
  return execute(join(folder, "main"), [], folder);
}

async function translate({ name, text }: TestModule, folder: string): Promise<Header> {
  // parseWat reads all of the buffer that lies under a view, and Node's small Buffers share theirs.
  const parsed = wabt.parseWat(`${name}.wat`, Uint8Array.from(Buffer.from(text, "latin1")));
  const wasm = parsed.toBinary({}).buffer;
  writeFileSync(join(folder, `${name}.wasm`), wasm);
  parsed.destroy();
  await wasm2c(`${name}.wasm`, `${name}.c`, folder, name);
  return readHeader(readFileSync(join(folder, `${name}.h`), "latin1"), wasm);
}

function prepend(file: string, text: string): void {
  writeFileSync(file, text + readFileSync(file, "latin1"), "latin1");
}

function readHeader(text: string, wasm: Uint8Array): Header {
  // Both are in the order of the export section; C names are mangled, and what the comments say is not unique.
  const declarations = [...text.matchAll(/^\/\* export: .* \*\/\n(.+?)\*? (w2c_\w+)\(/gm)].map(([, type, symbol]) => ({ symbol, type }));
  const instantiate = /^void wasm2c_\w+_instantiate\(\w+\*(.*)\);$/m.exec(text)?.[1] as string;
  return {
    hasMemory: text.includes("wasm_rt_memory_t"),
    imports: [...instantiate.matchAll(/struct w2c_(\w+)\*/g)].map(([, name]) => name as string),
    exports: new Map(exportsOf(wasm).map(({ name }, index) => [Buffer.from(name).toString("latin1"), declarations[index] as { symbol: string; type: string }])),
    structures: new Map(
      [...text.matchAll(/^(struct wasm_multi_\w+) \{\n([^}]*)\}/gm)].map(([, name, body]) => [
        name as string,
        [...(body as string).matchAll(/(\w+) (\w+);/g)].map(([, type, field]) => ({ type: type as string, name: field as string })),
      ]),
    ),
  };
}

function mainText(commands: Command[], headers: Map<TestModule, Header>): string {
  const instances = [...headers.keys()].map(({ name }) => `#include "${name}.h"\nstatic w2c_${mangle(name)} ${instanceOf(mangle(name))};`);
  const functions = commands.map((command, index) => `static void run_${index}(void) {\n${bodyOf(command, headers.get(command.module) as Header)}}`);
  const rows = commands.map(({ line, trap }, index) => `    {${line}, run_${index}, WASM_RT_TRAP_${trapOf(trap)}},`);
  return ['#include "spec.h"', ...instances, ...functions, "const struct command commands[] = {", ...rows, "    {0},\n};\n"].join("\n");
}

function bodyOf({ module, name, isGlobal, args, results }: Command, header: Header): string {
  const instance = `&${instanceOf(mangle(module.name))}`;
  if (name === undefined) return `    wasm2c_${mangle(module.name)}_instantiate(${[instance, ...header.imports.map((from) => `&${instanceOf(from)}`)].join(", ")});\n`;
  const { symbol, type } = header.exports.get(name) ?? {};
  if (!symbol || !type) throw new Error(`${module.name} has no export ${JSON.stringify(name)}.`);
  const call = `${isGlobal ? "*" : ""}${symbol}(${[instance, ...args.map(literalOf)].join(", ")})`;
  if (results.length === 0) return `    ${call};\n`;
  const fields = header.structures.get(type)?.map((field) => ({ type: field.type, value: `result.${field.name}` })) ?? [{ type, value: "result" }];
  if (fields.length !== results.length) throw new Error(`${symbol} has ${fields.length} results, not ${results.length}.`);
  const checks = fields.map((field, index) => `    expect(bits_${field.type}(${field.value}), ${wantedOf(field.type, results[index] as Constant)});\n`);
  return `    ${type} result = ${call};\n${checks.join("")}`;
}

const ALL = "~0ull";

/** The bits that are wanted, and the mask of those that matter. */
function wantedOf(type: string, constant: Constant): string {
  const [quiet, sign] = type === "f32" ? ["0x7fc00000ull", "0x80000000ull"] : ["0x7ff8000000000000ull", "0x8000000000000000ull"];
  if (constant.value === "nan:canonical") return `${quiet}, 0x7fffffffffffffffull & ~${sign}`;
  if (constant.value === "nan:arithmetic") return `${quiet}, ${quiet}`;
  if (constant.kind === "ref.func") return `1, ${ALL}`;
  return `bits_${type}(${literalOf(constant)}), ${ALL}`;
}

/** A constant in C. */
function literalOf({ kind, value = "" }: Constant): string {
  const text = value.replaceAll("_", "");
  if (kind === "i32.const") return `${BigInt.asUintN(32, integer(text))}u`;
  if (kind === "i64.const") return `${BigInt.asUintN(64, integer(text))}ull`;
  if (kind === "f32.const") return text.includes("nan") ? `f32_of(${nan(text, 23)})` : float(text, "f");
  if (kind === "f64.const") return text.includes("nan") ? `f64_of(${nan(text, 52)})` : float(text, "");
  if (kind === "ref.extern") return `(wasm_rt_externref_t)${Number(text) + 1}ul`;
  if (kind === "ref.null") return text === "extern" ? "wasm_rt_externref_null_value" : "wasm_rt_funcref_null_value";
  throw new Error(`The constant ${kind} is not known.`);
}

function integer(text: string): bigint {
  return text.startsWith("-") ? -BigInt(text.slice(1)) : BigInt(text.replace(/^\+/, ""));
}

/** C's hexadecimal floats need an exponent, its decimal ones a point. */
function float(text: string, suffix: string): string {
  if (text.includes("inf")) return `${text.startsWith("-") ? "-" : ""}__builtin_inf${suffix}()`;
  const complete = text.includes("0x") ? /p/i.test(text) : /[.e]/i.test(text);
  return `${text}${complete ? "" : text.includes("0x") ? "p0" : ".0"}${suffix}`;
}

function nan(text: string, significand: number): string {
  const payload = /nan:(0x[\da-f]+)/i.exec(text)?.[1] ?? `0x${(1n << BigInt(significand - 1)).toString(16)}`;
  const exponent = significand === 23 ? 0xffn : 0x7ffn;
  const sign = text.startsWith("-") ? 1n << (significand === 23 ? 31n : 63n) : 0n;
  return `0x${(sign | (exponent << BigInt(significand)) | BigInt(payload)).toString(16)}ull`;
}

function trapOf(message: string | undefined): string {
  if (message === undefined) return "NONE";
  const found = TRAPS.find(([pattern]) => pattern.test(message));
  if (!found) throw new Error(`The trap ${message} is not known.`);
  return found[1];
}

/** wasm2c's own rule for names of modules. */
function mangle(name: string): string {
  return name.replaceAll("_", "__");
}

/** The variable of a module's instance: no word of C. */
function instanceOf(name: string): string {
  return name === "spectest" ? name : `instance_${name}`;
}
