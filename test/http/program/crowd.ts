// More connections than may be, and an end.

import { Service } from "mirage-wasm/drivers/http/service";
import { SeededRandom } from "mirage-wasm/drivers/random";
import { Flow, Listener } from "mirage-wasm/flow";
import { Handler, Request, Response } from "mirage-wasm/http";
import { failed, Outcome, Result } from "mirage-wasm/result";
import { decodeUTF8 } from "mirage-wasm/utf8";
import { Semaphore } from "mirage-wasm/semaphore";
import { MILLISECOND, SECOND, sleep, spawn, Task } from "mirage-wasm/thread";
import { WHOLE, Wire } from "./wire";

const MOST: i32 = 4;

/** Flows that come one after the other; then none until it is closed. */
class Queue implements Listener {
  private at: i32 = 0;
  private readonly closed: Semaphore = new Semaphore(0);

  constructor(private readonly wires: Wire[]) {}

  accept(deadline: i64): Outcome<Flow> {
    sleep(MILLISECOND);
    if (this.at < this.wires.length) return new Outcome<Flow>(Result.OK, this.wires[this.at++]);
    this.closed.acquire();
    return failed<Flow>(Result.CLOSED);
  }

  port(): u16 {
    return 80;
  }

  close(): void {
    this.closed.release();
  }
}

/** Takes five seconds. */
class Slow implements Handler {
  handle(request: Request, response: Response): void {
    sleep(request.path == "/slow" ? 5 * SECOND : 60 * SECOND);
    response.send("done");
  }
}

class Run extends Task {
  result: Result = Result.FAILED;

  constructor(private readonly service: Service) {
    super();
  }

  run(): void {
    this.result = this.service.run();
  }
}

function wire(text: string): Wire {
  return new Wire(Uint8Array.wrap(String.UTF8.encode(text)), WHOLE, new SeededRandom(1), true);
}

function shown(wires: Wire[]): string {
  let text = "";
  for (let i = 0; i < wires.length; i++) text += wires[i].isClosed ? "-" : "+";
  return text;
}

/** Which of the connections are open while clients come, at the end of it, and what was answered. */
export function crowd(): string {
  const slow = "GET /slow HTTP/1.1\r\nHost: a\r\n\r\n";
  const wires = [wire(slow), wire(slow.replace("/slow", "/slower")), wire(""), wire("GET"), wire(""), wire(""), wire("GET / HT")];
  const service = new Service(new Queue(wires), new Slow(), MOST, 1000);
  const run = new Run(service);
  const thread = spawn(run, "service");
  sleep(SECOND);
  let text = shown(wires);
  service.stop();
  sleep(SECOND);
  text += " " + shown(wires);
  thread.join();
  text += " " + shown(wires) + " " + run.result.toString();
  for (let i = 0; i < 2; i++) text += "\n" + decodeUTF8(wires[i].said.dataStart, wires[i].said.length).split("\r\n").join("|");
  return text;
}
