import { type Diagnostic, diagnostic, positionOf } from "../diagnostic.ts";

/** What AssemblyScript has made of a program when it stops, as far as it is used here. */
export interface Program {
  instancesByName: Map<string, Element>;
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

/**
 * Calls `main` of AssemblyScript's compiler and returns its error. When that compiler fails itself, it prints a stack and ends
 * the process: here it is an error as any other.
 */
export async function withoutExit(main: () => Promise<{ error: Error | null }>): Promise<Error | null> {
  const { exit, stderr } = process;
  const { write } = stderr;
  let said = "";
  stderr.write = (text: string | Uint8Array) => {
    said += text;
    return true;
  };
  process.exit = () => {
    throw new Error("no cause is known");
  };
  try {
    return (await main()).error;
  } catch (thrown) {
    return new Error(/\w*Error: .*/.exec(said)?.[0] ?? (thrown as Error).message);
  } finally {
    stderr.write = write;
    process.exit = exit;
  }
}

/** The compiler's own failure, at the function of the user's that it was about. */
export function crashDiagnostic({ message }: Error, program: Program | undefined): Diagnostic {
  const functions = [...(program?.instancesByName.values() ?? [])].filter(({ flags, ref, signature }) => signature && flags & COMPILED && !ref);
  const places = functions.map(({ declaration }) => declaration.name.range).filter(({ source }) => !/^(~lib|mirage)\//.test(source.normalizedPath));
  const place = places.at(-1);
  return diagnostic("MW411", [message], place && positionOf(place.source.normalizedPath, place.source.text, place.start));
}
