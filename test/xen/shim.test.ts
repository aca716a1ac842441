import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { boot, missingPackages } from "../../compiler/engines/xen/rig.ts";
import { Project, root } from "../support/project.ts";
import { Guests } from "./guests.ts";

const BOOT_LIMIT = 900;
const missing = missingPackages();
const guests = new Guests();
const results = join(guests.folder, "out");
const read = (name: string): string => readFileSync(join(results, name), "latin1").replaceAll("\r\n", "\n");
const consoleOf = (name: string): string => read(`${name}.console`);
/** Of xl's own log; 0 is poweroff, 3 is crash. */
const reasonOf = (name: string): string | undefined => /has shut down, reason code (\d+)/.exec(read(`${name}.xl`))?.[1];
const numbers = (name: string): number[] => read(name).trim().split(/\s+/).map(Number);

/** A console whose image said this last, and ended in order. */
const ended = (said: string): RegExp => new RegExp(`^${said}\\nmirage: end, \\d+ ticks after entry\\nmirage: main returned 0\\n`, "m");

/** Forbidden things, and what is said of each. */
const forbidden: Record<string, RegExp> = {
  "write-text": /^mirage: page fault: read-only memory was written$/m,
  "write-constants": /^mirage: page fault: read-only memory was written$/m,
  "execute-data": /^mirage: page fault: data was executed$/m,
  "execute-stack": /^mirage: page fault: data was executed$/m,
  "null-page": /^mirage: page fault: the null page was used$/m,
  "stack-overflow": /^mirage: wasm trap: call stack exhausted$/m,
  "invalid-opcode": /^mirage: exception 6: invalid opcode$/m,
};

/** Jobs of WebAssembly text that trap, and how. */
const load = (address: string): string => `(module (memory (export "memory") 1) (func (export "main") (result i32) (i32.load ${address})))`;
const call = (index: number): string =>
  `(module (memory (export "memory") 1) (type $v (func)) (table 2 funcref) (elem (i32.const 0) $f) (func $f (result i32) i32.const 0)
  (func (export "main") (result i32) (call_indirect (type $v) (i32.add (i32.load (i32.const 60000)) (i32.const ${index}))) i32.const 0))`;
const traps: Record<string, [wat: string, said: string]> = {
  "beyond-by-one": [load("(i32.const 65533)"), "out of bounds memory access"],
  "beyond-by-far": [load("offset=4294967295 (i32.const -1)"), "out of bounds memory access"],
  "call-of-other-type": [call(0), "indirect call type mismatch, or of no function"],
  "call-of-nothing": [call(1), "indirect call type mismatch, or of no function"],
  "call-beyond-table": [call(7), "indirect call type mismatch, or of no function"],
};

const MIB = 1 << 20;
let lunch = "";

