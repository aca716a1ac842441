// Connections to names, by whichever address answers first: RFC 8305, "Happy Eyeballs".

import { clock_monotonic } from "./abi";
import { Address } from "./address";
import { MILLISECOND } from "./duration";
import { Flow } from "./flow";
import { Resolver } from "./resolver";
import { failed, Outcome, Result } from "./result";
import { blockIn, NEVER, wakeAll } from "./scheduler/block";
import { Awaited } from "./scheduler/queue";
import { Stack } from "./stack";
import { spawn, Task, Thread } from "./thread";

/** Between two attempts, while none has failed (section 5). */
const DELAY: i64 = 250 * MILLISECOND;

/**
 * Connects to `port` of the host `name`: to its addresses in their order, the next one after 250 ms or as soon as one has failed. The
 * first that answers is taken, all others are given up. Results are those of `lookup` and, where every address fails, that of one
 * of them which was not `UNREACHABLE`, if there is one. A stack that has no IPv6 cannot reach such addresses, which costs no time.
 */
export function connectByName(stack: Stack, resolver: Resolver, name: string, port: u16, deadline: i64 = NEVER): Outcome<Flow> {
  const found = resolver.lookup(name, deadline);
  return found.isOK ? new Race(stack, found.value, port, deadline).run() : failed<Flow>(found.result);
}

class Race extends Awaited {
  private readonly attempts: Thread[] = [];
  private running: i32 = 0;
  private winner: Flow | null = null;
  private isOver: bool = false;
  private result: Result = Result.UNREACHABLE;

  constructor(
    private readonly stack: Stack,
    private readonly addresses: Address[],
    private readonly port: u16,
    private readonly deadline: i64,
  ) {
    super();
  }

  run(): Outcome<Flow> {
    const deadline = this.deadline;
    while (!this.winner) {
      const isNext = this.attempts.length < this.addresses.length;
      if (isNext) this.begin();
      else if (!this.running) break;
      const until = isNext ? min(deadline, clock_monotonic() + DELAY) : deadline;
      const result = blockIn(this.queue, until);
      if (result == Result.OK || (result == Result.TIMEOUT && until != deadline)) continue;
      this.result = result;
      break;
    }
    this.isOver = true;
    for (let i = 0; i < this.attempts.length; i++) this.attempts[i].cancel();
    const winner = this.winner;
    return winner ? new Outcome<Flow>(Result.OK, winner) : failed<Flow>(this.result);
  }

  private begin(): void {
    this.running++;
    this.attempts.push(spawn(new Attempt(this, this.stack, this.addresses[this.attempts.length], this.port, this.deadline), "connect"));
  }

  /** One attempt has ended. */
  end(outcome: Outcome<Flow>): void {
    this.running--;
    if (outcome.isOK) {
      if (this.isOver || this.winner) outcome.value.close();
      else this.winner = outcome.value;
    } else if (this.result == Result.UNREACHABLE) this.result = outcome.result;
    wakeAll(this.queue, Result.OK);
  }
}

class Attempt extends Task {
  constructor(
    private readonly race: Race,
    private readonly stack: Stack,
    private readonly address: Address,
    private readonly port: u16,
    private readonly deadline: i64,
  ) {
    super();
  }

  run(): void {
    this.race.end(this.stack.connect(this.address, this.port, this.deadline));
  }
}
