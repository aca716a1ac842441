// Ports of UDP and of TCP.
import { Console } from "mirage-wasm/console";
import { SECOND } from "mirage-wasm/duration";
import { NEVER, writeText } from "mirage-wasm/flow";
import { Address } from "mirage-wasm/address";
import { Ipv4 } from "mirage-wasm/ipv4";
import { Result } from "mirage-wasm/result";
import { Tcp } from "mirage-wasm/tcp";
import { Udp } from "mirage-wasm/udp";
import { second } from "./turn";

export class Ports<U extends Udp, V extends Udp, A extends Tcp, B extends Tcp, I extends Ipv4, C extends Console> {
  start(datagrams: U, others: V, client: A, server: B, host: I, console: C): void {
    second.wait();
    const there = host.address()!;
    const bytes = new Uint8Array(100);
    const answering = others.datagrams(7).value;
    const socket = datagrams.datagrams(0).value;
    socket.hearErrors();
    socket.send(bytes, 10, there, 9);
    const heard = socket.receive(bytes, NEVER);
    console.log(heard == Result.REFUSED ? "udp: refused by " + socket.address().toString() + " port " + socket.port().toString() : "NOT REFUSED");

    socket.send(bytes, 10, there, 7);
    console.log("udp: " + answering.receive(bytes, NEVER).toString() + " bytes from " + answering.address().toString());

    const group = Address.parse("239.1.2.3")!;
    console.log("udp: a group is " + (answering.join(group) == Result.OK && answering.join(there) == Result.UNREACHABLE ? "joined" : "NOT JOINED"));
    socket.send(bytes, 20, group, 7);
    console.log("udp: " + answering.receive(bytes, NEVER).toString() + " bytes of it");
    answering.leave(group);
    socket.send(bytes, 30, group, 7);
    socket.send(bytes, 40, there, 7);
    console.log("udp: " + answering.receive(bytes, NEVER).toString() + " bytes once it is left, to this host");

    const listener = server.listen(7).value;
    const flow = client.connect(there, 7, <i64>(performance.now() * 1e6) + 10 * SECOND).value;
    const other = listener.accept(NEVER).value;
    writeText(flow, "hello");
    console.log("tcp: " + String.UTF8.decode(bytes.slice(0, other.read(bytes)).buffer));
    flow.close();
    other.close();
  }
}
