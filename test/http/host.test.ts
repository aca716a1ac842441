// The examples on the host's own stack, spoken to from outside.

import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { Agent, createServer, request, type Server } from "node:http";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { filesIn } from "../../compiler/folder.ts";
import { freePort } from "../support/client.ts";
import { Service } from "../support/lab.ts";
import { execute, type Outcome, Project, root } from "../support/project.ts";

const wasmtime = join(root, ".tools/bin/wasmtime");
const tool = join(root, "build/cli/main.js");
const MIB = 2 ** 20;

/** Examples, each built once. */
const examples = new Map<string, Project>();
beforeAll(async () => {
  for (const name of ["static_website", "http-echo", "http-random", "http-fetch"]) {
    const project = new Project({}, join(root, "examples", name));
    examples.set(name, project);
    await project.build();
  }
}, 300_000);
afterAll(() => {
  for (const project of examples.values()) project.remove();
});

function command(name: string, engine: string, args: string[]): [string, string[]] {
  const { folder } = examples.get(name) as Project;
  return engine === "wasmtime"
    ? [wasmtime, ["run", "-S", "inherit-network,allow-ip-name-lookup", join(folder, `dist/${name}.wasm`), ...args]]
    : [process.execPath, [tool, "run", "-e", engine, "-f", join(folder, "config.ts"), "--", ...args]];
}

const running: { service: Service; server?: Server }[] = [];
afterEach(() => {
  for (const { service } of running.splice(0)) service.stop();
});

/** Starts an example, and waits until it answers. */
async function start(name: string, engine: string): Promise<{ url: string; service: Service }> {
  const port = await freePort();
  const [program, args] = command(name, engine, [`--http-port=${port}`]);
  const service = new Service(spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] }));
  running.push({ service });
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 400; tries++) {
    if (
      await fetch(url).then(
        ({ body }) => body?.cancel().then(() => true) ?? true,
        () => false,
      )
    )
      return { url, service };
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`it does not answer: ${service.said}`);
}

function run(name: string, engine: string, ...args: string[]): Promise<Outcome> {
  return execute(...command(name, engine, args), root);
}

const digest = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

