import { get16, get32, put16, put32 } from "mirage-wasm/drivers/net/bytes";
import { DhcpClient, DhcpState } from "mirage-wasm/drivers/net/dhcp/client";
import { lowOf } from "mirage-wasm/drivers/net/ip";
import { storeMac } from "mirage-wasm/mac";
import { equal, ok, test } from "./harness";
import { Host } from "./host";
import { arp, frame, ipv4, OTHER, OUR_MAC, PAYLOAD, PEER, SECOND, udp } from "./wire";

const DISCOVER: u32 = 1;
const OFFER: u32 = 2;
const REQUEST: u32 = 3;
const DECLINE: u32 = 4;
const ACK: u32 = 5;
const NAK: u32 = 6;

/** A host that asks for its address, and the server at 10.0.0.1 that the test is. */
class Lease {
  readonly host: Host;
  readonly client: DhcpClient;
  xid: u32 = 0;

  constructor() {
    const host = new Host();
    host.ip.configure(0, 0, 0);
    while (host.wire.take()) {}
    this.host = host;
    this.client = new DhcpClient(host.ip, host.arp, host.udp, OUR_MAC, "name", 7);
  }

  step(duration: i64 = 0): void {
    this.host.pass(duration);
    this.client.step(this.host.now);
  }

  /** The type of the message that was sent, 0 when there is none. */
  sent(): u32 {
    for (let sent = this.host.wire.take(); sent; sent = this.host.wire.take()) {
      if (get16(sent + 12) != 0x0800 || get16(sent + 36) != 67) continue;
      this.xid = load<u32>(sent, 46);
      this.clientAddress = load<u32>(sent, 54);
      this.to = load<u32>(sent, 30);
      return option(sent + 282, 53) ? load<u8>(option(sent + 282, 53)) : 0;
    }
    return 0;
  }
  clientAddress: u32 = 0;
  to: u32 = 0;

  /** The server says: type, address, and how long. */
  say(type: u32, address: u32 = OTHER, seconds: u32 = 100, xid: u32 = this.xid, isOverloaded: bool = false): void {
    const message = frame + PAYLOAD + 8;
    memory.fill(message, 0, 300);
    store<u32>(message, 0x00060102);
    store<u32>(message, xid, 4);
    store<u32>(message, address, 16);
    storeMac(message + 28, OUR_MAC);
    put32(message + 236, 0x63825363);
    let at = message + 240;
    at = put(at, 53, 1, type << 24);
    at = put(at, 54, 4, bswap<u32>(PEER));
    at = put(at, 51, 4, seconds);
    if (isOverloaded) {
      at = put(at, 52, 1, 3 << 24);
      store<u8>(at, 255);
      store<u8>(put(message + 108, 1, 4, 0xffffff00), 255);
      at = message + 44;
    } else at = put(at, 1, 4, 0xffffff00);
    at = put(at, 3, 4, bswap<u32>(PEER));
    at = put(at, 6, 4, 0x08080808);
    store<u8>(at, 255);
    const saved = memory.data(300);
    memory.copy(saved, message, 300);
    const size = udp(67, 68, 300);
    memory.copy(message, saved, 300);
    this.host.input(ipv4(17, size, PEER, 0xffffffff));
    this.step();
  }

  /** As far as the address. */
  bind(seconds: u32 = 100): Lease {
    this.step();
    this.sent();
    this.say(OFFER);
    this.sent();
    this.say(ACK, OTHER, seconds);
    this.step(SECOND);
    while (this.host.wire.take()) {}
    return this;
  }
}

function put(at: usize, option: u8, size: u8, value: u32): usize {
  store<u8>(at, option);
  store<u8>(at, size, 1);
  put32(at + 2, value);
  return at + 2 + size;
}

/** Where an option's value stands, or 0. */
function option(options: usize, kind: u8): usize {
  let at = options;
  while (load<u8>(at) != 255) {
    if (load<u8>(at) == kind) return at + 2;
    at += load<u8>(at) ? 2 + <usize>load<u8>(at, 1) : 1;
  }
  return 0;
}

