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

/** Builds an example for our own TCP/IP, or for the host's. */
async function build(project: Project, net: "direct" | "host"): Promise<void> {
  expect((await project.mirage(["configure", `--net=${net}`])).code).toBe(0);
  const { code, stderr } = await project.mirage(["build"]);
  expect(code, stderr).toBe(0);
}

describe.skipIf(noLab)(`the example dns asks dnsmasq${noLab ? ` (skipped: ${noLab})` : ""}`, () => {
  const project = new Project({}, join(root, "examples/dns"));
  let lab: Lab;
  let server: Service;
  beforeAll(() => build(project, "direct"));
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

describe.skipIf(noLab)("dig asks the example dns-server", () => {
  const project = new Project({}, join(root, "examples/dns-server"));
  let lab: Lab;
  beforeAll(async () => {
    await build(project, "direct");
    lab = await Lab.open(["10.0.0.1/24"]);
    await lab.image(join(project.folder, "dist/dns-server.wasm"), ...STATIC).says(/serving \d+ records at 10\.0\.0\.2, port 53/);
  });
  afterAll(() => {
    lab.close();
    project.remove();
  });

  /** Its code, its flags, and its records by sections, each with single blanks. */
  const dig = async (...args: string[]): Promise<string> => {
    const { stdout } = await lab.run("dig", "@10.0.0.2", "+norecurse", "+nostats", "+time=5", "+tries=1", ...args);
    const code = /status: (\w+)/.exec(stdout)?.[1];
    const flags = /flags: ([a-z ]+);/.exec(stdout)?.[1];
    const sections = ["ANSWER", "AUTHORITY", "ADDITIONAL"].map(
      (name) => new RegExp(`;; ${name} SECTION:\\n([^]*?)\\n\\n`).exec(`${stdout}\n\n`)?.[1]?.replaceAll(/[\t ]+/g, " ") ?? "",
    );
    return [`${code} ${flags}`, ...sections].join("|");
  };
  const SOA = "example.org. 300 IN SOA ns1.example.org. hostmaster.example.org. 2026010101 14400 1800 1209600 300";

  test.each([
    ["the top", ["example.org", "A"], "NOERROR qr aa|example.org. 3600 IN A 192.0.2.10||"],
    ["AAAA", ["example.org", "AAAA"], "NOERROR qr aa|example.org. 3600 IN AAAA 2001:db8::10||"],
    ["SOA", ["example.org", "SOA"], `NOERROR qr aa|${SOA.replace(" 300 IN", " 3600 IN")}||`],
    ["TXT", ["example.org", "TXT"], 'NOERROR qr aa|example.org. 3600 IN TXT "v=spf1 mx -all"||'],
    ["CAA", ["example.org", "CAA"], 'NOERROR qr aa|example.org. 3600 IN CAA 0 issue "ca.example.net"||'],
    [
      "MX",
      ["example.org", "MX"],
      "NOERROR qr aa|example.org. 3600 IN MX 10 mail.example.org.\nexample.org. 3600 IN MX 20 mail.example.net.||mail.example.org. 3600 IN A 192.0.2.25",
    ],
    [
      "SRV",
      ["_sip._tcp.example.org", "SRV"],
      "NOERROR qr aa|_sip._tcp.example.org. 3600 IN SRV 10 60 5060 sip1.example.org.\n_sip._tcp.example.org. 3600 IN SRV 20 0 5060 sip2.example.net.||sip1.example.org. 3600 IN A 192.0.2.60",
    ],
    [
      "aliases",
      ["blog.example.org", "A"],
      "NOERROR qr aa|blog.example.org. 300 IN CNAME www.example.org.\nwww.example.org. 3600 IN CNAME example.org.\nexample.org. 3600 IN A 192.0.2.10||",
    ],
    ["a wildcard", ["bob.customers.example.org", "A"], "NOERROR qr aa|bob.customers.example.org. 3600 IN A 192.0.2.80||"],
    ["a name beside a wildcard", ["eve.customers.example.org", "TXT"], `NOERROR qr aa||${SOA}|`],
    ["a name that is not there", ["nobody.example.org", "A"], `NXDOMAIN qr aa||${SOA}|`],
    ["no such records", ["mail.example.org", "AAAA"], `NOERROR qr aa||${SOA}|`],
    ["others in charge", ["pc.lab.example.org", "A"], "NOERROR qr||lab.example.org. 3600 IN NS ns.lab.example.org.|ns.lab.example.org. 3600 IN A 192.0.2.53"],
    ["another zone", ["example.com", "A"], "REFUSED qr|||"],
    ["over TCP", ["+tcp", "mail.example.org", "A"], "NOERROR qr aa|mail.example.org. 3600 IN A 192.0.2.25||"],
    ["without EDNS", ["+noedns", "mail.example.org", "A"], "NOERROR qr aa|mail.example.org. 3600 IN A 192.0.2.25||"],
  ])("%s", async (_, args, says) => {
    expect(await dig(...args)).toBe(says);
  });

  test("what has no room is cut off, and comes whole over TCP or by EDNS", async () => {
    expect(await dig("+noedns", "+ignore", "long.example.org", "TXT")).toBe("NOERROR qr aa tc|||");
    const texts = Array.from({ length: 6 }, (_, index) => `"${String(index).repeat(100)}"`).join(" ");
    const all = `NOERROR qr aa|long.example.org. 3600 IN TXT ${texts}||`;
    expect(await dig("+noedns", "long.example.org", "TXT")).toBe(all);
    expect(await dig("+bufsize=1232", "long.example.org", "TXT")).toBe(all);
  });

  test("several questions over one connection, and others beside it", async () => {
    const names = ["mail", "ns1", "sip1"].flatMap((name) => ["-q", `${name}.example.org`]);
    const { stdout } = await lab.run("dig", "@10.0.0.2", "+tcp", "+keepopen", "+short", ...names);
    expect(stdout).toBe("192.0.2.25\n10.0.0.2\n192.0.2.60\n");
    const all = await Promise.all(Array.from({ length: 20 }, () => lab.run("dig", "@10.0.0.2", "+tcp", "+short", "mail.example.org")));
    expect(all.map((one) => one.stdout)).toEqual(Array.from({ length: 20 }, () => "192.0.2.25\n"));
  });

  test("the whole zone is nobody's to have", async () => {
    expect((await lab.run("dig", "@10.0.0.2", "example.org", "AXFR")).stdout).toContain("Transfer failed");
  });

  test("after noise it goes on to answer", async () => {
    await lab.run("sh", "-c", "head -c 4000 /dev/urandom | split -b 100 --filter='nc -u -w0 10.0.0.2 53'; head -c 20000 /dev/urandom | nc -w1 10.0.0.2 53");
    expect(await dig("mail.example.org", "A")).toMatch(/^NOERROR/);
  });
});

describe.skipIf(noLab)("by the host's UDP and TCP", () => {
  const projects = { client: new Project({}, join(root, "examples/dns")), server: new Project({}, join(root, "examples/dns-server")) };
  let lab: Lab;
  beforeAll(async () => {
    for (const project of Object.values(projects)) await build(project, "host");
    lab = await Lab.open(["10.0.0.1/24"]);
  });
  afterAll(() => {
    lab.close();
    for (const project of Object.values(projects)) project.remove();
  });

  const engines: Record<string, string[]> = { wasmtime: ["wasmtime"], Node: ["node"] };
  test.each(Object.entries(engines))("the examples speak to each other, and to dig, under %s", async (_, [engine = ""]) => {
    const command = (name: keyof typeof projects): string[] => [join(root, "build/cli/main.js"), "run", "-e", engine, "-f", join(projects[name].folder, "config.ts"), "--"];
    const server = lab.start(process.execPath, ...command("server"));
    await server.says(/serving \d+ records/);
    const look = (name: string, type: string, nameServer = "10.0.0.1"): Promise<Output> =>
      lab.run(process.execPath, ...command("client"), `--domain-name=${name}`, `--type=${type}`, `--name-servers=${nameServer}`);
    expect(await look("blog.example.org", "A")).toMatchObject({ code: 0, stdout: "example.org. 3600 IN A 192.0.2.10\n" });
    expect((await look("long.example.org", "TXT")).stdout).toMatch(/^long\.example\.org\. 3600 IN TXT "0{100}" .* "5{100}"\n$/);
    expect(await look("www.example.org", "AAAA", "::1")).toMatchObject({ code: 0, stdout: "example.org. 3600 IN AAAA 2001:db8::10\n" });
    expect(await look("nobody.example.org", "A")).toMatchObject({ code: 1, stdout: "nobody.example.org: there is no such name\n" });
    expect((await lab.run("dig", "@10.0.0.1", "+short", "mail.example.org")).stdout).toBe("192.0.2.25\n");
    expect((await lab.run("dig", "@10.0.0.1", "+short", "+tcp", "mail.example.org")).stdout).toBe("192.0.2.25\n");
    server.stop();
  });
});
