import type { Place as MapPlace, SymbolScope } from "../symbols/symbols.ts";
import type { Call, Place, Scope } from "./locate.ts";

/** One more call than a caller that is known: of which function, and from where. */
interface Outer {
  parent: number;
  place: Place | undefined;
}

/**
 * The scopes of finished functions, each with its caller. Of what AssemblyScript has inlined it is known. Through which
 * calls Binaryen has inlined a function is concluded: only the finished function, and functions that are gone themselves,
 * can be between; where several can, it is the one that the code in front belongs to, since what is inlined stays in one
 * piece. What is not certain even then has no place.
 */
export class ScopeTree {
  readonly list: SymbolScope[] = [];
  readonly #origins: Scope[] = [];
  readonly #known = new Map<string, number>();
  readonly #callers = new Map<string, Call[]>();
  readonly #functions: Map<string, Scope>;
  readonly #finished: Set<string>;
  readonly #sources: string[];
  #owner: string;
  /** Of the code in front: its scope, and place. */
  #before: Outer | undefined;

  constructor(scopes: Scope[], calls: Call[], finished: string[], sources: string[]) {
    this.#functions = new Map(scopes.filter(({ caller }) => !caller).map((scope) => [scope.name, scope]));
    for (const call of calls) this.#callers.set(call.callee, [...(this.#callers.get(call.callee) ?? []), call]);
    this.#finished = new Set(finished);
    this.#sources = sources;
    this.#owner = finished[0] ?? "";
  }

  /** Code follows that is of the next finished function. */
  enter(name: string): void {
    this.#owner = name;
    this.#before = undefined;
  }

  /** The index of the scope of the next piece of code. */
  add(scope: Scope, place: Place): number {
    const index = this.#index(scope);
    this.#before = { parent: index, place };
    return index;
  }

  place({ file, line, column }: Place): MapPlace {
    const known = this.#sources.indexOf(file);
    return [known < 0 ? this.#sources.push(file) - 1 : known, line - 1, column - 1];
  }

  #index(scope: Scope): number {
    if (scope.caller) return this.#node(scope, { parent: this.#index(scope.caller), place: scope.place });
    if (scope.name === this.#owner) return this.#node(scope);
    for (const { parent } of this.#around()) if (this.#origins[parent] === scope) return parent;
    return this.#node(scope, this.#callOf(scope));
  }

  #node(scope: Scope, outer?: Outer): number {
    const place = outer?.place && this.place(outer.place);
    const key = `${scope.index} ${outer?.parent} ${place}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    this.#origins.push(scope);
    const made = this.list.push({ name: scope.caller ? "" : scope.name, ...(outer ? { caller: outer.parent } : {}), ...(place ? { place } : {}) }) - 1;
    this.#known.set(key, made);
    return made;
  }

  /** The scopes that the code in front is in, and where in each: innermost first. */
  *#around(): Generator<Outer> {
    for (let one = this.#before; one; ) {
      yield one;
      const { caller, place }: SymbolScope = this.list[one.parent] as SymbolScope;
      if (caller === undefined) return;
      const [source = 0, line = 0, column = 0] = place ?? [];
      one = { parent: caller, place: place && { file: this.#sources[source] ?? "", line: line + 1, column: column + 1 } };
    }
  }

  /** The call through which a function has come into this one. */
  #callOf(scope: Scope): Outer | undefined {
    const calls = (this.#callers.get(scope.name) ?? []).filter(({ caller }) => caller.name !== scope.name && this.#leadsHere(caller.name, new Set([scope.name])));
    const names = new Set(calls.map(({ caller }) => caller.name));
    const around = [...this.#around()].find(({ parent }) => names.has(this.#origins[parent]?.name ?? ""));
    const name = around ? this.#origins[around.parent]?.name : names.size === 1 ? [...names][0] : undefined;
    const possible = calls.filter(({ caller }) => caller.name === name);
    const call = possible.length === 1 ? possible[0] : around?.place && nextAfter(around.place, possible);
    if (call) return { parent: this.#index(call.caller), place: call.place };
    const caller = this.#functions.get(name ?? this.#owner);
    return caller && { parent: this.#index(caller), place: undefined };
  }

  #leadsHere(name: string, seen: Set<string>): boolean {
    if (name === this.#owner) return true;
    if (seen.has(name) || this.#finished.has(name)) return false;
    seen.add(name);
    return (this.#callers.get(name) ?? []).some(({ caller }) => this.#leadsHere(caller.name, seen));
  }
}

/** The first of the calls from a place on. */
function nextAfter({ file, line, column }: Place, calls: Call[]): Call | undefined {
  const order = (place: Place | undefined): number =>
    place && place.file === file && (place.line > line || (place.line === line && place.column >= column)) ? place.line * 2 ** 20 + place.column : Number.POSITIVE_INFINITY;
  const [first] = calls.toSorted((a, b) => order(a.place) - order(b.place));
  return order(first?.place) < Number.POSITIVE_INFINITY ? first : undefined;
}
