// Where code comes from, through the optimiser. Binaryen keeps a place in a source, and one name with it, for each
// expression, also for those that it inlines; but it forgets through which calls. So each place is given the number of its
// scope, from which the calls can be told afterwards.

/** Line and column count from 1. */
export interface Place {
  file: string;
  line: number;
  column: number;
}

/** A function, or what AssemblyScript has inlined into one. */
export interface Scope {
  /** Among the scopes. */
  index: number;
  /** Of the function. */
  name: string;
  /** That its own places are in. */
  file?: string;
  /** Of what is inlined: where it was called, and the place of the call, if it is known. */
  caller?: Scope;
  place?: Place;
}

/** A direct call in the text. */
export interface Call {
  caller: Scope;
  callee: string;
  place?: Place;
}

export interface Located {
  /** The module, its places named by the indices of their scopes, and its calls of `link.site` answered. */
  text: string;
  scopes: Scope[];
  calls: Call[];
  /** The calls of `link.site`, number 1 first: where the user's code has called what has called it. */
  sites: (Place | undefined)[];
}

const NAME = String.raw`\$(?:"(?:[^"\\]|\\.)*"|[^\s()]+)`;
const PLACE = /^ *;;@(?: (.*):(\d+):(\d+))?$/;
const FUNCTION = new RegExp(`^ \\(func (${NAME})`);
const CALL = new RegExp(`^ *\\(call (${NAME})`);
const SITE = new RegExp(`\\(import "link" "site" \\(func (${NAME})`);

/** Reads the text of a module as Binaryen prints it: one expression a line, nesting by indentation, places before lines. */
export function locate(text: string): Located {
  const scopes: Scope[] = [];
  const calls: Call[] = [];
  const sites: Located["sites"] = [];
  const inlined = new Map<string, Scope>();
  const site = SITE.exec(text)?.[1];
  /** The expressions that are open, by indentation. */
  const open: { indent: number; scope: Scope; place: Place | undefined }[] = [];
  let next: Place | undefined;

  const scopeAt = (place: Place, scope: Scope, call: Place | undefined): Scope => {
    scope.file ??= place.file;
    // Arguments of what is inlined are the caller's.
    for (let one: Scope | undefined = scope; one; one = one.caller) if (one.file === place.file) return one;
    const key = `${scope.index} ${place.file} ${call?.line}:${call?.column}`;
    const known = inlined.get(key);
    if (known) return known;
    const made: Scope = { index: scopes.length, name: scope.name, file: place.file, caller: scope, ...(call ? { place: call } : {}) };
    inlined.set(key, made);
    scopes.push(made);
    return made;
  };

  const lines = text.split("\n").flatMap((line) => {
    const [isPlace, file, row, column] = PLACE.exec(line) ?? [];
    if (isPlace) {
      // Code without a place is the compiler's, and belongs to what is around it.
      next = file === undefined ? undefined : { file, line: Number(row), column: Number(column) + 1 };
      return [];
    }
    const [, declared] = FUNCTION.exec(line) ?? [];
    if (declared) {
      const scope: Scope = { index: scopes.length, name: nameOf(declared) };
      scopes.push(scope);
      open.splice(0, open.length, { indent: 1, scope, place: undefined });
      next = undefined;
      return [line];
    }
    const indent = line.search(/\S/);
    while (open.length > 0 && (open.at(-1)?.indent ?? 0) >= indent) open.pop();
    const around = open.at(-1);
    if (!around) return [line];
    const place = next ?? around.place;
    const scope = next ? scopeAt(next, around.scope, around.place) : around.scope;
    const note = next ? [`${" ".repeat(indent)};;@ ${next.file}:${next.line}:${next.column - 1}:${scope.index}`] : [];
    next = undefined;
    open.push({ indent, scope, place });
    const [, callee] = CALL.exec(line) ?? [];
    if (callee === undefined) return [...note, line];
    calls.push({ caller: scope, callee: nameOf(callee), ...(place ? { place } : {}) });
    if (callee !== site) return [...note, line];
    sites.push(callOfUser(scope, place));
    return [...note, line.replace(`(call ${site})`, `(i32.const ${sites.length})`)];
  });
  return { text: lines.join("\n"), scopes, calls, sites };
}

/** The nearest place around that is not in a library. */
function callOfUser(scope: Scope, place: Place | undefined): Place | undefined {
  let nearest = place;
  for (let one: Scope | undefined = scope; one && nearest?.file.startsWith("~lib/"); one = one.caller) nearest = one.place;
  return nearest ?? place;
}

/** Without the signs of the text format. */
export function nameOf(identifier: string): string {
  const quoted = /^\$"(.*)"$/.exec(identifier)?.[1];
  return quoted === undefined
    ? identifier.slice(1)
    : quoted.replaceAll(/\\([0-9a-f]{2}|.)/g, (_, escaped: string) => (escaped.length === 2 ? String.fromCharCode(Number.parseInt(escaped, 16)) : escaped));
}
