import { afterAll, describe, expect, test } from "vitest";
import { cases } from "./cases.ts";
import { fit, readExpected } from "./expected.ts";
import { all, casesOf, engines, hasClang } from "./suite.ts";
import { asWritten, type Run } from "./image.ts";
import { noXen } from "./xen.ts";

const clang = hasClang();
/** Every case waits for its turn, and those on Xen for all programs: one boot runs them. */
const TIMEOUT = 1_800_000;

/** What an engine calls the trap that it reports. */
function trapIn({ report }: Run): string | undefined {
  return /wasm trap: .*/.exec(report)?.[0];
}

test("every case has a program", () => {
  expect(Object.keys(cases).filter((name) => !all.some((program) => program.name === name))).toEqual([]);
});

describe.concurrent.each(all.map((program) => ({ name: program.name, program })))("$name", { timeout: TIMEOUT }, ({ name, program }) => {
  afterAll(() => program.remove());
  // CI=true makes a failure of what is skipped: .ci/test.mjs.
  const withClang = test.skipIf(program.isC && !clang);
  const reason = program.isC && !clang ? " (skipped: it needs clang and lld)" : "";

  for (const one of casesOf(program)) {
    const title = one.variant === undefined ? "" : ` ${one.variant}`;
    const here = engines.filter((engine) => engine !== "oldest wasmtime" || !one.notOnOldest);
    const stdout = readExpected(program.source, "expected", one.variant);
    const stderr = readExpected(program.source, "stderr", one.variant) ?? "";

    withClang.each(here)(`${name}${title} %s${reason}`, async (engine) => {
      const { transcript, report } = await program.run(engine, one);
      expect(stdout, "expected.txt").toBeDefined();
      const wanted = { stdout: fit(transcript.stdout, stdout ?? ""), stderr: fit(transcript.stderr, stderr), code: one.code ?? 0 };
      expect(transcript, report).toEqual(wanted);
      expect(transcript.stdout + transcript.stderr === "", "nothing was printed").toBe(one.silent === true);
    });

    // A console has one stream.
    const onXen = test.skipIf(noXen !== undefined || (program.isC && !clang));
    onXen(`${name}${title} xen${noXen ? ` (skipped: ${noXen})` : reason}`, async () => {
      const [{ transcript, report }, { transcript: node }] = await Promise.all([program.run("xen", one), program.run("node", one)]);
      const written = asWritten(node);
      const wanted = one.differing ? fit(transcript.stdout, stdout ?? "") : written.stdout + written.stderr;
      expect(transcript, report).toEqual({ code: one.code ?? 0, stdout: wanted, stderr: "" });
    });

    withClang(`${name}${title} is ${one.differing ? "right" : "the same"} on every engine${reason}`, async () => {
      const { differing } = one;
      const [first, ...others] = (await Promise.all([...here, ...(differing && !noXen ? ["xen"] : [])].map((engine) => program.run(engine, one)))) as [Run, ...Run[]];
      if (differing) differing([first, ...others]);
      else for (const other of others) expect({ ...asWritten(other.transcript), trap: trapIn(other) }).toEqual({ ...asWritten(first.transcript), trap: trapIn(first) });
    });
  }
});
