// Real Xen where there is none: Xen and a small dom0 on QEMU's own emulation of a processor.

import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { basename, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { tunnelEnds } from "../../config/interface.ts";
import { packageRoot } from "../../package.ts";
import { findTool } from "../../tools.ts";
import { forwardSignals } from "../signals.ts";
import { connect, type Terminal } from "./terminal.ts";

/** Debian's packages that the rig is made of, by what each of them brings. */
const parts: Record<string, () => boolean> = {
  "qemu-system-x86": () => findTool("qemu-system-x86_64") !== undefined,
  [`xen-hypervisor-${xenVersion()}-amd64`]: () => hypervisor() !== undefined,
  [`xen-utils-${xenVersion()}`]: () => existsSync(`/usr/lib/xen-${xenVersion()}/bin/xl`),
  "xenstore-utils": () => existsSync("/usr/bin/xenstore"),
  "linux-image-amd64": () => kernel() !== undefined,
  "busybox-static": () => findTool("busybox") !== undefined,
  cpio: () => findTool("cpio") !== undefined,
};

/** What is missing for the rig. */
export function missingPackages(): string[] {
  return Object.entries(parts)
    .filter(([, isThere]) => !isThere())
    .map(([name]) => name);
}

export interface Boot {
  /** A folder with run.sh, which dom0 runs there; it leaves what it has to say in results/. */
  guests: string;
  /** MiB that guests need at once, where it is much. */
  memory?: number;
  /** Where results/ is put. */
  results: string;
  /** Seconds until it is given up; without, it runs as long as it likes. */
  limit?: number;
  /** What run.sh reads and writes, if anything. */
  terminal?: Terminal;
  /** Numbers of vifs whose frames leave the rig: each vif's bridge has a network card, whose cable is the tunnel of that number. */
  cables?: number[];
}

/** The shim's (runtime/xen/net.h). */
const VIFS = 8;
const OUTPUT_SIZE = 64 << 20;
/** MiB of dom0, of Xen itself, and of the whole machine at least. */
const DOM0_MEMORY = 1024;
const XEN_MEMORY = 256;
const LEAST_MEMORY = 3072;

/** Boots once. Rejects when dom0 did not come to its end; the message holds the end of Xen's own log. */
export async function boot(options: Boot): Promise<void> {
  const { guests, results } = options;
  const dom0 = dom0Image();
  const folder = mkdtempSync(join(tmpdir(), "mirage-wasm-rig-"));
  try {
    execFileSync("tar", ["-c", "-f", join(folder, "in.tar"), "-C", guests, "."]);
    writeFileSync(join(folder, "out.tar"), "");
    truncateSync(join(folder, "out.tar"), OUTPUT_SIZE);
    writeFileSync(join(folder, "xen"), gunzipSync(readFileSync(hypervisor() as string)));
    const failure = await qemu(folder, dom0, options);
    if (failure) throw new Error(`${failure}. ${endOfLog(folder)}`);
    mkdirSync(results, { recursive: true });
    try {
      execFileSync("tar", ["-x", "-f", join(folder, "out.tar"), "-C", results, "--strip-components=1", "results"], { stdio: ["ignore", "ignore", "pipe"] });
    } catch {
      throw new Error(`dom0 left no results. ${endOfLog(folder)}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function endOfLog(folder: string): string {
  const log = join(folder, "log");
  return existsSync(log) ? `The end of Xen's log:\n${readFileSync(log, "latin1").slice(-3000)}` : "Xen has not begun.";
}

/** Runs QEMU to its end; resolves to what went wrong, if anything did. */
function qemu(folder: string, dom0: string, { memory = 0, limit, terminal, cables = [] }: Boot): Promise<string | undefined> {
  const drive = (file: string): string[] => ["-drive", `file=${join(folder, file)},format=raw,if=virtio`];
  const args = [
    ...["-accel", "tcg", "-cpu", "EPYC,+svm,+npt", "-m", String(Math.max(LEAST_MEMORY, memory + DOM0_MEMORY + XEN_MEMORY)), "-display", "none", "-no-reboot", "-net", "none"],
    ...["-serial", `file:${join(folder, "log")}`],
    ...["-chardev", "stdio,id=terminal,signal=off", "-serial", "chardev:terminal"],
    ...["-kernel", join(folder, "xen")],
    // The last four are for an emulated processor. Without cpuidle=0 Xen panics in its idle loop. Without eager-fpu Xen
    // gives dom0 its vector registers back when their first use traps (CR0.TS), and QEMU's XSAVE does not: dom0's kernel
    // then saves the registers of the guest that ran last as those of a process.
    ...["-append", `dom0_mem=${DOM0_MEMORY}M console=com1 com1=115200 loglvl=all guest_loglvl=all smap=0 smep=0 cpuidle=0 spec-ctrl=eager-fpu`],
    ...["-initrd", `${kernel()} console=hvc0 panic=-1,${dom0}`],
    ...drive("in.tar"),
    ...drive("out.tar"),
    ...[...new Set(cables)].filter((number) => number < VIFS).flatMap(networkCard),
  ];
  return new Promise((resolve, reject) => {
    const child = spawn(findTool("qemu-system-x86_64") as string, args, { stdio: "pipe" });
    child.stdout.resume();
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
    const disconnect = terminal && connect(child, terminal);
    const timer = limit === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), limit * 1000);
    const stopForwarding = forwardSignals(child);
    child.on("error", reject);
    child.on("close", (code) => {
      clearTimeout(timer);
      disconnect?.();
      stopForwarding();
      resolve(code === 0 ? undefined : code === null ? `The rig was stopped, or took longer than ${limit} s` : `QEMU ended with ${code}: ${said.trim()}`);
    });
  });
}

/** QEMU's arguments for a card that dom0-vif.sh knows by its address. */
function networkCard(number: number): string[] {
  const [own, peer] = tunnelEnds(number).map((end) => end.split(":")) as [string[], string[]];
  const end = (name: string, [host, port]: string[]): string => `${name}.type=inet,${name}.host=${host},${name}.port=${port}`;
  const address = `52:54:00:00:00:${number.toString(16).padStart(2, "0")}`;
  return ["-netdev", `dgram,id=cable${number},${end("local", own)},${end("remote", peer)}`, "-device", `virtio-net-pci,netdev=cable${number},mac=${address},romfile=`];
}

/** dom0's initramfs, made once for these packages. */
function dom0Image(): string {
  const here = join(packageRoot, "compiler/engines/xen");
  const release = versionIn(kernel() as string);
  const hash = createHash("sha256");
  for (const name of ["build-dom0.sh", "dom0-init.sh", "dom0-vif.sh"]) hash.update(readFileSync(join(here, name)));
  hash.update(execFileSync("dpkg-query", ["-W", `xen-utils-${xenVersion()}`, "xenstore-utils", "busybox-static", `linux-image-${release}`]));
  const cache = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "mirage-wasm");
  const image = join(cache, `dom0-${hash.digest("hex").slice(0, 16)}.gz`);
  if (existsSync(image)) return image;
  mkdirSync(cache, { recursive: true });
  const partial = `${image}.${process.pid}`;
  execFileSync("bash", [join(here, "build-dom0.sh"), partial, release, xenVersion()], { stdio: ["ignore", "ignore", "inherit"] });
  renameSync(partial, image);
  return image;
}

/** The installed Xen's, or that of Debian 12. */
function xenVersion(): string {
  const file = hypervisor();
  return file ? versionIn(file).replace(/-amd64$/, "") : "4.17";
}

function hypervisor(): string | undefined {
  return newest("/boot", /^xen-4\..*-amd64\.gz$/);
}

function kernel(): string | undefined {
  return newest("/boot", /^vmlinuz-.*-amd64$/);
}

/** Of /boot/NAME-VERSION or /boot/NAME-VERSION.gz. */
function versionIn(file: string): string {
  return basename(file, ".gz").replace(/^\w+-/, "");
}

/** The file of the latest version, by its numbers: 6.1.0-9 is before 6.1.0-10. */
export function newest(folder: string, pattern: RegExp): string | undefined {
  if (!existsSync(folder)) return undefined;
  const { compare } = new Intl.Collator("en", { numeric: true });
  const name = readdirSync(folder)
    .filter((one) => pattern.test(one))
    .sort(compare)
    .at(-1);
  return name && join(folder, name);
}
