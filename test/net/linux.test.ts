// Our stack under wasmtime, and Linux's in a network namespace.

import { randomInt } from "node:crypto";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Lab, noLab, type Service } from "../support/lab.ts";
import { Project, root } from "../support/project.ts";

const STATIC = ["--ipv4=10.0.0.2/24", "--ipv4-gateway=10.0.0.1"];
const peer = join(root, "test/net/peer.py");

const services = new Project({}, join(root, "examples/network"));
const image = join(services.folder, "dist/network.wasm");
beforeAll(() => (noLab ? undefined : services.build()));
afterAll(() => services.remove());

describe.skipIf(noLab)(`with a Linux kernel${noLab ? ` (skipped: ${noLab})` : ""}`, () => {
  let lab: Lab;
  let guest: Service;
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

  test("it answers under Node too", async () => {
    guest = lab.start(process.execPath, join(root, "build/cli/main.js"), "run", "-f", join(services.folder, "config.ts"), "--", ...STATIC);
    await guest.says(/listening at 10\.0\.0\.2/);
    expect(await lab.run("ping", "-c", "1", "-W", "5", "-s", "3000", "10.0.0.2")).toMatchObject({ code: 0 });
    expect(await lab.run("python3", peer, "echo-small")).toMatchObject({ code: 0, stderr: "" });
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
  test.each([
    ["loses", ["loss=0.02"]],
    ["delays and reorders", ["delay=5", "reorder=0.25"]],
    ["duplicates and corrupts", ["duplicate=0.02", "corrupt=0.01"]],
  ])("that %s, all arrives", async (_, faults) => {
    const lab = await Lab.open(["10.0.0.1/24"], "127.0.0.1:45000");
    try {
      const seed = String(randomInt(2 ** 31));
      await lab.start("python3", join(root, "test/net/link.py"), seed, ...faults).says(/link/);
      await lab.image(image, ...STATIC, "--tap0-peer=127.0.0.1:45001").says(/listening/);
      for (const name of ["echo-small", "half-close", "discard-small"]) expect(await lab.run("python3", peer, name), `seed ${seed}`).toMatchObject({ code: 0, stderr: "" });
    } finally {
      lab.close();
    }
  });
});

describe.skipIf(noLab)("the example", () => {
  const example = async (name: string): Promise<{ project: Project; image: string }> => {
    const project = new Project({}, join(root, "examples", name));
    await project.build();
    return { project, image: join(project.folder, `dist/${name}.wasm`) };
  };

  test.each(["tcp-echo", "conduit_server", "chat"])("%s on our own stack, where configure says so", async (name) => {
    const project = new Project({}, join(root, "examples", name));
    const lab = await Lab.open(["10.0.0.1/24"]);
    try {
      for (const args of [["configure", "--net=direct"], ["build"]]) expect(await project.mirage(args)).toMatchObject({ code: 0 });
      const guest = lab.image(join(project.folder, `dist/${name}.wasm`), ...STATIC, "--port=8080");
      await guest.says(/listening at port 8080/);
      const said = { "tcp-echo": "hello\n", conduit_server: "GET / HTTP/1.0\r\n\r\n", chat: "Ada\n" }[name] as string;
      const { stdout } = await lab.run("sh", "-c", `printf '${said}' | nc -N -w 5 10.0.0.2 8080`);
      expect(stdout).toContain({ "tcp-echo": "hello\n", conduit_server: "\r\n\r\nhello mirage world!\n", chat: "Your name?\n" }[name]);
    } finally {
      lab.close();
      project.remove();
    }
  });

  test("ping answers by its own hand", async () => {
    const { project, image } = await example("ping");
    const lab = await Lab.open(["10.0.0.1/24"]);
    try {
      const guest = lab.image(image);
      await guest.says(/I am 10\.0\.0\.2 at 02:/);
      expect(await lab.run("ping", "-c", "2", "-i", "0.1", "-W", "5", "10.0.0.2")).toMatchObject({ code: 0 });
      await guest.says(/ARP: 10\.0\.0\.1 asks for us\nICMP: 10\.0\.0\.1 sends an echo of 56 bytes\n/);
    } finally {
      lab.close();
      project.remove();
    }
  });

  test("dhcp gives a client of Linux's an address", async () => {
    const { project, image } = await example("dhcp");
    const lab = await Lab.open([""]);
    try {
      project.tool("bound.sh", 'echo "$1 $ip $subnet $router $dns $domain $lease"');
      const guest = lab.image(image);
      await guest.says(/serving at 192\.168\.1\.5/);
      const { stdout } = await lab.run("udhcpc", "-i", "tap0", "-n", "-q", "-t", "5", "-s", join(project.folder, "bound.sh"));
      expect(stdout).toContain("bound 192.168.1.70 255.255.255.0 192.168.1.5 192.168.1.5 pampas 3600\n");
      await guest.says(/Received packet: REQUEST of .*\nSent reply packet: 192\.168\.1\.70\n/);
    } finally {
      lab.close();
      project.remove();
    }
  });

  test("bridge passes frames between two kernels", async () => {
    const { project, image } = await example("bridge");
    const lab = await Lab.open(["10.0.0.1/24", ""]);
    const other = await Lab.open([]);
    try {
      await lab.run("ip", "link", "set", "tap1", "netns", other.name);
      for (const args of [
        ["address", "add", "10.0.0.9/24", "dev", "tap1"],
        ["link", "set", "tap1", "up"],
      ])
        await other.run("ip", ...args);
      const guest = lab.image(image);
      await guest.says(/bridge: /);
      const { stdout } = await lab.run("ping", "-c", "3", "-i", "0.2", "-W", "5", "10.0.0.9");
      expect(stdout).toContain(" 0% packet loss");
      await guest.says(/-> \S+ to ff:ff:ff:ff:ff:ff, type 0x806, 42 bytes\n<- \S+ to \S+, type 0x806, 42 bytes\n-> \S+ to \S+, type 0x800, 98 bytes\n/);
    } finally {
      lab.close();
      other.close();
      project.remove();
    }
  });
});
