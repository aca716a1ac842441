import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { interfaceNumber, tunnelEnds } from "../config/interface.ts";
import { fail } from "../diagnostic.ts";
import { findTool } from "../tools.ts";

/** A TAP of this host's, for as long as the image runs. */
export interface Tap {
  /** This host's address on it, with its prefix. */
  host: string;
  /** What the image is to have. */
  guest: string;
  close(): void;
}

/** The addresses of this end and of the image, where NAME alone is given. */
const HOST = "10.0.0.1/24";
const PATIENCE = 5000;
const IFF_UP = 1;

/**
 * Makes the TAP `wanted`, NAME or NAME=ADDRESS/BITS, and bridges it to the image's interface of that name (docs/network.md).
 * Throws a Failure without root or socat, and when there is one of that name already.
 */
export async function openTap(wanted: string): Promise<Tap> {
  const match = /^([a-z][\w.-]{0,14}?)(?:=(\d+\.\d+\.\d+)\.(\d+)\/(\d+))?$/.exec(wanted) ?? fail("MW504", [`--net takes NAME or NAME=ADDRESS/BITS, as tap0=${HOST}`, " run"]);
  const [, name = "", network = "10.0.0", own = "1", bits = "24"] = match;
  const socat = findTool("socat") ?? fail("MW501", ["socat", "Run `sudo apt-get install socat`."]);
  if (process.getuid?.() !== 0) fail("MW505", [name]);
  if (existsSync(`/sys/class/net/${name}`)) fail("MW506", [name]);
  const host = `${network}.${own}/${bits}`;
  const child = spawn(socat, bridgeArguments(name, host, ...tunnelEnds(interfaceNumber(name))), { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
  for (const end = Date.now() + PATIENCE; !isUp(name); await new Promise((resolve) => setTimeout(resolve, 20))) {
    if (child.exitCode !== null || Date.now() > end) {
      child.kill();
      fail("MW507", [name, said.trim().split("\n")[0] ?? "socat has ended"]);
    }
  }
  return { host, guest: `${network}.${own === "2" ? "1" : "2"}/${bits}`, close: () => void child.kill() };
}

/** What socat is told to make the TAP `name` with this address (or "") and to be `peer` of the image's end of a tunnel. */
export function bridgeArguments(name: string, address: string, own: string, peer: string): string[] {
  const tap = `TUN${address && `:${address}`},tun-type=tap,iff-no-pi,tun-name=${name},iff-up`;
  // The longest frame, and room for a burst of them.
  return ["-b", "70000", tap, `UDP-DATAGRAM:${own},bind=${peer},sndbuf=4194304,rcvbuf=4194304`];
}

function isUp(name: string): boolean {
  try {
    return (Number(readFileSync(`/sys/class/net/${name}/flags`, "utf8")) & IFF_UP) === IFF_UP;
  } catch {
    return false;
  }
}
