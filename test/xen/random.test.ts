import { createCipheriv, createHash, randomInt } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compileShim, findCompiler } from "../../compiler/xen/compile.ts";
import { shimFolder } from "../../compiler/xen/shim.ts";
import { execute, type Outcome, root } from "../support/project.ts";

const folder = mkdtempSync(join(tmpdir(), "mirage-wasm-random-"));
const seed = process.env["RANDOM_SEED"] ?? String(randomInt(2 ** 32));
const NONE = "0";
const RDRAND = "1";
const RDSEED = "2";

const run = (program: string, args: string[], input = ""): Promise<Outcome> => execute(join(folder, program), args, folder, input);

beforeAll(async () => {
  const { program } = await findCompiler();
  const objects = await compileShim(program, ["chacha.c", "generator.c", "entropy.c"], folder);
  const [chacha, generator, entropy] = objects as [string, string, string];
  for (const [name, more] of [
    ["fake", ["-DFAKE_ENTROPY", chacha, generator]],
    ["real", [entropy]],
  ] as const) {
    const options = ["-std=gnu11", "-no-pie", "-Wall", "-Werror", "-iquote", shimFolder, "-iquote", join(shimFolder, "include")];
    const { code, stderr } = await execute(program, [...options, "-o", name, join(root, "test/xen/random.c"), ...more], folder);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  }
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the block function of ChaCha20", () => {
  const blocks = async (inputs: string[]): Promise<string[]> => (await run("fake", ["block"], inputs.join("\n"))).stdout.trim().split("\n");

  test("RFC 8439, 2.3.2 and A.1", async () => {
    const zeros = "00".repeat(32);
    const vectors = [
      [
        `${Buffer.from(Array.from({ length: 32 }, (_, index) => index)).toString("hex")}01000000000000090000004a00000000`,
        "10f1e7e4d13b5915500fdd1fa32071c4c7d1f4c733c068030422aa9ac3d46c4ed2826446079faa0914c2d705d98b02a2b5129cd1de164eb9cbd083e8a2503c4e",
      ],
      [`${zeros}${"00".repeat(16)}`, "76b8e0ada0f13d90405d6ae55386bd28bdd219b8a08ded1aa836efcc8b770dc7da41597c5157488d7724e03fb8d84a376a43b8f41518a11cc387b669b2ee6586"],
      [`${zeros}01000000${"00".repeat(12)}`, "9f07e7be5551387a98ba977c732d080dcb0f29a048e3656912c6533e32ee7aed29b721769ce64e43d57133b074d839d531ed1f28510afb45ace10a1f4b794d6f"],
      [
        `${zeros.slice(2)}0101000000${"00".repeat(12)}`,
        "3aeb5224ecf849929b9d828db1ced4dd832025e8018b8160b82284f3c949aa5a8eca00bbb4a73bdad192b5c42f73f2fd4e273644c8b36125a64addeb006c13a0",
      ],
      [
        `00ff${zeros.slice(4)}02000000${"00".repeat(12)}`,
        "72d54dfbf12ec44b362692df94137f328fea8da73990265ec1bbbea1ae9af0ca13b25aa26cb4a648cb9b9d1be65b2c0924a66c54d545ec1b7374f4872e99f096",
      ],
      [`${zeros}00000000${"00".repeat(11)}02`, "c2c64d378cd536374ae204b9ef933fcd1a8b2288b3dfa49672ab765b54ee27c78a970e0e955c14f3a88e741b97c286f75f8fc299e8148362fa198a39531bed6d"],
    ] as const;
    expect(await blocks(vectors.map(([input]) => input))).toEqual(vectors.map(([, block]) => block));
  });

  test(`1,000 keys as OpenSSL has them (RANDOM_SEED=${seed})`, async () => {
    const inputs = Array.from({ length: 1000 }, (_, index) => createHash("sha384").update(`${seed} ${index}`).digest());
    const expected = inputs.map((input) => block(input.subarray(0, 32), input.subarray(32)).toString("hex"));
    expect(await blocks(inputs.map((input) => input.toString("hex")))).toEqual(expected);
  });
});

