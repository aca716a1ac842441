// Names that the host looks up, as it is set up to: by DNS, a file of hosts, or else.

import { names_ask, names_close, names_next, names_pollable } from "mirage-wasm/abi";
import { Address } from "mirage-wasm/address";
import { mustAnswer, resultOf } from "mirage-wasm/drivers/stack/error-code";
import { Readiness } from "mirage-wasm/drivers/stack/readiness";
import { NEVER, Resolver } from "mirage-wasm/resolver";
import { failed, Outcome, Result } from "mirage-wasm/result";
import { BARE_SIZE, loadBareAddress } from "mirage-wasm/socket-address";
import { ErrorCode, failure } from "mirage-wasm/socket-error";

export class HostResolver implements Resolver {
  lookup(name: string, deadline: i64 = NEVER): Outcome<Address[]> {
    const names = names_ask(changetype<usize>(name), name.length);
    mustAnswer(names);
    if (names < 0) return failed<Address[]>(resultOf(names));
    const ready = new Readiness(names_pollable(names));
    const found: Address[] = [];
    const result = collect(names, ready, found, deadline);
    ready.drop();
    names_close(names);
    if (result != Result.OK) return failed<Address[]>(result);
    return found.length ? new Outcome<Address[]>(Result.OK, found) : failed<Address[]>(Result.UNREACHABLE);
  }
}

function collect(names: i32, ready: Readiness, found: Address[], deadline: i64): Result {
  const address: usize = memory.data(BARE_SIZE, 4);
  while (true) {
    const code = names_next(names, address);
    if (code == 1) found.push(loadBareAddress(address));
    else if (!code) return Result.OK;
    else if (code != failure(ErrorCode.WOULD_BLOCK)) return resultOf(code);
    else {
      const result = ready.wait(deadline);
      if (result != Result.OK) return result;
    }
  }
}
