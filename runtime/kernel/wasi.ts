// WASI 0.2 calls as the canonical ABI lowers them: handles are i32, a list is (pointer, length), a result that does not
// fit one value goes to a return area whose address is the last parameter. Each name carries the lowest 0.2.x version
// that has the call, so that older hosts take the image too. The interfaces themselves stand in ../wit/.

// wasi:cli
@external("wasi:cli/stdout@0.2.0", "get-stdout")
export declare function getStdout(): i32;
@external("wasi:cli/stderr@0.2.0", "get-stderr")
export declare function getStderr(): i32;
@external("wasi:cli/stdin@0.2.0", "get-stdin")
export declare function getStdin(): i32;
@external("wasi:cli/environment@0.2.0", "get-arguments")
export declare function getArguments(result: usize): void;
@external("wasi:cli/exit@0.2.0", "exit")
export declare function exitWithResult(failed: i32): void;
@external("wasi:cli/exit@0.2.0", "exit-with-code")
export declare function exitWithCode(code: i32): void;

// wasi:io
@external("wasi:io/streams@0.2.0", "[method]output-stream.blocking-write-and-flush")
export declare function blockingWriteAndFlush(stream: i32, data: usize, length: usize, result: usize): void;
@external("wasi:io/streams@0.2.0", "[method]input-stream.read")
export declare function read(stream: i32, length: u64, result: usize): void;
@external("wasi:io/streams@0.2.0", "[method]input-stream.subscribe")
export declare function subscribeInput(stream: i32): i32;
@external("wasi:io/error@0.2.0", "[resource-drop]error")
export declare function dropError(error: i32): void;
@external("wasi:io/poll@0.2.0", "poll")
export declare function poll(pollables: usize, count: usize, result: usize): void;
@external("wasi:io/poll@0.2.0", "[method]pollable.block")
export declare function block(pollable: i32): void;
@external("wasi:io/poll@0.2.0", "[resource-drop]pollable")
export declare function dropPollable(pollable: i32): void;

// wasi:clocks
@external("wasi:clocks/monotonic-clock@0.2.0", "now")
export declare function monotonicNow(): u64;
@external("wasi:clocks/monotonic-clock@0.2.0", "subscribe-instant")
export declare function subscribeInstant(when: u64): i32;
@external("wasi:clocks/wall-clock@0.2.0", "now")
export declare function wallNow(result: usize): void;

// wasi:random
@external("wasi:random/random@0.2.0", "get-random-bytes")
export declare function getRandomBytes(length: u64, result: usize): void;
@external("wasi:random/random@0.2.0", "get-random-u64")
export declare function getRandomU64(): u64;
