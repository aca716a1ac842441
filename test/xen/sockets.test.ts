// The examples, each one image for wasmtime, Node and Xen: what is said to them is answered alike. And floods of forged frames, as fast as a
// domain takes them, while Linux's TCP sends and gets back bytes by either version of IP.

import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { interfaceMac } from "../../compiler/config/interface.ts";
import { missingPackages } from "../../compiler/engines/xen/rig.ts";
import { type Packaged, packageForXen } from "../../compiler/xen/package.ts";
import { vifsOf } from "../../compiler/xen/vifs.ts";
import { withArguments, xlText } from "../../compiler/xen/xl.ts";
import { addresses, floods, kinds, MIB_OF_PAGE, MOST, resultsIn, startFloods } from "../net/floods.ts";
import { connect, freePort } from "../support/client.ts";
import { Lab, noLab, Service } from "../support/lab.ts";
import { execute, Project, root } from "../support/project.ts";
import { Guests } from "./guests.ts";

const PORT = 8080;
const missing = missingPackages();
const reason = noLab ?? (missing.length > 0 ? `it needs ${missing.join(", ")}` : undefined);
const tool = join(root, "build/cli/main.js");
const wasmtime = join(root, ".tools/bin/wasmtime");
const clients = join(root, "test/xen/sockets/clients.mjs");

/** Those that serve: the argument that says where, and where they do in their domains. */
const servers: Record<string, { option: string; address: string; own?: number }> = {
  static_website: { option: "http-port", address: "10.0.0.50" },
  "tcp-echo": { option: "port", address: "10.0.0.2" },
  conduit_server: { option: "port", address: "10.0.0.3" },
  chat: { option: "port", address: "10.0.0.4" },
  "http-echo": { option: "http-port", address: "10.0.0.5" },
  "http-random": { option: "http-port", address: "10.0.0.6" },
  "dns-server": { option: "port", address: "10.0.0.7", own: 53 },
};
/** Those that end, each as a domain's name, with what the domain is told. */
const programs: Record<string, { example: string; extra: string }> = {
  "fetch-dhcp": { example: "http-fetch", extra: "--uri=http://site.test:8080/style.css" },
  "fetch-static": { example: "http-fetch", extra: "mirage.ipv4=10.0.0.8/24 mirage.name_servers=10.0.0.1 -- --uri=http://site.test:8080/style.css" },
  "fetch-none": { example: "http-fetch", extra: "mirage.ipv4=10.0.0.8/24 mirage.name_servers=10.0.0.1 mirage.ipv5=x -- --uri=http://none.test/" },
  "look-up": { example: "dns", extra: "mirage.ipv4=10.0.0.9/24 -- --domain-name=blog.example.org --name-servers=10.0.0.7" },
};

const guests = new Guests();
const packaged = new Map<string, Packaged>();
const projects = new Map<string, Project>();
const results = join(guests.folder, "out");
const read = (name: string): string => readFileSync(join(results, name), "latin1").replaceAll("\r\n", "\n");
const imageOf = (name: string): string => join((projects.get(name) as Project).folder, `dist/${name}.wasm`);
/** As it is built for Xen, with the NAME.xl that is generated. */
const WEBSITE = "static_website";

/** A domain of an example, with the vif that build gives it. */
async function domain(name: string, example: string, extra: string, memory: number): Promise<void> {
  const { elf, manifest, sockets } = packaged.get(example) ?? (await packageForXen(imageOf(example)));
  packaged.set(example, { elf, manifest, sockets } as Packaged);
  const vif = vifsOf(manifest, { image: name, vif: sockets as number });
  writeFileSync(join(guests.folder, `${name}.xen`), elf);
  writeFileSync(join(guests.folder, `${name}.xl`), xlText({ name, kernel: `${name}.xen`, memory, options: { vif, extra } }));
}

/** Until somebody listens there. */
async function listens(port: number): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    const found = await connect(port).catch(() => undefined);
    if (found) return void found.destroy();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`nobody listens at ${port}`);
}

