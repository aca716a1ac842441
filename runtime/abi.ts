// The calls of the kernel: all that an app, in whatever language, may import besides what its devices declare
// (docs/abi.md has the prose twin; compiler/build/check-imports.ts holds an app to this list).
//
// Addresses and sizes are bytes in the app's memory. Text is UTF-16, as AssemblyScript's strings are. No call keeps an
// address after it has returned, but for the plan of `realloc_*`.

// ── console ──

/** Writes `length` bytes to standard output. Returns 0, or -1 when it is closed. Blocks the image while it is full. */
// @ts-ignore: decorator
@external("kernel", "stdout_write")
export declare function stdout_write(data: usize, length: usize): i32;

/** Writes `count` UTF-16 units as UTF-8 and a line feed to standard output. A lone surrogate becomes U+FFFD. Returns as `stdout_write`. */
// @ts-ignore: decorator
@external("kernel", "stdout_line")
export declare function stdout_line(units: usize, count: usize): i32;

/** As `stdout_line`, to standard error. */
// @ts-ignore: decorator
@external("kernel", "stderr_line")
export declare function stderr_line(units: usize, count: usize): i32;

/** Reads at most `length` bytes of standard input. Returns how many, 0 when none are there yet, -1 at the end. Never blocks. */
// @ts-ignore: decorator
@external("kernel", "stdin_read")
export declare function stdin_read(data: usize, length: usize): i32;

/** A new pollable, ready when `stdin_read` will not return 0. The caller owns it. */
// @ts-ignore: decorator
@external("kernel", "stdin_pollable")
export declare function stdin_pollable(): i32;

// ── time ──

/** Nanoseconds since some moment before boot; never goes back. */
// @ts-ignore: decorator
@external("kernel", "clock_monotonic")
export declare function clock_monotonic(): i64;

/** Nanoseconds since 1970-01-01T00:00Z; may jump. */
// @ts-ignore: decorator
@external("kernel", "clock_wall")
export declare function clock_wall(): i64;

// ── randomness ──

/** Fills `length` bytes with random ones, fit for keys. */
// @ts-ignore: decorator
@external("kernel", "random_fill")
export declare function random_fill(data: usize, length: usize): void;

/** 64 random bits, fit for keys. Needs less of the host than `random_fill`. */
// @ts-ignore: decorator
@external("kernel", "random_u64")
export declare function random_u64(): u64;

// ── waiting ──

/**
 * Blocks the image until the monotonic clock reaches `deadline` (i64.MAX_VALUE: never) or one of `count` pollables at
 * `pollables` (u32 each, with room for one more) is ready. Writes the indices of the ready ones, ascending, to `ready`
 * (u32 each, with room for `count` + 1) and returns how many they are. A deadline in the past asks without blocking.
 */
// @ts-ignore: decorator
@external("kernel", "wait")
export declare function wait(deadline: i64, pollables: usize, count: u32, ready: usize): u32;

/** Gives a pollable back. */
// @ts-ignore: decorator
@external("kernel", "pollable_drop")
export declare function pollable_drop(pollable: i32): void;

// ── sockets ──
//
// An address is 32 bytes, a wasi:sockets/network.ip-socket-address as it lies in memory: the family at 0 (0: IPv4, 1: IPv6) and
// the port at 4 (u16); then four bytes at 6, or for IPv6 flow-info at 8 (u32), eight u16 at 12 and scope-id at 28 (u32). A CODE
// is one of wasi:sockets/network.error-code, by its number; 8 is `would-block`.

/**
 * Listens at an address, port 0 for a free one; the host keeps `backlog` connections that nobody has accepted. Returns a listener, which
 * is the caller's until `tcp_close_listener`, or -1 - CODE.
 */
// @ts-ignore: decorator
@external("kernel", "tcp_listen")
export declare function tcp_listen(address: usize, backlog: u32): i32;

/**
 * Writes the next connection to `connection`: three handles (u32 each), a socket and its streams in and out, which are the
 * caller's until `tcp_close`. Returns 0, or -1 - CODE: `would-block` while there is none.
 */
// @ts-ignore: decorator
@external("kernel", "tcp_accept")
export declare function tcp_accept(listener: i32, connection: usize): i32;

/** Begins to connect, and writes three handles as `tcp_accept`, of which those of the streams are 0. Returns 0, or -1 - CODE, without any. */
// @ts-ignore: decorator
@external("kernel", "tcp_connect")
export declare function tcp_connect(address: usize, connection: usize): i32;

/** Asks whether it is connected, and writes the streams. Returns 0, or -1 - CODE: `would-block` while it is not. */
// @ts-ignore: decorator
@external("kernel", "tcp_connected")
export declare function tcp_connected(connection: usize): i32;

