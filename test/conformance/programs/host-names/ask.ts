// Names that every host knows, or that nobody does (RFC 6761).
import { Console } from "mirage-wasm/console";
import { Address, NEVER, Resolver } from "mirage-wasm/resolver";

export class Ask<R extends Resolver, C extends Console> {
  start(resolver: R, console: C): void {
    const names = ["localhost", "127.0.0.1", "::1", "2001:db8::ff", "no-such-name.invalid", "a b", ""];
    for (let i = 0; i < names.length; i++) {
      const found = resolver.lookup(names[i], NEVER);
      // Its other address is not on every host.
      console.log('"' + names[i] + '": ' + (found.isOK ? only(found.value) : "not known"));
    }
  }
}

function only(addresses: Address[]): string {
  for (let i = 0; i < addresses.length; i++) if (addresses[i].isV4) return addresses[i].toString();
  return addresses[0].toString();
}
