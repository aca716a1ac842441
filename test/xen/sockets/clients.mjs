// clients.mjs EXAMPLE HOST PORT: speaks to an example, and prints all that it has heard but the time.

import { createHash } from "node:crypto";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { connect as open } from "node:net";

const [example, host, port] = process.argv.slice(2);
const MIB = 2 ** 20;

const digest = (bytes) => createHash("sha256").update(bytes).digest("hex");

async function connect(address = host, to = port) {
  const socket = open({ port: Number(to), host: address, allowHalfOpen: true });
  await once(socket, "connect");
  return socket;
}

async function all(socket) {
  const chunks = [];
  for await (const chunk of socket) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Says something, ends, and hears the answer. */
async function exchange(bytes, address) {
  const socket = await connect(address);
  socket.end(bytes);
  return all(socket);
}

/** What an answer says, its head in full, but for when it was given. */
async function ask(method, path, fields = {}, body = "") {
  const lines = Object.entries({ Host: "site", Connection: "close", ...fields }).map(([name, value]) => `${name}: ${value}\r\n`);
  const answer = await exchange(Buffer.concat([Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join("")}\r\n`), Buffer.from(body)]));
  const end = answer.indexOf("\r\n\r\n");
  const head = answer.subarray(0, end).toString("latin1").replace(/^date: .*\r\n/im, "");
  console.log(`${method} ${path}\n${head}\n${answer.length - end - 4} bytes ${digest(answer.subarray(end + 4))}`);
}

/** A line of a connection after the other. */
async function* linesOf(socket) {
  let text = "";
  for await (const chunk of socket) {
    text += chunk;
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n")) {
      yield text.slice(0, end);
      text = text.slice(end + 1);
    }
  }
}

/** A question of the DNS. */
function question(name, type) {
  const labels = name.split(".").map((label) => Buffer.concat([Buffer.of(label.length), Buffer.from(label)]));
  return Buffer.concat([Buffer.from([0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]), ...labels, Buffer.from([0, 0, type, 0, 1])]);
}

const examples = {
  async "tcp-echo"() {
    console.log(String(await exchange("hello")), (await exchange("")).length);
    const bytes = Buffer.alloc(2 * MIB, "0123456789abcdef!");
    console.log(digest(await exchange(bytes)) === digest(bytes));
    for (let count = 0; count < 5; count++) {
      const socket = await connect();
      socket.write("x".repeat(100_000));
      await once(socket, "data");
      socket.resetAndDestroy();
    }
    console.log(String(await exchange("still here")));
    console.log(await connect(host, 4).catch(({ code }) => code));
  },

  /** All are open before the first one says something. */
  async crowd() {
    const sockets = [];
    for (let count = 0; count < 1000; count += 100) sockets.push(...(await Promise.all(Array.from({ length: 100 }, () => connect()))));
    const answers = sockets.map(async (socket, index) => {
      socket.end(`I am ${index}`);
      return String(await all(socket)) === `I am ${index}`;
    });
    console.log((await Promise.all(answers)).filter(Boolean).length);
  },

  async chat() {
    const rooms = [];
    for (const name of ["Ada", "Bob"]) {
      const socket = await connect();
      const lines = linesOf(socket);
      console.log((await lines.next()).value);
      socket.write(`${name}\n`);
      rooms.push({ socket, lines });
      if (rooms.length > 1) console.log((await rooms[0].lines.next()).value);
    }
    rooms[0].socket.write("hel");
    await new Promise((resolve) => setTimeout(resolve, 50));
    rooms[0].socket.write("lo\r\n\ngrüß dich\n");
    for (let count = 0; count < 3; count++) console.log((await rooms[1].lines.next()).value);
    rooms[1].socket.resetAndDestroy();
    console.log((await rooms[0].lines.next()).value);
    rooms[0].socket.destroy();
  },

  async conduit_server() {
    await ask("GET", "/any/path");
    console.log((await exchange("GET / HTTP/1.1\r\n")).length);
  },

  async static_website() {
    for (const path of ["/", "/index.html", "/about", "/about/", "/style.css", "/404.html", "/none", "/../etc"]) await ask("GET", path);
    await ask("HEAD", "/style.css");
    await ask("GET", "/style.css", { Range: "bytes=10-19" });
    await ask("POST", "/");
  },

  async "http-echo"() {
    for (const size of [0, 1, 1000, MIB]) await ask("POST", "/", { "Content-Length": size }, Buffer.alloc(size, "echo"));
  },

  async "http-random"() {
    for (const path of ["/random", "/hash"]) for (const length of [0, 1, 100_000]) await ask("GET", path, { "X-Length": length, "X-Seed": 7 });
    await ask("GET", "/other");
  },

  async "dns-server"() {
    const socket = createSocket("udp4");
    for (const [name, type] of [
      ["blog.example.org", 1],
      ["bob.customers.example.org", 16],
      ["long.example.org", 16],
      ["none.example.org", 1],
      ["example.net", 1],
    ]) {
      socket.send(question(name, type), Number(port), host);
      const [answer] = await once(socket, "message");
      console.log(name, answer.toString("hex"));
    }
    socket.close();
    const asked = question("long.example.org", 16);
    console.log((await exchange(Buffer.concat([Buffer.of(0, asked.length), asked]))).toString("hex"));
  },
};

await examples[example]();
