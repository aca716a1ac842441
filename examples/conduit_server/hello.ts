import { argument } from "mirage-wasm/argument";
import { Console } from "mirage-wasm/console";
import { Flow, NEVER, Stack, writeText } from "mirage-wasm/stack";
import { SECOND, spawn, Task } from "mirage-wasm/thread";

const port = argument.port("port", 80, "Where to listen.");

const TEXT = "hello mirage world!\n";
/** Bytes of a request, and how long it may take. */
const MOST: i32 = 8192;
const PATIENCE: i64 = 10 * SECOND;

/** Answers one request, whatever it asks for. */
class Answer extends Task {
  constructor(private readonly flow: Flow) {
    super();
  }

  run(): void {
    const flow = this.flow;
    flow.until(<i64>(performance.now() * 1e6) + PATIENCE);
    if (this.hearsAll()) {
      writeText(flow, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " + TEXT.length.toString() + "\r\nConnection: close\r\n\r\n" + TEXT);
      flow.shutdown();
      // What is not read would make the end of the connection a reset.
      const rest = new Uint8Array(1024);
      while (flow.read(rest) > 0) {}
    }
    flow.close();
  }

  /** Reads up to the empty line at the end of a request's head. */
  private hearsAll(): bool {
    const bytes = new Uint8Array(1024);
    let newlines = 0;
    for (let heard = 0; heard < MOST; ) {
      const count = this.flow.read(bytes);
      if (count <= 0) return false;
      for (let i = 0; i < count; i++) {
        if (bytes[i] == 0x0a) newlines++;
        else if (bytes[i] != 0x0d) newlines = 0;
        if (newlines == 2) return true;
      }
      heard += count;
    }
    return false;
  }
}

export class Hello<S extends Stack, C extends Console> {
  start(stack: S, console: C): void {
    const listener = stack.listen(port.value).value;
    console.log("listening at port " + listener.port().toString());
    for (let accepted = listener.accept(NEVER); accepted.isOK; accepted = listener.accept(NEVER)) {
      spawn(new Answer(accepted.value), "answer");
    }
  }
}
