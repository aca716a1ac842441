// What was found out, for as long as it may be kept (RFC 1035 section 7.4, RFC 2308).

import { SECOND } from "mirage-wasm/duration";
import { Counter } from "mirage-wasm/metrics";
import { ResourceRecord } from "mirage-wasm/resource-record";
import { Result } from "mirage-wasm/result";

const hitsCount = new Counter("dns.cache-hits");
const evictedCount = new Counter("dns.cache-evicted");

/** What is known of a name and a type: its records, none of them, or that there is no such name. */
export class Known {
  constructor(
    readonly result: Result,
    readonly records: ResourceRecord[],
    /** When it was found out, and until when it is good, in nanoseconds. */
    readonly since: i64,
    readonly until: i64,
  ) {}

  /** The records as they are by `now`: how long they may be kept is less by their age. */
  recordsAt(now: i64): ResourceRecord[] {
    const age = <u32>((now - this.since) / SECOND);
    const records = new Array<ResourceRecord>(this.records.length);
    for (let i = 0; i < records.length; i++) {
      const record = this.records[i];
      records[i] = new ResourceRecord(record.name, record.type, record.ttl - min(age, record.ttl), record.data);
    }
    return records;
  }
}

export class Cache {
  private readonly entries: Map<string, Known> = new Map();

  /** Holds `most` answers: who comes later takes the place of the one that was there first. */
  constructor(private readonly most: i32) {}

  get size(): i32 {
    return this.entries.size;
  }

  /** What is known by this key at `now`, or null. */
  find(key: string, now: i64): Known | null {
    if (!this.entries.has(key)) return null;
    const known = this.entries.get(key);
    if (known.until <= now) {
      this.entries.delete(key);
      return null;
    }
    hitsCount.add();
    return known;
  }

  /** Keeps an answer for `ttl` seconds, if that is more than 0. */
  keep(key: string, result: Result, records: ResourceRecord[], ttl: u32, now: i64): void {
    if (!ttl || this.most < 1) return;
    // A Map is in the order of coming, from which this one steps back.
    this.entries.delete(key);
    if (this.entries.size == this.most) {
      evictedCount.add();
      this.entries.delete(this.entries.keys()[0]);
    }
    this.entries.set(key, new Known(result, records, now, now + <i64>ttl * SECOND));
  }
}
