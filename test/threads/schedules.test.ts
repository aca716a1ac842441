import { randomInt } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Project, root } from "../support/project.ts";
import { ManualHost } from "./host.ts";

const PROGRAMS = 10_000;
/** Fixed by SCHEDULES_SEED, to see a failure again. */
const seed = Number(process.env["SCHEDULES_SEED"] ?? randomInt(2 ** 30));

const project = new Project({}, join(root, "test/threads/program"));
beforeAll(() => project.build());
afterAll(() => project.remove());

test(`${PROGRAMS} random programs from seed ${seed} on keep every promise of the primitives`, () => {
  const host = new ManualHost(readFileSync(join(project.folder, "dist/schedules.wasm")), ["schedules", String(seed), String(PROGRAMS)]);
  host.run();
  expect(host.output).toBe(`${PROGRAMS} programs, all of them alive\n`);
});
