// The kernel: the Wasm module under every image. It lowers device calls to WASI, switches threads and waits; what each
// call means stands in ../abi.ts. It has no heap: static buffers below the app's memory, and `env.reserve`.

export { abort, abort_memory, thread_waits, threads_blocked } from "./abort";
export { arguments_get } from "./arguments";
export { clock_monotonic, clock_wall } from "./clock";
export { stderr_line, stdin_pollable, stdin_read, stdout_line, stdout_write } from "./console";
export {
  handle,
  http_answer,
  http_ask,
  http_ask_close,
  http_authority,
  http_fields,
  http_fields_add,
  http_fields_all,
  http_fields_close,
  http_input_close,
  http_method,
  http_output_abort,
  http_output_end,
  http_reply,
  http_reply_body,
  http_reply_close,
  http_reply_fields,
  http_reply_pollable,
  http_reply_status,
  http_request_body,
  http_request_close,
  http_request_fields,
  http_target,
} from "./http";
export { names_ask, names_close, names_next, names_pollable } from "./names";
export { random_fill, random_u64 } from "./random";
export { anywhere as realloc_anywhere, cabi_realloc, many as realloc_slots, realloc_dropped, release as realloc_release } from "./realloc";
export { exit, run } from "./run";
export {
  stream_close_input,
  stream_close_output,
  stream_read,
  stream_readable,
  stream_room,
  stream_writable,
  stream_write,
} from "./stream";
export {
  tcp_accept,
  tcp_close,
  tcp_close_listener,
  tcp_connect,
  tcp_connected,
  tcp_listen,
  tcp_local,
  tcp_pollable,
  tcp_remote,
  tcp_shutdown,
} from "./tcp";
export { thread_resume, thread_suspend } from "./thread";
export { udp_close, udp_open, udp_pollable, udp_receive, udp_send } from "./udp";
export { pollable_drop, wait } from "./wait";
import { start } from "./app";

/** Runs the app's top-level code. It is a call and no start section: in one, a call with a return area would trap. */
export function app_start(): void {
  start();
}

/** First address that is not the kernel's. */
export function kernel_end(): usize {
  return __heap_base;
}
