import { decode, type SourceMapSegment } from "@jridgewell/sourcemap-codec";
import type { Place, Symbols } from "./symbols.ts";
import { type Crash, XenCalls } from "./xen-calls.ts";

/** A call in progress, in the words of the source. Lines and columns count from 1; no place: it is not known. */
export interface Frame {
  function: string;
  file?: string;
  line?: number;
  column?: number;
}

/** Tells code's offsets and the numbers of sites as places in sources. */
export class Resolver {
  readonly #symbols: Symbols;
  readonly #xen: XenCalls;
  #segments?: SourceMapSegment[];

  /** `debug`: mir-NAME.debug, which is read for what happens on Xen. */
  constructor(symbols: Symbols, debug: string) {
    this.#symbols = symbols;
    this.#xen = new XenCalls(debug);
  }

  get sha256(): string {
    return this.#symbols.sha256;
  }

  /** The frames of an offset in the image, innermost first. None when it is not in a function of the image's own. */
  inImage(offset: number): Frame[] {
    return this.inModule(offset - this.#symbols.module);
  }

  /** The frames of an offset in the image's core module. `index` is the function's, if it is known: one of another is none. */
  inModule(offset: number, index?: number): Frame[] {
    const { functions, imports } = this.#symbols;
    const found = functions.findIndex(([, start, end]) => offset >= start && offset < end);
    const owner = functions[found];
    if (!owner || (index !== undefined && index !== imports + found)) return [];
    const [name, start] = owner;
    const [, source, line, column, scope] = this.#segmentAt(start, offset) ?? [];
    const place: Place | undefined = source === undefined || line === undefined || column === undefined ? undefined : [source, line, column];
    return this.#frames(scope, name, place).filter(isShown);
  }

  /** The frames of a domain. */
  inDomain(crash: Crash): Frame[] {
    const first = this.#symbols.functions[0]?.[1] ?? 0;
    return this.#xen.offsets(crash).flatMap((offset) => this.inModule(first + offset));
  }

  /** The place of a number of `link.site`. */
  site(number: number): Frame | undefined {
    const place = this.#symbols.sites[number - 1];
    return place ? this.#frame("", place) : undefined;
  }

  /** The last segment up to `offset` that has a place, but not one in front of its function. */
  #segmentAt(start: number, offset: number): SourceMapSegment | undefined {
    this.#segments ??= decode(this.#symbols.map.mappings).flat();
    const upTo = this.#segments.findLastIndex(([at]) => at <= offset);
    for (let index = upTo; index >= 0; index--) {
      const segment = this.#segments[index] as SourceMapSegment;
      if (segment[0] < start) return undefined;
      if (segment.length > 1) return segment;
    }
    return undefined;
  }

  #frames(scope: number | undefined, name: string, place: Place | undefined): Frame[] {
    const frames: Frame[] = [];
    let at = place;
    let one = scope === undefined ? undefined : this.#symbols.scopes[scope];
    if (!one) return [this.#frame(name, at)];
    for (; one; one = one.caller === undefined ? undefined : this.#symbols.scopes[one.caller]) {
      frames.push(this.#frame(one.name, at));
      at = one.place;
    }
    return frames;
  }

  #frame(name: string, place: Place | undefined): Frame {
    if (!place) return { function: readable(name) };
    const [source, line, column] = place;
    return { function: readable(name), file: this.#symbols.map.sources[source] ?? "unknown", line: line + 1, column: column + 1 };
  }
}

/** Code that was generated, and AssemblyScript's own ways between two functions, say nothing to a reader. */
function isShown(frame: Frame): boolean {
  return !frame.file?.startsWith("mirage/") && !frame.function.startsWith("mirage/") && !/@(?:varargs|override)$/.test(frame.function);
}

/** `job/Job<~lib/mirage-wasm/drivers/console/StandardConsole>#start` is Job#start. */
function readable(name: string): string {
  let plain = name;
  for (let before = ""; before !== plain; ) {
    before = plain;
    plain = plain.replaceAll(/<[^<>]*>/g, "");
  }
  if (plain.startsWith("start:") || plain === "~start") return "top level";
  if (plain.startsWith("mirage/")) return plain;
  return plain.replace(/^.*\//, "").replace(/~anonymous/, "(anonymous)") || "inlined";
}
