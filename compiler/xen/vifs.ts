import type { Manifest } from "../manifest.ts";

/** The vifs of an image, as xl is told of them: one for each interface that is one, with its number and address. */
export function vifsOf({ networks }: Manifest): string[] {
  const vifs = new Map(networks.flatMap(({ vif, mac }) => (vif === undefined ? [] : [[vif, `devid=${vif},mac=${mac}`] as const])));
  return [...vifs].sort(([a], [b]) => a - b).map(([, vif]) => vif);
}
