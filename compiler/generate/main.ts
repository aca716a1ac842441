import { posix } from "node:path";
import { splitPlace } from "../configure/check-class.ts";
import type { ImageInfo } from "../configure/find-libraries.ts";
import type { Graph, Node } from "../configure/graph.ts";
import { header } from "../generated-file.ts";

/**
 * mirage/main.ts: makes the devices in order, starts the jobs, and is what the kernel calls. Devices are lazy: what nobody
 * has is not made, and those of the reporter are there when a job's top-level code, which comes before this, says something.
 */
export function generateMain(graph: Graph, info: ImageInfo, from: string, isHosted = false): string {
  const { devices, jobs, reporter } = graph;
  const several = jobs.length > 1;
  return lines([
    `// ${header(from)}`,
    "",
    jobs.length === 0 && `import "mirage-wasm/globals";`,
    jobs.length > 0 &&
      `import { addJob, app_start, ${isHosted ? "noCommandLine" : "commandLine"}, endJob, exitCode, isFirst, run, runThread, spawn, stateless, Task, threads } from "mirage-wasm/boot";`,
    jobs.length > 0 && `import { Info, Library } from "mirage-wasm/info";`,
    ...devices.map((node, index) => importOf(node, `Device${index}`)),
    ...jobs.map((node, index) => importOf(node, `Job${index}`)),
    ...devices.flatMap((node, index) => (node.folder ? [`import { at as folder${index} } from "./folder${index}";`] : [])),
    ...(reporter ? [importOf(reporter, "Reporter")] : []),
    jobs.length > 0 && `\nexport { release, reserve, shadow_get, shadow_set, shutdown } from "mirage-wasm/boot";\n`,
    ...devices.map((node, index) => `type Type${index} = ${typeOf(node, `Device${index}`)};${origin(node)}`),
    ...devices.map((node, index) => `@lazy const device${index} = ${create(node, `Type${index}`, `Device${index}`, node.folder && `folder${index}`)};${origin(node)}`),
    ...(reporter ? ["", ...reporterFunction(reporter)] : []),
    ...(jobs.length > 0 ? ["", ...infoFunction(graph.name, info)] : []),
    ...jobs.flatMap((node, index) => ["", ...jobFunction(node, index)]),
    ...(several ? jobs.flatMap((_, index) => ["", `class Task${index} extends Task {`, `  run(): void {`, `    endJob(job${index}());`, "  }", "}"]) : []),
    "",
    ...(jobs.length === 0 ? ["export function main(): i32 {", "  return 0;", "}"] : entry(graph.name, jobs, several, isHosted)),
    "",
  ]);
}

function lines(parts: (string | false)[]): string {
  return parts.filter((part) => part !== false).join("\n");
}

/** By what stands behind generated code, what is wrong with it is told where config.ts says it (build/asc-diagnostic.ts). */
function origin({ type, site }: Node): string {
  return ` // ${type}${site ? `, ${site.file}:${site.line}:${site.column}` : ""}`;
}

function importOf({ place }: Node, name: string): string {
  const [file, className] = splitPlace(place);
  const module = file.startsWith("mirage-wasm/") ? file : `../${posix.normalize(file.replace(/\.ts$/, ""))}`;
  return `import { ${className} as ${name} } from ${JSON.stringify(module)};`;
}

function typeOf(node: Node, name: string): string {
  const types = node.class.typeArguments.map((position) => `Type${node.devices[position]}`);
  return types.length > 0 ? `${name}<${types.join(", ")}>` : name;
}

/** AssemblyScript constructs no alias of a class: `type` is one perhaps, of `name`. */
function create(node: Node, type: string, name: string, folder?: string): string {
  const given = [...node.devices.map((index) => `device${index}`), ...node.values.map((value) => JSON.stringify(value)), ...(folder ? [folder] : [])];
  return node.class.stateless && given.length === 0 ? `stateless<${type}>()` : `new ${typeOf(node, name)}(${given.join(", ")})`;
}

/** What runtime/log.ts calls. */
function reporterFunction(node: Node): string[] {
  return [
    `@lazy const reporter = ${create(node, typeOf(node, "Reporter"), "Reporter")};${origin(node)}`,
    "",
    "@global",
    "function mirage_report(level: i32, source: string, message: string): void {",
    "  reporter.report(level, source, message);",
    "}",
  ];
}

/** What runtime/info.ts calls. */
function infoFunction(name: string, { version, libraries }: ImageInfo): string[] {
  const made = libraries.map((one) => `new Library(${JSON.stringify(one.name)}, ${JSON.stringify(one.version)})`);
  return ["@global", "function mirage_info(): Info {", `  return new Info(${JSON.stringify(name)}, ${JSON.stringify(version)}, [${made.join(", ")}]);`, "}"];
}

function jobFunction(node: Node, index: number): string[] {
  const type = typeOf(node, `Job${index}`);
  const object = node.class.stateless ? `stateless<${type}>()` : `new ${type}(${node.values.map((value) => JSON.stringify(value)).join(", ")})`;
  const call = `${object}.start(${node.devices.map((device) => `device${device}`).join(", ")})`;
  return [`function job${index}(): i32 {`, ...(node.class.returnsCode ? [`  return ${call};${origin(node)}`] : [`  ${call};${origin(node)}`, "  return 0;"]), "}"];
}

/** `isHosted`: the host calls for each request, and gives no arguments. */
function entry(name: string, jobs: Node[], several: boolean, isHosted: boolean): string[] {
  const starts = several
    ? [...jobs.flatMap(({ place }, index) => ["  addJob();", `  spawn(new Task${index}(), ${JSON.stringify(splitPlace(place)[1])});`]), "  endJob(0);"]
    : ["  endJob(job0());"];
  return [
    "function jobs(): void {",
    "  app_start();",
    ...(isHosted ? [`  noCommandLine(${JSON.stringify(name)});`] : [`  const refused = commandLine(${JSON.stringify(name)});`, "  if (refused) return endJob(refused);"]),
    ...starts,
    "}",
    "",
    ...(isHosted
      ? ['export { answer } from "mirage-wasm/drivers/http/hosted/answer";']
      : ["export function main(): i32 {", "  if (threads()) run();", "  else jobs();", "  return exitCode();", "}"]),
    "",
    "export function enter(thread: usize): void {",
    "  if (isFirst(thread)) jobs();",
    "  else runThread(thread);",
    "}",
  ];
}
