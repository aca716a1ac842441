import { Address, Datagrams as Socket, NEVER, Stack } from "mirage-wasm/stack";
import { MILLISECOND, sleep, spawn, Task } from "mirage-wasm/thread";
import { after, word, wordOf } from "./words";

/** Ports that are asked for one that is free. */
const FIRST: i32 = 20_000;
const COUNT: i32 = 10_000;

class Echo extends Task {
  constructor(private readonly socket: Socket) {
    super();
  }

  run(): void {
    const bytes = new Uint8Array(65536);
    for (let size = this.socket.receive(bytes, NEVER); size >= 0; size = this.socket.receive(bytes, NEVER)) {
      this.socket.send(bytes, size, this.socket.address(), this.socket.port());
    }
  }
}

class Wait extends Task {
  heard: string = "nothing";

  constructor(private readonly socket: Socket) {
    super();
  }

  run(): void {
    this.heard = word(this.socket.receive(new Uint8Array(10), NEVER));
  }
}

export class Datagrams {
  constructor(
    private readonly client: Stack,
    private readonly server: Stack,
    private readonly there: Address,
    private readonly said: string[],
  ) {}

  run(): void {
    let port = freePort();
    let opened = this.server.datagrams(port);
    for (; !opened.isOK; opened = this.server.datagrams(port)) port = freePort();
    const there = opened.value;
    this.said.push("a port of datagrams twice: " + wordOf(this.server.datagrams(port).result));
    spawn(new Echo(there), "echo");
    const socket = this.client.datagrams(0).value;
    const bytes = new Uint8Array(65536);
    this.said.push("nothing has come: " + word(socket.receive(bytes, after(50))));
    const sizes = [1, 1472, 9000];
    for (let i = 0; i < sizes.length; i++) {
      for (let at = 0; at < sizes[i]; at++) bytes[at] = <u8>(at * 3);
      const sent = socket.send(bytes, sizes[i], this.there, port);
      bytes.fill(0);
      const size = socket.receive(bytes, after(2000));
      let right = true;
      for (let at = 0; at < size; at++) if (bytes[at] != <u8>(at * 3)) right = false;
      this.said.push("sent: " + wordOf(sent) + ", back: " + word(size) + (right ? "" : " NOT RIGHT") + (socket.port() == port ? "" : " NOT FROM THERE"));
    }
    socket.send(bytes, 0, this.there, port);
    this.said.push("an empty one: " + socket.receive(bytes, after(2000)).toString());
    socket.send(bytes, 100, this.there, port);
    this.said.push("what does not fit: " + word(socket.receive(new Uint8Array(10), after(2000))));
    this.said.push("the rest of it: " + word(socket.receive(bytes, after(50))));
    const group = Address.parse("239.1.2.3")!;
    this.said.push("a group: " + wordOf(socket.join(group)));
    socket.leave(group);
    const waiting = new Wait(socket);
    const thread = spawn(waiting, "receiver");
    sleep(10 * MILLISECOND);
    socket.close();
    thread.join();
    this.said.push("who waits where it is closed: " + waiting.heard);
    there.close();
    const again = this.server.datagrams(port);
    this.said.push("the port again: " + wordOf(again.result));
    again.value.close();
  }
}

function freePort(): u16 {
  return <u16>(FIRST + <i32>(Math.random() * COUNT));
}
