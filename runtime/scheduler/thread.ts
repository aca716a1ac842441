import { thread_suspend } from "../abi";
import { site, threads } from "../link";
import { Result } from "../result";
import { blockIn, blocksAt, schedule, wake, wakeAll } from "./block";
import { boot, current, NEVER, Record } from "./record";
import { Task } from "./task";

/** A thread of this image: `spawn` starts one. They are cooperative: one runs until it blocks, yields or ends. */
export class Thread {
  /** Null once it has ended. */
  record: Record | null;
  private task: Task | null;
  // The list of all threads that have not ended: what stands in it is alive, and all that its slice holds.
  newer: Thread | null = null;
  older: usize = 0;

  /** Not for jobs: `spawn` makes threads. `record` is zeroed memory, and from here on the thread's. */
  constructor(
    public readonly name: string,
    record: Record,
    task: Task | null,
  ) {
    this.record = record;
    this.task = task;
    record.begin(changetype<usize>(this), name, ++ids);
    const last = newest;
    this.older = changetype<usize>(last);
    if (last) last.newer = this;
    else oldest = this;
    newest = this;
  }

  /** The running thread. */
  static get current(): Thread {
    return changetype<Thread>(current.owner);
  }

  /** Lets all other threads that can run do so once. `CANCELLED` in a thread that was cancelled. */
  static yield(): Result {
    if (!threads()) return Result.OK;
    const me = current;
    schedule(me);
    thread_suspend();
    return me.cancelled ? Result.CANCELLED : Result.OK;
  }

  get isEnded(): bool {
    return !this.record;
  }

  /** Blocks until this thread has ended. */
  @inline
  join(): Result {
    blocksAt(site());
    return this.joinUntil(NEVER);
  }

  /** As `join`, but `TIMEOUT` when the monotonic clock reaches `deadline`, in nanoseconds, before. */
  joinUntil(deadline: i64): Result {
    const record = this.record;
    return record ? blockIn(record.joiners, deadline) : Result.OK;
  }

  /**
   * Asks this thread to end. The call that it blocks in, and every one after it, answers `CANCELLED` at once; it is up
   * to the thread to return then. A thread that has not begun never does.
   */
  cancel(): void {
    const record = this.record;
    if (!record || record.cancelled) return;
    record.cancelled = true;
    const begun = record.frames != 0 || record == current;
    if (!begun) this.task = null;
    if (!record.shielded) wake(record, Result.CANCELLED);
  }

  /** Called by the kernel on the thread's own stack, once. */
  begin(): void {
    const task = this.task;
    if (task) task.run();
  }

  /** Called by the scheduler after the thread's last run. */
  finish(): void {
    const record = this.record!;
    this.record = null;
    this.task = null;
    if (record.block) heap.free(record.block);
    wakeAll(record.joiners, Result.OK);
    const newer = this.newer;
    const older = changetype<Thread | null>(this.older);
    if (newer) newer.older = changetype<usize>(older);
    else newest = older;
    if (older) older.newer = newer;
    else oldest = newer;
    this.newer = null;
    if (record != boot) heap.free(changetype<usize>(record));
  }

  // The collector calls this in place of visiting the fields.
  @unsafe
  private __visit(cookie: u32): void {
    __visit(changetype<usize>(this.newer), cookie);
    __visit(changetype<usize>(this.task), cookie);
    __visit(changetype<usize>(this.name), cookie);
    const record = this.record;
    if (!record) return;
    const end = record.block + record.frames + record.shadow;
    for (let slot = record.block + record.frames; slot < end; slot += sizeof<usize>()) {
      const object = load<usize>(slot);
      if (object) __visit(object, cookie);
    }
  }
}

let ids: u32 = 0;
export let oldest: Thread | null = null;
let newest: Thread | null = null;

/** What `spawn` does, but for the mark: the scheduler itself starts threads only where there are some. */
export function start(task: Task, name: string): Thread {
  const record = heap.alloc(offsetof<Record>());
  memory.fill(record, 0, offsetof<Record>());
  const thread = new Thread(name, changetype<Record>(record), task);
  schedule(changetype<Record>(record));
  return thread;
}

if (threads()) new Thread("main", boot, null);

/** Those that have not ended never will. */
export function forgetThreads(): void {
  oldest = null;
  newest = null;
}
