import { basename, join, relative } from "node:path";
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
    if (made.xen) {
      const { elf, size: bytes, xl, memory } = made.xen;
      say(`${relative(process.cwd(), join(folder, elf))}: ${bytes} bytes, for a domain of ${memory} MiB`);
      if (xl.endsWith(".new")) say(`${xl.slice(0, -4)} has been edited and was left alone; see ${xl}.`);
      say(`On Xen: cd ${relative(process.cwd(), join(folder, "dist")) || "."} && xl create -c ${basename(xl, ".new")}`);
    }
    next(made.xen ? "run -e xen" : "run", file);
  } finally {
    bar.end();
  }
}
