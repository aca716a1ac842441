// Our IPv6 under wasmtime, and Linux's in a network namespace.

import { randomInt } from "node:crypto";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Lab, noLab, type Service } from "../support/lab.ts";
import { Project, root } from "../support/project.ts";

const OUR = "2001:db8::2";
const FIXED = [`--ipv6=${OUR}/64`, "--no-accept-ra"];

/** A host of IPv6 alone, and the example's services on one of both versions. */
const six = new Project({}, join(root, "test/net/six"));
const both = new Project({}, join(root, "examples/network"));
both.write("config.ts", both.read("config.ts").replace("$(defaultStack", "$(directStack(defaultNetwork, { ipv6: true })").replace("defaultStack,", "defaultNetwork, directStack,"));

beforeAll(async () => {
  if (noLab) return;
  await six.build();
  await both.build();
});
afterAll(() => {
  six.remove();
  both.remove();
});

describe.skipIf(noLab)(`IPv6 with a Linux kernel${noLab ? ` (skipped: ${noLab})` : ""}`, () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await Lab.open(["10.0.0.1/24"]);
    await lab.run("ip", "-6", "addr", "add", "2001:db8::1/64", "dev", "tap0", "nodad");
  });
  afterEach(() => lab.close());

  const start = async (...args: string[]): Promise<Service> => {
    const guest = lab.image(join(six.folder, "dist/six.wasm"), ...args);
    await guest.says(/I am /);
    return guest;
  };

  test("it answers ping, up to packets of the largest size in fragments, and on the link's address", async () => {
    await start(...FIXED);
    for (const size of [0, 56, 1452, 1453, 8000, 60_000]) {
      const { stdout, code } = await lab.run("ping", "-6", "-c", "3", "-i", "0.1", "-W", "5", "-s", String(size), OUR);
      expect(code, stdout).toBe(0);
      expect(stdout).toContain(`${size + 8} bytes from ${OUR}`);
    }
    const { stdout } = await lab.run("ip", "-6", "neigh", "show", "dev", "tap0");
    expect(stdout).toMatch(/2001:db8::2 lladdr 02:/);
  });

  test("curl talks to it", async () => {
    await start(...FIXED);
    const { stdout } = await lab.run("sh", "-c", `(echo hello; sleep 1) | curl -6 -s --max-time 2 telnet://[${OUR}]:7`);
    expect(stdout).toBe("hello\n");
  });

  test("a router's word gives it an address, a way and servers of names", async () => {
    const options = ["--keep-in-foreground", "--conf-file=/dev/null", "--port=53", "--no-resolv", "--interface=tap0", "--bind-interfaces", "--enable-ra"];
    const ra = [
      "--dhcp-range=::,constructor:tap0,ra-only,64,3600",
      "--dhcp-option=option6:dns-server,[2001:db8::53]",
      "--log-dhcp",
      "--log-facility=-",
      "--pid-file=",
      "--user=root",
    ];
    const server = lab.start("dnsmasq", ...options, ...ra);
    const guest = await start();
    await guest.says(/I am 2001:db8::[0-9a-f:]+\nasks 2001:db8::53\n/);
    const address = /I am (\S+)/.exec(guest.said)?.[1] as string;
    expect(await lab.run("ping", "-6", "-c", "2", "-i", "0.1", "-W", "5", address)).toMatchObject({ code: 0 });
    await server.says(/RTR-ADVERT/);
  });

  test.each(["echo", "one-by-one", "at-once", "half-close", "refused"])("an application of Linux's, to a host of both versions, by IPv6: %s", async (name) => {
    await lab.image(join(both.folder, "dist/network.wasm"), "--ipv4=10.0.0.2/24", ...FIXED).says(/listening/);
    await lab.until(() => lab.run("ping", "-6", "-c", "1", "-W", "1", OUR));
    expect(await lab.run("python3", join(root, "test/net/peer.py"), name, OUR)).toMatchObject({ code: 0, stderr: "" });
    expect(await lab.run("python3", join(root, "test/net/peer.py"), "echo-small")).toMatchObject({ code: 0, stderr: "" });
  });
});