/**
 * A new pollable of a socket or listener, ready when `tcp_accept` or `tcp_connected` will not say `would-block`. The caller
 * owns it, and drops it before.
 */
// @ts-ignore: decorator
@external("kernel", "tcp_pollable")
export declare function tcp_pollable(socket: i32): i32;

/** Writes a socket's own address. Returns 0 or -1 - CODE. */
// @ts-ignore: decorator
@external("kernel", "tcp_local")
export declare function tcp_local(socket: i32, address: usize): i32;

/** Writes the address of a connection's other side. Returns 0 or -1 - CODE. */
// @ts-ignore: decorator
@external("kernel", "tcp_remote")
export declare function tcp_remote(socket: i32, address: usize): i32;

/** Says that nothing more will be written; what was written is still sent. Reading goes on. */
// @ts-ignore: decorator
@external("kernel", "tcp_shutdown")
export declare function tcp_shutdown(socket: i32): void;

/**
 * Gives a connection back: its streams, where there are any, and its socket. While `stream_room` is 0 a host may lose what it is
 * still writing, or let the image wait until it is written.
 */
// @ts-ignore: decorator
@external("kernel", "tcp_close")
export declare function tcp_close(connection: usize): void;

/** Gives a listener back. */
// @ts-ignore: decorator
@external("kernel", "tcp_close_listener")
export declare function tcp_close_listener(listener: i32): void;

// ── streams ──

/** Reads at most `length` bytes. Returns how many, 0 when none are there yet, -1 at the end, -2 when it is broken. Never blocks. */
// @ts-ignore: decorator
@external("kernel", "stream_read")
export declare function stream_read(input: i32, data: usize, length: usize): i32;

/** A new pollable, ready when `stream_read` will not return 0. The caller owns it, and drops it before the stream. */
// @ts-ignore: decorator
@external("kernel", "stream_readable")
export declare function stream_readable(input: i32): i32;

/** How many bytes `stream_write` takes; 0 while the host writes what it has; -1 when it is closed, -2 when it is broken. */
// @ts-ignore: decorator
@external("kernel", "stream_room")
export declare function stream_room(output: i32): i32;

/** Writes as many bytes as `stream_room` has said before, at most. Returns 0, or as that. */
// @ts-ignore: decorator
@external("kernel", "stream_write")
export declare function stream_write(output: i32, data: usize, length: usize): i32;

/** A new pollable, ready when `stream_room` will not return 0. The caller owns it, and drops it before the stream. */
// @ts-ignore: decorator
@external("kernel", "stream_writable")
export declare function stream_writable(output: i32): i32;

/** Gives a stream back. */
// @ts-ignore: decorator
@external("kernel", "stream_close_input")
export declare function stream_close_input(input: i32): void;

/** Gives a stream back. */
// @ts-ignore: decorator
@external("kernel", "stream_close_output")
export declare function stream_close_output(output: i32): void;

// ── datagrams ──

/**
 * Opens a UDP socket at an address, port 0 for a free one. With `remote`, which may be 0, it sends to that address only and hears
 * from nobody else. Writes three handles to `socket` (u32 each), which are the caller's until `udp_close`. Returns 0 or -1 - CODE.
 */
// @ts-ignore: decorator
@external("kernel", "udp_open")
export declare function udp_open(socket: usize, local: usize, remote: usize): i32;

/**
 * Takes at most `count` datagrams that have come. They land in slots of `size` bytes, a multiple of 8, at `slots`, of which there are `count` + 1:
 * the first, of at least 40 × `count` bytes, gets records of 40 bytes: a datagram's address in memory, its size, and who has sent it. One that is larger
 * than its slot is lost and counted, and its address is outside of the slots. Returns how many there are, 0 when none has come, or -1 - CODE.
 */
// @ts-ignore: decorator
@external("kernel", "udp_receive")
export declare function udp_receive(socket: usize, slots: usize, size: usize, count: u32): i32;

/**
 * Sends datagrams: `count` records of 44 bytes at `datagrams`, each the address in memory and size of one, and (at 8) 1 and (at 12) to whom
 * it goes, or 0 where `udp_open` has said that. Returns how many of them the host has taken, from the first on, or -1 - CODE.
 */
// @ts-ignore: decorator
@external("kernel", "udp_send")
export declare function udp_send(socket: usize, datagrams: usize, count: u32): i32;

/** A new pollable, ready when `udp_receive` will not return 0. The caller owns it, and drops it before the socket. */
// @ts-ignore: decorator
@external("kernel", "udp_pollable")
export declare function udp_pollable(socket: usize): i32;

/** Gives a socket back. */
// @ts-ignore: decorator
@external("kernel", "udp_close")
export declare function udp_close(socket: usize): void;

// ── names ──

