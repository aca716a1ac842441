// Node's own server: PORT.
import { createServer } from "node:http";

const server = createServer((_, reply) => {
  reply.setHeader("Content-Type", "text/plain; charset=utf-8");
  reply.end("hello\n");
});
server.listen(Number(process.argv[2]), "127.0.0.1");