describe.skipIf(noLab)("a host of both versions", () => {
  const image = join(both.folder, "dist/network.wasm");
  const peer = join(root, "test/net/peer.py");

  test("behind a router whose other link becomes narrower during a connection sends what fits", async () => {
    const router = await Lab.open(["10.0.0.1/24"]);
    const far = await Lab.open([]);
    try {
      await router.run("ip", "link", "add", "veth0", "type", "veth", "peer", "name", "veth1", "netns", far.name);
      for (const [lab, name, last] of [
        [router, "veth0", "1"],
        [far, "veth1", "9"],
      ] as const) {
        await lab.run("ip", "link", "set", name, "up");
        await lab.run("ip", "address", "add", `10.0.1.${last}/24`, "dev", name);
        await lab.run("ip", "-6", "address", "add", `2001:db8:1::${last}/64`, "dev", name, "nodad");
      }
      await router.run("ip", "-6", "address", "add", "2001:db8::1/64", "dev", "tap0", "nodad");
      await router.run("sysctl", "-w", "net.ipv4.ip_forward=1", "net.ipv6.conf.all.forwarding=1");
      await far.run("ip", "route", "add", "default", "via", "10.0.1.1");
      await far.run("ip", "-6", "route", "add", "default", "via", "2001:db8:1::1");
      await router.image(image, "--ipv4=10.0.0.2/24", ...FIXED, "--ipv6-gateway=2001:db8::1").says(/listening/);
      // The second one is less than IPv6 takes: Linux lets its addresses go there.
      for (const [address, least] of [
        [OUR, "1280"],
        ["10.0.0.2", "600"],
      ] as const) {
        await far.until(() => far.run("ping", "-c", "1", "-W", "1", address));
        const narrow = [`${router.name} link set veth0`, `${far.name} link set veth1`].map((one) => `ip -n ${one} mtu ${least}`).join(" && ");
        expect(await far.run("python3", peer, "meanwhile", address, "sh", "-c", narrow)).toMatchObject({ code: 0, stderr: "" });
        await far.until(() => far.run("ping", "-c", "1", "-W", "1", "-s", "8000", address));
      }
      const { stdout } = await router.run("nstat", "-az", "Icmp6OutPktTooBigs", "IcmpOutDestUnreachs");
      for (const counter of ["Icmp6OutPktTooBigs", "IcmpOutDestUnreachs"]) expect(stdout).toMatch(new RegExp(`^${counter} +[1-9]`, "m"));
    } finally {
      far.close();
      router.close();
    }
  });

  test("over links that lose 0.1, 1 and 5 % and delay by 50 ms, all arrives by either version", async () => {
    const seed = String(randomInt(2 ** 31));
    await Promise.all(
      ["0.001", "0.01", "0.05"].map(async (loss) => {
        const lab = await Lab.open(["10.0.0.1/24"], "127.0.0.1:45000");
        try {
          await lab.run("ip", "-6", "address", "add", "2001:db8::1/64", "dev", "tap0", "nodad");
          await lab.start("python3", join(root, "test/net/link.py"), seed, `loss=${loss}`, "delay=50").says(/link/);
          await lab.image(image, "--ipv4=10.0.0.2/24", ...FIXED, "--tap0-peer=127.0.0.1:45001").says(/listening/);
          await lab.until(() => lab.run("ping", "-6", "-c", "1", "-W", "1", OUR));
          const all = ["10.0.0.2", OUR].flatMap((address) => ["echo-tiny", "half-close"].map((name) => lab.run("python3", peer, name, address)));
          for (const one of await Promise.all(all)) expect(one, `seed ${seed}, loss ${loss}`).toMatchObject({ code: 0, stderr: "" });
        } finally {
          lab.close();
        }
      }),
    );
  });
});
