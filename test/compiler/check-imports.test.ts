import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { checkImports } from "../../compiler/build/check-imports.ts";
import type { Diagnostic, Failure } from "../../compiler/diagnostic.ts";
import { parse } from "../support/wasm.ts";

const folder = mkdtempSync(join(tmpdir(), "mirage-wasm-test-"));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, "innocent.ts"), "export const x = 1;\n");
writeFileSync(join(folder, "nearly.ts"), `// Of acme:led/light it takes another call.\n@external("acme:led/light", "get")\ndeclare function get(): void;\n`);
writeFileSync(join(folder, "guilty.ts"), `// A lamp.\n@external("acme:led/light", "set")\ndeclare function set(): void;\n`);

function mistakes(imported: string, files: string[], interfaces: string[] = []): Diagnostic[] {
  const [module, name] = imported.split(" ");
  const wasm = parse(`(import "${module}" "${name}" (func $f)) (func (export "run") (call $f))`).emitBinary();
  writeFileSync(join(folder, "job.wasm"), wasm);
  try {
    checkImports({ folder, interfaces: interfaces.map((one) => ({ name: one })) }, wasm, files);
    return [];
  } catch (error) {
    return (error as Failure).diagnostics;
  }
}

test.each<[imported: string, interfaces: string[]]>([
  ["kernel stdout_line", []],
  ["link uses_threads", []],
  ["acme:led/light set", ["acme:led/light"]],
])("%s may be imported where %j is declared", (imported, interfaces) => {
  expect(mistakes(imported, ["guilty.ts"], interfaces)).toEqual([]);
});

test.each<[imported: string, files: string[], place: string | undefined, names: string]>([
  ["acme:led/light set", ["innocent.ts", "guilty.ts"], "guilty.ts:2:11", "guilty.ts imports acme:led/light set"],
  ["acme:led/light set", ["nearly.ts", "guilty.ts"], "guilty.ts:2:11", "guilty.ts imports acme:led/light set"],
  ["link uses_magic", ["job.wasm"], undefined, "job.wasm imports link uses_magic"],
  ["acme:led/light set", ["job.wasm"], undefined, "job.wasm imports acme:led/light set"],
  ["acme:led/light set", [], undefined, "the job imports acme:led/light set"],
  ["kernel stdout_lines", ["job.wasm"], undefined, "job.wasm imports kernel stdout_lines"],
  ["env printf", ["job.wasm"], undefined, "job.wasm imports env printf"],
])("%s in %j is a mistake at %s", (imported, files, place, names) => {
  const [{ code, message, position } = {} as Diagnostic, ...others] = mistakes(imported, files, ["acme:led/other"]);
  expect({ code, place: position && `${position.file}:${position.line}:${position.column}`, others }).toEqual({ code: "MW402", place, others: [] });
  expect(message).toContain(names);
});
