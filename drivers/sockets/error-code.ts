/** Of wasi:sockets/network.error-code: the numbers of those that are answered here. */
export enum ErrorCode {
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
}

/** What a call of the shim's answers where it has failed: no number that says anything else. */
export function failure(code: ErrorCode): i32 {
  return -1 - <i32>code;
}
