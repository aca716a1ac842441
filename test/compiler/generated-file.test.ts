import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Failure } from "../../compiler/diagnostic.ts";
import { header, isOurs, removeGenerated, writeGenerated } from "../../compiler/generated-file.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mirage-wasm-test-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const text = `// ${header("config.ts")}\n1\n`;
const put = (path: string, content: string): void => writeFileSync(join(folder, path), content);
const get = (path: string): string => readFileSync(join(folder, path), "utf8");

test.each<[what: string, ours: boolean, content: string]>([
  ["with a header", true, text],
  ["with a header behind a shebang", true, `#!/bin/sh\n${text}`],
  ["without", false, "1\n"],
  ["empty", false, ""],
  ["with the words far down", false, `${"\n".repeat(400)}${text}`],
])("a file %s is ours: %s", (_, ours, content) => {
  put("file", content);
  expect(isOurs(join(folder, "file"))).toBe(ours);
  expect(removeGenerated(folder, ["file", "absent"])).toEqual(ours ? ["file"] : []);
  expect(existsSync(join(folder, "file"))).toBe(!ours);
});

test("folders are made, generated files replaced, and equal ones not touched", () => {
  put("old.ts", text);
  put("same.ts", text);
  utimesSync(join(folder, "same.ts"), 1, 1);
  expect(writeGenerated(folder, ["old.ts", "mirage/new.ts"].map((path) => ({ path, text: `${text}2\n` })).concat({ path: "same.ts", text }))).toEqual([]);
  expect([get("old.ts"), get("mirage/new.ts")]).toEqual([`${text}2\n`, `${text}2\n`]);
  expect(statSync(join(folder, "same.ts")).mtimeMs).toBe(1000);
});

test("one of the user's is left alone when ours yields, and is else an error before anything is written", () => {
  put("Makefile", "mine\n");
  expect(
    writeGenerated(folder, [
      { path: "Makefile", text, yields: true },
      { path: "a", text },
    ]),
  ).toEqual(["Makefile"]);
  expect(() =>
    writeGenerated(folder, [
      { path: "b", text },
      { path: "Makefile", text },
    ]),
  ).toThrow(Failure);
  expect([get("Makefile"), get("a"), existsSync(join(folder, "b"))]).toEqual(["mine\n", text, false]);
});
