import { type Expression, NAME, nameIn } from "./expressions.ts";
import type { Frame } from "./stack-frames.ts";

export interface LiveSlots {
  /** The stores into the frame that a collection may see. */
  stores: Set<Expression>;
  /** The slots that one may see before anything is stored in them, a bit each. */
  unset: bigint;
}

/**
 * What a collection may see of a function's frame, when it is left as it is by the stores that are `needless`: a slot lives
 * from a store into it up to a call that `collects`. Goes backwards over the code.
 */
export function liveSlots(fn: Expression, frame: Frame, collects: (call: Expression) => boolean, needless: Set<Expression>): LiveSlots {
  const all = (1n << BigInt(frame.slots)) - 1n;
  const stores = new Set<Expression>();
  /** What lives where a branch to the label goes. */
  const labels = new Map<string, bigint>();
  const target = (label: string): bigint => labels.get(label) ?? 0n;

  /** What lives before all of these, of what lives after them. */
  const through = (expressions: Expression[], after: bigint): bigint => expressions.reduceRight((live, one) => before(one, live), after);

  const before = (expression: Expression, after: bigint): bigint => {
    const { kind, children, rest } = expression;
    switch (kind) {
      case "block":
        labels.set(nameIn(expression) ?? "", after);
        return through(children, after);
      case "loop": {
        const label = nameIn(expression) ?? "";
        for (let live = 0n; ; ) {
          labels.set(label, live);
          const now = through(children, after);
          if (now === live) return live;
          live = now;
        }
      }
      case "if": {
        const [condition, ...arms] = children as [Expression, ...Expression[]];
        const live = arms.reduce((sum, arm) => sum | through(arm.children, after), arms.length < 2 ? after : 0n);
        return before(condition, live);
      }
      case "br":
        return through(children, target(nameIn(expression) ?? ""));
      case "br_if":
        return through(children, after | target(nameIn(expression) ?? ""));
      case "br_table":
        return through(
          children,
          (rest.match(NAMES) ?? []).reduce((sum, label) => sum | target(label), 0n),
        );
      case "return":
      case "unreachable":
        return through(children, 0n);
      case "call":
      case "call_indirect":
        return through(children, collects(expression) ? all : after);
    }
    const slot = frame.stores.get(expression);
    if (slot !== undefined && !needless.has(expression)) {
      const bit = 1n << BigInt(slot);
      if (after & bit) stores.add(expression);
      return through(children, after & ~bit);
    }
    return through(children, after);
  };

  return { stores, unset: through(fn.children, 0n) };
}

const NAMES = new RegExp(NAME, "g");
