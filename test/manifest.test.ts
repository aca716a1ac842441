import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Manifest, readManifest } from "../compiler/manifest.ts";
import { vifsOf } from "../compiler/xen/vifs.ts";
import { consoleConfig, consoleJob, Project } from "./support/project.ts";

const project = new Project({
  "config.ts": `import { console, defaultConsole, foreign, job, netif, network, register, to } from "mirage-wasm";
register("named", [foreign("job.ts:Job", to(network, network, network, console, job)).$(netif("eth904"), netif("lan903"), netif("far905", { transport: "stream" }), defaultConsole)]);
`,
  "job.ts": `import { argument } from "mirage-wasm/argument";
import { Console } from "mirage-wasm/console";
import { showMac } from "mirage-wasm/mac";
import { Network } from "mirage-wasm/network";

const times = argument.integer("times", 2, "How often.").short("t");

export class Job<A extends Network, B extends Network, D extends Network, C extends Console> {
  start(first: A, second: B, third: D, console: C): void {
    for (let i = 0; i < times.value; i++) console.log(showMac(first.mac()) + " " + showMac(second.mac()) + " " + showMac(third.mac()));
  }
}
`,
});
const image = join(project.folder, "dist/named.wasm");
let manifest: Manifest;
beforeAll(async () => {
  await project.build();
  manifest = readManifest(readFileSync(image), "named.wasm");
});
afterAll(() => project.remove());

test("an image says which networks it has, and which arguments", () => {
  expect(manifest.networks.map(({ name, vif }) => [name, vif])).toEqual([
    ["eth904", 904],
    ["lan903", 903],
    ["far905", undefined],
  ]);
  expect(manifest.arguments).toContainEqual({ name: "times", short: "t", type: "integer", default: "2" });
  expect(manifest.arguments).toContainEqual({ name: "lan903-mtu", type: "integer", default: "1500" });
});

test("the addresses are those that the image gives itself, and NAME.xl its vifs", async () => {
  const said = manifest.networks.map(({ mac }) => mac);
  expect(new Set(said).size).toBe(3);
  expect(await project.mirage(["run", "--", "-t", "1"])).toMatchObject({ code: 0, stdout: `${said.join(" ")}\n` });
  expect(vifsOf(manifest)).toEqual([`devid=903,mac=${said[1]}`, `devid=904,mac=${said[0]}`]);
});

test("query image shows it, and as JSON", async () => {
  const { stdout } = await project.mirage(["query", "image"]);
  expect(stdout).toContain(`\nnetworks name=lan903 vif=903 mac=${manifest.networks[1]?.mac}\n`);
  expect(stdout).toContain("\narguments name=times short=t type=integer default=2\n");
  const json = JSON.parse((await project.mirage(["query", "image", "--json"])).stdout) as { image: Manifest };
  expect(json.image).toMatchObject(manifest);
});

test("an image with nothing to say has no such section", async () => {
  const other = new Project({ "config.ts": consoleConfig("silent"), "job.ts": consoleJob(`    console.log("hello");`) });
  try {
    await other.build();
    expect(readFileSync(join(other.folder, "dist/silent.wasm")).includes("mirage-wasm")).toBe(false);
  } finally {
    other.remove();
  }
});

test.each([
  ["no JSON", "networks"],
  ["no lists", '{"networks":{}}'],
  ["nothing", "null"],
  ["a vif without a number", '{"networks":[{"name":"tap0","vif":"0","mac":"02:00:00:00:00:00"}]}'],
  ["more than an address", '{"networks":[{"name":"tap0","vif":0,"mac":"02:00:00:00:00:00,script=x"}]}'],
])("a section with %s is told, and nothing of it is taken", async (_, text) => {
  const body = Buffer.from(`\x0bmirage-wasm${text}`);
  const damaged = Buffer.concat([readFileSync(image).subarray(0, 8), Buffer.from([0, body.length]), body]);
  expect(() => readManifest(damaged, "damaged.wasm")).toThrow("damaged.wasm cannot be packaged for Xen: its section mirage-wasm is damaged");
  writeFileSync(join(project.folder, "damaged.wasm"), damaged);
  const { code, stderr } = await project.mirage(["query", "image", "damaged.wasm"]);
  expect([code, stderr]).toEqual([1, expect.stringContaining("MW601")]);
});
