// UTF-8 to UTF-16. What is no UTF-8 becomes U+FFFD, one for each maximal part of a sequence (Unicode 15, section 3.9,
// table 3-7 and "U+FFFD Substitution of Maximal Subparts").

/** The text of `length` bytes at `bytes`. */
export function decodeUTF8(bytes: usize, length: i32): string {
  // A byte is never more than one unit.
  const text = changetype<string>(__new(<usize>length << 1, idof<string>()));
  const units = changetype<usize>(text);
  const end = bytes + length;
  let to = units;
  while (bytes < end) {
    let point = <u32>load<u8>(bytes++);
    if (point >= 0x80) {
      let left = 0;
      // The range of the next byte: narrower after some leads, which shuts out overlong forms, surrogates and > U+10FFFF.
      let low: u32 = 0x80;
      let high: u32 = 0xbf;
      if (point >= 0xc2 && point <= 0xdf) {
        left = 1;
        point &= 0x1f;
      } else if (point >= 0xe0 && point <= 0xef) {
        left = 2;
        if (point == 0xe0) low = 0xa0;
        if (point == 0xed) high = 0x9f;
        point &= 0x0f;
      } else if (point >= 0xf0 && point <= 0xf4) {
        left = 3;
        if (point == 0xf0) low = 0x90;
        if (point == 0xf4) high = 0x8f;
        point &= 0x07;
      } else {
        point = 0xfffd;
      }
      while (left) {
        const next = bytes < end ? <u32>load<u8>(bytes) : 0;
        if (next < low || next > high) {
          point = 0xfffd;
          break;
        }
        bytes++;
        point = (point << 6) | (next & 0x3f);
        low = 0x80;
        high = 0xbf;
        left--;
      }
      if (point >= 0x10000) {
        store<u16>(to, 0xd7c0 + (point >> 10));
        to += 2;
        point = 0xdc00 | (point & 0x3ff);
      }
    }
    store<u16>(to, point);
    to += 2;
  }
  return changetype<string>(__renew(units, to - units));
}
