// What a server says that is in charge of zones (RFC 1034 section 4.3.2): a message comes, and another goes back. It knows no thread,
// clock or device.

import { DomainName } from "mirage-wasm/domain-name";
import { get16 } from "mirage-wasm/drivers/net/bytes";
import { Counter } from "mirage-wasm/metrics";
import { formOf, RecordType, ResourceRecord } from "mirage-wasm/resource-record";
import { AA, ANY, BADVERS, FORMERR, FLAGS, HEADER, IN, LEAST_UDP, MOST_TCP, MOST_UDP, NOERROR, NOTIMP, NXDOMAIN, OPCODE, OPT, QR, RCODE, RD, REFUSED, Section, TC } from "./message";
import { Reader } from "./reader";
import { Tree } from "./tree";
import { Writer } from "./writer";

/** The type that is the business of who is above a cut (RFC 4035 section 3.1.4.1). */
const DS: i32 = 43;
/** Types that are asked for and no record has (RFC 6895 section 3.1): whole zones and such, then all types. */
const FIRST_META: i32 = 249;
const ANY_TYPE: i32 = 255;

const queriesCount = new Counter("dns-server.queries");
const malformedCount = new Counter("dns-server.malformed");
const refusedCount = new Counter("dns-server.refused");
const missingCount = new Counter("dns-server.no-such-name");
const truncatedCount = new Counter("dns-server.truncated");

export class Authority {
  private readonly trees: Tree[] = [];
  private readonly reader: Reader = new Reader();
  private readonly writer: Writer = new Writer();
  private flags: u32 = 0;
  private hasEdns: bool = false;
  /** Where something that has to be in the answer had no room. */
  private isCut: bool = false;
  /** The keys of names that stand for others, in the answer that is written. */
  private readonly links: string[] = [];

  /** The records of a zone (`mirage-wasm/zone`) are its business from now on. */
  add(records: ResourceRecord[]): void {
    this.trees.push(new Tree(records));
  }

  /** Writes the answer to a datagram to `reply`, which has room for `MOST_UDP` bytes. Returns its size; 0: there is none to such a message. */
  answerDatagram(message: usize, size: i32, reply: usize): i32 {
    return this.answer(message, size, reply, LEAST_UDP, MOST_UDP);
  }

  /** The same over TCP: `reply` has room for `MOST_TCP` bytes. */
  answerStream(message: usize, size: i32, reply: usize): i32 {
    return this.answer(message, size, reply, MOST_TCP, MOST_TCP);
  }

  /** `least` bytes may go back, and with EDNS as many as it says, up to `most`. */
  private answer(message: usize, size: i32, reply: usize, least: i32, most: i32): i32 {
    const reader = this.reader;
    // Nobody answers an answer.
    if (size < HEADER || get16(message + FLAGS) & QR) {
      malformedCount.add();
      return 0;
    }
    queriesCount.add();
    this.hasEdns = false;
    this.isCut = false;
    const isRead = reader.open(message, size);
    this.flags = QR | (reader.flags & (OPCODE | RD));
    let room = least;
    let code = reader.opcode ? NOTIMP : isRead && reader.question ? NOERROR : FORMERR;
    // The question is behind the header, but what is behind that may be anything.
    while (isRead && reader.next()) {
      if (reader.type != OPT || reader.section != Section.ADDITIONAL) continue;
      if (this.hasEdns) code = FORMERR;
      this.hasEdns = true;
      room = max(least, min(<i32>reader.class, most));
      // RFC 6891 section 6.1.3: there is version 0 only.
      if ((reader.rawTtl >> 16) & 0xff) code = BADVERS;
    }
    if (isRead && !reader.isWhole) code = FORMERR;
    this.begin(reply, room);
    if (code == NOERROR) code = this.resolve(reader.question!, reader.questionType, reader.questionClass);
    if (this.isCut) {
      truncatedCount.add();
      this.begin(reply, room);
      this.flags |= TC;
    }
    if (code == FORMERR) malformedCount.add();
    if (code == REFUSED) refusedCount.add();
    if (code == NXDOMAIN) missingCount.add();
    this.writer.flags = this.flags | (code & RCODE);
    if (this.hasEdns) this.writer.opt(code >> 4);
    return this.writer.size;
  }

