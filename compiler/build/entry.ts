/** What a host calls of an image: a function of the kernel's, as this one of an interface. */
export interface Entry {
  interface: string;
  call: string;
}

/** Once. */
export const RUN: Entry = { interface: "wasi:cli/run@0.2.0", call: "run" };

/** Once for each request. */
export const HANDLE: Entry = { interface: "wasi:http/incoming-handler@0.2.0", call: "handle" };

/** What the encoder of components knows it by. */
export function exportName(entry: Entry): string {
  return `${entry.interface}#${entry.call}`;
}
