// Our client and server of the DNS on our stack under wasmtime, and those of Debian's packages in a network namespace.

import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Lab, noLab, type Output, type Service } from "../support/lab.ts";
import { Project, root } from "../support/project.ts";

const wasmtime = join(root, ".tools/bin/wasmtime");
const STATIC = ["--ipv4=10.0.0.2/24", "--ipv4-gateway=10.0.0.1"];
/** A text that no datagram has room for. */
const LONG = Array.from({ length: 8 }, (_, index) => String(index).repeat(250));

/** What dnsmasq knows. */
const KNOWN = [
  "--host-record=www.example.test,192.0.2.1,2001:db8::1",
  "--cname=alias.example.test,www.example.test",
  "--mx-host=example.test,mail.example.test,10",
  "--txt-record=example.test,v=spf1 -all",
  `--txt-record=long.example.test,${LONG.join(",")}`,
  "--srv-host=_http._tcp.example.test,www.example.test,8080,1,2",
  "--caa-record=example.test,0,issue,ca.test",
  "--local=/example.test/",
  "--local-ttl=60",
];
const ALONE = [
  "--keep-in-foreground",
  "--conf-file=/dev/null",
  "--no-resolv",
  "--no-hosts",
  "--log-queries",
  "--log-facility=-",
  "--pid-file=",
  "--user=root",
  "--bind-interfaces",
  "--interface=tap0",
];

describe.skipIf(noLab)(`the example dns asks dnsmasq${noLab ? ` (skipped: ${noLab})` : ""}`, () => {
  const project = new Project({}, join(root, "examples/dns"));
  let lab: Lab;
  let server: Service;
  beforeAll(() => project.build());
  afterAll(() => project.remove());
  beforeEach(async () => {
    lab = await Lab.open(["10.0.0.1/24"]);
    server = lab.start("dnsmasq", ...ALONE, ...KNOWN, "--dhcp-range=10.0.0.2,10.0.0.2,255.255.255.0,2m", "--dhcp-leasefile=/dev/null");
    await server.says(/started/);
  });
  afterEach(() => lab.close());

  const look = (name: string, type: string, ...args: string[]): Promise<Output> =>
    lab.run(wasmtime, "run", "-S", "inherit-network", join(project.folder, "dist/dns.wasm"), `--domain-name=${name}`, `--type=${type}`, ...args);
  const ask = (name: string, type: string): Promise<Output> => look(name, type, ...STATIC, "--name-servers=10.0.0.1");

  test.each([
    ["www.example.test", "A", "www.example.test. 60 IN A 192.0.2.1"],
    ["WWW.Example.test.", "AAAA", "WWW.Example.test. 60 IN AAAA 2001:db8::1"],
    ["alias.example.test", "A", "www.example.test. 60 IN A 192.0.2.1"],
    ["example.test", "MX", "example.test. 60 IN MX 10 mail.example.test."],
    ["example.test", "TXT", 'example.test. 60 IN TXT "v=spf1 -all"'],
    ["_http._tcp.example.test", "SRV", "_http._tcp.example.test. 60 IN SRV 1 2 8080 www.example.test."],
    ["example.test", "CAA", 'example.test. 60 IN CAA 0 issue "ca.test"'],
  ])("%s %s", async (name, type, line) => {
    expect(await ask(name, type)).toEqual({ code: 0, stdout: `${line}\n`, stderr: "" });
  });

  test("what a datagram has no room for comes over TCP", async () => {
    expect(await ask("long.example.test", "TXT")).toEqual({ code: 0, stdout: `long.example.test. 60 IN TXT ${LONG.map((text) => `"${text}"`).join(" ")}\n`, stderr: "" });
  });

  test("a name that is not there, and one without such records", async () => {
    expect(await ask("none.example.test", "A")).toEqual({ code: 1, stdout: "none.example.test: there is no such name\n", stderr: "" });
    expect(await ask("www.example.test", "MX")).toEqual({ code: 0, stdout: "www.example.test: it has no MX\n", stderr: "" });
  });

  test("the server that DHCP names is asked", async () => {
    const { stdout } = await look("www.example.test", "A");
    expect(stdout).toBe("www.example.test. 60 IN A 192.0.2.1\n");
    expect(server.said).toMatch(/DHCPACK\(tap0\) 10\.0\.0\.2/);
  });

  test("a server that refuses and one that is not there are passed over", async () => {
    expect(await ask("www.elsewhere.test", "A")).toEqual({ code: 1, stdout: "www.elsewhere.test: no server could say\n", stderr: "" });
    const { stdout } = await look("www.example.test", "A", ...STATIC, "--name-servers=10.0.0.77,10.0.0.1");
    expect(stdout).toBe("www.example.test. 60 IN A 192.0.2.1\n");
    expect(await look("www.example.test", "A", ...STATIC)).toEqual({ code: 1, stdout: "www.example.test: there is no server to ask\n", stderr: "" });
  });
});
