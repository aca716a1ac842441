import { argument } from "mirage-wasm/argument";
import { Console } from "mirage-wasm/console";
import { Flow, NEVER, Stack } from "mirage-wasm/stack";
import { spawn, Task } from "mirage-wasm/thread";

const port = argument.port("port", 7, "Where to listen.");

/** Says what is said to it, until the other side has ended or is gone. */
class Conversation extends Task {
  constructor(private readonly flow: Flow) {
    super();
  }

  run(): void {
    const flow = this.flow;
    const bytes = new Uint8Array(65536);
    // Who does not read what comes back is not listened to either.
    for (let count = flow.read(bytes); count > 0; count = flow.read(bytes)) if (flow.write(bytes, count)) break;
    flow.close();
  }
}

export class Echo<S extends Stack, C extends Console> {
  start(stack: S, console: C): void {
    const listener = stack.listen(port.value).value;
    console.log("listening at port " + listener.port().toString());
    for (let accepted = listener.accept(NEVER); accepted.isOK; accepted = listener.accept(NEVER)) {
      spawn(new Conversation(accepted.value), "conversation");
    }
  }
}
