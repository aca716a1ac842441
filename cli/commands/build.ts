import { relative } from "node:path";
import { build } from "../../compiler/build.ts";
import { current } from "../current.ts";
import { next, progress, say } from "../report.ts";

export async function run({ file }: { file: string }): Promise<void> {
  const { folder, context } = await current(file);
  const bar = progress();
  try {
    const { image, size, build: made, unchanged } = await build(folder, context, bar.stage);
    bar.end();
    const parts = [made.threads && "threads", made.collector && "garbage collector"].filter(Boolean);
    say(`${relative(process.cwd(), image)}: ${size} bytes${parts.length > 0 ? ` with ${parts.join(" and ")}` : ""}${unchanged ? ", nothing has changed" : ""}`);
    next("mirage-wasm run");
  } finally {
    bar.end();
  }
}
