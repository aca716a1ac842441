/** Of wasi:sockets/network.error-code: the numbers of those that somebody here tells apart. */
export enum ErrorCode {
  ACCESS_DENIED = 1,
  NOT_SUPPORTED = 2,
  INVALID_ARGUMENT = 3,
  TIMEOUT = 5,
  NOT_IN_PROGRESS = 7,
  WOULD_BLOCK = 8,
  INVALID_STATE = 9,
  ADDRESS_NOT_BINDABLE = 11,
  ADDRESS_IN_USE = 12,
  REMOTE_UNREACHABLE = 13,
  CONNECTION_REFUSED = 14,
  CONNECTION_RESET = 15,
  CONNECTION_ABORTED = 16,
  DATAGRAM_TOO_LARGE = 17,
  NAME_UNRESOLVABLE = 18,
  TEMPORARY_RESOLVER_FAILURE = 19,
  PERMANENT_RESOLVER_FAILURE = 20,
}

/** What a call that has failed answers, the kernel's and the shim's: no number that says anything else. */
// @ts-ignore: decorator
@inline
export function failure(code: ErrorCode): i32 {
  return -1 - <i32>code;
}