describe.each(["wasmtime", "node"])("under %s", { timeout: 120_000 }, (engine) => {
  test("static_website serves its folder, byte for byte", async () => {
    const { url } = await start("static_website", engine);
    const folder = join(root, "examples/static_website/htdocs");
    for (const path of filesIn(folder)) expect(Buffer.from(await (await fetch(`${url}/${path}`)).arrayBuffer()).equals(readFileSync(join(folder, path))), path).toBe(true);
    const { url: index, status, headers } = await fetch(`${url}/about`);
    expect([index, status, headers.get("content-type")]).toEqual([`${url}/about/`, 200, "text/html; charset=utf-8"]);
    expect((await fetch(`${url}/`, { headers: { "If-None-Match": (await fetch(`${url}/`)).headers.get("etag") as string } })).status).toBe(304);
    expect((await fetch(`${url}/none`)).status).toBe(404);
  });

  test("http-random says the hash of what it gives", async () => {
    const { url } = await start("http-random", engine);
    const seen = new Set<string>();
    for (const [length, seed] of [
      [0, 1],
      [1, 1],
      [1_000_000, 1],
      [1_000_000, 2],
      [MIB, 3],
    ]) {
      const headers = { "X-Length": String(length), "X-Seed": String(seed) };
      const bytes = new Uint8Array(await (await fetch(`${url}/random`, { headers })).arrayBuffer());
      expect(bytes.length).toBe(length);
      expect(await (await fetch(`${url}/hash`, { headers })).text()).toBe(`${digest(bytes)}\n`);
      seen.add(digest(bytes));
    }
    expect(seen.size).toBe(5);
    const wrong = await fetch(`${url}/random`, { headers: { "X-Length": "-1", "X-Seed": "1" } });
    expect([wrong.status, await wrong.text()]).toEqual([400, "Invalid length.\n"]);
    expect((await fetch(`${url}/other`)).status).toBe(404);
  });

  test("http-echo gives back what it is sent, on 32 connections at once", async () => {
    const { url } = await start("http-echo", engine);
    const agent = new Agent({ keepAlive: true, maxSockets: 32 });
    const echo = (bytes: Buffer): Promise<Buffer> =>
      new Promise((resolve, reject) => {
        const asking = request(url, { method: "POST", agent }, (reply) => {
          const pieces: Buffer[] = [];
          reply
            .on("data", (piece: Buffer) => pieces.push(piece))
            .on("end", () => resolve(Buffer.concat(pieces)))
            .on("error", reject);
        }).on("error", reject);
        // In two pieces it has no length: chunks.
        if (bytes.length % 2) asking.write(bytes.subarray(0, 1));
        asking.end(bytes.length % 2 ? bytes.subarray(1) : bytes);
      });
    const texts = Array.from({ length: 320 }, (_, index) => randomBytes(index * 50));
    const backs = await Promise.all(texts.map(echo));
    expect(backs.filter((back, index) => !back.equals(texts[index] as Buffer))).toEqual([]);
    agent.destroy();
  });

  test("http-fetch fetches, follows redirects, and says what goes wrong", async () => {
    const server = createServer((asked, reply) => {
      if (asked.url === "/moved") reply.writeHead(302, { Location: "/there?x" }).end("moved");
      else if (asked.url === "/there?x") reply.end(Buffer.alloc(3 * MIB));
      else if (asked.url === "/cut") {
        reply.writeHead(200, { "Content-Length": "10" }).write("cut");
        setTimeout(() => reply.destroy(), 50);
      } else reply.writeHead(404).end();
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const { port } = server.address() as { port: number };
    const url = `http://127.0.0.1:${port}`;
    try {
      const moved = await run("http-fetch", engine, `--uri=${url}/moved`);
      expect(moved).toMatchObject({ code: 0, stderr: "" });
      expect(moved.stdout).toContain(`Fetching ${url}/moved\n${url}/there?x answers 200\n`);
      expect(moved.stdout).toContain(`Received body length: ${3 * MIB}\n`);
      expect((await run("http-fetch", engine, `--uri=${url}/none`)).stdout).toContain(" answers 404\n");
      expect(await run("http-fetch", engine, `--uri=${url}/cut`)).toMatchObject({
        code: 1,
        stdout: expect.stringContaining("Received body length: 3, and not all of it\n") as string,
      });
      expect(await run("http-fetch", engine, `--uri=http://127.0.0.1:${await freePort()}/`)).toMatchObject({
        code: 1,
        stdout: expect.stringContaining("There is no answer: -4\n") as string,
      });
      expect(await run("http-fetch", engine, "--uri=ftp://x")).toMatchObject({ code: 1, stdout: expect.stringContaining("That is no address of HTTP.\n") as string });
    } finally {
      server.close();
      server.closeAllConnections();
    }
  });
});

test("64 MiB each way, four times at once, need little memory", { timeout: 120_000 }, async () => {
  const { url, service } = await start("http-echo", "wasmtime");
  const resident = (): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${service.pid}/status`, "utf8"))?.[1]) / 1024;
  const before = resident();
  const script = `head -c ${64 * MIB} /dev/zero | curl -sS --max-time 100 -X POST -H Expect: -T - ${url}/ | cmp - <(head -c ${64 * MIB} /dev/zero)`;
  let most = 0;
  const timer = setInterval(() => (most = Math.max(most, resident())), 20);
  const outcomes = await Promise.all(Array.from({ length: 4 }, () => execute("bash", ["-c", script], root, "", {}, 110_000)));
  clearInterval(timer);
  expect(outcomes).toEqual(Array.from({ length: 4 }, () => ({ code: 0, stdout: "", stderr: "" })));
  expect(most - before).toBeLessThan(32);
});
