// Groups that our stack listens to, under wasmtime: Linux's bridge asks for them, and passes nothing on to who has not said so.

import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Lab, noLab } from "../support/lab.ts";
import { Project, root } from "../support/project.ts";

const member = new Project({}, join(root, "test/net/multicast"));
beforeAll(() => (noLab ? undefined : member.build()));
afterAll(() => member.remove());

const groups = [
  { group: "239.1.2.3", host: "10.0.0.2" },
  { group: "ff15::1234", host: "2001:db8::2" },
];

describe.skipIf(noLab)(`groups with a Linux kernel${noLab ? ` (skipped: ${noLab})` : ""}`, () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await Lab.open([""]);
  });
  afterEach(() => lab.close());

  const says = async (...args: string[]): Promise<string> => (await lab.run("python3", join(root, "test/net/groups.py"), ...args)).stdout;
  /** Until the bridge knows that the image listens to a group, or does not. */
  const known = (group: string, is: boolean): Promise<void> =>
    lab.until(async () => {
      const { code, stdout } = await lab.run("bridge", "mdb", "show", "dev", "br0");
      return { code: code === 0 && stdout.includes(`port tap0 grp ${group} `) === is ? 0 : 1, stdout, stderr: "" };
    });

  test.each([
    ["3", "2"],
    ["2", "1"],
  ])("a bridge that asks by IGMPv%s and MLDv%s knows what is joined, and what is left", async (igmp, mld) => {
    const versions = ["mcast_igmp_version", igmp, "mcast_mld_version", mld];
    const times = ["mcast_query_interval", "100", "mcast_startup_query_interval", "100", "mcast_query_response_interval", "50", "mcast_last_member_interval", "50"];
    for (const args of [
      ["link", "add", "br0", "type", "bridge", ...versions, ...times, "mcast_stats_enabled", "1"],
      ["link", "set", "tap0", "master", "br0"],
      ["link", "set", "br0", "up"],
      ["address", "add", "10.0.0.1/24", "dev", "br0"],
      ["-6", "address", "add", "2001:db8::1/64", "dev", "br0", "nodad"],
    ])
      expect(await lab.run("ip", ...args)).toMatchObject({ code: 0 });
    await lab.image(join(member.folder, "dist/member.wasm"), "--ipv4=10.0.0.2/24", "--ipv6=2001:db8::2/64", "--no-accept-ra").says(/I am /);
    await lab.run("ip", "link", "set", "br0", "type", "bridge", "mcast_querier", "1");
    for (const { host } of groups) await lab.until(() => lab.run("ping", "-c", "1", "-W", "1", host));
    const body = async ({ group, host }: (typeof groups)[0]): Promise<void> => {
      expect(await says(group, "before")).toBe("nothing\n");
      expect(await says(host, `join ${group}`)).toBe("joined 0\n");
      await known(group, true);
      expect(await says(group, "hello")).toBe("heard 5\n");
      expect(await says(group, "8000")).toBe("heard 8000\n");
      // The bridge has to know of Linux's own membership, too.
      await lab.until(async () => ({ code: (await says(host, `say ${group}`, group)) === "done\nhello\n" ? 0 : 1, stdout: "", stderr: "" }));
      // What the bridge has forgotten it asks for.
      await lab.run("bridge", "mdb", "del", "dev", "br0", "port", "tap0", "grp", group);
      await known(group, true);
      expect(await says(host, `leave ${group}`)).toBe("done\n");
      await known(group, false);
    };
    await Promise.all(groups.map(body));
    const { stdout } = await lab.run("ip", "link", "xstats", "type", "bridge_slave", "dev", "tap0");
    expect(stdout).toMatch(new RegExp(`IGMP reports:\n +RX: .*v${igmp} [1-9]`));
    expect(stdout).toMatch(new RegExp(`MLD reports:\n +RX: .*v${mld} [1-9]`));
    expect(stdout.match(/errors: \d+/g)).toEqual(["errors: 0", "errors: 0"]);
  });
});
