// The server of HTTP/1.1, alone with a client whose words are written down: program/ is one image.

import { randomInt } from "node:crypto";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadImage } from "../support/in-process.ts";
import { type Outcome, Project, root } from "../support/project.ts";
import { answersIn } from "./answers.ts";
import { fileRequests } from "./file-requests.ts";
import { exchanges } from "./replies.ts";
import { type Row, requests } from "./requests.ts";
import { routed } from "./routed.ts";

/** Fixed by HTTP_SEED, to see a failure again. */
const seed = Number(process.env["HTTP_SEED"] ?? randomInt(2 ** 30));
/** A million by HTTP_FUZZ. */
const inputs = Number(process.env["HTTP_FUZZ"] ?? 20_000);

const project = new Project({}, join(root, "test/http/program"));
let run: (args: string[]) => Outcome;

beforeAll(async () => {
  await project.build();
  run = await loadImage(join(project.folder, "dist/http.wasm"));
});
afterAll(() => project.remove());

test.each(requests)("$title", (row) => check("answer", row));
test.each(routed)("a router: $title", (row) => check("routes", row));
test.each(fileRequests)("files: $title", (row) => check("files", row));

function check(what: string, { said, answers, kept, has = [], hasNot = [], silent }: Row): void {
  const { stdout, stderr, code } = run([what, String(seed), silent ? "silent" : "ends", Buffer.from(said, "latin1").toString("hex")]);
  expect({ stderr, code }, `seed ${seed}`).toEqual({ stderr: "", code: 0 });
  const methods = [...said.matchAll(/(?<![\w-])([\w-]+) \S+ HTTP\/1/g)].map(([, method]) => method as string);
  const ways = [...stdout.matchAll(/([\s\S]*?)#(closed|open)\n/g)];
  expect(ways.length).toBeGreaterThan(0);
  for (const [, text = "", end] of ways) {
    // Whether leave has to be given before the body has come is a matter of time.
    const found = answersIn(text, methods).filter(({ status }) => status !== 100 || answers.includes("100 "));
    const shown = found.map(({ status, body }, index) => (answers[index]?.endsWith("~") && body ? `${status} ~` : `${status} ${body}`));
    expect(shown, `seed ${seed}`).toEqual(answers);
    expect(end).toBe(kept ? "open" : "closed");
    const fields = [...(found.at(-1)?.fields ?? [])].map(([name, value]) => `${name}: ${value}`);
    for (const field of has) expect(fields).toContain(field);
    for (const name of hasNot) expect(fields.filter((field) => field.startsWith(`${name}:`))).toEqual([]);
  }
}

test.each(exchanges)("client: $title", ({ asks, redirects, replies, told, sent, silent }) => {
  const heard = replies.map((some) => Buffer.from(some.map((reply) => `\xff${reply}`).join(""), "latin1").toString("hex"));
  const { stdout, stderr, code } = run(["client", String(seed), silent ? "silent" : "ends", asks.join("; "), String(redirects), ...heard]);
  expect({ stderr, code }, `seed ${seed}`).toEqual({ stderr: "", code: 0 });
  const [found = "", ...connections] = stdout.replace(/\n$/, "").split("#");
  expect(
    found
      .trimEnd()
      .split("\n")
      .map((line) => line.trimEnd()),
    `seed ${seed}`,
  ).toEqual(told.map((line) => line.trimEnd()));
  if (!sent) return;
  expect(connections.map((one) => one.startsWith("kept"))).toEqual(sent.map(([kept]) => kept));
  for (const [index, [, ...requests]] of sent.entries()) {
    let rest = (connections[index] ?? "").replace(/^\w+ /, "");
    for (const request of requests) {
      expect(rest.slice(0, request.length)).toBe(request);
      // The next one begins with its method.
      rest = rest.slice(1 + rest.slice(1).search(/(GET|POST) \/|$/));
    }
    expect(rest.slice(1)).not.toMatch(/(GET|POST) \//);
  }
});

test("who has said nothing for longest makes room; at the end, what has begun has ten seconds", () => {
  // Of seven at most four: two are at work, and stay; of the others the newest. When it stops those that wait go, and at last all.
  const [open, ...answers] = run(["crowd", "0"]).stdout.trimEnd().split("\n");
  expect(open).toBe("++---++ ++----- ------- 0");
  expect(answers[0]).toMatch(/^HTTP\/1\.1 200 OK\|.*\|done$/);
  // The slower one was cut short, and answers what it can.
  expect(answers[1]).toMatch(/^(HTTP\/1\.1 200 OK\|.*\|done)?$/);
});

test("the files of a folder, in the order of their paths", () => {
  expect(run(["paths", "0"]).stdout).toBe("404.html\na.txt\ngröße & co.txt\nindex.html\nnested/deep/x.bin\nnested/index.html\n");
});

test("there are 150 requests and more", () => {
  expect(requests.length).toBeGreaterThan(150);
  expect(new Set(requests.map(({ title }) => title)).size).toBe(requests.length);
});

test(`${inputs} heads and bodies that are nearly right do no harm, seed ${seed}`, () => {
  expect(run(["fuzz", String(seed), String(inputs)])).toEqual({ code: 0, stdout: "right\n", stderr: "" });
});
