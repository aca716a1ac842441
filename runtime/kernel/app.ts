// What the kernel calls in the app above it. `compiler/build/link.ts` ties these to the app's exports; one that the app
// does not export (a job in C has no collector) becomes a no-op there.

/** Runs the top-level code of all modules. */
@external("env", "start")
export declare function start(): void;
/** Runs the image: the only job, or the scheduler of all threads. Returns the exit code, 0 to 255. */
@external("env", "main")
export declare function main(): i32;
/** Answers a request of wasi:http. */
@external("env", "answer")
export declare function answer(request: i32, response: i32): void;
/** Runs thread `thread` from its beginning; returns when the thread ends. */
@external("env", "enter")
export declare function enter(thread: usize): void;
/** Resizes raw memory as realloc does (`block` 0: new). Returns 0 when there is none left. */
@external("env", "reserve")
export declare function reserve(block: usize, size: usize): usize;
/** Frees what `reserve` gave. */
@external("env", "release")
export declare function release(block: usize): void;
/** Top of the collector's shadow stack. */
@external("env", "shadow_get")
export declare function shadowGet(): usize;
@external("env", "shadow_set")
export declare function shadowSet(top: usize): void;
