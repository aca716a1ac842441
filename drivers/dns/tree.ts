// The names of a zone, with all that stand between them (RFC 4592 section 2.2.2), and the search in them.

import { DomainName } from "mirage-wasm/domain-name";
import { RecordType, ResourceRecord } from "mirage-wasm/resource-record";

const NONE: ResourceRecord[] = [];
/** "*" as the first label of a key. */
const WILDCARD: string = "\x01*";

/** A name, and its records: none where it only stands between others. */
export class Names {
  private readonly records: Map<i32, ResourceRecord[]> = new Map();

  add(record: ResourceRecord): void {
    if (!this.records.has(record.type)) this.records.set(record.type, []);
    this.records.get(record.type).push(record);
  }

  of(type: i32): ResourceRecord[] {
    return this.records.has(type) ? this.records.get(type) : NONE;
  }

  /** Those of any one type. */
  get some(): ResourceRecord[] {
    const all = this.records.values();
    return all.length ? all[0] : NONE;
  }
}

export class Tree {
  readonly soa: ResourceRecord;
  /** What the search has found: the name itself, or the wildcard that it comes from. Null: there is no such name. */
  found: Names | null = null;
  /** Others are in charge of the name: their servers. */
  referral: ResourceRecord[] = NONE;
  private readonly names: Map<string, Names> = new Map();

  constructor(records: ResourceRecord[]) {
    let soa = records[0];
    for (let i = 0; i < records.length; i++) if (records[i].type == RecordType.SOA) soa = records[i];
    this.soa = soa;
    const top = soa.name.bytes.length;
    for (let i = 0; i < records.length; i++) {
      const record = records[i];
      this.enter(record.name.key).add(record);
      // Those above it are there too.
      for (let key = record.name.key; key.length > top; key = above(key)) this.enter(key);
    }
  }

  get origin(): DomainName {
    return this.soa.name;
  }

  private enter(key: string): Names {
    if (!this.names.has(key)) this.names.set(key, new Names());
    return this.names.get(key);
  }

  /** The records of a name that is in the zone or below one of its cuts, as addresses of servers are. */
  at(name: DomainName, type: i32): ResourceRecord[] {
    const key = name.key;
    return this.names.has(key) ? this.names.get(key).of(type) : NONE;
  }

  /**
   * Searches for a name that is within `origin` (RFC 1034 section 4.3.2, step 3). `isAbove`: what is asked for is the business of who
   * is above a cut.
   */
  search(name: DomainName, isAbove: bool): void {
    this.found = null;
    this.referral = NONE;
    const key = name.key;
    const top = this.origin.bytes.length;
    // From the name up: what is nearest to the top counts.
    let encloser = "";
    for (let at = key; at.length >= top; at = above(at)) {
      if (this.names.has(at)) {
        if (!encloser.length) encloser = at;
        const servers = this.names.get(at).of(RecordType.NS);
        if (servers.length && at.length > top && !(isAbove && at == key)) this.referral = servers;
      }
      if (at.length == 1) break;
    }
    if (encloser == key) this.found = this.names.get(key);
    else if (this.names.has(WILDCARD + encloser)) this.found = this.names.get(WILDCARD + encloser);
  }
}

/** The key of the name without its first label. */
function above(key: string): string {
  return key.substring(key.charCodeAt(0) + 1);
}
