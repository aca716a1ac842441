// What clients say, and what is answered: the statuses with the bodies, and whether the connection is then kept or closed. "~": a
// body is there, whatever it says. Fields of the answer are looked at where `has` names some.

export interface Row {
  title: string;
  /** Each character is a byte. */
  said: string;
  answers: string[];
  kept: boolean;
  /** Fields of the last answer, as `name: value`. */
  has?: string[];
  hasNot?: string[];
  /** The client does not end, but says nothing any more. */
  silent?: true;
}

const HOST = "Host: a\r\n";
const HELLO = "200 hello\n";
const NOTHING = "404 nothing there\n";

function row(title: string, said: string, answers: string[], kept = true, more: Partial<Row> = {}): Row {
  return { title, said, answers, kept, ...more };
}

/** A request of one line and these fields, behind Host. */
const ask = (start: string, fields = "", body = ""): string => `${start} HTTP/1.1\r\n${HOST}${fields}\r\n${body}`;
const post = (fields: string, body = "", path = "/text"): string => ask(`POST ${path}`, fields, body);
const chunked = (body: string, path = "/text", fields = ""): string => post(`Transfer-Encoding: chunked\r\n${fields}`, body, path);
const next = ask("GET /");

/** Of requests that are refused: one status, and an end. What follows is not looked at. */
function refused(status: number, rows: Record<string, string>): Row[] {
  return Object.entries(rows).map(([title, said]) => row(`${status}: ${title}`, said, [`${status} ~`], false, { has: ["connection: close"] }));
}

/** What `/text` answers, and that the next request is seen where it begins. */
function bodies(rows: Record<string, [said: string, text: string]>): Row[] {
  return Object.entries(rows).map(([title, [said, text]]) => row(title, said + next, [`200 ${text}`, HELLO]));
}

const line = (length: number): string => "a".repeat(length);
const fields = (count: number): string => Array.from({ length: count }, (_, index) => `X-${index}: 1\r\n`).join("");

