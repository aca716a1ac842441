// The binary format as far as the linker, the stripper and the packager need it (WebAssembly core specification, section 5).

import { fail } from "../diagnostic.ts";

export const Section = { custom: 0, type: 1, import: 2, function: 3, table: 4, memory: 5, export: 7, element: 9, code: 10, data: 11, dataCount: 12 } as const;
/** Of components, which count anew (component model, Binary.md). */
export const ComponentSection = { custom: 0, coreModule: 1, coreInstance: 2, coreType: 3, component: 4, instance: 5, alias: 6, type: 7, canon: 8, import: 10, export: 11 } as const;

export interface BinarySection {
  id: number;
  body: Uint8Array;
}

/** The bytes are not what the format has in that place. */
export class Malformed extends Error {}

/** What `read` finds in a file's bytes. Throws a Failure that names the file where it finds them Malformed. */
export function ofFile<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Malformed) fail("MW601", [file, error.message]);
    throw error;
  }
}

/** Reads bytes from front to back. Throws Malformed where they are not what is asked for. */
export class Reader {
  /** The offset of the next byte. */
  at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  get left(): number {
    return this.bytes.length - this.at;
  }

  byte(): number {
    return this.take(1)[0] as number;
  }

  take(count: number): Uint8Array {
    if (count > this.left) throw new Malformed("it ends too early");
    this.at += count;
    return this.bytes.subarray(this.at - count, this.at);
  }

  /** An unsigned LEB128 number of up to 32 bits. */
  u32(): number {
    const value = this.leb();
    if (value >= 2 ** 32) throw new Malformed("a number in it is too large");
    return value;
  }

  /** The bits of a signed LEB128 number of up to 32 bits. */
  i32(): number {
    const before = this.at;
    const value = this.leb();
    const bits = 7 * (this.at - before);
    // The last byte's highest bit is the sign.
    return (value >= 2 ** (bits - 1) ? value - 2 ** bits : value) >>> 0;
  }

  name(): string {
    return Buffer.from(this.take(this.u32())).toString();
  }

  /** A count, and as many as it says. */
  list<T>(read: () => T): T[] {
    const count = this.u32();
    // Each takes a byte at least: a count is not believed before.
    if (count > this.left) throw new Malformed("it ends too early");
    return Array.from({ length: count }, read);
  }

  private leb(): number {
    const LONGEST = 5;
    let value = 0;
    for (let index = 0; index < LONGEST; index++) {
      const byte = this.byte();
      value += (byte & 0x7f) * 2 ** (7 * index);
      if (byte < 0x80) return value;
    }
    throw new Malformed("a number in it is too long");
  }
}

/** Bytes in front of the first section. */
export const HEADER = 8;
const COMPONENT = Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00, 0x01, 0x00);

/** Whether the bytes are a component: the last two of the header are the layer. */
export function isComponent(wasm: Uint8Array): boolean {
  return COMPONENT.every((byte, index) => wasm[index] === byte);
}

/** The sections of a module or component, in their order; `bytes` is all of one, with what stands before its body. */
export function* sectionsOf(wasm: Uint8Array): Generator<BinarySection & { bytes: Uint8Array }> {
  const reader = new Reader(wasm);
  reader.take(HEADER);
  while (reader.left > 0) {
    const start = reader.at;
    yield { id: reader.byte(), body: reader.take(reader.u32()), bytes: wasm.subarray(start, reader.at) };
  }
}

/** What stands in a module's section, if it is there. */
export function sectionOf(module: Uint8Array, wanted: number): Uint8Array | undefined {
  return [...sectionsOf(module)].find(({ id }) => id === wanted)?.body;
}

/** The bytes with every section replaced by what `change` returns, or left out for `undefined`. */
export function mapSections(wasm: Uint8Array, change: (section: BinarySection) => Uint8Array | undefined): Uint8Array {
  return withSections(
    wasm,
    [...sectionsOf(wasm)].flatMap((section) => {
      const body = change(section);
      return body ? [{ id: section.id, body }] : [];
    }),
  );
}

/** The bytes with these sections in place of its own. */
export function withSections(wasm: Uint8Array, sections: BinarySection[]): Uint8Array {
  return concat([wasm.subarray(0, HEADER), ...sections.flatMap(({ id, body }) => [Uint8Array.of(id, ...leb(body.length)), body])]);
}

export function concat(parts: Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

/** A signed LEB128 number of 32 bits. */
export function signedLeb(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value | 0; ; ) {
    const low = rest & 0x7f;
    rest >>= 7;
    const isLast = rest === (low & 0x40 ? -1 : 0);
    bytes.push(isLast ? low : low | 0x80);
    if (isLast) return bytes;
  }
}

export function leb(value: number): number[] {
  const bytes: number[] = [];
  do {
    const low = value & 0x7f;
    value >>>= 7;
    bytes.push(value ? low | 0x80 : low);
  } while (value);
  return bytes;
}
