import { concat, HEADER, leb, Reader, Section, sectionOf, sectionsOf, signedLeb, withSections } from "./binary.ts";

const I32_CONST = 0x41;
const END = 0x0b;

export interface Segment {
  /** First address, and the first behind. */
  start: number;
  end: number;
  /** The bytes that it writes. */
  data: Uint8Array;
}

/**
 * A module without its static data, which can be megabytes, and that data: the linker and the optimiser need nothing of it.
 * Code stays where it is, since source maps count the bytes in front of it.
 */
export function takeData(wasm: Uint8Array): { wasm: Uint8Array; segments: Segment[] } {
  const rest = [...sectionsOf(wasm)].map(({ id, body, bytes }) => {
    if (id === Section.data) return Uint8Array.of(Section.data, 1, 0);
    if (id !== Section.dataCount) return bytes;
    // None, in as many bytes.
    const none = body.map((_, index) => (index < body.length - 1 ? 0x80 : 0));
    return concat([bytes.subarray(0, bytes.length - body.length), none]);
  });
  return { wasm: concat([wasm.subarray(0, HEADER), ...rest]), segments: segmentsOf(wasm) };
}

/**
 * Gives a module its static data, without what no code refers to any more: texts of aborts that cannot happen, names of
 * classes that are not used. AssemblyScript writes one segment for each object; a number of the code (`text` is the module
 * in text form) that lies inside a segment, or one in the data of a kept segment, counts as an address of it. What is left
 * is packed. `blockSizes`: whether the image's allocator reads the sizes of blocks.
 */
export function addUsedData(wasm: Uint8Array, segments: Segment[], text: string, blockSizes: boolean): Uint8Array {
  const kept = used(segments, text);
  // Without a memory nothing can be read of it.
  if (kept.length === 0 || !sectionOf(wasm, Section.memory)) return wasm;
  const packed = pack(kept.map((one) => withoutBlockSize(one, blockSizes)));
  const data = { id: Section.data, body: concat([Uint8Array.from(leb(packed.length)), ...packed]) };
  return withSections(
    wasm,
    [...sectionsOf(wasm)].flatMap((one) => (one.id === Section.code ? [one, data] : [one])),
  );
}

/** The segments that numbers of the code, or of one another, lie in. */
function used(segments: Segment[], text: string): Segment[] {
  const kept = new Set<Segment>();
  const found = numbersIn(text);
  const lowest = segments.reduce((least, { start }) => Math.min(least, start), Number.POSITIVE_INFINITY);
  const highest = segments.reduce((most, { end }) => Math.max(most, end), 0);
  // A set goes on over what is added meanwhile.
  for (const number of found) {
    for (const segment of segments) {
      if (kept.has(segment) || number < segment.start || number >= segment.end) continue;
      kept.add(segment);
      const words = new DataView(segment.data.buffer, segment.data.byteOffset, segment.data.byteLength);
      for (let at = 0; at + 4 <= words.byteLength; at += 4) {
        const word = words.getUint32(at, true);
        if (word >= lowest && word < highest) found.add(word);
      }
    }
  }
  return [...kept].sort((a, b) => a.start - b.start);
}

/** Fewer zeros than this between two bytes take less room than the head of another segment. */
const HEAD = 8;

/** The same bytes in memory by segments without long runs of zeros. */
function pack(segments: Segment[]): Uint8Array[] {
  const runs: { start: number; end: number; parts: Uint8Array[] }[] = [];
  for (const { start, data } of segments) {
    for (const [from, to] of stretches(data)) {
      const bytes = data.subarray(from, to);
      const last = runs.at(-1);
      const gap = last ? start + from - last.end : HEAD;
      if (last && gap < HEAD) {
        last.parts.push(new Uint8Array(gap), bytes);
        last.end = start + to;
      } else runs.push({ start: start + from, end: start + to, parts: [bytes] });
    }
  }
  return runs.map(({ start, end, parts }) => concat([Uint8Array.of(0, I32_CONST, ...signedLeb(start), END, ...leb(end - start)), ...parts]));
}

/** What lies between runs of HEAD zeros or more: offset of the first byte, and of the first behind. */
function* stretches(data: Uint8Array): Generator<[from: number, to: number]> {
  let from = 0;
  let to = 0;
  for (let at = 0; at < data.length; at++) {
    if (data[at] === 0) continue;
    if (to === 0 || at - to >= HEAD) {
      if (to > 0) yield [from, to];
      from = at;
    }
    to = at + 1;
  }
  if (to > 0) yield [from, to];
}

/** The class of texts, which never grow. */
const STRING = 2;

/**
 * The header of a static object begins with a block size as on the heap. Only the collector's allocator reads it, to grow
 * an object in place; as zeros it takes no bytes.
 */
function withoutBlockSize(segment: Segment, onlyTexts: boolean): Segment {
  const { data } = segment;
  const words = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const isObject = data.length >= 20 && words.getUint32(0, true) === data.length - 4 && words.getUint32(4, true) === 0 && words.getUint32(8, true) === 0;
  return isObject && (!onlyTexts || words.getUint32(12, true) === STRING) ? { ...segment, data: data.slice().fill(0, 0, 4) } : segment;
}

/** The lowest address that the module's data writes to; `undefined` when it has none. */
export function lowestData(wasm: Uint8Array): number | undefined {
  const starts = segmentsOf(wasm).map(({ start }) => start);
  return starts.length > 0 ? Math.min(...starts) : undefined;
}

/** Active segments of memory 0 with a constant offset: the only kind that asc, clang and Binaryen write here. */
function segmentsOf(wasm: Uint8Array): Segment[] {
  const body = sectionOf(wasm, Section.data);
  if (!body) return [];
  const reader = new Reader(body);
  return reader.list(() => {
    if (reader.byte() !== 0 || reader.byte() !== I32_CONST) throw new Error("data segment without a constant address");
    const start = reader.i32();
    if (reader.byte() !== END) throw new Error("data segment without a constant address");
    const data = reader.take(reader.u32()).slice();
    return { start, end: start + data.length, data };
  });
}

/** A module's text without places in sources. */
export function withoutPlaces(text: string): string {
  return text.replaceAll(/^ *;;@.*$/gm, "");
}

/** Every number that could be an address: constants, and offsets of loads and stores. */
function numbersIn(text: string): Set<number> {
  const numbers = new Set<number>();
  for (const [, value] of withoutPlaces(text).matchAll(/(?:i32\.const |offset=)(-?\d+)/g)) numbers.add(Number(value) >>> 0);
  return numbers;
}
