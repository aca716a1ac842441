// The examples in a domain, with Debian's tools at the other end of its vif.

import { join } from "node:path";
import { expect, test } from "vitest";
import { missingPackages } from "../../compiler/engines/xen/rig.ts";
import { Lab, noLab, type Service } from "../support/lab.ts";
import { Project, root } from "../support/project.ts";

const missing = missingPackages();
const reason = noLab ?? (missing.length > 0 ? `it needs ${missing.join(", ")}` : undefined);
const BOOT = 300;

/** Runs an example on Xen, by our own TCP/IP, whose other end is tap0 of a lab. */
async function onXen(example: string, args: string[], look: (lab: Lab, guest: Service) => Promise<void>): Promise<void> {
  const project = new Project({}, join(root, "examples", example));
  const lab = await Lab.open([]);
  let guest: Service | undefined;
  try {
    for (const step of [["configure", "--net=direct"], ["build"]]) expect(await project.mirage(step)).toMatchObject({ code: 0 });
    guest = lab.start(process.execPath, join(root, "build/cli/main.js"), "run", "-e", "xen", "--net", "tap0", "-f", join(project.folder, "config.ts"), "--", ...args);
    await lab.until(() => lab.run("ip", "link", "show", "tap0", "up"));
    await look(lab, guest);
  } finally {
    await guest?.end();
    lab.close();
    project.remove();
  }
}

test.skipIf(reason)(`dig asks the example dns-server on Xen${reason ? ` (skipped: ${reason})` : ""}`, { timeout: 900_000 }, () =>
  onXen("dns-server", [], async (lab, guest) => {
    await guest.says(/serving \d+ records at 10\.0\.0\.2, port 53/, BOOT);
    const dig = async (...args: string[]): Promise<string> => (await lab.run("dig", "@10.0.0.2", "+short", "+time=5", ...args)).stdout;
    expect(await dig("blog.example.org")).toBe("www.example.org.\nexample.org.\n192.0.2.10\n");
    expect(await dig("bob.customers.example.org", "TXT")).toBe('"a customer"\n');
    expect(await dig("+noedns", "long.example.org", "TXT")).toMatch(/^"0{100}" .* "5{100}"\n$/);
  }),
);

test.skipIf(reason)(`the example dns on Xen asks dnsmasq${reason ? ` (skipped: ${reason})` : ""}`, { timeout: 900_000 }, () =>
  onXen("dns", ["--domain-name=www.example.test", "--name-servers=10.0.0.1"], async (lab, guest) => {
    const alone = ["--keep-in-foreground", "--conf-file=/dev/null", "--no-resolv", "--no-hosts", "--pid-file=", "--user=root", "--log-facility=-"];
    lab.start("dnsmasq", ...alone, "--interface=tap0", "--bind-interfaces", "--host-record=www.example.test,192.0.2.1,60");
    await guest.says(/www\.example\.test\. 60 IN A 192\.0\.2\.1/, BOOT);
  }),
);
