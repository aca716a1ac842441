/** Where config.ts called: a frame of its stack, in places of the source. */
export interface Site {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

let configFile = "";

/** From now on, calls are looked for in this file. */
export function watchCallsOf(file: string): void {
  configFile = file;
}

/** Where config.ts called the function that calls this one. */
export function callSite(): { site?: Site } {
  const site = siteIn(new Error().stack ?? "");
  return site ? { site } : {};
}

/** The first place in config.ts, or in what it imports, that a stack names. */
export function siteIn(stack: string): Site | undefined {
  for (const [, file, line, column] of stack.matchAll(/\(?(?:file:\/\/)?(\/[^\n():]+|[A-Za-z]:[^\n():]+):(\d+):(\d+)\)?$/gm)) {
    if (file === configFile) return { file, line: Number(line), column: Number(column) };
  }
  return undefined;
}
