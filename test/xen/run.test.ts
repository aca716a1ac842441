import { createSocket } from "node:dgram";
import { once } from "node:events";
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { Ending } from "../../compiler/engines/xen/ending.ts";
import { missingPackages, newest } from "../../compiler/engines/xen/rig.ts";
import { LogResolver } from "../../compiler/symbols/log.ts";
import { Lab, noLab } from "../support/lab.ts";
import { type Outcome, Project, root } from "../support/project.ts";

const missing = missingPackages();
const TIMEOUT = 900_000;

/** Prints its arguments and the shim's last line of another end, with and without a line end; then does as it is told. */
const job = `import { args } from "mirage-wasm/args";
import { Console } from "mirage-wasm/console";

export class Job<C extends Console> {
  start(console: C): i32 {
    const list = args();
    for (let i = 1; i < list.length; i++) console.log("<" + list[i] + ">");
    console.log("mirage: main returned 0");
    console.write(Uint8Array.wrap(String.UTF8.encode("mirage: main exited with 0")));
    if (list[1] == "trap") unreachable();
    return 3;
  }
}
`;
const config = (xen: string): string => `import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";
register("told", [foreign("job.ts:Job", to(console, job)).$(defaultConsole)], { xen: ${xen} });
`;

/** Runs it as a domain, configured for this target; \`edit\` stands at the end of NAME.xl. */
async function run(target: string, xen: string, edit: string, args: string[]): Promise<Outcome> {
  const project = new Project({ "config.ts": config(xen), "job.ts": job });
  try {
    for (const command of [["configure", `--${target}`], ["build"]]) expect(await project.mirage(command)).toMatchObject({ code: 0 });
    if (edit) appendFileSync(join(project.folder, "dist/told.xl"), edit);
    return await project.mirage(["run", "-e", "xen", "--", ...args], "", {}, TIMEOUT);
  } finally {
    project.remove();
  }
}

describe.skipIf(missing.length > 0)(`run -e xen${missing.length > 0 ? ` (skipped: it needs ${missing.join(", ")})` : ""}`, { timeout: TIMEOUT }, () => {
  test("the domain is as NAME.xl says, edited; the code is the job's, whatever it prints", async () => {
    const xen = `{ memory: "6 MiB", on_crash: "preserve", vif: ["bridge=none"], extra: "mirage.console=raw -- one" }`;
    const { code, stdout, stderr } = await run("xen", xen, "memory = 7\n", ["two words", "--", "mirage.three"]);
    expect(stdout, stderr).toContain("\nmirage: memory 7168 kB");
    expect(stdout).toContain("\n<one>\n<two words>\n<-->\n<mirage.three>\nmirage: main returned 0\nmirage: main exited with 0");
    expect(code, stdout).toBe(3);
  });

  test("for another target it is as register says; a trap is one, whatever was printed before", async () => {
    const { code, stdout, stderr } = await run("wasi", `{ memory: "6 MiB" }`, "", ["trap", "mirage.two"]);
    expect(stdout, stderr).toContain("\r\nmirage: memory 6144 kB");
    expect(stdout).toContain("\r\n<trap>\r\n<mirage.two>\r\n");
    expect(code, stdout).toBe(134);
  });
});

describe.skipIf(noLab || missing.length > 0)("run -e xen with a Linux kernel", { timeout: TIMEOUT }, () => {
  test("an image's networks are the tunnels that they are elsewhere: who is at the other end reaches it", async () => {
    const project = new Project({}, join(root, "examples/network"));
    await project.build();
    const lab = await Lab.open([]);
    const guest = lab.start(process.execPath, join(root, "build/cli/main.js"), "run", "-e", "xen", "--net", "tap0", "-f", join(project.folder, "config.ts"));
    try {
      await lab.until(() => lab.run("ip", "link", "show", "tap0", "up"));
      const others = lab.start("tcpdump", "-n", "-l", "-i", "tap0", "ether src 52:54:00:00:00:00 or ether src fe:ff:ff:ff:ff:ff");
      await guest.says(/listening at 10\.0\.0\.2/, 300);
      for (const size of [56, 8000]) expect(await lab.run("ping", "-c", "2", "-W", "5", "-s", String(size), "10.0.0.2")).toMatchObject({ code: 0 });
      expect(await lab.run("sh", "-c", "(echo hello; sleep 1) | curl -s --max-time 5 telnet://10.0.0.2:7")).toMatchObject({ stdout: "hello\n" });
      expect(others.said.split("\n").filter((line) => line.includes(" > "))).toEqual([]);
    } finally {
      await guest.end();
      lab.close();
      project.remove();
    }
  });
});

test.skipIf(missing.length > 0)("a tunnel that somebody else has is told", { timeout: TIMEOUT }, async () => {
  const project = new Project({
    "config.ts": `import { foreign, job, netif, network, register, to } from "mirage-wasm";\nregister("idle", [foreign("job.ts:Job", to(network, job)).$(netif("eth7"))]);\n`,
    "job.ts": `import { Network } from "mirage-wasm/network";\nexport class Job<N extends Network> {\n  start(network: N): void {}\n}\n`,
  });
  const taken = createSocket("udp4").bind(42007, "127.0.0.1");
  try {
    await once(taken, "listening");
    await project.build();
    const { code, stderr } = await project.mirage(["run", "-e", "xen"], "", {}, TIMEOUT);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^\[ERROR\] The image could not be started: QEMU ended with 1: .*Address already in use/m)]);
  } finally {
    taken.close();
    project.remove();
  }
});

test("what the console had not shown when the domain ended comes from its log", () => {
  const shown = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  try {
    const end = new Ending(new LogResolver(() => expect.fail("there is no trace")));
    const all = "größe\r\nmirage: main returned 7\r\n";
    end.show(Buffer.from(all.slice(0, -12)));
    end.complete(Buffer.from(all));
    end.complete(Buffer.from(all));
    expect(Buffer.from(shown.mock.calls.map(([text]) => text as string).join(""), "latin1").toString()).toBe(all);
    expect(end.code("Domain 1 has shut down, reason code 0")).toBe(7);
  } finally {
    shown.mockRestore();
  }
});

test("of several versions, the newest by its numbers is taken", () => {
  const folder = mkdtempSync(join(tmpdir(), "mirage-wasm-versions-"));
  for (const name of ["vmlinuz-6.1.0-9-amd64", "vmlinuz-6.1.0-10-amd64", "vmlinuz-5.10.0-44-amd64", "initrd.img-6.1.0-11-amd64"]) writeFileSync(join(folder, name), "");
  expect(basename(newest(folder, /^vmlinuz-.*-amd64$/) as string)).toBe("vmlinuz-6.1.0-10-amd64");
  expect(newest(join(folder, "nowhere"), /./)).toBeUndefined();
  rmSync(folder, { recursive: true });
});
