// Jobs of WebAssembly text that wait, and that the shim tells of their end.

const NEVER = "0x7fffffffffffffff";

/** Waits until `ends` is not 0; `shutdown` runs when the host calls it. */
const waiting = (shutdown: string, ends: string): string => `(module
  (import "kernel" "wait" (func $wait (param i64 i32 i32 i32) (result i32)))
  (import "kernel" "stdout_write" (func $write (param i32 i32) (result i32)))
  (import "kernel" "stdin_pollable" (func $pollable (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 16384) "told once\\0a")
  (global $told (mut i32) (i32.const 0))
  (func (export "shutdown") ${shutdown})
  (func (export "main") (result i32)
    (i32.store (i32.const 20000) (call $pollable))
    (loop $again
      (drop (call $wait (i64.const ${NEVER}) (i32.const 20000) (i32.const 1) (i32.const 20008)))
      (br_if $again (i32.eqz ${ends})))
    (drop (call $write (i32.const 16384) (i32.const 10)))
    (i32.const 0)))`;

const note = "(global.set $told (i32.add (global.get $told) (i32.const 1)))";

/** Notes that it is told, leaves its wait, says so, and returns. */
export const told = waiting(note, "(i32.eq (global.get $told) (i32.const 1))");
/** Is told, and goes on waiting. */
export const stubborn = waiting(note, "(i32.const 0)");

/** Waits for time alone, and is not told. */
export const idle = `(module
  (import "kernel" "wait" (func $wait (param i64 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "main") (result i32)
    (call $wait (i64.const ${NEVER}) (i32.const 0) (i32.const 0) (i32.const 0))))`;

/** Has 5000 pollables at once. */
export const handles = `(module
  (import "kernel" "stdin_pollable" (func $pollable (result i32)))
  (memory (export "memory") 1)
  (func (export "main") (result i32)
    (local $count i32)
    (loop $again
      (drop (call $pollable))
      (local.set $count (i32.add (local.get $count) (i32.const 1)))
      (br_if $again (i32.lt_u (local.get $count) (i32.const 5000))))
    (i32.const 0)))`;
