import { readHex } from "./number";
import { decodeUTF8 } from "./utf8";

/** Text with each %XX (RFC 3986 section 2.1) replaced by its byte, of UTF-8; null when a % is followed by something else, or by 00. */
export function decodePath(text: string): string | null {
  if (text.indexOf("%") < 0) return text;
  const bytes = Uint8Array.wrap(String.UTF8.encode(text));
  let to = 0;
  for (let at = 0; at < bytes.length; at++) {
    let byte = bytes[at];
    if (byte == 0x25) {
      if (at + 2 >= bytes.length) return null;
      const high = readHex(bytes[at + 1]);
      const low = readHex(bytes[at + 2]);
      if (high < 0 || low < 0 || !(high | low)) return null;
      byte = <u8>((high << 4) | low);
      at += 2;
    }
    bytes[to++] = byte;
  }
  return decodeUTF8(bytes.dataStart, to);
}
