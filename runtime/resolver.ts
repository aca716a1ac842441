import { Address } from "./address";
import { Outcome } from "./result";

export { Address } from "./address";
export { NEVER } from "./scheduler/record";

/** Who knows the addresses of names. */
export interface Resolver {
  /**
   * The addresses of a name, at least one, in the order in which they are to be tried. `UNREACHABLE`: it has none; `TIMEOUT`: who
   * knows it has not answered, also when the monotonic clock reaches `deadline` before; `FAILED`: he could not say; `CANCELLED`. An address is its own name.
   */
  lookup(name: string, deadline: i64): Outcome<Address[]>;
}
