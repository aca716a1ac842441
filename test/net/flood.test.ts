// An image that tells what it counts, and Linux: floods of forged frames, as fast as the image takes them, while Linux's TCP sends and gets
// back a MiB by either version of IP.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Lab, noLab, type Service } from "../support/lab.ts";
import { Project, root } from "../support/project.ts";
import { addresses, everything, type Flood, floods, kinds, MIB_OF_PAGE, MOST, resultsIn, startFloods } from "./floods.ts";

const SIZE = 1 << 20;
/** Of each kind at least. */
const FRAMES = 20_000;

const project = new Project({}, join(root, "test/net/counted"));
beforeAll(() => (noLab ? undefined : project.build()));
afterAll(() => project.remove());

function start(lab: Lab, ...args: string[]): Service {
  return lab.image(join(project.folder, "dist/counted.wasm"), ...addresses, ...args);
}

describe.skipIf(noLab)(`floods${noLab ? ` (skipped: ${noLab})` : ""}`, () => {
  const results: Flood[] = [];
  /** KiB of wasmtime's memory, after each. */
  const resident: number[] = [];

  beforeAll(async () => {
    const lab = await Lab.open(["10.0.0.1/8"]);
    try {
      await lab.run("ip", "-6", "addr", "add", "2001:db8::1/64", "dev", "tap0", "nodad");
      const guest = start(lab);
      await guest.says(/listening/);
      const flood = startFloods(lab, SIZE, FRAMES);
      for (let count = 1; count <= floods.length; count++) {
        await flood.says(new RegExp(`^({.*\n){${count}}`), 60);
        resident.push(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${guest.pid}/status`, "utf8"))?.[1]));
      }
      results.push(...resultsIn(flood.said));
    } finally {
      lab.close();
    }
  }, 300_000);

  test.each(Object.entries(kinds))("%s: all arrives, and what was not heeded is counted", (kind, names) => {
    const flood = results.find((one) => one.kinds === kind);
    expect(flood).toMatchObject({ intact: true });
    for (const name of names) expect(flood?.counted[name], name).toBeGreaterThan(0);
  });

  test("all of them at once: all arrives, and memory has its bound", () => {
    const [first, second] = results.filter((one) => one.kinds === everything);
    expect(first).toMatchObject({ intact: true });
    expect(second).toMatchObject({ intact: true });
    expect(results.reduce((sum, { frames }) => sum + frames, 0)).toBeGreaterThan(200_000);
    expect((second?.pages as number) * MIB_OF_PAGE).toBeLessThan(MOST);
    expect(((resident.at(-1) as number) - (resident[0] as number)) / 1024).toBeLessThan(MOST);
  });
});

test.skipIf(noLab)("RFC 9293 section 3.7.4: a flow's small pieces go at once where it is told so, else together", async () => {
  // Acknowledgements come after all pieces are written.
  const lab = await Lab.open(["10.0.0.1/8"], "127.0.0.1:45000");
  try {
    await lab.start("python3", join(root, "test/net/link.py"), "0", "delay=50").says(/link/);
    await start(lab, "--tap0-peer=127.0.0.1:45001").says(/listening/);
    expect(await lab.run("python3", join(root, "test/net/peer.py"), "pieces")).toMatchObject({ code: 0, stderr: "" });
  } finally {
    lab.close();
  }
});

test.skipIf(noLab)("RFC 9293 section 3.8.3: a flow counts as gone when it was not answered for as long as it was told", async () => {
  const lab = await Lab.open(["10.0.0.1/8"]);
  try {
    const guest = start(lab);
    await guest.says(/listening/);
    lab.start("nc", "-d", "10.0.0.2", "11");
    await guest.says(/somebody is there/);
    await lab.run("ip", "link", "set", "tap0", "down");
    await guest.says(/nobody is there/);
  } finally {
    lab.close();
  }
});
