import { Listening } from "./groups";
import { Ip } from "./ip";

/** The groups that a socket has joined. */
export interface Joined extends Listening {
  /** Leaves all. */
  clear(): void;
}

export class Memberships implements Joined {
  /** Two words of each group's address. */
  private readonly groups: u64[] = [];

  constructor(private readonly ip: Ip) {}

  private find(high: u64, low: u64): i32 {
    const groups = this.groups;
    for (let i = 0; i < groups.length; i += 2) if (unchecked(groups[i]) == high && unchecked(groups[i + 1]) == low) return i;
    return -1;
  }

  has(high: u64, low: u64): bool {
    return this.find(high, low) >= 0;
  }

  /** False: it is no group, or there are too many. */
  join(high: u64, low: u64): bool {
    if (this.has(high, low)) return true;
    if (!this.ip.join(high, low)) return false;
    this.groups.push(high);
    this.groups.push(low);
    return true;
  }

  leave(high: u64, low: u64): void {
    const at = this.find(high, low);
    if (at < 0) return;
    this.groups.splice(at, 2);
    this.ip.leave(high, low);
  }

  clear(): void {
    while (this.groups.length) this.leave(this.groups[0], this.groups[1]);
  }
}
