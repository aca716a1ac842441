import { type Entry, HANDLE, RUN } from "./build/entry.ts";
import { symbolOf } from "./xen/core-module.ts";
import { shimCalls } from "./xen/shim.ts";

/** What `configure` packages for. */
export interface Target {
  name: string;
  /** Whether its hosts can give a WIT interface. */
  gives(name: string): boolean;
  /** What they call. */
  entry: Entry;
}

/** Components for wasmtime, Node and every other host of WASI 0.2; interfaces of a user's own are its own host's to give. */
const wasi: Target = {
  name: "wasi",
  gives: (name) => !name.startsWith("wasi:") || /@0\.2\.\d+$/.test(name),
  entry: RUN,
};

/** Domains of Xen: the shim gives what is compiled into it. */
const xen: Target = {
  name: "xen",
  gives(name) {
    const prefix = symbolOf(name, "");
    return prefix !== undefined && [...shimCalls()].some((call) => call.startsWith(prefix));
  },
  entry: RUN,
};

/** Components for wasmtime serve and every other host of `wasi:http/proxy`: what that world has, and interfaces of a user's own. */
const http: Target = {
  name: "http",
  gives: (name) => !name.startsWith("wasi:") || /^wasi:(io|clocks|random|http|cli\/std(in|out|err))\b.*@0\.2\.\d+$/.test(name),
  entry: HANDLE,
};

export const targets: Target[] = [wasi, xen, http];

/** The target of this name, which `configure` has checked. */
export function targetOf(name: string): Target {
  return targets.find((one) => one.name === name) as Target;
}

/** Whether its hosts speak HTTP themselves. */
export function isHosted({ entry }: Target): boolean {
  return entry === HANDLE;
}
