// Whether records make a zone: RFC 1034 sections 3.6.2 and 4.2.1, RFC 2181.

import { keyOf, keysUp, type Name, show } from "./name.ts";
import type { ZoneRecord } from "./parse.ts";
import { type MasterFile, mistake } from "./scan.ts";

const [A, NS, CNAME, SOA, AAAA] = [1, 2, 5, 6, 28];

/** The records of a zone, each once. Throws a Failure about what does not fit. */
export function check(file: MasterFile, all: ZoneRecord[]): ZoneRecord[] {
  const soa = all.find(({ type }) => type === SOA) ?? mistake(file, 0, "The zone has no SOA.");
  const top = keyOf(soa.name);
  const records: ZoneRecord[] = [];
  const sets = new Map<string, ZoneRecord[]>();
  const names = new Map<string, ZoneRecord[]>();
  for (const record of all) {
    const key = keyOf(record.name);
    const fail = (message: string): never => mistake(file, record.start, message);
    if (!keysUp(record.name).includes(top)) fail(`${show(record.name)} is not in the zone ${show(soa.name)}`);
    if (record.type === SOA && record !== soa) fail("The zone has an SOA already.");
    const set = `${record.type} ${key}`;
    const same = sets.get(set) ?? [];
    // RFC 2181 section 5: a set has each record once, …
    if (same.some(({ data }) => data.join() === record.data.join())) continue;
    // … and one TTL (section 5.2).
    if (same[0] && same[0].ttl !== record.ttl) fail(`Its TTL is ${record.ttl}, that of a record of the same name and type ${same[0].ttl}: they have to be the same.`);
    // Section 10.1.
    const others = names.get(key) ?? [];
    if (others.length > 0 && (record.type === CNAME || others.some(({ type }) => type === CNAME))) fail(`${show(record.name)} is a CNAME: it can have no other record.`);
    sets.set(set, [...same, record]);
    names.set(key, [...others, record]);
    records.push(record);
  }
  if (!sets.has(`${NS} ${top}`)) mistake(file, soa.start, `The zone has no NS: who serves ${show(soa.name)}?`);
  for (const { type, data, start } of records) {
    if (type === NS && !isServed(data, top, sets)) mistake(file, start, `The server ${show(data)} is in this zone and has no address.`);
  }
  return records;
}

/** Whether a server's address is here, or somebody else's to tell: out of the zone, and below a cut. */
function isServed(server: Name, top: string, sets: Map<string, ZoneRecord[]>): boolean {
  const keys = keysUp(server);
  const inside = keys.slice(0, keys.indexOf(top) + 1);
  if (inside.length === 0 || inside.some((key) => key !== top && sets.has(`${NS} ${key}`))) return true;
  // A wildcard may have one.
  return inside.some((key, index) => [A, AAAA].some((type) => sets.has(`${type} ${index === 0 ? key : `\u0001*${key}`}`)));
}
