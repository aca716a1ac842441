import { interfaceMac } from "../config/interface.ts";
import type { Manifest } from "../manifest.ts";

/** The vifs of an image, as xl is told of them: one for each interface that is one, with its number and address, and one for its sockets. */
export function vifsOf({ networks }: Manifest, sockets?: { image: string; vif: number }): string[] {
  const vifs = new Map(networks.flatMap(({ vif, mac }) => (vif === undefined ? [] : [[vif, mac] as const])));
  if (sockets) vifs.set(sockets.vif, interfaceMac(sockets.image, "sockets"));
  return [...vifs].sort(([a], [b]) => a - b).map(([vif, mac]) => `devid=${vif},mac=${mac}`);
}
