// Keys and arguments as `describe` and `query` print them.

import type { Key } from "../compiler/config/key.ts";
import type { DeclaredArgument } from "../compiler/configure/argument-finder.ts";

/** As in `--tls=true (command line, default false; config.ts:3) Serve over TLS.` */
export function keyLine({ name, value, from, default: otherwise, doc, site }: Key<unknown>): string {
  const source = from === "default" ? from : `${from}, default ${otherwise}`;
  return `--${name}=${value} (${source}; ${site?.file}:${site?.line}) ${doc}`.trimEnd();
}

export function keyFact({ site, ...rest }: Key<unknown>): object {
  return { ...rest, place: { file: site?.file, line: site?.line } };
}

/** As in `-p, --port=8080 (port; hello.ts:5) The port to listen on.` */
export function argumentLine({ name, short, type, default: value, required, doc, place }: DeclaredArgument): string {
  return `${short ? `-${short}, ` : ""}--${name}${value ? `=${value}` : ""} (${type}${required ? ", required" : ""}; ${place.file}:${place.line}) ${doc}`.trimEnd();
}
