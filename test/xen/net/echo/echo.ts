import { Ipv6 } from "mirage-wasm/ipv6";
import { Datagrams, Flow, Listener, NEVER, Stack } from "mirage-wasm/stack";
import { spawn, Task } from "mirage-wasm/thread";

const PORT: u16 = 7;
const MOST: i32 = 4096;

class EchoDatagrams extends Task {
  constructor(private socket: Datagrams) {
    super();
  }

  run(): void {
    const bytes = new Uint8Array(MOST);
    for (let size = this.socket.receive(bytes, NEVER); size >= 0; size = this.socket.receive(bytes, NEVER)) {
      this.socket.send(bytes, size, this.socket.address(), this.socket.port());
    }
  }
}

class EchoFlow extends Task {
  constructor(private flow: Flow) {
    super();
  }

  run(): void {
    const bytes = new Uint8Array(MOST);
    for (let size = this.flow.read(bytes); size > 0; size = this.flow.read(bytes)) this.flow.write(bytes, size);
    this.flow.close();
  }
}

class Accept extends Task {
  constructor(private listener: Listener) {
    super();
  }

  run(): void {
    for (let next = this.listener.accept(NEVER); next.isOK; next = this.listener.accept(NEVER)) spawn(new EchoFlow(next.value));
  }
}

export class Echo<A extends Stack, B extends Stack, I extends Ipv6> {
  start(first: A, second: B, ipv6: I): void {
    const last = spawn(new EchoDatagrams(first.datagrams(PORT).value));
    spawn(new EchoDatagrams(second.datagrams(PORT).value));
    spawn(new Accept(first.listen(PORT).value));
    spawn(new Accept(second.listen(PORT).value));
    ipv6.up(NEVER);
    console.log("I am " + ipv6.address()!.toString());
    last.join();
  }
}
