import { argument } from "mirage-wasm/argument";
import { Console } from "mirage-wasm/console";
import { Flow, NEVER, Stack } from "mirage-wasm/stack";
import { spawn } from "mirage-wasm/thread";
import { Chargen, Discard, Echo, EchoDatagrams, Service } from "./classic";

const port = argument.port("port", 8080, "Where to listen for those who say something.");

/** Says who has come and how much he has said, once for each. */
class Greeter extends Service {
  constructor(private readonly console: Console) {
    super("greeter");
  }

  serve(flow: Flow): void {
    this.console.log("new tcp connection from IP " + flow.address().toString() + " on port " + flow.port().toString());
    const bytes = new Uint8Array(4096);
    const count = flow.read(bytes);
    if (count > 0) this.console.log("read: " + count.toString() + " bytes");
  }
}

export class Services<S extends Stack, C extends Console> {
  start(stack: S, console: C): void {
    stack.up(NEVER);
    console.log("listening at " + stack.address()!.toString());
    spawn(new Echo().at(stack.listen(7).value), "echo");
    spawn(new EchoDatagrams(stack.datagrams(7).value), "udp echo");
    spawn(new Discard().at(stack.listen(9).value), "discard");
    spawn(new Chargen().at(stack.listen(19).value), "chargen");
    spawn(new Greeter(console).at(stack.listen(port.value).value), "greeter").join();
  }
}
