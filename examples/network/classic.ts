import { Datagrams, Flow, Listener, NEVER } from "mirage-wasm/stack";
import { spawn, Task } from "mirage-wasm/thread";

/** What is done for everybody who connects to a port, each in a thread of his own. */
export abstract class Service {
  constructor(readonly name: string) {}

  /** The flow is closed afterwards. */
  abstract serve(flow: Flow): void;

  at(listener: Listener): Task {
    return new Accept(listener, this);
  }
}

class Accept extends Task {
  constructor(
    private readonly listener: Listener,
    private readonly service: Service,
  ) {
    super();
  }

  run(): void {
    for (let accepted = this.listener.accept(NEVER); accepted.isOK; accepted = this.listener.accept(NEVER)) {
      spawn(new Serve(accepted.value, this.service), this.service.name);
    }
  }
}

class Serve extends Task {
  constructor(
    private readonly flow: Flow,
    private readonly service: Service,
  ) {
    super();
  }

  run(): void {
    this.service.serve(this.flow);
    this.flow.close();
  }
}

/** RFC 862: what comes goes back. */
export class Echo extends Service {
  constructor() {
    super("echo");
  }

  serve(flow: Flow): void {
    const bytes = new Uint8Array(16384);
    for (let count = flow.read(bytes); count > 0; count = flow.read(bytes)) if (flow.write(bytes, count)) return;
  }
}

/** The same for datagrams. */
export class EchoDatagrams extends Task {
  constructor(private readonly socket: Datagrams) {
    super();
  }

  run(): void {
    const bytes = new Uint8Array(65536);
    for (let size = this.socket.receive(bytes, NEVER); size >= 0; size = this.socket.receive(bytes, NEVER)) {
      this.socket.send(bytes, size, this.socket.address(), this.socket.port());
    }
  }
}

/** RFC 863: what comes is thrown away. */
export class Discard extends Service {
  constructor() {
    super("discard");
  }

  serve(flow: Flow): void {
    const bytes = new Uint8Array(16384);
    while (flow.read(bytes) > 0) {}
  }
}

/** Of the printable characters, and of a line with its end. */
const FIRST: i32 = 0x20;
const COUNT: i32 = 95;
const LINE: i32 = 74;

/** RFC 864: 72 characters a line, each line beginning one further, until the other side goes. */
export class Chargen extends Service {
  constructor() {
    super("chargen");
  }

  serve(flow: Flow): void {
    const lines = new Uint8Array(LINE * COUNT);
    for (let line = 0; line < COUNT; line++) {
      for (let i = 0; i < LINE - 2; i++) lines[line * LINE + i] = <u8>(FIRST + ((line + i) % COUNT));
      lines[line * LINE + LINE - 2] = 0x0d;
      lines[line * LINE + LINE - 1] = 0x0a;
    }
    while (!flow.write(lines, lines.length)) {}
  }
}
