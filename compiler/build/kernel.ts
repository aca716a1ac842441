import { join } from "node:path";
import { packageRoot } from "../package.ts";
import { ascOptions, compileAssemblyScript } from "./asc.ts";
import { loadBinaryen, readModule } from "./binaryen.ts";

/** Compiles runtime/kernel. Fails when an allocator was linked in, or when its data reaches up into the app's. */
export async function compileKernel(): Promise<{ wasm: Uint8Array; map: string }> {
  const { wasm, map, diagnostics } = await compileAssemblyScript(join(packageRoot, "runtime/kernel"), "index.ts", ascOptions("kernel"));
  if (!wasm || !map) throw new Error(`the kernel does not compile:\n${diagnostics.map(({ message }) => message).join("\n")}`);
  const binaryen = await loadBinaryen();
  const module = readModule(binaryen, wasm);
  const text = module.emitText();
  if (/\(func \$~lib\/rt\//.test(text)) throw new Error("the kernel allocates: it must do without a heap");
  const end = Number(/\(global \$~lib\/memory\/__heap_base i32 \(i32\.const (\d+)\)\)/.exec(text)?.[1]);
  const limit = Number(ascOptions("app")["memoryBase"]);
  if (!(end <= limit)) throw new Error(`the kernel's data ends at ${end}, and the app's begins at ${limit}: asconfig.json`);
  return { wasm, map: inLibrary(map) };
}

/** The map with the kernel's files named as the library's are: a user's may be called the same. */
function inLibrary(map: string): string {
  const parsed = JSON.parse(map) as { sources: string[]; sourcesContent?: string[] };
  delete parsed.sourcesContent;
  parsed.sources = parsed.sources.map((file) => (file.startsWith("~lib/") ? file : `~lib/mirage-wasm/kernel/${file}`));
  return JSON.stringify(parsed);
}
