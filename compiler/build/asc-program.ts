import { type Position, positionOf } from "../diagnostic.ts";

/** What AssemblyScript knows of a program, as far as it is used here. */
export interface Program {
  instancesByName: Map<string, Element>;
  diagnostics: unknown[];
}

interface Element {
  flags: number;
  /** Binaryen's function, once it is whole. */
  ref: number;
  signature?: object;
  declaration: { name: { range: { start: number; source: { normalizedPath: string; text: string } } } };
}

/** Of the compiler's CommonFlags: it has begun with this function. */
const COMPILED = 1 << 23;

/** Of each message in its order, from now on: the function of the user's that was being compiled. A library's is when it is called. */
export function noteFunctions(program: Program): (Position | undefined)[] {
  const { diagnostics } = program;
  const functions: (Position | undefined)[] = diagnostics.map(() => undefined);
  diagnostics.push = (...messages) => {
    for (const _ of messages) functions.push(inProgress(program));
    return Array.prototype.push.apply(diagnostics, messages);
  };
  return functions;
}

/** The function of the user's that is being compiled, the innermost where one calls another. */
export function inProgress(program: Program): Position | undefined {
  const functions = [...program.instancesByName.values()].filter(({ flags, ref, signature }) => signature && flags & COMPILED && !ref);
  const places = functions.map(({ declaration }) => declaration.name.range).filter(({ source }) => !/^(~lib|mirage)\//.test(source.normalizedPath));
  const place = places.at(-1);
  return place && positionOf(place.source.normalizedPath, place.source.text, place.start);
}
