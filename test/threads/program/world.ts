import { Cell } from "mirage-wasm/cell";
import { Channel } from "mirage-wasm/channel";
import { Condition } from "mirage-wasm/condition";
import { Mutex } from "mirage-wasm/mutex";
import { Semaphore } from "mirage-wasm/semaphore";
import { sleep, Thread } from "mirage-wasm/thread";
import { Actor } from "./actor";
import { Random } from "./random";

/** The first thing that was wrong. */
export let mistake: string = "";

export function check(right: bool, what: string): void {
  if (!right && !mistake.length) mistake = what;
}

/** A mutex, and who is where. */
export class Room {
  readonly mutex: Mutex = new Mutex();
  readonly changed: Condition = new Condition();
  waiting: i32 = 0;
  inside: i32 = 0;
}

export class Pool {
  readonly semaphore: Semaphore;
  waiting: i32 = 0;
  inside: i32 = 0;

  constructor(readonly permits: i32) {
    this.semaphore = new Semaphore(permits);
  }
}

export class Parcel {
  constructor(readonly number: i32) {}
}

export class Pipe {
  readonly channel: Channel<Parcel>;
  sending: i32 = 0;
  receiving: i32 = 0;
  /** What was sent, in its order. */
  readonly sent: i32[] = [];
  received: i32 = 0;

  constructor(readonly capacity: i32) {
    this.channel = new Channel<Parcel>(capacity);
  }
}

/** All that the threads of one program share. */
export class World {
  readonly rooms: Room[] = [new Room(), new Room()];
  readonly pools: Pool[];
  readonly pipes: Pipe[];
  readonly cells: Cell<i32>[] = [new Cell<i32>(), new Cell<i32>()];
  readonly actors: Actor[] = [];
  /** The one that ran last. */
  running: Actor | null = null;
  /** Grows with all that any actor does. */
  activity: u64 = 0;
  /** No more actors. */
  ending: bool = false;

  constructor(readonly random: Random) {
    this.pools = [new Pool(1), new Pool(1 + random.below(3))];
    this.pipes = [new Pipe(1), new Pipe(1 + random.below(4))];
  }

  pause(random: Random): void {
    sleep(1 + random.below(2_000));
  }

  /** Returns when no other thread can run. */
  settle(): void {
    let before: u64;
    do {
      before = this.activity;
      Thread.yield();
    } while (this.activity != before);
  }

  checkNobodyWaitsInVain(): void {
    for (let i = 0; i < this.rooms.length; i++) check(!this.rooms[i].waiting || this.rooms[i].mutex.isLocked, "a free mutex is waited for");
    for (let i = 0; i < this.pools.length; i++) {
      const pool = this.pools[i];
      check(!pool.waiting || !pool.semaphore.available, "a permit is free and waited for");
      check(pool.inside + pool.semaphore.available == pool.permits, "a permit is lost");
    }
    for (let i = 0; i < this.pipes.length; i++) {
      const pipe = this.pipes[i];
      check(!pipe.receiving || !pipe.channel.length, "a value is there and waited for");
      check(!pipe.sending || pipe.channel.length == pipe.capacity, "there is room and it is waited for");
      check(!pipe.channel.isClosed || (!pipe.receiving && !pipe.sending), "a closed channel is waited for");
      check(pipe.received + pipe.channel.length == pipe.sent.length, "a value is lost");
    }
  }

  checkEnd(): void {
    for (let i = 0; i < this.actors.length; i++) check(this.actors[i].thread!.isEnded, "a thread has not ended");
    for (let i = 0; i < this.rooms.length; i++) check(!this.rooms[i].mutex.isLocked && !this.rooms[i].inside, "a mutex is still locked");
    for (let i = 0; i < this.pools.length; i++) check(this.pools[i].semaphore.available == this.pools[i].permits, "a permit was not given back");
  }
}
