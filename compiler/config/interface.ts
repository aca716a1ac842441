/** The number of a network interface: what its name ends with, or 0. */
export function interfaceNumber(name: string): number {
  return Number(/\d*$/.exec(name)?.[0] ?? 0) % 1000;
}

/** The ends of the tunnel that an interface's frames go through, the image's own first (docs/network.md). */
export function tunnelEnds(number: number): [own: string, peer: string] {
  return [`127.0.0.1:${42_000 + number}`, `127.0.0.1:${43_000 + number}`];
}
