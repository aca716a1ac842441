import { DomainName } from "mirage-wasm/domain-name";
import { NXDOMAIN, OPT, QR, RD, Section } from "mirage-wasm/drivers/dns/message";
import { Reader } from "mirage-wasm/drivers/dns/reader";
import { Writer } from "mirage-wasm/drivers/dns/writer";
import { RecordType, ResourceRecord, typeName, typeNamed } from "mirage-wasm/resource-record";
import { equal, ok, test } from "./harness";
import { bytes, hex } from "./wire";

const room: usize = memory.data(4096, 16);

/** A header with so many answers, and no question. */
function header(answers: string): string {
  return "1234 8180 0000 " + answers + " 0000 0000 ";
}

/** The text of the only record of a message whose header says so, "" when there is none. */
function recordIn(text: string): string {
  const message = bytes(header("0001") + text);
  const reader = new Reader();
  if (!reader.open(message.dataStart, message.length) || !reader.next()) return "";
  const record = reader.record();
  return record ? record.toString() : "";
}

/** The text of one with these data. */
function dataOf(type: string, data: string): string {
  const size = bytes(data).length;
  const length = (size < 16 ? "000" : "00") + size.toString(16);
  const text = recordIn("0161 00 " + type + " 0001 0000003c " + length + data);
  return text.startsWith("a. 60 IN ") ? text.substring(9) : text;
}

function record(name: string, type: i32, data: string): ResourceRecord {
  const from = bytes(data);
  const copy = new StaticArray<u8>(from.length);
  memory.copy(changetype<usize>(copy), from.dataStart, from.length);
  return new ResourceRecord(DomainName.parse(name)!, type, 60, copy);
}

/** Is there no message, or no record as its header says? */
function isRefused(text: string): bool {
  const message = bytes(text);
  const reader = new Reader();
  if (!reader.open(message.dataStart, message.length)) return true;
  while (reader.next()) if (!reader.record()) return true;
  return !reader.isWhole;
}

/** So many records, the name of each 64 bytes longer than the one before, to which it points. */
function chain(count: i32): string {
  let text = header("000" + count.toString());
  let before = 0;
  let size = 12;
  for (let i = 0; i < count; i++) {
    text += "3f" + "61".repeat(63) + (i ? (0xc000 | before).toString(16) : "00") + " 0001 0001 00000000 0004 01020304";
    before = size;
    size += i ? 80 : 79;
  }
  return text;
}

