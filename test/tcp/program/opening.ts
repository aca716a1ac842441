// RFC 9293 section 3.5, and what is sent to where nobody is.

import { V4_HIGH, Unreachable } from "mirage-wasm/drivers/net/ip";
import { BROKEN } from "mirage-wasm/drivers/net/tcp/connection";
import { Cause, State } from "mirage-wasm/drivers/net/tcp/state";
import { addressOf, broadcast } from "./address";
import { Bed, SECOND } from "./bed";
import { check, equal } from "./check";
import { transfer } from "./flow";
import { ACK, FIN, get, Lab, MS, Open, PEER, PORT, put, RST, SYN } from "./lab";

export function handshake(seed: u64): void {
  const bed = new Bed(seed);
  const listener = bed.listen();
  const a = bed.connect();
  equal(a.state, State.SYN_SENT, "the state before an answer");
  check(listener.accept() == null, "nothing to accept yet");
  bed.run(SECOND);
  equal(a.state, State.ESTABLISHED, "the state of who has connected");
  const b = listener.accept()!;
  equal(b.state, State.ESTABLISHED, "the state of who has accepted");
  equal(a.remotePort, b.localPort, "the port");
  equal(a.localPort, b.remotePort, "the port of who has connected");
  equal(b.remoteLow, addressOf(0), "the address");
  transfer(bed, b, a, 100_000);
}

/** Each of a hundred connections opens although a tenth of the packets is lost. */
export function handshakeWithLoss(seed: u64): void {
  const bed = new Bed(seed);
  bed.way.faults.lost = 1000;
  const listener = bed.listen();
  for (let i = 0; i < 100; i++) {
    const a = bed.connect();
    let b = listener.accept();
    const until = bed.now + 170 * SECOND;
    while (b == null && bed.once(until)) b = listener.accept();
    check(b != null, `connection ${i} opens`);
    if (!b) return;
    transfer(bed, a, b, 1000);
    a.close();
    b.close();
  }
}

export function simultaneousOpen(seed: u64): void {
  const lab = new Lab(seed);
  const connection = lab.tcp.connect(V4_HIGH, addressOf(0), lab.peerPort, lab.now)!;
  lab.take();
  const iss = lab.sequence;
  lab.port = connection.localPort;
  lab.withMss(1460).inject(SYN, PEER, 0);
  equal(connection.state, State.SYN_RECEIVED, "the state after their SYN");
  lab.expect(SYN | ACK, iss, PEER + 1, 0, "the answer");
  lab.inject(SYN | ACK, PEER, iss + 1);
  lab.expect(ACK, iss + 1, PEER + 1, 0, "the answer to theirs, which opens the other side");
  lab.inject(ACK, PEER + 1, iss + 1);
  equal(connection.state, State.ESTABLISHED, "the state at last");
  const other = lab.tcp.connect(V4_HIGH, addressOf(0), lab.peerPort, lab.now)!;
  lab.drain();
  lab.port = other.localPort;
  lab.inject(SYN, PEER, 0);
  lab.inject(RST, PEER + 1, 0);
  equal(other.cause, Cause.REFUSED, "MUST-11: RST does not make a listener of who has opened");
}

/** MUST-41 and MUST-42. */
export function listenBeside(seed: u64): void {
  const lab = new Lab(seed);
  const connection = lab.tcp.connect(V4_HIGH, addressOf(0), lab.peerPort, lab.now)!;
  lab.take();
  const iss = lab.sequence;
  lab.port = connection.localPort;
  const listener = lab.tcp.listen(lab.port);
  check(listener != null, "somebody listens at the port of a connection");
  lab.inject(SYN | ACK, PEER, iss + 1);
  equal(connection.state, State.ESTABLISHED, "the connection opens");
  lab.peerPort = 4001;
  lab.drain();
  lab.inject(SYN, PEER, 0);
  check(lab.take() && lab.flags == (SYN | ACK), "another one comes");
}

export function closedPort(seed: u64): void {
  const lab = new Lab(seed);
  lab.inject(SYN, PEER, 0, 1000, 10);
  lab.expect(RST | ACK, 0, PEER + 11, 0, "SYN with text");
  lab.inject(ACK, PEER, 777, 1000, 10);
  lab.expect(RST, 777, 0, 0, "ACK");
  lab.inject(FIN, PEER, 0);
  lab.expect(RST | ACK, 0, PEER + 1, 0, "FIN alone");
  lab.inject(RST, PEER, 0);
  lab.inject(RST | ACK, PEER, 777);
  lab.expectNothing("RST is not answered");
}

