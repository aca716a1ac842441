// An image that tells what it counts, and Linux: floods of forged frames, as fast as the image takes them, while Linux's TCP sends and gets
// back a MiB by either version of IP.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Lab, noLab, type Service } from "../support/lab.ts";
import { Project, root } from "../support/project.ts";

interface Flood {
  kinds: string;
  frames: number;
  intact: boolean;
  /** Of the image's memory, in all. */
  pages: number;
  counted: Record<string, number>;
}

/** By the kind of flood (test/net/forged.py), counters that say what was done about it. */
const kinds: Record<string, string[]> = {
  syn: ["tcp.cookies_sent", "tcp.cookies_received"],
  blind: ["tcp.unacceptable", "tcp.challenge_acks", "tcp.old_timestamp"],
  arp: ["neighbours.evicted", "neighbours.doubted"],
  nd: ["neighbours.evicted", "neighbours.doubted"],
  fragments: ["ip.fragments-dropped"],
  fragments6: ["ip.fragments-dropped"],
  pings: ["icmp.echo-requests", "icmp.errors-received"],
  pings6: ["icmpv6.echo-requests", "icmpv6.errors-received", "icmpv6.ignored"],
};
const everything = Object.keys(kinds).join(" ");
/** MiB, for all that the stack may keep: less than an object for each of the frames. */
const MOST = 20;

const project = new Project({}, join(root, "test/net/counted"));
beforeAll(() => (noLab ? undefined : project.build()));
afterAll(() => project.remove());

function start(lab: Lab, ...args: string[]): Service {
  return lab.image(join(project.folder, "dist/counted.wasm"), "--ipv4=10.0.0.2/8", "--ipv4-gateway=10.0.0.1", "--ipv6=2001:db8::2/64", "--no-accept-ra", ...args);
}

describe.skipIf(noLab)(`floods${noLab ? ` (skipped: ${noLab})` : ""}`, () => {
  const floods: Flood[] = [];
  /** KiB of wasmtime's memory, after each. */
  const resident: number[] = [];

  beforeAll(async () => {
    const lab = await Lab.open(["10.0.0.1/8"], "127.0.0.1:45000");
    try {
      await lab.run("ip", "-6", "addr", "add", "2001:db8::1/64", "dev", "tap0", "nodad");
      const flood = lab.start("python3", join(root, "test/net/flood.py"));
      await flood.says(/link/);
      const guest = start(lab, "--tap0-peer=127.0.0.1:45001");
      await guest.says(/listening/);
      for (let count = 1; count <= Object.keys(kinds).length + 2; count++) {
        await flood.says(new RegExp(`^link\n({.*\n){${count}}`), 60);
        resident.push(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${guest.pid}/status`, "utf8"))?.[1]));
      }
      for (const line of flood.said.trim().split("\n").slice(1)) floods.push(JSON.parse(line) as Flood);
    } finally {
      lab.close();
    }
  }, 300_000);

  test.each(Object.entries(kinds))("%s: all arrives, and what was not heeded is counted", (kind, names) => {
    const flood = floods.find((one) => one.kinds === kind);
    expect(flood).toMatchObject({ intact: true });
    for (const name of names) expect(flood?.counted[name], name).toBeGreaterThan(0);
  });

  test("all of them at once: all arrives, and memory has its bound", () => {
    const [first, second] = floods.filter((one) => one.kinds === everything);
    expect(first).toMatchObject({ intact: true });
    expect(second).toMatchObject({ intact: true });
    expect(floods.reduce((sum, { frames }) => sum + frames, 0)).toBeGreaterThan(200_000);
    expect((second?.pages as number) / 16).toBeLessThan(MOST);
    expect(((resident.at(-1) as number) - (resident[0] as number)) / 1024).toBeLessThan(MOST);
  });
});

test.skipIf(noLab)("RFC 9293 section 3.7.4: a flow's small pieces go at once where it is told so, else together", async () => {
  const lab = await Lab.open(["10.0.0.1/8"]);
  try {
    await start(lab).says(/listening/);
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
