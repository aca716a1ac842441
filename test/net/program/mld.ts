import { get16, put16 } from "mirage-wasm/drivers/net/bytes";
import { fold, pseudoSum, sum } from "mirage-wasm/drivers/net/checksum";
import { MOST } from "mirage-wasm/drivers/net/groups";
import { solicitedNode } from "mirage-wasm/drivers/net/ipv6-header";
import { loadMac } from "mirage-wasm/mac";
import { equal, ok, test } from "./harness";
import { frame, SECOND } from "./wire";
import { BODY, GLOBAL, GROUP, Host6, ipv6, LINK, mld, NINE, ONE, TWO } from "./wire6";

/** ff15:: and ff02::16, and the end of a group's address, …:1234:5678. */
const SITE: u64 = 0x15ff;
const SIXTEEN: u64 = 0x16 << 56;
const FEW: u64 = 0x7856341200000000;
const IS_EXCLUDE: i32 = 2;
const TO_INCLUDE: i32 = 3;
const TO_EXCLUDE: i32 = 4;
/** Where a message stands in what is sent: behind the header of options. */
const MESSAGE: usize = BODY + 8;
const data = memory.data(2000, 8);

/** What is sent at once and within `seconds`: types of messages, and of each record its kind and the last byte of its group. */
function said(host: Host6, seconds: i32): string {
  let text = "";
  for (let i = 0; i <= seconds * 20; i++) {
    host.pass(i ? SECOND / 20 : 0);
    for (let at = host.wire.take(); at; at = host.wire.take()) {
      if (load<u8>(at, 20) != 0) continue;
      text += text.length ? " " : "";
      const type = load<u8>(at, MESSAGE);
      text += type.toString();
      const count = type == 143 ? <i32>get16(at + MESSAGE + 6) : 0;
      for (let j = 0; j < count; j++) text += `:${load<u8>(at + MESSAGE + 8 + j * 20)}/${load<u8>(at + MESSAGE + 27 + j * 20).toString(16)}`;
    }
  }
  return text;
}

function listening(): Host6 {
  const host = Host6.ready();
  host.udp.open(99)!.join(SITE, FEW);
  host.pass(0);
  host.pass(SECOND);
  host.wire.sent.length = 0;
  return host;
}

/** What is told of all groups: this one, and those that are asked for the host's two addresses. */
function all(host: Host6): string {
  const own = <u8>(host.ip.addresses.all[0].low >> 56);
  return `143:${IS_EXCLUDE}/2:${IS_EXCLUDE}/${own.toString(16)}:${IS_EXCLUDE}/78`;
}

