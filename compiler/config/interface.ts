/** The number of a network interface: what its name ends with, or 0. */
export function interfaceNumber(name: string): number {
  return Number(/\d*$/.exec(name)?.[0] ?? 0) % 1000;
}

/** The ends of the tunnel that an interface's frames go through, the image's own first (docs/network.md). */
export function tunnelEnds(number: number): [own: string, peer: string] {
  return [`127.0.0.1:${42_000 + number}`, `127.0.0.1:${43_000 + number}`];
}

const PRIME = 0x100000001b3n;
const BASIS = 0xcbf29ce484222325n;

/** The address that an image's interface has by itself, as drivers/network/interface.ts makes it: FNV-1a of both names' units, and local. */
export function interfaceMac(image: string, name: string): string {
  let hash = BASIS;
  const text = `${image}/${name}`;
  for (let at = 0; at < text.length; at++) hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(at))) * PRIME);
  const bytes = [0, 1, 2, 3, 4].map((index) => Number((hash >> BigInt(8 * index)) & 0xffn));
  return [2, ...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(":");
}
