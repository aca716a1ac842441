import { get16, put16 } from "mirage-wasm/drivers/net/bytes";
import { fold, sum } from "mirage-wasm/drivers/net/checksum";
import { lowOf } from "mirage-wasm/drivers/net/ip";
import { EMPTY } from "mirage-wasm/drivers/net/mailbox";
import { loadMac, storeMac } from "mirage-wasm/mac";
import { equal, ok, test } from "./harness";
import { Host } from "./host";
import { echo, frame, ipv4, OTHER, OUR, PAYLOAD, PEER, PEER_MAC, SECOND, sealIcmp, type, udp } from "./wire";

/** 8.8.8.8, which is not on the link. */
const FAR: u32 = 0x08080808;

export function testIcmp(): void {
  test("RFC 792: an echo request is answered with its own data", () => {
    const host = new Host().meet();
    for (let size = 0; size <= 1472; size += 46) {
      const message = echo(size);
      host.input(ipv4(1, message));
      const sent = host.wire.take();
      equal(get16(sent + 16), 20 + message, "length");
      equal<u32>(load<u8>(sent, PAYLOAD), 0, "type");
      equal(fold(sum(sent + PAYLOAD, message)), 0xffff, "checksum");
      equal(memory.compare(sent + PAYLOAD + 4, frame + PAYLOAD + 4, message - 4), 0, "difference of the data");
      equal(load<u32>(sent, 30), PEER, "destination");
    }
  });

  test("RFC 1122 3.2.2.6: nobody makes us answer for many", () => {
    const host = new Host().meet();
    host.input(ipv4(1, echo(4), PEER, 0xffffffff));
    host.input(ipv4(1, echo(4), PEER, 0xff00000a));
    const size = ipv4(1, echo(4));
    storeMac(frame, 0xffffffffffff);
    host.input(size);
    equal<usize>(host.wire.take(), 0, "an answer");
  });

  test("RFC 792: our requests are echoed to who has asked, by identifier and number", () => {
    const host = new Host().meet();
    const one = host.icmp.open();
    const other = host.icmp.open();
    ok(one.send(0, lowOf(PEER), 5, frame, 40, host.now), "it is not sent");
    const sent = host.wire.take();
    equal(load<u16>(sent, PAYLOAD), 8, "type and code");
    equal(fold(sum(sent + PAYLOAD, 48)), 0xffff, "checksum");
    memory.copy(frame + PAYLOAD, sent + PAYLOAD, 48);
    store<u8>(frame + PAYLOAD, 0);
    sealIcmp(48);
    host.input(ipv4(1, 48));
    equal(other.receive(frame, 100), EMPTY, "for another");
    equal(one.receive(frame, 100), 40, "size");
    equal(one.fromPort, 5, "number");
    one.close();
    host.input(ipv4(1, 48));
    equal(one.receive(frame, 100), EMPTY, "for who has closed");
    ok(!other.send(0, 0x0100000a, 1, frame, 65_508, host.now), "more is sent than a packet takes");
  });

  test("RFC 1122 3.2.2.2: a redirect changes nothing", () => {
    const host = new Host().meet();
    const socket = host.udp.open(0)!;
    socket.send(0, lowOf(FAR), 9, frame, 4, host.now);
    const quoted = host.wire.take();
    for (let code = 0; code < 4; code++) {
      store<u64>(frame + PAYLOAD, <u64>OTHER << 32 | <u64>code << 8 | 5);
      memory.copy(frame + PAYLOAD + 8, quoted + 14, 28);
      sealIcmp(36);
      host.input(ipv4(1, 36));
    }
    socket.send(0, lowOf(FAR), 9, frame, 4, host.now);
    const sent = host.wire.take();
    equal(type(sent), 0x0800, "type of what is sent");
    equal(loadMac(sent), PEER_MAC, "whom it goes to: the router");
    equal<usize>(host.wire.take(), 0, "a question for another one");
  });

  test("RFC 792: a wrong checksum, or less than a message, is dropped", () => {
    const host = new Host().meet();
    const size = ipv4(1, echo(4));
    store<u8>(frame + PAYLOAD, 1, 9);
    host.input(size);
    for (let bytes = 0; bytes < 8; bytes++) host.input(ipv4(1, bytes));
    equal<usize>(host.wire.take(), 0, "an answer");
  });

  test("RFC 1122 3.2.2.1: a datagram to a port where nobody listens, and a protocol that nobody knows, are complained about", () => {
    const host = new Host().meet();
    host.input(ipv4(17, udp(5, 99, 10)));
    let sent = host.wire.take();
    equal(load<u16>(sent, PAYLOAD), 0x0303, "type and code");
    equal(fold(sum(sent + PAYLOAD, 46)), 0xffff, "checksum");
    equal(memory.compare(sent + PAYLOAD + 8, frame + 14, 38), 0, "difference of what is quoted");
    host.input(ipv4(99, 10));
    sent = host.wire.take();
    equal(load<u16>(sent, PAYLOAD), 0x0203, "type and code");
  });

  test("RFC 1122 3.2.2: nothing is said about errors, to groups, or about what was sent to many", () => {
    const host = new Host().meet();
    store<u64>(frame + PAYLOAD, 0x0103);
    sealIcmp(40);
    host.input(ipv4(1, 40));
    host.input(ipv4(17, udp(5, 99, 10), PEER, 0xffffffff));
    host.input(ipv4(17, udp(5, 99, 10), 0));
    equal<usize>(host.wire.take(), 0, "a complaint");
  });

  test("RFC 1812 4.3.2.8: complaints are limited, and come again", () => {
    const host = new Host().meet();
    for (let i = 0; i < 1000; i++) host.input(ipv4(17, udp(5, 99, 10)));
    ok(host.wire.sent.length >= 40 && host.wire.sent.length <= 60, `${host.wire.sent.length} at once`);
    host.wire.sent.length = 0;
    host.pass(SECOND);
    host.input(ipv4(17, udp(5, 99, 10)));
    equal(host.wire.sent.length, 1, "complaints a second later");
  });
}
