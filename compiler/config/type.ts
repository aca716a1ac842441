import { callSite, type Site } from "./site.ts";

/** A function from devices to a device or job: what `to(…)` makes. */
export interface Fn<Devices extends readonly unknown[], Result> {
  readonly devices: Devices;
  readonly result: Result;
}

/** The type of a device or job. `T` is its name, or a `Fn` of names. */
export interface Type<out T> {
  /** Only there for the type checker. */
  readonly is?: T;
  readonly name: string;
  /** The guest's interface as FILE:INTERFACE; a job has none. */
  readonly guest?: string;
  /** What `to` was given, the result last. */
  readonly signature?: readonly Type<unknown>[];
  readonly site?: Site;
}

type Names<T extends readonly unknown[]> = { [K in keyof T]: T[K] extends Type<infer N> ? N : never };
type Arrow<T extends readonly unknown[]> = T extends [...infer Devices, infer Last] ? (Last extends Type<infer Result> ? Fn<Names<Devices>, Result> : never) : never;

/**
 * A type of devices: its name in errors and in `describe`, and the interface that jobs are written against, as
 * "FILE:INTERFACE" beside config.ts.
 */
export function type<const Name extends string>(name: Name, guest: string): Type<Name> {
  return { name, guest, ...callSite() };
}

/** The type of what takes devices of these types, in this order, and is the last: `to(console, clock, job)`. */
export function to<T extends [Type<unknown>, Type<unknown>, ...Type<unknown>[]]>(...types: T): Type<Arrow<T>> {
  return { name: types.map(({ name }) => name).join(" → "), signature: types };
}

/** What an image runs. */
export const job: Type<"job"> = { name: "job" };
