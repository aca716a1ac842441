import { get16 } from "mirage-wasm/drivers/net/bytes";
import { loadMac, storeMac } from "mirage-wasm/mac";
import { equal, ok, test } from "./harness";
import { Host } from "./host";
import { arp, frame, OTHER, OUR, OUR_MAC, PEER, PEER_MAC, SECOND, type, udp, ipv4 } from "./wire";
import { lowOf } from "mirage-wasm/drivers/net/ip";

const ALL: u64 = 0xffffffffffff;

const THIEF: u64 = 0x070000000002;

/** Another one says that the peer's address is his. */
function claim(host: Host): void {
  const size = arp(2, PEER, OUR);
  storeMac(frame + 22, THIEF);
  host.input(size);
}

/** Sends a datagram to `to`. */
function send(host: Host, to: u32): void {
  const socket = host.udp.open(0)!;
  socket.send(0, lowOf(to), 9, frame, 4, host.now);
  socket.close();
}

export function testArp(): void {
  test("RFC 826: a request for our address is answered to its sender", () => {
    const host = new Host();
    host.input(arp(1, PEER, OUR, ALL));
    const reply = host.wire.take();
    equal(type(reply), 0x0806, "type");
    equal(loadMac(reply), PEER_MAC, "destination");
    equal(get16(reply + 20), 2, "operation");
    equal(loadMac(reply + 22), OUR_MAC, "sender's MAC");
    equal(load<u32>(reply, 28), OUR, "sender");
    equal(load<u32>(reply, 38), PEER, "target");
  });

  test("RFC 826: a request for another address is not answered, and teaches nothing", () => {
    const host = new Host();
    host.input(arp(1, PEER, OTHER, ALL));
    equal<usize>(host.wire.take(), 0, "answer");
    send(host, PEER);
    equal(type(host.wire.take()), 0x0806, "what is sent to the one who asked");
  });

  test("RFC 826: who asks for us is known from then on", () => {
    const host = new Host();
    host.input(arp(1, PEER, OUR, ALL));
    host.wire.take();
    send(host, PEER);
    const sent = host.wire.take();
    equal(type(sent), 0x0800, "type");
    equal(loadMac(sent), PEER_MAC, "destination");
  });

  test("RFC 826: an address that is asked for is found, or nobody's after three requests", () => {
    const host = new Host();
    host.arp.want(0, lowOf(PEER), host.now);
    host.arp.want(0, lowOf(PEER), host.now);
    equal(type(host.wire.take()), 0x0806, "the request");
    equal<usize>(host.wire.take(), 0, "a second one");
    ok(host.arp.isAsking(0, lowOf(PEER)), "it is not asked for");
    host.input(arp(2, PEER, OUR));
    ok(!host.arp.isAsking(0, lowOf(PEER)), "it is still asked for");
    equal(host.arp.find(0, lowOf(PEER), host.now), PEER_MAC, "MAC");
    host.arp.want(0, lowOf(OTHER), host.now);
    for (let i = 0; i < 3; i++) {
      equal(type(host.wire.take()), 0x0806, `request ${i}`);
      ok(host.arp.isAsking(0, lowOf(OTHER)), "it is given up too soon");
      host.pass(SECOND);
    }
    ok(!host.arp.isAsking(0, lowOf(OTHER)), "it is asked for for ever");
    equal<u64>(host.arp.find(0, lowOf(OTHER), host.now), 0, "MAC of nobody");
  });

  test("RFC 1122 2.3.2.2: packets wait for an answer, in their order", () => {
    const host = new Host();
    for (let i = 0; i < 3; i++) send(host, PEER);
    equal(type(host.wire.take()), 0x0806, "the first frame");
    equal<usize>(host.wire.take(), 0, "a second frame");
    host.input(arp(2, PEER, OUR));
    for (let i = 0; i < 3; i++) {
      const sent = host.wire.take();
      equal(type(sent), 0x0800, `type of packet ${i}`);
      equal(loadMac(sent), PEER_MAC, "destination");
    }
    equal<usize>(host.wire.take(), 0, "a packet more");
  });

  test("RFC 1122 2.3.2.1: a request is repeated once a second, three times, and then the packet is given up", () => {
    const host = new Host();
    send(host, OTHER);
    for (let i = 0; i < 3; i++) {
      equal(type(host.wire.take()), 0x0806, `request ${i}`);
      equal<usize>(host.wire.take(), 0, "another frame");
      host.pass(SECOND / 2);
      equal<usize>(host.wire.take(), 0, "a request too early");
      host.pass(SECOND / 2);
    }
    equal<usize>(host.wire.take(), 0, "a fourth request");
    equal<i64>(host.pass(0), i64.MAX_VALUE, "the next deadline");
  });

  test("RFC 1122 2.3.2.1: what is known grows old, and is asked of itself first", () => {
    const host = new Host().meet();
    host.pass(61 * SECOND);
    send(host, PEER);
    equal(load<u32>(host.wire.take(), 30), PEER, "destination of the packet");
    host.pass(0);
    const request = host.wire.take();
    equal(type(request), 0x0806, "the second frame");
    equal(loadMac(request), PEER_MAC, "destination");
    for (let i = 0; i < 4; i++) host.pass(SECOND);
    while (host.wire.take()) {}
    send(host, PEER);
    equal(type(host.wire.take()), 0x0806, "what is sent when nobody answered");
    equal<usize>(host.wire.take(), 0, "a packet to one who is gone");
  });

  test("RFC 826: a reply that nobody has asked for teaches nothing", () => {
    const host = new Host();
    host.input(arp(2, PEER, OUR));
    equal<u64>(host.arp.find(0, lowOf(PEER), host.now), 0, "MAC");
  });

  test("RFC 826: nobody takes an address over that is in use: who has had it is asked first", () => {
    const host = new Host().meet();
    claim(host);
    equal(host.arp.find(0, lowOf(PEER), host.now), PEER_MAC, "MAC after another one's word");
    const request = host.wire.take();
    equal(type(request), 0x0806, "type of what is sent");
    equal(loadMac(request), PEER_MAC, "whom it goes to");
    for (let i = 0; i < 100; i++) claim(host);
    equal<usize>(host.wire.take(), 0, "a second question");
    host.input(arp(2, PEER, OUR));
    claim(host);
    equal(host.arp.find(0, lowOf(PEER), host.now), PEER_MAC, "MAC once he has answered");
    equal<usize>(host.wire.take(), 0, "a question more in the same second");
    // He is gone, and another one has it.
    host.pass(SECOND);
    for (let i = 0; i < 3; i++) {
      claim(host);
      equal(loadMac(host.wire.take()), i ? ALL : PEER_MAC, "whom a question goes to");
      equal(host.arp.find(0, lowOf(PEER), host.now), PEER_MAC, "MAC while he is asked for");
      host.pass(SECOND);
    }
    equal<u64>(host.arp.find(0, lowOf(PEER), host.now), 0, "MAC when he has not answered");
    send(host, PEER);
    claim(host);
    equal(host.arp.find(0, lowOf(PEER), host.now), THIEF, "MAC in the end");
    // What is old and not used is nobody's.
    host.pass(200 * SECOND);
    host.input(arp(1, PEER, OUR));
    equal(host.arp.find(0, lowOf(PEER), host.now), PEER_MAC, "MAC after a while");
  });

  test("RFC 5227 2.3: an address that is taken is announced", () => {
    const host = new Host();
    host.ip.configure(OTHER, 24, 0);
    const sent = host.wire.take();
    equal(loadMac(sent), ALL, "destination");
    equal(load<u32>(sent, 28), OTHER, "sender");
    equal(load<u32>(sent, 38), OTHER, "target");
  });

  test("RFC 5227 2.4: an address is defended, once in ten seconds", () => {
    const host = new Host();
    for (let i = 0; i < 3; i++) host.input(arp(1, OUR, OUR, ALL));
    const sent = host.wire.take();
    equal(load<u32>(sent, 28), OUR, "sender");
    equal<usize>(host.wire.take(), 0, "a second defence");
    host.pass(11 * SECOND);
    host.input(arp(1, OUR, OUR, ALL));
    ok(host.wire.take() != 0, "no defence after ten seconds");
  });

  test("RFC 5227 2.1.1: a probe has no sender, and finds who has the address or wants it", () => {
    const host = new Host();
    host.arp.probe(OTHER);
    const sent = host.wire.take();
    equal<u32>(load<u32>(sent, 28), 0, "sender");
    ok(!host.arp.isTaken, "it is taken before anybody said so");
    host.input(arp(2, OTHER, 0));
    ok(host.arp.isTaken, "its owner was not heard");
    host.arp.probe(OTHER);
    host.input(arp(1, 0, OTHER, ALL));
    ok(host.arp.isTaken, "another one's probe was not heard");
  });

  test("a flood of neighbours stays within bounds", () => {
    const host = new Host();
    const before = heapSize();
    for (let i = 0; i < 100_000; i++) {
      host.input(arp(1, 0x0a | bswap<u32>((i % 65_000) + 300), OUR, ALL));
      host.wire.take();
    }
    ok(heapSize() - before < 20 * 65_536, `it took ${heapSize() - before} bytes`);
    send(host.meet(), PEER);
    equal(type(host.wire.take()), 0x0800, "what is sent after it");
  });

  test("a flood of neighbours leaves those in use where they are", () => {
    const host = new Host().meet();
    for (let i = 0; i < 5_000; i++) {
      const other = 0x0a | bswap<u32>(i + 300);
      // Some ask for us, for some we are made to ask.
      if (i & 1) host.input(arp(1, other, OUR, ALL));
      else send(host, other);
      if (i % 500 == 0) send(host, PEER);
      host.wire.sent.length = 0;
      if (i % 500 == 250) {
        host.arp.want(0, lowOf(OTHER), host.now);
        for (let j = 0; j < 1000; j++) host.input(arp(1, 0x0a | bswap<u32>(j + 10_000), OUR, ALL));
        host.input(arp(2, OTHER, OUR));
        equal(host.arp.find(0, lowOf(OTHER), host.now), PEER_MAC, "MAC of one who is asked for");
      }
      host.now += 1000;
    }
    host.wire.sent.length = 0;
    send(host, PEER);
    equal(type(host.wire.take()), 0x0800, "what is sent after it");
  });

  test("what is no ARP of Ethernet and IPv4 is dropped", () => {
    const host = new Host();
    for (let size = 14; size < 42; size++) {
      arp(1, PEER, OUR);
      host.input(size);
    }
    for (let at = 14; at < 20; at++) {
      const size = arp(1, PEER, OUR);
      store<u8>(frame + at, 0x77);
      host.input(size);
    }
    equal<usize>(host.wire.take(), 0, "an answer");
  });

  test("IEEE 802.3: frames to others are not ours", () => {
    const host = new Host();
    host.input(arp(1, PEER, OUR, PEER_MAC));
    equal<usize>(host.wire.take(), 0, "an answer");
  });
}

function heapSize(): i32 {
  __collect();
  return memory.size() * 65_536;
}
