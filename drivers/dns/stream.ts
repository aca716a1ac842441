// Messages of the DNS over TCP: each behind its length (RFC 1035 section 4.2.2, RFC 7766).

import { Flow } from "mirage-wasm/flow";
import { Result } from "mirage-wasm/result";
import { get16, put16 } from "mirage-wasm/drivers/net/bytes";

/** Bytes of a length. */
export const PREFIX: i32 = 2;

/** Sends the first `size` bytes behind `PREFIX` ones in `bytes`, in one piece with their length (RFC 7766 section 8). */
export function sendMessage(flow: Flow, bytes: Uint8Array, size: i32): Result {
  put16(bytes.dataStart, size);
  return flow.write(bytes, PREFIX + size);
}

/**
 * Receives a message at the begin of `bytes`. Returns its size, 0 when there will be no more, or a `Result`: one that is larger than
 * `bytes` is as if the other side had gone.
 */
export function receiveMessage(flow: Flow, bytes: Uint8Array): i32 {
  let result = receive(flow, bytes, PREFIX);
  if (result <= 0) return result;
  const size = get16(bytes.dataStart);
  if (<i32>size > bytes.length) return Result.CLOSED;
  result = receive(flow, bytes, size);
  return result == 0 && size ? Result.CLOSED : result;
}

/** Fills the first `size` bytes. Returns `size`, or 0 when nothing came. */
function receive(flow: Flow, bytes: Uint8Array, size: i32): i32 {
  for (let at = 0; at < size; ) {
    const count = flow.read(bytes.subarray(at, size));
    if (count < 0) return count;
    if (!count) return at ? Result.CLOSED : 0;
    at += count;
  }
  return size;
}
