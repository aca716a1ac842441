import { get16, put16, put32 } from "mirage-wasm/drivers/net/bytes";
import { fold, pseudoSum, sum } from "mirage-wasm/drivers/net/checksum";
import { solicitedNode } from "mirage-wasm/drivers/net/ipv6-header";
import { loadMac } from "mirage-wasm/mac";
import { equal, ok, test } from "./harness";
import { frame, OUR_MAC, PEER_MAC, SECOND } from "./wire";
import { BODY, GLOBAL, GROUP, Host6, icmpv6, LINK, neighbour, NINE, ONE, router, TWO } from "./wire6";

const SOLICITATION: u8 = 135;
const ADVERTISEMENT: u8 = 136;
const OTHER: u64 = GLOBAL + (1 << 56);

/** How many messages of ICMP of this type are among what was sent; they are taken, the last one stays in `last`. */
let last: usize = 0;
const kept: StaticArray<u8>[] = [];
function count(host: Host6, type: u8): i32 {
  let found = 0;
  while (host.wire.sent.length) {
    const one = host.wire.sent.shift();
    const sent = changetype<usize>(one);
    if (load<u8>(sent, 20) != 58 || load<u8>(sent, BODY) != type) continue;
    kept.push(one);
    last = sent;
    found++;
  }
  return found;
}

/** Another one says that the peer's address is his, and that this counts. */
function claim(host: Host6): void {
  const size = neighbour(ADVERTISEMENT, 0x60, GLOBAL, ONE, 2);
  store<u8>(frame + BODY, 0x44, 31);
  host.input(icmpv6(size, GLOBAL, ONE, GLOBAL, TWO, 255));
}

