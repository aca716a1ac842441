// Floods of forged frames to an image that tells what it counts (counted/), by flood.py in a lab.

import { join } from "node:path";
import type { Lab, Service } from "../support/lab.ts";
import { root } from "../support/project.ts";

export interface Flood {
  kinds: string;
  frames: number;
  intact: boolean;
  /** Of the image's memory, in all. */
  pages: number;
  counted: Record<string, number>;
}

/** By the kind of flood (forged.py), counters that say what was done about it. */
export const kinds: Record<string, string[]> = {
  syn: ["tcp.cookies_sent", "tcp.cookies_received"],
  blind: ["tcp.unacceptable", "tcp.challenge_acks", "tcp.old_timestamp"],
  arp: ["neighbours.evicted", "neighbours.doubted"],
  nd: ["neighbours.evicted", "neighbours.doubted"],
  fragments: ["ip.fragments-dropped"],
  fragments6: ["ip.fragments-dropped"],
  pings: ["icmp.echo-requests", "icmp.errors-received"],
  pings6: ["icmpv6.echo-requests", "icmpv6.errors-received", "icmpv6.ignored"],
};
export const everything = Object.keys(kinds).join(" ");
/** Each by itself, and twice all at once. */
export const floods = [...Object.keys(kinds), everything, everything];

/** MiB, for all that the stack may keep: less than an object for each of the frames. */
export const MOST = 20;
/** A page of WebAssembly's memory. */
export const MIB_OF_PAGE = 1 / 16;

/** What the image is told: on its link are half of those who flood. */
export const addresses = ["--ipv4=10.0.0.2/8", "--ipv4-gateway=10.0.0.1", "--ipv6=2001:db8::2/64", "--no-accept-ra"];

/** Starts them, one after the other; beside each, `size` bytes go each way, and each has so many frames at least. */
export const startFloods = (lab: Lab, size: number, frames: number): Service => lab.start("python3", join(root, "test/net/flood.py"), String(size), String(frames), ...floods);

/** What is said of each. */
export const resultsIn = (said: string): Flood[] =>
  said
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Flood);
