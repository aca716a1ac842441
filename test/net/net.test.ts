// The stack below TCP, alone with its test on a wire: program/ is one image, and each line that it prints is a test's.

import { randomInt } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../support/project.ts";
import { testProgram } from "../support/test-program.ts";

const { names, run } = testProgram("test/net/program", "net.wasm");

/** Fixed by NET_SEED, to see a failure again. */
const seed = Number(process.env["NET_SEED"] ?? randomInt(2 ** 30));
/** A million by NET_FUZZ. */
const inputs = Number(process.env["NET_FUZZ"] ?? 20_000);

for (const [version, command] of [
  ["IPv4", "fuzz"],
  ["IPv6", "fuzz6"],
] as const) {
  test(`${inputs} frames of ${version} that are nearly right do no harm, seed ${seed}`, { timeout: 3_600_000 }, () => {
    expect(run([command, String(seed), String(inputs)])).toEqual({ code: 0, stdout: "right\n", stderr: "" });
  });
}

/** test/net/corpus.txt: what fuzzing finds is kept there. */
const kept = [...readFileSync(join(root, "test/net/corpus.txt"), "utf8").matchAll(/^# (.+)\n((?:[0-9a-f]+\n)+)/gm)].map(([, name = "", frames = ""]) => ({
  name,
  frames: frames.trim().split("\n"),
}));

test.each(kept)("$name: does no harm", ({ frames }) => {
  expect(run(["replay", ...frames])).toEqual({ code: 0, stdout: "right\n", stderr: "" });
});

test("docs/network.md names tests that there are, or says why not", () => {
  const docs = readFileSync(join(root, "docs/network.md"), "utf8");
  const rows = [...docs.slice(docs.indexOf("## IPv4"), docs.indexOf("## TCP")).matchAll(/^\| (\d.*?) \| .* \| (.*?) \|$/gm)].map(([, , name]) => name as string);
  expect(rows.length).toBeGreaterThan(50);
  expect(rows.filter((name) => !names.includes(name) && !name.startsWith("not done: "))).toEqual([]);
});
