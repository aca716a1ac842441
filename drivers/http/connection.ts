import { SECOND } from "mirage-wasm/duration";
import { Flow } from "mirage-wasm/flow";
import { lastLook } from "mirage-wasm/scheduler/run";
import { Task, Thread } from "mirage-wasm/thread";
import { AT_WORK, Exchange } from "./exchange";
import { Input } from "./input";
import { Service } from "./service";

/** A client may be silent for this long between two requests. */
const IDLE_TIME: i64 = 60 * SECOND;
/** A connection, and the thread that answers on it. */
export class Connection extends Task {
  thread: Thread | null = null;
  private idleSince: i64 = AT_WORK;
  private exchange: Exchange | null = null;

  constructor(
    private readonly service: Service,
    private readonly flow: Flow,
    /** In the service's list. */
    public place: i32,
  ) {
    super();
  }

  run(): void {
    const input = new Input(this.flow);
    while (!this.service.isStopping && this.wait(input) && this.serve(input)) {}
    input.free();
    this.flow.close();
    this.service.remove(this);
  }

  /** Since when a request is waited for, or `AT_WORK`. */
  get since(): i64 {
    const exchange = this.exchange;
    return exchange ? exchange.since : this.idleSince;
  }

  /** Ends when what it has begun is answered. One whose thread has not begun, or has ended its work, finds out by itself. */
  finish(): void {
    const exchange = this.exchange;
    if (this.since != AT_WORK) this.thread!.cancel();
    else if (exchange) exchange.isLast = true;
  }

  private wait(input: Input): bool {
    input.rest();
    this.idleSince = lastLook();
    this.flow.until(this.idleSince + IDLE_TIME);
    const count = input.fill();
    this.idleSince = AT_WORK;
    return count > 0;
  }

  private serve(input: Input): bool {
    const exchange = this.service.take();
    this.exchange = exchange;
    const goesOn = exchange.serve(input);
    this.exchange = null;
    this.service.give(exchange);
    return goesOn;
  }
}
