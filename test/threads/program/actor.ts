import { clock_monotonic } from "mirage-wasm/abi";
import { Result } from "mirage-wasm/result";
import { all, pick, sleep, spawn, Task, Thread, timeout } from "mirage-wasm/thread";
import { Parcel, check, Pipe, Pool, Room, World } from "./world";

const MAX_ACTORS: i32 = 24;
const MAX_STEPS: i32 = 12;

/** A thread that does random things until it has done enough of them, or is cancelled. */
export class Actor extends Task {
  thread: Thread | null = null;
  private begun: bool = false;
  private mustNotBegin: bool = false;
  /** When it was cancelled; -1: never. */
  private cancelledAt: i64 = -1;
  /** It was told so. */
  private told: bool = false;
  /** How often it has gone on after another one. */
  private runs: i32 = 0;

  constructor(private readonly world: World) {
    super();
  }

  static begin(world: World): void {
    const actor = new Actor(world);
    actor.thread = spawn(actor, "actor");
    world.actors.push(actor);
  }

  cancel(): void {
    if (!this.begun) this.mustNotBegin = true;
    if (this.cancelledAt < 0) this.cancelledAt = clock_monotonic();
    this.thread!.cancel();
  }

  run(): void {
    check(!this.mustNotBegin, "a thread has begun after it was cancelled");
    this.begun = true;
    const steps = this.below(MAX_STEPS);
    for (let i = 0; i < steps && !this.told; i++) this.step();
  }

  private below(limit: i32): i32 {
    return this.world.random.below(limit);
  }

  private noteRun(): void {
    this.world.activity++;
    if (this.world.running == this) return;
    this.world.running = this;
    this.runs++;
  }

  private step(): void {
    this.noteRun();
    switch (this.below(14)) {
      case 0:
        return this.giveWay();
      case 1:
        return this.pause();
      case 2:
      case 3:
        return this.enter(this.world.rooms[this.below(2)]);
      case 4:
        return this.borrow(this.world.pools[this.below(2)]);
      case 5:
      case 6:
        return this.send(this.world.pipes[this.below(2)]);
      case 7:
      case 8:
        return this.receive(this.world.pipes[this.below(2)]);
      case 9:
        return this.meddle();
      case 10:
        if (!this.world.ending && this.world.actors.length < MAX_ACTORS) Actor.begin(this.world);
        return;
      case 11:
        return this.useCell();
      case 12:
        return this.waitForOne();
      default:
        return this.waitForSeveral();
    }
  }

  /** Notes what a blocking call has answered. `always`: in a cancelled thread it cannot answer anything else. */
  private hear(result: Result, always: bool = false, cancelledBefore: bool = this.cancelledAt >= 0): void {
    this.noteRun();
    if (result == Result.CANCELLED) {
      check(this.cancelledAt >= 0, "a thread was told that it is cancelled, and is not");
      // The clock stands still while anything can run.
      check(this.told || clock_monotonic() == this.cancelledAt || cancelledBefore, "a cancelled thread heard of it later");
      this.told = true;
    } else if (always) check(this.cancelledAt < 0, "a cancelled thread was not told");
  }

  /** While one that can run waits for its turn, no other has two. */
  private giveWay(): void {
    const actors = this.world.actors;
    const before: i32[] = [];
    for (let i = 0; i < actors.length; i++) before.push(actors[i].runs);
    const result = Thread.yield();
    for (let i = 0; i < before.length; i++) check(actors[i] == this || actors[i].runs <= before[i] + 1, "a thread ran twice before another one ran once");
    this.hear(result, true);
  }

  private pause(): void {
    const before = this.cancelledAt >= 0;
    const result = sleep(this.below(3_000));
    this.hear(result, before, before);
  }

