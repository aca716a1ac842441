// What jobs and devices declare for themselves: types of their own, groups of devices, short forms, what is required.

import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadImage } from "../support/in-process.ts";
import { type Outcome, Project, root } from "../support/project.ts";

const project = new Project({}, join(root, "test/projects/own-arguments"));
let run: (args: string[]) => Outcome;
beforeAll(async () => {
  await project.build();
  run = await loadImage(join(project.folder, "dist/own-arguments.wasm"));
});
afterAll(() => project.remove());

test.each<[args: string[], first: string, second: string]>([
  [["--who=white"], "white 4,1 0", "5 10 15"],
  [["-w", "white", "--from=a8"], "white 0,7 0", "5 10 15"],
  [["--from", "h1", "-wblack"], "black 7,0 0", "5 10 15"],
  [["-w=w", "-f=c3", "--pieces=a1,b2", "--pieces=c3"], "w 2,2 3", "5 10 15"],
  [["-wx", "--eth1-metres=3"], "x 4,1 0", "5 3! 15"],
  [["-wx", "--metres=4", "--eth0-metres=5"], "x 4,1 0", "5! 10 4!"],
])("%j is told", (args, first, second) => {
  expect(run(args)).toEqual({ code: 0, stdout: `${first}\n${second}\n`, stderr: "" });
});

test.each<[args: string[], reason: string]>([
  [[], "option --who is required: text"],
  [["--from=a1"], "option --who is required: text"],
  [["-w"], "option --who needs a value: text"],
  [["-wx", "--from=e9"], "option --from: 'e9' is not valid, expected a square such as e4"],
  [["-wx", "--pieces=a1,,b2"], "option --pieces: 'a1,,b2' is not valid, expected a square such as e4, or several with commas between them"],
  [["-wx", "--eth2-metres=1"], "unknown option --eth2-metres"],
  [["-wx", "--eth0-metres=long"], "option --eth0-metres: 'long' is not valid, expected an integer, -2147483648 to 2147483647"],
])("%j is refused", (args, reason) => {
  expect(run(args)).toEqual({ code: 64, stdout: "", stderr: `own-arguments: ${reason}\nTry --help.\n` });
});

test("--help has them with their groups, and no --logs where nothing logs", () => {
  expect(run(["--help"])).toEqual({
    code: 63,
    stdout: `NAME
       own-arguments

SYNOPSIS
       own-arguments [OPTION]…

OPTIONS
       -w TEXT, --who=TEXT (required)
           Whose move it is.

       -f SQUARE, --from=SQUARE (absent=e2)
           Where a piece is.

       --pieces=SQUARE,…
           More of them.

       --metres=INTEGER (absent=15)
           How long the cable is.

OPTIONS OF eth0
       --eth0-metres=INTEGER (absent=5)
           How long the cable is.

OPTIONS OF eth1
       --eth1-metres=INTEGER (absent=10)
           How long the cable is.

COMMON OPTIONS
       --name=TEXT (absent=own-arguments)
           What the image calls itself.

       --delay=DURATION (absent=0s)
           How long to wait before the jobs start.

       --help
           Show this page and end.
`,
    stderr: "",
  });
});

test("describe and query have them with the places of their declarations", async () => {
  const { stdout } = await project.mirage(["query", "arguments"]);
  expect(
    stdout
      .replaceAll(/(command-line\.ts):\d+/g, "$1")
      .split("\n")
      .sort(),
  ).toEqual(
    [
      "",
      "-w, --who (string, required; tell.ts:31) Whose move it is.",
      "-f, --from=4 (SquareArgument; tell.ts:32) Where a piece is.",
      "--pieces=[] (list; tell.ts:33) More of them.",
      "--eth0-metres=5 (integer; cable.ts:12) How long the cable is.",
      "--eth1-metres=10 (integer; cable.ts:12) How long the cable is.",
      "--metres=15 (integer; cable.ts:12) How long the cable is.",
      "--delay=0 (duration; mirage-wasm/command-line.ts) How long to wait before the jobs start.",
      "--name=own-arguments (string; mirage-wasm/command-line.ts) What the image calls itself.",
    ].sort(),
  );
  expect((await project.mirage(["describe"])).stdout).toContain("Argument -w, --who (string, required; tell.ts:31) Whose move it is.\n");
});
