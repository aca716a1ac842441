// Examples on the host's own stack, spoken to from outside.

import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { findTool } from "../../compiler/tools.ts";
import { all, connect, exchange, freePort, Lines } from "../support/client.ts";
import { Service } from "../support/lab.ts";
import { execute, Project, root } from "../support/project.ts";

const wasmtime = join(root, ".tools/bin/wasmtime");
const tool = join(root, "build/cli/main.js");
const MIB = 2 ** 20;
const hasV6 = Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ address }) => address === "::1"));

/** Examples, each built once. */
const examples = new Map<string, Project>();
beforeAll(async () => {
  for (const name of ["tcp-echo", "conduit_server", "chat"]) {
    const project = new Project({}, join(root, "examples", name));
    examples.set(name, project);
    await project.build();
  }
}, 300_000);
afterAll(() => {
  for (const project of examples.values()) project.remove();
});

interface Running {
  service: Service;
  port: number;
  pid: number;
}

const running: Running[] = [];
afterEach(() => {
  for (const { service } of running.splice(0)) service.stop();
});

/** Starts an example, and waits until it listens. */
async function start(name: string, engine: string): Promise<Running> {
  const project = examples.get(name) as Project;
  const port = await freePort();
  const [command, ...args] =
    engine === "wasmtime"
      ? [wasmtime, "run", "-S", "inherit-network", join(project.folder, `dist/${name}.wasm`)]
      : [process.execPath, tool, "run", "-e", engine, "-f", join(project.folder, "config.ts"), "--"];
  const child = spawn(command as string, [...args, `--port=${port}`], { stdio: ["ignore", "pipe", "pipe"] });
  const one = { service: new Service(child), port, pid: child.pid as number };
  running.push(one);
  await one.service.says(new RegExp(`listening at port ${port}\n`));
  return one;
}

/** The sockets that a process has open. */
function socketsOf(pid: number): number {
  const links = readdirSync(`/proc/${pid}/fd`).map((fd) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${fd}`);
    } catch {
      return "";
    }
  });
  return links.filter((one) => one.startsWith("socket:")).length;
}

/** Until it has as many open as it had. */
async function closesAll(pid: number, before: number): Promise<void> {
  for (let tries = 0; socketsOf(pid) > before && tries < 200; tries++) await new Promise((resolve) => setTimeout(resolve, 50));
  expect(socketsOf(pid)).toBe(before);
}

/** Bytes of memory that a process has. */
function memoryOf(pid: number): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) * 1024;
}

describe.each([
  { engine: "wasmtime", many: 1000 },
  { engine: "node", many: 300 },
])("under $engine", { timeout: 120_000 }, ({ engine, many }) => {
  test("what comes goes back, also when it is much, and then the end", async () => {
    const { port } = await start("tcp-echo", engine);
    const bytes = randomBytes(5 * MIB);
    expect((await exchange(port, "hello")).toString()).toBe("hello");
    expect((await exchange(port, "")).length).toBe(0);
    expect((await exchange(port, bytes)).equals(bytes)).toBe(true);
  });

  test.skipIf(!hasV6)(`IPv6 too${hasV6 ? "" : " (skipped: this host has none)"}`, async () => {
    const { port } = await start("tcp-echo", engine);
    expect((await exchange(port, "hello", "::1")).toString()).toBe("hello");
  });

  test(`${many} connections at once`, async () => {
    const { port, pid } = await start("tcp-echo", engine);
    const before = socketsOf(pid);
    const sockets = await Promise.all(Array.from({ length: many }, () => connect(port)));
    // All are open before the first says something, and the last one that came does it first.
    const answers = sockets.reverse().map(async (socket, index) => {
      socket.end(`I am ${index}`);
      return (await all(socket)).toString();
    });
    expect(await Promise.all(answers)).toEqual(sockets.map((_, index) => `I am ${index}`));
    await closesAll(pid, before);
  });

  test.skipIf(!findTool("python3"))("peers that reset do no harm", async () => {
    const { port, pid } = await start("tcp-echo", engine);
    const before = socketsOf(pid);
    expect(await execute("python3", ["reset.py", String(port)], join(root, "test/net"))).toEqual({ code: 0, stdout: "", stderr: "" });
    expect((await exchange(port, "still here")).toString()).toBe("still here");
    await closesAll(pid, before);
  });

  test("who does not read is not listened to, and nobody else minds", async () => {
    const { port, pid } = await start("tcp-echo", engine);
    await exchange(port, randomBytes(MIB));
    const before = memoryOf(pid);
    const socket = await connect(port);
    const chunk = randomBytes(65_536);
    let written = 0;
    let isStuck = false;
    while (!isStuck && written < 256 * MIB) {
      written += chunk.length;
      if (socket.write(chunk)) continue;
      isStuck = await Promise.race([
        new Promise<false>((resolve) => socket.once("drain", () => resolve(false))),
        new Promise<true>((resolve) => setTimeout(() => resolve(true), 1500)),
      ]);
    }
    expect(isStuck).toBe(true);
    expect((memoryOf(pid) - before) / MIB).toBeLessThan(32);
    expect((await exchange(port, "another one")).toString()).toBe("another one");
    socket.end();
    expect((await all(socket)).length).toBe(written);
  });

  test("conduit_server says hello", async () => {
    const { port } = await start("conduit_server", engine);
    const answer = await fetch(`http://127.0.0.1:${port}/any/path`);
    expect(await answer.text()).toBe("hello mirage world!\n");
    // What is no request gets no answer.
    expect((await exchange(port, "GET / HTTP/1.1\r\n")).length).toBe(0);
    expect((await exchange(port, "x".repeat(9000))).length).toBe(0);
  });

  test.skipIf(!findTool("curl"))("curl hears it", async () => {
    const { port } = await start("conduit_server", engine);
    const { stdout } = await execute("curl", ["-s", "-i", `http://localhost:${port}/`], root);
    expect(stdout).toMatch(/^HTTP\/1.1 200 OK\r\n[\s\S]*\r\n\r\nhello mirage world!\n$/);
  });

  test("chat is one room for all", async () => {
    const { port } = await start("chat", engine);
    const enter = async (name: string): Promise<Lines> => {
      const lines = new Lines(await connect(port));
      expect(await lines.next()).toBe("Your name?");
      lines.socket.write(`${name}\n`);
      return lines;
    };
    const ada = await enter("Ada");
    const others: Lines[] = [];
    for (let index = 0; index < 50; index++) {
      others.push(await enter(`nobody ${index}`));
      expect(await ada.next()).toBe(`* nobody ${index} has come`);
    }
    // In two pieces, and an empty line in the midst.
    ada.socket.write("hel");
    await new Promise((resolve) => setTimeout(resolve, 20));
    ada.socket.write("lo\r\n\ngrüß euch\n");
    for (const [index, other] of others.entries()) {
      for (let later = index + 1; later < others.length; later++) expect(await other.next()).toBe(`* nobody ${later} has come`);
      expect([await other.next(), await other.next(), await other.next()]).toEqual(["<Ada> hello", "<Ada> ", "<Ada> grüß euch"]);
    }
    others[0]?.socket.resetAndDestroy();
    expect(await ada.next()).toBe("* nobody 0 has left");
    others[1]?.socket.end();
    expect(await ada.next()).toBe("* nobody 1 has left");
    // A line that is too long.
    others[2]?.socket.write("x".repeat(2000));
    expect(await ada.next()).toBe("* nobody 2 has left");
  });

  test("chat waits for nobody", async () => {
    const { port } = await start("chat", engine);
    const deaf = await connect(port);
    deaf.write("deaf\n");
    const ada = new Lines(await connect(port));
    ada.socket.write("Ada\n");
    const bob = new Lines(await connect(port));
    bob.socket.write("Bob\n");
    for (const line of ["Your name?", "* Bob has come"]) expect(await ada.next()).toBe(line);
    expect(await bob.next()).toBe("Your name?");
    const line = "x".repeat(900);
    let left = false;
    // Until what the host keeps for who does not read is full, and then the channel.
    for (let count = 0; count < 60_000 && !left; count++) {
      ada.socket.write(`${line}\n`);
      const heard = await bob.next();
      left = heard === "* deaf has left";
      if (!left) expect(heard).toBe(`<Ada> ${line}`);
    }
    expect(left).toBe(true);
    deaf.destroy();
  });
});

