import type { Socket } from "node:net";
import { setTimeout } from "node:timers/promises";
import type { WorkerExtension, WorkerExtensionContext } from "@bytecodealliance/preview2-shim/io-worker";

/** How long what is written may take when the image has ended. */
const PATIENCE = 10_000;

/** Runs in the thread of preview2-shim that has the sockets; they are named by the ids of their output streams. */
export default function create({ getStream }: WorkerExtensionContext): WorkerExtension {
  const open = new Map<number, Socket>();
  return async (operation, [id]) => {
    if (operation === "adopt") adopt(open, id as number, getStream(id as number) as Socket);
    if (operation === "shutdown") open.get(id as number)?.end();
    if (operation === "finish") await finish([...open.values()]);
  };
}

function adopt(open: Map<number, Socket>, id: number, socket: Socket): void {
  open.set(id, socket);
  socket.once("close", () => open.delete(id));
  // The shim stops listening at the stream's end, and an error that nobody hears ends the thread.
  socket.on("error", () => {});
  const destroy = socket.destroy.bind(socket);
  // What the image drops is ended first, and destroyed when all that was written is sent.
  socket.destroy = (error) => {
    if (error || socket.writableFinished || socket.destroyed) return destroy(error);
    return socket.once("finish", destroy).end();
  };
}

/** Ends all, and waits until that is done. */
async function finish(sockets: Socket[]): Promise<void> {
  const ended = sockets.map((socket) => new Promise((resolve) => socket.once("close", resolve).destroy()));
  await Promise.race([Promise.all(ended), setTimeout(PATIENCE, undefined, { ref: false })]);
}
