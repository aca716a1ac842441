import { type Expression, nameIn, within } from "./expressions.ts";

/** Where AssemblyScript's stack of objects ends: it grows down. */
const POINTER = "$~lib/memory/__stack_pointer";
/** Asks whether it has overflowed. */
const CHECK = "$~stack_check";
/** Bytes of a slot: a pointer. */
export const SLOT = 4;

/** What a function does with its frame on that stack, in the forms that AssemblyScript's ShadowStackPass writes. */
export interface Frame {
  slots: number;
  /** Makes room, checks that there is some, and gives it back. */
  moves: Expression[];
  /** Fills slots with zeros, before anything else. */
  zeros: Expression[];
  /** Stores a pointer in a slot. */
  stores: Map<Expression, number>;
  /** Whether the function uses the pointer for more than one frame. */
  seesStack: boolean;
}

export function frameOf(fn: Expression): Frame {
  const frame: Frame = { slots: 0, moves: [], zeros: [], stores: new Map(), seesStack: false };
  let uses = 0;
  let frames = 0;
  for (const expression of within(fn)) {
    const { kind, rest, children } = expression;
    const [first, second] = children;
    if (usesPointer(expression)) uses++;
    if (isCheck(expression)) frame.moves.push(expression);
    else if (usesPointer(expression) && (first?.kind === "i32.sub" || first?.kind === "i32.add") && usesPointer(first.children[0])) {
      frame.moves.push(expression);
      if (first.kind === "i32.sub") {
        frames++;
        frame.slots = constant(first.children[1]) / SLOT;
      }
      uses -= 2;
    } else if (usesPointer(first) && (kind === "memory.fill" || kind === "i64.store" || kind === "i32.store")) {
      if (constant(second) === 0) frame.zeros.push(expression);
      else frame.stores.set(expression, Number(/offset=(\d+)/.exec(rest)?.[1] ?? 0) / SLOT);
      uses--;
    }
  }
  frame.seesStack = (uses > 0 || frames > 1) && nameIn(fn) !== CHECK;
  return frame;
}

export function isCheck(expression: Expression): boolean {
  return expression.kind === "call" && nameIn(expression) === CHECK;
}

function usesPointer(expression: Expression | undefined): boolean {
  return expression?.kind.startsWith("global.") === true && nameIn(expression) === POINTER;
}

function constant(expression: Expression | undefined): number {
  return expression?.kind.endsWith(".const") ? Number.parseInt(expression.rest, 10) : Number.NaN;
}