export function testDhcp(): void {
  test("RFC 2131 3.1: discover, offer, request, acknowledge, and the address is ours", () => {
    const lease = new Lease();
    lease.step();
    equal(lease.sent(), DISCOVER, "first message");
    equal(lease.to, 0xffffffff, "its destination");
    lease.say(OFFER);
    equal(lease.sent(), REQUEST, "second message");
    lease.say(ACK);
    equal(lease.host.ip.address, 0, "address before it was probed");
    lease.step(SECOND);
    equal(lease.host.ip.address, OTHER, "address");
    equal(lease.client.state, DhcpState.BOUND, "state");
    equal(lease.client.nameServerCount, 1, "servers of names");
    equal(lease.client.nameServers[0], 0x08080808, "server of names");
    ok(lease.host.ip.route(0, lowOf(0x01010101)), "there is no way to others");
  });

  test("RFC 2131 4.1: it asks again, later each time", () => {
    const lease = new Lease();
    for (let i = 0; i < 6; i++) {
      lease.step();
      equal(lease.sent(), DISCOVER, "message");
      const wait = lease.client.step(lease.host.now) - lease.host.now;
      const wanted = min(4 << i, 64) as i64;
      ok(wait >= (wanted - 1) * SECOND && wait <= (wanted + 1) * SECOND, `${wait} ns instead of ${wanted} s`);
      lease.step(wait);
    }
  });

  test("RFC 2131 3.1 (5): an address that somebody has is declined", () => {
    const lease = new Lease();
    lease.step();
    lease.sent();
    lease.say(OFFER);
    lease.sent();
    lease.say(ACK);
    lease.host.input(arp(2, OTHER, 0));
    lease.step(SECOND);
    equal(lease.sent(), DECLINE, "message");
    equal(lease.host.ip.address, 0, "address");
    lease.step(9 * SECOND);
    equal(lease.sent(), 0, "message before ten seconds");
    lease.step(SECOND);
    equal(lease.sent(), DISCOVER, "message after ten seconds");
  });

  test("RFC 2131 4.4.5: it renews after a half, from its server", () => {
    const lease = new Lease().bind(1000);
    lease.step(400 * SECOND);
    equal(lease.sent(), 0, "message before a half");
    lease.host.input(arp(1, PEER, OTHER));
    lease.step(100 * SECOND);
    equal(lease.sent(), REQUEST, "message");
    equal(lease.to, PEER, "its destination");
    equal(lease.clientAddress, OTHER, "its ciaddr");
    lease.say(ACK, OTHER, 1000);
    equal(lease.client.state, DhcpState.BOUND, "state");
    lease.step(499 * SECOND);
    equal(lease.sent(), 0, "message before a half of the new lease");
  });

  test("RFC 2131 4.4.5: it rebinds from anybody after seven eighths, and at the end the address is gone", () => {
    const lease = new Lease().bind(1000);
    for (let i = 0; i < 870; i++) lease.step(SECOND);
    while (lease.sent()) {}
    lease.step(6 * SECOND);
    equal(lease.sent(), REQUEST, "message");
    equal(lease.to, 0xffffffff, "its destination");
    equal(lease.host.ip.address, OTHER, "address");
    lease.step(125 * SECOND);
    equal(lease.host.ip.address, 0, "address at the end");
    lease.step();
    equal(lease.sent(), DISCOVER, "what follows");
  });

  test("RFC 2131 3.1 (4): after a NAK it begins anew, without an address", () => {
    const lease = new Lease().bind(1000);
    lease.step(501 * SECOND);
    lease.host.input(arp(1, PEER, OTHER));
    lease.sent();
    lease.say(NAK);
    equal(lease.host.ip.address, 0, "address");
    lease.step(2 * SECOND);
    equal(lease.sent(), DISCOVER, "message");
  });

  test("RFC 2131 4.4.1: answers to others, and to other questions, are ignored", () => {
    const lease = new Lease();
    lease.step();
    lease.sent();
    lease.say(OFFER, OTHER, 100, lease.xid + 1);
    lease.say(ACK);
    lease.say(OFFER, 0);
    lease.say(OFFER, 0x0100007f);
    lease.say(OFFER, 0xffffffff);
    equal(lease.sent(), 0, "message");
    lease.say(OFFER);
    equal(lease.sent(), REQUEST, "message");
  });

  test("RFC 2131 4.1: options go on in file and sname", () => {
    const lease = new Lease();
    lease.step();
    lease.sent();
    lease.say(OFFER);
    lease.sent();
    lease.say(ACK, OTHER, 100, lease.xid, true);
    lease.step(SECOND);
    equal(lease.client.nameServerCount, 1, "servers of names, from sname");
    ok(lease.host.ip.isForMany(0, lowOf(0xff00000a)), "the mask, from file, is not known");
  });

  test("RFC 2132: what is no list of options does no harm", () => {
    const lease = new Lease();
    lease.step();
    lease.sent();
    for (let size = 0; size < 300; size++) {
      lease.host.input(ipv4(17, udp(67, 68, size), PEER, 0xffffffff));
      lease.step();
    }
    equal(lease.sent(), 0, "message");
    lease.say(OFFER);
    equal(lease.sent(), REQUEST, "message");
  });
}
