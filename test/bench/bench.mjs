// `npm run bench`: ours and a peer's side by side, from one run. Needs clang, lld and wasi-libc (C) and wasmtime.

import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { frameRows } from "./frames.mjs";
import { httpRows } from "./http.mjs";
import { goodputRows } from "./goodput.mjs";
import { serveRows } from "./serve.mjs";
import { socketRows } from "./sockets.mjs";
import { stackRows } from "./stack.mjs";
import { threadRows } from "./threads.mjs";
import { xenRows } from "./xen.mjs";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const tool = join(root, "build/cli/main.js");
const wasmtime = join(root, ".tools/bin/wasmtime");
const folder = mkdtempSync(join(tmpdir(), "mirage-wasm-bench-"));

function time(command, args) {
  const start = process.hrtime.bigint();
  const { status } = spawnSync(command, args, { cwd: folder, stdio: "ignore", env: { ...process.env, RUST_BACKTRACE: "0" } });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${status}`);
  return Number(process.hrtime.bigint() - start) / 1e6;
}

/** The medians of `runs` runs of each, taken in turns so that both see the same machine. */
function medians(commands, runs) {
  const times = commands.map(() => []);
  for (let run = 0; run < runs; run++) commands.forEach(([command, args], index) => times[index].push(time(command, args)));
  return times.map((list) => list.sort((a, b) => a - b)[Math.floor(runs / 2)]);
}

function image(name, body, head = "") {
  writeFileSync(join(folder, "config.ts"), `import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";\nregister("${name}", [${body ? 'foreign("job.ts:Job", to(console, job)).$(defaultConsole)' : ""}]);\n`);
  writeFileSync(join(folder, "job.ts"), `import { Console } from "mirage-wasm/console";\n${head}\nexport class Job<C extends Console> {\n  start(console: C): void {\n${body}\n  }\n}\n`);
  const configure = time(process.execPath, [tool, "configure", "--wasi"]);
  const build = time(process.execPath, [tool, "build"]);
  return { file: join(folder, "dist", `${name}.wasm`), size: statSync(join(folder, "dist", `${name}.wasm`)).size, configure, build };
}

const rows = [];
const row = (what, ours, peer, wanted) => rows.push(`| ${what} | ${ours} | ${peer} | ${wanted} |`);

const nothing = image("nothing", "");
row("do-nothing image", `${nothing.size} B`, "", "≤ 240 B");
const concat = image("concat", `    console.log("hello " + who);`, `let who = "world";`);
row("hello with a concatenation", `${concat.size} B`, "", "≤ 2,100 B");
const hello = image("hello", `    console.log("hello");`);

writeFileSync(join(folder, "hello.c"), '#include <stdio.h>\nint main(void) { puts("hello"); return 0; }\n');
execFileSync("clang", ["--target=wasm32-wasi", "-Oz", "-s", "-o", "c.wasm", "hello.c"], { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
row("hello image", `${hello.size} B`, `C with wasi-libc ${statSync(join(folder, "c.wasm")).size} B`, "≤ 2,100 B");

const cold = ["run", "-C", "cache=n"];
const [ours, c] = medians([[wasmtime, [...cold, hello.file]], [wasmtime, [...cold, join(folder, "c.wasm")]]], 41);
row("start under wasmtime, cache off", `${ours.toFixed(1)} ms`, `C ${c.toFixed(1)} ms`, `≤ 0.9 ×: ${(ours / c).toFixed(2)} ×`);
for (const [from, to] of [[hello.file, "hello.cwasm"], [join(folder, "c.wasm"), "c.cwasm"]]) execFileSync(wasmtime, ["compile", "-o", join(folder, to), from]);
const ahead = ["run", "--allow-precompiled"];
const [oursAhead, cAhead] = medians([[wasmtime, [...ahead, join(folder, "hello.cwasm")]], [wasmtime, [...ahead, join(folder, "c.cwasm")]]], 41);
row("the same, compiled ahead", `${oursAhead.toFixed(1)} ms`, `C ${cAhead.toFixed(1)} ms`, `≤ 1.0 ×: ${(oursAhead / cAhead).toFixed(2)} ×`);

row("configure and build of hello, cold", `${((hello.configure + hello.build) / 1000).toFixed(2)} s`, "", "≤ 3 s");
const [configured, built, help] = medians([[process.execPath, [tool, "configure"]], [process.execPath, [tool, "build"]], [process.execPath, [tool, "--help"]]], 11);
row("the same, nothing changed", `${((configured + built) / 1000).toFixed(2)} s`, "", "≤ 0.5 s");
row("--help", `${(help / 1000).toFixed(2)} s`, "", "≤ 0.15 s");

for (const one of [...threadRows(), ...stackRows(), ...(await goodputRows()), ...(await frameRows()), ...(await socketRows()), ...(await httpRows()), ...(await serveRows()), ...(await xenRows(hello.file))]) row(...one);

console.log(["| what | ours | peer | wanted |", "|---|---|---|---|", ...rows].join("\n"));
rmSync(folder, { recursive: true, force: true });
