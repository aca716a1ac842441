import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import * as devices from "../config/devices.ts";
import { http } from "../config/http.ts";
import type { Folder, Impl, Value } from "../config/impl.ts";
import { interfaceNumber } from "../config/interface.ts";
import { tunnels } from "../config/networks.ts";
import type { Registration, XenOptions } from "../config/register.ts";
import type { Site } from "../config/site.ts";
import type { Type } from "../config/type.ts";
import { fail, type Position } from "../diagnostic.ts";
import { checkClass, type GivenDevice, type GuestClass, splitPlace } from "./check-class.ts";

/** A device or job of the image, as the generated code and `describe` need it. */
export interface Node {
  /** Its class as FILE:CLASS. */
  place: string;
  type: string;
  /** The devices that it is given: indices into the graph's devices. */
  devices: number[];
  values: (string | number | boolean)[];
  folder?: Folder;
  class: GuestClass;
  /** Where config.ts says it. */
  site?: Position;
}

export interface Graph {
  name: string;
  /** Each after those that it is given. */
  devices: Node[];
  jobs: Node[];
  /** Where messages go. None when nothing of ours runs. */
  reporter?: Node;
  maximumPages?: number;
  /** WIT interfaces that devices declare: name and text. */
  interfaces: { name: string; text: string; by: string; position?: Position }[];
  packages: string[];
  /** WASI interfaces that devices need for what they call of the kernel. */
  needs: { name: string; by: string; position?: Position }[];
  /** What was read to check these, relative to the folder. */
  files: string[];
  /** The only job, when it is a core module: its file. */
  core?: string;
  /** For NAME.xl. */
  xen: XenOptions;
  /** MiB of the domain, where they are stated. */
  domainMemory?: number;
}

/** Checks what was registered and puts it in order: equal devices become one. `isHosted`: the host speaks HTTP itself. */
export async function makeGraph(folder: string, registration: Registration, isHosted = false): Promise<Graph> {
  const { name, jobs, options } = registration;
  const site = positionIn(folder, registration.site);
  if (!/^[A-Za-z0-9][\w.-]*$/.test(name)) fail("MW108", [JSON.stringify(name)], site);
  const maximumPages = pagesOf(options.memory, site);
  const domainMemory = domainMemoryOf(options.xen?.memory, site);
  const graph: Graph = {
    name,
    devices: [],
    jobs: [],
    interfaces: [],
    packages: [],
    needs: [],
    files: [],
    xen: options.xen ?? {},
    ...(domainMemory === undefined ? {} : { domainMemory }),
    ...(maximumPages === undefined ? {} : { maximumPages }),
  };
  if (isHosted) checkServers(jobs, folder, site);
  const core = jobs.find(({ place }) => place.endsWith(".wasm"));
  if (core) {
    if (jobs.length > 1 || core.applied.length > 0 || core.type.signature) fail("MW213", [core.place], positionIn(folder, core.site));
    if (!existsSync(join(folder, core.place))) fail("MW201", [core.place], positionIn(folder, core.site));
    return { ...graph, core: core.place };
  }
  const indices = new Map<string, number>();
  const known = knownTypes(jobs);

  const add = async (given: Impl<unknown>, user: Position | undefined): Promise<number> => {
    const one = (isHosted && given.hosted) || given;
    const key = keyOf(one);
    const index = indices.get(key);
    if (index !== undefined) return index;
    const node = await makeNode(one, "constructor", user);
    graph.devices.push(node);
    indices.set(key, graph.devices.length - 1);
    return graph.devices.length - 1;
  };
  const makeNode = async (one: Impl<unknown>, method: "start" | "constructor", user?: Position): Promise<Node> => {
    const position = positionIn(folder, one.site);
    // What is ours has no place: it is told where it is used.
    const told = position ?? user;
    for (const needed of one.needs) graph.needs.push({ name: needed, by: splitPlace(one.place)[1], ...(told ? { position: told } : {}) });
    declare(graph, folder, one, position);
    const devices: number[] = [];
    for (const device of one.applied) devices.push(await add(device, told));
    const given = one.applied.map(({ type }) => ({ name: type.name, guest: type.guest ?? "" }));
    const guest = await checkClass(folder, one.place, { method, devices: given, values: one.values.length + (one.folder ? 1 : 0) }, known, position);
    return {
      place: one.place,
      type: one.type.name,
      devices,
      values: one.values.map((value) => constantOf(graph, folder, value, position)),
      ...(one.folder ? { folder: one.folder } : {}),
      class: guest,
      ...(position ? { site: position } : {}),
    };
  };
  for (const one of jobs) {
    if (one?.type?.name !== "job") fail("MW103", [name, "a job", one?.type ? `a ${one.type.name}` : "nothing"], site);
    graph.jobs.push(await makeNode(one, "start"));
  }
  checkInterfaces(graph);
  const { reporter = devices.defaultReporter } = options;
  if (reporter?.type?.name !== "reporter") fail("MW103", [name, "a reporter", reporter?.type ? `a ${reporter.type.name}` : "nothing"], site);
  if (jobs.length > 0) graph.reporter = await makeNode(reporter, "constructor");
  return graph;
}

/** Two of the same number would be one tunnel on wasi, and one vif on Xen. */
function checkInterfaces({ devices: all }: Graph): void {
  const named = new Map<number, string>();
  for (const { place, values, site } of all) {
    if (!Object.values(tunnels).includes(place)) continue;
    const name = String(values[0]);
    const number = interfaceNumber(name);
    const other = named.get(number);
    if (other !== undefined) fail("MW118", [other, name, number], site);
    named.set(number, name);
  }
}