export function testNdp(): void {
  test("RFC 4862 5.4: an address is used once nobody has answered", () => {
    const host = new Host6();
    host.ip.addresses.add(GLOBAL, TWO, 64, host.now);
    ok(!host.ip.addresses.has(GLOBAL, TWO), "it is used at once");
    host.pass(SECOND);
    equal(count(host, SOLICITATION), 2, "questions: for this one and the link's");
    host.pass(SECOND);
    ok(host.ip.addresses.has(GLOBAL, TWO), "it is not used");
    equal(load<u8>(last, 21), 255, "hop limit");
    equal<u64>(load<u64>(last, 22) | load<u64>(last, 30), 0, "from nobody");
  });

  test("RFC 4862 5.4.3 to 5.4.5: who has it, or wants it, keeps this host from it", () => {
    for (let way = 0; way < 2; way++) {
      const host = new Host6();
      host.ip.addresses.add(GLOBAL, TWO, 64, host.now);
      host.pass(SECOND);
      if (way) host.input(icmpv6(neighbour(SOLICITATION, 0, GLOBAL, TWO, 0), 0, 0, GROUP, solicitedNode(TWO), 255));
      else host.input(icmpv6(neighbour(ADVERTISEMENT, 0x20, GLOBAL, TWO, 2), GLOBAL, TWO, GROUP, ONE, 255));
      host.settle();
      ok(!host.ip.addresses.has(GLOBAL, TWO), "it is used all the same");
    }
  });

  test("RFC 7217 5: the address of a prefix is stable, others are tried where somebody has it", () => {
    const host = new Host6();
    const again = new Host6();
    const other = new Host6(1500, 8);
    const low = host.ip.addresses.all[0].low;
    equal(again.ip.addresses.all[0].low, low, "after another start");
    ok(other.ip.addresses.all[0].low != low, "the same for another image");
    host.pass(SECOND);
    host.input(icmpv6(neighbour(ADVERTISEMENT, 0x20, LINK, low, 2), LINK, low, GROUP, ONE, 255));
    host.settle();
    ok(!host.ip.addresses.has(LINK, low), "it is used all the same");
    equal(host.ip.addresses.all.length, 1, "addresses");
    ok(host.ip.addresses.has(LINK, host.ip.addresses.all[0].low), "another one");
  });

  test("RFC 4861 7.2.4: who asks for an address of this host's is answered, and known", () => {
    const host = Host6.ready();
    host.input(icmpv6(neighbour(SOLICITATION, 0, GLOBAL, TWO, 1), GLOBAL, NINE, GROUP, solicitedNode(TWO), 255));
    equal(count(host, ADVERTISEMENT), 1, "answers");
    equal(loadMac(last), PEER_MAC, "whom it goes to");
    equal<u32>(load<u8>(last, BODY + 4), 0x60, "flags");
    equal(loadMac(last + BODY + 26), OUR_MAC, "the MAC in it");
    equal(fold(sum(last + BODY, 32, pseudoSum(GLOBAL, TWO, GLOBAL, NINE, 58, 32))), 0xffff, "checksum");
    host.input(icmpv6(neighbour(SOLICITATION, 0, GLOBAL, TWO, 0), 0, 0, GROUP, solicitedNode(TWO), 255));
    equal(count(host, ADVERTISEMENT), 1, "answers to who wants it, too");
    equal(load<u64>(last, 38), GROUP, "for all");
    host.input(icmpv6(neighbour(SOLICITATION, 0, GLOBAL, NINE, 1), GLOBAL, ONE, GROUP, solicitedNode(NINE), 255));
    equal(count(host, ADVERTISEMENT), 0, "answers for another one's");
  });

  test("RFC 4861 7.1: what has come through a router, or is not right, is not believed", () => {
    const host = Host6.ready();
    host.input(icmpv6(neighbour(SOLICITATION, 0, GLOBAL, TWO, 1), GLOBAL, ONE, GROUP, solicitedNode(TWO), 254));
    host.input(icmpv6(neighbour(SOLICITATION, 0, GROUP, TWO, 1), GLOBAL, ONE, GLOBAL, TWO, 255));
    host.input(icmpv6(neighbour(SOLICITATION, 0, GLOBAL, TWO, 1), 0, 0, GROUP, solicitedNode(TWO), 255));
    host.input(icmpv6(neighbour(SOLICITATION, 0, GLOBAL, TWO, 0), 0, 0, GLOBAL, TWO, 255));
    host.input(icmpv6(20, GLOBAL, ONE, GLOBAL, TWO, 255));
    let size = neighbour(SOLICITATION, 0, GLOBAL, TWO, 1);
    store<u8>(frame + BODY, 0, 25);
    host.input(icmpv6(size, GLOBAL, ONE, GLOBAL, TWO, 255));
    size = neighbour(SOLICITATION, 0, GLOBAL, TWO, 1);
    store<u8>(frame + BODY, 2, 25);
    host.input(icmpv6(size, GLOBAL, ONE, GLOBAL, TWO, 255));
    equal(count(host, ADVERTISEMENT), 0, "answers");
  });

  test("RFC 4861 7.2.2: packets wait for an answer, and their senders are told when there is none", () => {
    const host = Host6.ready();
    const socket = host.udp.open(99)!;
    socket.hearsErrors = true;
    socket.send(GLOBAL, NINE, 7, frame, 10, host.now);
    equal(count(host, SOLICITATION), 1, "questions");
    equal(load<u64>(last, 46), solicitedNode(NINE), "to whom");
    equal(loadMac(last), 0x0900_00ff_3333, "the frame's destination");
    host.input(icmpv6(neighbour(ADVERTISEMENT, 0x60, GLOBAL, NINE, 2), GLOBAL, NINE, GLOBAL, TWO, 255));
    const sent = host.wire.take();
    ok(sent != 0 && load<u8>(sent, 20) == 17, "the datagram");
    const nobody: u64 = 5 << 56;
    socket.send(GLOBAL, nobody, 7, frame, 10, host.now);
    for (let i = 0; i < 5; i++) host.pass(SECOND);
    equal(count(host, SOLICITATION), 3, "questions to nobody");
    ok(socket.receive(frame, 100) == -2, "it is not told");
  });

  test("RFC 4861 7.2.5: only who was asked for is believed, and another MAC only by who says that it counts", () => {
    const host = Host6.ready();
    host.input(icmpv6(neighbour(ADVERTISEMENT, 0x60, GLOBAL, NINE, 2), GLOBAL, NINE, GLOBAL, TWO, 255));
    equal<u64>(host.ip.ndp.find(GLOBAL, NINE, host.now), 0, "the MAC of one whom nobody asked for");
    const size = neighbour(ADVERTISEMENT, 0x40, GLOBAL, ONE, 2);
    store<u8>(frame + BODY, 0x44, 31);
    host.input(icmpv6(size, GLOBAL, ONE, GLOBAL, TWO, 255));
    equal(host.ip.ndp.find(GLOBAL, ONE, host.now), PEER_MAC, "the MAC, though another was told");
    claim(host);
    equal(host.ip.ndp.find(GLOBAL, ONE, host.now), PEER_MAC, "the MAC, as who has had it is asked first");
    equal(count(host, SOLICITATION), 1, "questions");
    equal(loadMac(last), PEER_MAC, "whom it goes to");
    for (let i = 0; i < 100; i++) claim(host);
    equal(count(host, SOLICITATION), 0, "more of them");
    host.input(icmpv6(neighbour(ADVERTISEMENT, 0x60, GLOBAL, ONE, 2), GLOBAL, ONE, GLOBAL, TWO, 255));
    equal(host.ip.ndp.find(GLOBAL, ONE, host.now), PEER_MAC, "the MAC once he has answered");
    host.pass(SECOND);
    for (let i = 0; i < 3; i++) {
      claim(host);
      host.pass(SECOND);
    }
    equal(count(host, SOLICITATION), 3, "questions for who is gone");
    equal<u64>(host.ip.ndp.find(GLOBAL, ONE, host.now), 0, "the MAC when he has not answered");
  });

  test("RFC 4861 7.3.3: what is known grows old, and is asked of itself first; who does not answer is nobody", () => {
    const host = Host6.ready();
    const socket = host.udp.open(99)!;
    host.pass(61 * SECOND);
    host.wire.sent.length = 0;
    socket.send(GLOBAL, ONE, 7, frame, 10, host.now);
    equal<u64>(loadMac(changetype<usize>(host.wire.sent[0])), PEER_MAC, "whom it is sent to all the same");
    host.wire.sent.length = 0;
    host.pass(0);
    equal(count(host, SOLICITATION), 1, "questions");
    equal<u64>(load<u64>(last, 38), GLOBAL, "whom the first one goes to");
    equal<u64>(load<u64>(last, 46), ONE, "he himself");
    host.pass(SECOND);
    equal(count(host, SOLICITATION), 1, "questions after a second");
    equal<u64>(load<u64>(last, 46), solicitedNode(ONE), "whom the second one goes to: his group");
    for (let i = 0; i < 4; i++) host.pass(SECOND);
    host.wire.sent.length = 0;
    socket.send(GLOBAL, ONE, 7, frame, 10, host.now);
    ok(host.wire.sent.length == 1 && count(host, SOLICITATION) == 1, "what is sent when nobody has answered is not the question for him");
  });

  test("RFC 4861 8: a redirect changes nothing", () => {
    const host = Host6.ready();
    const socket = host.udp.open(99)!;
    memory.fill(frame + BODY, 0, 40);
    store<u8>(frame + BODY, 137);
    store<u64>(frame + BODY, GLOBAL, 8);
    store<u64>(frame + BODY, NINE, 16);
    store<u64>(frame + BODY, OTHER, 24);
    store<u64>(frame + BODY, ONE, 32);
    host.input(icmpv6(40, LINK, ONE, GLOBAL, TWO, 255));
    socket.send(OTHER, ONE, 7, frame, 10, host.now);
    const sent = host.wire.take();
    ok(sent != 0 && load<u8>(sent, 20) == 17, "it does not go out at once");
    equal(loadMac(sent), PEER_MAC, "whom it goes to");
    equal<usize>(host.wire.take(), 0, "a question for another one");
  });

  test("RFC 4861 6.3.4: a router, what it says of the link, and the end of it", () => {
    const host = new Host6();
    host.ip.routers.accept(host.now);
    host.settle();
    ok(!host.ip.routers.find(OTHER, ONE), "a way, before anybody has said so");
    host.input(icmpv6(router(1800, GLOBAL, 0xc0, 3600, 1800), LINK, ONE, GROUP, ONE, 255));
    host.settle();
    ok(host.ip.routers.find(OTHER, ONE), "no way to others");
    equal(host.ip.routers.hopHigh, LINK, "by the router");
    ok(host.ip.routers.find(GLOBAL, NINE), "no way to a neighbour");
    equal(host.ip.routers.hopLow, NINE, "not by the router");
    equal(host.ip.hops, 61, "hop limit");
    ok(host.ip.route(GLOBAL, NINE), "no source");
    equal(host.ip.sourceHigh, GLOBAL, "an address of its prefix");
    host.input(icmpv6(router(0, GLOBAL, 0xc0, 3600, 1800), LINK, ONE, GROUP, ONE, 255));
    ok(!host.ip.routers.find(OTHER, ONE), "a way still");
    for (let i = 0; i < 4000; i++) host.pass(SECOND);
    ok(!host.ip.route(GLOBAL, NINE), "an address whose time is over");
  });

  test("RFC 4861 6.1.2: advertisements that have come through a router, or not from one of the link's, say nothing", () => {
    const host = new Host6();
    host.ip.routers.accept(host.now);
    host.settle();
    host.input(icmpv6(router(1800, GLOBAL, 0xc0, 3600, 1800), LINK, ONE, GROUP, ONE, 254));
    host.input(icmpv6(router(1800, GLOBAL, 0xc0, 3600, 1800), GLOBAL, ONE, GROUP, ONE, 255));
    let size = router(1800, GLOBAL, 0xc0, 3600, 1800);
    store<u8>(frame + BODY, 0, 17);
    host.input(icmpv6(size, LINK, ONE, GROUP, ONE, 255));
    ok(!host.ip.routers.find(OTHER, ONE), "a router");
    const deaf = new Host6();
    deaf.settle();
    deaf.input(icmpv6(router(1800, GLOBAL, 0xc0, 3600, 1800), LINK, ONE, GROUP, ONE, 255));
    ok(!deaf.ip.routers.find(OTHER, ONE), "a router of one who does not want any");
  });

  test("RFC 4862 5.5.3: what a router says of a prefix: not the link's, of 64 bits, preferred no longer than valid; no sooner than two hours to its end", () => {
    const host = new Host6();
    host.ip.routers.accept(host.now);
    host.settle();
    host.input(icmpv6(router(1800, LINK, 0xc0, 3600, 1800), LINK, ONE, GROUP, ONE, 255));
    host.input(icmpv6(router(1800, GLOBAL, 0xc0, 1800, 3600), LINK, ONE, GROUP, ONE, 255));
    let size = router(1800, GLOBAL, 0xc0, 3600, 1800);
    store<u8>(frame + BODY, 48, 18);
    host.input(icmpv6(size, LINK, ONE, GROUP, ONE, 255));
    equal(host.ip.addresses.all.length, 1, "addresses: the link's");
    host.input(icmpv6(router(1800, GLOBAL, 0x40, 86_400, 86_400), LINK, ONE, GROUP, ONE, 255));
    equal(host.ip.addresses.all.length, 2, "addresses");
    host.settle();
    host.input(icmpv6(router(1800, GLOBAL, 0x40, 10, 10), LINK, ONE, GROUP, ONE, 255));
    for (let i = 0; i < 7000; i++) host.pass(SECOND);
    equal(host.ip.addresses.all.length, 2, "addresses after less than two hours");
    for (let i = 0; i < 400; i++) host.pass(SECOND);
    equal(host.ip.addresses.all.length, 1, "addresses after two hours");
  });

  test("RFC 4862 5.5.4: an address that is to be given up speaks when there is no other, and one whose time is over is none", () => {
    const host = new Host6();
    host.ip.addresses.hear(GLOBAL, 10 * SECOND, 30 * SECOND, host.now);
    host.ip.addresses.hear(OTHER, 20 * SECOND, 60 * SECOND, host.now);
    host.ip.routers.add(LINK, ONE);
    host.settle();
    ok(host.ip.route(GLOBAL, NINE), "while it is preferred");
    equal<u64>(host.ip.sourceHigh, GLOBAL, "whence");
    for (let i = 0; i < 6; i++) host.pass(SECOND);
    host.ip.route(GLOBAL, NINE);
    equal<u64>(host.ip.sourceHigh, OTHER, "whence when it is not any more, and another one is");
    for (let i = 0; i < 10; i++) host.pass(SECOND);
    host.ip.route(GLOBAL, NINE);
    equal<u64>(host.ip.sourceHigh, GLOBAL, "when none is");
    for (let i = 0; i < 10; i++) host.pass(SECOND);
    host.ip.route(GLOBAL, NINE);
    equal<u64>(host.ip.sourceHigh, OTHER, "when its time is over");
    equal(host.ip.addresses.all.length, 2, "addresses that are left");
  });

  test("RFC 8106 5.1 and RFC 4861 4.6.4: servers of names, and the link's MTU", () => {
    const host = new Host6();
    host.ip.routers.accept(host.now);
    host.settle();
    const size = router(1800, GLOBAL, 0xc0, 3600, 1800);
    const at = frame + BODY + size;
    store<u64>(at, 0x0105);
    put32(at + 4, 1400);
    store<u64>(at, 0x0519, 8);
    put32(at + 12, 600);
    store<u64>(at, GLOBAL, 16);
    store<u64>(at, NINE, 24);
    store<u64>(at, GLOBAL, 32);
    store<u64>(at, ONE, 40);
    host.input(icmpv6(size + 48, LINK, ONE, GROUP, ONE, 255));
    equal(host.ip.routers.servers.length, 2, "servers");
    equal(host.ip.routers.servers[0].low, NINE, "the first");
    equal(host.ip.room(GLOBAL, ONE), 1360, "room");
    put32(at + 4, 9000);
    host.input(icmpv6(size + 48, LINK, ONE, GROUP, ONE, 255));
    put32(at + 4, 1000);
    host.input(icmpv6(size + 48, LINK, ONE, GROUP, ONE, 255));
    equal(host.ip.room(GLOBAL, ONE), 1360, "room after lies");
    for (let i = 0; i < 700; i++) host.pass(SECOND);
    equal(host.ip.routers.servers.length, 0, "servers after their time");
  });

  test("RFC 4861 6.3.7: routers are asked for three times, until one answers", () => {
    const host = new Host6();
    host.ip.routers.accept(host.now);
    for (let i = 0; i < 80; i++) host.pass(SECOND / 2);
    equal(count(host, 133), 3, "questions");
    const other = new Host6();
    other.ip.routers.accept(other.now);
    for (let i = 0; i < 8; i++) other.pass(SECOND / 2);
    other.input(icmpv6(router(1800, GLOBAL, 0xc0, 3600, 1800), LINK, ONE, GROUP, ONE, 255));
    for (let i = 0; i < 80; i++) other.pass(SECOND / 2);
    ok(count(other, 133) < 3, "questions after the answer");
  });

  test("a flood of neighbours of IPv6 leaves those in use where they are", () => {
    const host = Host6.ready();
    const socket = host.udp.open(99)!;
    for (let i: u64 = 0; i < 5_000; i++) {
      if (i & 1) host.input(icmpv6(neighbour(SOLICITATION, 0, GLOBAL, TWO, 1), GLOBAL, i << 40, GROUP, solicitedNode(TWO), 255));
      else socket.send(GLOBAL, (i + 2) << 32, 7, frame, 10, host.now);
      if (i % 1000 == 0) socket.send(GLOBAL, ONE, 7, frame, 10, host.now);
      host.wire.sent.length = 0;
      host.now += 1000;
    }
    socket.send(GLOBAL, ONE, 7, frame, 10, host.now);
    const sent = host.wire.take();
    ok(sent != 0 && load<u8>(sent, 20) == 17, "what is sent after it");
    // One whose address falls together with it, as far as somebody outside can know.
    const low = ONE ^ (GLOBAL * 0x9e3779b97f4a7c15) ^ (LINK * 0x9e3779b97f4a7c15);
    host.input(icmpv6(neighbour(SOLICITATION, 0, GLOBAL, TWO, 1), LINK, low, GROUP, solicitedNode(TWO), 255));
    equal(host.ip.ndp.find(GLOBAL, ONE, host.now), PEER_MAC, "the MAC of one in use");
    host.ip.ndp.want(GLOBAL, NINE, host.now);
    for (let i: u64 = 0; i < 2_000; i++) {
      host.input(icmpv6(neighbour(SOLICITATION, 0, GLOBAL, TWO, 1), GLOBAL, i << 40, GROUP, solicitedNode(TWO), 255));
      socket.send(GLOBAL, i << 40, 7, frame, 10, host.now);
      host.wire.sent.length = 0;
    }
    host.input(icmpv6(neighbour(ADVERTISEMENT, 0x60, GLOBAL, NINE, 2), GLOBAL, NINE, GLOBAL, TWO, 255));
    equal(host.ip.ndp.find(GLOBAL, NINE, host.now), PEER_MAC, "the MAC of one who is asked for");
  });

  test("floods of neighbours, routers and prefixes stay within bounds", () => {
    const host = new Host6();
    host.ip.routers.accept(host.now);
    host.settle();
    const socket = host.udp.open(99)!;
    const before = memory.size();
    for (let i: u64 = 1; i < 20_000; i++) {
      host.input(icmpv6(neighbour(SOLICITATION, 0, LINK, host.ip.addresses.all[0].low, 1), LINK, i << 40, GROUP, solicitedNode(host.ip.addresses.all[0].low), 255));
      host.input(icmpv6(router(1800, GLOBAL + (i << 40), 0xc0, 3600, 1800), LINK, i << 40, GROUP, ONE, 255));
      if (!(i & 15)) socket.send(LINK, i << 32, 7, frame, 1000, host.now);
      host.wire.sent.length = 0;
    }
    ok(host.ip.addresses.all.length <= 9, `${host.ip.addresses.all.length} addresses`);
    ok(memory.size() - before <= 160, `${memory.size() - before} pages more`);
  });
}
