// Images of the target http in hosts of wasi:http.

import { createHash, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { filesIn } from "../../compiler/folder.ts";
import { freePort } from "../support/client.ts";
import { execute, Project, root } from "../support/project.ts";
import { type Answer, type Host, hosts, node, Served, wasmtimeHost } from "./hosts.ts";

const MIB = 2 ** 20;
const projects = new Map<string, Project>();

async function made(name: string, folder: string, target = "http"): Promise<Project> {
  const project = new Project({}, join(root, folder));
  projects.set(`${name} ${target}`, project);
  await project.build(target);
  return project;
}

beforeAll(async () => {
  await made("serve", "test/serve/program");
  await made("static_website", "examples/static_website");
  await made("static_website", "examples/static_website", "wasi");
  for (const name of ["http-echo", "http-random"]) await made(name, `examples/${name}`);
}, 300_000);

const running: Served[] = [];
afterAll(() => {
  for (const { service } of running) service.stop();
  for (const project of projects.values()) project.remove();
});

async function start(host: Host, image: string, target = "http"): Promise<Served> {
  const served = await Served.start(host, projects.get(`${image} ${target}`)?.folder as string, image);
  running.push(served);
  return served;
}

/** What the client of an image is answered. */
function peer(asked: IncomingMessage, reply: ServerResponse): void {
  if (asked.url === "/moved") reply.writeHead(302, { Location: "/there?x" }).end("moved");
  else if (asked.url === "/there?x") reply.writeHead(200, { "X-Kind": ["a", "b"] }).end(`there ${asked.headers["x-agent"]} ${asked.headers["authorization"]}`);
  else if (asked.url === "/take") {
    const hash = createHash("sha256");
    asked
      .on("data", (piece: Buffer) => hash.update(piece))
      .on("end", () => reply.end(`${asked.method} ${asked.headers["content-length"] ?? asked.headers["transfer-encoding"]} ${hash.digest("hex")}`));
  } else if (asked.url === "/cut") {
    reply.writeHead(200, { "Content-Length": "10" }).write("cut");
    setTimeout(() => reply.destroy(), 50);
  } else if (asked.url === "/big") reply.end(Buffer.alloc(3 * MIB, "b"));
  else if (asked.url !== "/silent") reply.writeHead(404).end("none");
}

const digest = (bytes: Uint8Array | string): string => createHash("sha256").update(bytes).digest("hex");

describe.each(hosts)("$name", { timeout: 60_000 }, (host) => {
  let served: Served;
  beforeAll(async () => {
    served = await start(host, "serve");
  });

  test("what a job keeps lasts as long as its instance, and its jobs begin once", async () => {
    const first = await served.text("/");
    const { body } = await served.until("/", (answer) => answer.body.toString() === "hello 2 of 1");
    expect([first, body.toString()]).toEqual(["hello 1 of 1", host.reuse === 1 ? "hello 1 of 1" : "hello 2 of 1"]);
  });

  test("the jobs of an instance begin before its first request, and not again", async () => {
    const begun = (): number => served.service.said.match(/^serves$/gm)?.length ?? 0;
    const before = begun();
    for (let i = 0; i < 20; i++) await served.ask("/");
    if (host.reuse === 1) expect(begun() - before).toBe(20);
    else expect(begun() - before).toBeLessThan(20);
  });

  test("a job sees of a request what there is", async () => {
    const lines = (await served.text("/show/a%20b/%C3%BC?d=e?f", { headers: { "X-Many": ["a", "b"], "X-Odd": "\xfc" } })).split("\n");
    expect(lines.slice(0, 6)).toEqual(["GET", "/show/a%20b/%C3%BC", "d=e?f", "a b/ü", "-1", "a, b"]);
    expect(lines).toContain("x-many=b");
    expect((await served.text("/show/x", { method: "POST", body: "12345" })).split("\n")[0]).toBe("405 Method Not Allowed");
    expect((await served.ask("/nowhere")).status).toBe(404);
    expect((await served.ask("/show/%zz")).status).toBe(400);
  });

  test("fields of an answer are those that were set, and none by which messages are framed", async () => {
    const { fields, status } = await served.ask("/show/x");
    expect(status).toBe(200);
    expect(fields["x-twice"]).toBe("one, two  X-Split: yes");
    expect(fields["x-split"]).toBeUndefined();
    expect(fields["content-type"]).toBe("text/plain; charset=utf-8");
  });

  test("bodies go both ways, by length and without", async () => {
    for (const size of [0, 1, 5000, 200_000]) {
      const body = randomBytes(size);
      for (const headers of [{ "Content-Length": String(size) }, { "Transfer-Encoding": "chunked" }]) {
        expect((await served.ask("/echo", { method: "POST", headers, body })).body.equals(body)).toBe(true);
      }
    }
    expect(await served.text("/count", { method: "POST", body: Buffer.alloc(300_000) })).toBe("300000");
    const given = await served.ask("/give/200000?length");
    expect([given.fields["content-length"], digest(given.body)]).toEqual(["200000", digest("a".repeat(200_000))]);
    expect(digest((await served.ask("/give/200000")).body)).toBe(digest(given.body));
  });

  test("an answer to HEAD has no body and says its length; one of 204 has neither", async () => {
    const { status, fields, body } = await served.ask("/give/200000?length", { method: "HEAD" });
    expect([status, fields["content-length"], body.length]).toEqual([200, "200000", 0]);
    const empty = await served.ask("/wrong/empty");
    expect([empty.status, empty.fields["content-length"], empty.body.length]).toEqual([204, undefined, 0]);
    expect((await served.ask("/")).status).toBe(200);
  });

  test("a body that nobody reads, and one that is too long", async () => {
    expect((await served.ask("/wrong/unread", { method: "POST", body: Buffer.alloc(100_000) })).body.toString()).toBe("not read");
    const refused = await served.ask("/count", { method: "POST", headers: { "Content-Length": String(71 * MIB) }, body: Buffer.alloc(71 * MIB) }).catch(() => undefined);
    // Who has sent too much may hear of it only by the connection's end.
    if (refused) expect(refused.status).toBe(413);
    expect((await served.ask("/")).status).toBe(200);
  });

  test.each(["throw", "trap"])("%s is 500, and the host goes on", async (name) => {
    expect((await served.ask(`/wrong/${name}`)).status).toBe(500);
    expect(await served.text("/")).toMatch(/^hello \d+ of 1$/);
    if (name === "throw") expect(served.service.said).toContain("abort: as asked at main.ts:");
  });

  test("what breaks off is seen to be broken", async () => {
    for (const name of ["abort", "short"]) {
      // Perhaps before the first byte of it.
      const { broken } = await served.ask(`/wrong/${name}`).catch(() => ({ broken: true }));
      expect({ name, broken }).toEqual({ name, broken: true });
    }
    expect((await served.ask("/wrong/early")).status).toBe(500);
    expect((await served.ask("/")).status).toBe(200);
  });

  test("a handler that waits lets other threads go on, and may do so behind the answer's end", async () => {
    expect(await served.text("/wait")).toBe("waiting\nbeats");
    expect(await served.text("/wait")).toBe("waiting\nbeats");
  });

  describe("asks", () => {
    let other: Server;
    let url: string;
    beforeAll(async () => {
      other = createServer(peer);
      await new Promise<void>((done) => other.listen(0, "127.0.0.1", done));
      url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    });
    afterAll(() => {
      other.close();
      other.closeAllConnections();
    });
    const asks = (path: string, options: Parameters<Served["ask"]>[1] = {}): Promise<Answer> => {
      return served.ask("/ask", { ...options, headers: { ...options.headers, "X-Url": path.startsWith("/") ? url + path : path } });
    };

    test("others, goes where they say, and hands on what comes", async () => {
      const { status, fields, body } = await asks("/moved");
      expect([status, fields["x-url"], body.toString()]).toEqual([200, `${url}/there?x`, "there gateway secret"]);
      expect(fields["x-seen"]).toMatch(/^a, b -?\d+$/);
      expect((await asks("/none")).status).toBe(404);
      expect(digest((await asks("/big")).body)).toBe(digest("b".repeat(3 * MIB)));
      const head = await asks("/big", { headers: { "X-Method": "HEAD" } });
      expect([head.status, head.body.length]).toEqual([200, 0]);
    });

    test("with bodies, by length and without", async () => {
      const body = randomBytes(500_000);
      expect((await asks("/take", { method: "POST", body })).body.toString()).toBe(`POST 500000 ${digest(body)}`);
      expect((await asks("/take", { method: "POST", headers: { "Transfer-Encoding": "chunked" }, body })).body.toString()).toBe(`POST chunked ${digest(body)}`);
    });

    test("and hears what goes wrong", async () => {
      expect((await asks("/cut")).broken).toBe(true);
      expect((await asks("/silent")).body.toString()).toBe("-3");
      expect((await asks(`http://127.0.0.1:${await freePort()}/`)).body.toString()).toBe("-4");
      expect((await asks("http://nobody.invalid/")).body.toString()).toBe("-6");
    });
  });

  test("after stop nobody serves", async () => {
    expect(await served.text("/stop")).toBe("stopping");
    const other = await served.until("/", ({ status }) => status === 503);
    expect([other.status, other.body.toString()]).toEqual(host.reuse === 1 ? [200, "hello 1 of 1"] : [503, "503 Service Unavailable\n"]);
  });
});

/** Fields that a host sets, or leaves out, itself. */
const OWN = ["date", "connection", "keep-alive"];

test("static_website is the same site as over the host's sockets, byte for byte", { timeout: 60_000 }, async () => {
  const port = await freePort();
  const wasi: Host = {
    name: "wasi",
    reuse: 0,
    command: (folder) => [
      "sh",
      [
        "-c",
        `echo "Serving HTTP on http://127.0.0.1:${port}/"; exec "$0" "$@"`,
        join(root, ".tools/bin/wasmtime"),
        "run",
        "-S",
        "inherit-network",
        join(folder, "dist/static_website.wasm"),
        `--http-port=${port}`,
      ],
    ],
  };
  const other = await start(wasi, "static_website", "wasi");
  for (let tries = 0; tries < 200 && !(await other.ask("/").catch(() => undefined)); tries++) await new Promise((done) => setTimeout(done, 50));
  const sites = [
    await start(wasmtimeHost("wasmtime", 1), "static_website"),
    await start(wasmtimeHost("wasmtime-oldest", 1000), "static_website"),
    await start(node, "static_website"),
  ];
  const paths = [...filesIn(join(root, "examples/static_website/htdocs")).map((path) => `/${path}`), "/", "/about", "/about/", "/about?x=y", "/none", "/%", "/style%2Ecss"];
  const tag = (await other.ask("/style.css")).fields.etag as string;
  const asked: [string, Parameters<Served["ask"]>[1]][] = [
    ...paths.flatMap((path): [string, Parameters<Served["ask"]>[1]][] => [
      [path, {}],
      [path, { method: "HEAD" }],
    ]),
    ...[{ Range: "bytes=3-9" }, { Range: "bytes=0-1,4-5" }, { Range: "bytes=900-" }, { "If-None-Match": tag }, { "If-Match": '"x"' }].map((headers): [string, object] => [
      "/style.css",
      { headers },
    ]),
    ["/", { method: "POST", body: "x" }],
    ["/", { method: "OPTIONS" }],
  ];
  const seen = ({ status, fields, body }: Answer): object => ({
    status,
    body: body.toString("latin1"),
    fields: Object.fromEntries(Object.entries(fields).filter(([name]) => !OWN.includes(name))),
  });
  for (const [path, options] of asked) {
    const expected = seen(await other.ask(path, options));
    for (const site of sites) expect(seen(await site.ask(path, options)), `${options?.method ?? "GET"} ${path}`).toEqual(expected);
  }
});

test("http-echo and http-random, under wasmtime and on Node", { timeout: 60_000 }, async () => {
  for (const host of [wasmtimeHost("wasmtime", 1), node]) {
    const echo = await start(host, "http-echo");
    const body = randomBytes(100_000);
    const { fields, body: back } = await echo.ask("/", { method: "POST", headers: { "Content-Type": "a/b" }, body });
    expect([fields["content-type"], fields["content-length"], back.equals(body)]).toEqual(["a/b", "100000", true]);
    const random = await start(host, "http-random");
    const headers = { "X-Length": "1000000", "X-Seed": "7" };
    const bytes = (await random.ask("/random", { headers })).body;
    expect([bytes.length, await random.text("/hash", { headers })]).toEqual([1_000_000, `${digest(bytes)}\n`]);
    expect(await random.text("/random", { headers: { "X-Length": "-1" } })).toBe("Invalid length.\n");
  }
});

test("two requests at once, of 68 MiB each way, in instances of less than 16 MiB", { timeout: 60_000 }, async () => {
  const { service, port } = await start(wasmtimeHost("wasmtime", 1, "-W", `max-memory-size=${16 * MIB - 1}`), "serve");
  const resident = (): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${service.pid}/status`, "utf8"))?.[1]) / 1024;
  const script = (path: string, size: number): string =>
    `head -c ${size} /dev/zero | curl -sS --max-time 50 -X POST -H Expect: -T - http://127.0.0.1:${port}${path} | cmp - <(head -c ${size} /dev/zero)`;
  // What the host takes for itself it has taken then.
  expect(await execute("bash", ["-c", script("/echo", 4 * MIB)], root)).toMatchObject({ code: 0, stderr: "" });
  const before = resident();
  let most = 0;
  const timer = setInterval(() => (most = Math.max(most, resident())), 20);
  const outcomes = await Promise.all([1, 2].map(() => execute("bash", ["-c", script("/echo", 68 * MIB)], root)));
  clearInterval(timer);
  expect(outcomes).toEqual(Array.from({ length: 2 }, () => ({ code: 0, stdout: "", stderr: "" })));
  expect(most - before).toBeLessThan(16);
});

test("run starts wasmtime serve, with the port and the reuse that are asked for", { timeout: 60_000 }, async () => {
  const host: Host = {
    name: "run",
    reuse: 2,
    command: (folder) => [
      "env",
      [
        `PATH=${join(root, ".tools/bin")}:${process.env["PATH"]}`,
        process.execPath,
        join(root, "build/cli/main.js"),
        "run",
        "-e",
        "wasmtime",
        "--port=0",
        "--reuse=2",
        "-f",
        join(folder, "config.ts"),
      ],
    ],
  };
  const served = await start(host, "serve");
  const texts: string[] = [];
  for (let i = 0; i < 20; i++) texts.push(await served.text("/"));
  expect([...new Set(texts)].sort()).toEqual(["hello 1 of 1", "hello 2 of 1"]);
  await served.ask("/wrong/throw");
  // Traces are resolved.
  await served.service.says(/main\.ts:\d+:\d+/);
  await served.service.end();
});
