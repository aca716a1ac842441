// TCP of preview2-shim as WASI has it: its own `shutdown` ends both directions, and what is written is lost when a socket is
// dropped. A thread of its own has the sockets, and there is where ours are mended (node-sockets-worker.ts).

import type { callExtension, outputStreamId } from "@bytecodealliance/preview2-shim/io-worker";

interface TcpSocket {
  accept(): [TcpSocket, unknown, Output];
  finishConnect(): [unknown, Output];
  shutdown(what: string): void;
}
type Output = Parameters<typeof outputStreamId>[0];

const worker = new URL("./node-sockets-worker.js", import.meta.url);

/** Mends the class of sockets. Returns what waits until all that was written is sent. */
export async function mendSockets(shim: string): Promise<() => void> {
  const { tcp } = (await import(`${shim}/sockets`)) as { tcp: { TcpSocket: { prototype: TcpSocket } } };
  const io = (await import(`${shim}/io-worker`)) as { callExtension: typeof callExtension; outputStreamId: typeof outputStreamId };
  const { prototype } = tcp.TcpSocket;
  const { accept, finishConnect } = prototype;
  const ids = new WeakMap<TcpSocket, number>();
  const adopt = (socket: TcpSocket, output: Output): void => {
    const id = io.outputStreamId(output);
    ids.set(socket, id);
    io.callExtension(worker, "adopt", [id]);
  };
  prototype.accept = function () {
    const made = accept.call(this);
    adopt(made[0], made[2]);
    return made;
  };
  prototype.finishConnect = function () {
    const made = finishConnect.call(this);
    adopt(this, made[1]);
    return made;
  };
  prototype.shutdown = function () {
    io.callExtension(worker, "shutdown", [ids.get(this)]);
  };
  return () => void io.callExtension(worker, "finish", []);
}
