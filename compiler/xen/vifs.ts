import type { Manifest } from "../manifest.ts";

/** The vifs of an image, as xl is told of them: one for each interface, with its number and address. */
export function vifsOf({ networks }: Manifest): string[] {
  const vifs = new Map(networks.map(({ vif, mac }) => [vif, `devid=${vif},mac=${mac}`]));
  return [...vifs].sort(([a], [b]) => a - b).map(([, vif]) => vif);
}
