import { fail } from "../diagnostic.ts";
import { callSite, type Site } from "./site.ts";
import type { Fn, Type } from "./type.ts";

type Impls<T extends readonly unknown[]> = { [K in keyof T]: Impl<T[K]> };
type Apply<T> =
  T extends Fn<infer Devices, infer Result>
    ? Devices extends readonly [infer First, ...infer Rest]
      ? Rest extends readonly []
        ? (device: Impl<First>) => Impl<Result>
        : ((...devices: Impls<Devices>) => Impl<Result>) & ((device: Impl<First>) => Impl<Fn<Rest, Result>>)
      : never
    : never;

/** A constant that `configure` makes of a file: a text whose units are bytes. */
export interface FromFile {
  /** Relative to the folder of config.ts. */
  readonly file: string;
  /** What else it depends on. */
  readonly options: Record<string, string>;
  /** Throws a Failure about what is wrong in the file. */
  readonly make: (file: { name: string; text: string }, options: Record<string, string>) => string;
}

export type Value = string | number | boolean | FromFile;

/** Options of `foreign` and `impl`. */
export interface ImplOptions {
  /** npm packages with AssemblyScript sources that its file imports. */
  packages?: string[];
  /** WIT interfaces that it lowers to, each as "FILE.wit#NAMESPACE:PACKAGE/INTERFACE@VERSION". */
  imports?: string | string[];
  /** Constants that its constructor takes behind its devices. */
  values?: Value[];
  /** WASI interfaces that a host has to give for what it calls of the kernel, as "wasi:sockets/udp@0.2.0". */
  needs?: string[];
  /** What takes its place, and that of all that is applied to it, where the host speaks HTTP itself: with `--target=http`. */
  hosted?: Impl<unknown>;
  /** Files that the image has: its constructor takes their place in memory, a `usize`, behind all else (drivers/files/crunched.ts). */
  folder?: Folder;
}

export interface Folder {
  /** Relative to that of config.ts. */
  path: string;
  /** When its files were changed last, in seconds since 1970; -1: that is not said. */
  modified: number;
}

/** A device or job, or what becomes one when devices are applied. Equal ones are the same. */
export interface Impl<out T> {
  readonly type: Type<T>;
  /** The class as FILE:CLASS. */
  readonly place: string;
  readonly applied: readonly Impl<unknown>[];
  readonly packages: readonly string[];
  readonly imports: readonly string[];
  readonly values: readonly Value[];
  readonly needs: readonly string[];
  readonly hosted?: Impl<unknown>;
  readonly folder?: Folder;
  readonly site?: Site;
  /** Applies devices, all or the first ones. */
  readonly $: Apply<T>;
}

/** An implementation in AssemblyScript: a class of a file beside config.ts, as "FILE:CLASS". */
export function impl<T>(place: string, type: Type<T>, options: ImplOptions = {}): Impl<T> {
  const { packages = [], imports = [], values = [], needs = [], hosted, folder } = options;
  return make({ type, place, applied: [], packages, imports: [imports].flat(), values, needs, ...(hosted ? { hosted } : {}), ...(folder ? { folder } : {}), ...callSite() });
}

/** A job of the user's: its class has a method `start` that takes the devices in the order of `type`. */
export const foreign: typeof impl = impl;

/** Another name for `foreign`. */
export const main: typeof impl = impl;

/** A job that does nothing. */
export const noop: Impl<"job"> = impl("mirage-wasm/noop:Noop", { name: "job" });

function make<T>(fields: Omit<Impl<T>, "$">): Impl<T> {
  const apply = (...devices: Impl<unknown>[]): Impl<unknown> => applyDevices(fields, devices);
  return { ...fields, $: apply as Apply<T> };
}

function applyDevices(fields: Omit<Impl<unknown>, "$">, devices: Impl<unknown>[]): Impl<unknown> {
  const { site } = callSite();
  const signature = fields.type.signature ?? [];
  const wanted = signature.slice(0, -1);
  if (devices.length === 0 || devices.length > wanted.length) fail("MW104", [fields.place, wanted.length, devices.length], site && { ...site });
  devices.forEach((device, index) => {
    const expected = wanted[index] as Type<unknown>;
    if (device?.type?.name !== expected.name) fail("MW103", [fields.place, expected.name, device?.type?.name ?? "no device"], site && { ...site });
  });
  const rest = signature.slice(devices.length);
  const type = rest.length === 1 ? (rest[0] as Type<unknown>) : { name: rest.map(({ name }) => name).join(" → "), signature: rest };
  // It keeps its place: what is wrong with its class is mended where that is named.
  return make({ ...fields, type, applied: [...fields.applied, ...devices] });
}
