import { check } from "./check.ts";
import { encode, parse } from "./parse.ts";
import type { MasterFile } from "./scan.ts";

/** The zone of a master file as a text whose units are bytes: what the guest's device is given. Throws a Failure with its first mistake. */
export function loadZone(file: MasterFile, { origin }: Record<string, string>): string {
  return Buffer.from(check(file, parse(file, origin)).flatMap(encode)).toString("latin1");
}
