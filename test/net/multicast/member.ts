// A member of groups: it does what datagrams say ("join GROUP", "leave GROUP", "say GROUP"), and answers "heard SIZE" to others.
import { Console } from "mirage-wasm/console";
import { Address, Datagrams, NEVER, Stack } from "mirage-wasm/stack";

const PORT: u16 = 5000;

export class Member<S extends Stack, C extends Console> {
  start(stack: S, console: C): void {
    stack.up(NEVER);
    const socket = stack.datagrams(PORT).value;
    console.log("I am at port 5000");
    const bytes = new Uint8Array(65_536);
    for (let size = socket.receive(bytes, NEVER); size >= 0; size = socket.receive(bytes, NEVER)) {
      // It hears what it says to a group itself.
      if (socket.port() == PORT) continue;
      const words = String.UTF8.decodeUnsafe(bytes.dataStart, size).split(" ");
      const group = words.length > 1 ? Address.parse(words[1]) : null;
      const said = group ? this.does(words[0], group, socket) : `heard ${size}`;
      const answer = Uint8Array.wrap(String.UTF8.encode(said));
      socket.send(answer, answer.length, socket.address(), socket.port());
    }
  }

  private does(word: string, group: Address, socket: Datagrams): string {
    if (word == "join") return `joined ${socket.join(group)}`;
    if (word == "leave") socket.leave(group);
    else socket.send(Uint8Array.wrap(String.UTF8.encode("hello")), 5, group, PORT);
    return "done";
  }
}
