import { Flow } from "mirage-wasm/flow";
import { moveView, viewOf } from "mirage-wasm/view";

/** What a connection has on which nothing comes. */
const ROOM: i32 = 2048;
/** Less than this behind a head makes many small reads of a body. */
const LEAST: i32 = 1024;

/** What has come on a flow and is not yet taken. It is to be freed. */
export class Input {
  private memory: usize = heap.alloc(ROOM);
  private room: i32 = ROOM;
  private from: i32 = 0;
  private to: i32 = 0;
  /** Bytes at the beginning that stay: a head whose body is read. */
  private held: i32 = 0;
  private readonly view: Uint8Array = viewOf(0, 0);

  constructor(readonly flow: Flow) {}

  /** Where the bytes are, until the next `fill` or `hold`. */
  get at(): usize {
    return this.memory + this.from;
  }

  get size(): i32 {
    return this.to - this.from;
  }

  skip(count: i32): void {
    this.from += count;
  }

  /** Reads what there is, behind what is there. Answers as `Flow.read`. */
  fill(): i32 {
    const held = this.held;
    if (this.from == this.to) this.from = this.to = held;
    if (this.to == this.room) {
      if (this.from > held) this.move(held);
      else this.grow();
    }
    moveView(this.view, this.memory + this.to, this.room - this.to);
    const count = this.flow.read(this.view);
    if (count > 0) this.to += count;
    return count;
  }

  /** The next `count` bytes are taken, but stay where this returns that they are, until `release`. */
  hold(count: i32): usize {
    if (this.from + count + LEAST > this.room) this.move(0);
    if (this.from + count + LEAST > this.room) this.grow();
    const at = this.at;
    this.from += count;
    this.held = this.from;
    return at;
  }

  release(): void {
    this.held = 0;
    if (this.from < this.to) return;
    this.from = this.to = 0;
  }

  /** Nothing is there, and nothing may come for a while. */
  rest(): void {
    if (this.room == ROOM) return;
    heap.free(this.memory);
    this.memory = heap.alloc(ROOM);
    this.room = ROOM;
  }

  free(): void {
    heap.free(this.memory);
  }

  private move(to: i32): void {
    memory.copy(this.memory + to, this.at, this.size);
    this.to = to + this.size;
    this.from = to;
  }

  private grow(): void {
    this.room <<= 1;
    this.memory = heap.realloc(this.memory, this.room);
  }
}
