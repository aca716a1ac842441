import { Outcome } from "./result";
import { RecordType, ResourceRecord } from "./resource-record";

export { Address } from "./address";
export { DomainName } from "./domain-name";
export { RecordType, ResourceRecord } from "./resource-record";
export { NEVER } from "./scheduler/record";

/** What the DNS says. */
export interface Dns {
  /**
   * The records of `name`, which is taken from the root and need not end in a point, or of the name that it stands for
   * (CNAME). None of them: the name has no records of this type. `NOT_FOUND`: there is no such name, or `name` is none.
   * `FAILED`: no server could say. `TIMEOUT`: none has answered, also when the monotonic clock reached `deadline` before.
   * `UNREACHABLE`: there is no server to ask, or no way to one. `CANCELLED`.
   */
  records(name: string, type: RecordType, deadline: i64): Outcome<ResourceRecord[]>;
}