export function refused(seed: u64): void {
  const bed = new Bed(seed);
  const a = bed.connect();
  bed.run(SECOND);
  equal(a.state, State.CLOSED, "the state");
  equal(a.cause, Cause.REFUSED, "the cause");
  equal(put(a, 10), BROKEN, "write");
  equal(get(a), BROKEN, "read");
  a.close();
  bed.run(SECOND);
  equal(bed.tcps[0].size, 0, "connections that are left");
}

export function forMany(seed: u64): void {
  const lab = new Lab(seed);
  lab.tcp.listen(PORT);
  lab.to = broadcast;
  lab.inject(SYN, PEER, 0);
  lab.inject(ACK, PEER, 5);
  lab.expectNothing("to a broadcast");
  lab.to = addressOf(1);
  lab.from = broadcast;
  lab.inject(SYN, PEER, 0);
  lab.expectNothing("MUST-63: from a broadcast");
  equal(lab.tcp.size, 0, "connections");
  check(lab.tcp.connect(V4_HIGH, broadcast, 7, lab.now) == null, "nobody connects to one");
  lab.ip.hasNoRoute = true;
  check(lab.tcp.connect(V4_HIGH, addressOf(0), 7, lab.now) == null, "nor to where no way leads");
}

/** In LISTEN, RST is ignored and ACK answered by RST. */
export function listen(seed: u64): void {
  const lab = new Lab(seed);
  lab.tcp.listen(PORT);
  check(lab.tcp.listen(PORT) == null, "nobody else listens there");
  lab.inject(RST, PEER, 0);
  lab.expectNothing("RST");
  lab.inject(ACK, PEER, 55);
  lab.expect(RST, 55, 0, 0, "ACK");
  lab.inject(SYN | ACK, PEER, 55);
  lab.expect(RST, 55, 0, 0, "SYN with ACK");
  lab.inject(FIN, PEER, 0);
  lab.drain();
  equal(lab.tcp.size, 0, "connections");
}

/** The figure "Recovery from Old Duplicate SYN", from the side that has opened. */
export function oldSyn(seed: u64): void {
  const lab = new Lab(seed);
  const connection = lab.tcp.connect(V4_HIGH, addressOf(0), lab.peerPort, lab.now)!;
  lab.take();
  const iss = lab.sequence;
  lab.port = connection.localPort;
  lab.inject(SYN | ACK, 300, iss - 90);
  lab.expect(RST, iss - 90, 0, 0, "the wrong number");
  equal(connection.state, State.SYN_SENT, "the state then");
  lab.inject(SYN | ACK, 400, iss + 1);
  lab.expect(ACK, iss + 1, 401, 0, "the right one");
  equal(connection.state, State.ESTABLISHED, "the state at last");
}

/** The figure "Half-Open Connection Discovery": the other side has forgotten all, and connects anew. */
export function halfOpen(seed: u64): void {
  const open = new Open();
  open.inject(SYN, 400, 0);
  open.expect(ACK, open.iss + 1, PEER + 1, 0, "the answer to a SYN");
  open.inject(RST, PEER + 1, 0);
  equal(open.connection.cause, Cause.RESET, "the cause");
  open.expectNothing("after RST");
}

export function synRetransmission(seed: u64): void {
  const lab = new Lab(seed);
  const begin = lab.now;
  const connection = lab.tcp.connect(V4_HIGH, addressOf(0), lab.peerPort, lab.now)!;
  lab.take();
  const iss = lab.sequence;
  let pause: i64 = SECOND;
  while (connection.state != State.CLOSED) {
    const waited = lab.waitForSegment(100 * SECOND);
    if (connection.state == State.CLOSED) break;
    lab.expect(SYN, iss, 0, 0, "SYN again");
    equal(waited, pause, "RFC 6298 section 5.5: the time doubles");
    pause = min(pause * 2, 60 * SECOND);
  }
  check(lab.now - begin >= 180 * SECOND, "MUST-23: it is tried for three minutes at least");
  equal(connection.cause, Cause.TIMEOUT, "the cause");
}

export function synAckRetransmission(seed: u64): void {
  const lab = new Lab(seed);
  lab.tcp.listen(PORT);
  lab.inject(SYN, PEER, 0);
  lab.take();
  const iss = lab.sequence;
  equal(lab.waitForSegment(10 * SECOND), SECOND, "after a second");
  lab.expect(SYN | ACK, iss, PEER + 1, 0, "SYN ACK again");
  lab.inject(SYN, PEER, 0);
  lab.expect(SYN | ACK, iss, PEER + 1, 0, "SYN ACK, since SYN came again");
  lab.inject(RST, PEER + 1, 0);
  equal(lab.tcp.size, 0, "RST: back to LISTEN, connections");
  lab.wait(300 * SECOND);
  lab.expectNothing("afterwards");
}

