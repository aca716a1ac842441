// A Linux kernel as the other end: a network namespace with TAPs, each bridged by socat to where an image has its tunnel.

import { type ChildProcess, execFile, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { tunnelEnds } from "../../compiler/config/interface.ts";
import { bridgeArguments } from "../../compiler/engines/tap.ts";
import { findTool } from "../../compiler/tools.ts";
import { root } from "./project.ts";

/** Debian's packages of the commands that it needs. */
const PACKAGES = JSON.parse(readFileSync(join(root, "test/support/lab-packages.json"), "utf8")) as Record<string, string>;

/** Why there can be no lab here, if so. */
export const noLab = reason();

function reason(): string | undefined {
  const missing = Object.entries(PACKAGES).filter(([command]) => !findTool(command));
  if (missing.length > 0) return `it needs ${[...new Set(missing.map(([, name]) => name))].join(", ")}`;
  return process.getuid?.() === 0 ? undefined : "it needs root";
}

export interface Output {
  code: number;
  stdout: string;
  stderr: string;
}

let labs = 0;

export class Lab {
  readonly name: string = `mirage-${process.pid}-${++labs}`;
  private readonly children: ChildProcess[] = [];

  /** `addresses`: of tap0 and so on, each with its prefix, or "" for none. `link`: what stands between them and the images. */
  static async open(addresses: string[], link?: string): Promise<Lab> {
    const lab = new Lab();
    execFileSync("ip", ["netns", "add", lab.name]);
    await lab.run("ip", "link", "set", "lo", "up");
    for (const [number, address] of addresses.entries()) {
      const [own, peer] = tunnelEnds(number);
      lab.start("socat", ...bridgeArguments(`tap${number}`, address, link ?? own, peer));
      await lab.until(() => lab.run("ip", "link", "show", `tap${number}`, "up"));
    }
    return lab;
  }

  /**
   * Another Linux host in the place of an image, with these addresses, at the image's end of `link`. That is to be started
   * afterwards: its TAP is down while it moves to the host, and socat ends at a frame for one that is down.
   */
  async host(addresses: string[], link: string): Promise<Lab> {
    const host = await Lab.open([]);
    const [own] = tunnelEnds(0);
    this.start("socat", ...bridgeArguments("eth0", "", link, own));
    // Not before socat has set it up, which it does by its name.
    await this.until(() => this.run("sh", "-c", "ip link show eth0 up | grep -q eth0"));
    await this.run("ip", "link", "set", "eth0", "netns", host.name);
    await host.run("ip", "link", "set", "eth0", "up");
    for (const address of addresses) await host.run("ip", "address", "add", address, "dev", "eth0", ...(address.includes(":") ? ["nodad"] : []));
    return host;
  }

  /** Runs a command in it to its end. */
  run(command: string, ...args: string[]): Promise<Output> {
    return new Promise((resolve) => {
      execFile("ip", ["netns", "exec", this.name, command, ...args], { timeout: 60_000, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
        resolve({ code: error ? Number(error.code ?? 1) : 0, stdout, stderr });
      });
    });
  }

  /** Starts a command that runs until the lab closes. */
  start(command: string, ...args: string[]): Service {
    const child = spawn("ip", ["netns", "exec", this.name, command, ...args], { stdio: ["ignore", "pipe", "pipe"] });
    this.children.push(child);
    return new Service(child);
  }

  /** Starts an image under wasmtime. */
  image(file: string, ...args: string[]): Service {
    return this.start(join(root, ".tools/bin/wasmtime"), "run", "-S", "inherit-network", file, ...args);
  }

  /** Until a command succeeds. */
  async until(run: () => Promise<Output>): Promise<void> {
    for (let tries = 0; tries < 200; tries++) {
      if ((await run()).code === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error("it has not come to be within ten seconds");
  }

  close(): void {
    for (const child of this.children) child.kill("SIGKILL");
    execFileSync("ip", ["netns", "delete", this.name]);
  }
}

/** Something that runs, and what it has said. */
export class Service {
  said = "";

  constructor(private readonly child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8").on("data", (text: string) => (this.said += text));
  }

  get pid(): number {
    return this.child.pid as number;
  }

  /** Resolves when it has said this. */
  async says(what: RegExp, seconds = 30): Promise<void> {
    for (let tries = 0; tries < 20 * seconds; tries++) {
      if (what.test(this.said)) return;
      if (this.child.exitCode !== null) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`it has not said ${what}, but:\n${this.said}`);
  }

  /** Resolves with its code when it has ended by itself. */
  async ended(): Promise<number | null> {
    if (this.child.exitCode === null) await once(this.child, "close");
    return this.child.exitCode;
  }

  stop(): void {
    this.child.kill("SIGKILL");
  }

  /** Asks it to end, with what it has started; resolves when it has. */
  async end(): Promise<void> {
    if (this.child.exitCode === null && this.child.kill("SIGTERM")) await once(this.child, "close");
  }
}