describe("the generator", () => {
  test.each([
    ["RDSEED", RDSEED],
    ["RDRAND", RDRAND],
  ])("of words of %s that are known gives what its description says", async (_, source) => {
    const sizes = [1, 7, 31, 64, 900, 3000, 0, 5000];
    const { code, stdout } = await run("fake", ["generate", source, "count", ...sizes.map(String)]);
    expect(code).toBe(0);
    const expected = model(source === RDSEED ? 8 : 1024);
    expect(stdout).toBe(sizes.map((size) => `${expected(size).toString("hex")}\n`).join(""));
  });

  test("does not depend on the sizes of what is asked for", async () => {
    const whole = await run("fake", ["generate", RDSEED, "count", "4000"]);
    const pieces = await run("fake", ["generate", RDSEED, "count", ...Array(40).fill("100")]);
    expect(pieces.stdout.replaceAll("\n", "")).toBe(whole.stdout.trim());
  });

  test("goes on when the source fails after the beginning", async () => {
    const { code, stdout } = await run("fake", ["generate", RDRAND, "once", "2000"]);
    expect(code).toBe(0);
    expect(new Set(stdout.trim().match(/.{16}/g)).size).toBe(250);
  });

  test.each([
    ["no source", NONE, "count", "the processor has neither RDSEED nor RDRAND, or the domain's cpuid hides them"],
    ["one that says nothing", RDSEED, "silent", "the processor's source does not answer"],
    ["one that is stuck", RDRAND, "stuck", "the processor's source is stuck at %x"],
  ])("does not begin with %s", async (_, source, answer, reason) => {
    expect(await run("fake", ["generate", source, answer, "1"])).toEqual({ code: 1, stdout: `no randomness: ${reason}\n`, stderr: "" });
  });
});

test("the processor's instructions are found where Linux finds them, and answer", async () => {
  const flags = /^flags\s*:(.*)$/m.exec(readFileSync("/proc/cpuinfo", "utf8"))?.[1]?.split(" ") ?? [];
  const known = flags.includes("rdseed") ? RDSEED : flags.includes("rdrand") ? RDRAND : NONE;
  const source = (await run("real", [])).stdout.trim();
  // Linux hides RDSEED where its forms of 16 and 32 bits are broken (some of AMD's Zen 5); the shim uses that of 64.
  expect(Number(source)).toBeGreaterThanOrEqual(Number(known));
  const instructions = [RDRAND, RDSEED].filter((one) => one <= source);
  const { code, stdout } = await run("real", [...instructions, ...instructions]);
  const [, ...words] = stdout.trim().split("\n");
  expect(code).toBe(0);
  expect(new Set(words).size).toBe(2 * instructions.length);
});

/** A block of the key stream by Node's own ChaCha20. */
function block(key: Uint8Array, counterAndNonce: Uint8Array): Buffer {
  return createCipheriv("chacha20", key, counterAndNonce).update(Buffer.alloc(64));
}

/** The generator of runtime/xen/generator.c on the words 1, 2, 3 … and the moments 1000, 1001 … */
function model(first: number): (size: number) => Buffer {
  let key: Buffer = Buffer.alloc(32);
  let words = 0;
  let pool = Buffer.alloc(0);
  const takeIn = (count: number): void => {
    for (; count > 0; count--) {
      const input = Buffer.alloc(16);
      input.writeBigUInt64LE(BigInt(words + 1));
      input.writeBigUInt64LE(BigInt(1000 + words), 8);
      words++;
      key = block(key, input).subarray(0, 32);
    }
  };
  takeIn(first);
  return (size) => {
    while (pool.length < size) {
      takeIn(4);
      const run = createCipheriv("chacha20", key, Buffer.alloc(16)).update(Buffer.alloc(1024));
      key = run.subarray(0, 32);
      pool = Buffer.concat([pool, run.subarray(32)]);
    }
    const given = pool.subarray(0, size);
    pool = pool.subarray(size);
    return given;
  };
}
