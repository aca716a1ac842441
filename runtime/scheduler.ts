// Which thread runs next: a queue of those that can, a heap of those that sleep, a list of those that wait for the host.
// All of it runs outside any thread, and none of it is linked where `threads()` is false.

import { clock_monotonic, thread_resume, thread_suspend, wait } from "./abi";
import { threads } from "./link";
import { Task } from "./thread";
import { Timers } from "./timers";

/** The deadline of a wait that has none. */
export const NEVER: i64 = i64.MAX_VALUE;

export class Thread {
  // The kernel's record: abi.ts, thread_resume.
  private block: usize = 0;
  private blockSize: usize = 0;
  private frames: usize = 0;
  private shadow: usize = 0;
  private nameAddress: usize;
  private nameUnits: u32;
  private id: u32;

  /** The next in whatever list this thread stands in. */
  next: Thread | null = null;
  private joiners: Thread | null = null;
  task: Task | null = null;
  private ended: bool = false;

  /** What it waits for: a pollable (-1: none) until a deadline, and which of the two it was. */
  pollable: i32 = -1;
  deadline: i64 = NEVER;
  ready: bool = false;
  /** Place in the heap of timers, -1 outside. */
  place: i32 = -1;
  /** Order of going to sleep: equal deadlines wake in it. */
  since: u64 = 0;

  constructor(public readonly name: string) {
    this.nameAddress = changetype<usize>(name);
    this.nameUnits = name.length;
    this.id = ++ids;
  }

  /** Lets all other threads that can run do so once. */
  static yield(): void {
    if (threads()) {
      schedule(current!);
      suspend();
    }
  }

  /** Blocks until this thread has ended. */
  join(): void {
    while (!this.ended) {
      const me = current!;
      me.next = this.joiners;
      this.joiners = me;
      suspend();
    }
  }

  /** After it has ended. */
  @unsafe
  finish(): void {
    if (this.block) heap.free(this.block);
    this.block = 0;
    this.shadow = 0;
    this.task = null;
    this.ended = true;
    // The last to join stands first.
    let inOrder: Thread | null = null;
    let thread = this.joiners;
    while (thread) {
      const next = thread.next;
      thread.next = inOrder;
      inOrder = thread;
      thread = next;
    }
    this.joiners = null;
    while (inOrder) {
      const next = inOrder.next;
      schedule(inOrder);
      inOrder = next;
    }
  }

  /** Takes over the record that the first thread ran on before it had an object. */
  @unsafe
  adopt(record: usize): void {
    memory.copy(changetype<usize>(this), record, offsetof<Thread>("nameAddress"));
  }

  // The collector calls this in place of visiting the fields.
  @unsafe
  private __visit(cookie: u32): void {
    __visit(changetype<usize>(this.next), cookie);
    __visit(changetype<usize>(this.joiners), cookie);
    __visit(changetype<usize>(this.task), cookie);
    __visit(changetype<usize>(this.name), cookie);
    const end = this.block + this.frames + this.shadow;
    for (let slot = this.block + this.frames; slot < end; slot += sizeof<usize>()) {
      const object = load<usize>(slot);
      if (object) __visit(object, cookie);
    }
  }
}

let ids: u32 = 0;

/** The running thread, or the one that ran last. */
let current: Thread | null = threads() ? new Thread("main") : null;

/** Those that can run, first to last. */
let first: Thread | null = null;
let last: Thread | null = null;

const timers = threads() ? new Timers() : changetype<Timers>(0);
/** Those that wait for a pollable. */
const waiters = threads() ? new Array<Thread>() : changetype<Array<Thread>>(0);

/** Jobs that have not ended. */
let jobs: i32 = 1;
let code: i32 = 0;

/** The first thread begins before the collector is set up: on this record, as `current` once there is one. */
const boot: usize = memory.data(28, 4);

/** Runs between two looks at the clock: doubled while they are short, halved when they are long. */
let stride: i32 = 1;
let untilGlance: i32 = 1;
let lastGlance: i64 = 0;
const SHORT: i64 = 100_000;
const LONG: i64 = 1_000_000;
const MAX_STRIDE: i32 = 1024;

/**
 * Puts a thread at the end of those that can run. Here and in `suspended`, on the path of every switch, objects are
 * addresses: of those, nothing is noted on the shadow stack.
 */
export function schedule(thread: Thread): void {
  const added = changetype<usize>(thread);
  const before = changetype<usize>(last);
  store<usize>(added, 0, offsetof<Thread>("next"));
  if (before) {
    store<usize>(before, added, offsetof<Thread>("next"));
    __link(before, added, false);
  } else first = thread;
  last = thread;
}

