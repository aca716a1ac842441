import { fail } from "../../compiler/diagnostic.ts";
import { missingPackages } from "../../compiler/engines/xen/rig.ts";
import { findTool, installWasmtime } from "../../compiler/tools.ts";
import { current } from "../current.ts";
import { next, say } from "../report.ts";

export async function run({ file }: { file: string }): Promise<void> {
  const { context } = await current(file);
  for (const name of context.graph.packages) say(`${name}: installed`);
  if (context.target === "xen") needForXen();
  else say(`Nothing is missing for target ${context.target}: images run on the Node engine.`);
  if (!findTool("wasmtime")) say(`Optional: wasmtime, for \`run -e wasmtime\`: ${installWasmtime}`);
  next("build", file);
}

function needForXen(): void {
  const missing = [...(findTool("gcc") || findTool("clang") ? [] : ["gcc"]), ...(findTool("ld") ? [] : ["binutils"])];
  if (missing.length > 0) fail("MW501", [missing.join(" and "), `Run \`sudo apt-get install ${missing.join(" ")}\`.`]);
  say("Nothing is missing for target xen: a C compiler and ld are here.");
  const rig = missingPackages();
  if (rig.length > 0) say(`Optional: Xen under QEMU, for \`run -e xen\`: sudo apt-get install ${rig.join(" ")}`);
}
