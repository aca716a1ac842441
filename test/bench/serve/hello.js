import { Fields, OutgoingBody, OutgoingResponse, ResponseOutparam } from "wasi:http/types@0.2.0";

const text = new TextEncoder();
const HELLO = text.encode("hello\n");

export const incomingHandler = {
  handle(_request, out) {
    const fields = new Fields();
    fields.append("content-type", text.encode("text/plain; charset=utf-8"));
    fields.append("content-length", text.encode(String(HELLO.length)));
    const response = new OutgoingResponse(fields);
    const body = response.body();
    ResponseOutparam.set(out, { tag: "ok", val: response });
    const stream = body.write();
    stream.blockingWriteAndFlush(HELLO);
    stream[Symbol.dispose]();
    OutgoingBody.finish(body, undefined);
  },
};
