/** What the shim has handles for: each by a number that is its own until it is removed. */
export class Table<T> {
  private readonly all: (T | null)[] = [];
  private readonly free: i32[] = [];

  add(one: T): i32 {
    const number = this.free.length ? this.free.pop() : this.all.push(null) - 1;
    this.all[number] = one;
    return number;
  }

  /** A number that is none's ends the domain. */
  get(number: i32): T {
    return this.all[number]!;
  }

  remove(number: i32): void {
    this.all[number] = null;
    this.free.push(number);
  }

  get length(): i32 {
    return this.all.length;
  }

  /** The one of this number, if there is one. */
  at(number: i32): T | null {
    return this.all[number];
  }
}
