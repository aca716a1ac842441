// What is asked of files, as in requests.ts: program/htdocs, changed on 2 January 2026, 03:04:05.

import type { Row } from "./requests.ts";

const TAG = '"84d89877f0d4041efb6bf91a16f0248f"';
const CHANGED = "Fri, 02 Jan 2026 03:04:05 GMT";
const BEFORE = "Fri, 02 Jan 2026 03:04:04 GMT";
const ALL = "200 0123456789";
const UNCHANGED = "304 ";
const FAILED = "412 ";

function row(title: string, path: string, fields: string[], answer: string, has: string[] = [], method = "GET"): Row {
  return { title, said: `${method} ${path} HTTP/1.1\r\nHost: a\r\n${fields.map((field) => `${field}\r\n`).join("")}\r\n`, answers: [answer], kept: true, has };
}

/** Ranges of a.txt: what is asked, what comes, and which that is. */
const range = (asked: string, answer: string, is?: string): Row => row(`section 14: ${asked}`, "/a.txt", [`Range: ${asked}`], answer, is ? [`content-range: ${is}`] : []);
const asks = (title: string, fields: string[], answer: string, method?: string): Row => row(title, "/a.txt", fields, answer, [], method);

export const fileRequests: Row[] = [
  row("a file", "/a.txt", [], ALL, ["content-type: text/plain; charset=utf-8", `etag: ${TAG}`, `last-modified: ${CHANGED}`, "accept-ranges: bytes"]),
  row("HEAD", "/a.txt", [], "200 ", ["content-length: 10"], "HEAD"),
  row("a query is not looked at", "/a.txt?b", [], ALL),
  row("a folder is its index", "/", [], "200 index\n", ["content-type: text/html; charset=utf-8"]),
  row("one below too", "/nested/", [], "200 nested\n"),
  row("without a slash behind it, it is sent there", "/nested?a=b", [], "301 ", ["location: /nested/?a=b"]),
  row("bytes", "/nested/deep/x.bin", [], "200 \0\x01\x02", ["content-type: application/octet-stream"]),
  row("%XX stand for bytes", "/gr%C3%B6%c3%9Fe%20&%20co.txt", [], "200 ä"),
  row("nothing there", "/none", [], "404 not here\n", ["content-type: text/html; charset=utf-8"]),
  row("a file is no folder", "/a.txt/", [], "404 not here\n"),
  row("a folder without an index", "/nested/deep/", [], "404 not here\n"),
  row("nothing above", "/nested/../a.txt", [], "404 not here\n"),
  row("nor by %XX", "/%2e%2e/a.txt", [], "404 not here\n"),
  row("what is hidden is not there", "/.hidden", [], "404 not here\n"),
  row("% without digits", "/%4", [], "400 400 Bad Request\n"),
  row("% with others", "/%zz", [], "400 400 Bad Request\n"),
  row("%00", "/a.txt%00", [], "400 400 Bad Request\n"),
  row("what is not read", "/a.txt", [], "405 405 Method Not Allowed\n", ["allow: GET, HEAD"], "DELETE"),
  range("bytes=0-3", "206 0123", "bytes 0-3/10"),
  range("bytes=5-", "206 56789", "bytes 5-9/10"),
  range("bytes=-3", "206 789", "bytes 7-9/10"),
  range("bytes=-30", "206 0123456789", "bytes 0-9/10"),
  range("bytes=9-9", "206 9", "bytes 9-9/10"),
  range("bytes=8-100", "206 89", "bytes 8-9/10"),
  range("bytes=10-", "416 ", "bytes */10"),
  range("bytes=-0", "416 ", "bytes */10"),
  range("bytes=20-30, 40-", "416 ", "bytes */10"),
  range("bytes=20-, 1-2", "206 12", "bytes 1-2/10"),
  range("bytes=3-2", ALL),
  range("bytes=a-b", ALL),
  range("bytes=", ALL),
  range("bytes=-", ALL),
  range("bytes=1", ALL),
  range("bytes=1-2x", ALL),
  range("lines=0-3", ALL),
  range("bytes=99999999999999999999-", ALL),
  range("bytes=0-9,0-9", ALL),
  range(`bytes=${Array.from({ length: 17 }, () => "0-0").join(",")}`, ALL),
  row(
    "section 14.6: two ranges",
    "/a.txt",
    ["Range: bytes=0-1, -2"],
    `206 ${["0-1", "8-9"].map((one) => `\r\n--mirage-wasm-part\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Range: bytes ${one}/10\r\n\r\n${one === "0-1" ? "01" : "89"}`).join("")}\r\n--mirage-wasm-part--\r\n`,
    ["content-type: multipart/byteranges; boundary=mirage-wasm-part"],
  ),
  asks("section 14.2: HEAD has no ranges", ["Range: bytes=0-3"], "200 ", "HEAD"),
  asks("section 13.1.5: a range of the same", ["Range: bytes=0-3", `If-Range: ${TAG}`], "206 0123"),
  asks("section 13.1.5: a range of another", ["Range: bytes=0-3", 'If-Range: "x"'], ALL),
  asks("section 13.1.5: a weak tag is no same", ["Range: bytes=0-3", `If-Range: W/${TAG}`], ALL),
  asks("section 13.1.5: a range of the same date", ["Range: bytes=0-3", `If-Range: ${CHANGED}`], "206 0123"),
  asks("section 13.1.5: a range of another date", ["Range: bytes=0-3", `If-Range: ${BEFORE}`], ALL),
  asks("section 13.1.2: the same tag", [`If-None-Match: ${TAG}`], UNCHANGED),
  asks("section 13.1.2: one of several", [`If-None-Match: "a", ${TAG}`], UNCHANGED),
  asks("section 13.1.2: a weak one", [`If-None-Match: W/${TAG}`], UNCHANGED),
  asks("section 13.1.2: any", ["If-None-Match: *"], UNCHANGED),
  asks("section 13.1.2: another", ['If-None-Match: "a"'], ALL),
  asks("section 13.1.2: HEAD", [`If-None-Match: ${TAG}`], UNCHANGED, "HEAD"),
  asks("section 13.1.3: not since", [`If-Modified-Since: ${CHANGED}`], UNCHANGED),
  asks("section 13.1.3: since", [`If-Modified-Since: ${BEFORE}`], ALL),
  asks("section 13.1.3: no date", ["If-Modified-Since: now"], ALL),
  asks("section 13.1.3: the form of RFC 850", ["If-Modified-Since: Friday, 02-Jan-26 03:04:05 GMT"], UNCHANGED),
  asks("section 13.1.3: the form of asctime", ["If-Modified-Since: Fri Jan  2 03:04:05 2026"], UNCHANGED),
  asks("section 13.1.3: the form of asctime, before", ["If-Modified-Since: Fri Jan  2 03:04:04 2026"], ALL),
  asks("section 13.1.3: a day that there is not", ["If-Modified-Since: Fri, 30 Feb 2026 03:04:05 GMT"], ALL),
  asks("section 13.2.2: a tag goes before a date", ['If-None-Match: "a"', `If-Modified-Since: ${CHANGED}`], ALL),
  asks("section 13.1.1: the same tag is wanted", [`If-Match: ${TAG}`], ALL),
  asks("section 13.1.1: another is wanted", ['If-Match: "a"'], FAILED),
  asks("section 13.1.1: a weak one does not do", [`If-Match: W/${TAG}`], FAILED),
  asks("section 13.1.4: unmodified", [`If-Unmodified-Since: ${CHANGED}`], ALL),
  asks("section 13.1.4: modified", [`If-Unmodified-Since: ${BEFORE}`], FAILED),
];
