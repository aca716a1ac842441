import { put32 } from "mirage-wasm/drivers/net/bytes";
import { DhcpServer } from "mirage-wasm/drivers/net/dhcp/server";
import { loadMac, storeMac } from "mirage-wasm/mac";
import { equal, ok, test } from "./harness";
import { SECOND } from "./wire";

const DISCOVER: u8 = 1;
const OFFER: u32 = 2;
const REQUEST: u8 = 3;
const DECLINE: u8 = 4;
const ACK: u32 = 5;
const NAK: u32 = 6;
const RELEASE: u8 = 7;
/** 192.168.1.5, .70 and .71, and one of another network. */
const OWN: u32 = 0x0501a8c0;
const FIRST: u32 = 0x4601a8c0;
const NEXT: u32 = 0x4701a8c0;
const FOREIGN: u32 = 0x0100000a;

const message = memory.data(600, 8);
let now: i64 = 0;

function serve(count: i32): DhcpServer {
  return new DhcpServer(OWN, 0x00ffffff, FIRST, count, 100, "net");
}

/** What the server answers to a message of the client with this number: its type, 0 when it says nothing. */
function ask(server: DhcpServer, client: u64, type: u8, wanted: u32 = 0, chosen: u32 = 0, ciaddr: u32 = 0): u32 {
  memory.fill(message, 0, 600);
  store<u32>(message, 0x00060101);
  store<u32>(message, 77, 4);
  store<u32>(message, ciaddr, 12);
  storeMac(message + 28, 2 | (client << 8));
  put32(message + 236, 0x63825363);
  store<u16>(message, 0x0135, 240);
  store<u8>(message, type, 242);
  let at = message + 243;
  if (wanted) {
    store<u16>(at, 0x0432);
    store<u32>(at, wanted, 2);
    at += 6;
  }
  if (chosen) {
    store<u16>(at, 0x0436);
    store<u32>(at, chosen, 2);
    at += 6;
  }
  store<u8>(at, 255);
  const size = server.answer(message, 300, now);
  return size ? load<u8>(server.reply, 242) : 0;
}

export function testDhcpServer(): void {
  test("RFC 2131 4.3.1: who discovers is offered an address, and always the same one", () => {
    const server = serve(2);
    equal(ask(server, 1, DISCOVER), OFFER, "answer");
    equal(load<u32>(server.reply, 16), FIRST, "address");
    equal(load<u32>(server.reply, 4), 77, "xid");
    equal(loadMac(server.reply + 28), loadMac(message + 28), "chaddr");
    ask(server, 2, DISCOVER);
    equal(load<u32>(server.reply, 16), NEXT, "address of another client");
    ask(server, 1, DISCOVER);
    equal(load<u32>(server.reply, 16), FIRST, "address once more");
    equal(ask(server, 3, DISCOVER), 0, "answer when there is none left");
  });

  test("RFC 2131 4.3.2: what was offered is granted, and renewed to the address of who has it", () => {
    const server = serve(2);
    ask(server, 1, DISCOVER);
    equal(ask(server, 1, REQUEST, FIRST, OWN), ACK, "answer");
    equal(server.to, 0xffffffff, "where it goes");
    equal(ask(server, 1, REQUEST, 0, 0, FIRST), ACK, "answer to a renewal");
    equal(server.to, FIRST, "where it goes");
  });

  test("RFC 2131 4.3.2: what is another one's, or of another network, is refused; another server's is not our business", () => {
    const server = serve(2);
    ask(server, 1, DISCOVER);
    ask(server, 1, REQUEST, FIRST, OWN);
    equal(ask(server, 2, REQUEST, FIRST), NAK, "answer to who wants another one's");
    equal(ask(server, 2, REQUEST, FOREIGN, OWN), NAK, "answer to who wants what we do not have");
    equal(ask(server, 2, REQUEST, FOREIGN), 0, "answer to who has an address of elsewhere");
    equal(ask(server, 1, REQUEST, FIRST, NEXT), 0, "answer to who has chosen another server");
  });

  test("RFC 2131 4.3.3 and 4.3.4: what is released is free, what is declined is left alone", () => {
    const server = serve(1);
    ask(server, 1, DISCOVER);
    ask(server, 1, REQUEST, FIRST, OWN);
    equal(ask(server, 2, DISCOVER), 0, "answer while it is leased");
    ask(server, 1, RELEASE, 0, OWN, FIRST);
    equal(ask(server, 2, DISCOVER), OFFER, "answer when it was released");
    ask(server, 2, DECLINE, FIRST, OWN);
    equal(ask(server, 3, DISCOVER), 0, "answer when it was declined");
    now += 601 * SECOND;
    equal(ask(server, 3, DISCOVER), OFFER, "answer after ten minutes");
  });

  test("RFC 2131 3.3: a lease that is over is another one's to have", () => {
    const server = serve(1);
    ask(server, 1, DISCOVER);
    ask(server, 1, REQUEST, FIRST, OWN);
    now += 101 * SECOND;
    equal(ask(server, 2, DISCOVER), OFFER, "answer");
    ok(ask(server, 1, REQUEST, FIRST) == NAK, "the one who had it is not refused");
  });

  test("RFC 2131 2: what is no request does no harm", () => {
    const server = serve(1);
    for (let size = 0; size < 300; size++) server.answer(message, size, now);
    for (let type = 0; type < 256; type++) ask(server, 1, <u8>type);
    memory.fill(message, 0xff, 600);
    equal(server.answer(message, 300, now), 0, "answer");
  });
}
