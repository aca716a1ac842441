import { randomInt } from "node:crypto";
import { drawAnew, tellTheTime } from "./differing.ts";
import type { Run } from "./image.ts";

/** Standard input: all at once, or each piece only when the image has answered every line of the one before by a line. */
export type Input = { all: string | Buffer } | { interactive: string[] };

/** One way to run a program. What is not said: no arguments, code 0, and the program's files. */
export interface Case {
  /** Tells it from other cases of the program; `expected-VARIANT.txt` goes before `expected.txt`. */
  variant?: string;
  args?: string[];
  /** In place of the program's stdin.txt. */
  input?: Input;
  /** The image's exit code. */
  code?: number;
  /** It is right that this program prints nothing. */
  silent?: true;
  /** What the engines are started with, where their defaults do not do. */
  engineOptions?: { node: string[]; wasmtime: string[] };
  /** Of one whose runs differ, where expected.txt has patterns: looks at all of them, in place of a comparison. */
  differing?: (runs: Run[]) => void;
  /** Why the oldest wasmtime cannot run it. */
  notOnOldest?: string;
}

/** As wasmtime ends on a trap, and on an abort, which is one. */
const TRAPPED = 134;
const ABORTED = TRAPPED;

/** Fixed by CONFORMANCE_SEED, to see a failure again. */
const seed = process.env["CONFORMANCE_SEED"] ?? String(randomInt(2 ** 32));

/** Wasm frames of a thread that outgrows its 1 MiB need more than the engines give by default. */
const DEEP = { node: ["--stack-size=7000"], wasmtime: ["-W", "max-wasm-stack=16777216,async-stack-size=20971520"] };

const HELP = 63;
const REFUSED = 64;
const NEEDS_EXIT_WITH_CODE = "wasi:cli/exit.exit-with-code links since wasmtime 46";

/** Every line that its words could be spelt in, and one of each way to be wrong: test/arguments has many more. */
const commandLine: Case[] = [
  { variant: "nothing", args: [] },
  { variant: "quotes", args: ["--text", `it's "quoted"`, "--empty=", "--words='single',\"double\",two words,\\", "--words", "tab\tand\nnew line"] },
  { variant: "values", args: ["--integer=-5", "--no-colour", "--quiet", "--pause=1.5s", "--port", "80", "--gateway=::1", "--own=10.0.0.2/8", "--mode", "both ways", "--ports=1,2", "--"] },
  { variant: "group", args: ["--eth0-servers", "9.9.9.9", "--eth0-servers=fd00::53", "--eth0-speed=10"] },
  { variant: "built-in", args: ["--name=größe 😀", "--delay=100ms"] },
  { variant: "short", args: ["-i5", "-l", "*:info,net:debug", "-q=true"] },
  { variant: "help", args: ["--port=none", "--help"], code: HELP },
  { variant: "bad", args: ["--quiet", "--port", "70000"], code: REFUSED },
  { variant: "unknown", args: ["--prot=80"], code: REFUSED },
  { variant: "repeated", args: ["--port=1", "--port=2"], code: REFUSED },
  { variant: "missing", args: ["--port"], code: REFUSED },
  { variant: "word", args: ["--text=Hello,", "world!"], code: REFUSED },
].map((one) => ({ ...one, notOnOldest: NEEDS_EXIT_WITH_CODE }));

/** The programs that do not simply end with 0, or that are run in several ways. */
export const cases: Record<string, Case[]> = {
  "do-nothing": [{ silent: true }],
  "echo-beside-ticks": [{ input: { interactive: ["one\n", "two\n", "three\n"] } }],
  "reading-threads": [{ input: { interactive: ["a\nb\n", "c\nd\ne\nf\n", "g\nh\n", "i\nj\nk\n"] } }],
  "line-of-another": [{ input: { interactive: ["a\nb\n"] } }],
  arguments: [
    { variant: "few", args: ["plain", "two words", "", "--flag=-e", "größe", "中文", "😀", "*"] },
    { variant: "many", args: Array.from({ length: 10_000 }, (_, index) => `argument ${index} ä`) },
  ],
  "long-lines": [{ input: { all: `${["short", ...[65_536, 65_537, 200_000].map((length, index) => `${"ace"[index]}${"-".repeat(length - 2)}${"bdf"[index]}`)].join("\n")}\n` } }],
  "command-line": commandLine,
  "example-clock": [{ args: ["--strokes=3"], differing: tellTheTime, notOnOldest: NEEDS_EXIT_WITH_CODE }],
  "example-hello-key": [
    { notOnOldest: NEEDS_EXIT_WITH_CODE },
    { variant: "bonjour", args: ["--hello=Bonjour!"], notOnOldest: NEEDS_EXIT_WITH_CODE },
    { variant: "help", args: ["--help"], code: HELP, notOnOldest: NEEDS_EXIT_WITH_CODE },
    { variant: "unknown", args: ["--hola=Mundo"], code: REFUSED, notOnOldest: NEEDS_EXIT_WITH_CODE },
  ],
  "host-names": [{ engineOptions: { node: [], wasmtime: ["-S", "inherit-network,allow-ip-name-lookup"] } }],
  "host-stack": [{ engineOptions: { node: [], wasmtime: ["-S", "inherit-network"] } }],
  "ready-order": [{ engineOptions: { node: [], wasmtime: ["-S", "inherit-network"] } }],
  "example-noop": [{ silent: true }],
  "example-random": [{ differing: drawAnew }],
  "exit-code": [0, 1, 2, 7, 255, 256].map((code) => ({ variant: String(code), args: [String(code)], code: code & 0xff, notOnOldest: NEEDS_EXIT_WITH_CODE })),
  "own-globals": [{ args: ["one", "two words"], code: 1 }],
  "process-exit": [0, 1, 7].map((code) => ({ variant: String(code), args: [String(code)], code, notOnOldest: NEEDS_EXIT_WITH_CODE })),
  "first-failure": [{ code: 5, notOnOldest: NEEDS_EXIT_WITH_CODE }],
  abort: [{ code: ABORTED }],
  "abort-in-thread": [{ code: ABORTED }],
  "index-out-of-range": [{ code: ABORTED }],
  "top-level-abort": [{ code: ABORTED }],
  "out-of-memory": [{ code: ABORTED }],
  "out-of-memory-once": [{ code: ABORTED }],
  deadlock: [{ code: ABORTED }],
  "thread-overflow": [
    { variant: "shallow", args: ["1000"], engineOptions: DEEP },
    { variant: "deep", args: ["9000"], engineOptions: DEEP, code: ABORTED },
  ],
  "stack-overflow": [{ code: TRAPPED }],
  "stack-overflow-objects": [{ code: TRAPPED }],
  "out-of-bounds": [{ code: TRAPPED }],
  "division-by-zero": [{ code: TRAPPED }],
  "threads-10000": [{ args: [seed] }],
  "threads-collect": [{ args: [seed] }],
};