test("a host that does not allow it is told of, with what to do", async () => {
  const { folder } = examples.get("tcp-echo") as Project;
  expect(await execute(wasmtime, ["run", "dist/tcp-echo.wasm", "--port=7"], folder)).toEqual({
    code: 1,
    stdout: "",
    stderr: "no TCP at port 7: the host does not allow it (wasmtime: -S inherit-network; ports below 1024 may need root)\n",
  });
});

test("so is one that does not look up names; run passes what it has to allow", async () => {
  const project = new Project({}, join(root, "test/conformance/programs/host-names"));
  try {
    await project.build();
    expect(await execute(wasmtime, ["run", "-S", "inherit-network", "dist/host-names.wasm"], project.folder)).toEqual({
      code: 1,
      stdout: "",
      stderr: "no names: the host does not allow it (wasmtime: -S inherit-network,allow-ip-name-lookup)\n",
    });
    expect(await project.mirage(["run", "-e", "wasmtime"])).toMatchObject({ code: 0, stderr: "" });
  } finally {
    project.remove();
  }
});

test("run passes what the host has to allow", async () => {
  const project = examples.get("tcp-echo") as Project;
  const port = await freePort();
  const child = spawn(process.execPath, [tool, "run", "-e", "wasmtime", "--", `--port=${port}`], { cwd: project.folder, stdio: ["ignore", "pipe", "pipe"] });
  try {
    await new Service(child).says(/listening/);
    expect((await exchange(port, "hello")).toString()).toBe("hello");
  } finally {
    // It hands this on.
    child.kill("SIGTERM");
  }
});

test("a host that has no room for more: who waits is served when others have gone", async () => {
  const { folder } = examples.get("tcp-echo") as Project;
  const port = await freePort();
  const child = spawn("sh", ["-c", `ulimit -n 60; exec "$0" "$@"`, wasmtime, "run", "-S", "inherit-network", join(folder, "dist/tcp-echo.wasm"), `--port=${port}`]);
  const service = new Service(child);
  running.push({ service, port, pid: child.pid as number });
  await service.says(/listening/);
  const sockets = await Promise.all(Array.from({ length: 150 }, () => connect(port)));
  for (const socket of sockets) socket.write("x");
  const heard = sockets.map((socket) => once(socket.resume(), "data"));
  await Promise.race(heard);
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(sockets.filter((socket) => socket.bytesRead > 0).length).toBeLessThan(60);
  await Promise.all(heard.map((one, index) => one.then(() => sockets[index]?.destroy())));
  expect((await exchange(port, "still here")).toString()).toBe("still here");
});

test("a port that somebody has", async () => {
  const { port } = await start("tcp-echo", "wasmtime");
  const { folder } = examples.get("tcp-echo") as Project;
  const { code, stderr } = await execute(wasmtime, ["run", "-S", "inherit-network", "dist/tcp-echo.wasm", `--port=${port}`], folder);
  expect(code).toBe(134);
  expect(stderr).toContain("abort: there is no value: the result is not OK");
});
