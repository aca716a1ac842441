import { symbolOf } from "./xen/core-module.ts";
import { shimCalls } from "./xen/shim.ts";

/** What `configure` packages for. */
export interface Target {
  name: string;
  /** Whether its hosts can give a WIT interface. */
  gives(name: string): boolean;
}

/** Components for wasmtime, Node and every other host of WASI 0.2; interfaces of a user's own are its own host's to give. */
const wasi: Target = {
  name: "wasi",
  gives: (name) => !name.startsWith("wasi:") || /@0\.2\.\d+$/.test(name),
};

/** Domains of Xen: the shim gives what is compiled into it. */
const xen: Target = {
  name: "xen",
  gives(name) {
    const prefix = symbolOf(name, "");
    return prefix !== undefined && [...shimCalls()].some((call) => call.startsWith(prefix));
  },
};

export const targets: Target[] = [wasi, xen];
