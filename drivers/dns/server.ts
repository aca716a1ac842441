// A server of names on a stack: over UDP, and over TCP (RFC 7766) with a thread for each connection.

import { clock_monotonic } from "mirage-wasm/abi";
import { SECOND } from "mirage-wasm/duration";
import { Datagrams } from "mirage-wasm/datagrams";
import { Flow, Listener, NEVER } from "mirage-wasm/flow";
import { Counter } from "mirage-wasm/metrics";
import { Result } from "mirage-wasm/result";
import { Stack } from "mirage-wasm/stack";
import { spawn, Task } from "mirage-wasm/thread";
import { Authority } from "./authority";
import { MOST_TCP, MOST_UDP, PORT } from "./message";
import { PREFIX, receiveMessage, sendMessage } from "./stream";

/** A question is no longer; what is cut off is answered as one that is not right. */
const MOST_QUESTION: i32 = 4096;
/** RFC 7766 section 6.2.3: how long a connection may wait for its next question. */
const IDLE: i64 = 10 * SECOND;
/** Connections at a time. */
const MOST_CONNECTIONS: i32 = 64;

const connectionsCount = new Counter("dns-server.connections");
const turnedAwayCount = new Counter("dns-server.turned-away");

/** Answers for `authority` until the thread is cancelled: `CANCELLED`. `CLOSED`: the port is somebody's. */
export function serveNames(stack: Stack, authority: Authority, port: u16 = PORT): Result {
  const listening = stack.listen(port);
  if (!listening.isOK) return listening.result;
  const opened = stack.datagrams(port);
  if (opened.isOK) {
    const streams = spawn(new Streams(listening.value, authority), "dns tcp");
    serveDatagrams(opened.value, authority);
    streams.cancel();
    opened.value.close();
  }
  listening.value.close();
  return opened.isOK ? Result.CANCELLED : opened.result;
}

function serveDatagrams(socket: Datagrams, authority: Authority): void {
  const question = new Uint8Array(MOST_QUESTION);
  const reply = new Uint8Array(MOST_UDP);
  while (true) {
    const size = socket.receive(question, NEVER);
    if (size == Result.CANCELLED || size == Result.CLOSED) return;
    const length = authority.answerDatagram(question.dataStart, size, reply.dataStart);
    if (length) socket.send(reply, length, socket.address(), socket.port());
  }
}

/** Takes connections. */
class Streams extends Task {
  private open: i32 = 0;

  constructor(
    private readonly listener: Listener,
    private readonly authority: Authority,
  ) {
    super();
  }

  run(): void {
    for (let accepted = this.listener.accept(NEVER); accepted.isOK; accepted = this.listener.accept(NEVER)) {
      const flow = accepted.value;
      if (this.open == MOST_CONNECTIONS) {
        turnedAwayCount.add();
        flow.close();
        continue;
      }
      this.open++;
      connectionsCount.add();
      spawn(new Stream(this, flow), "dns tcp");
    }
  }

  serve(flow: Flow): void {
    const question = new Uint8Array(MOST_QUESTION);
    const reply = new Uint8Array(PREFIX + MOST_TCP);
    while (true) {
      flow.until(clock_monotonic() + IDLE);
      const size = receiveMessage(flow, question);
      if (size <= 0) break;
      const length = this.authority.answerStream(question.dataStart, size, reply.dataStart + PREFIX);
      if (!length || sendMessage(flow, reply, length) != Result.OK) break;
    }
    flow.close();
    this.open--;
  }
}

class Stream extends Task {
  constructor(
    private readonly streams: Streams,
    private readonly flow: Flow,
  ) {
    super();
  }

  run(): void {
    this.streams.serve(this.flow);
  }
}
