import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Graph } from "../configure/graph.ts";
import { filesIn } from "../folder.ts";
import { type GeneratedFile, header } from "../generated-file.ts";
import { mediaType } from "./media-types.ts";

const HEADER = 8;
const ENTRY = 40;
const TAG_DIGITS = 32;

/** The files below a folder as drivers/files/crunched.ts reads them. `modified`: seconds since 1970, or -1. */
function crunch(folder: string, modified: number): Uint8Array {
  const files = filesIn(folder);
  const contents: Buffer[] = [];
  let end = HEADER + ENTRY * files.length;
  const place = (bytes: Buffer): [at: number, size: number] => {
    const at = end;
    contents.push(bytes);
    end += bytes.length;
    return [at, bytes.length];
  };
  const head = Buffer.alloc(end);
  head.writeUInt32LE(files.length, 0);
  for (const [index, path] of files.entries()) {
    const bytes = readFileSync(join(folder, path));
    const tag = `"${createHash("sha256").update(bytes).digest("hex").slice(0, TAG_DIGITS)}"`;
    const at = HEADER + ENTRY * index;
    const fields = [Buffer.from(path), Buffer.from(mediaType(path)), Buffer.from(tag), bytes].flatMap(place);
    for (const [number, value] of fields.entries()) head.writeUInt32LE(value, at + 4 * number);
    head.writeBigInt64LE(BigInt(modified), at + 4 * fields.length);
  }
  return Buffer.concat([head, ...contents]);
}

/** The module of each folder that a device has. */
export function generateFolders(folder: string, graph: Graph, from: string): GeneratedFile[] {
  return graph.devices.flatMap((node, index) =>
    node.folder ? [{ path: `mirage/folder${index}.ts`, text: dataModule(crunch(join(folder, node.folder.path), node.folder.modified), from) }] : [],
  );
}

/** A module of the guest's whose `at` is where these bytes lie. Words of eight bytes are what AssemblyScript reads fastest. */
function dataModule(bytes: Uint8Array, from: string): string {
  const padded = Buffer.concat([bytes, Buffer.alloc(-bytes.length & 7)]);
  const words = Array.from({ length: padded.length / 8 }, (_, index) => `0x${padded.readBigUInt64LE(8 * index).toString(16)}`);
  return `// ${header(from)}\n\nexport const at: usize = memory.data<u64>([${words.join(", ")}], 8);\n`;
}
