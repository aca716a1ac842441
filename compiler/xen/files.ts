import { join } from "node:path";
import type { Context } from "../state.ts";

/** Paths of what the target xen makes, relative to the folder of config.ts. */
export function xenFiles({ graph }: Context): { elf: string; xl: string } {
  return { elf: join("dist", `mir-${graph.name}.xen`), xl: join("dist", `${graph.name}.xl`) };
}
