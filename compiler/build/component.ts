import { strip } from "./strip.ts";

/** Wraps a core module as a component of the world `image` in `wit`. Strings cross the border as UTF-16. */
export async function encodeComponent(core: Uint8Array, wit: string): Promise<Uint8Array> {
  const { componentEmbed, componentNew } = await import("@bytecodealliance/jco-transpile/wasm-tools");
  const embedded = await componentEmbed({ binary: core, witSource: wit, world: "image", stringEncoding: "utf16" });
  const c = await componentNew(embedded);
  return process.env.DBG ? c : strip(c);
}