describe.skipIf(missing.length > 0)(`the shim on real Xen${missing.length > 0 ? ` (skipped: it needs ${missing.join(", ")})` : ""}`, () => {
  beforeAll(async () => {
    for (const name of Object.keys(forbidden)) await guests.negative(name);
    for (const [name, [wat]] of Object.entries(traps)) await guests.module(name, wat);
    await guests.job("small", `    console.log("small");`, { memory: 4 });
    await guests.job("much-memory", `    console.log(memory.grow(1000).toString());`, { memory: 8 });
    await guests.job("too-little", `    console.log(memory.grow(1).toString());`, { head: "const large = memory.data(8388608);\nexport const use = load<u8>(large);", memory: 4 });
    await guests.job("long-output", `    const line = "0123456789abcdef".repeat(64).slice(0, 1023);\n    for (let i = 0; i < 1024; i++) console.log(line);`);
    const thread = `import { MILLISECOND, SECOND, sleep } from "mirage-wasm/thread";`;
    await guests.job("counter", `    for (let i = 0; i < 1000; i++) {\n      console.log(i.toString());\n      sleep(50 * MILLISECOND);\n    }`, { head: thread });
    await guests.job("sleeper", `    sleep(1000 * SECOND);\n    console.log("too late");`, { head: thread });
    const project = new Project({}, join(root, "examples/out_to_lunch"));
    await project.build();
    lunch = createHash("sha256")
      .update(readFileSync(join(project.folder, "dist/out_to_lunch.wasm")))
      .digest("hex");
    await guests.project("out_to_lunch", project);
    for (const name of ["noop", "hello", "console-echo"]) await guests.project(name, new Project({}, join(root, "examples", name)));
    writeFileSync(
      join(guests.folder, "to-the-end"),
      [...Object.keys(forbidden), ...Object.keys(traps), "noop", "hello", "small", "much-memory", "too-little", "long-output"].join("\n"),
    );
    writeFileSync(join(guests.folder, "run.sh"), readFileSync(join(root, "test/xen/run.sh")));
    await boot({ guests: guests.folder, results, limit: BOOT_LIMIT });
  }, 1_500_000);
  afterAll(() => guests.remove());

  test.each(Object.entries(forbidden))("%s is a named trap and a crashed domain", (name, said) => {
    expect(consoleOf(name)).toMatch(said);
    expect(consoleOf(name)).toMatch(/^mirage: address [0-9a-f]+ error [0-9a-f]+ rip [0-9a-f]+/m);
    expect(reasonOf(name)).toBe("3");
  });

  test.each(Object.entries(traps))("%s is a trap of WebAssembly", (name, [, said]) => {
    expect(consoleOf(name)).toContain(`mirage: wasm trap: ${said}\n`);
    expect(reasonOf(name)).toBe("3");
  });

  test("hello needs 4 MiB", () => {
    expect(consoleOf("small")).toMatch(ended("small"));
    expect(reasonOf("small")).toBe("0");
  });

  test("memory that is not there: -1 for memory.grow, and a message for the beginning", () => {
    expect(consoleOf("much-memory")).toMatch(ended("-1"));
    expect(consoleOf("too-little")).toMatch(/^mirage: too little memory: the image begins with \d+ kB, and of 4096 kB are \d+ free$/m);
    expect(reasonOf("too-little")).toBe("3");
  });

  test("1 MiB of output arrives whole", () => {
    const lines = consoleOf("long-output")
      .split("\n")
      .filter((line) => !line.startsWith("mirage: ") && line !== "");
    expect(lines.length).toBe(1024);
    expect(lines.join("\n").length + 1).toBe(MIB);
    expect(new Set(lines).size).toBe(1);
  });

  test("xl create -c shows the boot, and the digest of the very file that wasmtime runs", () => {
    expect(read("create-c")).toMatch(/^mirage: mirage-wasm \S+ on Xen: out_to_lunch\.wasm$/m);
    expect(read("create-c")).toContain(`mirage: sha256 ${lunch}\n`);
    expect(read("create-c")).toMatch(/^mirage: memory \d+ kB, of which \d+ kB are free$/m);
    expect(read("create-c")).toMatch(ended("Out to lunch\\."));
  });

  test("the other examples run too", () => {
    expect(consoleOf("noop")).toMatch(/^mirage: start, \d+ ticks after entry\nmirage: end, /m);
    expect(consoleOf("hello")).toMatch(ended("hello\nhello\nhello\nhello"));
    expect(consoleOf("console-echo")).toMatch(ended("one\ntwo"));
    for (const name of ["noop", "hello", "console-echo"]) expect(reasonOf(name)).toBe("0");
  });

  test("a domain is made paused, pauses while it runs, and ends when it is asked to", () => {
    expect(read("paused-before")).toMatch(/counter +\d+ +\d+ +1 +--p---/);
    const [before, while_, after] = numbers("count-paused") as [number, number, number];
    expect(while_).toBe(before);
    expect(after).toBeGreaterThan(while_);
    expect(consoleOf("counter")).toContain("mirage: shutdown requested\n");
    expect(reasonOf("counter")).toBe("0");
  });

  test("an idle domain blocks and uses no time", () => {
    const time = (name: string): string | undefined => /-b---- +([\d.]+)$/m.exec(read(name))?.[1];
    expect(time("idle")).toBeDefined();
    expect(time("idle")).toBe(time("idle-before"));
    expect(consoleOf("sleeper")).not.toContain("too late");
  });

  test("100 domains leave nothing in xl list and xenstore", () => {
    expect(numbers("created")).toEqual([100]);
    expect(read("domains-after")).toBe(read("domains-before"));
    expect(read("xenstore-after")).toBe(read("xenstore-before"));
    expect(read("xenstore-after")).toContain("tool");
  });

  test("no guest had a complaint of xl's", () => {
    for (const name of Object.keys(forbidden)) expect(existsSync(join(results, `${name}.create`)) && read(`${name}.create`)).toBe("");
  });
});
