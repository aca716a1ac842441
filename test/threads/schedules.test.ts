import { randomInt } from "node:crypto";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadImage } from "../support/in-process.ts";
import { Project, root } from "../support/project.ts";

const PROGRAMS = 10_000;
/** Fixed by SCHEDULES_SEED, to see a failure again. */
const seed = Number(process.env["SCHEDULES_SEED"] ?? randomInt(2 ** 30));

const project = new Project({}, join(root, "test/threads/program"));
beforeAll(() => project.build());
afterAll(() => project.remove());

test(`${PROGRAMS} random programs from seed ${seed} on keep every promise of the primitives`, async () => {
  const run = await loadImage(join(project.folder, "dist/schedules.wasm"));
  expect(run([String(seed), String(PROGRAMS)])).toEqual({ code: 0, stdout: `${PROGRAMS} programs, all of them alive\n`, stderr: "" });
});
