// Who an ELF for Xen is: lines `KEY VALUE` in an ELF note of owner "mirage", type 1.

export interface Note {
  /** File name of the image. */
  image: string;
  /** Of NAME.wasm. */
  sha256: string;
  /** Its size. */
  bytes: number;
  /** Of mirage-wasm. */
  version: string;
  /** What the C compiler, the linker and wasm2c call themselves. */
  compiler: string;
  linker: string;
  translator: string;
  /** WASI interfaces that the image calls, separated by blanks: all that it can reach. */
  interfaces: string;
}

const keys = ["image", "sha256", "bytes", "version", "compiler", "linker", "translator", "interfaces"] as const satisfies (keyof Note)[];

/** As the note has it, to a whole number of words. */
const OWNER = "mirage\0\0";
const PT_LOAD = 1;
const PT_NOTE = 4;

export function noteText(note: Note): string {
  return keys.map((key) => `${key} ${note[key]}\n`).join("");
}

/** The note of an ELF, or undefined when the bytes are no whole ELF of ours. */
export function readNote(elf: Uint8Array): Note | undefined {
  const HEADER = 12;
  for (const { type, bytes } of segmentsOf(elf)) {
    if (type !== PT_NOTE) continue;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at + HEADER <= bytes.length; ) {
      const name = at + HEADER;
      const text = name + align(view.getUint32(at, true));
      const end = text + view.getUint32(at + 4, true);
      if (end > bytes.length) return undefined;
      if (textOf(bytes.subarray(name, text)) === OWNER) return parse(textOf(bytes.subarray(text, end)));
      at = align(end);
    }
  }
  return undefined;
}

/** The parts of an ELF that are loaded. */
export function loadedSegments(elf: Uint8Array): ReturnType<typeof segmentsOf> {
  return segmentsOf(elf).filter(({ type }) => type === PT_LOAD);
}

/** Bytes of memory that they take. */
export function loadedBytes(elf: Uint8Array): number {
  return loadedSegments(elf).reduce((sum, { memory }) => sum + memory, 0);
}

/** The segments of a 64-bit ELF; none when it is not one, or not whole. */
function segmentsOf(elf: Uint8Array): { type: number; flags: number; bytes: Uint8Array; memory: number }[] {
  const view = new DataView(elf.buffer, elf.byteOffset, elf.byteLength);
  const HEADER = 64;
  const ENTRY = 56;
  if (elf.length < HEADER || view.getUint32(0) !== 0x7f454c46 || elf[4] !== 2) return [];
  const first = Number(view.getBigUint64(32, true));
  const size = view.getUint16(54, true);
  const count = view.getUint16(56, true);
  if (size < ENTRY || first + size * count > elf.length) return [];
  const segments = Array.from({ length: count }, (_, index) => {
    const at = first + index * size;
    const field = (offset: number): number => Number(view.getBigUint64(at + offset, true));
    const [offset, end] = [field(8), field(8) + field(32)];
    return { type: view.getUint32(at, true), flags: view.getUint32(at + 4, true), bytes: elf.subarray(offset, end), memory: field(40), end };
  });
  return segments.every(({ end }) => end <= elf.length) ? segments : [];
}

function align(size: number): number {
  return Math.ceil(size / 4) * 4;
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString();
}

function parse(text: string): Note | undefined {
  const values = Object.fromEntries(text.split("\n").map((line) => [line.split(" ", 1)[0], line.slice(line.indexOf(" ") + 1)])) as Partial<Record<keyof Note, string>>;
  const bytes = Number(values.bytes);
  return keys.every((key) => values[key] !== undefined) && Number.isSafeInteger(bytes) ? { ...(values as Record<keyof Note, string>), bytes } : undefined;
}
