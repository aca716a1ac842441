// HTTP "hello" on one core, 32 connections that are kept, wrk on another core: ours under wasmtime, and peers where they are installed.

import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort, median } from "./sockets.mjs";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const here = join(root, "test/bench/http");
const tool = join(root, "build/cli/main.js");
const wasmtime = join(root, ".tools/bin/wasmtime");

const CONNECTIONS = 32;
const IDLE = 1000;
const SECONDS = 2;
const RUNS = 7;

function run(command, args, folder) {
  return execFileSync(command, args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

/** Commands of all servers by name, each of which takes a port as its last argument; those that cannot be built here are left out. */
function buildServers(folder) {
  for (const args of [["configure", "--wasi"], ["build"]]) run(process.execPath, [tool, ...args], folder);
  const ours = (port) => [wasmtime, "run", "-S", "inherit-network", join(folder, "dist/hello.wasm"), `--http-port=${port}`];
  const underNode = (port) => [process.execPath, tool, "run", "-e", "node", "-f", join(folder, "config.ts"), "--", `--http-port=${port}`];
  const servers = new Map([["ours", ours], ["idle", ours], ["under Node", underNode], ["Node", (port) => [process.execPath, join(here, "node.mjs"), port]]]);
  const add = (name, build, command) => {
    try {
      build();
      servers.set(name, command);
    } catch {
      console.error(`No ${name} here: it is left out.`);
    }
  };
  const cohttp = ["ocamlopt", "-thread", "-O3", "-package", "threads.posix,cohttp-lwt-unix", "-linkpkg", "-o", "cohttp", "peer.ml"];
  add("cohttp", () => run("ocamlfind", cohttp, folder), (port) => [join(folder, "cohttp"), port]);
  add("Go", () => run("go", ["build", "-o", "go-peer", "peer.go"], folder), (port) => [join(folder, "go-peer"), port]);
  add("nginx", () => run("nginx", ["-v"], folder), (port) => ["nginx", "-p", folder, "-c", nginxAt(folder, port)]);
  return servers;
}

function nginxAt(folder, port) {
  const file = join(folder, "nginx.conf");
  writeFileSync(
    file,
    `daemon off; master_process off; pid nginx.pid; error_log stderr crit; events {}
http { access_log off; keepalive_requests 1000000000; server { listen 127.0.0.1:${port}; default_type "text/plain; charset=utf-8"; location / { return 200 "hello\\n"; } } }
`,
  );
  return file;
}

async function untilItAnswers(port) {
  for (let tries = 0; tries < 200; tries++) {
    if (await fetch(`http://127.0.0.1:${port}/`).then((reply) => reply.text(), () => undefined)) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`nothing answers at port ${port}`);
}

/** Connections on which something was asked once. */
async function idleConnections(port) {
  const sockets = [];
  for (let index = 0; index < IDLE; index++) {
    const socket = connect(port, "127.0.0.1");
    sockets.push(socket);
    socket.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    await once(socket, "data");
  }
  return sockets;
}

/** Seconds of a core that a process has had. */
function cpuOf(pid) {
  const threads = readdirSync(`/proc/${pid}/task`);
  return threads.reduce((sum, thread) => sum + Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8").split(" ")[0]), 0) / 1e9;
}

/** Asks for a while; requests a second, and all of them with the time of the core for that: other work beside this one does not change it. */
function load(server) {
  const before = cpuOf(server.pid);
  const said = run("taskset", ["-c", "1", "wrk", "-t1", `-c${CONNECTIONS}`, `-d${SECONDS}`, `http://127.0.0.1:${server.port}/`]);
  if (/Socket errors|Non-2xx/.test(said)) throw new Error(said);
  server.rates.push(Number(/Requests\/sec: +([\d.]+)/.exec(said)[1]));
  server.requests += Number(/(\d+) requests in/.exec(said)[1]);
  server.seconds += cpuOf(server.pid) - before;
}

/** Rows of the table. */
export async function httpRows() {
  const folder = mkdtempSync(join(tmpdir(), "mirage-wasm-bench-"));
  const children = [];
  let sockets = [];
  try {
    cpSync(here, folder, { recursive: true });
    const servers = new Map();
    for (const [name, command] of buildServers(folder)) {
      const port = await freePort();
      const child = spawn("taskset", ["-c", "0", ...command(port).map(String)], { cwd: folder, stdio: "ignore" });
      children.push(child);
      await untilItAnswers(port);
      servers.set(name, { port, pid: child.pid, rates: [], requests: 0, seconds: 0 });
    }
    sockets = await idleConnections(servers.get("idle").port);
    for (let turn = 0; turn < RUNS; turn++) for (const server of servers.values()) load(server);
    const each = (name) => servers.get(name).requests / servers.get(name).seconds / 1000;
    const show = (name) => `${each(name).toFixed(1)} k per second of CPU (${(median(servers.get(name).rates) / 1000).toFixed(1)} k/s)`;
    const peers = [...servers.keys()].filter((name) => !["ours", "idle", "under Node"].includes(name));
    const isGoal = (name) => name === "Node" || name === "cohttp";
    return [
      ...peers.map((name) => [`HTTP hello on one core, ${CONNECTIONS} connections`, show("ours"), `${name} ${show(name)}`, `${isGoal(name) ? "≥ 1.0 ×: " : ""}${(each("ours") / each(name)).toFixed(2)} ×`]),
      [`the same beside ${IDLE} idle connections`, show("idle"), `alone ${show("ours")}`, `≤ 1.2 ×: ${(each("ours") / each("idle")).toFixed(2)} ×`],
      ["the same image under Node, which is for work on it", show("under Node"), `under wasmtime ${show("ours")}`, ""],
    ];
  } finally {
    for (const socket of sockets) socket.destroy();
    for (const child of children) child.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}