describe.skipIf(reason)(`sockets on real Xen${reason ? ` (skipped: ${reason})` : ""}`, { timeout: 600_000 }, () => {
  let lab: Lab;
  let rig: Service;

  beforeAll(async () => {
    for (const name of [...Object.keys(servers), "http-fetch", "dns"]) {
      const project = new Project({}, join(root, "examples", name));
      projects.set(name, project);
      await project.build(name === WEBSITE ? "xen" : "wasi");
    }
    for (const file of [`mir-${WEBSITE}.xen`, `${WEBSITE}.xl`]) copyFileSync(join((projects.get(WEBSITE) as Project).folder, "dist", file), join(guests.folder, file));
    for (const [name, { option, address, own = PORT }] of Object.entries(servers).slice(1)) {
      // An echo has 64 kB for each of those who speak to it.
      const [memory, more] = name === "tcp-echo" ? [128, " mirage.ipv6=fd00::2/64"] : [36, ""];
      await domain(name, name, `mirage.ipv4=${address}/24${more} -- --${option}=${own}`, memory);
    }
    for (const [name, { example, extra }] of Object.entries(programs)) await domain(name, example, extra, 36);
    await guests.project("counted", new Project({}, join(root, "test/net/counted")), { memory: 40 });
    const flooded = join(guests.folder, "counted.xl");
    writeFileSync(flooded, withArguments(readFileSync(flooded, "utf8"), addresses));
    writeFileSync(join(guests.folder, "servers"), Object.keys(servers).join("\n"));
    writeFileSync(join(guests.folder, "programs"), Object.keys(programs).join("\n"));
    copyFileSync(join(root, "test/xen/sockets/run.sh"), join(guests.folder, "run.sh"));
    lab = await Lab.open(["10.0.0.1/24"]);
    for (const address of ["fd00::1/64", "2001:db8::1/64"]) await lab.run("ip", "address", "add", address, "dev", "tap0", "nodad");
    const dhcp = [`--dhcp-range=10.0.0.50,10.0.0.59,255.255.255.0,2m`, `--dhcp-host=${interfaceMac(WEBSITE, "sockets")},10.0.0.50`, "--dhcp-leasefile=/dev/null"];
    const names = ["--no-resolv", "--no-hosts", "--host-record=site.test,10.0.0.50", "--local=/test/"];
    lab.start("dnsmasq", "--keep-in-foreground", "--conf-file=/dev/null", "--pid-file=", "--user=root", "--interface=tap0", "--bind-interfaces", ...names, ...dhcp);
    rig = lab.start(process.execPath, join(root, "test/xen/sockets/boot.mjs"), guests.folder, results);
    await rig.says(/ready/, 600);
  }, 1_200_000);
  afterAll(async () => {
    await rig?.end();
    lab?.close();
    guests.remove();
    for (const project of projects.values()) project.remove();
  });

  const onXen = async (client: string, name: string): Promise<string> => {
    const { address, own = PORT } = servers[name] as (typeof servers)[string];
    const { code, stdout, stderr } = await lab.run(process.execPath, clients, client, address, String(own));
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    return stdout;
  };

  /** It waits for one. */
  const callDom0 = (): Promise<unknown> => lab.run("sh", "-c", "echo end | nc -N -w 10 10.0.0.254 9999");

  test.each(Object.keys(servers))("%s answers as under wasmtime and Node", async (name) => {
    const { option } = servers[name] as (typeof servers)[string];
    const heard = [await onXen(name, name)];
    expect((heard[0] as string).length).toBeGreaterThan(20);
    for (const engine of ["wasmtime", "node"]) {
      const port = await freePort();
      const args = [`--${option}=${port}`];
      const service = new Service(
        engine === "wasmtime"
          ? spawn(wasmtime, ["run", "-S", "inherit-network", imageOf(name), ...args])
          : spawn(process.execPath, [tool, "run", "-e", "node", "-f", join((projects.get(name) as Project).folder, "config.ts"), "--", ...args]),
      );
      try {
        await listens(port);
        const { stdout, stderr } = await execute(process.execPath, [clients, name, "127.0.0.1", String(port)], root);
        heard.push(stdout + stderr);
      } finally {
        service.stop();
      }
    }
    expect(heard).toEqual([heard[0], heard[0], heard[0]]);
  });

  test("1,000 connections at once", async () => {
    expect(await onXen("crowd", "tcp-echo")).toBe("1000\n");
  });

  test("IPv6 too, by the address that extra says", async () => {
    const { stdout } = await lab.run("sh", "-c", "echo hello | nc -N -w 10 fd00::2 8080");
    expect(stdout).toBe("hello\n");
  });

  test("programs end, with all that they have said; a call to dom0 ends the servers", async () => {
    await rig.says(/done/, 400);
    await callDom0();
    await rig.says(/alone/, 200);
  });

  test("floods of each kind, and of all at once: all arrives, what was not heeded is counted, and memory has its bound", async () => {
    // Somebody else had its address.
    await lab.run("ip", "neighbour", "flush", "dev", "tap0");
    const flood = startFloods(lab, 128 << 10, 5000);
    await flood.says(new RegExp(`^({.*\\n){${floods.length}}`), 400);
    for (const { kinds: what, intact, pages, counted } of resultsIn(flood.said)) {
      expect(intact, what).toBe(true);
      for (const name of kinds[what] ?? []) expect(counted[name], `${what}: ${name}`).toBeGreaterThan(0);
      expect(pages * MIB_OF_PAGE, what).toBeLessThan(MOST);
    }
    const { stdout } = await lab.run("sh", "-c", "echo hello | nc -N -w 10 10.0.0.2 7");
    expect(stdout).toBe("hello\n");
  });

  test("the domain that was flooded ends when it is asked to, without a trap", async () => {
    await callDom0();
    await rig.ended();
    expect(read("create")).toBe("");
    expect(read("counted.console")).toMatch(/\nlistening at 10\.0\.0\.2\nmirage: vif 0: sent .*\nmirage: shutdown requested\n$/);
    expect(read("counted.xl")).toMatch(/has shut down, reason code 0/);
  });

  test("static_website is the very image that wasmtime and Node run, and has its address by DHCP", () => {
    const digest = createHash("sha256")
      .update(readFileSync(imageOf(WEBSITE)))
      .digest("hex");
    expect(read(`${WEBSITE}.console`)).toContain(`\nmirage: sha256 ${digest}\n`);
    expect(read(`${WEBSITE}.console`)).toContain("\nmirage: vif 0: 10.0.0.50\n");
  });

  test("a name is asked for at the servers that DHCP or extra names; one that is not there is told of", () => {
    for (const name of ["fetch-dhcp", "fetch-static"]) {
      expect(read(name)).toMatch(/\nhttp:\/\/site\.test:8080\/style\.css answers 200\n[\s\S]*\nReceived body length: [1-9]\d*\n[\s\S]*mirage: main returned 0\n$/);
    }
    expect(read("fetch-none")).toMatch(/\nThere is no answer: -\d\n[\s\S]*mirage: main returned 1\n$/);
    expect(read("fetch-none")).toContain("\nmirage: not understood, ignored: mirage.ipv5=x\n");
  });

  test("the example dns asks the example dns-server, each in a domain", () => {
    expect(read("look-up")).toMatch(/\nexample\.org\. \d+ IN A 192\.0\.2\.10\n/);
  });
});
