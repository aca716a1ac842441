import { type Expression, parseExpressions } from "./expressions.ts";
import { heldByCallers } from "./held-parameters.ts";
import { type LiveSlots, liveSlots } from "./live-slots.ts";
import { type Frame, frameOf, SLOT } from "./stack-frames.ts";
import { readsStack } from "./stack-readers.ts";

/**
 * AssemblyScript keeps each pointer to an object that a function holds on a stack in memory too, where the collector finds
 * it. Takes out of a module's text what need not be there: stores of what callers hold; stores that are overwritten, or whose
 * frame is left, before a call that may come to who reads the stack; slots without stores; frames without slots. `entered` as
 * in `readsStack`.
 */
export function elideFrames(text: string, entered: string[]): string {
  const lines = text.split("\n");
  const top = parseExpressions(lines);
  const functions = top.filter(({ kind }) => kind === "func");
  const frames = new Map(functions.map((one) => [one, frameOf(one)]));
  const reads = readsStack(top, frames, entered);
  const needless = heldByCallers(top, frames);
  for (const [one, frame] of frames) if (frame.slots > 0 && !frame.seesStack) rewrite(lines, frame, liveSlots(one, frame, reads, needless));
  return lines.filter((line) => line !== "").join("\n");
}

function rewrite(lines: string[], frame: Frame, live: LiveSlots): void {
  const kept = new Set([...live.stores].map((store) => frame.stores.get(store) as number));
  const isUnset = (slot: number): boolean => (live.unset & (1n << BigInt(slot))) !== 0n;
  // Those to be filled with zeros come first.
  const order = [...kept].sort((a, b) => Number(isUnset(b)) - Number(isUnset(a)) || a - b);
  const offsets = new Map(order.map((slot, index) => [slot, index * SLOT]));

  for (const [store, slot] of frame.stores) {
    const [pointer] = store.children as [Expression];
    if (live.stores.has(store)) lines[store.line] = `(i32.store offset=${offsets.get(slot)}`;
    else {
      lines[store.line] = "(drop";
      remove(lines, pointer);
    }
  }
  for (const zero of frame.zeros) remove(lines, zero);
  for (const move of frame.moves) {
    const [sum] = move.children;
    if (kept.size === 0) remove(lines, move);
    else if (sum) lines[(sum.children[1] as Expression).line] = `(i32.const ${kept.size * SLOT})`;
    else lines[move.line] += `\n${zeroing(order.filter(isUnset).length)}`;
  }
}

/** Zeros in the first `slots` of a frame. */
function zeroing(slots: number): string {
  const pointer = "(global.get $~lib/memory/__stack_pointer)";
  if (slots > 4) return `(memory.fill ${pointer} (i32.const 0) (i32.const ${slots * SLOT}))`;
  const pairs = Array.from({ length: slots >> 1 }, (_, pair) => `(i64.store offset=${pair * 2 * SLOT} ${pointer} (i64.const 0))`);
  return [...pairs, ...(slots & 1 ? [`(i32.store offset=${(slots - 1) * SLOT} ${pointer} (i32.const 0))`] : [])].join("\n");
}

function remove(lines: string[], { from, to }: Expression): void {
  lines.fill("", from, to + 1);
}
