// What a domain's console is connected to: this process's standard input and output, by way of another process.

import type { ChildProcessByStdio } from "node:child_process";
import type { Readable, Writable } from "node:stream";

export interface Terminal {
  input: NodeJS.ReadableStream;
  output(chunk: Buffer): void;
}

/** Connects a process that has just begun; returns how to end it. Input waits until there is some output: before, nobody reads. */
export function connect(child: ChildProcessByStdio<Writable, Readable, Readable | null>, { input, output }: Terminal): () => void {
  child.stdin.on("error", () => {});
  child.stdout.once("data", () => feed(input, child.stdin));
  child.stdout.on("data", output);
  return () => input.unpipe(child.stdin);
}

/** A console has no end: Ctrl-D says it. */
function feed(input: NodeJS.ReadableStream, line: NodeJS.WritableStream): void {
  input.pipe(line, { end: false });
  input.once("end", () => line.write("\x04"));
}