  private enter(room: Room): void {
    room.waiting++;
    const result = room.mutex.lock();
    room.waiting--;
    this.hear(result);
    if (result != Result.OK) return;
    this.inside(room, 1);
    if (this.below(2)) this.pause();
    if (this.below(3) == 0) {
      this.inside(room, -1);
      const result = room.changed.wait(room.mutex, this.below(2) ? i64.MAX_VALUE : clock_monotonic() + this.below(2_000));
      this.inside(room, 1);
      this.hear(result);
    }
    if (this.below(2)) room.changed.signal();
    else if (this.below(2)) room.changed.broadcast();
    this.inside(room, -1);
    room.mutex.unlock();
  }

  private inside(room: Room, change: i32): void {
    room.inside += change;
    check(room.inside == (change > 0 ? 1 : 0), "two threads hold one mutex");
  }

  private borrow(pool: Pool): void {
    pool.waiting++;
    const result = pool.semaphore.acquire();
    pool.waiting--;
    this.hear(result);
    if (result != Result.OK) return;
    pool.inside++;
    check(pool.inside <= pool.permits, "more permits than there are");
    this.pause();
    pool.inside--;
    pool.semaphore.release();
  }

  private send(pipe: Pipe): void {
    const number = <i32>this.world.activity;
    pipe.sending++;
    const result = pipe.channel.send(new Parcel(number));
    pipe.sending--;
    if (result == Result.OK) pipe.sent.push(number);
    this.hear(result);
    check(result != Result.CLOSED || pipe.channel.isClosed, "an open channel was said to be closed");
  }

  private receive(pipe: Pipe): void {
    if (this.below(8) == 0) __collect();
    pipe.receiving++;
    const outcome = pipe.channel.receive();
    pipe.receiving--;
    this.hear(outcome.result);
    if (outcome.isOK) check(outcome.value.number == pipe.sent[pipe.received++], "a value overtook another");
    else if (outcome.result == Result.CLOSED) check(pipe.channel.isClosed, "an open channel was said to be closed");
  }

  private meddle(): void {
    const actors = this.world.actors;
    if (this.below(3)) actors[this.below(actors.length)].cancel();
    else if (this.below(4) == 0) this.world.pipes[this.below(2)].channel.close();
  }

  private useCell(): void {
    const index = this.below(2);
    const cell = this.world.cells[index];
    if (!cell.isSet && this.below(2)) {
      cell.set(index + 7);
      return;
    }
    const outcome = cell.get();
    this.hear(outcome.result);
    if (outcome.isOK) check(outcome.value == index + 7, "a cell has another value");
  }

  private waitForOne(): void {
    const actors = this.world.actors;
    const other = actors[this.below(actors.length)];
    if (this.below(2)) {
      const result = other.thread!.join();
      this.hear(result);
      check(result != Result.OK || other.thread!.isEnded, "joined a thread that has not ended");
      return;
    }
    const before = this.cancelledAt >= 0;
    const result = timeout(this.below(2_000), other.thread!);
    if (result != Result.OK) other.cancel();
    this.hear(result, false, before);
  }

  private waitForSeveral(): void {
    const actors = this.world.actors;
    const chosen: Actor[] = [];
    for (let i = this.below(3); i >= 0; i--) chosen.push(actors[this.below(actors.length)]);
    const threads: Thread[] = [];
    for (let i = 0; i < chosen.length; i++) threads.push(chosen[i].thread!);
    const before = this.cancelledAt >= 0;
    if (this.below(2)) {
      const result = all(threads);
      for (let i = 0; i < chosen.length; i++) {
        if (result == Result.CANCELLED) chosen[i].cancel();
        else check(threads[i].isEnded, "all have ended, but one has not");
      }
      this.hear(result, false, before);
      return;
    }
    const first = pick(threads);
    check(first < 0 || threads[first].isEnded, "picked one that has not ended");
    for (let i = 0; i < chosen.length; i++) chosen[i].cancel();
    this.hear(first < 0 ? <Result>first : Result.OK, false, before);
  }
}
