// What a router makes of requests, as in requests.ts: program/routes.ts.

import type { Row } from "./requests.ts";

function row(start: string, answer: string, has: string[] = []): Row {
  return { title: start, said: `${start} HTTP/1.1\r\nHost: a\r\n\r\n`, answers: [answer], kept: true, has };
}

const NOT_FOUND = "404 404 Not Found\n";
const NOT_ALLOWED = "405 405 Method Not Allowed\n";

export const routed: Row[] = [
  row("GET /", "200 root [] []"),
  row("GET /?a=b", "200 root [] []"),
  row("GET /users/new", "200 new [] []"),
  row("GET /users/7", "200 user [7] []"),
  row("GET /users/a%2Fb%20c", "200 user [a/b c] []"),
  row("HEAD /users/7", "200 ", ["content-length: 11"]),
  row("POST /users/7", "200 change [7] []"),
  row("DELETE /users/7/posts", "200 forget [7] []"),
  row("GET /files/a/b%20c/d", "200 file [] [a/b c/d]"),
  row("GET /files/", "200 file [] []"),
  row("GET /files", "200 file [] []"),
  row("GET /none", NOT_FOUND),
  row("GET /users", NOT_FOUND),
  row("GET /users/", NOT_FOUND),
  row("GET /users/7/", NOT_FOUND),
  row("GET //", NOT_FOUND),
  row("OPTIONS *", NOT_FOUND),
  row("PUT /users/7", NOT_ALLOWED, ["allow: GET, HEAD, POST, OPTIONS"]),
  row("GET /users/7/posts", NOT_ALLOWED, ["allow: DELETE, OPTIONS"]),
  row("OPTIONS /users/7", "204 ", ["allow: GET, HEAD, POST, OPTIONS"]),
  row("GET /users/%zz", "400 400 Bad Request\n"),
];
