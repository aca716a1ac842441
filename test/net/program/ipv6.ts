import { get16, get32, put16, put32 } from "mirage-wasm/drivers/net/bytes";
import { fold, pseudoSum, sum } from "mirage-wasm/drivers/net/checksum";
import { EMPTY, LOST } from "mirage-wasm/drivers/net/mailbox";
import { Unreachable } from "mirage-wasm/drivers/net/ip";
import { loadMac } from "mirage-wasm/mac";
import { equal, ok, test } from "./harness";
import { frame, PEER_MAC, SECOND, type } from "./wire";
import { BODY, echo6, GLOBAL, GROUP, Host6, icmpv6, ipv6, LINK, NINE, ONE, TWO } from "./wire6";

const data = memory.data(65_536, 8);

/** An extension header of 8 bytes before an echo request; the size of both. */
function behind(next: u8, second: u8, third: u8 = 0, fourth: u8 = 0): i32 {
  const size = echo6(8);
  store<u16>(frame + BODY, 0, 2);
  store<u16>(frame + BODY, <u16>~fold(sum(frame + BODY, size, pseudoSum(GLOBAL, ONE, GLOBAL, TWO, 58, size))), 2);
  memory.copy(frame + BODY + 8, frame + BODY, size);
  store<u64>(frame + BODY, 0);
  store<u8>(frame + BODY, next);
  store<u8>(frame + BODY, second, 1);
  store<u8>(frame + BODY, third, 2);
  store<u8>(frame + BODY, fourth, 3);
  return 8 + size;
}

/** Type, code and pointer of the complaint that was sent. */
function complaint(host: Host6): string {
  const sent = host.wire.take();
  if (!sent) return "none";
  const code = `${load<u8>(sent + BODY)}/${load<u8>(sent + BODY, 1)}`;
  return load<u8>(sent + BODY) == 4 ? `${code} at ${get32(sent + BODY + 4)}` : code;
}

function says(actual: string, expected: string, what: string): void {
  ok(actual == expected, `${what}: ${actual}, not ${expected}`);
}

