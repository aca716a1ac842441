import type { Impl } from "./impl.ts";
import { callSite, type Site } from "./site.ts";

export interface ImageOptions {
  /** The most memory that the image may have, as "1 MiB" or "512 KiB". Default: no limit but the host's. */
  memory?: string;
  /** Where messages of `mirage-wasm/log` go. Default: `defaultReporter`. */
  reporter?: Impl<"reporter">;
  /** What the target xen writes to NAME.xl. */
  xen?: XenOptions;
}

/** A domain's configuration, in the words of xl.cfg(5). */
export interface XenOptions {
  /** The domain's memory, as "8 MiB". Default: what the image needs to begin with, and its stated heap. */
  memory?: string;
  /** Default: 1, which is all that an image uses. */
  vcpus?: number;
  /** Default: "destroy". */
  on_crash?: "destroy" | "restart" | "preserve" | "coredump-destroy" | "coredump-restart";
  vif?: string[];
  disk?: string[];
  /** `[mirage.KEY=VALUE …] [--] ARGUMENTS` */
  extra?: string;
}

export interface Registration {
  readonly name: string;
  readonly jobs: readonly Impl<"job">[];
  readonly options: ImageOptions;
  readonly site?: Site;
}

const registrations: Registration[] = [];

/** The image of this configuration: its name, and the jobs that run side by side in it. */
export function register(name: string, jobs: Impl<"job">[], options: ImageOptions = {}): void {
  registrations.push({ name, jobs, options, ...callSite() });
}

/** What config.ts has registered since the last call. */
export function takeRegistrations(): Registration[] {
  return registrations.splice(0);
}
