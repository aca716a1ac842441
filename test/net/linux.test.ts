// Our stack under wasmtime, and Linux's in a network namespace.

import { randomInt } from "node:crypto";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Lab, noLab, type Service } from "../support/lab.ts";
import { Project, root } from "../support/project.ts";

const STATIC = ["--ipv4=10.0.0.2/24", "--ipv4-gateway=10.0.0.1"];
const peer = join(root, "test/net/peer.py");

describe.skipIf(noLab)(`with a Linux kernel${noLab ? ` (skipped: ${noLab})` : ""}`, () => {
  const services = new Project({}, join(root, "examples/network"));
  const image = join(services.folder, "dist/network.wasm");
  let lab: Lab;
  let guest: Service;
  beforeAll(() => services.build());
  afterAll(() => services.remove());
  beforeEach(async () => {
    lab = await Lab.open(["10.0.0.1/24"]);
  });
  afterEach(() => lab.close());

  const start = async (...args: string[]): Promise<void> => {
    guest = lab.image(image, ...args);
    await guest.says(/listening at 10\.0\.0\.2/);
  };

  test("it answers ping, up to packets of the largest size in fragments", async () => {
    await start(...STATIC);
    for (const size of [0, 56, 1472, 1473, 8000, 60_000]) {
      const { stdout, code } = await lab.run("ping", "-c", "3", "-i", "0.1", "-W", "5", "-s", String(size), "10.0.0.2");
      expect(code, stdout).toBe(0);
      expect(stdout).toContain(`${size + 8} bytes from 10.0.0.2`);
    }
  });

  test("it answers arping, and only for its own address", async () => {
    await start(...STATIC);
    expect(await lab.run("arping", "-c", "2", "-i", "tap0", "10.0.0.2")).toMatchObject({ code: 0 });
    expect(await lab.run("arping", "-c", "1", "-w", "1", "-i", "tap0", "10.0.0.3")).toMatchObject({ code: 1 });
  });

  test("who connects is named, and what he says is counted", async () => {
    await start(...STATIC, "--port=8081");
    await lab.run("sh", "-c", "printf 'hello tcp world' | nc -N 10.0.0.2 8081");
    await guest.says(/new tcp connection from IP 10\.0\.0\.1 on port \d+\nread: 15 bytes\n/);
  });

  test("curl talks to it", async () => {
    await start(...STATIC);
    const { stdout } = await lab.run("sh", "-c", "(echo hello; sleep 1) | curl -s --max-time 2 telnet://10.0.0.2:7");
    expect(stdout).toBe("hello\n");
  });

  test.each(["echo", "discard", "chargen", "one-by-one", "at-once", "datagrams", "refused", "half-close"])("an application of Linux's: %s", async (name) => {
    await start(...STATIC);
    expect(await lab.run("python3", peer, name)).toMatchObject({ code: 0, stderr: "" });
  });

  test("dnsmasq gives it an address, and it is known by its name", async () => {
    const options = [
      "--keep-in-foreground",
      "--conf-file=/dev/null",
      "--port=0",
      "--interface=tap0",
      "--dhcp-range=10.0.0.2,10.0.0.2,255.255.255.0,2m",
      "--log-dhcp",
      "--log-facility=-",
      "--dhcp-leasefile=/dev/null",
      "--pid-file=",
      "--user=root",
    ];
    const server = lab.start("dnsmasq", ...options);
    await start("--name=lunch");
    await server.says(/DHCPACK\(tap0\) 10\.0\.0\.2 \S+ lunch/);
    expect(await lab.run("ping", "-c", "1", "-W", "5", "10.0.0.2")).toMatchObject({ code: 0 });
  });
});

describe.skipIf(noLab)("over a bad link", () => {
  const services = new Project({}, join(root, "examples/network"));
  beforeAll(() => services.build());
  afterAll(() => services.remove());

  test.each([
    ["loses", ["loss=0.02"]],
    ["delays and reorders", ["delay=5", "reorder=0.25"]],
    ["duplicates and corrupts", ["duplicate=0.02", "corrupt=0.01"]],
  ])("that %s, all arrives", async (_, faults) => {
    const lab = await Lab.open(["10.0.0.1/24"], 45_000);
    try {
      const seed = String(randomInt(2 ** 31));
      await lab.start("python3", join(root, "test/net/link.py"), seed, ...faults).says(/link/);
      await lab.image(join(services.folder, "dist/network.wasm"), ...STATIC, "--tap0-peer=127.0.0.1:45001").says(/listening/);
      for (const name of ["echo-small", "half-close", "discard-small"]) expect(await lab.run("python3", peer, name), `seed ${seed}`).toMatchObject({ code: 0, stderr: "" });
    } finally {
      lab.close();
    }
  });
});
