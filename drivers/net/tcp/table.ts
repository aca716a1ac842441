import { connections } from "./counters";
import { Tcb } from "./tcb";

/** Buckets of a new table. */
const SMALL: i32 = 64;

/**
 * Connections by addresses and ports: a hash table with a key, so that nobody can choose addresses which fall together.
 * It has at least as many buckets as connections. Raw memory.
 */
@unmanaged
export class Table {
  private key: u64;
  private buckets: usize;
  private mask: u32;
  size: i32;

  static create(key: u64): Table {
    const block = heap.alloc(offsetof<Table>());
    const table = changetype<Table>(block);
    table.key = key;
    table.size = 0;
    table.allocate(SMALL);
    return table;
  }

  private allocate(count: i32): void {
    const bytes = <usize>count << alignof<usize>();
    this.buckets = heap.alloc(bytes);
    memory.fill(this.buckets, 0, bytes);
    this.mask = count - 1;
  }

  find(remoteHigh: u64, remoteLow: u64, localHigh: u64, localLow: u64, ports: u32): Tcb | null {
    let tcb = load<Tcb | null>(this.bucket(this.hash(remoteHigh, remoteLow, localHigh, localLow, ports)));
    while (tcb) {
      if (tcb.ports == ports && tcb.remoteLow == remoteLow && tcb.localLow == localLow && tcb.remoteHigh == remoteHigh && tcb.localHigh == localHigh) return tcb;
      tcb = tcb.inBucket;
    }
    return null;
  }

  add(tcb: Tcb): void {
    if (this.size > <i32>this.mask) this.grow();
    tcb.hash = this.hash(tcb.remoteHigh, tcb.remoteLow, tcb.localHigh, tcb.localLow, tcb.ports);
    this.put(tcb);
    this.size++;
    connections.add(1);
  }

  remove(tcb: Tcb): void {
    const bucket = this.bucket(tcb.hash);
    let before: Tcb | null = null;
    let one = load<Tcb | null>(bucket);
    while (one && one != tcb) {
      before = one;
      one = one.inBucket;
    }
    if (!one) return;
    if (before) before.inBucket = tcb.inBucket;
    else store<Tcb | null>(bucket, tcb.inBucket);
    this.size--;
    connections.add(-1);
  }

  /** Is it true of one of them? */
  some(test: (tcb: Tcb) => bool): bool {
    for (let bucket: u32 = 0; bucket <= this.mask; bucket++) {
      let tcb = load<Tcb | null>(this.bucket(bucket));
      while (tcb) {
        if (test(tcb)) return true;
        tcb = tcb.inBucket;
      }
    }
    return false;
  }

  private put(tcb: Tcb): void {
    const bucket = this.bucket(tcb.hash);
    tcb.inBucket = load<Tcb | null>(bucket);
    store<Tcb>(bucket, tcb);
  }

  private grow(): void {
    const old = this.buckets;
    const end = old + ((<usize>this.mask + 1) << alignof<usize>());
    this.allocate(<i32>(this.mask + 1) << 1);
    for (let bucket = old; bucket < end; bucket += sizeof<usize>()) {
      let tcb = load<Tcb | null>(bucket);
      while (tcb) {
        const next = tcb.inBucket;
        this.put(tcb);
        tcb = next;
      }
    }
    heap.free(old);
  }

  private bucket(hash: u32): usize {
    return this.buckets + (<usize>(hash & this.mask) << alignof<usize>());
  }

  private hash(remoteHigh: u64, remoteLow: u64, localHigh: u64, localLow: u64, ports: u32): u32 {
    let hash = mix(this.key ^ remoteLow);
    hash = mix(hash ^ remoteHigh ^ (<u64>ports << 16));
    hash = mix(hash ^ localLow ^ rotl(localHigh, 32));
    return <u32>(hash >> 32);
  }
}

/** Of SplitMix64's finalizer (G. Steele, D. Lea, C. Flood, 2014), one step. */
// @ts-ignore: decorator
@inline
function mix(value: u64): u64 {
  value *= 0xbf58476d1ce4e5b9;
  return value ^ (value >> 29);
}
