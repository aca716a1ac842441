// How often the host is asked about what threads wait for (docs/threads.md), by a host that counts.

import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadImage, Machine, type Poll } from "../support/in-process.ts";
import { type Outcome, Project, root } from "../support/project.ts";

const MICROSECOND = 1_000n;
const MILLISECOND = 1_000_000n;
const HOT = 32;
const WAITERS = 100;
/** As under wasmtime. */
const PER_POLLABLE = 3n * MICROSECOND;
/** In which the image makes 64 switches. */
const PER_LOOK = 20n * MICROSECOND;

const project = new Project({}, join(root, "test/threads/polls"));
let run: (args: string[], machine: Machine) => Outcome;
beforeAll(async () => {
  await project.build();
  run = await loadImage(join(project.folder, "dist/polls.wasm"));
});
afterAll(() => project.remove());

/** Runs it to its end, and returns whose turn it was, in their order. */
function play(machine: Machine, how: "busy" | "idle" | "asleep", rounds = 1): number[] {
  const { code, stdout, stderr } = run([String(machine.inputs.length), String(rounds), how], machine);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout.trimEnd().split("\n").map(Number);
}

const every = (moment: (index: number) => bigint): bigint[][] => Array.from({ length: WAITERS }, (_, index) => [moment(index)]);
const isFull = ({ inputs }: Poll): boolean => inputs.length > HOT;
const costOf = (polls: Poll[]): number => polls.reduce((sum, { inputs }) => sum + inputs.length * Number(PER_POLLABLE), 0);
const spent = (polls: Poll[]): number => polls.reduce((sum, { from, until }) => sum + Number(until - from), 0);

test("a thousand sleepers ask nothing while they sleep", () => {
  const machine = new Machine(
    0n,
    PER_POLLABLE,
    Array.from({ length: 1000 }, () => []),
  );
  expect(play(machine, "asleep")).toEqual(Array.from({ length: 1000 }, (_, index) => index));
  expect(machine.polls).toMatchObject([{ from: 0n, until: 1000n * MILLISECOND, inputs: [] }]);
});

test("when nothing can run, the host is asked about all, and whoever is ready at once runs in the order of the waiting", () => {
  const machine = new Machine(
    PER_LOOK,
    PER_POLLABLE,
    every(() => 50n * MILLISECOND),
  );
  expect(play(machine, "idle")).toEqual(Array.from({ length: WAITERS }, (_, index) => index));
  expect(machine.polls.filter(isFull).map(({ ready }) => ready.length)).toContain(WAITERS);
});

test("those that waited last are asked about by themselves first", () => {
  // The last thread's pollable is ready again and again; the others' when it is done.
  const rounds = 200;
  const moments = every(() => 5_000n * MILLISECOND);
  moments[WAITERS - 1] = Array.from({ length: rounds }, () => 0n);
  const machine = new Machine(
    PER_LOOK,
    PER_POLLABLE,
    moments.map((one) => (one.length < rounds ? Array.from({ length: rounds }, () => one[0] as bigint) : one)),
  );
  const turns = play(machine, "idle", rounds);
  expect(turns.slice(0, rounds)).toEqual(Array.from({ length: rounds }, () => WAITERS - 1));
  const those = machine.polls.filter(({ ready }) => ready.length === 1 && ready[0] === WAITERS - 1);
  expect(those.length).toBe(rounds);
  expect(costOf(those.filter(isFull))).toBeLessThan(costOf(those) / 5);
});

test("while only they come, with pauses, the others have a part of the time; then all are waited for", () => {
  const rounds = 500;
  const end = 600n * MILLISECOND;
  const moments = every(() => end);
  moments[WAITERS - 1] = Array.from({ length: rounds }, (_, index) => BigInt(index) * MILLISECOND);
  const machine = new Machine(
    PER_LOOK,
    PER_POLLABLE,
    moments.map((one) => (one.length < rounds ? Array.from({ length: rounds }, () => end) : one)),
  );
  play(machine, "idle", rounds);
  const busy = machine.polls.filter(({ until }) => until < 500n * MILLISECOND);
  expect(costOf(busy.filter(isFull))).toBeLessThan(Number(500n * MILLISECOND) / 10);
  expect(machine.polls.filter(({ from, until }) => from > 500n * MILLISECOND && until < end).length).toBeLessThan(5);
});

test("a poll that took long for once does not keep the others waiting for long", () => {
  const end = 3_000n * MILLISECOND;
  const rounds = 600;
  const moments = every(() => end);
  moments[0] = [800n * MILLISECOND];
  moments[WAITERS - 1] = Array.from({ length: rounds }, (_, index) => BigInt(index) * 2n * MILLISECOND);
  const machine = new Machine(
    PER_LOOK,
    PER_POLLABLE,
    moments.map((one) => [...one, ...Array.from({ length: rounds - one.length }, () => end)]),
  );
  let stalls = 1;
  machine.stall = (pollables) => (pollables > WAITERS && machine.now > 10n * MILLISECOND && stalls-- > 0 ? 500n * MILLISECOND : 0n);
  play(machine, "idle", rounds);
  expect(stalls).toBeLessThanOrEqual(0);
  const [told] = machine.lines.find(([, line]) => line === "0") as [bigint, string];
  expect(told / MILLISECOND).toBeLessThan(950n);
});

test.each([3, 30])("while threads can run, with %i µs a pollable, the hot are asked about within 10 ms, and all for a twentieth of the time", (each) => {
  const end = 600n * MILLISECOND;
  const machine = new Machine(
    PER_LOOK,
    BigInt(each) * MICROSECOND,
    every((index) => (index < WAITERS / 2 ? BigInt(index) * 10n * MILLISECOND : end)),
  );
  expect(play(machine, "busy").sort((a, b) => a - b)).toEqual(Array.from({ length: WAITERS }, (_, index) => index));
  const polls = machine.polls.filter(({ until }) => until < end);
  const pauses = polls.slice(1).map(({ from }, index) => Number(from - (polls[index] as Poll).until));
  expect(Math.max(...pauses)).toBeLessThanOrEqual(Number(10n * MILLISECOND + 2n * PER_LOOK));
  const full = polls.filter(isFull);
  expect(full.length).toBeGreaterThan(5);
  // The share of the time up to each of them, but for itself.
  for (const [index, { from }] of full.entries()) expect(spent(full.slice(0, index)) / Number(from)).toBeLessThanOrEqual(1 / 20);
});