export const requests: Row[] = [
  // RFC 9112 section 3: request lines.
  row("GET", ask("GET /"), [HELLO], true, { has: ["content-length: 6", "content-type: text/plain; charset=utf-8", "date: Thu, 01 Jan 1970 00:00:00 GMT"], hasNot: ["connection"] }),
  row("nothing there", ask("GET /none"), [NOTHING]),
  row("a path and a query", ask("GET /request?a=1&b=%20?"), ["200 GET a /request [a=1&b=%20?] 0\nHost=a\nnone"]),
  row("an empty query", ask("GET /request?"), ["200 GET a /request [] 0\nHost=a\nnone"]),
  row("any method that is a token", ask("M-SEARCH /request"), ["200 M-SEARCH a /request [] 0\nHost=a\nnone"]),
  row("methods have upper and lower case", ask("get /request"), ["200 get a /request [] 0\nHost=a\nnone"]),
  row("a method of 32", ask(`${line(32)} /`), [HELLO]),
  row("OPTIONS of everything", ask("OPTIONS *"), [NOTHING]),
  row("a path of other characters", ask("GET /a|b{c}\\d^e`f'(g)*,;=:@$!~[]"), [NOTHING]),
  row("absolute: its host counts", `GET http://b:80/request?x HTTP/1.1\r\n${HOST}\r\n`, ["200 GET b:80 /request [x] 0\nHost=a\nnone"]),
  row("absolute: its host counts behind the field's too", `GET HTTP://b/request HTTP/1.1\r\n${HOST}\r\n`, ["200 GET b /request [] 0\nHost=a\nnone"]),
  row("absolute: https", `GET https://b/request HTTP/1.1\r\n${HOST}\r\n`, ["200 GET b /request [] 0\nHost=a\nnone"]),
  row("absolute: without a path", `GET http://b HTTP/1.1\r\n${HOST}\r\n`, [HELLO]),
  row("absolute: a query without a path", `GET http://b?x HTTP/1.1\r\n${HOST}\r\n`, [HELLO]),
  row("an address of IPv6 as host", "GET /request HTTP/1.1\r\nHost: [::1]:80\r\n\r\n", ["200 GET [::1]:80 /request [] 0\nHost=[::1]:80\nnone"]),
  row("an empty host", "GET /request HTTP/1.1\r\nHost:\r\n\r\n", ["200 GET  /request [] 0\nHost=\nnone"]),
  row("section 2.2: empty lines before it", `\r\n\r\n${next}\r\n${next}`, [HELLO, HELLO]),
  row("section 2.2: empty lines between, and no request", `${next}\r\n\r\n`, [HELLO]),
  row("a target of 8000", ask(`GET /${line(7999)}`), [NOTHING]),
  ...refused(400, {
    "two spaces behind the method": `GET  / HTTP/1.1\r\n${HOST}\r\n`,
    "two spaces before the version": `GET /  HTTP/1.1\r\n${HOST}\r\n`,
    "a tab": `GET\t/ HTTP/1.1\r\n${HOST}\r\n`,
    "a space before the method": ` GET / HTTP/1.1\r\n${HOST}\r\n`,
    "a space behind the version": `GET / HTTP/1.1 \r\n${HOST}\r\n`,
    "no target": `GET HTTP/1.1\r\n${HOST}\r\n`,
    "no version": `GET /\r\n${HOST}\r\n`,
    "HTTP/0.9": "GET /\r\n\r\n",
    "a method that is no token": `G(T / HTTP/1.1\r\n${HOST}\r\n`,
    "a version without a minor": `GET / HTTP/1\r\n${HOST}\r\n`,
    "a version of more digits": `GET / HTTP/1.10\r\n${HOST}\r\n`,
    "another protocol": `GET / ICY/1.1\r\n${HOST}\r\n`,
    "a version in lower case": `GET / http/1.1\r\n${HOST}\r\n`,
    "a comma in the version": `GET / HTTP/1,1\r\n${HOST}\r\n`,
    "a fragment": ask("GET /a#b"),
    "a space in the path": ask("GET /a b"),
    "a byte above ASCII in the path": ask("GET /\xe4"),
    "a NUL in the path": ask("GET /\0"),
    "a DEL in the path": ask("GET /\x7f"),
    "a quote in the path": ask('GET /"'),
    "a path that does not begin with a slash": ask("GET a"),
    "everything, but for OPTIONS": ask("GET *"),
    "absolute, of another scheme": ask("GET ftp://b/"),
    "absolute, without a host": ask("GET http:///"),
    "absolute, with a user": ask("GET http://a@b/"),
    "absolute, without slashes": ask("GET http:b"),
    "a bare LF behind the request line": `GET / HTTP/1.1\n${HOST}\r\n`,
    "a bare CR in the request line": `GET /\rHTTP/1.1\r\n${HOST}\r\n`,
    "a CR more": `GET / HTTP/1.1\r\r\n${HOST}\r\n`,
    "TLS": "\x16\x03\x01\x02\0\x01\0",
    "another protocol's greeting": "\0\0\0\0",
    "a bare LF before it": `\n${next}`,
    "many empty lines": `${"\r\n".repeat(5)}${next}`,
    "the preface of HTTP/2, cut": "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".replace("PRI *", "PRI /a b"),
  }),
  ...refused(505, {
    "the preface of HTTP/2": "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "HTTP/3.0": `GET / HTTP/3.0\r\n${HOST}\r\n`,
    "HTTP/0.9, said": `GET / HTTP/0.9\r\n${HOST}\r\n`,
  }),
  ...refused(501, {
    "a method that is too long": ask(`${line(33)} /`),
    "a method without an end": line(9000),
    "CONNECT": "CONNECT b:443 HTTP/1.1\r\nHost: b:443\r\n\r\n",
  }),
  ...refused(414, {
    "a target that is too long": ask(`GET /${line(8192)}`),
    "a target without an end": `GET /${line(10_000)}`,
  }),
  row("HTTP/1.2 is spoken as 1.1", `GET / HTTP/1.2\r\n${HOST}\r\n`, [HELLO]),

  // RFC 9112 section 5: fields.
  row("names in letters of either case, values without spaces around", ask("GET /request", "x-FIELD: \t one \t\r\n"), ["200 GET a /request [] 0\nHost=a\nx-FIELD=one\none"]),
  row("no space behind the colon", ask("GET /request", "X-Field:one\r\n"), ["200 GET a /request [] 0\nHost=a\nX-Field=one\none"]),
  row("an empty value", ask("GET /request", "X-Field:\r\n"), ["200 GET a /request [] 0\nHost=a\nX-Field=\n"]),
  row("only spaces", ask("GET /request", "X-Field:  \t \r\n"), ["200 GET a /request [] 0\nHost=a\nX-Field=\n"]),
  row("several lines of one name", ask("GET /request", "X-Field: 1\r\nX-Field: 2, 3\r\n"), ["200 GET a /request [] 0\nHost=a\nX-Field=1\nX-Field=2, 3\n1, 2, 3"]),
  row("colons, tabs and bytes above ASCII in a value", ask("GET /request", "X-Field: a:b\tc\xc3\xa4\r\n"), ["200 GET a /request [] 0\nHost=a\nX-Field=a:b\tcä\na:b\tcä"]),
  row("a name of all that tokens are made of", ask("GET /", "!#$%&'*+-.^_`|~09azAZ: 1\r\n"), [HELLO]),
  row("100 fields", ask("GET /", fields(99)), [HELLO]),
  row("a head of nearly 16 kB", ask("GET /", `X: ${line(16_000)}\r\n`), [HELLO]),
  row("Upgrade is not heard", ask("GET /", "Connection: Upgrade\r\nUpgrade: websocket\r\n"), [HELLO]),
  ...refused(400, {
    "section 5.1: a space before the colon": ask("GET /", "X : 1\r\n"),
    "section 5.1: a tab before the colon": ask("GET /", "X\t: 1\r\n"),
    "section 5.2: a line that goes on": ask("GET /", "X: 1\r\n 2\r\n"),
    "section 5.2: one that goes on by a tab": ask("GET /", "X: 1\r\n\t2\r\n"),
    "section 2.2: a space before the first field": `GET / HTTP/1.1\r\n ${HOST}\r\n`,
    "a line without a colon": ask("GET /", "X\r\n"),
    "no name": ask("GET /", ": 1\r\n"),
    "a name that is no token": ask("GET /", "X(Y): 1\r\n"),
    "a name with a byte above ASCII": ask("GET /", "X\xe4: 1\r\n"),
    "a NUL in a name": ask("GET /", "X\0: 1\r\n"),
    "a NUL in a value": ask("GET /", "X: a\0b\r\n"),
    "a bare CR in a value": ask("GET /", "X: a\rY: b\r\n"),
    "a bare LF between fields": ask("GET /", "X: a\nY: b\r\n"),
    "a DEL in a value": ask("GET /", "X: \x7f\r\n"),
    "an escape in a value": ask("GET /", "X: \x1b\r\n"),
    "a bare LF at the end": `GET / HTTP/1.1\r\n${HOST}\n`,
    "section 3.2: no Host": "GET / HTTP/1.1\r\n\r\n",
    "section 3.2: two Hosts": ask("GET /", "Host: b\r\n"),
    "section 3.2: the same Host twice": ask("GET /", HOST),
    "section 3.2: a Host with a path": "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n",
    "section 3.2: a Host with a user": "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n",
    "section 3.2: a Host of two words": "GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
    "two Hosts in 1.0": `GET / HTTP/1.0\r\n${HOST}${HOST}\r\n`,
    "absolute, without Host": "GET http://b/ HTTP/1.1\r\n\r\n",
  }),
  ...refused(431, {
    "101 fields": ask("GET /", fields(100)),
    "a head that is too large": ask("GET /", `X: ${line(17_000)}\r\n`),
    "many fields that are too large together": ask("GET /", `X: ${line(900)}\r\n`.repeat(20)),
    "a field without an end": `GET / HTTP/1.1\r\nX: ${line(20_000)}`,
  }),

  // RFC 9112 section 6: bodies.
  ...bodies({
    "no body": [post(""), ""],
    "a body of length 0": [post("Content-Length: 0\r\n"), ""],
    "a body": [post("Content-Length: 5\r\n", "12345"), "12345"],
    "a body of GET": [ask("GET /text", "Content-Length: 5\r\n", "12345"), "12345"],
    "a body that looks like a request": [post("Content-Length: 18\r\n", "GET / HTTP/1.1\r\n\r\n"), "GET / HTTP/1.1\r\n\r\n"],
    "leading zeros of a length": [post("Content-Length: 005\r\n", "12345"), "12345"],
    "a body that is longer than its reader wants": [post("Content-Length: 25\r\n", line(25)), "none"],
    "chunks": [chunked("5\r\n12345\r\n3\r\n678\r\n0\r\n\r\n"), "12345678"],
    "no chunk but the last": [chunked("0\r\n\r\n"), ""],
    "several zeros": [chunked("1\r\na\r\n000\r\n\r\n"), "a"],
    "a size with zeros before it, and in letters of either case": [chunked("000a\r\n0123456789\r\n0A\r\n0123456789\r\n0\r\n\r\n"), "01234567890123456789"],
    "extensions of chunks": [chunked('5;a\r\n12345\r\n1;b=c;d="e;f"\r\n6\r\n0;x\r\n\r\n'), "123456"],
    "spaces before an extension": [chunked("1 \t;a\r\n1\r\n0\r\n\r\n"), "1"],
    "a trailer": [chunked("1\r\n1\r\n0\r\nX-A: 1\r\nX-B:2\r\n\r\n"), "1"],
    "chunked in letters of either case": [post("transfer-encoding:  Chunked \r\n", "1\r\n1\r\n0\r\n\r\n"), "1"],
    "line ends inside a chunk": [chunked("4\r\n\r\n\r\n\r\n0\r\n\r\n"), "\r\n\r\n"],
    "chunks that are longer than their reader wants": [chunked(`19\r\n${line(25)}\r\n0\r\n\r\n`), "none"],
  }),
  row("a body of some kB", post("Content-Length: 9000\r\n", line(9000), "/echo") + next, [`200 ${line(9000)}`, HELLO]),
  row("chunks of some kB", chunked(`bb8\r\n${line(3000)}\r\n`.repeat(3) + "0\r\n\r\n", "/echo") + next, [`200 ${line(9000)}`, HELLO]),
  row("a body that nobody reads", post("Content-Length: 5\r\n", "12345", "/") + next, [HELLO, HELLO]),
  row("chunks that nobody reads", chunked("5\r\n12345\r\n0\r\n\r\n", "/") + next, [HELLO, HELLO]),
  row("a long body that nobody reads ends the connection", post("Content-Length: 90000\r\n", line(90_000), "/") + next, [HELLO], false, { has: ["connection: close"] }),
  row("a body that is not sent to its end", post("Content-Length: 5\r\n", "123"), ["400 ~"], true),
  row("chunks that are not sent to their end", chunked("5\r\n123"), ["400 ~"], true),
  ...refused(400, {
    "section 6.3: length and chunks": post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
    "section 6.3: chunks and length": post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n"),
    "section 6.3: two lengths": post("Content-Length: 5\r\nContent-Length: 6\r\n", "123456"),
    "section 6.3: the same length twice": post("Content-Length: 5\r\nContent-Length: 5\r\n", "12345"),
    "section 6.3: a list of lengths": post("Content-Length: 5, 5\r\n", "12345"),
    "a length with a sign": post("Content-Length: +5\r\n", "12345"),
    "a negative length": post("Content-Length: -5\r\n", "12345"),
    "a length in hexadecimal": post("Content-Length: 0x5\r\n", "12345"),
    "an empty length": post("Content-Length:\r\n", "12345"),
    "a length with a space in it": post("Content-Length: 1 2\r\n", "12345"),
    "a length with a fraction": post("Content-Length: 5.0\r\n", "12345"),
    "a length that is a word": post("Content-Length: five\r\n", "12345"),
    "a space before the length's colon": post("Content-Length : 5\r\n", "12345"),
    "section 6.1: a coding that is not chunked": post("Transfer-Encoding: gzip\r\n"),
    "section 6.1: identity": post("Transfer-Encoding: identity\r\n"),
    "section 6.1: chunked is not the last": post("Transfer-Encoding: chunked, gzip\r\n"),
    "section 6.1: chunked twice": post("Transfer-Encoding: chunked, chunked\r\n"),
    "section 6.1: chunked on two lines": post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"),
    "section 6.1: chunked with a parameter": post("Transfer-Encoding: chunked;q=1\r\n"),
    "section 6.1: nearly chunked": post("Transfer-Encoding: xchunked\r\n"),
    "section 6.1: chunked in quotes": post('Transfer-Encoding: "chunked"\r\n'),
    "section 6.1: chunked behind a control character": post("Transfer-Encoding: \x0bchunked\r\n"),
    "section 6.1: chunked, and an end of the list": post("Transfer-Encoding: chunked,\r\n"),
    "section 6.1: an empty coding": post("Transfer-Encoding:\r\n"),
    "section 6.1: chunks in 1.0": `POST /text HTTP/1.0\r\n${HOST}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    "a size that is no number": chunked("x\r\n"),
    "a size with a sign": chunked("+1\r\na\r\n0\r\n\r\n"),
    "a negative size": chunked("-1\r\na\r\n0\r\n\r\n"),
    "a size that begins with 0x": chunked("0x1\r\na\r\n0\r\n\r\n"),
    "no size": chunked("\r\n"),
    "an extension without a size": chunked(";a\r\n"),
    "a size of 16 digits": chunked("1000000000000000\r\na"),
    "a size of zeros": chunked(`${"0".repeat(16)}1\r\na\r\n0\r\n\r\n`),
    "a space behind a size": chunked("1 \r\na\r\n0\r\n\r\n"),
    "a space before a size": chunked(" 1\r\na\r\n0\r\n\r\n"),
    "a bare LF behind a size": chunked("1\na\r\n0\r\n\r\n"),
    "a bare CR behind a size": chunked("1\ra\r\n0\r\n\r\n"),
    "a bare LF in an extension": chunked("1;a\nb\r\na\r\n0\r\n\r\n"),
    "a NUL in an extension": chunked("1;\0\r\na\r\n0\r\n\r\n"),
    "an extension without an end": chunked(`1;${line(9000)}`),
    "a chunk that is longer than its size": chunked("1\r\nab\r\n0\r\n\r\n"),
    "a bare LF behind a chunk": chunked("1\r\na\n0\r\n\r\n"),
    "a trailer that goes on": chunked("0\r\nA: 1\r\n 2\r\n\r\n"),
    "a trailer with a space before its colon": chunked("0\r\nA : 1\r\n\r\n"),
    "a trailer with a NUL": chunked("0\r\nA: \0\r\n\r\n"),
    "a trailer with a bare LF": chunked("0\r\nA: 1\n\r\n"),
    "a trailer that is too long": chunked(`0\r\n${`A: ${line(1000)}\r\n`.repeat(9)}\r\n`),
    "a bare LF at the end of chunks": chunked("0\r\n\n"),
  }),
  ...refused(501, {
    "section 6.1: another coding under the chunks": post("Transfer-Encoding: gzip, chunked\r\n"),
    "section 6.1: an unknown one": post("Transfer-Encoding: x-own ,\tchunked\r\n"),
  }),
  ...refused(413, {
    "a length above the limit": post("Content-Length: 100001\r\n", line(100)),
    "a length of many digits": post(`Content-Length: ${"9".repeat(30)}\r\n`, line(100)),
    "chunks above the limit": chunked(`186a1\r\n${line(100_001)}\r\n`, "/limit"),
  }),
  ...refused(411, {
    "POST of 1.0 without a length": `POST /text HTTP/1.0\r\n${HOST}\r\n`,
    "PUT of 1.0 without a length": `PUT /text HTTP/1.0\r\n${HOST}\r\n`,
  }),

  // RFC 9112 section 9: connections.
  row("two requests at once", next + next, [HELLO, HELLO]),
  row("twenty at once, answered in their order", Array.from({ length: 20 }, (_, index) => ask(`GET /${index % 2 ? "" : "none"}`)).join(""), Array.from({ length: 20 }, (_, index) => (index % 2 ? HELLO : NOTHING))),
  row("what is refused behind what is not", `${next}GET\r\n\r\n${next}`, [HELLO, "400 ~"], false),
  row("Connection: close", ask("GET /", "Connection: close\r\n") + next, [HELLO], false, { has: ["connection: close"] }),
  row("Connection: close among others", ask("GET /", "Connection: x, Close\r\n") + next, [HELLO], false),
  row("Connection: close on a second line", ask("GET /", "Connection: x\r\nConnection: close\r\n") + next, [HELLO], false),
  row("Connection: closed is another word", ask("GET /", "Connection: closed\r\n") + next, [HELLO, HELLO]),
  row("close goes before keep-alive", ask("GET /", "Connection: keep-alive, close\r\n") + next, [HELLO], false),
  row("1.0 ends with its answer", "GET / HTTP/1.0\r\n\r\n" + next, [HELLO], false, { has: ["connection: close"] }),
  row("1.0 that is kept", "GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n" + next, [HELLO, HELLO]),
  row("1.0 that is kept is told so", "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", [HELLO], true, { has: ["connection: keep-alive"] }),
  row("1.0 with a body", "POST /text HTTP/1.0\r\nContent-Length: 2\r\n\r\nab", ["200 ab"], false),
  row("an answer of unknown length to 1.0 ends with the connection", "GET /chunks HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", ["200 abäc"], false, { hasNot: ["transfer-encoding", "content-length"] }),
  row("nothing is said", "", []),
  row("half a request", "GET / HT", []),
  row("half a field", `GET / HTTP/1.1\r\n${HOST}X: 1`, []),

  // RFC 9110: methods and fields.
  row("section 9.3.2: HEAD has the fields of GET, and no body", ask("HEAD /") + next, ["200 ", HELLO]),
  row("section 9.3.2: HEAD of GET's length", ask("HEAD /"), ["200 "], true, { has: ["content-length: 6"] }),
  row("section 9.3.2: HEAD of what is long", ask("HEAD /large") + next, ["200 ", HELLO]),
  row("section 9.3.2: HEAD of unknown length", ask("HEAD /chunks") + next, ["200 ", HELLO]),
  row("section 10.1.1: Expect is answered before the body is read", post("Content-Length: 2\r\nExpect: 100-continue\r\n", "ab"), ["200 ab"]),
  row("section 10.1.1: who waits is told to go on", post("Content-Length: 2\r\nExpect: 100-Continue\r\n"), ["100 ", "400 ~"], true),
  row("section 10.1.1: nobody reads: the connection ends", post("Content-Length: 2\r\nExpect: 100-continue\r\n", "", "/"), [HELLO], false, { has: ["connection: close"] }),
  row("section 10.1.1: without a body there is nothing to wait for", ask("GET /", "Expect: 100-continue\r\n") + next, [HELLO, HELLO]),
  row("section 10.1.1: 1.0 does not know it", "POST /text HTTP/1.0\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\nab", ["200 ab"], false),
  row("section 10.1.1: chunks are waited for too", chunked("", "/text", "Expect: 100-continue\r\n"), ["100 ", "400 ~"], true),
  ...refused(417, {
    "another expectation": ask("GET /", "Expect: 200-maybe\r\n"),
    "two expectations": ask("GET /", "Expect: 100-continue, x\r\n"),
    "an empty expectation": ask("GET /", "Expect:\r\n"),
  }),
  row("section 15.3.5: 204 has no body and no length", ask("GET /204") + next, ["204 ", HELLO]),
  row("section 15.3.5: nor chunks", ask("GET /204"), ["204 "], true, { hasNot: ["content-length", "transfer-encoding"] }),
  row("section 15.4.5: 304 has no body, and may have a length", ask("GET /304") + next, ["304 ", HELLO]),
  row("chunks go out as they are written", ask("GET /chunks") + next, ["200 abäc", HELLO]),
  row("chunks say so", ask("GET /chunks"), ["200 abäc"], true, { has: ["transfer-encoding: chunked"], hasNot: ["content-length"] }),
  row("who writes nothing answers all the same", ask("GET /nothing") + next, ["200 ", HELLO]),
  row("more than fits into one piece", ask("GET /large") + next, [`200 ${"x".repeat(50_000)}`, HELLO]),
  row("less than was said ends the connection", ask("GET /short") + next, ["200 short"], false),
  row("an answer that breaks off ends the connection", ask("GET /abort") + next, ["200 some"], false),
  row("one that breaks off before it begins is 500", ask("GET /abort-early") + next, ["500 "], false),
  row("section 5.5: nobody makes a line by a value, nor a frame", ask("GET /fields"), ["200 fields\n"], true, {
    has: ["x-value: one  X-Other: two ", "content-length: 7", "x-text: ä"],
    hasNot: ["x-other", "transfer-encoding"],
  }),
  row("a body goes back while it comes", chunked("3\r\nabc\r\n8\r\ndefghijk\r\n0\r\n\r\n", "/echo") + next, ["200 abcdefghijk", HELLO]),

  // Slow clients.
  row("a head that does not end", "GET / HTTP/1.1\r\n", ["408 ~"], false, { silent: true, has: ["connection: close"] }),
  row("half a request line", "GE", ["408 ~"], false, { silent: true }),
  row("a body that does not end", post("Content-Length: 5\r\n", "123"), ["408 ~"], false, { silent: true }),
  row("chunks that do not end", chunked("5\r\n123"), ["408 ~"], false, { silent: true }),
  row("who asks nothing more is left without a word", next, [HELLO], false, { silent: true }),
  row("who asks nothing at all", "", [], false, { silent: true }),
  row("nor by an empty line", `${next}\r\n`, [HELLO], false, { silent: true }),
];
