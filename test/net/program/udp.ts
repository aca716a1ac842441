import { get16, put16 } from "mirage-wasm/drivers/net/bytes";
import { fold, pseudoSum, sum } from "mirage-wasm/drivers/net/checksum";
import { lowOf, Unreachable } from "mirage-wasm/drivers/net/ip";
import { EMPTY, LOST } from "mirage-wasm/drivers/net/mailbox";
import { equal, ok, test } from "./harness";
import { Host } from "./host";
import { frame, ipv4, OUR, PAYLOAD, PEER, sealIcmp, udp } from "./wire";

const data = memory.data(65_536, 8);

export function testUdp(): void {
  test("RFC 768: a datagram comes to the socket at its port, with who sent it", () => {
    const host = new Host().meet();
    const socket = host.udp.open(99)!;
    host.input(ipv4(17, udp(5, 99, 10)));
    equal(socket.receive(data, 100), 10, "size");
    equal(socket.fromPort, 5, "port");
    equal(socket.fromLow, lowOf(PEER), "address");
    equal(memory.compare(data, frame + PAYLOAD + 8, 10), 0, "difference of the data");
    equal(socket.receive(data, 100), -1, "a second one");
  });

  test("RFC 768: what is sent has a checksum that is right, and never 0", () => {
    const host = new Host().meet();
    const socket = host.udp.open(99)!;
    for (let value = 0; value < 0x10000; value += 13) {
      put16(data, value);
      socket.send(0, lowOf(PEER), 7, data, 3, host.now);
      const sent = host.wire.take();
      ok(load<u16>(sent, PAYLOAD + 6) != 0, "it is 0");
      equal(fold(sum(sent + PAYLOAD, 11, pseudoSum(0, lowOf(OUR), 0, lowOf(PEER), 17, 11))), 0xffff, "sum");
    }
  });

  test("RFC 1122 4.1.3.4: a wrong checksum drops it silently", () => {
    const host = new Host().meet();
    const socket = host.udp.open(99)!;
    const size = ipv4(17, udp(5, 99, 10));
    put16(frame + PAYLOAD + 6, 0x1234);
    host.input(size);
    equal(socket.receive(data, 100), -1, "size");
    equal<usize>(host.wire.take(), 0, "an answer");
  });

  test("RFC 768: lengths that are not right are dropped", () => {
    const host = new Host().meet();
    const socket = host.udp.open(99)!;
    for (let length = 0; length < 8; length++) {
      const size = ipv4(17, udp(5, 99, 10));
      put16(frame + PAYLOAD + 4, length);
      host.input(size);
    }
    const size = ipv4(17, udp(5, 99, 10));
    put16(frame + PAYLOAD + 4, 19);
    host.input(size);
    for (let bytes = 0; bytes < 8; bytes++) host.input(ipv4(17, bytes));
    equal(socket.receive(data, 100), -1, "size");
  });

  test("what nobody reads is bounded, and the oldest stay", () => {
    const host = new Host().meet();
    const socket = host.udp.open(99)!;
    for (let i = 0; i < 10_000; i++) host.input(ipv4(17, udp(i + 1, 99, 1000)));
    socket.receive(data, 1000);
    equal(socket.fromPort, 1, "port of the first");
    let count = 1;
    while (socket.receive(data, 1000) >= 0) count++;
    ok(count > 60 && count < 140, `${count} waited`);
  });

  test("RFC 6056: ports that are given out are free, all different, and come back", () => {
    const host = new Host();
    const taken = new Set<u32>();
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < 2000; i++) {
        const socket = host.udp.open(0)!;
        ok(!taken.has(socket.port) && socket.port >= 1024 && socket.port <= 65_535, "a port twice, or one below 1024");
        taken.add(socket.port);
        ok(!host.udp.open(socket.port), "a port that is taken was given again");
      }
      const ports = taken.values();
      taken.clear();
      for (let i = 0; i < ports.length; i++) {
        host.udp.find(ports[i])!.close();
      }
    }
  });

  test("RFC 1122 4.1.3.3: who wants to hear of datagrams that did not arrive does, and nobody else", () => {
    const host = new Host().meet();
    const deaf = host.udp.open(98)!;
    const socket = host.udp.open(99)!;
    socket.hearsErrors = true;
    const sockets = [deaf, socket];
    for (let i = 0; i < sockets.length; i++) {
      sockets[i].send(0, lowOf(PEER), 7, data, 10, host.now);
      const sent = host.wire.take();
      memory.copy(frame + PAYLOAD + 8, sent + 14, 28);
      host.input(ipv4(1, complaint(3, 28)));
    }
    equal(deaf.receive(data, 100), EMPTY, "of the one who has not said so");
    equal(socket.receive(data, 100), LOST, "of the other");
    equal(socket.why, Unreachable.PORT, "why");
    equal(socket.fromLow, lowOf(PEER), "address");
    equal(socket.fromPort, 7, "port");
    put16(frame + PAYLOAD + 8 + 20, 100);
    host.input(ipv4(1, complaint(3, 28)));
    store<u8>(frame + PAYLOAD + 8 + 12, 11);
    host.input(ipv4(1, complaint(3, 28)));
    equal(socket.receive(data, 100), EMPTY, "of what was never sent from here");
  });
}

/** An ICMP message about what stands behind its header, `quoted` bytes: its size. */
function complaint(code: u8, quoted: i32): i32 {
  store<u64>(frame + PAYLOAD, 0);
  store<u8>(frame + PAYLOAD, 3);
  store<u8>(frame + PAYLOAD, code, 1);
  sealIcmp(8 + quoted);
  return 8 + quoted;
}