/** After a thread was suspended: the collector must see what its slice of the shadow stack holds. */
function suspended(thread: usize): void {
  let slot = load<usize>(thread, offsetof<Thread>("block")) + load<usize>(thread, offsetof<Thread>("frames"));
  const end = slot + load<usize>(thread, offsetof<Thread>("shadow"));
  for (; slot < end; slot += sizeof<usize>()) {
    const object = load<usize>(slot);
    if (object) __link(thread, object, false);
  }
}

/** Suspends the running thread until somebody schedules it. */
export function suspend(): void {
  thread_suspend();
}

/**
 * Blocks the running thread until `pollable` (-1: none) is ready or the clock reaches `deadline` (`NEVER`: none).
 * Returns whether the pollable was ready.
 */
export function block(pollable: i32, deadline: i64): bool {
  if (!threads()) {
    if (pollable < 0) {
      wait(deadline, 0, 0, 0);
      return false;
    }
    const list: usize = memory.data(16, 4);
    store<i32>(list, pollable);
    return wait(deadline, list, 1, list + 8) != 0;
  }
  const me = current!;
  me.ready = false;
  me.pollable = pollable;
  me.deadline = deadline;
  if (deadline != NEVER) timers.add(me);
  if (pollable >= 0) waiters.push(me);
  suspend();
  return me.ready;
}

/** One more job: the image ends when all have. */
export function addJob(): void {
  jobs++;
}

/** A job has ended with `result`. The image's code is the first that is not 0. */
export function endJob(result: i32): void {
  if (threads()) jobs--;
  if (!code) code = result;
}

export function exitCode(): i32 {
  return code;
}

/** Is `record` the one that the first thread begins on? */
export function isBoot(record: usize): bool {
  return record == boot;
}

/** Runs all threads until the last job has ended. */
export function run(): void {
  const name = "main";
  store<usize>(boot, changetype<usize>(name), offsetof<Thread>("nameAddress"));
  store<u32>(boot, name.length, offsetof<Thread>("nameUnits"));
  store<u32>(boot, 1, offsetof<Thread>("id"));
  let more = thread_resume(boot);
  let thread = current!;
  thread.adopt(boot);
  after(thread, more);
  while (jobs > 0) {
    if (!first) {
      rest();
      continue;
    }
    thread = first!;
    first = thread.next;
    if (!first) last = null;
    current = thread;
    more = thread_resume(changetype<usize>(thread));
    after(thread, more);
    if (--untilGlance <= 0) glance();
  }
}

function after(thread: Thread, more: bool): void {
  if (more) suspended(changetype<usize>(thread));
  else thread.finish();
}

/** Nothing can run: waits for the first that can. */
function rest(): void {
  if (!timers.size && !waiters.length) {
    throw new Error("all threads are blocked, and nothing can wake them");
  }
  poll(timers.size ? timers.first().deadline : NEVER);
  untilGlance = stride;
}

/** Threads can run: looks, now and then, whether more can. */
function glance(): void {
  const now = clock_monotonic();
  const took = now - lastGlance;
  if (took < SHORT) stride = min(stride << 1, MAX_STRIDE);
  else if (took > LONG) stride = max(stride >> 1, 1);
  lastGlance = now;
  untilGlance = stride;
  if (waiters.length) poll(0);
  else wakeTimers(now);
}

/** The list for the host, and behind it its answer: room for one more each. */
let list: usize = 0;
let listRoom: i32 = 0;

function poll(deadline: i64): void {
  const count = waiters.length;
  if (count >= listRoom) {
    listRoom = max(count << 1, 8);
    list = list ? heap.realloc(list, (<usize>listRoom + 1) << 3) : heap.alloc((<usize>listRoom + 1) << 3);
  }
  for (let i = 0; i < count; i++) store<i32>(list + (<usize>i << 2), unchecked(waiters[i]).pollable);
  const ready = list + ((<usize>listRoom + 1) << 2);
  const found = <i32>wait(deadline, list, count, ready);
  if (timers.size) wakeTimers(clock_monotonic());
  for (let i = 0; i < found; i++) {
    const thread = waiters[load<i32>(ready + (<usize>i << 2))];
    // Its deadline may have come first.
    if (thread.pollable < 0) continue;
    thread.ready = true;
    thread.pollable = -1;
    if (thread.place >= 0) timers.remove(thread);
    schedule(thread);
  }
  // Those that still wait, in their order.
  let kept = 0;
  for (let i = 0; i < count; i++) {
    const thread = waiters[i];
    if (thread.pollable >= 0) waiters[kept++] = thread;
  }
  waiters.length = kept;
}

function wakeTimers(now: i64): void {
  while (timers.size && timers.first().deadline <= now) {
    const thread = timers.first();
    timers.remove(thread);
    thread.pollable = -1;
    schedule(thread);
  }
}
