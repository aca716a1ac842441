/** Random numbers. */
export interface Random {
  /** Fills all of `bytes`. */
  fill(bytes: Uint8Array): void;

  /** As many new bytes. */
  bytes(count: i32): Uint8Array;

  u32(): u32;

  u64(): u64;

  /** One of 0 … `bound` - 1, each as likely as the others. `bound` is not 0. */
  below(bound: u32): u32;
}

/** What `below` of a generator does: a product's upper half, where its lower one is not of the few that come too often (D. Lemire, 2019). */
export function below<R extends Random>(random: R, bound: u32): u32 {
  assert(bound, "a number below 0");
  let product = <u64>random.u32() * bound;
  if (<u32>product < bound) {
    const tooOften = (<u32>0 - bound) % bound;
    while (<u32>product < tooOften) product = <u64>random.u32() * bound;
  }
  return <u32>(product >> 32);
}
