import { execFileSync } from "node:child_process";
import { createHash, randomInt } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Node } from "../../compiler/configure/graph.ts";
import { boot, missingPackages } from "../../compiler/engines/xen/rig.ts";
import { manifestOf } from "../../compiler/manifest.ts";
import { findTool } from "../../compiler/tools.ts";
import { findCompiler } from "../../compiler/xen/compile.ts";
import { shimFolder } from "../../compiler/xen/shim.ts";
import { vifsOf } from "../../compiler/xen/vifs.ts";
import { withValues } from "../../compiler/xen/xl.ts";
import { execute, Project, root } from "../support/project.ts";
import { Guests } from "./guests.ts";

const BOOT_LIMIT = 600;
const FUZZ_LIMIT = 500_000;
const missing = [...missingPackages(), ...["curl", "dnsmasq"].filter((tool) => !findTool(tool))];
const guests = new Guests();
const results = join(guests.folder, "out");
const read = (name: string): string => readFileSync(join(results, name), "latin1").replaceAll("\r\n", "\n");
afterAll(() => guests.remove());
const VIFS = ["0", "1"];
/** SHA-256 of examples/network's image. */
let network = "";

const INPUTS = process.env["NET_INPUTS"] ?? "20000";
const seed = process.env["NET_SEED"] ?? String(randomInt(2 ** 32));

test(`${INPUTS} back ends that lie do no harm, and honest ones are served after them (NET_SEED=${seed})`, { timeout: 600_000 }, async () => {
  const { program } = await findCompiler();
  const sources = [join(root, "test/xen/net/fuzz.c"), ...["netfront.c", "xenbus.c"].map((name) => join(shimFolder, name))];
  const checks = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-Wall", "-Werror"];
  const built = await execute(
    program,
    ["-g", "-O2", "-std=gnu11", ...checks, "-iquote", shimFolder, "-iquote", join(shimFolder, "include"), "-o", "fuzz", ...sources],
    guests.folder,
  );
  expect(built).toMatchObject({ code: 0, stderr: "" });
  const { code, stdout, stderr } = await execute(join(guests.folder, "fuzz"), [seed, INPUTS], guests.folder, "", {}, FUZZ_LIMIT);
  expect({ code, stderr }, stdout).toEqual({ code: 0, stderr: "" });
  const counted = [...stdout.matchAll(/[a-z] (\d+)/g)].map(([, count]) => Number(count));
  expect(counted.length).toBe(8);
  for (const count of counted) expect(count, stdout).toBeGreaterThan(0);
});

test("NAME.xl has a vif for each interface, by the number that its name ends with", () => {
  const tunnel = (name: string): Node => ({ place: "mirage-wasm/drivers/network/tunnel:Tunnel", values: [name] }) as Node;
  const vifs = vifsOf(manifestOf({ graph: { name: "image", devices: [tunnel("eth3"), tunnel("lan"), tunnel("eth10")] }, arguments: [] }));
  expect(vifs.map((one) => one.replace(/(:[0-9a-f]{2}){5}$/, ""))).toEqual(["devid=0,mac=02", "devid=3,mac=02", "devid=10,mac=02"]);
  expect(new Set(vifs.map((one) => one.slice(one.indexOf("mac")))).size).toBe(3);
});

/** This machine's program, and the libraries that it is linked with. */
function addTool(name: string): void {
  const tool = findTool(name) as string;
  copyFileSync(tool, join(guests.folder, name));
  mkdirSync(join(guests.folder, "lib"), { recursive: true });
  const libraries = execFileSync("ldd", [tool], { encoding: "utf8" }).matchAll(/\/\S+/g);
  for (const [file] of libraries) copyFileSync(file, join(guests.folder, "lib", basename(file)));
}

/** The first bytes that RFC 864 has a server say. */
function chargen(size: number): Buffer {
  const printable = Array.from({ length: 95 }, (_, index) => String.fromCharCode(0x20 + index)).join("");
  const lines = Array.from({ length: 95 }, (_, index) => `${(printable + printable).slice(index, index + 72)}\r\n`).join("");
  return Buffer.from(lines.repeat(Math.ceil(size / lines.length)).slice(0, size));
}

