import { type Binaryen, keepApart, type Module } from "./binaryen.ts";
import { withoutPlaces } from "./data.ts";

/** More allocations than this in one run of the image are worth a collector. */
const MAX_ALLOCATIONS = 256;

/** Calls out of one function. An indirect call is a call of every function in the table. */
interface Calls {
  /** Callee and how often the call stands in the text. */
  once: Map<string, number>;
  /** Callees of calls inside a loop. */
  inLoop: Set<string>;
}

const INDIRECT = "*";

/** Part of the name of what runs once, before the jobs, and allocates no more than the command line is long. */
const RUNS_ONCE = "/readCommandLine";

/** Keeps what runs once a function of its own, so that it is still found when the rest is simplified. */
export function keepOnceApart(binaryen: Binaryen, module: Module): void {
  keepApart(binaryen, module, [`*${RUNS_ONCE}*`]);
}

/**
 * Whether an image that starts at `root` may call `target` without a bound: in a loop, in a recursion, or more than
 * MAX_ALLOCATIONS times. Such an image needs a collector; another runs on an allocator that never frees.
 */
export function callsWithoutBound(module: Module, root: string, target: string): boolean {
  const graph = callGraph(withoutPlaces(module.emitText()));
  for (const name of graph.keys()) if (name.includes(RUNS_ONCE)) graph.set(name, { once: new Map(), inLoop: new Set() });
  const reaching = callersOf(graph, `$${target}`);
  const counts = new Map<string, number>();
  const open = new Set<string>();

  // How often one call of `name` calls the target; Infinity without a bound.
  const count = (name: string): number => {
    if (name === `$${target}`) return 1;
    if (!reaching.has(name)) return 0;
    const known = counts.get(name);
    if (known !== undefined) return known;
    if (open.has(name)) return Number.POSITIVE_INFINITY;
    open.add(name);
    const calls = graph.get(name) as Calls;
    let sum = 0;
    for (const [callee, times] of calls.once) sum += times * count(callee) || 0;
    for (const callee of calls.inLoop) if (callee === `$${target}` || reaching.has(callee)) sum = Number.POSITIVE_INFINITY;
    open.delete(name);
    counts.set(name, sum);
    return sum;
  };
  return count(`$${root}`) > MAX_ALLOCATIONS;
}

function callersOf(graph: Map<string, Calls>, target: string): Set<string> {
  const callers = new Map<string, string[]>();
  for (const [name, { once, inLoop }] of graph) {
    for (const callee of [...once.keys(), ...inLoop]) {
      const list = callers.get(callee) ?? [];
      list.push(name);
      callers.set(callee, list);
    }
  }
  const found = new Set<string>();
  const queue = [target];
  for (const name of queue) {
    for (const caller of callers.get(name) ?? []) {
      if (found.has(caller)) continue;
      found.add(caller);
      queue.push(caller);
    }
  }
  return found;
}

/** Reads the calls out of the text format: nesting of parentheses tells what stands in a loop. */
function callGraph(text: string): Map<string, Calls> {
  const graph = new Map<string, Calls>([[INDIRECT, { once: new Map(), inLoop: new Set() }]]);
  const token = /"(?:[^"\\]|\\.)*"|\((func|loop|call_indirect|call|elem)?(?: (\$(?:"(?:[^"\\]|\\.)*"|[^\s()]+)))?|\)/g;
  let calls: Calls | undefined;
  let functionDepth = 0;
  let depth = 0;
  const loops: number[] = [];
  for (const [all, kind, name] of text.matchAll(token)) {
    if (all.startsWith('"')) continue;
    if (all === ")") {
      if (loops.at(-1) === depth) loops.pop();
      if (depth === functionDepth) calls = undefined;
      depth--;
      continue;
    }
    depth++;
    if (kind === "func" && depth === 2 && name) {
      functionDepth = depth;
      calls = { once: new Map(), inLoop: new Set() };
      graph.set(name, calls);
    } else if (kind === "loop") {
      loops.push(depth);
    } else if (calls && (kind === "call" || kind === "call_indirect")) {
      const callee = kind === "call" ? (name as string) : INDIRECT;
      calls.once.set(callee, (calls.once.get(callee) ?? 0) + 1);
      if (loops.length > 0) calls.inLoop.add(callee);
    }
  }
  for (const [, names] of text.matchAll(/^ \(elem [^\n]*?((?: \$[^\s()]+)+)\)$/gm)) {
    for (const name of (names as string).trim().split(" ")) graph.get(INDIRECT)?.once.set(name, 1);
  }
  return graph;
}
