// Groups that our stack listens to, under wasmtime: Linux's bridge asks for them, and passes nothing on to who has not said so.

import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Lab, noLab } from "../support/lab.ts";
import { Project, root } from "../support/project.ts";

const member = new Project({}, join(root, "test/net/multicast"));
beforeAll(() => (noLab ? undefined : member.build()));
afterAll(() => member.remove());

const groups = [
  { group: "239.1.2.3", host: "10.0.0.2" },
  { group: "ff15::1234", host: "2001:db8::2" },
];
const versions = [
  { igmp: "3", mld: "2" },
  { igmp: "2", mld: "1" },
];

/** A bridge that asks by these versions, often, before the image. */
async function openBridge(lab: Lab, igmp: string, mld: string): Promise<void> {
  const spoken = ["mcast_igmp_version", igmp, "mcast_mld_version", mld];
  const times = ["mcast_query_interval", "100", "mcast_startup_query_interval", "100", "mcast_query_response_interval", "50", "mcast_last_member_interval", "20"];
  for (const args of [
    ["link", "add", "br0", "type", "bridge", ...spoken, ...times, "mcast_stats_enabled", "1"],
    ["link", "set", "tap0", "master", "br0"],
    ["link", "set", "br0", "up"],
    ["address", "add", "10.0.0.1/24", "dev", "br0"],
    ["-6", "address", "add", "2001:db8::1/64", "dev", "br0", "nodad"],
  ])
    expect(await lab.run("ip", ...args)).toMatchObject({ code: 0 });
  await lab.image(join(member.folder, "dist/member.wasm"), "--ipv4=10.0.0.2/24", "--ipv6=2001:db8::2/64", "--no-accept-ra").says(/I am /);
  await lab.run("ip", "link", "set", "br0", "type", "bridge", "mcast_querier", "1");
  for (const { host } of groups) await lab.until(() => lab.run("ping", "-c", "1", "-W", "1", host));
}

async function talk(lab: Lab, group: string, host: string): Promise<void> {
  const says = async (...args: string[]): Promise<string> => (await lab.run("python3", join(root, "test/net/groups.py"), ...args)).stdout;
  const until = (holds: () => Promise<boolean>): Promise<void> => lab.until(async () => ({ code: (await holds()) ? 0 : 1, stdout: "", stderr: "" }));
  const isKnown = async (): Promise<boolean> => (await lab.run("bridge", "mdb", "show", "dev", "br0")).stdout.includes(`port tap0 grp ${group} `);
  expect(await says(group, "before")).toBe("nothing\n");
  expect(await says(host, `join ${group}`)).toBe("joined 0\n");
  await until(isKnown);
  expect(await says(group, "hello")).toBe("heard 5\n");
  expect(await says(group, "8000")).toBe("heard 8000\n");
  // The bridge has to know of Linux's own membership, too.
  await until(async () => (await says(host, `say ${group}`, group)) === "done\nhello\n");
  // What the bridge has forgotten it asks for.
  await lab.run("bridge", "mdb", "del", "dev", "br0", "port", "tap0", "grp", group);
  await until(isKnown);
  expect(await says(host, `leave ${group}`)).toBe("done\n");
  await until(async () => !(await isKnown()));
}

describe.skipIf(noLab)(`groups with a Linux kernel${noLab ? ` (skipped: ${noLab})` : ""}`, () => {
  test("a bridge that asks by IGMPv3 and MLDv2, and one by IGMPv2 and MLDv1, knows what is joined, and what is left", async () => {
    await Promise.all(
      versions.map(async ({ igmp, mld }) => {
        const lab = await Lab.open([""]);
        try {
          await openBridge(lab, igmp, mld);
          await Promise.all(groups.map(({ group, host }) => talk(lab, group, host)));
          const { stdout } = await lab.run("ip", "link", "xstats", "type", "bridge_slave", "dev", "tap0");
          expect(stdout).toMatch(new RegExp(`IGMP reports:\\n +RX: .*v${igmp} [1-9]`));
          expect(stdout).toMatch(new RegExp(`MLD reports:\\n +RX: .*v${mld} [1-9]`));
          expect(stdout.match(/errors: \d+/g)).toEqual(["errors: 0", "errors: 0"]);
        } finally {
          lab.close();
        }
      }),
    );
  });
});
