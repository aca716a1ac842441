import { type Expression, NAME, nameIn, within } from "./expressions.ts";
import { type Frame, isCheck } from "./stack-frames.ts";

/** Stands for every function of the table. */
const INDIRECT = "*";
/** Stands for what the host calls while it is called. */
const HOST = "host";

/**
 * Whether a call may come to who reads the stack of objects: the collector, or the switch between threads, which puts a
 * thread's part of it aside, for the collector to read there. `entered`: the exports that the host may call before a call of it returns.
 */
export function readsStack(top: Expression[], frames: Map<Expression, Frame>, entered: string[]): (call: Expression) => boolean {
  const callers = new Map<string, string[]>();
  const readers = new Set<string>();
  const note = (caller: string, callee: string): void => void callers.set(callee, [...(callers.get(callee) ?? []), caller]);
  for (const one of top) {
    const name = nameIn(one) ?? "";
    if (one.kind === "func") {
      if (frames.get(one)?.seesStack) readers.add(name);
      for (const inner of within(one)) if (inner.kind.startsWith("call") && !isCheck(inner)) note(name, calleeOf(inner));
    } else if (one.kind === "import") {
      // What Asyncify is called for is to switch.
      if (one.rest.startsWith('"asyncify"')) readers.add(name);
      else note(name, HOST);
    } else if (one.kind === "export") {
      if (entered.some((exported) => one.rest.startsWith(`"${exported}"`))) note(HOST, name);
    } else if (one.kind === "elem") {
      for (const [target] of one.rest.matchAll(NAMES)) note(INDIRECT, target);
    }
  }
  // A set goes on over what is added meanwhile.
  for (const callee of readers) for (const caller of callers.get(callee) ?? []) readers.add(caller);
  return (call) => readers.has(calleeOf(call));
}

function calleeOf(call: Expression): string {
  return call.kind === "call" ? (nameIn(call) as string) : INDIRECT;
}

const NAMES = new RegExp(NAME, "g");
