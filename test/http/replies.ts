// What servers answer, and what the client makes of it. An answer comes when something was asked; several on one connection follow each
// other. A connection that has no answer ends.

export interface Exchange {
  title: string;
  /** `METHOD URL [BODY]` */
  asks: string[];
  redirects: number;
  /** Of each connection, its answers. */
  replies: string[][];
  /** What each ask gives: the address, the status and the body; `result N` of mirage-wasm/result. */
  told: string[];
  /** Of each connection: whether it is kept, and the requests that came on it, which must begin so. */
  sent?: [kept: boolean, ...requests: string[]][];
  /** The server says nothing more and does not end. */
  silent?: true;
}

const CLOSED = "result -1";
const GET = "GET http://a/";
const OK = "http://a/ 200 hello";
const hello = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

function exchange(title: string, asks: string[], replies: string[][], told: string[], sent?: Exchange["sent"], more: Partial<Exchange> = {}): Exchange {
  return { title, asks, redirects: 0, replies, told, ...(sent ? { sent } : {}), ...more };
}

/** One answer to GET, and what is made of it. */
const one = (title: string, reply: string, told: string, kept?: boolean): Exchange => exchange(title, [GET], [[reply]], [told], kept === undefined ? undefined : [[kept, "GET / HTTP/1.1\r\nHost: a\r\n"]]);
const broken = (title: string, reply: string): Exchange => one(`no HTTP: ${title}`, reply, CLOSED, false);
const cut = (title: string, reply: string): Exchange => one(`cut off: ${title}`, reply, "http://a/ 200 broken", false);
const moved = (status: number, to: string): string => `HTTP/1.1 ${status} Moved\r\nLocation: ${to}\r\nContent-Length: 4\r\n\r\ngone`;
const follow = (title: string, asks: string[], replies: string[][], told: string[], sent?: Exchange["sent"]): Exchange => exchange(title, asks, replies, told, sent, { redirects: 2 });

