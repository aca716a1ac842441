/** Return area of the calls of wasi:sockets: a discriminant, then (at 4 or 8) an error code, handles, an address or a number. */
export const result = memory.data(40, 8);

/** Of wasi:sockets/network.error-code: what a `finish-` call answers while it is at it. */
export const WOULD_BLOCK: u8 = 8;

/** -1 - the error code that stands at `at` of the return area. */
export function failure(at: usize = 4): i32 {
  return -1 - <i32>load<u8>(result + at);
}
