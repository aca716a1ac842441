import { argument } from "mirage-wasm/argument";
import { Console } from "mirage-wasm/console";
import { NEVER, Stack } from "mirage-wasm/stack";
import { spawn } from "mirage-wasm/thread";
import { Member, Room } from "./room";

const port = argument.port("port", 4000, "Where to listen.");

export class Chat<S extends Stack, C extends Console> {
  start(stack: S, console: C): void {
    const listener = stack.listen(port.value).value;
    console.log("listening at port " + listener.port().toString());
    const room = new Room();
    for (let accepted = listener.accept(NEVER); accepted.isOK; accepted = listener.accept(NEVER)) {
      spawn(new Member(accepted.value, room), "member");
    }
  }
}
