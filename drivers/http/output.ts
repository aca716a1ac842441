import { SECOND } from "mirage-wasm/duration";
import { Flow, NEVER } from "mirage-wasm/flow";
import { Result } from "mirage-wasm/result";
import { lastLook } from "mirage-wasm/scheduler/run";
import { moveView, viewOf } from "mirage-wasm/view";
import { Writer } from "./writer";

/** Bytes that are kept back, so that an answer goes out in one piece where it fits. */
const ROOM: i32 = 16_384;
/** For so many there is room at first. */
const FIRST: i32 = 1024;
/** More than this at once is sent from where it is. */
const LARGE: i32 = 4096;
/** What the other side has to take at least in `PATIENCE`. */
export const PIECE: i32 = 65_536;
export const PATIENCE: i64 = 30 * SECOND;

/** What is written to a flow. Once a write has failed nothing is written any more. */
export class Output extends Writer {
  result: Result = Result.OK;
  /** No write may last longer. */
  deadline: i64 = NEVER;
  private flow: Flow | null = null;
  private readonly view: Uint8Array = viewOf(0, 0);

  constructor() {
    super(FIRST);
  }

  begin(flow: Flow): void {
    this.flow = flow;
    this.size = 0;
    this.result = Result.OK;
  }

  reserve(count: i32): usize {
    if (this.size + count > ROOM) this.flush();
    return super.reserve(count);
  }

  bytes(at: usize, count: i32): void {
    if (count <= LARGE) return super.bytes(at, count);
    this.flush();
    this.send(at, count);
  }

  flush(): Result {
    const size = this.size;
    this.size = 0;
    if (size) this.send(this.memory, size);
    return this.result;
  }

  protected send(at: usize, count: i32): void {
    const flow = this.flow!;
    while (count && this.result == Result.OK) {
      const size = min(count, PIECE);
      moveView(this.view, at, size);
      flow.until(min(lastLook() + PATIENCE, this.deadline));
      this.result = flow.write(this.view, size);
      at += size;
      count -= size;
    }
  }
}