/** Asks the host for the addresses of a name, of `units` UTF-16 units. Returns a list, which is the caller's until `names_close`, or -1 - CODE. */
// @ts-ignore: decorator
@external("kernel", "names_ask")
export declare function names_ask(name: usize, units: usize): i32;

/**
 * Writes the next one: 18 bytes, the family at 0, then at 2 four bytes or eight u16. Returns 1, 0 at the end, or -1 - CODE:
 * `would-block` while there is no answer.
 */
// @ts-ignore: decorator
@external("kernel", "names_next")
export declare function names_next(names: i32, address: usize): i32;

/** A new pollable, ready when `names_next` will not say `would-block`. The caller owns it, and drops it before the list. */
// @ts-ignore: decorator
@external("kernel", "names_pollable")
export declare function names_pollable(names: i32): i32;

/** Gives a list back. */
// @ts-ignore: decorator
@external("kernel", "names_close")
export declare function names_close(names: i32): void;

// ── HTTP that the host speaks (only where the target is http) ──

/**
 * What a request wants done: the number of a case of `wasi:http/types.method`, and for `other`, 9, its text is written to `text`
 * (address u32, UTF-16 units u32). Texts and lists of these calls stay until `realloc_release`, or the next plan's end.
 */
// @ts-ignore: decorator
@external("kernel", "http_method")
export declare function http_method(request: i32, text: usize): i32;

/** Writes a request's path, with its query, to `text`. False: it has none. */
// @ts-ignore: decorator
@external("kernel", "http_target")
export declare function http_target(request: i32, text: usize): bool;

/** Writes the host, and perhaps a port, that a request is for to `text`. False: it does not say. */
// @ts-ignore: decorator
@external("kernel", "http_authority")
export declare function http_authority(request: i32, text: usize): bool;

/** A request's fields, which are the caller's until `http_fields_close`, and are closed before the request. */
// @ts-ignore: decorator
@external("kernel", "http_request_fields")
export declare function http_request_fields(request: i32): i32;

/**
 * Takes a request's body, once: writes two handles to `body` (u32 each), of itself and of its stream, which is closed by
 * `stream_close_input` before the body is by `http_input_close`.
 */
// @ts-ignore: decorator
@external("kernel", "http_request_body")
export declare function http_request_body(request: i32, body: usize): void;

/** Gives a request back. */
// @ts-ignore: decorator
@external("kernel", "http_request_close")
export declare function http_request_close(request: i32): void;

/** Gives a body that was read back. */
// @ts-ignore: decorator
@external("kernel", "http_input_close")
export declare function http_input_close(body: i32): void;

/** New fields. They are the caller's until `http_fields_close`, `http_answer` or `http_ask`. */
// @ts-ignore: decorator
@external("kernel", "http_fields")
export declare function http_fields(): i32;

/** Adds a field of a name, of `units` UTF-16 units, and a value of `length` bytes. False: the host does not take it. */
// @ts-ignore: decorator
@external("kernel", "http_fields_add")
export declare function http_fields_add(fields: i32, name: usize, units: usize, value: usize, length: usize): bool;

/** Address of a list (address u32, count u32) of all fields: of each name (address u32, UTF-16 units u32) and value (address u32, bytes u32). */
// @ts-ignore: decorator
@external("kernel", "http_fields_all")
export declare function http_fields_all(fields: i32): usize;

/** Gives fields back. */
// @ts-ignore: decorator
@external("kernel", "http_fields_close")
export declare function http_fields_close(fields: i32): void;

/**
 * Begins the answer to `out`, the second thing that `handle` is given. Takes `fields`, and writes two handles to `body`, of the body and of
 * its stream, which is closed by `stream_close_output` before the body is by `http_output_end` or `http_output_abort`.
 */
// @ts-ignore: decorator
@external("kernel", "http_answer")
export declare function http_answer(out: i32, fields: i32, status: i32, body: usize): void;

/** A body is all written. False: it is more or less than the fields say, or the other side is gone. */
// @ts-ignore: decorator
@external("kernel", "http_output_end")
export declare function http_output_end(body: i32): bool;

/** Gives a body up, so that who reads it sees that it has not got all. */
// @ts-ignore: decorator
@external("kernel", "http_output_abort")
export declare function http_output_abort(body: i32): void;

/**
 * Asks a server: `method` as `http_method` has it, `name` for `other`. Takes `fields`, and writes three handles to `connection`: of what the
 * answer will be, and of the body that is sent and its stream. Returns 0, or -1 - CODE without the first of them, where CODE is one of
 * `wasi:http/types.error-code`, or -1 - 19 without any.
 */
// @ts-ignore: decorator
@external("kernel", "http_ask")
export declare function http_ask(method: i32, name: usize, nameUnits: usize, isSecure: bool, authority: usize, authorityUnits: usize, target: usize, targetUnits: usize, fields: i32, connection: usize): i32;

