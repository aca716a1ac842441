import { randomInt } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Failure } from "../../compiler/diagnostic.ts";
import { coreModuleOf } from "../../compiler/xen/core-module.ts";
import { readNote } from "../../compiler/xen/note.ts";
import { packageForXen } from "../../compiler/xen/package.ts";
import { Project, root } from "../support/project.ts";

/** Fixed by DAMAGE_SEED, to see a failure again. */
const seed = Number(process.env["DAMAGE_SEED"] ?? randomInt(2 ** 31));
const project = new Project({}, join(root, "examples/hello"));
let image: Uint8Array;
let elf: Uint8Array;

beforeAll(async () => {
  for (const args of [["configure", "--xen"], ["build"]]) expect((await project.mirage(args)).code).toBe(0);
  image = readFileSync(join(project.folder, "dist/hello.wasm"));
  elf = readFileSync(join(project.folder, "dist/mir-hello.xen"));
});
afterAll(() => project.remove());

/** What was thrown, where it is no mistake that a user is told. */
function surprise(action: () => unknown): unknown {
  try {
    action();
    return undefined;
  } catch (error) {
    return error instanceof Failure ? undefined : error;
  }
}

/** The bytes with one of them changed. */
function flipped(bytes: Uint8Array, place: number, bits: number): Uint8Array {
  const changed = bytes.slice();
  changed[place] = (changed[place] as number) ^ bits;
  return changed;
}

/** Numbers that follow from the seed alone (xorshift32). */
function numbers(): (below: number) => number {
  let state = seed || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

describe(`of damaged files, with seed ${seed},`, () => {
  test("an image that was cut is refused, wherever", () => {
    for (let length = 0; length < image.length; length++) {
      expect(() => coreModuleOf(image.subarray(0, length), "hello.wasm"), `cut to ${length} bytes`).toThrow(/^hello\.wasm cannot be packaged for Xen: /);
    }
  });

  test("an image with a changed byte is taken or refused in words, wherever", () => {
    const below = numbers();
    for (let place = 0; place < image.length; place++) {
      for (const bits of [0xff, 0x80, 1 + below(255)]) {
        expect(
          surprise(() => coreModuleOf(flipped(image, place, bits), "hello.wasm")),
          `byte ${place} ^ ${bits}`,
        ).toBeUndefined();
      }
    }
  });

  test("so says the whole packager, of some", async () => {
    const below = numbers();
    const FILES = 5;
    for (let count = 0; count < FILES; count++) {
      const [place, bits] = [below(image.length), 1 + below(255)];
      const file = join(project.folder, "changed.wasm");
      writeFileSync(file, flipped(image, place, bits));
      const outcome = await packageForXen(file).catch((error: unknown) => error);
      expect(outcome instanceof Error && !(outcome instanceof Failure), `byte ${place} ^ ${bits}: ${outcome}`).toBe(false);
    }
  });

  test("the note of an ELF that was cut or changed is read whole or not at all", () => {
    const whole = JSON.stringify(readNote(elf));
    const headers = 0x200;
    const noteAt = Buffer.from(elf).indexOf("image hello.wasm") - 0x40;
    const below = numbers();
    for (let length = 0; length < elf.length; length++) expect([undefined, whole]).toContain(JSON.stringify(readNote(elf.subarray(0, length))));
    for (const [from, to] of [
      [0, headers],
      [noteAt, noteAt + headers],
    ] as const) {
      for (let place = from; place < to; place++) {
        for (const bits of [0xff, 0x80, 1 + below(255)])
          expect(
            surprise(() => readNote(flipped(elf, place, bits))),
            `byte ${place} ^ ${bits}`,
          ).toBeUndefined();
      }
    }
  });
});
