import { fail } from "../diagnostic.ts";
import { loadZone } from "../zone/load.ts";
import { nameOf } from "../zone/name.ts";
import { type Impl, impl } from "./impl.ts";
import { callSite } from "./site.ts";
import { resolver, stack } from "./stacks.ts";
import { type Type, to, type } from "./type.ts";

/** What the DNS says: records by name and type. */
export const dns: Type<"dns"> = type("dns", "mirage-wasm/dns:Dns");

export interface DnsOptions {
  /** Stands before the name of its argument, where an image has several: `--GROUP-name-servers`. */
  group?: string;
  /** Addresses of the servers that are asked. Default: those that the stack knows by DHCP. */
  nameServers?: string[];
  /** How many answers are kept, each for as long as it says. Default: 1,000. */
  cacheSize?: number;
}

/** A client of the DNS, which asks servers over UDP and TCP. An argument of the image: `--name-servers`. */
export const dnsClient = (on: Impl<"stack">, { group = "", nameServers = [], cacheSize = 1000 }: DnsOptions = {}): Impl<"dns"> =>
  impl("mirage-wasm/drivers/dns/client:DnsClient", to(stack, dns), { values: [group, nameServers.join(","), cacheSize] }).$(on);

/** Addresses by the DNS: with the same options, it shares `dnsClient`'s cache. */
export const dnsResolver = (on: Impl<"stack">, options: DnsOptions = {}): Impl<"resolver"> =>
  impl("mirage-wasm/drivers/dns/resolver:DnsResolver", to(dns, resolver)).$(dnsClient(on, options));

/** A part of the tree of names: what a server of the DNS answers. */
export const zone: Type<"zone"> = type("zone", "mirage-wasm/zone:Zone");

export interface ZoneOptions {
  /** What stands behind relative names in the file, before an $ORIGIN of its own. */
  origin?: string;
}

/** A zone in a master file (RFC 1035 section 5) beside config.ts: `configure` reads it, and it is part of the image. */
export const zoneFile = (file: string, { origin }: ZoneOptions = {}): Impl<"zone"> => {
  const name = origin === undefined ? [] : nameOf(`${origin.replace(/\.$/, "")}.`, undefined);
  const { site } = callSite();
  if (typeof name === "string") fail("MW102", [`${JSON.stringify(origin)} is no origin: it has to be ${name}.`], site && { ...site });
  return impl("mirage-wasm/drivers/dns/zone-file:ZoneFile", zone, { values: [{ file, options: origin === undefined ? {} : { origin }, make: loadZone }] });
};