/** The answer, which is the caller's until `http_reply_close`, 0 while there is none, or -1 - CODE. Not to be asked again then. */
// @ts-ignore: decorator
@external("kernel", "http_reply")
export declare function http_reply(future: i32): i32;

/** A new pollable, ready when `http_reply` will not return 0. The caller owns it, and drops it before. */
// @ts-ignore: decorator
@external("kernel", "http_reply_pollable")
export declare function http_reply_pollable(future: i32): i32;

/** Gives back what the answer was to be. An answer that has come stays. */
// @ts-ignore: decorator
@external("kernel", "http_ask_close")
export declare function http_ask_close(future: i32): void;

/** An answer's status. */
// @ts-ignore: decorator
@external("kernel", "http_reply_status")
export declare function http_reply_status(reply: i32): i32;

/** As `http_request_fields`, of an answer. */
// @ts-ignore: decorator
@external("kernel", "http_reply_fields")
export declare function http_reply_fields(reply: i32): i32;

/** As `http_request_body`, of an answer. */
// @ts-ignore: decorator
@external("kernel", "http_reply_body")
export declare function http_reply_body(reply: i32, body: usize): void;

/** Gives an answer back. */
// @ts-ignore: decorator
@external("kernel", "http_reply_close")
export declare function http_reply_close(reply: i32): void;

// ── threads ──

/**
 * Runs the thread with the record at `thread` until it suspends (true) or ends (false). A record is six u32, zero
 * before the first run: block, its size, bytes of frames, bytes of shadow stack (all the kernel's; the block is freed
 * with `env.release` by whoever drops the record), then name, its UTF-16 units, and id. A record that has not run yet
 * begins in `env.enter`. Called by the scheduler only, from outside any thread.
 */
// @ts-ignore: decorator
@external("kernel", "thread_resume")
export declare function thread_resume(thread: usize): bool;

/** Suspends the running thread: its `thread_resume` returns true, and this call returns when it is resumed. */
// @ts-ignore: decorator
@external("kernel", "thread_suspend")
export declare function thread_suspend(): void;

/** Prints that all threads are blocked to standard error; `thread_waits` for each of them and a trap are to follow. */
// @ts-ignore: decorator
@external("kernel", "threads_blocked")
export declare function threads_blocked(): void;

/** Prints to standard error that a thread, the one of this record, waits at a site (`link.site`; 0: unknown). */
// @ts-ignore: decorator
@external("kernel", "thread_waits")
export declare function thread_waits(thread: usize, site: u32): void;

// ── start and end ──

/** Runs the app's top-level code (its `start` export). */
// @ts-ignore: decorator
@external("kernel", "app_start")
export declare function app_start(): void;

/**
 * Address of the image's arguments: a list (address u32, count u32) of strings (address u32, UTF-16 units u32).
 * Argument 0 is the image's name. They stay until `realloc_release`.
 */
// @ts-ignore: decorator
@external("kernel", "arguments_get")
export declare function arguments_get(): usize;

/** Ends the image at once with `code`, 0 to 255. Codes other than 0 and 1 need wasmtime 46 or newer. */
// @ts-ignore: decorator
@external("kernel", "exit")
export declare function exit(code: i32): void;

/** Prints "abort: MESSAGE at FILE:LINE:COLUMN" to standard error and traps. */
// @ts-ignore: decorator
@external("kernel", "abort")
export declare function abort(message: usize, messageUnits: usize, file: usize, fileUnits: usize, line: u32, column: u32): void;

/** Prints "abort: out of memory" to standard error and traps. */
// @ts-ignore: decorator
@external("kernel", "abort_memory")
export declare function abort_memory(): void;

// ── where the host's lists land (for drivers that import WIT interfaces of their own) ──

/**
 * The next `count` lists or strings that the host allocates land in slots of `size` bytes from `data` on, in the order
 * of its calls; what follows lands in the spill area. One that is larger than its slot is dropped and counted. Set it
 * just before the call that needs it: the plan ends with the next one.
 */
// @ts-ignore: decorator
@external("kernel", "realloc_slots")
export declare function realloc_slots(data: usize, size: usize, count: usize): void;

/** All lists and strings land in the spill area, until the next plan. */
// @ts-ignore: decorator
@external("kernel", "realloc_anywhere")
export declare function realloc_anywhere(): void;

/** Frees the spill area. */
// @ts-ignore: decorator
@external("kernel", "realloc_release")
export declare function realloc_release(): void;

/** How many lists and strings were dropped since boot. */
// @ts-ignore: decorator
@external("kernel", "realloc_dropped")
export declare function realloc_dropped(): u32;
