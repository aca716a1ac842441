// The DNS without a network: program/ is one image, and each line that it prints is a test's.

import { randomInt } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../support/project.ts";
import { testProgram } from "../support/test-program.ts";

const { names, run } = testProgram("test/dns/program", "names.wasm");

/** Fixed by DNS_SEED, to see a failure again. */
const seed = Number(process.env["DNS_SEED"] ?? randomInt(2 ** 30));
/** A million by DNS_FUZZ. */
const inputs = Number(process.env["DNS_FUZZ"] ?? 20_000);

test(`${inputs} messages that are nearly right do no harm, seed ${seed}`, { timeout: 3_600_000 }, () => {
  expect(run([String(seed), String(inputs)])).toEqual({ code: 0, stdout: "right\n", stderr: "" });
});

test("docs/dns.md names tests that there are, or says why not", () => {
  const docs = readFileSync(join(root, "docs/dns.md"), "utf8");
  const rows = [...docs.slice(docs.indexOf("## RFC rules")).matchAll(/^\| (\d.*?) \| .* \| (.*?) \|$/gm)].map(([, , name]) => name as string);
  expect(rows.length).toBeGreaterThan(40);
  const all = [...names, ...titlesIn("test/dns/linux.test.ts"), ...titlesIn("test/dns/zone.test.ts"), ...titlesIn("test/net/program/udp.ts")];
  expect(rows.filter((name) => !all.includes(name) && !name.startsWith("not done: "))).toEqual([]);
});

function titlesIn(file: string): string[] {
  return [...readFileSync(join(root, file), "utf8").matchAll(/^\s*test\("(.+)", /gm)].map(([, name]) => name as string);
}
