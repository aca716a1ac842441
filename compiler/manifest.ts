// What an image says of itself that its imports do not: a custom section of NAME.wasm (docs/abi.md).

import { concat, isComponent, leb, Malformed, ofFile, Reader, Section, sectionsOf } from "./build/binary.ts";
import { interfaceMac, interfaceNumber } from "./config/interface.ts";
import { tunnels } from "./config/networks.ts";
import { socketStack } from "./config/stacks.ts";
import type { DeclaredArgument } from "./configure/argument-finder.ts";
import type { Graph } from "./configure/graph.ts";

export interface Manifest {
  networks: NetworkInterface[];
  arguments: Omit<DeclaredArgument, "doc" | "place">[];
  /** Whether it uses the host's own network, too. */
  sockets?: boolean;
}

export interface NetworkInterface {
  name: string;
  /** The number of the vif that it is on Xen, if it is one. */
  vif?: number;
  /** The address that it has where nobody gives it another one. */
  mac: string;
}

const SECTION = "mirage-wasm";

/** What is said of the image that is configured so. */
export function manifestOf({ graph, arguments: declared }: { graph: Pick<Graph, "name" | "devices">; arguments: DeclaredArgument[] }): Manifest {
  const interfaces = graph.devices.filter(({ place }) => Object.values(tunnels).includes(place));
  return {
    networks: interfaces.map(({ place, values }) => {
      const name = String(values[0]);
      return { name, ...(place === tunnels.dgram ? { vif: interfaceNumber(name) } : {}), mac: interfaceMac(graph.name, name) };
    }),
    arguments: declared.map(({ doc: _doc, place: _place, ...rest }) => rest),
    ...(graph.devices.some(({ place }) => place === socketStack.place) ? { sockets: true } : {}),
  };
}

/** The image with its section behind all others; without one where there is nothing to say. */
export function withManifest(wasm: Uint8Array, manifest: Partial<Manifest>): Uint8Array {
  const said = Object.entries(manifest).filter(([, value]) => (Array.isArray(value) ? value.length > 0 : value));
  if (said.length === 0) return wasm;
  const [name, text] = [SECTION, JSON.stringify(Object.fromEntries(said))].map((part) => Buffer.from(part)) as [Buffer, Buffer];
  const body = concat([Uint8Array.from(leb(name.length)), name, text]);
  return concat([wasm, Uint8Array.of(Section.custom, ...leb(body.length)), body]);
}

/** What an image says; nothing, where it has no such section. Throws a Failure that names the file when it is damaged. */
export function readManifest(wasm: Uint8Array, file: string): Manifest {
  return ofFile(file, () => {
    for (const { id, body } of isComponent(wasm) ? sectionsOf(wasm) : []) {
      if (id !== Section.custom) continue;
      const reader = new Reader(body);
      if (reader.name() === SECTION) return parse(Buffer.from(reader.take(reader.left)).toString());
    }
    return { networks: [], arguments: [] };
  });
}

function parse(text: string): Manifest {
  try {
    const { networks = [], arguments: declared = [], sockets = false } = JSON.parse(text) as Partial<Manifest>;
    if (networks.every(isNetwork) && declared.every(isArgument)) return { networks, arguments: declared, ...(sockets === true ? { sockets } : {}) };
  } catch {
    // What is no JSON, or has something else where a list is to be, is damaged too.
  }
  throw new Malformed(`its section ${SECTION} is damaged`);
}

function isNetwork({ name, vif, mac }: NetworkInterface): boolean {
  return typeof name === "string" && (vif === undefined || Number.isInteger(vif)) && /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/.test(mac);
}

function isArgument({ name, type }: Manifest["arguments"][number]): boolean {
  return typeof name === "string" && typeof type === "string";
}
