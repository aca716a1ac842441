import { strip } from "./strip.ts";

/** Wraps a core module as a component of the world `image` in `wit`. Strings cross the border as UTF-16. */
export async function encodeComponent(core: Uint8Array, wit: string): Promise<Uint8Array> {
  const { componentEmbed, componentNew } = await import("@bytecodealliance/jco-transpile/wasm-tools");
  const embedded = await componentEmbed({ binary: core, witSource: wit, world: "image", stringEncoding: "utf16" });
  try {
    return strip(await componentNew(embedded));
  } catch (error) {
    throw new Error(causeIn((error as Error).message), { cause: error });
  }
}

/** Of a chain of causes in numbered lines, the innermost two. */
function causeIn(message: string): string {
  const causes = [...message.matchAll(/^\s+\d+: (.*)$/gm)].map(([, cause]) => cause);
  return causes.slice(-2).join(": ") || message;
}
