import { get16 } from "mirage-wasm/drivers/net/bytes";
import { equal, ok, test } from "./harness";
import { Host } from "./host";
import { echo, frame, ipv4, OUR, PAYLOAD, PEER, SECOND, type } from "./wire";

const whole = memory.data(65_600, 8);
let total: i32 = 0;

/** An echo request with so much data, to be sent in parts. */
function make(size: i32): void {
  total = echo(size);
  memory.copy(whole, frame + PAYLOAD, total);
}

/** The part of it from `at` on arrives. */
function part(host: Host, at: i32, size: i32, identification: u32 = 5): void {
  const end = min(total, at + size);
  memory.copy(frame + PAYLOAD, whole + at, end - at);
  host.input(ipv4(1, end - at, PEER, OUR, identification, (<u32>at >> 3) | (end < total ? 0x2000 : 0)));
}

/** Bytes of data in the echo reply that is sent, -1 when there is none. */
function reply(host: Host): i32 {
  const first = host.wire.take();
  let size = -1;
  for (let sent = first; sent; sent = host.wire.take()) if (type(sent) == 0x0800) size = max(size, 0) + get16(sent + 16) - 20;
  return size < 0 ? -1 : size - 8;
}

export function testReassembly(): void {
  test("RFC 791 3.2: fragments become the packet, in whatever order they come", () => {
    const host = new Host().meet();
    make(3000);
    part(host, 0, 1480);
    part(host, 1480, 1480);
    equal(reply(host), -1, "the answer before the last one");
    part(host, 2960, 1480);
    equal(reply(host), 3000, "the answer");
    part(host, 2960, 1480, 6);
    part(host, 0, 1480, 6);
    part(host, 1480, 1480, 6);
    equal(reply(host), 3000, "the answer when the last came first");
    part(host, 1480, 1480, 7);
    part(host, 2960, 1480, 7);
    part(host, 0, 1480, 7);
    equal(reply(host), 3000, "the answer when the first came last");
  });

  test("RFC 791 3.2: a packet of 65,535 bytes in small fragments", () => {
    const host = new Host().meet();
    make(65_507);
    for (let at = 0; at < total; at += 552) part(host, at, 552);
    equal(reply(host), 65_507, "the answer");
  });

  test("RFC 791 3.2: fragments that come twice do no harm", () => {
    const host = new Host().meet();
    make(3000);
    for (let i = 0; i < 2; i++) part(host, 0, 1480);
    for (let i = 0; i < 2; i++) part(host, 1480, 1480);
    part(host, 2960, 1480);
    equal(reply(host), 3000, "the answer");
  });

  test("RFC 5722: fragments that overlap end their packet", () => {
    const host = new Host().meet();
    make(3000);
    part(host, 0, 1480);
    part(host, 1400, 1480);
    part(host, 1480, 1480);
    part(host, 2960, 1480);
    equal(reply(host), -1, "the answer");
  });

  test("RFC 791 3.2: fragments of two packets do not mix", () => {
    const host = new Host().meet();
    make(2000);
    part(host, 0, 1480, 1);
    part(host, 1480, 1480, 2);
    equal(reply(host), -1, "the answer");
    part(host, 1480, 1480, 1);
    equal(reply(host), 2000, "the answer of the first");
    part(host, 0, 1480, 2);
    equal(reply(host), 2000, "the answer of the second");
  });

  test("RFC 1122 3.3.2: after its time it is dropped, and its sender is told when the first fragment had come", () => {
    const host = new Host().meet();
    make(3000);
    part(host, 0, 1480);
    host.pass(31 * SECOND);
    const sent = host.wire.take();
    equal(load<u16>(sent, PAYLOAD), 0x010b, "type and code");
    part(host, 1480, 1480);
    part(host, 2960, 1480);
    equal(reply(host), -1, "the answer");
    host.pass(31 * SECOND);
    equal<usize>(host.wire.take(), 0, "what is said when the first had not come");
  });

  test("RFC 1122 3.3.2: one that never completes holds nothing for ever, nor do many", () => {
    const host = new Host().meet();
    make(60_000);
    for (let i = 0; i < 20_000; i++) part(host, 58_000, 1480, i);
    ok(memory.size() < 160, `memory has ${memory.size()} pages`);
    make(3000);
    for (let at = 0; at < 3000; at += 1480) part(host, at, 1480, 1);
    equal(reply(host), 3000, "the answer to an honest one");
  });

  test("RFC 791 3.2: a fragment that ends behind the largest packet is dropped", () => {
    const host = new Host().meet();
    make(1000);
    host.input(ipv4(1, 800, PEER, OUR, 3, 0x1fff));
    host.input(ipv4(1, 801, PEER, OUR, 3, 0x2000));
    equal(reply(host), -1, "an answer");
  });
}
