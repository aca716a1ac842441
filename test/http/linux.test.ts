// The server under wasmtime on our own stack, and Linux's clients in a network namespace.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Lab, noLab, type Output, type Service } from "../support/lab.ts";
import { Project, root } from "../support/project.ts";

const URL = "http://10.0.0.2:8080";
const STATIC = ["--ipv4=10.0.0.2/24", "--ipv4-gateway=10.0.0.1"];
const clients = join(root, "test/http/clients.py");
const MIB = 1 << 20;

const project = new Project({}, join(root, "examples/http-echo"));
/** On our own stack. */
beforeAll(async () => {
  if (noLab) return;
  await project.mirage(["configure", "--net=direct"]);
  expect((await project.mirage(["build"])).code).toBe(0);
});
afterAll(() => project.remove());

describe.skipIf(noLab)(`with a Linux kernel${noLab ? ` (skipped: ${noLab})` : ""}`, () => {
  let lab: Lab;
  let guest: Service;
  beforeEach(async () => {
    lab = await Lab.open(["10.0.0.1/24"]);
    guest = lab.image(join(project.folder, "dist/http-echo.wasm"), ...STATIC);
    await lab.until(() => lab.run("curl", "-sf", "--max-time", "1", "-d", "ready", URL));
  });
  afterEach(() => lab.close());

  const curl = (...args: string[]): Promise<Output> => lab.run("curl", "-sS", "--max-time", "50", ...args);

  test("curl gets its words back, several times over one connection", async () => {
    const { stdout, stderr } = await curl("-v", "-d", "hello", `${URL}/a`, `${URL}/b`, `${URL}/c`);
    expect(stdout).toBe("hellohellohello");
    expect(stderr.match(/Re-using existing connection/g)).toHaveLength(2);
    expect(stderr).toMatch(/< Content-Length: 5/);
  });

  test("HEAD, chunks and leave to send", async () => {
    expect((await curl("-I", URL)).stdout).toMatch(/^HTTP\/1\.1 200 OK\r\nDate: .*\r\nContent-Length: 0\r\n\r\n$/);
    expect((await curl("-H", "Transfer-Encoding: chunked", "-d", "hello", URL)).stdout).toBe("hello");
    expect((await curl("-v", "-H", "Expect: 100-continue", "-d", "hello", URL)).stderr).toContain("< HTTP/1.1 100 Continue");
    expect((await curl("--http1.0", "-d", "hello", URL)).stdout).toBe("hello");
  });

  test("8 MiB go and come back, by length and in chunks", async () => {
    for (const coding of ["Expect:", "Transfer-Encoding: chunked"]) {
      const script = `head -c ${8 * MIB} /dev/urandom > sent && curl -sS --max-time 50 -H '${coding}' -X POST -T sent ${URL}/ > back && cmp sent back && stat -c %s back`;
      expect(await lab.run("sh", "-c", `cd ${project.folder} && ${script}`)).toMatchObject({ stdout: `${8 * MIB}\n`, code: 0 });
    }
  });

  test.each(["slow heads", "silent", "half bodies", "pipelines", "floods", "resets"])("%s do no harm to others, and memory has a bound", async (name) => {
    const resident = (): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${guest.pid}/status`, "utf8"))?.[1]) / 1024;
    const before = resident();
    const crowd = lab.start("python3", clients, name);
    await crowd.says(/ready/);
    for (let i = 0; i < 10; i++) expect((await curl("-d", "hello", URL)).stdout).toBe("hello");
    await crowd.says(/done: right/);
    expect((await curl("-d", "hello", URL)).stdout).toBe("hello");
    expect(resident() - before).toBeLessThan(64);
    expect(guest.said).toBe("");
  });
});