describe.skipIf(missing.length > 0)(`vifs on real Xen${missing.length > 0 ? ` (skipped: it needs ${missing.join(", ")})` : ""}`, () => {
  beforeAll(async () => {
    await guests.native("responder", "net/responder.c", { vif: VIFS.map((vif) => `mac=00:16:3e:00:00:0${vif}`) });
    await guests.native("face", "net/face.c", { vif: ["mac=00:16:3e:00:00:02"] });
    await guests.project("echo", new Project({}, join(root, "test/xen/net/echo")));
    writeFileSync(join(guests.folder, "alone.xl"), withValues(readFileSync(join(guests.folder, "echo.xl"), "utf8"), { name: "alone", vif: [] }));
    network = await guests.example("network");
    await guests.example("out_to_lunch_network");
    addTool("curl");
    addTool("dnsmasq");
    copyFileSync(join(root, "test/xen/net/run.sh"), join(guests.folder, "run.sh"));
    const { program } = await findCompiler();
    execFileSync(program, ["-O2", "-static", "-o", join(guests.folder, "peer"), join(root, "test/xen/net/peer.c")]);
    await boot({ guests: guests.folder, results, limit: BOOT_LIMIT });
  }, 900_000);

  test("each is connected to its back end, with its address", () => {
    expect(read("create")).toBe("");
    for (const vif of VIFS) expect(read("responder.console")).toMatch(new RegExp(`^mirage: vif ${vif}: 00:16:3e:00:00:0${vif}, mtu 1500$`, "m"));
    for (const vif of VIFS) expect(read("responder.console")).toMatch(new RegExp(`^mirage: vif ${vif}: connected$`, "m"));
  });

  test.each(["first", "again"])("ping and datagrams of all sizes, with checksums that Linux has made, pass by both (%s)", (time) => {
    for (const vif of VIFS) {
      expect(read(`ping-${time}-${vif}`)).toContain("5 packets transmitted, 5 packets received");
      expect(read(`peer-${time}-${vif}`)).toMatch(/^all sizes; 2000 of 2000 back, \d+ a second$/m);
    }
    expect(read("responder.console")).not.toContain("a wrong checksum");
  });

  test("a back end that is taken away and comes again is used again", () => {
    expect(read("ping-between")).toContain("1 packets transmitted, 0 packets received");
  });

  test("one that is detached goes, and the other one stays; it is used again when it is attached again", () => {
    expect(read("responder.console")).toMatch(/^mirage: vif 1: its back end has gone\nmirage: vif 1: connected\nmirage: shutdown requested$/m);
    expect(read("ping-attached")).toContain("1 packets transmitted, 1 packets received");
    expect(read("xenstore")).not.toContain("/local/domain/0/backend/vif/1/1");
    expect(read("ping-left")).toContain("1 packets transmitted, 1 packets received");
    expect(read("responder.console")).toMatch(/^mirage: main returned 0$/m);
    expect(read("responder.xl")).toMatch(/has shut down, reason code 0/);
  });

  test("an image's networks are the vifs of its NAME.xl: ping, datagrams and a connection by its own stack", () => {
    for (const vif of VIFS) {
      expect(read(`ping-image-${vif}`)).toContain("5 packets transmitted, 5 packets received");
      expect(read(`peer-image-${vif}`)).toMatch(/^all sizes; 2000 of 2000 back, \d+ a second\n4 MiB back, \d+ kB\/s$/m);
      const [, address] = new RegExp(`^mirage: vif ${vif}: (02(?::[0-9a-f]{2}){5}), mtu 1500$`, "m").exec(read("echo.console")) ?? [];
      expect(read(`neighbour-image-${vif}`)).toContain(` lladdr ${address} `);
    }
    expect(read("echo.xl")).toMatch(/has shut down, reason code 0/);
  });

  test("by IPv6 it has an address of what a router says, and a fixed one: ping up to packets of the largest size in fragments", () => {
    const [, address] = /^I am (2001:db8::[0-9a-f:]+)$/m.exec(read("echo.console")) ?? [];
    expect(read("dnsmasq")).toContain("RTR-ADVERT(br0) 2001:db8::");
    for (const guest of [address, "2001:db8:1::2"]) for (const size of [0, 56, 1452, 1453, 8000, 60_000]) expect(read("ping6")).toContain(`\n${size + 8} bytes from ${guest}: `);
    const [, mac] = /^mirage: vif 1: (02(?::[0-9a-f]{2}){5}), mtu 1500$/m.exec(read("echo.console")) ?? [];
    expect(read("neighbour6")).toContain(` lladdr ${mac} `);
  });

  test("by IPv6 datagrams of all sizes and 4 MiB by TCP come back, and curl talks to it", () => {
    expect(read("peer6")).toMatch(/^all sizes; 500 of 500 back, \d+ a second\n4 MiB back, \d+ kB\/s$/m);
    expect(read("curl6")).toBe("hello\n");
  });

  test("a link that becomes smaller, and larger again, during a connection harms nothing, by either version of IP", () => {
    const [, address] = /^I am (\S+)$/m.exec(read("echo.console")) ?? [];
    expect(read("mtu")).toBe(read("mtu-wanted").repeat(2));
    for (const guest of ["10.0.0.2", address]) expect(read(`ping-small-${guest}`)).toContain(`\n8008 bytes from ${guest}: `);
  });

  test("examples/network is the very image that wasmtime runs, and gets its address by DHCP", () => {
    expect(read("network.console")).toContain(`\nmirage: sha256 ${network}\n`);
    expect(read("network.console")).toContain("\nlistening at 10.0.0.50\n");
    expect(read("udhcpd")).toMatch(/sending ACK to 10\.0\.0\.50/);
  });

  test("it answers ping, up to packets of the largest size in fragments", () => {
    for (const size of [0, 56, 1472, 1473, 8000, 60_000]) expect(read("ping-network")).toContain(`\n${size + 8} bytes from 10.0.0.50: `);
  });

  test("curl talks to it: the job of port 8080 says who has come, and answers nothing; echo does", () => {
    const EMPTY_REPLY = 52;
    expect(Number(read("curl"))).toBe(EMPTY_REPLY);
    expect(read("network.console")).toMatch(/^new tcp connection from IP 10\.0\.0\.1 on port \d+\nread: [1-9]\d* bytes$/m);
    expect(read("curl-echo")).toBe("hello\n");
  });

  test("4 MiB each way by TCP arrive as they were", () => {
    expect(read("chargen")).toContain(
      createHash("md5")
        .update(chargen(4 << 20))
        .digest("hex"),
    );
    expect(Number(read("discard"))).toBe(0);
  });

  test("a connection outlives its back end", () => {
    expect(read("ping-network-between")).toContain("1 packets transmitted, 0 packets received");
    expect(read("restarted")).toBe("before\nafter\n");
  });

  test("at its end a domain says what its vifs have done, and dropped", () => {
    const counters = (name: string): number[][] =>
      [...read(`${name}.console`).matchAll(/^mirage: vif \d: sent (\d+), received (\d+); dropped: wrong size (\d+), no room 0, no link (\d+), refused (\d+), nonsense 0$/gm)].map(
        (one) => one.slice(1).map(Number),
      );
    expect(counters("echo")).toEqual(VIFS.map(() => [expect.any(Number), expect.any(Number), 0, 0, 0]));
    for (const [sent, received] of counters("echo")) expect(Math.min(sent as number, received as number)).toBeGreaterThan(2000);
    expect(counters("responder").map(([, , size]) => size)).toEqual([1, 0]);
    expect(read("network.console")).toMatch(/^mirage: vif 0: sent .*\nmirage: shutdown requested\n$/m);
  });

  test("an image that leaves its networks alone runs by the NAME.xl with two vifs that was generated", () => {
    expect(read("lunch")).toMatch(/^Out to lunch, with two networks\.\nmirage: .*\nmirage: main returned 0$/m);
    expect(read("lunch.xl")).toMatch(/has shut down, reason code 0/);
    expect(readFileSync(join(guests.folder, "out_to_lunch_network.xl"), "utf8").match(/"devid=\d/g)).toEqual(['"devid=0', '"devid=1']);
  });

  test("sockets that are no tunnel's end are refused by the specification's errors", () => {
    expect(read("face")).toMatch(/^mirage: 0 are wrong\nmirage: wasm trap: unknown handle of a socket$/m);
    expect(read("face.xl")).toMatch(/has shut down, reason code 3/);
  });

  test("an image whose domain has no vif says so, and ends", () => {
    expect(read("alone")).toContain("\neth0: no tunnel from 127.0.0.1:42000 to 127.0.0.1:43000: the other end cannot be reached (on Xen: the domain has no vif of that number)\n");
    expect(read("alone")).toMatch(/^mirage: main exited with 1$/m);
  });
});
