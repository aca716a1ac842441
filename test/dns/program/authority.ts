import { DomainName } from "mirage-wasm/domain-name";
import { Authority } from "mirage-wasm/drivers/dns/authority";
import { MOST_UDP, QR, RD, Section } from "mirage-wasm/drivers/dns/message";
import { Reader } from "mirage-wasm/drivers/dns/reader";
import { Writer } from "mirage-wasm/drivers/dns/writer";
import { RecordType, ResourceRecord, typeNamed } from "mirage-wasm/resource-record";
import { a, cname, ns, soa } from "./asking";
import { equal, ok, test } from "./harness";
import { bytes, hex } from "./wire";

export const question: usize = memory.data(65536, 16);
export const reply: usize = memory.data(65540, 16);

function record(name: string, type: i32, data: string): ResourceRecord {
  const from = bytes(data);
  const copy = new StaticArray<u8>(from.length);
  memory.copy(changetype<usize>(copy), from.dataStart, from.length);
  return new ResourceRecord(DomainName.parse(name)!, type, 60, copy);
}

function mx(name: string, to: string): ResourceRecord {
  const data = new StaticArray<u8>(2);
  data[1] = 10;
  return new ResourceRecord(DomainName.parse(name)!, RecordType.MX, 60, data.concat<StaticArray<u8>>(DomainName.parse(to)!.bytes));
}

function txt(name: string, size: i32): ResourceRecord {
  const data = new StaticArray<u8>(size + 1);
  data[0] = <u8>size;
  return new ResourceRecord(DomainName.parse(name)!, RecordType.TXT, 60, data);
}

/** The zone of RFC 4592 section 2.2.1, and more. */
function zone(): ResourceRecord[] {
  return [
    soa("example", 3600, 300),
    ns("example", "ns.example.com"),
    ns("example", "ns.example"),
    a("ns.example", 53),
    record("*.example", RecordType.TXT, "04 77696c64"),
    mx("*.example", "host1.example"),
    record("sub.*.example", RecordType.TXT, "03 737562"),
    a("host1.example", 1),
    record("_ssh._tcp.host1.example", RecordType.SRV, "0000 0000 0016 05 686f737431 07 6578616d706c65 00"),
    ns("subdel.example", "ns.subdel.example"),
    ns("subdel.example", "ns.example.com"),
    a("ns.subdel.example", 7),
    cname("alias.example", "Host1.example"),
    cname("out.example", "www.elsewhere"),
    cname("into.example", "www.subdel.example"),
    cname("gone.example", "nobody.host1.example"),
    cname("left.example", "right.example"),
    cname("right.example", "left.example"),
    txt("long.example", 200),
    txt("long.example", 201),
    txt("long.example", 202),
    txt("longer.example", 250),
    txt("longer.example", 251),
    txt("longer.example", 252),
    txt("longer.example", 253),
    txt("longer.example", 254),
    cname("*.aliases.example", "host1.example"),
  ];
}

export const authority = new Authority();
authority.add(zone());

/** Writes a question; returns its size. */
export function write(name: string, type: i32, flags: u32 = RD, edns: bool = false): i32 {
  const writer = new Writer();
  writer.begin(question, 65535, 0x1234, flags);
  writer.question(DomainName.parse(name)!, type);
  if (edns) {
    writer.reserve();
    writer.opt(0);
  }
  return writer.size;
}

/** What is said: the flags and the code, then the records of each section. */
function said(size: i32): string {
  if (!size) return "nothing";
  const reader = new Reader();
  if (!reader.open(reply, size)) return "no message";
  let text = "";
  const flags = reader.flags;
  const letters = ["qr", "aa", "tc", "rd", "ra"];
  const bits: u32[] = [0x8000, 0x400, 0x200, 0x100, 0x80];
  for (let i = 0; i < bits.length; i++) if (flags & bits[i]) text += letters[i] + " ";
  let code = reader.rcode;
  let section = Section.ANSWER;
  let rest = "";
  while (reader.next()) {
    if (reader.section != section) rest += " |".repeat(<i32>reader.section - <i32>section);
    section = reader.section;
    if (reader.type == 41) {
      code |= (reader.rawTtl >> 24) << 4;
      rest += " OPT";
    } else {
      const one = reader.record();
      if (!one) return "a record that is none";
      rest += " " + one.name.toString() + " " + one.toString().substring(one.name.toString().length + 1).replace(" IN", "") + ";";
    }
  }
  return reader.isWhole ? text + code.toString() + rest : "less than it says";
}

