// Packet scripts: test/tcp/scripts/README.md says what stands in them. One run of scripts/program plays them all.

import { afterAll, beforeAll, expect, test } from "vitest";
import { Project } from "../support/project.ts";
import { files, inputOf, program, scripts } from "./scripts/files.ts";

const project = new Project({}, program);

/** Plays scripts, and returns what is said of each. */
async function play(scripts: [file: string, text: string][], engine = "wasmtime"): Promise<string[]> {
  const { code, stdout, stderr } = await project.mirage(["run", "-e", engine], inputOf(scripts));
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  // What is indented goes on with the line before.
  return stdout.trimEnd().split(/\n(?! )/);
}

let answers: string[] = [];

beforeAll(async () => {
  await project.build();
  answers = await play(scripts);
});
afterAll(() => project.remove());

test.each(files)("%s", (file) => {
  expect(answers[files.indexOf(file)]).toBe(`${file} right`);
});

test("the Node engine says the same of each script", async () => {
  expect(await play(scripts, "node")).toEqual(answers);
});

test("each script names the section that it is about", () => {
  expect(scripts.filter(([, text]) => !/^\/\/ .*RFC \d+/.test(text)).map(([file]) => file)).toEqual([]);
});

const OPENED = "0 open\n";
/** Scripts that are wrong, or want something else than the stack does, and what is said of them. */
const wrong: [text: string, said: string][] = [
  ["0 jump", '1: "jump": no such call, or there is no connection for it'],
  ["soon listen", "1: a line begins with a time: 0.5, +0.1, or +0.1~+0.5 for what the stack sends"],
  [`${OPENED}+1 wait\n0.5 wait`, "3: it is 1.000 already"],
  [`${OPENED}// nothing\n\n+0 jump`, '4: there is no call "jump"'],
  [`${OPENED}+0 < Q 1:1(0)`, '2: "Q" are no flags: they are of FSRP.UEW, or - for none'],
  [`${OPENED}+0 < . 1:11(5)`, "2: 1:11(5): from 1 to 11 there are not 5 bytes"],
  [`${OPENED}+0 < . 1:1(0) <mss>`, '2: "mss" is no option'],
  [`${OPENED}+0 > . 1:1(0) <mssx 5>`, '2: "mssx 5" can\'t be asked of the stack'],
  [`${OPENED}+0 < icmp nonsense of 5`, '2: ICMP has no "nonsense" here'],
  [`${OPENED}+0 state CLOSED`, "2: the state: ESTABLISHED, not CLOSED"],
  [`${OPENED}+0 < P. 1:11(10) ack 1 false\n+0.5 ignore\n+0 read 10`, "4: the byte with the number 1 is false"],
  [`${OPENED}+0 < P. 1:11(10) ack 1\n+0.5 ignore\n+0 read 5`, "4: read: 10, not 5"],
  [`${OPENED}+0 < R 5:5(0)\n+1 wait`, "3: before this, nothing was to be sent; at 0.000 came\n    > . 1:1(0) ack 1 win 65535"],
  [`${OPENED}+0 < R 5:5(0)`, "2: the end, nothing was to be sent; at 0.000 came\n    > . 1:1(0) ack 1 win 65535"],
  [`${OPENED}+0 < R 5:5(0)\n+0 > . 1:1(0) ack 2`, "3: at 0.000 came\n    > . 1:1(0) ack 1 win 65535\n  not\n    > . 1:1(0) ack 2 at +0"],
  [`${OPENED}+0 > . 1:1(0) ack 1`, "2: nothing came, but wanted was\n    > . 1:1(0) ack 1 at +0"],
  ["0 connect\n+0 > S 0:0(0)\n+2 > S 0:0(0)", "3: at 1.000 came\n    > S 0:0(0) win 65535 <mss 1460, wscale 2, sackOK, TS echo 0>\n  not from 2.000 to 2.000"],
];

test("what is wrong is told with its place", async () => {
  const said = await play(wrong.map(([text]): [string, string] => ["wrong.pkt", text]));
  expect(said).toEqual(wrong.map(([, answer]) => `wrong.pkt:${answer}`));
});