/** In SYN_RECEIVED, an acknowledgement of something else is answered by RST. */
export function synReceived(seed: u64): void {
  const lab = new Lab(seed);
  const listener = lab.tcp.listen(PORT)!;
  lab.inject(SYN, PEER, 0);
  lab.take();
  const iss = lab.sequence;
  lab.inject(ACK, PEER + 1, iss);
  lab.expect(RST, iss, 0, 0, "ISS itself");
  lab.inject(ACK, PEER + 1, iss + 2);
  lab.expect(RST, iss + 2, 0, 0, "more than was sent");
  check(listener.accept() == null, "it is not open");
  lab.inject(ACK, PEER + 1, iss + 1);
  check(listener.accept() != null, "now it is");
}

export function backlog(seed: u64): void {
  const lab = new Lab(seed);
  const listener = lab.tcp.listen(PORT, 4)!;
  for (let i = 0; i < 1000; i++) {
    lab.peerPort = <u16>(2000 + i);
    lab.inject(SYN, PEER, 0);
    check(lab.tcp.size <= 4, "no more than four are half open");
  }
  // The first ones are there, and there is room for four of them.
  for (let i = 0; i < 4; i++) {
    lab.drain();
    lab.peerPort = <u16>(2000 + i);
    lab.inject(SYN, PEER, 0);
    lab.take();
    lab.inject(ACK, PEER + 1, lab.sequence + 1);
  }
  lab.drain();
  lab.peerPort = 1999;
  lab.inject(SYN, PEER, 0);
  lab.expectNothing("one more than are accepted");
  equal(lab.tcp.size, 4, "connections");
  for (let i = 0; i < 4; i++) check(listener.accept() != null, "each can be accepted");
  lab.inject(SYN, PEER, 0);
  check(lab.take(), "then there is room again");
}

export function closedListener(seed: u64): void {
  const lab = new Lab(seed);
  const listener = lab.tcp.listen(PORT)!;
  lab.inject(SYN, PEER, 0);
  lab.take();
  lab.inject(ACK, PEER + 1, lab.sequence + 1);
  lab.peerPort = 4001;
  lab.inject(SYN, PEER, 0);
  lab.drain();
  listener.close();
  check(listener.accept() == null, "nothing to accept");
  lab.step();
  check(lab.take() && (lab.flags & RST) != 0, "one is reset");
  check(lab.take() && (lab.flags & RST) != 0, "and the other");
  equal(lab.tcp.size, 0, "connections");
  check(lab.tcp.listen(PORT) != null, "the port is free");
}

/** RFC 5927: in SYN_SENT, who says that there is nobody is believed if he knows the number. */
export function hardError(seed: u64): void {
  const lab = new Lab(seed);
  const connection = lab.tcp.connect(V4_HIGH, addressOf(0), lab.peerPort, lab.now)!;
  lab.take();
  lab.port = connection.localPort;
  lab.complain(Unreachable.PORT, lab.sequence + 5);
  equal(connection.state, State.SYN_SENT, "after one about another segment");
  lab.complain(Unreachable.HOST, lab.sequence);
  equal(connection.state, State.SYN_SENT, "MUST-56: after one that may be over soon");
  lab.wait(400 * SECOND);
  equal(connection.cause, Cause.UNREACHABLE, "the cause in the end");
  const other = lab.tcp.connect(V4_HIGH, addressOf(0), lab.peerPort, lab.now)!;
  lab.drain();
  lab.port = other.localPort;
  lab.complain(Unreachable.PORT, lab.sequence);
  equal(other.cause, Cause.REFUSED, "the cause when nobody listens");
}

export function openSoftError(seed: u64): void {
  const open = new Open();
  put(open.connection, 100);
  open.step();
  open.drain();
  open.complain(Unreachable.PORT, open.iss + 1);
  open.complain(Unreachable.PROTOCOL, open.iss + 1);
  equal(open.connection.state, State.ESTABLISHED, "an open connection stays");
  check(open.connection.isDoubtful, "MUST-47: who asks is told");
  open.inject(ACK, PEER + 1, open.iss + 101);
  check(!open.connection.isDoubtful, "until something arrives");
}

/** What IP has no room for goes later. */
export function fullIp(seed: u64): void {
  const open = new Open();
  open.ip.isFull = true;
  put(open.connection, 100);
  open.wait(5 * MS);
  open.ip.isFull = false;
  open.wait(20 * MS);
  open.expect(ACK, open.iss + 1, PEER + 1, 100, "the text");
}
