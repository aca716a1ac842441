// What applications see of our TCP is what they see of Linux's: the same calls are made once with an image as the one end and once
// with Linux, the other end being Linux in both.

import { randomInt } from "node:crypto";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Lab, noLab } from "../support/lab.ts";
import { Project, root } from "../support/project.ts";

const seed = String(process.env["DIFFERENTIAL_SEED"] ?? randomInt(2 ** 31));
/** Scenarios that follow from the seed. */
const count = Number(process.env["DIFFERENTIAL"] ?? 40);
const script = join(root, "test/net/differential.py");

const project = new Project({}, join(root, "test/net/differential"));
beforeAll(() => (noLab ? undefined : project.build()));
afterAll(() => project.remove());

/** What was seen in each scenario, by its name. */
async function seen(isOurs: boolean): Promise<Map<string, string[]>> {
  const lab = await Lab.open(["10.0.0.1/24"], "127.0.0.1:45000");
  const labs = [lab];
  try {
    await lab.run("ip", "-6", "addr", "add", "2001:db8::1/64", "dev", "tap0", "nodad");
    const host = isOurs ? undefined : await lab.host(["10.0.0.2/24", "2001:db8::2/64"], "127.0.0.1:45001");
    if (host) labs.unshift(host);
    await lab.start("python3", join(root, "test/net/link.py"), "0").says(/link/);
    if (host) await host.start("python3", script, "serve").says(/listening/);
    else lab.image(join(project.folder, "dist/actor.wasm"), "--ipv4=10.0.0.2/24", "--ipv6=2001:db8::2/64", "--no-accept-ra", "--tap0-peer=127.0.0.1:45001");
    await lab.until(() => lab.run("ping", "-6", "-c", "1", "-W", "1", "2001:db8::2"));
    const run = lab.start("python3", script, "run", seed, String(count));
    expect(await run.ended(), run.said).toBe(0);
    return new Map(
      run.said
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as [string, string[]]),
    );
  } finally {
    for (const one of labs) one.close();
  }
}

test.skipIf(noLab)(`calls have the same results as with Linux, seed ${seed}`, async () => {
  const [ours, theirs] = await Promise.all([seen(true), seen(false)]);
  expect([...ours.keys()]).toEqual([...theirs.keys()]);
  const differing = [...theirs].filter(([name, lines]) => lines.join() !== ours.get(name)?.join());
  const shown = differing.map(([name, lines]) => ({
    name,
    lines: lines.map((line, index) => (line === ours.get(name)?.[index] ? line : `${line} (ours: ${ours.get(name)?.[index]?.split(": ")[1]})`)),
  }));
  expect(shown, `seed ${seed}`).toEqual([]);
});