/** A host brings all requests to one place, whatever ports the configuration says. */
function checkServers(jobs: readonly Impl<"job">[], folder: string, site: Position | undefined): void {
  const servers = new Map<string, Impl<unknown>>();
  const look = (one: Impl<unknown>): void => {
    if (one.hosted?.type.name === http.name) servers.set(keyOf(one), one);
    else one.applied.forEach(look);
  };
  jobs.forEach(look);
  const last = [...servers.values()].at(1);
  if (servers.size !== 1) fail("MW305", [servers.size || "none"], positionIn(folder, last?.site) ?? site);
}

/** The user's files that jobs and their devices are in, relative to the folder. */
export function guestFiles(parts: readonly Impl<unknown>[]): string[] {
  const own = parts.filter(({ place }) => /^(?!mirage-wasm\/).*\.ts:/.test(place)).map(({ place }) => place.slice(0, place.lastIndexOf(":")));
  return [...own, ...parts.flatMap(({ applied }) => guestFiles(applied))];
}

/** The place in config.ts, relative to its folder. */
export function positionIn(folder: string, site: Site | undefined): Position | undefined {
  return site && { ...site, file: relative(folder, site.file) };
}

function keyOf({ place, applied, values, folder, imports }: Impl<unknown>): string {
  return JSON.stringify([place, applied.map(keyOf), values, folder, imports]);
}

/** The types of devices of this configuration, and the built-in ones. */
function knownTypes(jobs: readonly Impl<unknown>[]): GivenDevice[] {
  const own = (one: Impl<unknown>): Type<unknown>[] => one.applied.flatMap((device) => [device.type, ...own(device)]);
  const builtIn = Object.values(devices).flatMap((one): Type<unknown>[] => (typeof one === "object" && "guest" in one ? [one] : []));
  return [...jobs.flatMap(own), ...builtIn].flatMap(({ name, guest }) => (guest ? [{ name, guest }] : []));
}

const PAGE = 2 ** 16;
const MIB = 2 ** 20;

/** The most memory of an image, in pages of 64 KiB: as much as its addresses reach. */
function pagesOf(memory: string | undefined, site: Position | undefined): number | undefined {
  const bytes = bytesOf(memory, PAGE, 2 ** 32, "between 64 KiB and 4 GiB", site);
  return bytes === undefined ? undefined : Math.floor(bytes / PAGE);
}

/** A domain's memory in MiB: as much as the shim maps. */
function domainMemoryOf(memory: string | undefined, site: Position | undefined): number | undefined {
  const bytes = bytesOf(memory, MIB, 2 ** 39, "between 1 MiB and 512 GiB", site);
  return bytes === undefined ? undefined : Math.ceil(bytes / MIB);
}

function bytesOf(memory: string | undefined, least: number, most: number, range: string, site: Position | undefined): number | undefined {
  if (memory === undefined) return undefined;
  const match = /^(\d+) ?(KiB|MiB|GiB)$/.exec(memory);
  const unit = { KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30 }[match?.[2] ?? ""] ?? Number.NaN;
  const bytes = Number(match?.[1]) * unit;
  if (!(bytes >= least && bytes <= most)) fail("MW109", [JSON.stringify(memory), range], site);
  return bytes;
}

/** What a device declares: packages and folders that must be there, and WIT interfaces that must be what they say. */
function declare(graph: Graph, folder: string, one: Impl<unknown>, position: Position | undefined): void {
  for (const name of one.packages) {
    const manifest = manifestOf(folder, name) ?? fail("MW210", [name], position);
    if (graph.packages.includes(name)) continue;
    graph.packages.push(name);
    graph.files.push(relative(folder, manifest));
  }
  if (one.folder) {
    const { path } = one.folder;
    if (!statSync(join(folder, path), { throwIfNoEntry: false })?.isDirectory()) fail("MW117", [path], position);
    graph.files.push(path);
  }
  for (const imported of one.imports) {
    const match = /^(.+)#(([\w-]+:[\w-]+)\/([\w-]+)(@[\w.+-]+)?)$/.exec(imported);
    if (!match) fail("MW211", [JSON.stringify(imported)], position);
    const [, file, name, owner, item, at = ""] = match as unknown as string[];
    if (!existsSync(join(folder, file as string))) fail("MW201", [file as string], position);
    const text = readFileSync(join(folder, file as string), "utf8");
    const defines = text.includes(`package ${owner}${at}`) && new RegExp(`interface\\s+${item}\\b`).test(text);
    if (!defines) fail("MW212", [file as string, name as string], position);
    if (graph.interfaces.some((known) => known.name === name)) continue;
    graph.interfaces.push({ name: name as string, text, by: splitPlace(one.place)[1], ...(position ? { position } : {}) });
    graph.files.push(file as string);
  }
}

/** A value as the generated code has it. */
function constantOf(graph: Graph, folder: string, value: Value, position: Position | undefined): string | number | boolean {
  if (typeof value !== "object") return value;
  const { file, options, make } = value;
  if (!existsSync(join(folder, file))) fail("MW201", [file], position);
  graph.files.push(file);
  return make({ name: file, text: readFileSync(join(folder, file), "utf8") }, options);
}

/** The package.json of an installed package, as Node would find it. */
function manifestOf(folder: string, name: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const manifest = join(at, "node_modules", name, "package.json");
    if (existsSync(manifest)) return manifest;
    if (dirname(at) === at) return undefined;
  }
}
