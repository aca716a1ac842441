/** Resizes raw memory as realloc does; a new block for `block` 0. */
export function resize(block: usize, size: usize): usize {
  return block ? heap.realloc(block, size) : heap.alloc(size);
}