export const exchanges: Exchange[] = [
  one("a body by its length", hello, OK, true),
  one("no text behind the status", "HTTP/1.1 200 \r\nContent-Length: 5\r\n\r\nhello", OK, true),
  one("not even a space", "HTTP/1.1 200\r\nContent-Length: 5\r\n\r\nhello", OK, true),
  one("no body", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "http://a/ 200 ", true),
  one("chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3;x\r\nllo\r\n0\r\nA: b\r\n\r\n", OK, true),
  one("up to the end", "HTTP/1.1 200 OK\r\n\r\nhello", OK, false),
  one("1.0 up to the end", "HTTP/1.0 200 OK\r\n\r\nhello", OK, false),
  one("1.0 that ends", "HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello", OK, false),
  one("1.0 that is kept", "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 5\r\n\r\nhello", OK, true),
  one("Connection: close", "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello", OK, false),
  one("204 has no body", "HTTP/1.1 204 None\r\nContent-Length: 5\r\n\r\n", "http://a/ 204 ", true),
  one("304 has no body", "HTTP/1.1 304 Same\r\nContent-Length: 5\r\n\r\n", "http://a/ 304 ", true),
  one("others come before", `HTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n${hello}`, OK, true),
  one("its fields", "HTTP/1.1 200 OK\r\nX-Field: 1\r\nContent-Length: 1\r\nx-field: 2\r\n\r\n=", "http://a/ 200 =1, 2", true),
  one("more than was asked for", `${hello}more`, OK),
  exchange("HEAD has no body", ["HEAD http://a/"], [["HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"]], ["http://a/ 200 "], [[true, "HEAD / HTTP/1.1\r\nHost: a\r\n"]]),
  broken("nothing", ""),
  broken("half a head", "HTTP/1.1 200 OK\r\nContent-"),
  broken("another protocol", "SSH-2.0-OpenSSH\r\n\r\n"),
  broken("a status of two digits", "HTTP/1.1 20 OK\r\n\r\n"),
  broken("a status of four digits", "HTTP/1.1 2000 OK\r\n\r\n"),
  broken("a status that is none", "HTTP/1.1 099 No\r\n\r\n"),
  broken("HTTP/2", "HTTP/2.0 200 OK\r\n\r\n"),
  broken("another protocol that nobody has asked for", "HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n"),
  broken("a bare LF", "HTTP/1.1 200 OK\nContent-Length: 0\n\n"),
  broken("a space before a colon", "HTTP/1.1 200 OK\r\nContent-Length : 5\r\n\r\nhello"),
  broken("a length and chunks", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
  broken("two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello"),
  broken("another coding", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
  broken("chunks in 1.0", "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
  broken("a head that does not end", `HTTP/1.1 200 OK\r\n${`X: ${"a".repeat(1000)}\r\n`.repeat(20)}`),
  broken("a start line that does not end", `HTTP/1.1 200 ${"a".repeat(9000)}`),
  cut("a body", "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello"),
  cut("chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"),
  cut("a chunk that is none", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\nhello\r\n0\r\n\r\n"),
  exchange("who does not answer in time", [GET], [["HTTP/1.1 200"]], ["result -3"], [[false, "GET /"]], { silent: true }),

  exchange("the address, the host and the fields of a request", ["GET http://a:8080/p?q"], [[hello]], ["http://a:8080/p?q 200 hello"], [[true, "GET /p?q HTTP/1.1\r\nHost: a:8080\r\nAuthorization: secret\r\nX-Field: one  two\r\n\r\n"]]),
  exchange("a body of a request", ["PUT http://a/ text"], [[hello]], [OK], [[true, "PUT / HTTP/1.1\r\nHost: a\r\nAuthorization: secret\r\nX-Field: one  two\r\nContent-Length: 4\r\n\r\ntext"]]),
  exchange("one that is made, of known length", ["PUT http://a/ PIECES"], [[hello]], [OK], [[true, "PUT / HTTP/1.1\r\nHost: a\r\nAuthorization: secret\r\nX-Field: one  two\r\nContent-Length: 6\r\n\r\nababab"]]),
  exchange("one that is made, in chunks", ["PUT http://a/ CHUNKS"], [[hello]], [OK], [[true, "PUT / HTTP/1.1\r\nHost: a\r\nAuthorization: secret\r\nX-Field: one  two\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n2\r\nab\r\n2\r\nab\r\n0\r\n\r\n"]]),
  exchange("POST says that it has none", ["POST http://a/"], [[hello]], [OK], [[true, "POST / HTTP/1.1\r\nHost: a\r\nAuthorization: secret\r\nX-Field: one  two\r\nContent-Length: 0\r\n\r\n"]]),
  exchange("https", ["GET https://a/"], [[hello]], ["result -7"], []),
  exchange("a name that there is not", ["GET http://nowhere/"], [[hello]], ["result -6"], []),
  exchange("nobody listens", [GET], [], ["result -4"], []),

  exchange("a connection is used again", [GET, GET, GET], [[hello, hello, hello]], [OK, OK, OK], [[true, "GET /", "GET /", "GET /"]]),
  exchange("of another server, another one", [GET, "GET http://b/", GET], [[hello, hello], [hello]], [OK, "http://b/ 200 hello", OK], [[true, "GET /", "GET /"], [true, "GET /"]]),
  exchange("of another port too", [GET, "GET http://a:81/"], [[hello], [hello]], [OK, "http://a:81/ 200 hello"], [[true, "GET /"], [true, "GET /"]]),
  exchange("one that has ended meanwhile is replaced", [GET, GET], [[hello], [hello]], [OK, OK], [[false, "GET /", "GET /"], [true, "GET /"]]),
  exchange("but not for what must not be done twice", [GET, "POST http://a/ x"], [[hello], [hello]], [OK, CLOSED], [[false, "GET /", "POST /"]]),
  exchange("nor when something was answered", [GET, GET], [[hello, "HTTP"], [hello]], [OK, CLOSED], [[false, "GET /", "GET /"]]),
  exchange("nor for ever", [GET, GET], [[hello], []], [OK, CLOSED], [[false, "GET /", "GET /"], [false, "GET /"]]),

  exchange("a redirect that is not asked for is an answer", [GET], [[moved(301, "/b")]], ["http://a/ 301 gone"]),
  follow("a redirect to a path", [GET], [[moved(301, "/b"), hello]], ["http://a/b 200 hello"], [[true, "GET / ", "GET /b "]]),
  follow("to one beside", ["GET http://a/b/c?d"], [[moved(302, "e?f"), hello]], ["http://a/b/e?f 200 hello"], [[true, "GET /b/c?d ", "GET /b/e?f "]]),
  follow("to one above", ["GET http://a/b/c/d"], [[moved(307, "../../e/./f#g"), hello]], ["http://a/e/f 200 hello"]),
  follow("to another server, which hears no secrets", [GET], [[moved(308, "http://b:81/")], [hello]], ["http://b:81/ 200 hello"], [[true, "GET / HTTP/1.1\r\nHost: a\r\nAuthorization: secret\r\n"], [true, "GET / HTTP/1.1\r\nHost: b:81\r\nX-Field: one  two\r\n\r\n"]]),
  follow("to another server without a scheme", [GET], [[moved(302, "//b/c")], [hello]], ["http://b/c 200 hello"]),
  follow("303 is GET, without a body", ["POST http://a/ x"], [[moved(303, "/b"), hello]], ["http://a/b 200 hello"], [[true, "POST /", "GET /b HTTP/1.1\r\nHost: a\r\nAuthorization: secret\r\nX-Field: one  two\r\n\r\n"]]),
  follow("so is 302 of POST", ["POST http://a/ x"], [[moved(302, "/b"), hello]], ["http://a/b 200 hello"], [[true, "POST /", "GET /b"]]),
  follow("307 is the same once more", ["POST http://a/ x"], [[moved(307, "/b"), hello]], ["http://a/b 200 hello"], [[true, "POST /", "POST /b"]]),
  follow("a body that was made is not made again", ["POST http://a/ CHUNKS"], [[moved(307, "/b"), hello]], ["http://a/ 307 gone"]),
  follow("to https, which there is not", [GET], [[moved(301, "https://a/")]], ["result -7"]),
  follow("to something else", [GET], [[moved(301, "mailto:a@b")]], ["http://a/ 301 gone"]),
  follow("without a place", [GET], [["HTTP/1.1 301 Moved\r\nContent-Length: 0\r\n\r\n"]], ["http://a/ 301 "]),
  follow("in a ring", [GET], [[moved(302, "/"), moved(302, "/"), moved(302, "/")]], ["result -7"], [[true, "GET /", "GET /", "GET /"]]),
];
