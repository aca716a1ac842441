// Reads a script of the specification's tests (*.wast): modules, and what their functions must answer.

/** A list in parentheses, or an atom as it stands in the text. */
type Expression = string | List;
interface List extends Array<Expression> {
  text: string;
  line: number;
}

export interface Constant {
  /** `i32.const`, `ref.null` and such. */
  kind: string;
  /** `1`, `-0x1p-3`, `nan:canonical`. */
  value: string | undefined;
}

export interface TestModule {
  text: string;
  /** The name that others import it by, else one of its own. */
  name: string;
}

export interface Command {
  line: number;
  module: TestModule;
  /** The export that is called or read, a byte a character; without one, the module is instantiated. */
  name?: string;
  isGlobal?: boolean;
  args: Constant[];
  results: Constant[];
  /** The message of the trap that must end it. */
  trap?: string;
}

/** For the validator and the linker, which are not the code's: nothing of them is run. */
const NOT_RUN = ["assert_invalid", "assert_malformed", "assert_unlinkable"];

/** Spellings of the published suite (of 2018) that the text format has since given up. */
const RENAMED: [RegExp, string][] = [
  [/\b(get|set|tee)_local\b/g, "local.$1"],
  [/\b(get|set)_global\b/g, "global.$1"],
  [/\bcurrent_memory\b/g, "memory.size"],
  [/\bgrow_memory\b/g, "memory.grow"],
  [/\banyfunc\b/g, "funcref"],
  [/\b([if]\d\d)\.(wrap|promote|demote|reinterpret)\/([if]\d\d)\b/g, "$1.$2_$3"],
  [/\b([if]\d\d)\.(trunc|extend|convert)_([su])\/([if]\d\d)\b/g, "$1.$2_$4_$3"],
  // The suite's host gives a print of every type, C a name of one.
  [/(\(func \$\w+ \(import "spectest" )"print"\)\)/g, '$1"print_nothing"))'],
];

/** The commands of a script whose text has a character for each byte. */
export function readScript(source: string): Command[] {
  const text = RENAMED.reduce((all, [from, to]) => all.replace(from, to), source);
  const named = new Map<string, TestModule>();
  const commands: Command[] = [];
  let last: TestModule | undefined;
  let modules = 0;

  const moduleOf = (name: Expression | undefined): TestModule => {
    const found = typeof name === "string" && name.startsWith("$") ? named.get(name) : last;
    if (!found) throw new Error(`There is no module ${name}.`);
    return found;
  };
  const addModule = (list: List): TestModule => {
    const [, name, kind] = list;
    const quoted = [name, kind].includes("quote");
    last = { text: quoted ? list.filter(isString).map(bytesOf).join(" ") : list.text, name: `m${modules++}` };
    if (typeof name === "string" && name.startsWith("$")) named.set(name, last);
    return last;
  };
  const action = (list: List, more: Partial<Command> = {}): void => {
    const line = list.line;
    if (list[0] === "module") commands.push({ line, module: addModule(list), args: [], results: [], ...more });
    else {
      const [name, ...args] = list.slice(String(list[1]).startsWith("$") ? 2 : 1);
      commands.push({ line, module: moduleOf(list[1]), name: bytesOf(name), isGlobal: list[0] === "get", args: args.map(constantOf), results: [], ...more });
    }
  };

  for (const list of listsOf(text)) {
    const [head, first, ...rest] = list;
    const inner = first as List;
    if (head === "module" || head === "invoke" || head === "get") action(list);
    else if (head === "register") moduleOf(rest[0]).name = bytesOf(first);
    else if (head === "assert_return") action(inner, { results: rest.map(constantOf) });
    else if (head === "assert_return_canonical_nan") action(inner, { results: [{ kind: "nan", value: "nan:canonical" }] });
    else if (head === "assert_return_arithmetic_nan") action(inner, { results: [{ kind: "nan", value: "nan:arithmetic" }] });
    else if (head === "assert_trap" || head === "assert_exhaustion") action(inner, { trap: bytesOf(rest[0]) });
    else if (!NOT_RUN.includes(String(head))) throw new Error(`line ${list.line}: ${head} is not known.`);
  }
  return commands;
}

function constantOf(expression: Expression): Constant {
  const [kind, value] = expression as List;
  return { kind: kind as string, value: value as string | undefined };
}

const ESCAPES: Record<string, string> = { n: "\n", t: "\t", r: "\r", '"': '"', "'": "'", "\\": "\\" };

function isString(expression: Expression | undefined): expression is string {
  return typeof expression === "string" && expression.startsWith('"');
}

/** What a string in quotes stands for, a character for each byte. */
function bytesOf(quoted: Expression | undefined): string {
  if (!isString(quoted)) throw new Error(`${quoted} is no string.`);
  return quoted.slice(1, -1).replaceAll(/\\(?:u\{([\da-f]+)\}|([\da-f]{2})|(.))/gi, (_, point, hex, letter) => {
    if (point) return Buffer.from(String.fromCodePoint(Number.parseInt(point, 16))).toString("latin1");
    return hex ? String.fromCharCode(Number.parseInt(hex, 16)) : (ESCAPES[letter] as string);
  });
}

const TOKEN = /;;.*|\(;|\(|\)|"(?:[^"\\]|\\.)*"|[^\s()";]+/g;

function* listsOf(text: string): Generator<List> {
  const open: { list: List; start: number }[] = [];
  let line = 1;
  let seen = 0;
  for (TOKEN.lastIndex = 0; ; ) {
    const match = TOKEN.exec(text);
    if (!match) return;
    const [token] = match;
    const start = match.index;
    for (; seen < start; seen++) if (text[seen] === "\n") line++;
    if (token.startsWith(";;")) continue;
    if (token === "(;") TOKEN.lastIndex = commentEnd(text, start);
    else if (token === "(") open.push({ list: Object.assign([] as Expression[], { text: "", line }), start });
    else if (token === ")") {
      const { list, start: from } = open.pop() as { list: List; start: number };
      list.text = text.slice(from, TOKEN.lastIndex);
      const outer = open.at(-1);
      if (outer) outer.list.push(list);
      else yield list;
    } else open.at(-1)?.list.push(token);
  }
}

/** Comments in blocks nest. */
function commentEnd(text: string, start: number): number {
  const mark = /\(;|;\)/g;
  mark.lastIndex = start;
  let depth = 0;
  do depth += (mark.exec(text) as RegExpExecArray)[0] === "(;" ? 1 : -1;
  while (depth > 0);
  return mark.lastIndex;
}
