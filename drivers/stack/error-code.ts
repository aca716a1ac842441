// wasi:sockets/network.error-code, as the kernel returns it: -1 - the number of the case.

import { exit } from "mirage-wasm/abi";
import { say } from "mirage-wasm/command-line";
import { Result } from "mirage-wasm/result";

const ACCESS_DENIED: i32 = -2;
const INVALID_ARGUMENT: i32 = -4;
const TIMED_OUT: i32 = -6;
export const WOULD_BLOCK: i32 = -9;
const INVALID_STATE: i32 = -10;
export const ADDRESS_IN_USE: i32 = -13;
const CONNECTION_REFUSED: i32 = -15;
const CONNECTION_RESET: i32 = -16;
const CONNECTION_ABORTED: i32 = -17;
const TEMPORARY_RESOLVER_FAILURE: i32 = -20;
const PERMANENT_RESOLVER_FAILURE: i32 = -21;

/** What has failed, to who called. */
export function resultOf(code: i32): Result {
  switch (code) {
    case TIMED_OUT:
    case TEMPORARY_RESOLVER_FAILURE:
      return Result.TIMEOUT;
    case ADDRESS_IN_USE:
      return Result.CLOSED;
    case CONNECTION_REFUSED:
    case CONNECTION_RESET:
    case CONNECTION_ABORTED:
      return Result.REFUSED;
    default:
      return Result.UNREACHABLE;
  }
}

/** Has only this one connection failed, before it was taken? */
export function isAborted(code: i32): bool {
  return code == CONNECTION_ABORTED || code == CONNECTION_RESET;
}

/** Is the socket no more what it was? Else the host has no room for another one, for now, in whatever words. */
export function isGone(code: i32): bool {
  return code == INVALID_STATE || code == INVALID_ARGUMENT;
}

/** An image that a host does not let do what its config.ts says cannot do its work: it ends. */
export function mustBeAllowed(code: i32, what: string, port: u16): void {
  if (code != ACCESS_DENIED) return;
  const privileged = port && port < 1024 ? "; ports below 1024 may need root" : "";
  say(`no ${what} at port ${port}: the host does not allow it (wasmtime: -S inherit-network${privileged})`);
  exit(1);
}

/** As `mustBeAllowed`, of the answer to a question for a name: only a host that answers none says this at once. */
export function mustAnswer(code: i32): void {
  if (code != PERMANENT_RESOLVER_FAILURE) return;
  say("no names: the host does not allow it (wasmtime: -S inherit-network,allow-ip-name-lookup)");
  exit(1);
}