  private begin(reply: usize, room: i32): void {
    const question = this.reader.question;
    this.writer.begin(reply, room, this.reader.id, this.flags);
    if (question) this.writer.question(question, this.reader.questionType, this.reader.questionClass);
    if (this.hasEdns) this.writer.reserve();
  }

  /** Says all that there is about a name. Returns what went wrong. */
  private resolve(name: DomainName, type: i32, inClass: u32): u32 {
    if (type >= FIRST_META && type < ANY_TYPE) return REFUSED;
    let tree = this.treeOf(name, type);
    if (!tree || (inClass != IN && inClass != ANY)) return REFUSED;
    this.links.length = 0;
    while (tree) {
      tree.search(name, type == DS);
      if (tree.referral.length) {
        this.refer(tree, tree.referral);
        break;
      }
      this.flags |= AA;
      const found = tree.found;
      if (!found) {
        this.deny(tree);
        return NXDOMAIN;
      }
      const records = type == ANY_TYPE ? found.some : found.of(type);
      const aliases = found.of(RecordType.CNAME);
      if (records.length || !aliases.length) {
        this.write(Section.ANSWER, name, records);
        if (records.length) this.help(records);
        else this.deny(tree);
        break;
      }
      this.write(Section.ANSWER, name, aliases);
      this.links.push(name.key);
      name = new DomainName(aliases[0].data);
      // In a circle there is no more to say, and where others are in charge who asks goes on by himself.
      tree = this.links.includes(name.key) ? null : this.treeOf(name, type);
    }
    return NOERROR;
  }

  /** The zone that a name is in, or the one above it. */
  private treeOf(name: DomainName, type: i32): Tree | null {
    const above = type == DS && !name.isRoot ? this.nearest(name.parent) : null;
    return above ? above : this.nearest(name);
  }

  private nearest(name: DomainName): Tree | null {
    let found: Tree | null = null;
    let longest = 0;
    for (let i = 0; i < this.trees.length; i++) {
      const tree = this.trees[i];
      const length = tree.origin.bytes.length;
      if (length <= longest || !name.isWithin(tree.origin)) continue;
      found = tree;
      longest = length;
    }
    return found;
  }

  /** Others are in charge. Addresses of theirs that only they could tell have to go along (RFC 9471). */
  private refer(tree: Tree, servers: ResourceRecord[]): void {
    const cut = servers[0].name;
    this.write(Section.AUTHORITY, cut, servers);
    for (let i = 0; i < servers.length; i++) {
      const server = new DomainName(servers[i].data);
      if (server.isWithin(tree.origin)) this.addresses(tree, server, server.isWithin(cut));
    }
  }

  /** There is nothing, for as long as the zone says (RFC 2308 section 3). */
  private deny(tree: Tree): void {
    const soa = tree.soa;
    const minimum = bswap<u32>(load<u32>(changetype<usize>(soa.data) + soa.data.length - 4));
    this.write(Section.AUTHORITY, soa.name, [new ResourceRecord(soa.name, soa.type, min(soa.ttl, minimum), soa.data)]);
  }

  /** The addresses of what these records name, where they are known here and there is room. */
  private help(records: ResourceRecord[]): void {
    const type = records[0].type;
    if (type != RecordType.NS && type != RecordType.MX && type != RecordType.SRV) return;
    // In front of the name stand two bytes for each number.
    const from = formOf(type).indexOf("n") * 2;
    for (let i = 0; i < records.length; i++) {
      const name = new DomainName(records[i].data.slice<StaticArray<u8>>(from));
      const tree = this.nearest(name);
      if (tree) this.addresses(tree, name, false);
    }
  }

  private addresses(tree: Tree, name: DomainName, isNeeded: bool): void {
    const before = this.isCut;
    this.write(Section.ADDITIONAL, name, tree.at(name, RecordType.A));
    this.write(Section.ADDITIONAL, name, tree.at(name, RecordType.AAAA));
    if (!isNeeded) this.isCut = before;
  }

  /** Writes records as those of `owner`: all that have room. */
  private write(section: Section, owner: DomainName, records: ResourceRecord[]): void {
    for (let i = 0; i < records.length; i++) if (!this.writer.record(section, owner, records[i])) this.isCut = true;
  }
}
