import { Failure, fail } from "../diagnostic.ts";

/** What a parser makes of a file of the user's. Where the parser itself fails, since it calls itself for all that is nested, that file is named. */
export function inFile<T>(file: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof Failure) throw error;
    return fail("MW217", [file, (error as Error).message], { file, line: 1, column: 1 });
  }
}