export function testMessage(): void {
  test("RFC 1035 4.1.1: a header, a question, records of three sections", () => {
    const message = bytes("1234 8583 0001 0001 0001 0001 03777777 0161 00 0001 0001 c00c 0001 0001 0000003c 0004 c0000201" + " c010 0002 0001 0000003c 0004 016e c010 c033 0001 0001 0000003c 0004 c0000202");
    const reader = new Reader();
    ok(reader.open(message.dataStart, message.length), "it is none");
    equal<u32>(reader.id, 0x1234, "id");
    ok(reader.isResponse, "it is no response");
    equal<u32>(reader.rcode, NXDOMAIN, "rcode");
    equal(reader.question!.toString(), "www.a.", "the question");
    equal(reader.questionType, <i32>RecordType.A, "its type");
    const texts: string[] = [];
    while (reader.next()) texts.push(reader.section.toString() + " " + reader.record()!.toString());
    ok(reader.isWhole, "there is less than its header says");
    equal(texts.join("; "), "1 www.a. 60 IN A 192.0.2.1; 2 a. 60 IN NS n.a.; 3 n.a. 60 IN A 192.0.2.2", "records");
  });

  test("RFC 1035 4.1.4: a pointer leads back, and there is an end to them", () => {
    ok(isRefused(header("0001") + "c00c 0001 0001 00000000 0004 01020304"), "one to itself");
    ok(isRefused(header("0001") + "c00e c00c 0001 0001 00000000 0004 01020304"), "one to one behind it");
    ok(isRefused(header("0001") + "0161 c00c 0001 0001 00000000 0004 01020304"), "one to the begin of its own name");
    ok(isRefused(header("0001") + "0161 c020 0001 0001 00000000 0004 01020304"), "one forwards");
    ok(isRefused(header("0001") + "0161 c0"), "half of one");
    ok(isRefused("1234 8180 0001 0000 0000 0000 0161 c004 0001 0001"), "one in the question");
    ok(!isRefused("1234 8180 0001 0001 0000 0000 0161 00 0001 0001 c00c 0001 0001 00000000 0004 01020304"), "one to a prior name");
    // A name inside data that goes on at its own record's begin.
    ok(isRefused(header("0001") + "0161 00 0002 0001 00000000 0002 c019"), "one in data to itself");
  });

  test("RFC 1035 3.1: lengths of labels and of names", () => {
    ok(isRefused(header("0001") + "4061 00 0001 0001 00000000 0004 01020304"), "a label of type 01");
    ok(isRefused(header("0001") + "8061 00 0001 0001 00000000 0004 01020304"), "a label of type 10");
    ok(isRefused(header("0001") + "0361 00"), "a label that goes on behind the end");
    ok(!isRefused(chain(3)), "a name of 193 bytes");
    ok(isRefused(chain(4)), "a name of 257 bytes");
  });

  test("RFC 1035 4.1: what is cut off anywhere is refused", () => {
    const whole = bytes("1234 8180 0001 0002 0000 0000 03777777 0161 00 000f 0001 c00c 000f 0001 0000003c 0005 000a 016d 00 c00c 0001 0001 0000003c 0004 c0000201");
    const reader = new Reader();
    for (let size = 0; size < whole.length; size++) {
      let isRead = reader.open(whole.dataStart, size);
      while (isRead && reader.next()) isRead = reader.record() != null;
      ok(!isRead || !reader.isWhole, `all of it in ${size} bytes`);
    }
  });

  test("RFC 1035 3.3: data as text, by the form of its type", () => {
    equal(dataOf("0001", "c0000201"), "A 192.0.2.1", "A");
    equal(dataOf("001c", "20010db8000000000000000000000001"), "AAAA 2001:db8::1", "AAAA, RFC 3596 2.2");
    equal(dataOf("0002", "026e73c00c"), "NS ns.a.", "NS");
    equal(dataOf("0005", "00"), "CNAME .", "CNAME");
    equal(dataOf("000c", "c00c"), "PTR a.", "PTR");
    equal(dataOf("0006", "016dc00c 0172c00c 00000001 00000002 00000003 00000004 ffffffff"), "SOA m.a. r.a. 1 2 3 4 4294967295", "SOA");
    equal(dataOf("000f", "000a 016dc00c"), "MX 10 m.a.", "MX");
    equal(dataOf("0010", "026122 00 01ff"), 'TXT "a\\"" "" "\\255"', "TXT");
    equal(dataOf("0021", "0001 0002 01bb 0173 c00c"), "SRV 1 2 443 s.a.", "SRV, RFC 2782");
    equal(dataOf("0101", "80 056973737565 63612e"), 'CAA 128 issue "ca."', "CAA, RFC 8659 4.1");
    equal(dataOf("0041", "0102ff"), "TYPE65 \\# 3 0102ff", "another one, RFC 3597 5");
    equal(dataOf("0041", ""), "TYPE65 \\# 0", "another one without data");
  });

  test("RFC 1035 3.3: data that has not the form of its type is refused", () => {
    for (let i = 0; i < FORMLESS.length; i += 2) equal(dataOf(FORMLESS[i], FORMLESS[i + 1]), "", `type ${FORMLESS[i]} of ${FORMLESS[i + 1]}`);
  });

  test("RFC 2181 8: a TTL with its first bit is 0", () => {
    equal(recordIn("0161 00 0001 0001 80000001 0004 c0000201"), "a. 0 IN A 192.0.2.1", "the record");
    equal(recordIn("0161 00 0001 0001 7fffffff 0004 c0000201"), "a. 2147483647 IN A 192.0.2.1", "another record");
  });

  test("types by their names and numbers (RFC 3597 5)", () => {
    equal(typeNamed("aaaa"), 28, "aaaa");
    equal(typeNamed("TYPE257"), 257, "TYPE257");
    equal(typeNamed("TYPE65536"), -1, "TYPE65536");
    equal(typeNamed("TYPE"), -1, "TYPE");
    equal(typeNamed("nothing"), -1, "nothing");
    equal(typeName(33), "SRV", "33");
    equal(typeName(65), "TYPE65", "65");
  });

  test("RFC 1035 4.1.4: names that end alike are written once, in their case", () => {
    const writer = new Writer();
    writer.begin(room, 4096, 0x1234, QR | RD);
    writer.question(DomainName.parse("www.Example")!, RecordType.MX);
    const owner = DomainName.parse("www.Example")!;
    ok(writer.record(Section.ANSWER, owner, record("www.Example", RecordType.MX, "000a 046d61696c 07 4578616d706c65 00")), "there is no room");
    ok(writer.record(Section.ADDITIONAL, DomainName.parse("mail.example")!, record("mail.example", RecordType.A, "c0000201")), "there is no room");
    equal(
      hex(room, writer.size),
      "12348100000100010000000103777777074578616d706c6500000f0001c00c000f00010000003c0009000a046d61696cc010046d61696c076578616d706c650000010001" + "0000003c0004c0000201",
      "the message",
    );
  });

  test("RFC 3597 4: names in data that is newer than RFC 1035 are not compressed", () => {
    const writer = new Writer();
    writer.begin(room, 4096, 1, QR);
    writer.question(DomainName.parse("a")!, RecordType.SRV);
    ok(writer.record(Section.ANSWER, DomainName.parse("a")!, record("a", RecordType.SRV, "0001 0002 0003 0161 00")), "there is no room");
    equal(hex(room + 19, writer.size - 19), "c00c002100010000003c00090001000200030161" + "00", "the record");
  });

  test("a name that repeats its own label does not point into itself", () => {
    const writer = new Writer();
    memory.fill(room, 0x61, 200);
    writer.begin(room, 4096, 1, QR);
    writer.question(DomainName.parse("a.a.a.a")!, RecordType.A);
    const reader = new Reader();
    ok(reader.open(room, writer.size), "it can't be read");
    equal(reader.question!.toString(), "a.a.a.a.", "the question");
  });

  test("a record for which there is no room leaves no trace", () => {
    const soa = record("a.b", RecordType.SOA, "016d 0162 00 0172 0162 00 00000001 00000002 00000003 00000004 00000005");
    const writer = new Writer();
    writer.begin(room, 4096, 1, QR);
    writer.question(soa.name, RecordType.SOA);
    const before = hex(room, writer.size);
    ok(writer.record(Section.ANSWER, soa.name, soa), "there is no room in all");
    const size = writer.size;
    for (let most = writer.size - 1; most >= <i32>before.length / 2; most--) {
      writer.begin(room, most, 1, QR);
      writer.question(soa.name, RecordType.SOA);
      ok(!writer.record(Section.ANSWER, soa.name, soa), `it fits into ${most} bytes of ${size}`);
      equal(hex(room, writer.size), before, "the message");
    }
  });

  test("names of a record for which there is no room are not pointed to", () => {
    const writer = new Writer();
    const owner = DomainName.parse("new.owner")!;
    writer.begin(room, 60, 1, QR);
    writer.question(DomainName.parse("a")!, RecordType.A);
    ok(!writer.record(Section.ANSWER, owner, record("new.owner", RecordType.TXT, "1f" + "61".repeat(31))), "there is room");
    ok(writer.record(Section.ANSWER, owner, record("new.owner", RecordType.A, "c0000201")), "there is no room");
    const reader = new Reader();
    ok(reader.open(room, writer.size) && reader.next(), "it can't be read");
    equal(reader.record()!.toString(), "new.owner. 60 IN A 192.0.2.1", "the record");
  });

  test("RFC 6891 6.1.2: OPT has its room, says how much may come, and what went wrong", () => {
    const writer = new Writer();
    writer.begin(room, 12 + 5 + 11, 1, QR);
    writer.question(DomainName.parse(".")!, RecordType.A);
    writer.reserve();
    ok(!writer.record(Section.ANSWER, DomainName.parse(".")!, record(".", RecordType.TXT, "00")), "its room is taken");
    writer.opt(1);
    equal(hex(room + 17, writer.size - 17), "00002904d0010000000000", "the record");
    const reader = new Reader();
    ok(reader.open(room, writer.size) && reader.next(), "it is not read");
    equal(reader.type, OPT, "its type");
    equal<u32>(reader.class, 1232, "its size");
    equal<u32>(reader.rawTtl, 0x01000000, "its flags");
  });
}

const FORMLESS: StaticArray<string> = [
  "0001", "c00002", "0001", "c000020101", "001c", "20010db8", "0002", "", "0002", "0161", "0002", "c00c00", "0002", "0161c0", "0005", "026161",
  "0006", "00 00 00000001 00000002 00000003 00000004 000000", "0006", "00 00 00000001 00000002 00000003 00000004 00000005 00", "000f", "00", "000f", "000a", "000f", "000a 0161",
  "0010", "", "0010", "0261", "0010", "0161 01", "0021", "0001 0002 00", "0021", "0001 0002 0003", "0101", "", "0101", "00", "0101", "00 0261",
];
