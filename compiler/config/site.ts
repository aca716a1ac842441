/** Where config.ts, or what it imports, called: a frame of its stack, in places of the source. */
export interface Site {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

let configFiles: string[] = [];

/** From now on, calls are looked for in these files. */
export function watchCallsOf(files: string[]): void {
  configFiles = files;
}

/** Where config.ts called the function that calls this one. */
export function callSite(): { site?: Site } {
  const site = siteIn(new Error().stack ?? "");
  return site ? { site } : {};
}

/** The first place in these files that a stack names. */
export function siteIn(stack: string): Site | undefined {
  for (const [, file, line, column] of stack.matchAll(/\(?(?:file:\/\/)?(\/[^\n():]+|[A-Za-z]:[^\n():]+):(\d+):(\d+)\)?$/gm)) {
    if (file && configFiles.includes(file)) return { file, line: Number(line), column: Number(column) };
  }
  return undefined;
}
