import { readFileSync } from "node:fs";
import { transpileBytes } from "@bytecodealliance/jco-transpile";
import type { Outcome } from "./project.ts";

// Node has it, its types do not.
declare const WebAssembly: { Module: new (bytes: Uint8Array) => object };

/** Thrown by the host when the image ends itself. */
class Exit extends Error {
  constructor(readonly exitCode: number) {
    super(`exit ${exitCode}`);
  }
}

/** What a run of an image stands on, and how the host was asked. */
export class Machine {
  /** The monotonic clock, in nanoseconds: it stands still while the image runs, and jumps to the next moment for which it waits. */
  now = 0n;
  /** Nanoseconds that pass with each look at the clock, and with a poll for each pollable. */
  constructor(
    readonly perLook = 0n,
    readonly perPollable = 0n,
    /** Of standard input's nth pollable: the moments at which it becomes ready, each told once. */
    readonly inputs: bigint[][] = [],
    /** When it is switched off: the run throws then. */
    readonly end?: bigint,
  ) {}
  /** Nanoseconds by which a poll of so many takes longer, since the machine had something else to do. */
  stall: (pollables: number) => bigint = () => 0n;
  readonly polls: Poll[] = [];
  /** The lines of standard output, and when each was printed. */
  readonly lines: [moment: bigint, line: string][] = [];
}

/** One question to the host. */
export interface Poll {
  from: bigint;
  until: bigint;
  /** Which of standard input's pollables were in it, and which were ready. */
  inputs: number[];
  ready: number[];
}

/** An image that runs in this process, anew with each call: for tests with hundreds of runs. */
export async function loadImage(file: string): Promise<(args: string[], machine?: Machine) => Outcome> {
  const { files } = await transpileBytes(readFileSync(file), { name: "image", instantiation: { tag: "sync" } });
  const texts = files as Record<string, Uint8Array>;
  const source = Buffer.from(texts["image.js"] as Uint8Array).toString("base64");
  const { instantiate } = (await import(`data:text/javascript;base64,${source}`)) as { instantiate: (core: (path: string) => object, imports: object) => { run: { run(): void } } };
  const modules = new Map(Object.keys(texts).flatMap((path) => (path.endsWith(".wasm") ? [[path, new WebAssembly.Module(texts[path] as Uint8Array)]] : [])));
  return (args, machine = new Machine()) => {
    const printed = { stdout: "", stderr: "" };
    const image = instantiate((path) => modules.get(path) as object, host(args, printed, machine));
    return { code: codeOf(() => image.run.run()), ...printed };
  };
}

function codeOf(run: () => void): number {
  try {
    run();
    return 0;
  } catch (error) {
    if (error instanceof Exit) return error.exitCode;
    // The error result of `run`.
    if (error instanceof Error && error.constructor.name === "ComponentError") return 1;
    throw error;
  }
}

const SECOND = 1_000_000_000n;

/** What an image with a console and a clock may ask of its host. */
function host(args: string[], printed: { stdout: string; stderr: string }, machine: Machine): object {
  class OutputStream {
    constructor(readonly name: "stdout" | "stderr") {}
    blockingWriteAndFlush(bytes: Uint8Array): void {
      const text = Buffer.from(bytes).toString();
      printed[this.name] += text;
      if (this.name === "stdout") for (const line of text.split("\n").slice(0, -1)) machine.lines.push([machine.now, line]);
    }
  }
  class Pollable {
    /** `input`: which of standard input's it is; -1: none. */
    constructor(
      readonly moments: bigint[],
      readonly input: number,
    ) {}
    block(): void {
      poll([this]);
    }
  }
  class InputStream {
    private count = 0;
    subscribe(): Pollable {
      return new Pollable([...(machine.inputs[this.count] ?? [])], this.count++);
    }
    read(): Uint8Array {
      return new Uint8Array();
    }
  }
  const poll = (list: Pollable[]): Uint32Array => {
    const from = machine.now;
    machine.now += machine.perPollable * BigInt(list.length) + machine.stall(list.length);
    const [earliest] = list.flatMap(({ moments: [first] }) => (first === undefined ? [] : [first])).sort((a, b) => (a < b ? -1 : 1));
    if (earliest === undefined) throw new Error("the image waits for ever");
    if (earliest > machine.now) machine.now = earliest;
    if (machine.end !== undefined && machine.now >= machine.end) throw new Error("the machine is off");
    const ready = list.flatMap(({ moments: [first] }, index) => (first !== undefined && first <= machine.now ? [index] : []));
    for (const index of ready) list[index]?.moments.shift();
    const inputs = (some: (Pollable | undefined)[]): number[] => some.flatMap((one) => (one && one.input >= 0 ? [one.input] : []));
    machine.polls.push({ from, until: machine.now, inputs: inputs(list), ready: inputs(ready.map((index) => list[index])) });
    return Uint32Array.from(ready);
  };
  const look = (): bigint => {
    machine.now += machine.perLook;
    return machine.now;
  };
  return {
    "wasi:cli/environment": { getArguments: () => ["image.wasm", ...args] },
    "wasi:cli/exit": {
      exitWithCode: (code: number) => {
        throw new Exit(code);
      },
    },
    "wasi:cli/stdin": { getStdin: () => new InputStream() },
    "wasi:cli/stdout": { getStdout: () => new OutputStream("stdout") },
    "wasi:cli/stderr": { getStderr: () => new OutputStream("stderr") },
    "wasi:clocks/monotonic-clock": { now: look, subscribeInstant: (when: bigint) => new Pollable([when], -1) },
    "wasi:clocks/wall-clock": { now: () => ({ seconds: machine.now / SECOND, nanoseconds: Number(machine.now % SECOND) }) },
    "wasi:io/error": { Error },
    "wasi:io/poll": { Pollable, poll },
    "wasi:io/streams": { InputStream, OutputStream },
  };
}