export function testIpv6(): void {
  test("RFC 4443 4.2: an echo request is answered with its own data, from the address that was asked", () => {
    const host = Host6.ready();
    for (let size = 0; size <= 1452; size += 121) {
      host.input(icmpv6(echo6(size)));
      const sent = host.wire.take();
      equal(type(sent), 0x86dd, "type");
      equal<u32>(load<u8>(sent, BODY), 129, "type of the message");
      equal(fold(sum(sent + BODY, 8 + size, pseudoSum(GLOBAL, TWO, GLOBAL, ONE, 58, 8 + size))), 0xffff, "checksum");
      equal(memory.compare(sent + BODY + 4, frame + BODY + 4, 4 + size), 0, "difference of the data");
      equal(loadMac(sent), PEER_MAC, "whom the frame is for");
    }
    host.input(icmpv6(echo6(4), GLOBAL, ONE, GROUP, ONE));
    says(complaint(host), "none", "an answer to many");
    const size = icmpv6(echo6(4));
    store<u8>(frame + BODY, 1, 9);
    host.input(size);
    says(complaint(host), "none", "an answer to a wrong checksum");
  });

  test("RFC 8200 3: a packet whose header is not right, or that is for others, is dropped", () => {
    const host = Host6.ready();
    let size = icmpv6(echo6(8));
    store<u8>(frame, 0x45, 14);
    host.input(size);
    size = icmpv6(echo6(8));
    put16(frame + 18, 17);
    host.input(size);
    for (let bytes = 14; bytes < 54; bytes++) host.input(bytes);
    host.input(icmpv6(echo6(8), GLOBAL, ONE, GLOBAL, NINE));
    host.input(icmpv6(echo6(8), GROUP, ONE));
    host.input(icmpv6(echo6(8), 0, ONE));
    host.input(icmpv6(echo6(8), GLOBAL, ONE, 0, ONE));
    host.input(icmpv6(echo6(8), GLOBAL, TWO));
    host.input(icmpv6(echo6(8), GLOBAL, ONE, GROUP, NINE));
    says(complaint(host), "none", "an answer");
    host.input(icmpv6(echo6(8)));
    says(complaint(host), "129/0", "an honest one");
  });

  test("RFC 8200 4.1 and 4.2: headers of options are gone through; what nobody knows says itself what is to be done", () => {
    const host = Host6.ready();
    host.input(ipv6(0, behind(58, 0, 1, 4)));
    says(complaint(host), "129/0", "hop-by-hop");
    host.input(ipv6(60, behind(58, 0, 1, 4)));
    says(complaint(host), "129/0", "destination options");
    const kinds: u8[] = [0x3e, 0x7e, 0xbe, 0xfe];
    const answers = ["129/0", "none", "4/2 at 42", "4/2 at 42"];
    for (let i = 0; i < 4; i++) {
      host.input(ipv6(60, behind(58, 0, kinds[i], 4)));
      says(complaint(host), answers[i], `option ${kinds[i]}`);
    }
    host.input(ipv6(60, behind(58, 0, 1, 5)));
    says(complaint(host), "none", "an option that is longer than its header");
    host.input(ipv6(60, behind(58, 9, 1, 4)));
    says(complaint(host), "none", "a header that is longer than the packet");
    host.input(ipv6(60, behind(0, 0, 1, 4)));
    says(complaint(host), "4/1 at 40", "hop-by-hop that is not the first");
    host.input(ipv6(59, behind(58, 0)));
    says(complaint(host), "none", "no next header");
    host.input(ipv6(99, 8));
    says(complaint(host), "4/1 at 6", "a protocol that nobody knows");
  });

  test("RFC 8200 4.4, RFC 5095: nothing is passed on by a routing header", () => {
    const host = Host6.ready();
    host.input(ipv6(43, behind(58, 0, 0, 1)));
    says(complaint(host), "4/0 at 42", "with segments left");
    host.input(ipv6(43, behind(58, 0, 0, 0)));
    says(complaint(host), "129/0", "without");
  });

  test("RFC 8200 4: headers without an end are given up", () => {
    const host = Host6.ready();
    for (let i = 0; i < 100; i++) {
      store<u64>(frame + BODY + i * 8, 0);
      store<u8>(frame + BODY + i * 8, 60);
      store<u16>(frame + BODY + i * 8, 0x0401, 2);
    }
    host.input(ipv6(60, 800));
    says(complaint(host), "none", "an answer");
  });

  test("RFC 8200 4.5: fragments become the packet, in whatever order they come", () => {
    const host = Host6.ready();
    const socket = host.udp.open(99)!;
    // A datagram of 2,992 bytes in three pieces.
    const whole = memory.data(3000, 8);
    memory.fill(whole, 7, 3000);
    put16(whole, 5);
    put16(whole + 2, 99);
    put16(whole + 4, 3000);
    store<u16>(whole, 0, 6);
    store<u16>(whole, <u16>~fold(sum(whole, 3000, pseudoSum(GLOBAL, ONE, GLOBAL, TWO, 17, 3000))), 6);
    const order: i32[] = [2, 0, 1];
    for (let i = 0; i < 3; i++) {
      store<u16>(frame + BODY, 17);
      put16(frame + BODY + 2, (order[i] * 1000) | (order[i] < 2 ? 1 : 0));
      put32(frame + BODY + 4, 0xabcdef01);
      memory.copy(frame + BODY + 8, whole + order[i] * 1000, 1000);
      host.input(ipv6(44, 1008));
    }
    equal(socket.receive(data, 10_000), 2992, "size");
    equal(socket.fromHigh, GLOBAL, "from");
  });

  test("RFC 8200 4.5: pieces of a wrong size are complained about, RFC 5722: those that overlap end their packet", () => {
    const host = Host6.ready();
    store<u16>(frame + BODY, 17);
    put16(frame + BODY + 2, 1);
    put32(frame + BODY + 4, 1);
    host.input(ipv6(44, 8 + 13));
    says(complaint(host), "4/0 at 4", "no multiple of 8 bytes");
    put16(frame + BODY + 2, 65_528);
    host.input(ipv6(44, 8 + 100));
    says(complaint(host), "4/0 at 42", "behind 65,535");
    const socket = host.udp.open(99)!;
    for (let i = 0; i < 3; i++) {
      put16(frame + BODY + 2, i == 2 ? 8 : i * 16 + (i == 0 ? 1 : 0));
      host.input(ipv6(44, 8 + 16));
    }
    ok(socket.receive(data, 100) < 0, "a datagram came of it");
  });

  test("RFC 8200 4.5: whose first piece has come is told after a minute at most that others did not", () => {
    const host = Host6.ready();
    store<u16>(frame + BODY, 17);
    put16(frame + BODY + 2, 1);
    put32(frame + BODY + 4, 1);
    host.input(ipv6(44, 8 + 800));
    host.meet(GLOBAL, ONE);
    for (let i = 0; i < 60; i++) host.pass(SECOND);
    let found = false;
    while (host.wire.sent.length) if (complaint(host) == "3/1") found = true;
    ok(found, "nothing is said");
  });

  test("RFC 6946: a piece that is the whole packet is one", () => {
    const host = Host6.ready();
    host.input(ipv6(44, behind(58, 0)));
    says(complaint(host), "129/0", "its answer");
  });

  test("RFC 8200 5, RFC 8201: larger packets go in pieces, and smaller ones where the path is narrow", () => {
    const host = Host6.ready();
    const socket = host.udp.open(99)!;
    ok(socket.send(GLOBAL, ONE, 7, data, 4000, host.now), "it is not sent");
    let bytes = 0;
    for (let i = 0; i < 3; i++) {
      const sent = host.wire.take();
      equal<u32>(load<u8>(sent, 20), 44, "a fragment");
      bytes += <i32>get16(sent + 18) - 8;
    }
    equal(bytes, 4008, "bytes in them");
    equal<usize>(host.wire.take(), 0, "a fourth");
    // Too big: 1,300 bytes at most; what quotes another one's packet says nothing.
    for (let other = 1; other >= 0; other--) {
      socket.send(GLOBAL, ONE, 7, data, 1400, host.now);
      const sent = host.wire.take();
      equal<u32>(load<u8>(sent, 20), 17, "not in pieces");
      memory.copy(frame + BODY + 8, sent + 14, 1200);
      if (other) store<u8>(frame + BODY + 8, 0xee, 23);
      store<u64>(frame + BODY, 2);
      put32(frame + BODY + 4, 1300);
      host.input(icmpv6(1208));
    }
    socket.send(GLOBAL, ONE, 7, data, 1400, host.now);
    equal<u32>(load<u8>(host.wire.take(), 20), 44, "in pieces");
    equal(host.ip.room(GLOBAL, ONE), 1260, "room");
    put32(frame + BODY + 4, 100);
    host.input(icmpv6(1208));
    equal(host.ip.room(GLOBAL, ONE), 1240, "never less than 1,280 in all");
  });

  test("RFC 4443 2.4: complaints are not about errors, to nobody, or to many, and limited", () => {
    const host = Host6.ready();
    store<u64>(frame + BODY, 1);
    host.input(icmpv6(60));
    host.input(ipv6(99, 8, 0, 0));
    host.input(ipv6(99, 8, GLOBAL, ONE, GROUP, ONE));
    says(complaint(host), "none", "a complaint");
    for (let i = 0; i < 1000; i++) host.input(ipv6(99, 8));
    ok(host.wire.sent.length >= 40 && host.wire.sent.length <= 60, `${host.wire.sent.length} at once`);
  });

  test("RFC 4443 3.1: who wants to hear of datagrams that did not arrive does", () => {
    const host = Host6.ready();
    const socket = host.udp.open(99)!;
    socket.hearsErrors = true;
    socket.send(GLOBAL, ONE, 7, data, 10, host.now);
    const sent = host.wire.take();
    memory.copy(frame + BODY + 8, sent + 14, 58);
    store<u64>(frame + BODY, 0x0401);
    host.input(icmpv6(66));
    equal(socket.receive(data, 100), LOST, "what comes");
    equal(socket.why, Unreachable.PORT, "why");
    equal(socket.fromHigh, GLOBAL, "whom it was for");
  });

  test("RFC 8200 8.1: a datagram without a checksum, or with a wrong one, is dropped", () => {
    const host = Host6.ready();
    const socket = host.udp.open(99)!;
    for (let wrong: u32 = 0; wrong < 3; wrong++) {
      store<u64>(frame + BODY, 0);
      put16(frame + BODY, 7);
      put16(frame + BODY + 2, 99);
      put16(frame + BODY + 4, 8);
      const right = ~fold(sum(frame + BODY, 8, pseudoSum(GLOBAL, ONE, GLOBAL, TWO, 17, 8)));
      store<u16>(frame + BODY, wrong == 2 ? 0 : <u16>(right ^ wrong), 6);
      host.input(ipv6(17, 8));
      equal(socket.receive(data, 100), wrong ? EMPTY : 0, wrong ? "a wrong one" : "a right one");
    }
  });

  test("RFC 6724 5: who speaks to whom", () => {
    const host = Host6.ready();
    ok(host.ip.route(GLOBAL, NINE), "to a neighbour");
    equal(host.ip.sourceLow, TWO, "from the address that others know");
    ok(host.ip.route(LINK, NINE), "to a neighbour on the link");
    equal(host.ip.sourceHigh, LINK, "from that of the link");
    ok(host.ip.route(GROUP, ONE), "to all on the link");
    equal(host.ip.sourceHigh, LINK, "from that of the link");
    ok(host.ip.route(0x60480120, ONE), "to others");
    equal(host.ip.sourceHigh, GLOBAL, "from the one that others know");
    host.ip.addresses.add(GLOBAL + (1 << 56), TWO, 64, host.now);
    host.settle();
    ok(host.ip.route(GLOBAL + (1 << 56), NINE), "to the second network");
    equal(host.ip.sourceHigh, GLOBAL + (1 << 56), "rule 8: the longest prefix in common");
    ok(host.ip.route(0, ONE), "to itself");
    equal(host.ip.sourceLow, ONE, "from loopback");
    const lonely = new Host6();
    lonely.settle();
    ok(!lonely.ip.route(GLOBAL, ONE), "beyond the link there is no way");
  });

  test("RFC 4291 2.5.3: loopback stays here", () => {
    const host = Host6.ready();
    const socket = host.udp.open(99)!;
    ok(socket.send(0, ONE, 99, data, 10, host.now), "it is not sent");
    equal<usize>(host.wire.take(), 0, "a frame");
    host.pass(0);
    equal(socket.receive(data, 100), 10, "size");
  });
}
