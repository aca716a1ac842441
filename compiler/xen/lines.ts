// Marks the C of a module with the code that each of its statements stands for, as numbers of lines: so the compiler's
// debugging information says of an address which instruction of the module it is, through all that is inlined.

/** What can call or trap, by what it looks like in wasm-objdump's text and in wasm2c's C. The two have them in one order. */
const KINDS: { wasm: RegExp; c: RegExp }[] = [
  { wasm: /^call_indirect/, c: /\bCALL_INDIRECT\(/ },
  { wasm: /^call\b/, c: /\bw2c_\w+\(instance\b/ },
  { wasm: /\.(?:load|store)/, c: /_(?:load|store)\w*\(&instance\b/ },
  { wasm: /^memory\.(?:grow|copy|fill)/, c: /\b(?:wasm_rt_grow_memory|memory_copy|memory_fill)\w*\(/ },
  { wasm: /^unreachable/, c: /\bUNREACHABLE;/ },
  { wasm: /^i\d\d\.(?:div|rem)_/, c: /\b(?:I\d\d_)?(?:DIV|REM)_[SU]\(/ },
  { wasm: /^i\d\d\.trunc_f/, c: /\bI\d\d_TRUNC_[SU]_F/ },
];

/** The file that numbers of lines are in, where the module is an image's: they count bytes of code from the first function on, which is 1. */
export const CODE = "image.wasm";

/** `c` is of wasm2c, `disassembly` of wasm-objdump -d. A function in which the two do not fit only has its beginning. */
export function withLines(c: string, disassembly: string, file: string): string {
  const functions = functionsIn(disassembly);
  const first = functions[0]?.start ?? 0;
  const lines = c.split("\n");
  const at = new Map<number, number>();
  bodiesIn(lines).forEach(([from, to], index) => {
    const { start, code } = functions[index] ?? { start: 0, code: [] };
    const statements = lines.slice(from, to).flatMap((line, offset) => {
      const kind = KINDS.findIndex((one) => one.c.test(line));
      return kind < 0 || offset === 0 ? [] : [{ kind, line: from + offset }];
    });
    at.set(from, start - first + 1);
    if (statements.map(({ kind }) => kind).join() !== code.map(({ kind }) => kind).join()) return;
    statements.forEach(({ line }, nth) => {
      at.set(line, (code[nth]?.offset ?? start) - first + 1);
    });
  });
  return lines.flatMap((line, index) => (at.has(index) ? [`#line ${at.get(index)} "${file}"`, line] : [line])).join("\n");
}

function functionsIn(disassembly: string): { start: number; code: { kind: number; offset: number }[] }[] {
  const functions: ReturnType<typeof functionsIn> = [];
  for (const line of disassembly.split("\n")) {
    const [, start] = /^([0-9a-f]+) func\[\d+\]/.exec(line) ?? [];
    if (start) functions.push({ start: Number.parseInt(start, 16), code: [] });
    const [, offset, operation] = /^ ([0-9a-f]+): [0-9a-f ]+\|\s+(\S.*)$/.exec(line) ?? [];
    const kind = operation === undefined ? -1 : KINDS.findIndex((one) => one.wasm.test(operation));
    if (offset && kind >= 0) functions.at(-1)?.code.push({ kind, offset: Number.parseInt(offset, 16) });
  }
  return functions;
}

/** First and last lines of the definitions of the module's functions. */
function bodiesIn(lines: string[]): [from: number, to: number][] {
  const bodies: [number, number][] = [];
  let from = -1;
  lines.forEach((line, index) => {
    if (/^(?:static )?\w+(?: \w+)* w2c_\w+\(w2c_\w+\* ?instance\b.*\{$/.test(line)) from = index;
    if (line !== "}" || from < 0) return;
    if (lines.slice(from, index).includes("  FUNC_PROLOGUE;")) bodies.push([from, index]);
    from = -1;
  });
  return bodies;
}
