// Messages of the DNS: RFC 1035 section 4.1, and EDNS (RFC 6891).

// ╒════════ header ════════╕
// │  0  id                 │
// │  2  flags              │
// │  4  questions          │
// │  6  answers            │
// │  8  authority          │
// │ 10  additional         │
// │ 12  question           │
// ╘════════════════════════╛
export const FLAGS: usize = 2;
export const COUNTS: usize = 4;
export const HEADER: i32 = 12;

/** Flags: a response, the server's own data, cut off, recursion wanted and to be had. */
export const QR: u32 = 0x8000;
export const AA: u32 = 0x0400;
export const TC: u32 = 0x0200;
export const RD: u32 = 0x0100;
export const RA: u32 = 0x0080;
export const OPCODE: u32 = 0x7800;
/** What went wrong stands in the last four bits (section 4.1.1), with EDNS in twelve (RFC 6891 section 6.1.3). */
export const RCODE: u32 = 0x000f;
export const NOERROR: u32 = 0;
export const FORMERR: u32 = 1;
export const SERVFAIL: u32 = 2;
export const NXDOMAIN: u32 = 3;
export const NOTIMP: u32 = 4;
export const REFUSED: u32 = 5;
export const BADVERS: u32 = 16;

export const IN: u32 = 1;
/** Of questions: all classes, and all types. */
export const ANY: u32 = 255;
/** The pseudo-record of EDNS (RFC 6891 section 6.1.1). */
export const OPT: i32 = 41;

/** Where servers listen. */
export const PORT: u16 = 53;
/** Without EDNS a datagram has no more bytes (section 2.3.4). */
export const LEAST_UDP: i32 = 512;
/** And with it no more than what passes every link whole: 1,280 bytes without the headers of IPv6 and UDP. */
export const MOST_UDP: i32 = 1232;
/** Over TCP, a message stands behind its length (section 4.2.2). */
export const MOST_TCP: i32 = 65535;

/** Sections of records. */
export enum Section {
  ANSWER = 1,
  AUTHORITY = 2,
  ADDITIONAL = 3,
}
