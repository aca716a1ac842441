import { randomInt } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadImage } from "../support/in-process.ts";
import { Project, root } from "../support/project.ts";

// Compiled, since building starts a worker.
const { guestLibrary } = (await import(join(root, "build/compiler/build/library.js"))) as typeof import("../../compiler/build/library.ts");
const { buildImage } = (await import(join(root, "build/compiler/build/pipeline.js"))) as typeof import("../../compiler/build/pipeline.ts");

const PROGRAMS = 300;
/** Fixed by COLLECTOR_SEED, to see a failure again. */
const seed = Number(process.env["COLLECTOR_SEED"] ?? randomInt(2 ** 30));

const ORIGINAL = "if (total >= threshold) interrupt();";
const restless: [how: string, collect: string][] = [
  ["a collection", "__collect();"],
  // Between the steps, threads change what the collector has seen.
  ["a step of one", "step();"],
];
const { libraryFiles } = await guestLibrary();
const collects = libraryFiles["rt/itcms"] ?? "";

/** Nothing is left of what is freed. */
function wipeFreed(): void {
  const free = "export function __free(ptr: usize): void {\n  if (ptr < __heap_base) return;\n";
  const text = libraryFiles["rt/tlsf"] ?? "";
  expect(text).toContain(free);
  libraryFiles["rt/tlsf"] = text.replace(free, `${free}  memory.fill(ptr, 0xa5, (checkUsedBlock(ptr).mmInfo & ~TAGS_MASK));\n`);
}

const project = new Project({}, join(root, "test/threads/program"));
beforeAll(async () => {
  expect((await project.mirage(["configure"])).code).toBe(0);
  wipeFreed();
});
afterAll(() => project.remove());

test.each(restless)(`with %s at every allocation, ${PROGRAMS} random programs from seed ${seed} on keep what their threads hold`, async (_, collect) => {
  expect(collects).toContain(ORIGINAL);
  libraryFiles["rt/itcms"] = collects.replace(ORIGINAL, collect);
  const { wasm, collector } = await buildImage({ folder: project.folder, entry: "mirage/main.ts", interfaces: [] }, () => {});
  expect(collector).toBe(true);
  const image = join(project.folder, "restless.wasm");
  writeFileSync(image, wasm);
  const run = await loadImage(image);
  expect(run([String(seed), String(PROGRAMS)])).toEqual({ code: 0, stdout: `${PROGRAMS} programs, all of them alive\n`, stderr: "" });
});
