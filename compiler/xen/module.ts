// What the packager reads of a core module.

import { Malformed, Reader, Section, sectionOf } from "../build/binary.ts";

export const Kind = { func: 0, table: 1 } as const;

/** A function or table that a core module imports. */
export interface Import {
  module: string;
  name: string;
  kind: number;
  /** The kind, and what says its type, as they stand in the section. */
  description: Uint8Array;
}

/** The entries of a section; none when it is not there. `read` takes one. */
export function listOf<T>(module: Uint8Array, id: number, read: (reader: Reader, body: Uint8Array) => T): T[] {
  const body = sectionOf(module, id) ?? Uint8Array.of(0);
  const reader = new Reader(body);
  return reader.list(() => read(reader, body));
}

/** What a core module imports, in its order. */
export function importsOf(module: Uint8Array): Import[] {
  return listOf(module, Section.import, (reader, body) => {
    const [from, name, begin, kind] = [reader.name(), reader.name(), reader.at, reader.byte()];
    if (kind === Kind.func) reader.u32();
    else if (kind === Kind.table && reader.byte() > 0) readLimits(reader);
    else throw new Malformed(`it imports ${name}, which is no function`);
    return { module: from, name, kind, description: body.subarray(begin, reader.at) };
  });
}

/** What a core module exports, in its order. */
export function exportsOf(module: Uint8Array): { name: string; kind: number; index: number }[] {
  return listOf(module, Section.export, (reader) => ({ name: reader.name(), kind: reader.byte(), index: reader.u32() }));
}

/** Pages that its memory begins with. */
export function pagesOf(module: Uint8Array): number {
  return listOf(module, Section.memory, readLimits)[0] ?? 0;
}

/** Reads limits; returns the least. */
function readLimits(reader: Reader): number {
  const HAS_MAXIMUM = 1;
  const kind = reader.byte();
  const least = reader.u32();
  if (kind & HAS_MAXIMUM) reader.u32();
  return least;
}
