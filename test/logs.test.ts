import { statSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { Project } from "./support/project.ts";

const config = (options = ""): string => `import { foreign, job, register, reporter, defaultConsole } from "mirage-wasm";
register("logs", [foreign("job.ts:Job", job)]${options});
`;
const job = (body: string, head = ""): string => `${head}
export class Job {
  start(): void {
    ${body}
  }
}
`;

let project: Project;
afterEach(() => project.remove());

/** The size of the image of a job with this body. */
async function sizeOf(body: string, head = ""): Promise<number> {
  project = new Project({ "config.ts": config(), "job.ts": job(body, head) });
  await project.build();
  return statSync(join(project.folder, "dist/logs.wasm")).size;
}

test("a line has the time at which it was printed, in UTC", async () => {
  await sizeOf(`log.info("hello");`, `import { Log } from "mirage-wasm/log";\nconst log = new Log("application");`);
  for (const engine of ["node", "wasmtime"]) {
    const before = Math.floor(Date.now() / 1000) * 1000;
    const { code, stdout, stderr } = await project.mirage(["run", "-e", engine]);
    const [, time = ""] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ): \[INFO\] \[application\] hello\n$/.exec(stdout) ?? [];
    expect({ code, stderr, stdout, inTime: Date.parse(time) >= before && Date.parse(time) <= Date.now() }).toMatchObject({ code: 0, stderr: "", inTime: true });
  }
});

test("--logs sets the levels, and is there where there is a command line", async () => {
  const log = `import { Log } from "mirage-wasm/log";\nconst log = new Log("application");`;
  const said = async (...args: string[]): Promise<[number, string[]]> => {
    const { code, stdout } = await project.mirage(["run", "-e", "wasmtime", "--", ...args]);
    return [code, [...stdout.matchAll(/\[([A-Z]+)\]/g)].map(([, level]) => level as string)];
  };
  const body = `log.debug("a detail"); log.info("some information"); log.error("an error");`;
  const without = await sizeOf(body, log);
  expect(await said("--logs=quiet")).toEqual([0, ["INFO", "ERROR"]]);
  expect((await project.mirage(["query", "arguments"])).stdout).toBe("");
  project.remove();
  expect(await sizeOf(body, `${log}\nimport "mirage-wasm/argument";`)).toBeGreaterThan(without);
  expect(await said()).toEqual([0, ["INFO", "ERROR"]]);
  expect(await said("-l", "*:error,application:debug")).toEqual([0, ["DEBUG", "INFO", "ERROR"]]);
  expect(await said("--logs=loud")).toEqual([64, []]);
  expect((await project.mirage(["query", "arguments"])).stdout).toContain("-l, --logs=*:info (LevelsArgument; mirage-wasm/log.ts:");
});

test("metrics that nobody reads cost no byte", async () => {
  const plain = await sizeOf(`console.log("hello");`);
  project.remove();
  const head = `import { Counter, Gauge } from "mirage-wasm/metrics";\nconst count = new Counter("count");\nconst level = new Gauge("level");`;
  expect(await sizeOf(`console.log("hello"); count.add(); level.set(7); level.add(-2);`, head)).toBe(plain);
});

test("what is no reporter is refused in config.ts", async () => {
  project = new Project({ "config.ts": config(", { reporter: defaultConsole }"), "job.ts": job("") });
  const { code, stderr } = await project.mirage(["configure"]);
  expect(code).toBe(3);
  expect(stderr).toMatch(/config\.ts:2:\d+.*a reporter.*a console|a console.*a reporter/s);
});
