// Two stacks in one image, with a bad cable between them: what one says, the other hears.
import { Console } from "mirage-wasm/console";
import { Result } from "mirage-wasm/result";
import { Address, Datagrams, Flow, Listener, NEVER, Stack } from "mirage-wasm/stack";
import { MILLISECOND, spawn, Task } from "mirage-wasm/thread";

const SIZE: i32 = 200_000;

class Echo extends Task {
  constructor(private readonly listener: Listener) {
    super();
  }

  run(): void {
    const flow = this.listener.accept(NEVER).value;
    const bytes = new Uint8Array(3000);
    for (let count = flow.read(bytes); count > 0; count = flow.read(bytes)) flow.write(bytes, count);
    flow.close();
  }
}

class Send extends Task {
  constructor(private readonly flow: Flow) {
    super();
  }

  run(): void {
    const bytes = new Uint8Array(SIZE);
    for (let i = 0; i < SIZE; i++) bytes[i] = <u8>(i * 7);
    this.flow.write(bytes, SIZE);
    this.flow.shutdown();
  }
}

class EchoDatagrams extends Task {
  constructor(private readonly socket: Datagrams) {
    super();
  }

  run(): void {
    const bytes = new Uint8Array(2000);
    for (let size = this.socket.receive(bytes, NEVER); size >= 0; size = this.socket.receive(bytes, NEVER)) {
      this.socket.send(bytes, size, this.socket.address(), this.socket.port());
    }
  }
}

export class Talk<A extends Stack, B extends Stack, C extends Console> {
  start(client: A, server: B, console: C): void {
    const there = server.address()!;
    console.log(client.address()!.toString() + " and " + there.toString());
    spawn(new Echo(server.listen(7).value), "echo");
    const connected = client.connect(there, 7, NEVER);
    const flow = connected.value;
    spawn(new Send(flow), "send");
    const bytes = new Uint8Array(5000);
    let heard = 0;
    let right = true;
    for (let count = flow.read(bytes); count > 0; count = flow.read(bytes)) {
      for (let i = 0; i < count; i++) if (bytes[i] != <u8>((heard + i) * 7)) right = false;
      heard += count;
    }
    flow.close();
    console.log(heard.toString() + " bytes came back, " + (right ? "all right" : "NOT ALL RIGHT"));

    const silent = server.listen(5).value;
    const waiting = client.connect(there, 5, NEVER).value;
    waiting.until(now() + 20 * MILLISECOND);
    console.log(waiting.read(bytes) == Result.TIMEOUT ? "port 5 says nothing" : "PORT 5 SAYS SOMETHING");
    waiting.close();
    silent.close();

    console.log(client.connect(there, 9, NEVER).result == Result.REFUSED ? "port 9 refuses" : "PORT 9 DOES NOT REFUSE");
    console.log(server.listen(7).result == Result.CLOSED ? "port 7 is taken" : "PORT 7 IS NOT TAKEN");
    const nobody = Address.parse("192.0.2.1")!;
    console.log(client.connect(nobody, 9, NEVER).result == Result.UNREACHABLE ? "there is no way to " + nobody.toString() : "THERE IS A WAY");

    // Those that are lost are said again.
    spawn(new EchoDatagrams(server.datagrams(7).value), "datagrams");
    const socket = client.datagrams(0).value;
    const said = Uint8Array.wrap(String.UTF8.encode("hello"));
    let size = -1;
    for (let tries = 0; tries < 20 && size < 0; tries++) {
      socket.send(said, said.length, there, 7);
      size = socket.receive(bytes, now() + 200 * MILLISECOND);
    }
    console.log("datagram: " + String.UTF8.decode(bytes.slice(0, max(size, 0)).buffer) + " from " + socket.address().toString() + " port " + socket.port().toString());
  }
}

function now(): i64 {
  return <i64>(performance.now() * 1e6);
}
