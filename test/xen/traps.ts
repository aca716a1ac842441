// Guests that do what is forbidden, and what the shim says of each.

/** C files of negative/, in the place of an image. */
export const forbidden: Record<string, string> = {
  "write-text": "page fault: read-only memory was written",
  "write-constants": "page fault: read-only memory was written",
  "execute-data": "page fault: data was executed",
  "execute-stack": "page fault: data was executed",
  "null-page": "page fault: the null page was used",
  "boot-stack-guard": "page fault: nothing is there",
  "exception-stack-guard": "page fault: nothing is there",
  "stack-overflow": "wasm trap: call stack exhausted",
  "stack-without-memory": "too little memory for the stack",
  "invalid-opcode": "exception 6: invalid opcode",
  "dropped-stream": "wasm trap: unknown handle of a stream",
  "changed-handles": "wasm trap: unknown handle of a pollable",
};

const load = (address: string): string => `(module (memory (export "memory") 1) (func (export "main") (result i32) (i32.load ${address})))`;
const call = (index: number): string =>
  `(module (memory (export "memory") 1) (type $v (func)) (table 2 funcref) (elem (i32.const 0) $f) (func $f (result i32) i32.const 0)
  (func (export "main") (result i32) (call_indirect (type $v) (i32.add (i32.load (i32.const 60000)) (i32.const ${index}))) i32.const 0))`;

/** Jobs of WebAssembly text that trap. */
export const traps: Record<string, [wat: string, said: string]> = {
  "beyond-by-one": [load("(i32.const 65533)"), "out of bounds memory access"],
  "beyond-by-far": [load("offset=4294967295 (i32.const -1)"), "out of bounds memory access"],
  "call-of-other-type": [call(0), "indirect call type mismatch, or of no function"],
  "call-of-nothing": [call(1), "indirect call type mismatch, or of no function"],
  "call-beyond-table": [call(7), "indirect call type mismatch, or of no function"],
};
