import { expect, test } from "vitest";
import { checkVersionGate } from "../../compiler/configure/version-gate.ts";
import type { Failure } from "../../compiler/diagnostic.ts";
import { version } from "../../compiler/package.ts";

function codeOf(text: string): string | undefined {
  try {
    checkVersionGate("config.ts", text);
    return undefined;
  } catch (error) {
    const [first] = (error as Failure).diagnostics;
    expect(first?.position).toMatchObject({ file: "config.ts", line: 1, column: 1 });
    return first?.code;
  }
}

const [major = 0, minor = 0, patch = 0] = version.split(".").map(Number);
const next = `${major}.${minor}.${patch + 1}`;
const TOO_OLD = "MW106";
const MALFORMED = "MW107";

test.each<[line: string, code: string | undefined]>([
  [`// mirage-wasm >= ${version}`, undefined],
  [`// mirage-wasm >= ${next}`, TOO_OLD],
  [`// mirage-wasm > ${version}`, TOO_OLD],
  ["// mirage-wasm > 0.0.99", undefined],
  [`// mirage-wasm <= ${version}`, undefined],
  ["// mirage-wasm <= 0.0.99", TOO_OLD],
  [`// mirage-wasm < ${next}`, undefined],
  [`// mirage-wasm < ${version}`, TOO_OLD],
  [`// mirage-wasm = ${version}`, undefined],
  [`// mirage-wasm = ${next}`, TOO_OLD],
  // Numbers, not text: 10 comes after 9.
  [`// mirage-wasm < ${major}.${minor}.${patch + 10}`, undefined],
  [`//mirage-wasm>=${version}&<${next}`, undefined],
  [`// mirage-wasm >= ${version} & < ${version}`, TOO_OLD],
  [`// mirage-wasm >= 99.0.0 & < 100.0.0`, TOO_OLD],
  ["// mirage-wasm 0.1.0", MALFORMED],
  ["// mirage-wasm >= 0.1", MALFORMED],
  ["// mirage-wasm => 0.1.0", MALFORMED],
  ["// mirage-wasm >= 0.1.0 | < 0.2.0", MALFORMED],
  ["// mirage-wasm >= 0.1.0 &", MALFORMED],
  ["// mirage-wasm", undefined],
  ["// A configuration for mirage-wasm >= 99.0.0", undefined],
  ["", undefined],
])("%s: %s", (line, code) => {
  expect(codeOf(`${line}\nimport "mirage-wasm";\n`)).toBe(code);
  expect(codeOf(`${line}\r\nimport "mirage-wasm";\r\n`)).toBe(code);
});

test("only the first line counts", () => {
  expect(codeOf("\n// mirage-wasm >= 99.0.0\n")).toBeUndefined();
});
