// Numbers that drivers and jobs keep, for whoever reads them. Where nobody does, none are kept: `new Counter` makes no
// object, and its methods do nothing. A counter is not managed: the list of all keeps what it stands for.

import { metrics as kept, usesMetrics } from "./link";

/** A number with a name. */
export class Metric {
  value: i64 = 0;
  /** In the list of all, which is in the order of making. */
  next: Metric | null = null;

  constructor(public readonly name: string) {
    if (last) last!.next = this;
    else first = this;
    last = this;
  }

  /** `net.rx 12` */
  toString(): string {
    return this.name + " " + this.value.toString();
  }
}

let first: Metric | null = null;
let last: Metric | null = null;

/** All metrics of the image, in the order in which they were made. */
export function metrics(): Metric[] {
  usesMetrics();
  const all = new Array<Metric>();
  let metric = first;
  while (metric) {
    all.push(metric);
    metric = metric.next;
  }
  return all;
}

function make(name: string): usize {
  return kept() ? changetype<usize>(new Metric(name)) : 0;
}

/** Counts what happens: `const received = new Counter("net.rx")`, at the top level or in a device's constructor. */
// @ts-ignore: decorator
@final @unmanaged
export class Counter {
  // As in a metric, which it is.
  private value: i64;

  constructor(name: string) {
    return changetype<Counter>(make(name));
  }

  @inline
  add(count: i64 = 1): void {
    if (kept()) this.value += count;
  }
}

/** Says how much there is now. */
// @ts-ignore: decorator
@final @unmanaged
export class Gauge {
  // As in a metric, which it is.
  private value: i64;

  constructor(name: string) {
    return changetype<Gauge>(make(name));
  }

  @inline
  set(value: i64): void {
    if (kept()) this.value = value;
  }

  /** There is so much more, or less. */
  @inline
  add(count: i64): void {
    if (kept()) this.value += count;
  }
}
