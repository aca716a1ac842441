import { join } from "node:path";
import { packageRoot } from "../package.ts";
import { ascOptions, compileAssemblyScript } from "./asc.ts";
import { loadBinaryen, parseModule, readModule } from "./binaryen.ts";
import { elideFrames } from "./elide-frames.ts";
import { dropMarks, resolveImports } from "./link.ts";
import { dropLocalNames } from "./local-names.ts";
import { dropDeadBranches, optimise } from "./optimise.ts";
import { trapOnOverflow } from "./stack-check.ts";
import { strip } from "./strip.ts";

/** Compiles drivers/sockets: a module of its own, beside an image's. */
export async function compileSockets(): Promise<Uint8Array> {
  const { wasm, diagnostics } = await compileAssemblyScript(join(packageRoot, "drivers/sockets"), "index.ts", ascOptions("sockets"));
  if (!wasm) throw new Error(`the sockets do not compile:\n${diagnostics.map(({ message, position }) => `${JSON.stringify(position)} ${message}`).join("\n")}`);
  const binaryen = await loadBinaryen();
  const linked = readModule(binaryen, dropLocalNames(wasm));
  resolveImports(binaryen, linked);
  dropDeadBranches(binaryen, linked);
  const module = parseModule(binaryen, elideFrames(linked.emitText(), []));
  linked.dispose();
  trapOnOverflow(binaryen, module);
  dropMarks(binaryen, module);
  optimise(binaryen, module);
  const core = strip(module.emitBinary());
  module.dispose();
  return core;
}
