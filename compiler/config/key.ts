import { fail } from "../diagnostic.ts";
import type { Impl } from "./impl.ts";
import { callSite, type Site } from "./site.ts";

/** A choice of the configuration's, made by `configure --NAME=VALUE` and kept from then on. */
export interface Key<out T> {
  readonly name: string;
  readonly type: "boolean" | "string" | "integer" | "choice";
  readonly default: T;
  readonly value: T;
  readonly from: "default" | "command line";
  readonly doc: string;
  /** Of the type choice: what it may be. */
  readonly choices?: readonly string[];
  readonly site?: Site;
}

/** What `configure` was called with: `--NAME=VALUE`, or `--NAME` without a value. */
export interface GivenKey {
  name: string;
  value?: string;
  /** From an earlier call: what does not fit any more is forgotten. */
  remembered?: boolean;
}

/** Options of `configure` itself. */
export const RESERVED = ["target", "wasi", "xen", "http", "output", "dry-run", "file", "help"];

let given: GivenKey[] = [];
let keys: Key<unknown>[] = [];

/** The values that keys declared from now on have. */
export function giveKeys(values: GivenKey[]): void {
  given = values;
  keys = [];
}

/** What config.ts has declared since then. */
export function takeKeys(): Key<unknown>[] {
  return keys.splice(0);
}

/** Declares a key. `value` is what the configuration is made with: use it for options, or choose devices by `ifImpl` and `matchImpl`. */
export const key = {
  /** `--NAME`, `--no-NAME`, `--NAME=true`, `--NAME=false` */
  boolean: (name: string, value: boolean, doc = ""): Key<boolean> =>
    declare({ name, type: "boolean", default: value, doc }, "true or false", (text) => (text === "true" ? true : text === "false" ? false : undefined)),
  string: (name: string, value: string, doc = ""): Key<string> => declare({ name, type: "string", default: value, doc }, "a text", (text) => text),
  integer: (name: string, value: number, doc = ""): Key<number> =>
    declare({ name, type: "integer", default: value, doc }, "an integer", (text) => (/^-?\d{1,15}$/.test(text ?? "") ? Number(text) : undefined)),
  /** One of `choices`. */
  choice: <const C extends string>(name: string, value: NoInfer<C>, choices: readonly C[], doc = ""): Key<C> =>
    declare({ name, type: "choice", default: value, choices, doc }, `one of ${choices.join(", ")}`, (text) => choices.find((one) => one === text)),
};

/** As `key.choice`, for devices of ours: all that ask for the same one share it. */
export function commonKey<const C extends string>(name: string, value: NoInfer<C>, choices: readonly C[], doc: string): Key<C> {
  const shared = keys.find((one) => one.name === name && one.doc === doc);
  return shared ? (shared as Key<C>) : key.choice(name, value, choices, doc);
}

function declare<T>(declared: Omit<Key<T>, "value" | "from">, form: string, read: (text: string | undefined) => T | undefined): Key<T> {
  const site = callSite();
  const { name } = declared;
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) || RESERVED.includes(name)) fail("MW111", [JSON.stringify(name)], site.site && { ...site.site });
  if (keys.some((one) => one.name === name)) fail("MW112", [name], site.site && { ...site.site });
  const typed = given.findLast((one) => means(one, declared));
  const value = typed && read(declared.type === "boolean" && typed.value === undefined ? String(typed.name === name) : typed.value);
  if (typed && (value === undefined || (typed.name !== name && typed.value !== undefined)) && !typed.remembered) fail("MW113", [asTyped(typed), form]);
  const made: Key<T> = { ...declared, value: value ?? declared.default, from: value === undefined ? "default" : "command line", ...site };
  keys.push(made);
  return made;
}

/** Whether what was typed is this key: `--no-NAME` is the boolean NAME. */
export function means(typed: GivenKey, { name, type }: Pick<Key<unknown>, "name" | "type">): boolean {
  return typed.name === name || (type === "boolean" && typed.name === `no-${name}`);
}

export function asTyped({ name, value }: GivenKey): string {
  return `--${name}${value === undefined ? "" : `=${value}`}`;
}

/** One device or another of the same type. */
export function ifImpl<T>(condition: Key<boolean>, then: Impl<T>, otherwise: Impl<NoInfer<T>>): Impl<T> {
  return condition.value ? then : otherwise;
}

/** The device of the key's value. */
export function matchImpl<C extends string, T>(choice: Key<C>, devices: Record<C, Impl<T>>): Impl<T> {
  const { site } = callSite();
  return Object.hasOwn(devices, choice.value) ? devices[choice.value] : fail("MW114", [choice.name, choice.value, Object.keys(devices).join(", ")], site && { ...site });
}
