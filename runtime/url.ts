// Addresses of HTTP: RFC 3986, RFC 9110 section 4.2.

import { digits, parsed, readDecimal } from "./number";

const HTTP: string = "http://";
const HTTPS: string = "https://";

/** Where something is: `http://host:port/path?query`. */
export class Url {
  constructor(
    readonly isSecure: bool,
    /** A name, or an address, without brackets. */
    readonly host: string,
    readonly port: u16,
    /** With its query. */
    readonly path: string,
  ) {}

  /** Null: it is none, or of another scheme. What stands behind # is left out, and no user is known. */
  static parse(text: string): Url | null {
    const isSecure = text.substring(0, HTTPS.length).toLowerCase() == HTTPS;
    if (!isSecure && text.substring(0, HTTP.length).toLowerCase() != HTTP) return null;
    const from = isSecure ? HTTPS.length : HTTP.length;
    const end = endOf(text, from, "/?#");
    let host = text.substring(from, end);
    let port: u16 = isSecure ? 443 : 80;
    const colon = host.lastIndexOf(":");
    if (colon > host.lastIndexOf("]")) {
      const said = host.substring(colon + 1);
      if (readDecimal(said, 0) != said.length || digits > 5 || parsed > 65_535) return null;
      if (digits) port = <u16>parsed;
      host = host.substring(0, colon);
    }
    if (host.startsWith("[") && host.endsWith("]")) host = host.substring(1, host.length - 1);
    if (!host.length || !isClean(host)) return null;
    const path = encoded(text.substring(end, endOf(text, end, "#")));
    return new Url(isSecure, host, port, withoutDots(path.startsWith("/") ? path : "/" + path));
  }

  /** Section 5.2: what `text` means where it stands in what is here. */
  resolve(text: string): Url | null {
    const colon = text.indexOf(":");
    if (colon >= 0 && colon < endOf(text, 0, "/?#")) return Url.parse(text);
    if (text.startsWith("//")) return Url.parse((this.isSecure ? "https:" : "http:") + text);
    const own = this.path.substring(0, endOf(this.path, 0, "?"));
    let path = encoded(text.substring(0, endOf(text, 0, "#")));
    if (!path.length) path = this.path;
    else if (path.startsWith("?")) path = own + path;
    else if (!path.startsWith("/")) path = own.substring(0, own.lastIndexOf("/") + 1) + path;
    return new Url(this.isSecure, this.host, this.port, withoutDots(path));
  }

  /** As in the field Host: the port where it is not the scheme's. */
  get authority(): string {
    const host = this.host.includes(":") ? "[" + this.host + "]" : this.host;
    return this.port == (this.isSecure ? 443 : 80) ? host : host + ":" + this.port.toString();
  }

  toString(): string {
    return (this.isSecure ? HTTPS : HTTP) + this.authority + this.path;
  }
}

/** The place of the first of these characters from `at` on, or the end. */
function endOf(text: string, at: i32, characters: string): i32 {
  while (at < text.length && !characters.includes(text.charAt(at))) at++;
  return at;
}

/** Is it a host: no spaces, controls, or signs that mean something? */
function isClean(host: string): bool {
  for (let i = 0; i < host.length; i++) {
    const unit = host.charCodeAt(i);
    if (unit <= 0x20 || unit >= 0x7f || '"#%/<>?@[\\]^`{|}'.includes(host.charAt(i))) return false;
  }
  return true;
}

/** Each byte that no target may have as %XX. */
function encoded(text: string): string {
  let isRight = true;
  for (let i = 0; i < text.length; i++) if (isWrong(text.charCodeAt(i))) isRight = false;
  if (isRight) return text;
  const bytes = Uint8Array.wrap(String.UTF8.encode(text));
  let all = "";
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i];
    all += isWrong(byte) ? "%" + (byte < 16 ? "0" : "") + byte.toString(16).toUpperCase() : String.fromCharCode(byte);
  }
  return all;
}

function isWrong(unit: i32): bool {
  return unit <= 0x20 || unit >= 0x7f || unit == 0x22 || unit == 0x3c || unit == 0x3e;
}

/** Section 5.2.4: `/a/./b/../c` is `/a/c`. */
function withoutDots(path: string): string {
  const end = endOf(path, 0, "?");
  const parts = path.substring(1, end).split("/");
  const kept = new Array<string>();
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i];
    const isDots = part == "." || part == "..";
    if (part == ".." && kept.length) kept.pop();
    if (!isDots) kept.push(part);
    else if (i == parts.length - 1) kept.push("");
  }
  return "/" + kept.join("/") + path.substring(end);
}
