// Our IPv6 under wasmtime, and Linux's in a network namespace.

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
