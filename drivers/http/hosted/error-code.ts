// wasi:http/types.error-code, as the kernel returns it: -1 - the number of the case.

import { Result } from "mirage-wasm/result";

const DNS_TIMEOUT: i32 = -1;
const DNS_ERROR: i32 = -2;
const DESTINATION_NOT_FOUND: i32 = -3;
const DESTINATION_UNAVAILABLE: i32 = -4;
const DESTINATION_IP_PROHIBITED: i32 = -5;
const DESTINATION_IP_UNROUTABLE: i32 = -6;
const CONNECTION_REFUSED: i32 = -7;
const CONNECTION_TERMINATED: i32 = -8;
const CONNECTION_TIMEOUT: i32 = -9;
const CONNECTION_READ_TIMEOUT: i32 = -10;
const CONNECTION_WRITE_TIMEOUT: i32 = -11;
export const URI_INVALID: i32 = -20;
const HTTP_RESPONSE_INCOMPLETE: i32 = -26;
const HTTP_PROTOCOL_ERROR: i32 = -36;
const HTTP_RESPONSE_TIMEOUT: i32 = -34;

/** What has failed, to who asked. */
export function resultOf(code: i32): Result {
  switch (code) {
    case DNS_TIMEOUT:
    case CONNECTION_TIMEOUT:
    case CONNECTION_READ_TIMEOUT:
    case CONNECTION_WRITE_TIMEOUT:
    case HTTP_RESPONSE_TIMEOUT:
      return Result.TIMEOUT;
    case DNS_ERROR:
    case DESTINATION_NOT_FOUND:
      return Result.NOT_FOUND;
    case DESTINATION_UNAVAILABLE:
    case DESTINATION_IP_PROHIBITED:
    case DESTINATION_IP_UNROUTABLE:
      return Result.UNREACHABLE;
    case CONNECTION_REFUSED:
      return Result.REFUSED;
    case CONNECTION_TERMINATED:
      return Result.CLOSED;
    default:
      // No HTTP, as others have it.
      return code <= HTTP_RESPONSE_INCOMPLETE && code >= HTTP_PROTOCOL_ERROR ? Result.CLOSED : Result.FAILED;
  }
}
