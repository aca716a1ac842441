import type { Graph } from "../../compiler/configure/graph.ts";
import type { Context } from "../../compiler/state.ts";
import { argumentLine, keyFact, keyLine } from "../choices.ts";
import { current } from "../current.ts";
import { next } from "../report.ts";

export async function run({ file, json, dot }: { file: string; json?: boolean; dot?: boolean }): Promise<void> {
  const { context } = await current(file);
  const { graph, target, keys } = context;
  if (json)
    process.stdout.write(
      `${JSON.stringify({ schema: 1, name: graph.name, target, ...summary(graph), ...context.info, keys: keys.map(keyFact), arguments: context.arguments }, null, 2)}\n`,
    );
  else process.stdout.write(dot ? toDot(graph) : toText(context));
  next("build", file);
}

function summary({ jobs, devices, reporter, interfaces, packages, core }: Graph): object {
  const part = ({ place, type, devices: given }: Graph["jobs"][number]): object => ({ place, type, devices: given });
  return {
    jobs: core ? [{ place: core, type: "job", devices: [] }] : jobs.map(part),
    devices: devices.map(part),
    ...(reporter ? { reporter: part(reporter) } : {}),
    interfaces: interfaces.map(({ name }) => name),
    packages,
  };
}

function toText({ graph, target, info, keys, arguments: args }: Context): string {
  const given = (indices: number[]): string => indices.map((index) => graph.devices[index]?.type).join(", ") || "no devices";
  const lines = [`Name     ${graph.name}`, `Target   ${target}`];
  if (info.version) lines.push(`Version  ${info.version}`);
  if (graph.core) lines.push(`Job      ${graph.core} (a core module)`);
  for (const { place, devices } of graph.jobs) lines.push(`Job      ${place} on ${given(devices)}`);
  for (const { place, type } of graph.devices) lines.push(`Device   ${type}: ${place}`);
  if (graph.reporter) lines.push(`Reporter ${graph.reporter.place}`);
  for (const { name, by } of graph.interfaces) lines.push(`Imports  ${name} for ${by}`);
  for (const { name, version } of info.libraries) lines.push(`Library  ${`${name} ${version}`.trimEnd()}`);
  for (const one of keys) lines.push(`Key      ${keyLine(one)}`);
  for (const one of args) lines.push(`Argument ${argumentLine(one)}`);
  if (graph.maximumPages !== undefined) lines.push(`Memory   at most ${graph.maximumPages * 64} KiB`);
  return `${lines.join("\n")}\n`;
}

function toDot({ name, jobs, devices }: Graph): string {
  const node = (id: string, label: string, shape: string): string => `  ${id} [label=${JSON.stringify(label)}, shape=${shape}];`;
  const edges = (id: string, given: number[]): string[] => given.map((index) => `  ${id} -> device${index};`);
  return [
    `digraph ${JSON.stringify(name)} {`,
    ...jobs.flatMap((job, index) => [node(`job${index}`, job.place, "box"), ...edges(`job${index}`, job.devices)]),
    ...devices.flatMap((device, index) => [node(`device${index}`, `${device.type}\n${device.place}`, "ellipse"), ...edges(`device${index}`, device.devices)]),
    "}\n",
  ].join("\n");
}
