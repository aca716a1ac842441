import { type Diagnostic, diagnostic } from "../diagnostic.ts";
import { inProgress, type Program } from "./asc-program.ts";

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
  return diagnostic("MW411", [message], program && inProgress(program));
}
