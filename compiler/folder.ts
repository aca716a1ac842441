import { readdirSync } from "node:fs";
import { join } from "node:path";

/** The files below a folder, but for those whose name begins with a dot: paths with slashes, in the order of their bytes. */
export function filesIn(folder: string): string[] {
  const list = (path: string): string[] =>
    readdirSync(join(folder, path), { withFileTypes: true }).flatMap((one) => {
      const inside = path ? `${path}/${one.name}` : one.name;
      if (one.name.startsWith(".")) return [];
      return one.isDirectory() ? list(inside) : [inside];
    });
  return list("").sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}