export function testMld(): void {
  test("RFC 3810 6.1: a group that is joined is told at once, and once more within a second; so is one that is left", () => {
    const host = Host6.ready();
    const socket = host.udp.open(99)!;
    ok(socket.join(SITE, FEW), "it could not be joined");
    host.pass(0);
    const sent = host.wire.take();
    equal<u64>(loadMac(sent), 0x160000003333, "MAC");
    equal<u32>(load<u8>(sent, 20), 0, "next header");
    equal<u32>(load<u8>(sent, 21), 1, "hop limit");
    equal<u64>(load<u64>(sent, 22), LINK, "source");
    equal<u64>(load<u64>(sent, 38), GROUP, "destination");
    equal<u64>(load<u64>(sent, 46), SIXTEEN, "its end");
    equal<u64>(load<u64>(sent, BODY), 0x0001_0000_0205_003a, "header of options");
    equal(fold(sum(sent + MESSAGE, 28, pseudoSum(LINK, load<u64>(sent, 30), GROUP, SIXTEEN, 58, 28))), 0xffff, "sum");
    equal<u32>(load<u8>(sent, MESSAGE), 143, "type");
    equal<u32>(get16(sent + MESSAGE + 6), 1, "records");
    equal<u32>(load<u32>(sent, MESSAGE + 8), TO_EXCLUDE, "kind, words and sources");
    equal<u64>(load<u64>(sent, MESSAGE + 12), SITE, "group");
    equal<u64>(load<u64>(sent, MESSAGE + 20), FEW, "its end");
    equal(said(host, 300), `143:${TO_EXCLUDE}/78`, "what comes then");
    socket.close();
    equal(said(host, 300), `143:${TO_INCLUDE}/78 143:${TO_INCLUDE}/78`, "when it is left");
  });

  test("RFC 3810 5.2.13, RFC 3590: before there is an address of the link's, groups are told without one", () => {
    const host = new Host6();
    host.pass(SECOND);
    const sent = host.wire.take();
    equal<u32>(load<u8>(sent, MESSAGE), 143, "type of the first message");
    equal<u64>(load<u64>(sent, 22) | load<u64>(sent, 30), 0, "source");
    equal<u32>(load<u8>(host.wire.take(), BODY), 135, "type of the second one, the question for the address");
  });

  test("RFC 3810 6.2: a query is answered in its time, for all groups at once or for the one that it is about", () => {
    const host = listening();
    for (let i = 0; i < 100; i++) host.input(mld(28, 5000, 0, 0));
    equal(said(host, 5), all(host), "the answer for all");
    host.input(mld(28, 1000, SITE, FEW));
    host.input(mld(28, 1000, SITE, NINE));
    equal(said(host, 2), `143:${IS_EXCLUDE}/78`, "for one");
    host.input(mld(44, 1000, SITE, FEW, 1));
    equal(said(host, 2), `143:${IS_EXCLUDE}/78`, "for sources of it");
  });

  test("RFC 3810 6.2: queries that are not from the link, or not marked for routers, or of a wrong size, are not heeded", () => {
    const host = listening();
    let size = mld(28, 1000, 0, 0);
    store<u8>(frame, 2, 21);
    host.input(size);
    size = mld(28, 1000, 0, 0, 0, GLOBAL);
    host.input(size);
    size = mld(28, 1000, 0, 0, 0, 0);
    host.input(size);
    size = mld(28, 1000, 0, 0);
    store<u32>(frame, 0x00000401, BODY + 2);
    host.input(size);
    size = mld(28, 1000, 0, 0);
    store<u16>(frame, 0x0100, BODY + 4);
    host.input(size);
    size = mld(28, 1000, 0, 0);
    memory.copy(frame + BODY, frame + BODY + 8, 28);
    ipv6(58, 28, LINK, ONE, GROUP, ONE, 1);
    host.input(size - 8);
    for (let bytes = 1; bytes < 28; bytes++) if (bytes != 24) host.input(mld(bytes, 1000, 0, 0));
    host.input(mld(43, 1000, 0, 0, 1));
    host.input(mld(28, 1000, 0, 0, 0xffff));
    equal(said(host, 20), "", "an answer");
  });

  test("RFC 3810 8.2.1, RFC 2710: with a querier of version 1 that one is spoken, until it is gone", () => {
    const host = listening();
    const socket = host.udp.find(99)!;
    host.input(mld(24, 1000, SITE, FEW));
    host.pass(SECOND);
    const sent = host.wire.take();
    equal<u32>(load<u8>(sent, MESSAGE), 131, "type of the answer");
    equal<u64>(load<u64>(sent, 38), SITE, "destination");
    equal<u64>(load<u64>(sent, 46), FEW, "its end");
    equal<u64>(load<u64>(sent, MESSAGE + 16), FEW, "group");
    equal<u64>(load<u64>(sent, BODY), 0x0001_0000_0205_003a, "header of options");
    equal(fold(sum(sent + MESSAGE, 24, pseudoSum(LINK, load<u64>(sent, 30), SITE, FEW, 58, 24))), 0xffff, "sum");
    host.input(mld(28, 1000, 0, 0));
    equal(said(host, 2), "131 131 131", "the answer to the newest");
    host.input(mld(24, 10_000, SITE, FEW));
    const size = mld(24, 0, SITE, FEW, 0, LINK, 131);
    host.input(size);
    equal(said(host, 12), "", "after another's report");
    socket.leave(SITE, FEW);
    host.pass(0);
    equal<u32>(load<u8>(changetype<usize>(host.wire.sent[0]), MESSAGE), 132, "type when it is left");
    equal<u64>(load<u64>(host.wire.take(), 46), TWO, "and whom that goes to");
    host.pass(261 * SECOND);
    socket.join(SITE, FEW);
    equal(said(host, 2), `143:${TO_EXCLUDE}/78 143:${TO_EXCLUDE}/78`, "when it is gone");
  });

  test("RFC 3810 6: nobody tells of ff02::1, and of no groups of a node's own", () => {
    const host = Host6.ready();
    const socket = host.udp.open(99)!;
    ok(socket.join(GROUP, ONE) && socket.join(0x01ff, FEW), "they could not be joined");
    equal(said(host, 2), "", "what is told");
    datagram(GROUP, ONE, host);
    equal(socket.receive(data, 100), 10, "what comes");
    ok(!socket.join(GLOBAL, ONE), "what is no group is joined");
  });

  test("RFC 3810 4.2: datagrams to a group come to the sockets that have joined it, and to no others", () => {
    const host = listening();
    const socket = host.udp.find(99)!;
    datagram(SITE, FEW, host);
    equal(socket.receive(data, 100), 10, "of the group");
    datagram(SITE, NINE, host);
    equal(socket.receive(data, 100), -1, "of another");
    host.udp.open(98)!.send(SITE, FEW, 99, data, 10, host.now);
    equal(socket.receive(data, 100), 10, "what is sent here");
    socket.leave(SITE, FEW);
    host.udp.find(98)!.join(SITE, FEW);
    datagram(SITE, FEW, host);
    equal(socket.receive(data, 100), -1, "after it was left");
  });

  test("RFC 4861 7.2.1: the group of an address that is gone is left", () => {
    const host = new Host6();
    host.ip.addresses.hear(GLOBAL, 10 * SECOND, 20 * SECOND, host.now);
    for (let i = 0; i < 10; i++) host.pass(SECOND);
    const low = host.ip.addresses.all[1].low;
    ok(host.ip.addresses.mld.has(GROUP, solicitedNode(low)), "it is not joined");
    host.wire.sent.length = 0;
    const told = `143:${TO_INCLUDE}/${(<u8>(low >> 56)).toString(16)}`;
    equal(said(host, 20), `${told} ${told}`, "what is told");
  });

  test("RFC 3810 5.2.15: what does not fit a frame goes in several reports", () => {
    const host = Host6.ready(576);
    const socket = host.udp.open(99)!;
    for (let i = 0; i < MOST - 2; i++) socket.join(SITE, <u64>i << 40);
    host.pass(0);
    host.pass(SECOND);
    host.wire.sent.length = 0;
    host.input(mld(28, 1, 0, 0));
    host.pass(SECOND);
    let records = 0;
    for (let i = 0; i < host.wire.sent.length; i++) {
      const sent = changetype<usize>(host.wire.sent[i]);
      ok(host.wire.sent[i].length <= 590, "a frame that is too long");
      records += get16(sent + MESSAGE + 6);
      const size = get16(sent + 18) - 8;
      equal(fold(sum(sent + MESSAGE, size, pseudoSum(load<u64>(sent, 22), load<u64>(sent, 30), GROUP, SIXTEEN, 58, size))), 0xffff, "sum");
    }
    equal(records, MOST, "records");
  });

  test("RFC 3810 10: groups of IPv6 and answers have a bound", () => {
    const host = Host6.ready();
    const socket = host.udp.open(99)!;
    let count = 0;
    for (let i: u64 = 0; i < 100; i++) if (socket.join(SITE, i << 40)) count++;
    equal(count, MOST - 2, "groups beside those of two addresses");
    host.pass(0);
    host.pass(SECOND);
    host.wire.sent.length = 0;
    for (let i = 0; i < 10_000; i++) {
      host.input(mld(28, 0, 0, 0));
      host.input(mld(28, 0, SITE, 1 << 40));
      host.pass(SECOND / 10_000);
    }
    ok(host.wire.sent.length <= 22, `${host.wire.sent.length} answers in a second`);
  });
}

/** One of ten bytes to port 99 of a group. */
function datagram(high: u64, low: u64, host: Host6): void {
  memory.fill(frame + BODY, 0, 18);
  put16(frame + BODY, 7);
  put16(frame + BODY + 2, 99);
  put16(frame + BODY + 4, 18);
  store<u16>(frame + BODY, <u16>~fold(sum(frame + BODY, 18, pseudoSum(GLOBAL, ONE, high, low, 17, 18))), 6);
  host.input(ipv6(17, 18, GLOBAL, ONE, high, low));
}
