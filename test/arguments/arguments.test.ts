import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadImage, Machine } from "../support/in-process.ts";
import { type Outcome, Project, root } from "../support/project.ts";

const ENDED = 0;
const HELP = 63;
const REFUSED = 64;

interface Line {
  line: string;
  args: string[];
  /** What is said, or why not. */
  said?: string;
  refused?: string;
}

const lines = readFileSync(join(root, "test/arguments/table.txt"), "utf8").split("\n");
const forms = new Map(lines.flatMap((line) => (line.startsWith("form ") ? [/^form (\S+) +(.*)$/.exec(line)?.slice(1, 3) as [string, string]] : [])));
const table = lines.flatMap((line): Line[] => {
  if (line === "" || /^(#|form )/.test(line)) return [];
  const [, typed = "", sign, result = ""] = /^(.*?) ?(=>|!) (.*)$/.exec(line) ?? [];
  return [{ line: typed || "nothing", args: split(typed), ...(sign === "!" ? { refused: result } : { said: result }) }];
});

/** Words between blanks; quotes of either kind keep them together. */
function split(typed: string): string[] {
  return (typed.match(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g) ?? []).map((word) => word.replaceAll(/'([^']*)'|"([^"]*)"/g, "$1$2"));
}

/** A reason in full. */
function reason(text: string): string {
  const form = forms.get(/^option --([\w-]+)/.exec(text)?.[1] ?? "");
  if (text.endsWith(" is not valid")) return `${text}, expected ${form}`;
  return text.endsWith(" needs a value") ? `${text}: ${form}` : text;
}

const project = new Project({}, join(root, "test/conformance/programs/command-line"));
let run: (args: string[], machine?: Machine) => Outcome;
beforeAll(async () => {
  await project.build();
  run = await loadImage(join(project.folder, "dist/command-line.wasm"));
});
afterAll(() => project.remove());

test("the table has at least 300 lines, good and bad", () => {
  expect(table.length).toBeGreaterThanOrEqual(300);
  for (const kind of ["said", "refused"] as const) expect(table.filter((one) => one[kind] !== undefined).length).toBeGreaterThanOrEqual(100);
  expect(new Set(table.map(({ line }) => line)).size).toBe(table.length);
});

test.each(table)("$line", ({ args, said, refused }) => {
  const outcome = run(args);
  if (refused !== undefined) expect(outcome).toEqual({ code: REFUSED, stdout: "", stderr: `command-line: ${reason(refused)}\nTry --help.\n` });
  else expect({ ...outcome, stdout: outcome.stdout.split("\n").slice(0, -1).join(" ") }).toEqual({ code: ENDED, stdout: said === "told" ? said : `${said} told`, stderr: "" });
});

test.each([["--help"], ["--integer=x", "--help"], ["--help", "--unknown"], ["--text=a", "word", "--help", "--help"]])(
  "%s … %s shows the page before anything is refused",
  (...args) => {
    const page = readFileSync(join(project.folder, "expected-help.txt"), "utf8");
    expect(run(args)).toEqual({ code: HELP, stdout: page, stderr: "" });
  },
);

test("--delay is how long it waits before the jobs start", () => {
  for (const [typed, delay] of [
    ["0s", 0n],
    ["1.5s", 1_500_000_000n],
  ] as const) {
    const machine = new Machine();
    expect(run([`--delay=${typed}`], machine)).toMatchObject({ code: ENDED, stdout: "told\n" });
    expect(machine.lines).toEqual([[delay, "told"]]);
  }
});
