// Clients of TCP on this host.

import { once } from "node:events";
import { createServer, connect as open, type Socket } from "node:net";

/** A port that nobody has. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}

/** A connection on which nothing is read before somebody asks for it. */
export async function connect(port: number, host = "127.0.0.1"): Promise<Socket> {
  const socket = open({ port, host, allowHalfOpen: true });
  await once(socket, "connect");
  socket.pause();
  return socket;
}

/** All that comes until the other side has ended. */
export async function all(socket: Socket): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Says something, ends, and hears the answer. */
export async function exchange(port: number, bytes: string | Uint8Array, host?: string): Promise<Buffer> {
  const socket = await connect(port, host);
  socket.end(bytes);
  return all(socket);
}

/** Lines that come. */
export class Lines {
  private text = "";
  private ended = false;
  private wake = (): void => {};

  constructor(readonly socket: Socket) {
    socket.setEncoding("utf8").on("data", (text: string) => {
      this.text += text;
      this.wake();
    });
    for (const event of ["end", "error", "close"]) {
      socket.on(event, () => {
        this.ended = true;
        this.wake();
      });
    }
    socket.resume();
  }

  /** The next one; undefined: there will be none. */
  async next(): Promise<string | undefined> {
    while (!this.text.includes("\n") && !this.ended) await new Promise<void>((resolve) => (this.wake = resolve));
    const end = this.text.indexOf("\n");
    if (end < 0) return undefined;
    const line = this.text.slice(0, end);
    this.text = this.text.slice(end + 1);
    return line;
  }
}
