// wasi:sockets/network.error-code, as the kernel returns it: -1 - the number of the case.

import { exit } from "mirage-wasm/abi";
import { say } from "mirage-wasm/command-line";
import { Result } from "mirage-wasm/result";
import { ErrorCode, failure } from "mirage-wasm/socket-error";

/** What has failed, to who called. */
export function resultOf(code: i32): Result {
  switch (code) {
    case failure(ErrorCode.TIMEOUT):
    case failure(ErrorCode.TEMPORARY_RESOLVER_FAILURE):
      return Result.TIMEOUT;
    case failure(ErrorCode.ADDRESS_IN_USE):
      return Result.CLOSED;
    case failure(ErrorCode.CONNECTION_REFUSED):
    case failure(ErrorCode.CONNECTION_RESET):
    case failure(ErrorCode.CONNECTION_ABORTED):
      return Result.REFUSED;
    default:
      return Result.UNREACHABLE;
  }
}

/** Has only this one connection failed, before it was taken? */
export function isAborted(code: i32): bool {
  return code == failure(ErrorCode.CONNECTION_ABORTED) || code == failure(ErrorCode.CONNECTION_RESET);
}

/** Is the socket no more what it was? Else the host has no room for another one, for now, in whatever words. */
export function isGone(code: i32): bool {
  return code == failure(ErrorCode.INVALID_STATE) || code == failure(ErrorCode.INVALID_ARGUMENT);
}

/** An image that a host does not let do what its config.ts says cannot do its work: it ends. */
export function mustBeAllowed(code: i32, what: string, port: u16): void {
  if (code != failure(ErrorCode.ACCESS_DENIED)) return;
  const privileged = port && port < 1024 ? "; ports below 1024 may need root" : "";
  say(`no ${what} at port ${port}: the host does not allow it (wasmtime: -S inherit-network${privileged})`);
  exit(1);
}

/** As `mustBeAllowed`, of the answer to a question for a name: only a host that answers none says this at once. */
export function mustAnswer(code: i32): void {
  if (code != failure(ErrorCode.PERMANENT_RESOLVER_FAILURE)) return;
  say("no names: the host does not allow it (wasmtime: -S inherit-network,allow-ip-name-lookup)");
  exit(1);
}
