// The allocator of an image that makes a bounded number of allocations (compiler/build/reach.ts finds out): it never
// frees, needs no collector and is a tenth of its size. It stands in for AssemblyScript's `rt/stub`.
//
// ╒═ ptr - 20 ═╤═ ptr - 16 ══════════╤═ ptr - 8 ═╤═ ptr - 4 ═╤═ ptr ═╕
// │            │ (for the collector) │ class id  │ size      │ data… │   an object
// │            │                     │           │ size      │ data… │   a raw block
// ╘════════════╧═════════════════════╧═══════════╧═══════════╧═══════╛

// @ts-ignore: decorator
@external("kernel", "abort_memory")
declare function abort_memory(): void;
// @ts-ignore: decorator
@external("link", "allocates")
declare function allocates(): void;

// @ts-ignore: decorator
@lazy let top: usize = __heap_base;

const HEADER: u64 = 16;

/** A block of `size` bytes. The sum is 64 bits wide: what does not fit the address space is refused by memory.grow. */
function take(size: u64): usize {
  allocates();
  // 16-aligned, with room for the size in front.
  const block = (top + 19) & ~15;
  const end = block + size;
  const pages = <i32>((end + 0xffff) >>> 16) - memory.size();
  if (pages > 0 && memory.grow(pages) < 0) abort_memory();
  top = <usize>end;
  store<usize>(block - 4, <usize>size);
  return block;
}

// @ts-ignore: decorator
@unsafe @global
export function __alloc(size: usize): usize {
  return take(size);
}

// @ts-ignore: decorator
@unsafe @global
export function __realloc(block: usize, size: usize): usize {
  const old = load<usize>(block - 4);
  if (size <= old) return block;
  const grown = __alloc(size);
  memory.copy(grown, block, old);
  return grown;
}

// @ts-ignore: decorator
@unsafe @global
export function __free(block: usize): void {}

// @ts-ignore: decorator
@unsafe @global
export function __new(size: usize, id: u32): usize {
  const object = take(HEADER + size) + <usize>HEADER;
  store<u32>(object - 8, id);
  store<usize>(object - 4, size);
  return object;
}

// @ts-ignore: decorator
@unsafe @global
export function __renew(object: usize, size: usize): usize {
  const old = load<usize>(object - 4);
  if (size <= old) {
    store<usize>(object - 4, size);
    return object;
  }
  const grown = __new(size, load<u32>(object - 8));
  memory.copy(grown, object, old);
  return grown;
}

// What a collector would do.

// @ts-ignore: decorator
@unsafe @global
export function __link(parent: usize, child: usize, expectMultiple: bool): void {}
// @ts-ignore: decorator
@unsafe @global
export function __pin(object: usize): usize {
  return object;
}
// @ts-ignore: decorator
@unsafe @global
export function __unpin(object: usize): void {}
// @ts-ignore: decorator
@unsafe @global
export function __visit(object: usize, cookie: u32): void {}
// @ts-ignore: decorator
@unsafe @global
export function __collect(): void {}
