import { get16 } from "mirage-wasm/drivers/net/bytes";
import { fold, sum } from "mirage-wasm/drivers/net/checksum";
import { MOST, timeOf } from "mirage-wasm/drivers/net/groups";
import { lowOf } from "mirage-wasm/drivers/net/ip";
import { UdpSocket } from "mirage-wasm/drivers/net/udp";
import { loadMac } from "mirage-wasm/mac";
import { equal, ok, test } from "./harness";
import { Host } from "./host";
import { frame, igmp, ipv4, OUR, PEER, SECOND, udp } from "./wire";

/** 239.1.2.3 and .4, 224.0.0.1, .2 and .22. */
const GROUP: u32 = 0x030201ef;
const OTHER_GROUP: u32 = 0x040201ef;
const ALL_HOSTS: u32 = 0x010000e0;
const ALL_ROUTERS: u32 = 0x020000e0;
const REPORTS_TO: u32 = 0x160000e0;
const IS_EXCLUDE: i32 = 2;
const TO_INCLUDE: i32 = 3;
const TO_EXCLUDE: i32 = 4;
/** Where a message stands in a frame: behind a header with an option. */
const MESSAGE: usize = 38;
const data = memory.data(2000, 8);

function listener(host: Host): UdpSocket {
  const socket = host.udp.open(99)!;
  ok(socket.join(0, lowOf(GROUP)), "it could not be joined");
  return socket;
}

/** One that has told of its group. */
function settled(): Host {
  const host = new Host().meet();
  listener(host);
  host.pass(0);
  host.pass(SECOND);
  host.wire.sent.length = 0;
  return host;
}

/** What is sent at once and within `seconds`: types of messages, and of each record its kind and the last byte of its group. */
function said(host: Host, seconds: i32): string {
  let text = "";
  for (let i = 0; i <= seconds * 20; i++) {
    host.pass(i ? SECOND / 20 : 0);
    for (let at = host.wire.take(); at; at = host.wire.take()) {
      if (load<u8>(at, 23) != 2) continue;
      text += text.length ? " " : "";
      const type = load<u8>(at, MESSAGE);
      text += type.toString(16);
      const count = type == 0x22 ? <i32>get16(at + MESSAGE + 6) : 0;
      for (let j = 0; j < count; j++) text += `:${load<u8>(at + MESSAGE + 8 + j * 8)}/${load<u8>(at + MESSAGE + 15 + j * 8)}`;
    }
  }
  return text;
}

