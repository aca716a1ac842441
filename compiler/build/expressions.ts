// The text of a module as Binaryen prints it, as trees: one expression a line, nesting by indentation, places before lines.

/** A name in the text format, with its sign. */
export const NAME = String.raw`\$(?:"(?:[^"\\]|\\.)*"|[^\s()]+)`;

export interface Expression {
  /** An instruction, or what a module is made of: `i32.store`, `func`. */
  kind: string;
  /** What follows it on its line: names, numbers, types. */
  rest: string;
  children: Expression[];
  /** Its lines: that of its place in a source, or else its first one, and its last one. */
  from: number;
  to: number;
  /** The one that names it. */
  line: number;
}

const EXPRESSION = /^( *)\(([^\s()]+) ?(.*)/;

/** The top level of a module: imports, functions, exports. */
export function parseExpressions(lines: string[]): Expression[] {
  const top: Expression[] = [];
  /** The expressions that are open, by indentation. */
  const open: Expression[] = [];
  let place: number | undefined;
  for (const [line, text] of lines.entries()) {
    const [, { length: indent } = "", kind = "", rest = ""] = EXPRESSION.exec(text) ?? [];
    if (kind) {
      const expression: Expression = { kind, rest, children: [], from: place ?? line, to: line, line };
      if (indent === 1) top.push(expression);
      else open[indent - 1]?.children.push(expression);
      open.length = indent;
      open[indent] = expression;
    } else if (text.trim() === ")") {
      const closed = open[text.length - 1];
      if (closed) closed.to = line;
    }
    place = text.trimStart().startsWith(";;@") ? (place ?? line) : undefined;
  }
  return top;
}

/** An expression and all within it. */
export function* within(expression: Expression): Generator<Expression> {
  yield expression;
  for (const child of expression.children) yield* within(child);
}

/** The first name on an expression's line: of what is called, declared, branched to. */
export function nameIn({ rest }: Expression): string | undefined {
  return FIRST_NAME.exec(rest)?.[0];
}

const FIRST_NAME = new RegExp(NAME);
