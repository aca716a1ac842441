// Requests that a host of wasi:http brings, and those that it takes elsewhere.

import { answer } from "./app";
import { anywhere } from "./realloc";
import {
  appendField,
  ask,
  askBody,
  consumeReply,
  consumeRequest,
  dropAsk,
  dropFields,
  dropFuture,
  dropIncomingBody,
  dropOutgoingBody,
  dropReply,
  dropRequest,
  entriesOf,
  finishBody,
  getReply,
  inputOf,
  newFields,
  newRequest,
  newResponse,
  outputOf,
  replyFields,
  replyStatus,
  requestAuthority,
  requestFields,
  requestMethod,
  requestTarget,
  respond,
  responseBody,
  setAuthority,
  setMethod,
  setScheme,
  setStatus,
  setTarget,
  subscribeReply,
} from "./wasi";

/** Return area: discriminants, each (at 4 or 8) with a handle, a text or list, or (at 8) another one: the largest is that of a reply. */
const result = memory.data(64, 8);
/** Of wasi:http/types.error-code: what the host does not take as a part of a request. */
const URI_INVALID: i32 = 19;

/** `wasi:http/incoming-handler`. */
export function handle(request: i32, response: i32): void {
  answer(request, response);
}

export function http_method(request: i32, text: usize): i32 {
  anywhere();
  requestMethod(request, result);
  store<u64>(text, load<u64>(result, 4));
  return load<u8>(result);
}

export function http_target(request: i32, text: usize): bool {
  anywhere();
  requestTarget(request, result);
  store<u64>(text, load<u64>(result, 4));
  return load<bool>(result);
}

export function http_authority(request: i32, text: usize): bool {
  anywhere();
  requestAuthority(request, result);
  store<u64>(text, load<u64>(result, 4));
  return load<bool>(result);
}

export function http_request_fields(request: i32): i32 {
  return requestFields(request);
}

export function http_request_body(request: i32, body: usize): void {
  consumeRequest(request, result);
  openInput(body);
}

export function http_request_close(request: i32): void {
  dropRequest(request);
}

/** Of the body in the return area. Each is taken once, so there is one. */
function openInput(body: usize): void {
  const handle = load<i32>(result, 4);
  inputOf(handle, result);
  store<i32>(body, handle);
  store<i32>(body, load<i32>(result, 4), 4);
}

function openOutput(body: usize): void {
  const handle = load<i32>(result, 4);
  outputOf(handle, result);
  store<i32>(body, handle);
  store<i32>(body, load<i32>(result, 4), 4);
}

export function http_input_close(body: i32): void {
  dropIncomingBody(body);
}

export function http_fields(): i32 {
  return newFields();
}

export function http_fields_add(fields: i32, name: usize, units: usize, value: usize, length: usize): bool {
  appendField(fields, name, units, value, length, result);
  return !load<u8>(result);
}

export function http_fields_all(fields: i32): usize {
  anywhere();
  entriesOf(fields, result);
  return result;
}

export function http_fields_close(fields: i32): void {
  dropFields(fields);
}

export function http_answer(out: i32, fields: i32, status: i32, body: usize): void {
  const response = newResponse(fields);
  // What it is by itself.
  if (status != 200) setStatus(response, status);
  responseBody(response, result);
  const handle = load<i32>(result, 4);
  respond(out, 0, response, 0, 0, 0, 0, 0, 0);
  store<i32>(result, handle, 4);
  openOutput(body);
}

export function http_output_end(body: i32): bool {
  anywhere();
  finishBody(body, 0, 0, result);
  return !load<u8>(result);
}

export function http_output_abort(body: i32): void {
  dropOutgoingBody(body);
}

export function http_ask(method: i32, name: usize, nameUnits: usize, isSecure: bool, authority: usize, authorityUnits: usize, target: usize, targetUnits: usize, fields: i32, connection: usize): i32 {
  const request = newRequest(fields);
  let refused = setMethod(request, method, name, nameUnits);
  refused |= setScheme(request, 1, i32(isSecure), 0, 0);
  refused |= setAuthority(request, 1, authority, authorityUnits);
  refused |= setTarget(request, 1, target, targetUnits);
  if (refused) {
    dropAsk(request);
    return -1 - URI_INVALID;
  }
  askBody(request, result);
  openOutput(connection + 4);
  anywhere();
  ask(request, 0, 0, result);
  store<i32>(connection, load<i32>(result, 8));
  return load<u8>(result) ? -1 - <i32>load<u8>(result, 8) : 0;
}

export function http_reply(future: i32): i32 {
  anywhere();
  getReply(future, result);
  if (!load<u8>(result)) return 0;
  return load<u8>(result, 16) ? -1 - <i32>load<u8>(result, 24) : load<i32>(result, 24);
}

export function http_reply_pollable(future: i32): i32 {
  return subscribeReply(future);
}

export function http_ask_close(future: i32): void {
  dropFuture(future);
}

export function http_reply_status(reply: i32): i32 {
  return replyStatus(reply);
}

export function http_reply_fields(reply: i32): i32 {
  return replyFields(reply);
}

export function http_reply_body(reply: i32, body: usize): void {
  consumeReply(reply, result);
  openInput(body);
}

export function http_reply_close(reply: i32): void {
  dropReply(reply);
}
