import type { Frame, Resolver } from "./resolve.ts";

/** What is known of one line of a log. */
export interface Resolved {
  /** From 1 on. */
  line: number;
  /** Calls in progress, innermost first. */
  frames?: Frame[];
  /** Where a blocked thread waits. */
  site?: Frame;
}

/** The lines of traces, as engines print them. wasmtime counts from the image's start, Node from the core module's. */
const WASMTIME = /^\s*\d+:\s+0x([0-9a-f]+) - \S.*!/;
const NODE = /wasm-function\[(\d+)\]:0x([0-9a-f]+)/;
const SITE = /^ {2}thread \d+ \(.*\) waits at site (\d+)$/;
const DIGEST = /^mirage: sha256 ([0-9a-f]{64})$/;

/** Of a domain: pairs of a place on the stack and what is there, some lines of them, and last where it was. */
const STACK = /^mirage: stack ((?:[0-9a-f]+:[0-9a-f]+ ?)+)$/;
const AT = /^mirage: at ([0-9a-f]+)$/;

/** Looks a line of a log up; nothing for one that is not of a trace. `stack` is what lines before have said of it. */
function resolveLine(line: string, stack: Map<number, number>, resolver: () => Resolver): Omit<Resolved, "line"> | undefined {
  const [, pairs] = STACK.exec(line) ?? [];
  // 0:0 fills a line up.
  for (const [, at, value] of pairs?.matchAll(/(\S+):(?!0\b)(\S+)/g) ?? []) stack.set(Number.parseInt(at as string, 16), Number.parseInt(value as string, 16));
  const [, rip] = AT.exec(line) ?? [];
  if (rip !== undefined) {
    const frames = resolver().inDomain({ rip: Number.parseInt(rip, 16), stack: new Map(stack) });
    stack.clear();
    return { frames };
  }
  const [, inImage] = WASMTIME.exec(line) ?? [];
  if (inImage !== undefined) return { frames: resolver().inImage(Number.parseInt(inImage, 16)) };
  const [, index, inModule] = NODE.exec(line) ?? [];
  if (index !== undefined && inModule !== undefined) return { frames: resolver().inModule(Number.parseInt(inModule, 16), Number(index)) };
  const [, number] = SITE.exec(line) ?? [];
  const site = number === undefined ? undefined : resolver().site(Number(number));
  return site ? { site } : undefined;
}

export function placeOf({ file, line, column }: Frame): string {
  return file === undefined ? "" : `${file}:${line}:${column}`;
}

/** Passes a log on with what its traces mean: what is known of a line stands behind it, or in lines of its own below. */
export class LogResolver {
  readonly #resolver: () => Resolver;
  readonly found: Resolved[] = [];
  /** Of the image, where the log says it. */
  sha256: string | undefined;
  #lines = 0;
  readonly #stack = new Map<number, number>();
  /** Of the line that has not ended yet; it is passed on at once, since it may be a prompt. */
  #line = "";

  /** The resolver is asked for when there is something to resolve. */
  constructor(resolver: () => Resolver) {
    this.#resolver = resolver;
  }

  /** What to print for the next piece of the log. In Latin-1, bytes stay what they are. */
  push(text: string): string {
    return text
      .split(/(?<=\n)/)
      .map((part) => {
        this.#line += part;
        if (!part.endsWith("\n")) return part;
        const line = this.#line.replace(/\r?\n$/, "");
        this.#line = "";
        const end = /\r?\n$/.exec(part)?.[0] ?? "";
        return `${part.slice(0, part.length - end.length)}${this.#added(line, end)}`;
      })
      .join("");
  }

  #added(line: string, end: string): string {
    this.#lines++;
    this.sha256 ??= DIGEST.exec(line)?.[1];
    const resolved = resolveLine(line, this.#stack, this.#resolver);
    if (!resolved) return end;
    this.found.push({ line: this.#lines, ...resolved });
    const { frames, site } = resolved;
    if (site) return `: ${bytesOf(placeOf(site))}${end}`;
    const indent = " ".repeat(line.search(/\S|$/) + 4);
    return end + (frames ?? []).map((frame) => `${indent}${bytesOf(textOf(frame))}${end}`).join("");
  }
}

/** UTF-8 in Latin-1. */
function bytesOf(text: string): string {
  return Buffer.from(text).toString("latin1");
}

/** `at NAME (FILE:LINE:COLUMN)` */
export function textOf(frame: Frame): string {
  return `at ${frame.function}${frame.file === undefined ? "" : ` (${placeOf(frame)})`}`;
}
