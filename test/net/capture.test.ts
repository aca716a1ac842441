import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { noLab } from "../support/lab.ts";
import { Project, root } from "../support/project.ts";

const config = `import { capture, console, defaultConsole, directStack, foreign, job, pair, register, stack, to } from "mirage-wasm";
const [left, right] = pair("cable");
const a = directStack(capture(left, defaultConsole), { group: "a", ipv4: "10.0.0.1/24" });
const b = directStack(right, { group: "b", ipv4: "10.0.0.2/24" });
register("capture", [foreign("job.ts:Job", to(stack, stack, job)).$(a, b)]);
`;
const job = `import { NEVER, Stack } from "mirage-wasm/stack";
export class Job<A extends Stack, B extends Stack> {
  start(a: A, b: B): void {
    b.listen(7);
    a.connect(b.address()!, 9, NEVER);
  }
}
`;

test.skipIf(noLab)(`tcpdump reads what a capture has written${noLab ? ` (skipped: ${noLab})` : ""}`, async () => {
  const project = new Project({ "config.ts": config, "job.ts": job });
  try {
    await project.build();
    const file = `${project.folder}/capture.pcap`;
    const tool = join(root, "build/cli/main.js");
    writeFileSync(file, execFileSync(process.execPath, [tool, "run"], { cwd: project.folder, stdio: ["ignore", "pipe", "ignore"] }));
    const lines = execFileSync("tcpdump", ["-nr", file], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    expect(lines).toMatch(/ARP, Request who-has 10\.0\.0\.2 tell 10\.0\.0\.1/);
    expect(lines).toMatch(/10\.0\.0\.1\.\d+ > 10\.0\.0\.2\.9: Flags \[S\]/);
    expect(lines).toMatch(/10\.0\.0\.2\.9 > 10\.0\.0\.1\.\d+: Flags \[R\.\]/);
  } finally {
    project.remove();
  }
});
