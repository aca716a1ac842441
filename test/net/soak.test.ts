// Half a minute of all that a stack does, at 1 % loss in each direction, with a Linux kernel as the other end; `npm run soak` is ten
// minutes of it. What it needs does not grow, and nothing is left of it afterwards.

import { randomInt } from "node:crypto";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Lab, noLab } from "../support/lab.ts";
import { Project, root } from "../support/project.ts";

const seconds = Number(process.env["SOAK"] ?? 30);
const seed = String(process.env["SOAK_SEED"] ?? randomInt(2 ** 31));
/** What a connection in TIME_WAIT takes at most, and how many there may be. */
const CONNECTION = 1024;
const MAX_TIME_WAIT = 4096;
const MIB = 1 << 20;
/** What is printed, at half-time and at the end. */
const SHOWN = [
  "memory",
  "resident",
  "made",
  "broken",
  "running",
  "tcp.connections",
  "tcp.time_wait",
  "tcp.opened",
  "tcp.retransmitted",
  "tcp.timeouts",
  "tap0.received",
  "tap0.sent",
];

type Numbers = Record<string, number>;

const project = new Project({}, join(root, "test/net/soak"));
beforeAll(() => (noLab ? undefined : project.build()));
afterAll(() => project.remove());

test.skipIf(noLab)(`${seconds} seconds of connections and datagrams, at 1 % loss, seed ${seed}`, { timeout: (seconds + 240) * 1000 }, async () => {
  const lab = await Lab.open(["10.0.0.1/24"], "127.0.0.1:45000");
  try {
    await lab.run("ip", "-6", "addr", "add", "2001:db8::1/64", "dev", "tap0", "nodad");
    await lab.start("python3", join(root, "test/net/link.py"), seed, "loss=0.01", "delay=1").says(/link/);
    const addresses = ["--ipv4=10.0.0.2/24", "--ipv6=2001:db8::2/64", "--no-accept-ra", "--tap0-peer=127.0.0.1:45001"];
    const guest = lab.image(join(project.folder, "dist/soak.wasm"), ...addresses);
    await lab.until(() => lab.run("ping", "-6", "-c", "1", "-W", "1", "2001:db8::2"));
    const peer = lab.start("python3", join(root, "test/net/soak.py"), String(seconds), seed, String(guest.pid));
    expect(await peer.ended(), peer.said + guest.said).toBe(0);

    const samples = peer.said
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Numbers);
    const done = samples.pop() as Numbers;
    const half = samples[samples.length >> 1] as Numbers;
    const end = samples.at(-1) as Numbers;
    const shown = ["", ...SHOWN.map((name) => `${name}: ${half[name]}, ${end[name]}`), JSON.stringify(done)].join("\n");
    console.log(shown);
    for (const kind of ["bulk", "short", "datagrams"]) expect(done[kind], shown).toBeGreaterThan(0);
    expect(end["made"], shown).toBeGreaterThan(0);
    expect(end["broken"], shown).toBe(0);
    // All is closed but what waits for late segments, of which there is a bound; after a minute that is, too.
    expect(end["tcp.connections"], shown).toBe(seconds > 60 ? 0 : end["tcp.time_wait"]);
    for (const sample of samples) expect(sample["tcp.time_wait"], shown).toBeLessThanOrEqual(MAX_TIME_WAIT);
    const grown = (name: string): number => (end[name] as number) - (half[name] as number);
    // The heap grows by doubling, once or twice; what is touched of it stays, but for what TIME_WAIT holds, which fills in the first minute.
    expect(end["memory"], shown).toBeLessThanOrEqual(32 * MIB);
    const waiting = Math.max(grown("tcp.time_wait"), 0) * CONNECTION;
    expect(grown("resident"), shown).toBeLessThanOrEqual(waiting + 4 * MIB);
  } finally {
    lab.close();
  }
});
