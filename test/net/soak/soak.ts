// An echo for many at once, itself a client of another's, and an account of what there is of it.
import { Address, Datagrams, Flow, Listener, NEVER, Stack } from "mirage-wasm/stack";
import { metrics } from "mirage-wasm/metrics";
import { MILLISECOND, sleep, spawn, Task } from "mirage-wasm/thread";

/** The other side's echo, for connections that this side makes. */
const PEER: u16 = 7007;
/** Clients of each version of IP. */
const CLIENTS: i32 = 2;

/** Connections that this side has made, and those of them on which not all came back. */
let made: i32 = 0;
let broken: i32 = 0;
let isRunning: bool = true;
let running: i32 = 0;

class Accept extends Task {
  constructor(private readonly listener: Listener) {
    super();
  }

  run(): void {
    while (true) spawn(new Echo(this.listener.accept(NEVER).value), "echo");
  }
}

class Echo extends Task {
  constructor(private readonly flow: Flow) {
    super();
  }

  run(): void {
    const flow = this.flow;
    const bytes = new Uint8Array(16_384);
    for (let count = flow.read(bytes); count > 0; count = flow.read(bytes)) if (flow.write(bytes, count)) break;
    flow.close();
  }
}

class EchoDatagrams extends Task {
  constructor(private readonly socket: Datagrams) {
    super();
  }

  run(): void {
    const bytes = new Uint8Array(65_536);
    for (let size = this.socket.receive(bytes, NEVER); size >= 0; size = this.socket.receive(bytes, NEVER)) {
      this.socket.send(bytes, size, this.socket.address(), this.socket.port());
    }
  }
}

/** One short connection after the other. This side ends first, and has them in TIME_WAIT. */
class Client extends Task {
  constructor(
    private readonly stack: Stack,
    private readonly peer: Address,
  ) {
    super();
  }

  run(): void {
    running++;
    const bytes = new Uint8Array(2000);
    while (isRunning) {
      if (!this.converse(bytes)) broken++;
      made++;
      sleep(5 * MILLISECOND);
    }
    running--;
  }

  private converse(bytes: Uint8Array): bool {
    const connected = this.stack.connect(this.peer, PEER, NEVER);
    if (!connected.isOK) return false;
    const flow = connected.value;
    for (let i = 0; i < bytes.length; i++) bytes[i] = <u8>(made + i);
    flow.write(bytes, bytes.length);
    flow.shutdown();
    let at = 0;
    const wanted = <u8>bytes[0];
    const part = new Uint8Array(2000);
    for (let count = flow.read(part); count > 0; count = flow.read(part)) {
      for (let i = 0; i < count; i++) if (part[i] != <u8>(wanted + at + i)) return false;
      at += count;
    }
    flow.close();
    return at == bytes.length;
  }
}

/** Whoever asks is told, a line for each number. The first who asks lets the clients begin; who says "stop" stops them. */
class Account extends Task {
  constructor(
    private readonly stack: Stack,
    private readonly socket: Datagrams,
  ) {
    super();
  }

  run(): void {
    const socket = this.socket;
    const bytes = new Uint8Array(64);
    let hasBegun = false;
    for (let size = socket.receive(bytes, NEVER); size >= 0; size = socket.receive(bytes, NEVER)) {
      if (!hasBegun) this.begin();
      hasBegun = true;
      if (size == 4) isRunning = false;
      let text = `memory ${memory.size() << 16}\nmade ${made}\nbroken ${broken}\nrunning ${running}\n`;
      const all = metrics();
      for (let i = 0; i < all.length; i++) text += all[i].toString() + "\n";
      const answer = Uint8Array.wrap(String.UTF8.encode(text));
      socket.send(answer, answer.length, socket.address(), socket.port());
    }
  }

  private begin(): void {
    for (let i = 0; i < CLIENTS; i++) {
      spawn(new Client(this.stack, Address.parse("10.0.0.1")!), "client");
      spawn(new Client(this.stack, Address.parse("2001:db8::1")!), "client");
    }
  }
}

export class Soak<S extends Stack> {
  start(stack: S): void {
    stack.up(NEVER);
    spawn(new EchoDatagrams(stack.datagrams(7).value), "udp echo");
    spawn(new Accept(stack.listen(7).value), "accept");
    spawn(new Account(stack, stack.datagrams(11).value), "account").join();
  }
}
