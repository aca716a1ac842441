import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { missingPackages } from "../../compiler/engines/xen/rig.ts";
import { findTool } from "../../compiler/tools.ts";
import { readNote } from "../../compiler/xen/note.ts";
import { scripts } from "../tcp/scripts/files.ts";
import { consoleOf, elfOf, lunch, player, read, reasonOf, removeDomains, runDomains } from "./domains.ts";
import { forbidden, traps } from "./traps.ts";

const missing = [...missingPackages(), ...(findTool("clang") ? [] : ["clang"])];
const MIB = 1 << 20;
const REGISTERS = /^mirage: address [0-9a-f]+ error [0-9a-f]+ rip [0-9a-f]+/m;
const numbers = (name: string): number[] => read(name).trim().split(/\s+/).map(Number);
/** A console whose image said this last, and ended in order. */
const ended = (said: string): RegExp => new RegExp(`^${said}\\nmirage: end, \\d+ ticks after entry\\nmirage: main returned 0\\n`, "m");

describe.skipIf(missing.length > 0)(`the shim on real Xen${missing.length > 0 ? ` (skipped: it needs ${missing.join(", ")})` : ""}`, () => {
  beforeAll(runDomains, 1_500_000);
  afterAll(removeDomains);

  test.each(Object.entries(forbidden))("%s is a named trap and a crashed domain", (name, said) => {
    expect(consoleOf(name)).toContain(`\nmirage: ${said}\n`);
    expect(consoleOf(name)).toMatch(REGISTERS);
    expect(reasonOf(name)).toBe("3");
  });

  test.each(Object.entries(traps))("%s is a trap of WebAssembly", (name, [, said]) => {
    expect(consoleOf(name)).toContain(`\nmirage: wasm trap: ${said}\n`);
    expect(consoleOf(name)).toMatch(REGISTERS);
    expect(reasonOf(name)).toBe("3");
  });

  test("a fault while another is reported ends the domain", () => {
    expect(reasonOf("fault-in-report")).toBe("3");
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

  test("memory above 4 GiB is mapped", () => {
    expect(consoleOf("high")).toMatch(ended("small"));
    expect(consoleOf("high-memory")).toMatch(/^mirage: memory 6\d{6} kB/m);
    expect(consoleOf("high-memory")).toMatch(/^mirage: main returned 0$/m);
  });

  test("there is no environment, no directory, and no terminal", () => {
    expect(consoleOf("surroundings")).toMatch(/^mirage: main returned 0$/m);
  });

  test("as many handles as there is memory for", () => {
    expect(consoleOf("handles")).toMatch(/^mirage: main returned 0$/m);
  });

  test("clang compiles images too", () => {
    expect(consoleOf("clang")).toMatch(ended("clang"));
    expect(readNote(elfOf("clang"))?.compiler).toContain("clang");
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

  test("the packet scripts of TCP, played by the very image that wasmtime runs, have its answers", () => {
    const [head = "", said = ""] = consoleOf("scripts").split(/^mirage: start, .*\n/m);
    expect(head).toContain(`\nmirage: sha256 ${player.digest}\n`);
    expect(player.said.split("\n").length).toBeGreaterThan(scripts.length);
    expect(said.replaceAll(/^mirage: .*\n/gm, "")).toBe(player.said);
    expect(reasonOf("scripts")).toBe("0");
  });

  test("by way of a terminal, xl's console reads a pipe, and xl says how the domain has ended", () => {
    expect(read("piped")).toMatch(ended("one\ntwo"));
    expect(read("piped.log")).toMatch(/has shut down, reason code 0/);
  });

  test("CR, LF and CR LF end a line of input", () => {
    expect(consoleOf("line-ends")).toMatch(ended("\\[cr\\]\n\\[cr lf\\]\n\\[lf\\]\n\\[\\]"));
  });

  test("a domain is made paused, pauses while it runs, and ends when it is asked to", () => {
    expect(read("paused-before")).toMatch(/counter +\d+ +\d+ +1 +--p---/);
    const [before, while_, after] = numbers("count-paused") as [number, number, number];
    expect(while_).toBe(before);
    expect(after).toBeGreaterThan(while_);
    expect(consoleOf("counter")).toContain("mirage: shutdown requested\n");
    expect(reasonOf("counter")).toBe("0");
  });

  test.each(["sleeper", "idle"])("%s, an idle domain, blocks and uses no time", (name) => {
    const time = (when: string): string | undefined => /-b---- +([\d.]+)$/m.exec(read(`${name}.${when}`))?.[1];
    expect(time("after")).toBeDefined();
    expect(time("after")).toBe(time("before"));
    expect(consoleOf(name)).toMatch(/^mirage: shutdown requested\n$/m);
    expect(reasonOf(name)).toBe("0");
  });

  test("suspend is neither done nor acknowledged", () => {
    expect(consoleOf("sleeper")).toContain("\nmirage: suspend requested: not supported\n");
    expect(read("suspend")).toBe("suspend\n");
  });

  test("an image with an export `shutdown` is told of its end once, and ends in order", () => {
    expect(consoleOf("told")).toMatch(ended("mirage: shutdown requested\ntold once"));
    expect(reasonOf("told")).toBe("0");
    expect(consoleOf("rebooted")).toMatch(ended("mirage: reboot requested\ntold once"));
    expect(reasonOf("rebooted")).toBe("1");
  });

  test("tasks for the end run on a request to shut down", () => {
    expect(consoleOf("leaver")).toMatch(ended("mirage: shutdown requested\nat the end"));
    expect(reasonOf("leaver")).toBe("0");
  });

  test("one that does not end then is ended: by a second request, or after 10 s", () => {
    expect(consoleOf("impatient")).toMatch(/^mirage: shutdown requested\nmirage: shutdown requested\n$/m);
    expect(consoleOf("stubborn")).toMatch(/^mirage: shutdown requested\nmirage: shutdown: main has not returned in 10 s\n$/m);
    for (const name of ["impatient", "stubborn"]) expect(reasonOf(name)).toBe("0");
  });

  test("one that prints for ever ends too, and when nobody reads", () => {
    expect(consoleOf("printer")).toMatch(/mirage: shutdown requested\n$/);
    for (const name of ["printer", "unread"]) expect(reasonOf(name)).toBe("0");
  });

  test("100 domains leave nothing in xl list and xenstore", () => {
    expect(numbers("created")).toEqual([100]);
    expect(read("domains-after")).toBe(read("domains-before"));
    expect(read("xenstore-after")).toBe(read("xenstore-before"));
    expect(read("xenstore-after")).toContain("tool");
  });

  test("no guest had a complaint of xl's", () => {
    for (const name of Object.keys(forbidden)) expect(read(`${name}.create`)).toBe("");
  });
});
