// The server under wasmtime on the host's stack and what clients do to it for half a minute; `npm run soak` is ten minutes of it.
// What it needs does not grow, and nothing is left of it afterwards.

import { type ChildProcess, spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findTool } from "../../compiler/tools.ts";
import { freePort } from "../support/client.ts";
import { Service } from "../support/lab.ts";
import { execute, Project, root } from "../support/project.ts";

const isLong = "SOAK" in process.env;
const seconds = Number(process.env["SOAK"] ?? 30);
const seed = String(process.env["SOAK_SEED"] ?? randomInt(2 ** 31));
const MIB = 2 ** 20;
/** Of which each asks once in ten seconds. */
const CROWD = 5000;
const missing = ["python3", "curl", "wrk"].filter((command) => !findTool(command));
const wasmtime = join(root, ".tools/bin/wasmtime");

type Numbers = Record<string, number>;

const server = new Project({}, join(root, "test/http/soak"));
const client = new Project({}, join(root, "test/http/asker"));
beforeAll(async () => {
  await server.build();
  await client.build();
});
afterAll(() => {
  server.remove();
  client.remove();
});

const running: ChildProcess[] = [];
afterAll(() => {
  for (const one of running) one.kill("SIGKILL");
});

function start(command: string, ...args: string[]): { child: ChildProcess; service: Service } {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
  running.push(child);
  return { child, service: new Service(child) };
}

/** Starts the server, and waits until it answers. */
async function serve(port: number): Promise<{ child: ChildProcess; pid: string }> {
  const { child, service } = start(wasmtime, "run", "-S", "inherit-network", join(server.folder, "dist/soak.wasm"), `--http-port=${port}`);
  for (let tries = 0; tries < 400; tries++) {
    if (await account(port).catch(() => undefined)) return { child, pid: String(child.pid) };
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`it does not answer: ${service.said}`);
}

/** The image's own numbers. */
async function account(port: number): Promise<Numbers> {
  const reply = await fetch(`http://127.0.0.1:${port}/account`, { headers: { Connection: "close" } });
  const lines = (await reply.text()).trim().split("\n");
  return Object.fromEntries(lines.map((line) => line.split(" ")).map(([name, value]) => [name, Number(value)]));
}

const descriptorsOf = (pid: string | number): number => readdirSync(`/proc/${pid}/fd`).length;
const residentOf = (pid: string | number): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) * 1024;

/** Until nothing is left but the connection that asks, and what says of it and of two ports that they are ready; and wasmtime has as many descriptors as before. */
async function untilAllIsGivenBack(port: number, pid: string, before: number): Promise<void> {
  let numbers = await account(port);
  for (let tries = 0; tries < 200 && numbers["sockets.open"] !== 1; tries++) {
    await new Promise((done) => setTimeout(done, 50));
    numbers = await account(port);
  }
  leavesNothing(numbers);
  for (let tries = 0; tries < 100 && descriptorsOf(pid) > before; tries++) await new Promise((done) => setTimeout(done, 50));
  expect(descriptorsOf(pid)).toBeLessThanOrEqual(before);
}

function leavesNothing(numbers: Numbers, lines?: string): void {
  expect(numbers["sockets.open"], lines).toBe(1);
  expect(numbers["sockets.pollables"], lines).toBeLessThanOrEqual(3);
}

