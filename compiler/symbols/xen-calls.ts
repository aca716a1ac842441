import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fail } from "../diagnostic.ts";
import { findTool } from "../tools.ts";
import { CODE } from "../xen/lines.ts";

/** What a domain says when it ends by a trap: where it was, and words of its stack that may be return addresses. */
export interface Crash {
  /** Address of the instruction. */
  rip: number;
  /** By their distance from the stack pointer, in bytes. */
  stack: Map<number, number>;
}

/** From an address on, a function's return address lies below this many bytes above the stack pointer. */
interface Row {
  address: number;
  size: number;
}

/** The calls in progress in a domain, from mir-NAME.debug by binutils. */
export class XenCalls {
  readonly #debug: string;
  #rows?: Row[];

  constructor(debug: string) {
    this.#debug = debug;
  }

  /** Offsets in the image's code, from its first function on, innermost first. Code of the shim's has none. */
  offsets(crash: Crash): number[] {
    const addresses = this.#unwind(crash).map((address) => `0x${address.toString(16)}`);
    const said = this.#tool("addr2line", ["-i", "-e", this.#debug, ...addresses]);
    return [...said.matchAll(new RegExp(`^(?:.*/)?${CODE}:(\\d+)`, "gm"))].map(([, line]) => Number(line) - 1);
  }

  #unwind({ rip, stack }: Crash): number[] {
    const found = [rip];
    let pointer = 0;
    let size = this.#sizeAt(rip);
    // In what no compiler has made, the return address is the first that is on the stack.
    if (size === undefined) {
      const [at] = [...stack.keys()].sort((a, b) => a - b);
      size = at === undefined ? undefined : at + 8;
    }
    while (size !== undefined) {
      pointer += size;
      const address = stack.get(pointer - 8);
      if (address === undefined) break;
      // The call in front of it: what follows may be another function's.
      found.push(address - 1);
      size = this.#sizeAt(address - 1);
    }
    return found;
  }

  #sizeAt(address: number): number | undefined {
    this.#rows ??= this.#readRows();
    const row = this.#rows.findLast((one) => one.address <= address);
    return row && row.size > 0 ? row.size : undefined;
  }

  #readRows(): Row[] {
    const rows: Row[] = [];
    for (const line of this.#tool("readelf", ["--debug-dump=frames-interp", this.#debug]).split("\n")) {
      const [, end] = / FDE .* pc=[0-9a-f]+\.\.([0-9a-f]+)/.exec(line) ?? [];
      if (end) rows.push({ address: Number.parseInt(end, 16), size: 0 });
      const [, address, size] = /^([0-9a-f]{16}) rsp\+(\d+)/.exec(line) ?? [];
      if (address) rows.push({ address: Number.parseInt(address, 16), size: Number(size) });
    }
    // Where a function begins at the end of another, its own row counts.
    return rows.sort((a, b) => a.address - b.address || a.size - b.size);
  }

  #tool(name: string, args: string[]): string {
    const program = findTool(name) ?? fail("MW501", [name, "Run `sudo apt-get install binutils`."]);
    if (!existsSync(this.#debug)) fail("MW701", [this.#debug]);
    try {
      return execFileSync(program, args, { encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "pipe"] });
    } catch (error) {
      return fail("MW702", [this.#debug, ((error as { stderr?: string }).stderr || (error as Error).message).trim().split("\n", 1)[0] as string]);
    }
  }
}
