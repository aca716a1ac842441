// When the tutorial's examples say what, on a machine whose clock only moves when an image waits. What they say on every engine is
// in test/conformance.

import { join } from "node:path";
import { expect, test } from "vitest";
import { loadImage, Machine } from "./support/in-process.ts";
import { Project, root } from "./support/project.ts";

const MILLISECOND = 1_000_000n;

interface Story {
  /** Milliseconds, and the line printed then. */
  lines: [moment: number, line: string][];
  /** Milliseconds from the start to the end. */
  end: number;
}

/** Runs an example; `edit` changes its config.ts. */
async function play(name: string, machine = new Machine(), edit = (config: string): string => config): Promise<Story> {
  const project = new Project({}, join(root, "examples", name));
  try {
    project.write("config.ts", edit(project.read("config.ts")));
    await project.build();
    const run = await loadImage(join(project.folder, `dist/${name}.wasm`));
    const milliseconds = (moment: bigint): number => Number(moment / MILLISECOND);
    const story = (): Story => ({ lines: machine.lines.map(([moment, line]) => [milliseconds(moment), line]), end: milliseconds(machine.now) });
    if (machine.end === undefined) expect(run([], machine)).toMatchObject({ code: 0, stderr: "" });
    else expect(() => run([], machine)).toThrow("off");
    return story();
  } finally {
    project.remove();
  }
}

const seconds = (...lines: string[]): [number, string][] => lines.map((line, index) => [index * 1000, line]);

test.each<[name: string, story: Story]>([
  ["hello", { lines: seconds("hello", "hello", "hello", "hello"), end: 4000 }],
  ["hello-key", { lines: seconds("Hello World!", "Hello World!", "Hello World!", "Hello World!"), end: 4000 }],
  [
    "heads1",
    {
      lines: [
        [1000, "Heads"],
        [2000, "Tails"],
        [2000, "Finished"],
      ],
      end: 2000,
    },
  ],
  [
    "heads2",
    {
      lines: [
        [1000, "Heads"],
        [2000, "Tails"],
        [2000, "Finished"],
      ],
      end: 2000,
    },
  ],
])("%s", async (name, story) => {
  expect(await play(name)).toEqual(story);
});

/** The first number below 3000 that these seeds draw. */
const tosses: [seed: number, duration: number][] = [
  [1, 1699],
  [6, 2219],
];
test.each(["timeout1", "timeout2"].flatMap((name) => tosses.map(([seed, duration]): [string, number, number] => [name, seed, duration])))(
  "%s with seed %i",
  async (name, seed, duration) => {
    const end = Math.min(duration, 2000);
    const line = duration < 2000 ? 'Returned "Heads"' : "Cancelled";
    expect(await play(name, new Machine(), (config) => config.replace("seededRandom(1)", `seededRandom(${seed})`))).toEqual({ lines: [[end, line]], end });
  },
);

test("echo_server prints ten lines of up to 19 letters at random times", async () => {
  const { lines } = await play("echo_server");
  expect(lines).toHaveLength(10);
  for (const [index, [moment, line]] of lines.entries()) {
    expect(line).toMatch(/^a{0,19}$/);
    expect(moment - (lines[index - 1]?.[0] ?? 0)).toBeLessThan(2500);
  }
  expect(new Set(lines.map(([, line]) => line)).size).toBeGreaterThan(5);
});

test("clock beeps every second, and never ends", async () => {
  const { lines } = await play("clock", new Machine(0n, 0n, [], 1_000_000n * MILLISECOND));
  expect(lines).toHaveLength(2 * 1000);
  expect(lines.slice(-2)).toEqual([
    [999_000, "999000000000 nanoseconds have elapsed."],
    [999_000, "At the stroke, the time will be 1970-01-01T00:16:39Z *BEEP*"],
  ]);
});
