import { type Expression, NAME, nameIn } from "./expressions.ts";
import { heldValues } from "./held-values.ts";
import type { Frame } from "./stack-frames.ts";

/**
 * Stores of what a function was given and its callers hold on the stack while it runs: each call of the function is in the text, and
 * has the argument in a slot, or passes on what is held for the caller itself.
 */
export function heldByCallers(top: Expression[], frames: Map<Expression, Frame>): Set<Expression> {
  const known = new Map([...frames].map(([one, frame]) => [nameIn(one) as string, heldValues(one, frame)]));
  /** Of functions that are called from elsewhere too. */
  const open = new Set(top.flatMap((one) => (one.kind === "func" ? [] : [...one.rest.matchAll(NAMES)].map(([name]) => name))));
  const key = (name: string, place: number): string => `${place} ${name}`;
  const loose = new Set<string>();
  /** The parameters that are passed on, and as what. */
  const passed = new Map<string, string[]>();
  for (const [caller, { calls }] of known) {
    for (const { callee, held } of calls) {
      for (const [place, how] of held.entries()) {
        if (how === false) loose.add(key(callee, place));
        else if (how !== true) {
          const from = key(caller, how.parameter);
          passed.set(from, [...(passed.get(from) ?? []), key(callee, place)]);
          if (open.has(caller)) loose.add(from);
        }
      }
    }
  }
  // A set goes on over what is added meanwhile.
  for (const one of loose) for (const next of passed.get(one) ?? []) loose.add(next);
  return new Set(
    [...known].flatMap(([name, { ofParameters }]) => (open.has(name) ? [] : [...ofParameters].flatMap(([store, place]) => (loose.has(key(name, place)) ? [] : [store])))),
  );
}

const NAMES = new RegExp(NAME, "g");
