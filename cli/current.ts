import { dirname } from "node:path";
import { configure } from "../compiler/configure/configure.ts";
import { type Context, readContext } from "../compiler/state.ts";
import { during } from "./report.ts";

/** What is configured beside `file`, configured again with the same choices when something of it has changed. */
export async function current(file: string): Promise<{ folder: string; context: Context }> {
  const folder = dirname(file);
  const { target, graph, file: name } = readContext(folder);
  const { context } = await during("check", configure({ file: `${folder}/${name}`, target, ...(isRenamed(folder) ? { output: graph.name } : {}) }));
  return { folder, context };
}

/** Whether -o gave the image its name: then it stays. */
function isRenamed(folder: string): boolean {
  return readContext(folder).renamed === true;
}
