import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { boot, missingPackages } from "../../compiler/engines/xen/rig.ts";
import { findCompiler } from "../../compiler/xen/compile.ts";
import { root } from "../support/project.ts";
import { Guests } from "./guests.ts";

const BOOT_LIMIT = 300;
const missing = missingPackages();
const guests = new Guests();
const results = join(guests.folder, "out");
const read = (name: string): string => readFileSync(join(results, name), "latin1");

/** Two processes and a guest take the one processor from each other. */
const RUN = `for i in 1 2; do ./registers > results/registers-$i & done
for i in 1 2 3; do
  xl create -q busy.xl
  while xl domid busy; do sleep 0.1; done
  cp /var/log/xen/console/guest-busy.log results/busy
done
touch ended
wait
`;

describe.skipIf(missing.length > 0)(`the rig${missing.length > 0 ? ` (skipped: it needs ${missing.join(", ")})` : ""}`, () => {
  beforeAll(async () => {
    await guests.job("busy", "    let x = 1.0;\n    for (let i = 0; i < 50_000_000; i++) x = x * 0.5 + 1.0;\n    console.log(x.toString());");
    const { program } = await findCompiler();
    execFileSync(program, ["-O2", "-static", "-o", join(guests.folder, "registers"), join(root, "test/xen/registers.c")]);
    writeFileSync(join(guests.folder, "run.sh"), RUN);
    await boot({ guests: guests.folder, results, limit: BOOT_LIMIT });
  }, 600_000);
  afterAll(() => guests.remove());

  test("a process of dom0 keeps its registers while guests run", () => {
    expect(read("busy")).toMatch(/^2\.0\r$/m);
    for (const name of ["registers-1", "registers-2"]) expect(read(name)).toBe("kept\n");
  });
});
