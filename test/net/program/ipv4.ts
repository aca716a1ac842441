import { get16, put16 } from "mirage-wasm/drivers/net/bytes";
import { fold, sum } from "mirage-wasm/drivers/net/checksum";
import { lowOf } from "mirage-wasm/drivers/net/ip";
import { loadMac } from "mirage-wasm/mac";
import { equal, ok, test } from "./harness";
import { Host } from "./host";
import { echo, ethernet, frame, ipv4, OTHER, OUR, PAYLOAD, PEER, PEER_MAC, sealHeader, type, udp, Wire } from "./wire";

/** Does the stack answer the echo request that is now in `frame`? */
function answers(host: Host, size: i32): bool {
  host.input(size);
  const sent = host.wire.take();
  while (host.wire.take()) {}
  return sent != 0 && type(sent) == 0x0800 && load<u8>(sent, 23) == 1 && load<u8>(sent, 34) == 0;
}

export function testIpv4(): void {
  test("RFC 791 3.1: a packet whose header is not right is dropped", () => {
    const host = new Host().meet();
    const size = ipv4(1, echo(10));
    ok(answers(host, size), "a good one was not answered");
    ipv4(1, echo(10));
    store<u8>(frame, 0x65, 14);
    sealHeader();
    ok(!answers(host, size), "version 6");
    ipv4(1, echo(10));
    store<u8>(frame, 0x44, 14);
    sealHeader();
    ok(!answers(host, size), "a header of 16 bytes");
    ipv4(1, echo(10));
    store<u8>(frame, 0x4f, 14);
    sealHeader();
    ok(!answers(host, size), "a header that is longer than the packet");
    ipv4(1, echo(10));
    put16(frame + 16, 500);
    sealHeader();
    ok(!answers(host, size), "a packet longer than its frame");
    ipv4(1, echo(10));
    put16(frame + 16, 19);
    sealHeader();
    ok(!answers(host, size), "a packet shorter than its header");
  });

  test("RFC 1122 3.2.1.2: a wrong checksum drops it silently", () => {
    const host = new Host().meet();
    const size = ipv4(1, echo(10));
    store<u16>(frame, load<u16>(frame, 24) ^ 0x100, 24);
    ok(!answers(host, size), "answered");
  });

  test("RFC 894: what pads a short frame is not the packet's", () => {
    const host = new Host().meet();
    const size = ipv4(1, echo(1));
    memory.fill(frame + size, 0x55, 60 - size);
    host.input(60);
    equal(get16(host.wire.take() + 16), 29, "length of the answer");
  });

  test("RFC 791 3.1: options are skipped", () => {
    const host = new Host().meet();
    const message = echo(4);
    memory.copy(frame + 38, frame + PAYLOAD, message);
    ipv4(1, message + 4);
    store<u8>(frame, 0x46, 14);
    store<u32>(frame, 0x00010101, 34);
    sealHeader();
    ok(answers(host, 38 + message), "not answered");
  });

  test("RFC 7126 4.3: a packet that chooses its way is dropped", () => {
    for (let kind = 131; kind <= 137; kind += 6) {
      const host = new Host().meet();
      const message = echo(4);
      memory.copy(frame + 42, frame + PAYLOAD, message);
      ipv4(1, message + 8);
      store<u8>(frame, 0x47, 14);
      store<u64>(frame, <u64>kind | 0x0304_0700, 34);
      sealHeader();
      ok(!answers(host, 42 + message), `option ${kind}`);
    }
  });

  test("RFC 1122 3.2.1.3: sources that are nobody's, and packets for others, are dropped", () => {
    const host = new Host().meet();
    ok(!answers(host, ipv4(1, echo(4), 0x010000e0)), "from a group");
    ok(!answers(host, ipv4(1, echo(4), 0xffffffff)), "from all");
    ok(!answers(host, ipv4(1, echo(4), 0xff00000a)), "from the network's broadcast address");
    ok(!answers(host, ipv4(1, echo(4), 0x0100007f)), "from loopback");
    ok(!answers(host, ipv4(1, echo(4), PEER, 0x0100007f)), "to loopback");
    ok(!answers(host, ipv4(1, echo(4), OUR)), "from us");
    ok(!answers(host, ipv4(1, echo(4), PEER, OTHER)), "to another one");
  });

  test("RFC 1122 3.3.1.1: others on the link are spoken to, all else goes to the router", () => {
    const host = new Host().meet();
    const socket = host.udp.open(0)!;
    socket.send(0, lowOf(0x08080808), 53, frame, 4, host.now);
    const sent = host.wire.take();
    equal(type(sent), 0x0800, "type");
    equal(loadMac(sent), PEER_MAC, "the router's MAC");
    equal<u32>(load<u8>(sent, 22), 64, "time to live");
    equal(load<u32>(sent, 30), 0x08080808, "destination");
    socket.send(0, lowOf(OTHER), 53, frame, 4, host.now);
    equal(load<u32>(host.wire.take(), 38), OTHER, "who is asked for");
  });

  test("RFC 919: what is for all goes to all", () => {
    const host = new Host();
    const socket = host.udp.open(0)!;
    socket.send(0, lowOf(0xffffffff), 9, frame, 4, host.now);
    equal(loadMac(host.wire.take()), 0xffffffffffff, "destination");
    socket.send(0, lowOf(0xff00000a), 9, frame, 4, host.now);
    equal(loadMac(host.wire.take()), 0xffffffffffff, "destination");
  });

  test("RFC 1112 6.4: a group's MAC is made of its address", () => {
    const host = new Host();
    const socket = host.udp.open(0)!;
    socket.send(0, lowOf(0xfb0081e1), 9, frame, 4, host.now);
    const sent = host.wire.take();
    equal(loadMac(sent), 0xfb00015e0001, "destination");
  });

  test("RFC 1122 3.2.1.3: loopback stays here", () => {
    const host = new Host();
    const socket = host.udp.open(7)!;
    ok(socket.send(0, lowOf(0x0100007f), 7, frame, 100, host.now), "not sent");
    ok(socket.send(0, lowOf(OUR), 7, frame, 5000, host.now), "a large one to our own address was not sent");
    host.pass(0);
    equal(socket.receive(frame, 65_000), 100, "size");
    equal(socket.fromLow, lowOf(0x0100007f), "source");
    equal(socket.receive(frame, 65_000), 5000, "size");
    equal(socket.receive(frame, 65_000), -1, "what follows");
    equal<usize>(host.wire.take(), 0, "a frame");
  });

  test("RFC 791 3.2: a packet that is too large goes in fragments", () => {
    const host = new Host(576).meet();
    const socket = host.udp.open(0)!;
    ok(socket.send(0, lowOf(PEER), 9, frame, 2000, host.now), "not sent");
    let at: u32 = 0;
    let identification: u32 = 0;
    for (let i = 0; i < 4; i++) {
      const sent = host.wire.take();
      const length = get16(sent + 16) - 20;
      const flags = get16(sent + 20);
      if (!i) identification = get16(sent + 18);
      equal(get16(sent + 18), identification, "identification");
      equal((flags & 0x1fff) << 3, at, "offset");
      equal(flags >> 13, i < 3 ? 1 : 0, "flags");
      equal(fold(sum(sent + 14, 20)), 0xffff, "checksum");
      at += length;
    }
    equal(at, 2008, "bytes in all");
    equal<usize>(host.wire.take(), 0, "a fragment more");
  });

  test("RFC 1191: a packet that is too large for the path makes the next ones smaller, for a while", () => {
    const host = new Host().meet();
    const room = host.ip.room(0, lowOf(PEER));
    const size = tooBig(1000, PEER);
    host.input(size);
    equal(host.ip.room(0, lowOf(PEER)), 980, "room");
    equal(host.ip.room(0, lowOf(OTHER)), room, "room of another path");
    host.input(tooBig(68, PEER));
    equal(host.ip.room(0, lowOf(PEER)), 532, "room after one who says less than is believed");
    host.pass(601_000_000_000);
    equal(host.ip.room(0, lowOf(PEER)), room, "room after ten minutes");
    for (let i = 0; i < 1000; i++) host.input(tooBig(600, 0x0a | (i << 12)));
    ok(host.pass(0) < i64.MAX_VALUE, "none was noted");
  });
}

/** What a router says of a packet of ours to `to`; returns the frame's size. */
function tooBig(mtu: u32, to: u32): i32 {
  const quoted = frame + PAYLOAD + 8;
  memory.fill(quoted, 0, 28);
  store<u8>(quoted, 0x45);
  put16(quoted + 2, 1500);
  store<u8>(quoted, 17, 9);
  store<u32>(quoted, OUR, 12);
  store<u32>(quoted, to, 16);
  store<u64>(frame + PAYLOAD, 0x0403);
  put16(frame + PAYLOAD + 6, mtu);
  const message = 36;
  store<u16>(frame + PAYLOAD, 0, 2);
  store<u16>(frame + PAYLOAD, <u16>~fold(sum(frame + PAYLOAD, message)), 2);
  return ipv4(1, message);
}
