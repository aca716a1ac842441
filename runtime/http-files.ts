// Files by HTTP: RFC 9110 sections 13 and 14.

import { File, Files } from "./files";
import { Handler, Request, Response } from "./http";
import { dateOf, dateText } from "./http-date";
import { Range, rangesIn } from "./http-range";
import { decodePath } from "./http-path";

const INDEX: string = "index.html";
const NOT_FOUND: string = "404.html";
const BOUNDARY: string = "mirage-wasm-part";

/** Answers with the file of a request's path, in a folder with its index.html; where there is none, with 404.html. */
export class FileHandler implements Handler {
  constructor(private readonly files: Files) {}

  handle(request: Request, response: Response): void {
    const isRead = request.method == "GET" || request.method == "HEAD";
    if (!isRead) {
      response.status = 405;
      response.set("Allow", "GET, HEAD");
      response.send("405 Method Not Allowed\n");
      return;
    }
    const path = decodePath(request.path);
    if (!path) {
      response.status = 400;
      response.send("400 Bad Request\n");
      return;
    }
    const name = path.substring(1);
    const file = this.files.find(name.length && !name.endsWith("/") ? name : name + INDEX);
    if (file) sendFile(file, request, response);
    else if (name.length && this.files.find(name + "/" + INDEX)) {
      response.status = 301;
      const query = request.query;
      response.set("Location", request.path + "/" + (query.length ? "?" + query : ""));
      response.end();
    } else {
      response.status = 404;
      const other = this.files.find(NOT_FOUND);
      if (other) response.sendBytes(other.bytes, other.type);
      else response.send("404 Not Found\n");
    }
  }
}

/** Answers with a file, or with what of it is asked for. */
export function sendFile(file: File, request: Request, response: Response): void {
  response.set("ETag", file.tag);
  if (file.modified >= 0) response.set("Last-Modified", dateText(file.modified));
  const status = conditionOf(request, file.tag, file.modified);
  if (status) {
    response.status = status;
    response.end();
    return;
  }
  response.set("Accept-Ranges", "bytes");
  const total = file.bytes.length;
  const asked = request.method == "GET" && isSame(request.header("if-range"), file) ? request.header("range") : null;
  const ranges = asked ? rangesIn(asked, total) : null;
  if (!ranges) {
    response.sendBytes(file.bytes, file.type);
    return;
  }
  response.status = ranges.length ? 206 : 416;
  if (ranges.length > 1) return sendParts(file, ranges, response);
  response.set("Content-Range", ranges.length ? ranges[0].text(total) : "bytes */" + total.toString());
  if (ranges.length) response.sendBytes(part(file, ranges[0]), file.type);
  else response.end();
}

/** Section 13.2.2: the status of an answer without a body that the request's conditions make, 304 or 412, or 0. `tag` in quotes. */
export function conditionOf(request: Request, tag: string, modified: i64): i32 {
  const match = request.header("if-match");
  if (match) {
    if (!hasTag(match, tag, false)) return 412;
  } else if (modified >= 0) {
    const since = request.header("if-unmodified-since");
    if (since && dateOf(since) >= 0 && modified > dateOf(since)) return 412;
  }
  const isRead = request.method == "GET" || request.method == "HEAD";
  const none = request.header("if-none-match");
  if (none) return hasTag(none, tag, true) ? (isRead ? 304 : 412) : 0;
  const since = request.header("if-modified-since");
  return isRead && modified >= 0 && since && dateOf(since) >= modified ? 304 : 0;
}

/** Is `tag` in the list? Section 8.8.3.2: a weak one counts where bytes are not put together. */
function hasTag(list: string, tag: string, weak: bool): bool {
  const parts = list.split(",");
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i].trim();
    if (part == "*" || part == tag || (weak && part == "W/" + tag)) return true;
  }
  return false;
}

/** Section 13.1.5: is what the client has a part of the same? */
function isSame(field: string | null, file: File): bool {
  return !field || field == file.tag || (file.modified >= 0 && field == dateText(file.modified));
}

function part(file: File, range: Range): Uint8Array {
  return file.bytes.subarray(<i32>range.from, <i32>(range.from + range.size));
}

/** Section 14.6. */
function sendParts(file: File, ranges: Range[], response: Response): void {
  const end = "\r\n--" + BOUNDARY + "--\r\n";
  const heads = new Array<string>();
  let size: i64 = end.length;
  for (let i = 0; i < ranges.length; i++) {
    const head = "\r\n--" + BOUNDARY + "\r\nContent-Type: " + file.type + "\r\nContent-Range: " + ranges[i].text(file.bytes.length) + "\r\n\r\n";
    heads.push(head);
    size += head.length + ranges[i].size;
  }
  response.set("Content-Type", "multipart/byteranges; boundary=" + BOUNDARY);
  response.length = size;
  for (let i = 0; i < ranges.length; i++) {
    response.writeText(heads[i]);
    response.write(part(file, ranges[i]), <i32>ranges[i].size);
  }
  response.writeText(end);
  response.end();
}
