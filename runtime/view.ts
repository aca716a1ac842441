// Arrays of bytes over memory that is nobody's object: raw memory, or static data.

/** An array over `size` bytes at `at`. What it stands for must stay for as long as it is used. */
export function viewOf(at: usize, size: i32): Uint8Array {
  const view = changetype<Uint8Array>(__new(offsetof<Uint8Array>(), idof<Uint8Array>()));
  moveView(view, at, size);
  return view;
}

/** Makes one of `viewOf` stand for other bytes. */
export function moveView(view: Uint8Array, at: usize, size: i32): void {
  store<usize>(changetype<usize>(view), at, offsetof<Uint8Array>("dataStart"));
  store<i32>(changetype<usize>(view), size, offsetof<Uint8Array>("byteLength"));
}
