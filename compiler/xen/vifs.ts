import { interfaceNumber } from "../config/interface.ts";
import type { Graph } from "../configure/graph.ts";

/** Its first value is the interface's name. */
const TUNNEL = "mirage-wasm/drivers/network/tunnel:Tunnel";
const PRIME = 0x100000001b3n;
const BASIS = 0xcbf29ce484222325n;

/** The vifs of an image, as xl is told of them: one for each interface, with its number and address. */
export function vifsOf({ name, devices }: Pick<Graph, "name" | "devices">): string[] {
  const names = devices.filter(({ place }) => place === TUNNEL).map(({ values }) => String(values[0]));
  const vifs = new Map(names.map((one) => [interfaceNumber(one), `devid=${interfaceNumber(one)},mac=${macOf(`${name}/${one}`)}`]));
  return [...vifs].sort(([a], [b]) => a - b).map(([, vif]) => vif);
}

/** As drivers/network/tunnel.ts: FNV-1a of the name's units, behind a byte that says that the address is a local one. */
function macOf(name: string): string {
  let hash = BASIS;
  for (let at = 0; at < name.length; at++) hash = BigInt.asUintN(64, (hash ^ BigInt(name.charCodeAt(at))) * PRIME);
  const bytes = [0, 1, 2, 3, 4].map((index) => Number((hash >> BigInt(8 * index)) & 0xffn));
  return [2, ...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(":");
}
