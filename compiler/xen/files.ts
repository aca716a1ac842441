import { join } from "node:path";
import type { Context } from "../state.ts";

/** Paths of what the target xen makes, relative to the folder of config.ts. */
export function xenFiles({ graph }: Context): { elf: string; debug: string; xl: string } {
  return { debug: join("dist", `mir-${graph.name}.debug`), elf: join("dist", `mir-${graph.name}.xen`), xl: join("dist", `${graph.name}.xl`) };
}
