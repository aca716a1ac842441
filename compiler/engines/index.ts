import type { Engine } from "./engine.ts";

/** The engines by name, each loaded when it is asked for. */
export const engines = {
  node: async (): Promise<Engine> => (await import("./node.ts")).node,
  xen: async (): Promise<Engine> => (await import("./xen/xen.ts")).xen,
  wasmtime: async (): Promise<Engine> => (await import("./wasmtime.ts")).wasmtime,
};