export function testIgmp(): void {
  test("RFC 3376 5.1: a group that is joined is told at once, and once more within a second", () => {
    const host = new Host().meet();
    listener(host);
    host.pass(0);
    const sent = host.wire.take();
    equal<u64>(loadMac(sent), 0x1600005e0001, "MAC");
    equal<u32>(load<u16>(sent, 14), 0xc046, "version, words and type of service");
    equal<u32>(load<u8>(sent, 22), 1, "time to live");
    equal(fold(sum(sent + 14, 24)), 0xffff, "sum of the header");
    equal(load<u32>(sent, 26), OUR, "source");
    equal(load<u32>(sent, 30), REPORTS_TO, "destination");
    equal<u32>(load<u32>(sent, 34), 0x0494, "option");
    equal(fold(sum(sent + MESSAGE, 16)), 0xffff, "sum of the message");
    equal<u32>(get16(sent + 16), 40, "size");
    equal<u32>(load<u8>(sent, MESSAGE), 0x22, "type");
    equal<u32>(get16(sent + MESSAGE + 6), 1, "records");
    equal<u32>(load<u32>(sent, MESSAGE + 8), TO_EXCLUDE, "kind, words and sources");
    equal(load<u32>(sent, MESSAGE + 12), GROUP, "group");
    equal(said(host, 1), `22:${TO_EXCLUDE}/3`, "what comes then");
    equal(said(host, 300), "", "and later");
  });

  test("RFC 3376 5.1: one that is left is told as often, and a change takes the place of one before", () => {
    const host = settled();
    const socket = host.udp.find(99)!;
    socket.leave(0, lowOf(GROUP));
    equal(said(host, 2), `22:${TO_INCLUDE}/3 22:${TO_INCLUDE}/3`, "when it is left");
    socket.join(0, lowOf(GROUP));
    host.pass(0);
    host.wire.sent.length = 0;
    socket.leave(0, lowOf(GROUP));
    equal(said(host, 2), `22:${TO_INCLUDE}/3 22:${TO_INCLUDE}/3`, "when it is left a moment later");
    socket.join(0, lowOf(OTHER_GROUP));
    host.pass(SECOND);
    host.wire.sent.length = 0;
    socket.close();
    equal(said(host, 2), `22:${TO_INCLUDE}/4 22:${TO_INCLUDE}/4`, "when its socket is closed");
  });

  test("RFC 3376 3.2: a group of two sockets is told once, and left with the last of them", () => {
    const host = settled();
    const other = host.udp.open(98)!;
    other.join(0, lowOf(GROUP));
    other.join(0, lowOf(GROUP));
    host.udp.find(99)!.close();
    equal(said(host, 2), "", "while one listens");
    other.close();
    equal(said(host, 2), `22:${TO_INCLUDE}/3 22:${TO_INCLUDE}/3`, "at the end");
  });

  test("RFC 3376 4.2.13: who has no address yet tells without one", () => {
    const host = new Host();
    host.ip.configure(0, 0, 0);
    listener(host);
    host.pass(0);
    equal<u32>(load<u32>(host.wire.take(), 26), 0, "source");
  });

  test("RFC 3376 5.2: a query for all groups is answered in its time, for all of them at once", () => {
    const host = settled();
    host.udp.find(99)!.join(0, lowOf(OTHER_GROUP));
    host.udp.open(98)!.join(0, lowOf(GROUP + (8 << 24)));
    host.udp.find(98)!.close();
    host.pass(SECOND);
    host.pass(SECOND);
    host.wire.sent.length = 0;
    for (let i = 0; i < 100; i++) host.input(igmp(12, 50, 0, ALL_HOSTS));
    equal(said(host, 5), `22:${IS_EXCLUDE}/3:${IS_EXCLUDE}/4`, "the answer");
  });

  test("RFC 3376 5.2: a query for one group is answered for it, one for sources of it too, and one for another not at all", () => {
    const host = settled();
    host.udp.find(99)!.join(0, lowOf(OTHER_GROUP));
    host.pass(SECOND);
    host.pass(SECOND);
    host.wire.sent.length = 0;
    host.input(igmp(12, 10, GROUP, GROUP));
    host.input(igmp(12, 10, GROUP + (9 << 24), ALL_HOSTS));
    equal(said(host, 2), `22:${IS_EXCLUDE}/3`, "the answer");
    host.input(igmp(16, 10, OTHER_GROUP, OTHER_GROUP, 1));
    equal(said(host, 2), `22:${IS_EXCLUDE}/4`, "the answer for sources");
    host.input(igmp(12, 5, 0, ALL_HOSTS));
    host.input(igmp(12, 255, GROUP, GROUP));
    equal(said(host, 2), `22:${IS_EXCLUDE}/3:${IS_EXCLUDE}/4`, "one answer that says all");
  });

  test("RFC 3376 4.1.1, RFC 3810 5.1.3: times that are large", () => {
    equal<u32>(timeOf(127, 4), 127, "the last small one");
    equal<u32>(timeOf(128, 4), 128, "the first large one");
    equal<u32>(timeOf(0xff, 4), 31_744, "the largest");
    equal<u32>(timeOf(0x7fff, 12), 32_767, "of 16 bits, the last small one");
    equal<u32>(timeOf(0x8001, 12), 32_776, "the second large one");
    equal<u32>(timeOf(0xffff, 12), 8_387_584, "the largest");
  });

  test("RFC 3376 4.1.6: a change is told as often as the querier says", () => {
    const host = settled();
    host.input(igmp(12, 10, 0, ALL_HOSTS, 0, 5));
    said(host, 2);
    host.udp.find(99)!.join(0, lowOf(OTHER_GROUP));
    equal(said(host, 6).split(" ").length, 5, "reports");
  });

  test("RFC 3376 4, 9.1: what is not from this link, or not marked for routers, or not sent to all, is not heeded", () => {
    const host = settled();
    let size = igmp(12, 10, 0, ALL_HOSTS);
    store<u8>(frame, 2, 22);
    resend(host, size);
    size = igmp(12, 10, 0, ALL_HOSTS);
    store<u32>(frame, 0x01010101, 34);
    resend(host, size);
    size = igmp(12, 10, 0, ALL_HOSTS);
    store<u32>(frame, 0x01000494, 34);
    resend(host, size);
    size = igmp(8, 10, 0, ALL_HOSTS);
    store<u32>(frame, 0, 34);
    resend(host, size);
    size = igmp(12, 10, 0, ALL_HOSTS);
    store<u32>(frame, 0x0101010b, 26);
    resend(host, size);
    host.input(igmp(12, 10, 0, OUR));
    host.input(igmp(12, 10, 0, GROUP));
    equal(said(host, 20), "", "an answer");
    // Switches that ask have no address.
    size = igmp(12, 10, 0, ALL_HOSTS);
    store<u32>(frame, 0, 26);
    resend(host, size);
    equal(said(host, 2), `22:${IS_EXCLUDE}/3`, "the answer to one of no address");
  });

  test("RFC 3376 4, 7.1: messages of no version's size, or with a wrong checksum, are dropped", () => {
    const host = settled();
    for (let size = 0; size < 12; size++) if (size != 8) host.input(igmp(size, 10, 0, ALL_HOSTS));
    host.input(igmp(15, 10, 0, ALL_HOSTS, 1));
    host.input(igmp(12, 10, 0, ALL_HOSTS, 0xffff));
    const size = igmp(12, 10, 0, ALL_HOSTS);
    store<u16>(frame + MESSAGE, load<u16>(frame + MESSAGE, 2) ^ 0x100, 2);
    host.input(size);
    equal(said(host, 20), "", "an answer");
  });

  test("RFC 3376 7.2.1, RFC 2236: with a querier of version 2 that one is spoken, until it is gone", () => {
    const host = settled();
    host.input(igmp(8, 10, 0, ALL_HOSTS));
    host.pass(SECOND);
    const sent = host.wire.take();
    equal<u32>(load<u8>(sent, MESSAGE), 0x16, "type of the answer");
    equal(load<u32>(sent, MESSAGE + 4), GROUP, "group");
    equal(load<u32>(sent, 30), GROUP, "destination");
    equal<u32>(load<u8>(sent, 22), 1, "time to live");
    equal<u32>(load<u32>(sent, 34), 0x0494, "option");
    equal(fold(sum(sent + MESSAGE, 8)), 0xffff, "sum of the message");
    // One of the newest is not believed meanwhile.
    host.input(igmp(12, 10, 0, ALL_HOSTS));
    equal(said(host, 2), "16", "the answer to the newest");
    const socket = host.udp.find(99)!;
    socket.join(0, lowOf(OTHER_GROUP));
    equal(said(host, 2), "16 16", "when one is joined");
    socket.leave(0, lowOf(OTHER_GROUP));
    host.pass(0);
    equal<u32>(load<u8>(changetype<usize>(host.wire.sent[0]), MESSAGE), 0x17, "type when one is left");
    equal(load<u32>(host.wire.take(), 30), ALL_ROUTERS, "and whom that goes to");
    equal(said(host, 2), "", "and once more");
    host.pass(261 * SECOND);
    socket.join(0, lowOf(OTHER_GROUP));
    equal(said(host, 2), `22:${TO_EXCLUDE}/4 22:${TO_EXCLUDE}/4`, "when it is gone");
    socket.leave(0, lowOf(OTHER_GROUP));
    equal(said(host, 2), `22:${TO_INCLUDE}/4 22:${TO_INCLUDE}/4`, "when one is left then");
  });

  test("RFC 3376 7.2.1, RFC 1112: with a querier of version 1 that one is spoken, which knows no leaving", () => {
    const host = settled();
    host.input(igmp(8, 0, 0, ALL_HOSTS));
    host.input(igmp(8, 10, 0, ALL_HOSTS));
    equal(said(host, 10), "12", "the answer");
    host.udp.find(99)!.leave(0, lowOf(GROUP));
    equal(said(host, 2), "", "when one is left");
  });

  test("RFC 3376 7.2.1: another version than before forgets what was to be said, but not what was never said", () => {
    const host = settled();
    host.input(igmp(12, 100, 0, ALL_HOSTS));
    host.udp.find(99)!.join(0, lowOf(OTHER_GROUP));
    host.input(igmp(8, 5, GROUP, GROUP));
    equal(said(host, 20), "16 16 16", "what is said");
  });

  test("RFC 2236 3: with a querier of version 2 another's report is enough, with one of version 3 it is not", () => {
    const host = settled();
    const report = (to: u32): i32 => {
      const size = igmp(8, 0, GROUP, to);
      store<u8>(frame + MESSAGE, 0x16);
      store<u16>(frame + MESSAGE, 0, 2);
      store<u16>(frame + MESSAGE, <u16>~fold(sum(frame + MESSAGE, 8)), 2);
      return size;
    };
    host.input(igmp(8, 100, 0, ALL_HOSTS));
    host.input(report(GROUP));
    equal(said(host, 20), "", "after another's report");
    const newer = settled();
    newer.input(igmp(12, 10, 0, ALL_HOSTS));
    newer.input(report(GROUP));
    equal(said(newer, 2), `22:${IS_EXCLUDE}/3`, "of version 3");
  });

  test("RFC 1112 7.1: datagrams to a group come to the sockets that have joined it, and to no others", () => {
    const host = new Host().meet();
    const socket = host.udp.open(99)!;
    const other = host.udp.open(98)!;
    host.input(ipv4(17, udp(5, 99, 10), PEER, GROUP));
    equal(socket.receive(data, 100), -1, "before it is joined");
    socket.join(0, lowOf(GROUP));
    host.pass(0);
    host.wire.sent.length = 0;
    host.input(ipv4(17, udp(5, 99, 10), PEER, GROUP));
    host.input(ipv4(17, udp(5, 99, 10), PEER, OTHER_GROUP));
    host.input(ipv4(17, udp(5, 98, 10), PEER, GROUP));
    host.input(ipv4(99, 10, PEER, GROUP));
    equal(socket.receive(data, 100), 10, "once it is joined");
    equal(socket.fromLow, lowOf(PEER), "from whom");
    equal(socket.receive(data, 100), -1, "of another group");
    equal(other.receive(data, 100), -1, "who has not joined");
    equal<usize>(host.wire.take(), 0, "a complaint");
    host.input(ipv4(17, udp(5, 99, 10)));
    equal(socket.receive(data, 100), 10, "what is for this host alone");
    socket.leave(0, lowOf(GROUP));
    host.input(ipv4(17, udp(5, 99, 10), PEER, GROUP));
    equal(socket.receive(data, 100), -1, "after it was left");
    ok(!socket.join(0, lowOf(PEER)), "what is no group is joined");
    ok(!socket.join(0x02ff, 1 << 56), "one of IPv6 is joined");
  });

  test("RFC 1112 6.1: who speaks to a group that is listened to here is heard here", () => {
    const host = new Host().meet();
    const socket = listener(host);
    host.udp.open(98)!.send(0, lowOf(GROUP), 99, data, 10, host.now);
    equal(socket.receive(data, 100), 10, "here");
    equal(socket.fromLow, lowOf(OUR), "from whom");
    equal(socket.fromPort, 98, "and which port");
    equal<u64>(loadMac(host.wire.take()), 0x0302015e0001, "MAC of the frame");
    host.udp.find(98)!.send(0, lowOf(OTHER_GROUP), 99, data, 10, host.now);
    equal(socket.receive(data, 100), -1, "of another group");
  });

  test("RFC 3376 5: all hosts listen to 224.0.0.1, and do not tell", () => {
    const host = new Host().meet();
    const socket = host.udp.open(99)!;
    ok(socket.join(0, lowOf(ALL_HOSTS)), "it could not be joined");
    equal(said(host, 2), "", "what is told");
    host.input(ipv4(17, udp(5, 99, 10), PEER, ALL_HOSTS));
    equal(socket.receive(data, 100), 10, "what comes");
    socket.close();
    equal(said(host, 2), "", "what is told at the end");
  });

  test("RFC 3376 4.2.16: what does not fit a frame goes in several reports", () => {
    const host = new Host(100).meet();
    const socket = host.udp.open(99)!;
    for (let i = 0; i < MOST; i++) socket.join(0, lowOf(GROUP + (<u32>i << 24)));
    host.pass(0);
    host.pass(SECOND);
    host.wire.sent.length = 0;
    host.input(igmp(12, 1, 0, ALL_HOSTS));
    host.pass(SECOND);
    let records = 0;
    for (let i = 0; i < host.wire.sent.length; i++) {
      ok(host.wire.sent[i].length <= 114, "a frame that is too long");
      records += get16(changetype<usize>(host.wire.sent[i]) + MESSAGE + 6);
    }
    equal(records, MOST, "records");
  });

  test("groups have a bound, and so have answers", () => {
    const host = new Host().meet();
    const socket = host.udp.open(99)!;
    for (let i = 0; i < MOST; i++) ok(socket.join(0, lowOf(GROUP + (<u32>i << 24))), "too few");
    ok(!socket.join(0, lowOf(GROUP + (200 << 24))), "too many");
    host.pass(0);
    host.pass(SECOND);
    host.wire.sent.length = 0;
    for (let i = 0; i < 10_000; i++) {
      host.input(igmp(12, 0, 0, ALL_HOSTS));
      host.input(igmp(12, 0, GROUP, GROUP));
      host.pass(SECOND / 10_000);
    }
    ok(host.wire.sent.length <= 22, `${host.wire.sent.length} answers in a second`);
  });
}

/** As `igmp`, once more after a change of its header. */
function resend(host: Host, size: i32): void {
  store<u16>(frame, 0, 24);
  store<u16>(frame, <u16>~fold(sum(frame + 14, 24)), 24);
  host.input(size);
}
