import { Result } from "../result";
import { Entry, Queue } from "./queue";

/** The deadline of a wait that has none. */
export const NEVER: i64 = i64.MAX_VALUE;

/**
 * A thread that has not ended, as the scheduler sees it. Raw memory: every list holds addresses, and changing one costs
 * the collector nothing. The list of all threads (live.ts) keeps alive what stands here.
 */
@unmanaged
export class Record {
  // The kernel's part: abi.ts, thread_resume.
  block: usize;
  blockSize: usize;
  frames: usize;
  shadow: usize;
  name: usize;
  nameUnits: u32;
  id: u32;

  /** The `Thread` of which this is the record. */
  owner: usize;
  /** The entry by which it stands in a queue: of those that can run, or of what it waits for. */
  private next: usize;
  private previous: usize;
  private queue: usize;
  private thread: usize;
  /** All entries by which it stands in queues: the one above, or a block of several. */
  entries: usize;
  entryCount: i32;
  /** Those that wait for its end. */
  private firstJoiner: usize;
  private lastJoiner: usize;

  /** Place among the waiters for the host (waiters.ts), -1 outside. */
  slot: i32;
  /** Place in the heap of timers, -1 outside. */
  place: i32;
  deadline: i64;
  /** Order of going to sleep: equal deadlines wake in it. */
  since: u64;

  /** Where in the user's code it blocks: `link.site`; 0: nobody has said. */
  site: u32;
  /** Why it was woken. */
  outcome: Result;
  /** It waits, and this is not to be run. */
  blocked: bool;
  /** Its wait is none that cancelling ends. */
  shielded: bool;
  cancelled: bool;

  get entry(): Entry {
    return changetype<Entry>(changetype<usize>(this) + offsetof<Record>("next"));
  }

  get joiners(): Queue {
    return changetype<Queue>(changetype<usize>(this) + offsetof<Record>("firstJoiner"));
  }

  /** Of zeroed memory makes a record. */
  begin(owner: usize, name: string, id: u32): void {
    this.owner = owner;
    this.name = changetype<usize>(name);
    this.nameUnits = name.length;
    this.id = id;
    this.thread = changetype<usize>(this);
    this.entries = changetype<usize>(this.entry);
    this.entryCount = 1;
    this.slot = -1;
    this.place = -1;
  }
}

/** The first thread begins before there is a heap: on this record. */
export const boot = changetype<Record>(memory.data(offsetof<Record>(), 8));

/** The running thread, or the one that ran last. */
export let current: Record = boot;

export function setCurrent(thread: Record): void {
  current = thread;
}
