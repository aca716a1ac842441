import { type Expression, NAME, nameIn, within } from "./expressions.ts";
import type { Frame } from "./stack-frames.ts";

/** What one run of a function puts into a local or a slot: equal numbers are equal values. Those of the parameters are their places. */
type Value = number;

interface State {
  locals: Map<string, Value>;
  slots: Map<number, Value>;
}

/** What is known of a function from its own code. */
export interface HeldValues {
  /** The stores into its frame of a parameter's value, with the parameter's place. */
  ofParameters: Map<Expression, number>;
  /** Its calls, and for each argument whether a slot has it for as long as the call lasts: if not, it may be a parameter's value. */
  calls: { callee: string; held: (boolean | { parameter: number })[] }[];
}

/** Follows values forward through the code of a function with so many parameters. */
export function heldValues(fn: Expression, frame: Frame): HeldValues {
  const parameters = [...fn.rest.matchAll(PARAMETER)].map(([, name]) => name as string);
  const ofParameters: HeldValues["ofParameters"] = new Map();
  const calls: HeldValues["calls"] = [];
  /** The states in which a block is left by branches to its label. */
  const left = new Map<string, State[]>();
  let values = parameters.length;
  /** Undefined behind a jump. */
  let state: State | undefined = { locals: new Map(parameters.map((name, place) => [name, place])), slots: new Map() };

  const leave = (label: string | undefined): void => {
    if (state) left.get(label ?? "")?.push(copy(state));
  };
  const all = (expressions: Expression[]): Value | undefined => expressions.map(run).at(-1);

  const run = (expression: Expression): Value | undefined => {
    const { kind, children, rest } = expression;
    const name = nameIn(expression);
    switch (kind) {
      case "local.get": {
        const value = state?.locals.get(name as string) ?? values++;
        state?.locals.set(name as string, value);
        return value;
      }
      case "local.set":
      case "local.tee": {
        const value = all(children) ?? values++;
        state?.locals.set(name as string, value);
        return value;
      }
      case "block": {
        const states: State[] = [];
        if (name) left.set(name, states);
        const value = all(children);
        if (states.length === 0) return value;
        state = join([...(state ? [state] : []), ...states]);
        return undefined;
      }
      case "loop":
        for (const inner of within(expression)) {
          if (inner.kind === "local.set" || inner.kind === "local.tee") state?.locals.delete(nameIn(inner) as string);
          const slot = frame.stores.get(inner);
          if (slot !== undefined) state?.slots.delete(slot);
        }
        return all(children);
      case "if": {
        const [condition, ...arms] = children as [Expression, ...Expression[]];
        run(condition);
        const before: State | undefined = state;
        const after = [...arms, ...(arms.length < 2 ? [undefined] : [])].flatMap((arm) => {
          state = before && copy(before);
          all(arm?.children ?? []);
          return state ? [state] : [];
        });
        state = after.length > 0 ? join(after) : undefined;
        return undefined;
      }
      case "br":
      case "return":
      case "unreachable":
        all(children);
        leave(name);
        state = undefined;
        return undefined;
      case "br_if":
        all(children);
        leave(name);
        return undefined;
      case "br_table":
        all(children);
        for (const label of rest.match(NAMES) ?? []) leave(label);
        state = undefined;
        return undefined;
      case "call": {
        const taken = children.map((argument) => (argument.kind === "i32.const" ? true : run(argument)));
        const slots = new Set(state?.slots.values());
        const held = taken.map((value) => value === true || !state || (value !== undefined && (slots.has(value) || (value < parameters.length && { parameter: value }))));
        calls.push({ callee: name as string, held });
        return undefined;
      }
    }
    const value = all(children);
    const slot = frame.stores.get(expression);
    if (slot === undefined) return undefined;
    state?.slots.set(slot, value ?? values++);
    if (value !== undefined && value < parameters.length) ofParameters.set(expression, value);
    return undefined;
  };

  all(fn.children);
  return { ofParameters, calls };
}

const PARAMETER = /\(param (\$\S+) /g;
const NAMES = new RegExp(NAME, "g");

function copy({ locals, slots }: State): State {
  return { locals: new Map(locals), slots: new Map(slots) };
}

/** What is so in all of them. */
function join(states: [State, ...State[]] | State[]): State {
  const [first, ...others] = states as [State, ...State[]];
  const same = <K>(map: Map<K, Value>, other: Map<K, Value>): Map<K, Value> => new Map([...map].filter(([key, value]) => other.get(key) === value));
  return others.reduce((joined, { locals, slots }) => ({ locals: same(joined.locals, locals), slots: same(joined.slots, slots) }), first);
}
