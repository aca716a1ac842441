import type { Manifest } from "../manifest.ts";
import type { HostCall } from "./core-module.ts";

/** Interfaces that only a stack can serve; UDP is the way of the image's own networks, too. */
const STACK = /^wasi:sockets\/(tcp|ip-name-lookup)@/;
const UDP = /^wasi:sockets\/udp@/;

/**
 * The number of the vif that an image's sockets have, which is none of its networks': undefined where it calls for none, and its ELF is
 * without a stack.
 */
export function socketsVif(imports: HostCall[], { networks, sockets }: Manifest): number | undefined {
  const taken = networks.flatMap(({ vif }) => vif ?? []);
  const calls = (pattern: RegExp): boolean => imports.some(({ name }) => pattern.test(name));
  if (!calls(STACK) && !(calls(UDP) && (sockets || taken.length === 0))) return undefined;
  let vif = 0;
  while (taken.includes(vif)) vif++;
  return vif;
}
