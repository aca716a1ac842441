import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Writable } from "node:stream";
import type { WorkerExtension, WorkerExtensionContext } from "@bytecodealliance/preview2-shim/io-worker";

/** A request as the image's thread is told of it; its body is a stream of the shim's. */
export interface Asked {
  id: number;
  method: string;
  target: string;
  authority?: string;
  fields: [string, string][];
  body: number;
}

const INTERNAL_SERVER_ERROR = 500;
const ROOM = 65_536;

/** Runs in the thread of preview2-shim that has the streams: a server whose requests wait until the image's thread takes them. */
export default function create({ createReadableStream, createWritableStream }: WorkerExtensionContext): WorkerExtension {
  const coming: [IncomingMessage, ServerResponse][] = [];
  const answers = new Map<number, { response: ServerResponse; body?: Writable }>();
  let wake = (): void => {};
  let count = 0;
  const of = (id: number): { response: ServerResponse; body?: Writable } => answers.get(id) as { response: ServerResponse };

  const operations = {
    /** Returns the port. */
    listen: (port: number): Promise<number> =>
      new Promise((resolve, reject) => {
        const server = createServer((asked, response) => {
          response.on("error", () => {});
          coming.push([asked, response]);
          wake();
        });
        server.on("error", reject).listen(port, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
      }),
    next: async (): Promise<Asked> => {
      while (coming.length === 0) await new Promise<void>((resolve) => (wake = resolve));
      const [asked, response] = coming.shift() as [IncomingMessage, ServerResponse];
      const id = ++count;
      answers.set(id, { response });
      const { method = "", url = "", headers, rawHeaders } = asked;
      const fields = rawHeaders.flatMap((name, at): [string, string][] => (at % 2 === 0 ? [[name.toLowerCase(), rawHeaders[at + 1] as string]] : []));
      return { id, method, target: url, ...(headers.host === undefined ? {} : { authority: headers.host }), fields, body: createReadableStream(asked) };
    },
    /** Returns the body's stream. */
    begin: (id: number, status: number, fields: [string, string][]): number => {
      const answer = of(id);
      const { response } = answer;
      response.writeHead(status, fields.flat());
      response.flushHeaders();
      answer.body = new Writable({ highWaterMark: ROOM, write: (bytes, _, done) => void response.write(bytes, done) });
      answer.body.on("error", () => {});
      response.once("close", () => answer.body?.destroy());
      return createWritableStream(answer.body);
    },
    /** The shim has ended the stream by then. */
    end: (id: number): void => {
      const { response, body } = of(id);
      const end = (): void => void response.end();
      if (body?.writableFinished) end();
      else body?.once("finish", end);
    },
    abort: (id: number): void => void of(id).response.destroy(),
    /** The image is done with it, and has perhaps not answered, or not to the end. */
    leave: (id: number, isWhole: boolean): void => {
      const { response } = of(id);
      answers.delete(id);
      if (isWhole) return;
      if (response.headersSent) response.destroy();
      else response.writeHead(INTERNAL_SERVER_ERROR, { "Content-Length": 0 }).end();
    },
  };
  return (operation, args) => (operations[operation as keyof typeof operations] as (...args: unknown[]) => unknown)(...args);
}
