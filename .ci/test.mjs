// Runs every check and prints their sum. With CI=true a skipped test is a failure.

import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const report = join(root, "build/test-report.json");
rmSync(report, { force: true });
const env = { ...process.env, RUST_BACKTRACE: "0" };
const { status } = spawnSync(
  process.execPath,
  [join(root, "node_modules/vitest/vitest.mjs"), "run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`, ...process.argv.slice(2)],
  { cwd: root, stdio: ["ignore", "inherit", "inherit"], env },
);
let passed = 0;
let failed = 0;
let skipped = 0;
let code = status ?? 1;
try {
  const result = JSON.parse(readFileSync(report, "utf8"));
  passed = result.numPassedTests;
  failed = result.numFailedTests;
  skipped = result.numPendingTests + result.numTodoTests;
} catch {
  console.error("The test runner left no report.");
  code = 1;
}
if (passed + failed === 0) code = 1;
if (process.env.CI === "true" && skipped > 0) {
  console.error("With CI=true nothing may be skipped.");
  code = 1;
}
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(code);