describe.skipIf(missing.length > 0)(`from outside${missing.length > 0 ? ` (skipped: it needs ${missing.join(", ")})` : ""}`, { timeout: (seconds + 240) * 1000 }, () => {
  test(`${seconds} seconds of clients good and bad, seed ${seed}`, async () => {
    const port = await freePort();
    const { pid } = await serve(port);
    const { code, stdout, stderr } = await execute("python3", [join(root, "test/http/soak.py"), String(seconds), seed, String(port), pid], root, "", {}, (seconds + 200) * 1000);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const samples = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Numbers);
    const done = samples.pop() as Numbers;
    const begin = samples[0] as Numbers;
    const half = samples[samples.length >> 1] as Numbers;
    const end = samples.at(-1) as Numbers;
    const shown = ["memory", "resident", "descriptors", "http.requests", "http.connections", "sockets.open", "sockets.pollables", "sockets.broken"];
    const lines = ["", ...shown.map((name) => `${name}: ${half[name]}, ${end[name]}`), JSON.stringify(done)].join("\n");
    console.log(lines);
    for (const kind of ["kept", "echo", "pipelined", "rude"]) expect(done[kind], lines).toBeGreaterThan(0);
    leavesNothing(end, lines);
    // The connection that asks may be gone by then, or not.
    expect(end["descriptors"], lines).toBeLessThanOrEqual((begin["descriptors"] as number) + 1);
    expect((end["memory"] as number) - (half["memory"] as number), lines).toBeLessThanOrEqual(MIB / 4);
    expect((end["resident"] as number) - (half["resident"] as number), lines).toBeLessThanOrEqual(2 * MIB);
  });

  test("wrk hears nothing that is wrong", async () => {
    const port = await freePort();
    const { pid } = await serve(port);
    const before = descriptorsOf(pid);
    const { code, stdout } = await execute("wrk", ["-t2", "-c100", isLong ? "-d30" : "-d3", "--latency", `http://127.0.0.1:${port}/`], root);
    console.log(stdout);
    expect(code).toBe(0);
    expect(stdout).not.toMatch(/Socket errors|Non-2xx/);
    const asked = Number(/(\d+) requests in/.exec(stdout)?.[1]);
    expect(asked).toBeGreaterThan(100);
    expect((await account(port))["http.requests"]).toBeGreaterThanOrEqual(asked);
    await untilAllIsGivenBack(port, pid, before);
    expect(residentOf(pid)).toBeLessThan(128 * MIB);
  });

  test(`${CROWD} connections that each ask once in ten seconds`, async () => {
    const port = await freePort();
    const { pid } = await serve(port);
    const before = descriptorsOf(pid);
    const { code, stdout, stderr } = await execute(
      "python3",
      [join(root, "test/http/crowd.py"), String(port), String(CROWD), String(isLong ? seconds : 12)],
      root,
      "",
      {},
      (seconds + 200) * 1000,
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const most = residentOf(pid);
    console.log(`${stdout.trim()} resident: ${(most / MIB).toFixed(0)} MiB`);
    expect((JSON.parse(stdout) as Numbers)["requests"]).toBeGreaterThanOrEqual(CROWD);
    await untilAllIsGivenBack(port, pid, before);
    expect(most).toBeLessThan(256 * MIB);
  });

  test.concurrent("slow heads, floods, resets and more, all at once: others are answered beside them, and memory has a bound", async () => {
    const port = await freePort();
    const { pid } = await serve(port);
    const before = descriptorsOf(pid);
    const crowds = ["slow heads", "silent", "half bodies", "pipelines", "floods", "resets"].map((name) =>
      execute("python3", [join(root, "test/http/clients.py"), name, "127.0.0.1", String(port)], root),
    );
    const outcomes = Promise.all(crowds);
    for (let count = 0; count < 10; count++) expect((await account(port))["http.requests"]).toBeGreaterThan(count);
    expect((await outcomes).map(({ stdout }) => stdout)).toEqual(crowds.map(() => "ready\ndone: right\n"));
    expect(residentOf(pid)).toBeLessThan(128 * MIB);
    await untilAllIsGivenBack(port, pid, before);
  });

  test.concurrent("clients that are killed in the midst leave nothing behind", async () => {
    const port = await freePort();
    const { pid } = await serve(port);
    const before = descriptorsOf(pid);
    const url = `http://127.0.0.1:${port}`;
    for (let round = 0; round < 3; round++) {
      const those = Array.from({ length: 4 }, () => [
        start("bash", "-c", `exec curl -sS -o /dev/null -X POST -H Expect: -T - ${url}/ < /dev/zero`),
        start("bash", "-c", `exec 3<>/dev/tcp/127.0.0.1/${port}; printf 'GET / HTTP/1.1\\r\\nHo' >&3; exec cat <&3`),
        start("wrk", "-t1", "-c10", "-d60", `${url}/`),
      ]).flat();
      for (let tries = 0; tries < 200 && ((await account(port))["sockets.open"] as number) < 4 * 12; tries++) await new Promise((done) => setTimeout(done, 20));
      expect((await account(port))["sockets.open"]).toBeGreaterThanOrEqual(4 * 12);
      for (const { child } of those) child.kill("SIGKILL");
      expect((await account(port))["http.requests"]).toBeGreaterThan(0);
    }
    await untilAllIsGivenBack(port, pid, before);
  });

  test.concurrent("a server that is killed and comes again: who asks it goes on", async () => {
    const port = await freePort();
    let { child } = await serve(port);
    const asker = start(wasmtime, "run", "-S", "inherit-network,allow-ip-name-lookup", join(client.folder, "dist/asker.wasm"), `--uri=http://127.0.0.1:${port}/`);
    await asker.service.says(/^1: answers\n$/);
    const before = descriptorsOf(asker.service.pid);
    const memory = residentOf(asker.service.pid);
    for (let change = 2; change < 12; change += 2) {
      child.kill("SIGKILL");
      await asker.service.says(new RegExp(`^${change}: nothing\n$`, "m"));
      ({ child } = await serve(port));
      await asker.service.says(new RegExp(`^${change + 1}: answers\n$`, "m"));
    }
    expect(asker.service.said).not.toContain("WRONG");
    expect(descriptorsOf(asker.service.pid)).toBeLessThanOrEqual(before + 1);
    expect(residentOf(asker.service.pid) - memory).toBeLessThan(8 * MIB);
  });
});