function asked(name: string, type: string): string {
  return said(authority.answerDatagram(question, write(name, typeNamed(type)), reply));
}

const SOA: string = " | example. 300 SOA . . 0 0 0 0 300;";

export function testAuthority(): void {
  test("RFC 1034 4.3.2: records of a name in the zone, with authority", () => {
    equal(asked("host1.example", "A"), "qr aa rd 0 host1.example. 60 A 192.0.2.1;", "an address");
    equal(asked("HOST1.Example", "A"), "qr aa rd 0 HOST1.Example. 60 A 192.0.2.1;", "in another case");
    equal(asked("example", "SOA"), "qr aa rd 0 example. 3600 SOA . . 0 0 0 0 300;", "SOA");
    equal(said(authority.answerDatagram(question, write("host1.example", 1, 0), reply)), "qr aa 0 host1.example. 60 A 192.0.2.1;", "without RD");
  });

  test("RFC 1035 3.3.11: addresses of what is named go along", () => {
    equal(asked("example", "NS"), "qr aa rd 0 example. 60 NS ns.example.com.; example. 60 NS ns.example.; | | ns.example. 60 A 192.0.2.53;", "of servers");
    equal(asked("_ssh._tcp.host1.example", "SRV"), "qr aa rd 0 _ssh._tcp.host1.example. 60 SRV 0 0 22 host1.example.; | | host1.example. 60 A 192.0.2.1;", "of a service");
  });

  test("RFC 2308 3: no such name, and no such records, each with the SOA", () => {
    equal(asked("nobody.host1.example", "A"), "qr aa rd 3 |" + SOA.substring(2), "a name below one without a wildcard");
    equal(asked("host1.example", "AAAA"), "qr aa rd 0 |" + SOA.substring(2), "no AAAA");
    equal(asked("example", "A"), "qr aa rd 0 |" + SOA.substring(2), "no address at the top");
  });

  test("RFC 4592 2.2.1: what comes from a wildcard, and what does not", () => {
    equal(asked("host3.example", "MX"), "qr aa rd 0 host3.example. 60 MX 10 host1.example.; | | host1.example. 60 A 192.0.2.1;", "host3 MX");
    equal(asked("host3.example", "A"), "qr aa rd 0 |" + SOA.substring(2), "host3 A: there is none at the wildcard");
    equal(asked("foo.bar.example", "TXT"), 'qr aa rd 0 foo.bar.example. 60 TXT "wild";', "foo.bar TXT");
    equal(asked("host1.example", "MX"), "qr aa rd 0 |" + SOA.substring(2), "host1 MX: the name is there");
    equal(asked("sub.*.example", "MX"), "qr aa rd 0 |" + SOA.substring(2), "sub.* MX: the name is there");
    equal(asked("_telnet._tcp.host1.example", "SRV"), "qr aa rd 3 |" + SOA.substring(2), "_telnet: _tcp.host1 is there, though without records");
    equal(asked("host.subdel.example", "A").substring(0, 8), "qr rd 0 ", "host.subdel: others are in charge");
    equal(asked("ghost.*.example", "MX"), "qr aa rd 3 |" + SOA.substring(2), "ghost.*: *.example is there");
    equal(asked("*.example", "TXT"), 'qr aa rd 0 *.example. 60 TXT "wild";', "the wildcard itself");
  });

  test("RFC 4592 2.2.2: a name between others is there, without records", () => {
    equal(asked("_tcp.host1.example", "SRV"), "qr aa rd 0 |" + SOA.substring(2), "_tcp.host1");
    equal(asked("aliases.example", "A"), "qr aa rd 0 |" + SOA.substring(2), "above a wildcard");
  });

  test("RFC 1034 4.2.1: others are in charge, and their addresses go along", () => {
    const referral = "qr rd 0 | subdel.example. 60 NS ns.subdel.example.; subdel.example. 60 NS ns.example.com.; | ns.subdel.example. 60 A 192.0.2.7;";
    equal(asked("host.subdel.example", "A"), referral, "a name below the cut");
    equal(asked("subdel.example", "MX"), referral, "the cut itself");
    equal(asked("subdel.example", "NS"), referral, "its servers");
    equal(asked("ns.subdel.example", "A"), referral, "the address of one of them");
    equal(asked("a.b.c.subdel.example", "TXT"), referral, "far below");
  });

  test("RFC 4035 3.1.4.1: DS at a cut is the business of who is above", () => {
    equal(asked("subdel.example", "TYPE43"), "qr aa rd 0 |" + SOA.substring(2), "there is none");
    equal(asked("a.subdel.example", "TYPE43").substring(0, 8), "qr rd 0 ", "below the cut");
  });

  test("RFC 1034 3.6.2: aliases are followed as far as the zone goes", () => {
    equal(asked("alias.example", "A"), "qr aa rd 0 alias.example. 60 CNAME Host1.example.; Host1.example. 60 A 192.0.2.1;", "in the zone");
    equal(asked("alias.example", "CNAME"), "qr aa rd 0 alias.example. 60 CNAME Host1.example.;", "the alias itself");
    equal(asked("alias.example", "AAAA"), "qr aa rd 0 alias.example. 60 CNAME Host1.example.;" + SOA, "to no such records");
    equal(asked("out.example", "A"), "qr aa rd 0 out.example. 60 CNAME www.elsewhere.;", "out of the zone");
    equal(
      asked("into.example", "A"),
      "qr aa rd 0 into.example. 60 CNAME www.subdel.example.; | subdel.example. 60 NS ns.subdel.example.; subdel.example. 60 NS ns.example.com.; | ns.subdel.example. 60 A 192.0.2.7;",
      "below a cut",
    );
    equal(asked("x.aliases.example", "A"), "qr aa rd 0 x.aliases.example. 60 CNAME host1.example.; host1.example. 60 A 192.0.2.1;", "by a wildcard");
  });

  test("RFC 2308 2.1: an alias to a name that is not there", () => {
    equal(asked("gone.example", "A"), "qr aa rd 3 gone.example. 60 CNAME nobody.host1.example.;" + SOA, "the answer");
  });

  test("aliases in a circle are told once", () => {
    equal(asked("left.example", "A"), "qr aa rd 0 left.example. 60 CNAME right.example.; right.example. 60 CNAME left.example.;", "the answer");
  });

  test("RFC 1035 4.1.1: what is not the server's business is refused", () => {
    equal(asked("www.elsewhere", "A"), "qr rd 5", "another zone");
    equal(asked(".", "NS"), "qr rd 5", "the root");
    equal(asked("example", "TYPE252"), "qr rd 5", "the whole zone, RFC 5936");
    const size = write("host1.example", 1);
    store<u8>(question + size - 1, 3);
    equal(said(authority.answerDatagram(question, size, reply)), "qr rd 5", "the class CH");
    store<u8>(question + size - 1, 255);
    equal(said(authority.answerDatagram(question, size, reply)).substring(0, 13), "qr aa rd 0 ho", "any class");
  });

  test("RFC 1035 4.1.1: what is no question, or none that is known", () => {
    const whole = write("host1.example", 1);
    for (let size = 0; size < whole; size++) equal(said(authority.answerDatagram(question, size, reply)), size < 12 ? "nothing" : "qr rd 1", `${size} bytes`);
    store<u8>(question, 0x29, 2);
    equal(hex(reply, authority.answerDatagram(question, whole, reply)).substring(0, 8), "1234a904", "another opcode: NOTIFY");
    store<u8>(question, 0x81, 2);
    equal(said(authority.answerDatagram(question, whole, reply)), "nothing", "an answer");
    store<u8>(question, 1, 2);
    store<u8>(question, 2, 5);
    equal(said(authority.answerDatagram(question, whole, reply)), "qr rd 1", "two questions");
    store<u8>(question, 0, 5);
    equal(said(authority.answerDatagram(question, 12, reply)), "qr rd 1", "no question");
  });

  test("RFC 8482 4.1: who asks for all types gets one", () => {
    equal(asked("host1.example", "TYPE255"), "qr aa rd 0 host1.example. 60 A 192.0.2.1;", "of a name with one");
    equal(asked("_tcp.host1.example", "TYPE255"), "qr aa rd 0 |" + SOA.substring(2), "of one with none");
  });

  test("RFC 2181 9: what has no room in 512 bytes is cut off, and all of it comes over TCP", () => {
    equal(asked("long.example", "TXT"), "qr aa tc rd 0", "over UDP");
    const size = authority.answerStream(question, write("long.example", 16), reply);
    ok(said(size).startsWith("qr aa rd 0 long.example. 60 TXT"), "over TCP");
    ok(size > 600, "all of it");
  });

  test("RFC 6891 6.2.3: with EDNS as much comes as it says, and not more than 1,232 bytes", () => {
    const size = authority.answerDatagram(question, write("long.example", 16, RD, true), reply);
    ok(size > 600 && said(size).endsWith(" | | OPT"), "all of it");
    equal(said(authority.answerDatagram(question, write("longer.example", 16, RD, true), reply)), "qr aa tc rd 0 | | OPT", "more than that");
    const whole = write("long.example", 16, RD, true);
    const takes: u16[] = [600, 100];
    for (let i = 0; i < takes.length; i++) {
      store<u16>(question + whole - 8, bswap<u16>(takes[i]));
      equal(said(authority.answerDatagram(question, whole, reply)), "qr aa tc rd 0 | | OPT", `for one who takes ${takes[i]}`);
    }
    const longer = write("longer.example", 16, RD, true);
    store<u16>(question + longer - 8, bswap<u16>(65535));
    ok(authority.answerDatagram(question, longer, reply) <= MOST_UDP, "for one who takes all");
  });

  test("RFC 6891 6.1.3: another version of EDNS", () => {
    const size = write("host1.example", 1, RD, true);
    store<u8>(question + size - 5, 1);
    equal(said(authority.answerDatagram(question, size, reply)), "qr rd 16 | | OPT", "the answer");
  });

  test("RFC 6891 6.1.1: two OPT are an error", () => {
    const size = write("host1.example", 1, RD, true);
    memory.copy(question + size, question + size - 11, 11);
    store<u8>(question, 2, 11);
    equal(said(authority.answerDatagram(question, size + 11, reply)), "qr rd 1 | | OPT", "the answer");
  });

  test("RFC 9471 3: addresses that only those in charge could tell are not left away", () => {
    const one = new Authority();
    const records = [soa("example", 60, 60), ns("example", "ns.example")];
    for (let i = 0; i < 30; i++) {
      records.push(ns("sub.example", `server${i}.sub.example`));
      records.push(a(`server${i}.sub.example`, <u8>i));
    }
    one.add(records);
    equal(said(one.answerDatagram(question, write("www.sub.example", 1), reply)), "qr tc rd 0", "over UDP");
    ok(said(one.answerStream(question, write("www.sub.example", 1), reply)).endsWith("server29.sub.example. 60 A 192.0.2.29;"), "over TCP");
  });

  test("addresses that are only a help are left away where there is no room", () => {
    const one = new Authority();
    const records = [soa("example", 60, 60), a("mail.example", 1)];
    for (let i = 0; i < 30; i++) records.push(mx("example", "mail.example"));
    for (let i = 0; i < 60; i++) records.push(a("mail.example", <u8>i));
    one.add(records);
    const text = said(one.answerDatagram(question, write("example", 15, RD, true), reply));
    ok(text.startsWith("qr aa rd 0 example. 60 MX 10 mail.example.;") && text.endsWith(" OPT"), "the answer");
  });

  test("several zones: the nearest one answers", () => {
    const both = new Authority();
    both.add([soa("example", 60, 60), ns("example", "ns.example"), ns("sub.example", "ns.sub.example"), a("www.example", 1), cname("to.example", "www.sub.example")]);
    both.add([soa("sub.example", 70, 70), ns("sub.example", "ns.sub.example"), a("www.sub.example", 2)]);
    equal(said(both.answerDatagram(question, write("www.sub.example", 1), reply)), "qr aa rd 0 www.sub.example. 60 A 192.0.2.2;", "below");
    equal(said(both.answerDatagram(question, write("to.example", 1), reply)), "qr aa rd 0 to.example. 60 CNAME www.sub.example.; www.sub.example. 60 A 192.0.2.2;", "from one to the other");
    equal(said(both.answerDatagram(question, write("sub.example", 43), reply)), "qr aa rd 0 | example. 60 SOA . . 0 0 0 0 60;", "DS is above");
  });
}
