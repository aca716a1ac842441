/** Numerical Recipes' 32-bit generator. */
export class Random {
  constructor(private state: u32) {
    this.below(2);
    this.below(2);
  }

  below(limit: i32): i32 {
    this.state = this.state * 1664525 + 1013904223;
    return <i32>((<u64>this.state * <u64>limit) >> 32);
  }
}
