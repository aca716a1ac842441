import { SECOND } from "mirage-wasm/duration";
import { AA, FORMERR, NOTIMP, NXDOMAIN, QR, RA, RD, REFUSED, SERVFAIL, TC } from "mirage-wasm/drivers/dns/message";
import { RecordType, ResourceRecord } from "mirage-wasm/resource-record";
import { Result } from "mirage-wasm/result";
import { a, Asking, cname, headerOnly, ns, servers, soa } from "./asking";
import { equal, ok, test } from "./harness";

const NOTHING: ResourceRecord[] = [];

export function testLookup(): void {
  test("RFC 1034 5.3.1: a question with recursion, and its answer", () => {
    const asking = new Asking("www.example");
    equal(asking.wants, "a datagram to 192.0.2.53", "what is wanted");
    equal<u32>(asking.question.flags, RD, "flags");
    equal(asking.question.question!.key, "\x03www\x07example\0", "the name");
    equal(asking.question.questionType, <i32>RecordType.A, "the type");
    asking.answer([a("www.example", 1), a("www.example", 2)]);
    equal(asking.wants, "nothing", "what is wanted then");
    ok(asking.lookup.result == Result.OK, "the result");
    equal(asking.records, "www.example. 60 IN A 192.0.2.1; www.example. 60 IN A 192.0.2.2", "records");
  });

  test("RFC 5452 9.1: what is not from the server, or not to the question, is as if it had not come", () => {
    const asking = new Asking("www.example", 2);
    const answers = [a("www.example", 1)];
    asking.bring(asking.write(0, answers), servers[1]);
    asking.bring(asking.write(0, answers), servers[0], 54);
    // The id, "no response", the opcode, the count of questions, a length, a letter of the name, its type and its class.
    const places: usize[] = [0, 1, 5, 12, 13, 26, 28];
    for (let i = 0; i < places.length; i++) {
      const size = asking.write(0, answers);
      asking.flip(places[i]);
      asking.bring(size);
      equal(asking.wants, "a datagram to 192.0.2.53", `what is wanted after a change at ${places[i]}`);
    }
    asking.flags = RD | RA;
    asking.answer(answers);
    asking.flags = QR | 0x0800;
    asking.answer(answers);
    asking.bring(0);
    asking.bring(11);
    equal(asking.lookup.records.length, 0, "records");
    asking.flags = QR;
    asking.answer(answers);
    equal(asking.lookup.records.length, 1, "records of the right one");
  });

  test("RFC 5452 9.2: each question has another id and, 0x20, another case", () => {
    const asking = new Asking("www.example.org", 1);
    const first = asking.question.id;
    const name = asking.question.question!.toString();
    asking.wait();
    ok(asking.question.id != first, "the id is the same");
    ok(asking.question.question!.toString() != name, "the case is the same");
    ok(name != "www.example.org." || asking.question.question!.toString() != "www.example.org.", "the case is as it was given");
  });

  test("0x20: what is found has the case that was given", () => {
    const asking = new Asking("wWw.example", 1, RecordType.CNAME);
    const asked = asking.question.question!.toString();
    ok(asked != "wWw.example.", "the case is as it was given");
    asking.answer([cname(asked, "other." + asked)]);
    equal(asking.records, "wWw.example. 60 IN CNAME other.wWw.example.", "records");
  });

  test("0x20: an answer in another case is asked for over TCP, where case does not count", () => {
    const asking = new Asking("www.example");
    const size = asking.write(0, [a("www.example", 1)]);
    asking.turnCase(13);
    asking.bring(size);
    equal(asking.wants, "a stream to 192.0.2.53", "what is wanted");
    const again = asking.write(0, [a("www.example", 1)]);
    asking.turnCase(13);
    asking.bring(again);
    equal(asking.lookup.records.length, 1, "records");
  });

  test("RFC 7766 5: what is cut off is asked for over TCP", () => {
    const asking = new Asking("www.example");
    asking.flags |= TC;
    asking.answer([a("www.example", 1)]);
    equal(asking.wants, "a stream to 192.0.2.53", "what is wanted");
    equal(asking.lookup.records.length, 0, "records of what was cut off");
    asking.flags = QR | RA;
    asking.answer([a("www.example", 1), a("www.example", 2)]);
    equal(asking.lookup.records.length, 2, "records");
  });

  test("RFC 7766: TCP that says something else, or nothing, is a failure", () => {
    const asking = new Asking("www.example", 2);
    asking.flags |= TC;
    asking.answer(NOTHING);
    const size = asking.write(0, [a("www.example", 1)]);
    asking.flip(1);
    asking.bring(size);
    equal(asking.wants, "a datagram to 2001:db8::53", "what is wanted");
    asking.lookup.unreachable(asking.now);
    ok(asking.lookup.result == Result.UNREACHABLE, "the result");
  });

  test("RFC 1035 4.2.1: a server that does not answer is asked again, later each time, and then it is too late", () => {
    const asking = new Asking("www.example");
    const waits: i64[] = [];
    while (asking.wants != "nothing") {
      waits.push((asking.lookup.due - asking.now) / SECOND);
      asking.wait();
    }
    equal(waits.join(" "), "1 2 4", "seconds");
    ok(asking.lookup.result == Result.TIMEOUT, "the result");
  });

  test("RFC 1035 7.2: several servers are asked in turn", () => {
    const asking = new Asking("www.example", 2);
    const wants: string[] = [];
    for (let i = 0; i < 4; i++) {
      wants.push(asking.wants + " for " + ((asking.lookup.due - asking.now) / SECOND).toString());
      asking.wait();
    }
    equal(wants.join(", "), "a datagram to 192.0.2.53 for 1, a datagram to 2001:db8::53 for 1, a datagram to 192.0.2.53 for 2, a datagram to 2001:db8::53 for 2", "what was wanted");
    asking.answer([a("www.example", 1)]);
    equal(asking.lookup.records.length, 1, "records");
  });

  test("RFC 2308 7.1: a server that fails or refuses is not asked again, another one is", () => {
    const asking = new Asking("www.example", 2);
    asking.answer(NOTHING, SERVFAIL);
    equal(asking.wants, "a datagram to 2001:db8::53", "what is wanted");
    asking.answer(NOTHING, REFUSED);
    equal(asking.wants, "nothing", "what is wanted then");
    ok(asking.lookup.result == Result.FAILED, "the result");
    equal<u32>(asking.lookup.ttl, 0, "how long it is kept");
  });

  test("a server that is gone does not take the turns of one that is slow", () => {
    const asking = new Asking("www.example", 2);
    asking.lookup.unreachable(asking.now);
    const wants: string[] = [];
    while (asking.wants != "nothing") {
      wants.push(asking.wants + " for " + ((asking.lookup.due - asking.now) / SECOND).toString());
      asking.wait();
    }
    equal(wants.join(", "), "a datagram to 2001:db8::53 for 1, a datagram to 2001:db8::53 for 2, a datagram to 2001:db8::53 for 4", "what was wanted");
    ok(asking.lookup.result == Result.TIMEOUT, "the result");
    const late = new Asking("www.example", 2).wait();
    late.lookup.unreachable(late.now);
    equal(late.wants, "a datagram to 192.0.2.53", "what is wanted of one that was slow before the other was gone");
    late.answer(NOTHING, SERVFAIL);
    ok(late.lookup.result == Result.FAILED, "the result when it fails");
  });

  test("RFC 6891 7: a server that does not know EDNS is asked without", () => {
    const codes = [FORMERR, NOTIMP];
    for (let i = 0; i < codes.length; i++) {
      const asking = new Asking("www.example");
      ok(asking.hasEdns, "there is no OPT");
      asking.answer(NOTHING, codes[i]);
      equal(asking.wants, "a datagram to 192.0.2.53", "what is wanted");
      ok(!asking.hasEdns, "there is OPT again");
      asking.answer(NOTHING, codes[i]);
      equal(asking.wants, "nothing", "what is wanted the second time");
    }
    const asking = new Asking("www.example");
    const bare = headerOnly(asking.question.id, QR | FORMERR);
    asking.lookup.input(bare.dataStart, bare.length, servers[0], 53, asking.now);
    ok(!asking.hasEdns, "one who only sends a header");
  });

  test("RFC 1034 3.6.2: a name that stands for another is followed, within an answer", () => {
    const asking = new Asking("www.example");
    asking.answer([a("c.example", 3), cname("b.example", "C.example", 30), cname("www.example", "b.example")]);
    equal(asking.records, "c.example. 60 IN A 192.0.2.3", "records");
    equal<u32>(asking.lookup.ttl, 30, "how long it is kept: the least of all");
  });

  test("RFC 1034 3.6.2: and by another question, where the answer has no more", () => {
    const asking = new Asking("www.example");
    asking.answer([cname("www.example", "b.example")]);
    equal(asking.question.question!.key, "\x01b\x07example\0", "the name that is asked for");
    asking.answer([a("b.example", 3)]);
    equal(asking.records, "b.example. 60 IN A 192.0.2.3", "records");
  });

  test("RFC 1034 3.6.2: names that stand for names without end", () => {
    const asking = new Asking("a.example");
    asking.answer([cname("a.example", "b.example"), cname("b.example", "a.example")]);
    ok(asking.lookup.result == Result.FAILED, "the result of a circle");
    const long = new Asking("a.example");
    for (let i = 0; i < 50 && long.wants != "nothing"; i++) long.answer([cname(long.question.question!.toString(), `${i}.example`)]);
    ok(long.lookup.result == Result.FAILED, "the result of many answers");
    const self = new Asking("a.example", 1, RecordType.CNAME);
    self.answer([cname("a.example", "b.example")]);
    equal(self.records, "a.example. 60 IN CNAME b.example.", "who asks for CNAME gets that one");
  });

  test("RFC 2181 5.4.1: what was not asked for is not believed", () => {
    const asking = new Asking("www.example");
    asking.authority = [ns("example", "ns.evil"), a("www.example", 66)];
    asking.additional = [a("www.example", 67)];
    asking.answer([a("www.evil", 66), a("www.example", 1)]);
    equal(asking.records, "www.example. 60 IN A 192.0.2.1", "records");
  });

  test("RFC 2308 2: a name that is not there, and one without such records", () => {
    const missing = new Asking("www.example");
    missing.authority = [soa("example", 900, 300)];
    missing.answer(NOTHING, NXDOMAIN);
    ok(missing.lookup.result == Result.NOT_FOUND, "the result of one that is not there");
    equal<u32>(missing.lookup.ttl, 300, "seconds for which it is kept");
    const other = new Asking("www.example");
    other.authority = [soa("example", 200, 300)];
    other.answer(NOTHING);
    ok(other.lookup.result == Result.OK && other.lookup.records.length == 0, "the result of one without such records");
    equal<u32>(other.lookup.ttl, 200, "seconds: the SOA's own TTL, where that is less");
  });

  test("RFC 2308 5: no SOA, or another zone's, and it is not kept; nor for more than three hours", () => {
    const bare = new Asking("www.example");
    bare.answer(NOTHING, NXDOMAIN);
    equal<u32>(bare.lookup.ttl, 0, "seconds without SOA");
    const other = new Asking("www.example");
    other.authority = [soa("other", 900, 900)];
    other.answer(NOTHING, NXDOMAIN);
    equal<u32>(other.lookup.ttl, 0, "seconds with another zone's");
    const long = new Asking("www.example");
    long.authority = [soa("example", 900_000, 900_000)];
    long.answer(NOTHING, NXDOMAIN);
    equal<u32>(long.lookup.ttl, 10_800, "seconds of a long one");
  });

  test("RFC 2308 2.1: a name that stands for one that is not there", () => {
    const asking = new Asking("www.example");
    asking.authority = [soa("other", 900, 300)];
    asking.answer([cname("www.example", "b.other", 20)], NXDOMAIN);
    ok(asking.lookup.result == Result.NOT_FOUND, "the result");
    equal<u32>(asking.lookup.ttl, 20, "seconds");
  });

  test("RFC 1034 4.3.1: who only names others to ask is no server of ours", () => {
    const asking = new Asking("www.example", 2);
    asking.flags = QR;
    asking.authority = [ns("example", "ns.example")];
    asking.additional = [a("ns.example", 1)];
    asking.answer(NOTHING);
    equal(asking.wants, "a datagram to 2001:db8::53", "what is wanted");
    asking.flags = QR | AA;
    asking.answer(NOTHING);
    ok(asking.lookup.result == Result.OK, "the result of one whose zone it is");
  });

  test("an answer that is not whole, or not of its form, is a failure", () => {
    const asking = new Asking("www.example", 2);
    asking.bring(asking.write(0, [a("www.example", 1)]) - 1);
    equal(asking.wants, "a datagram to 2001:db8::53", "what is wanted");
    asking.answer([new ResourceRecord(asking.question.question!, RecordType.A, 60, [1, 2, 3])]);
    ok(asking.lookup.result == Result.FAILED, "the result");
  });
}
