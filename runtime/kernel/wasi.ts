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
@external("wasi:io/streams@0.2.0", "[resource-drop]input-stream")
export declare function dropInput(stream: i32): void;
@external("wasi:io/streams@0.2.0", "[method]output-stream.check-write")
export declare function checkWrite(stream: i32, result: usize): void;
@external("wasi:io/streams@0.2.0", "[method]output-stream.write")
export declare function write(stream: i32, data: usize, length: usize, result: usize): void;
@external("wasi:io/streams@0.2.0", "[method]output-stream.subscribe")
export declare function subscribeOutput(stream: i32): i32;
@external("wasi:io/streams@0.2.0", "[resource-drop]output-stream")
export declare function dropOutput(stream: i32): void;
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

// wasi:sockets. An address is its discriminant (0: IPv4, 1: IPv6) and the eleven integers of the larger case, as they follow each
// other in memory: port, then four numbers and what is not looked at, or flow-info, eight numbers and scope-id.
@external("wasi:sockets/instance-network@0.2.0", "instance-network")
export declare function instanceNetwork(): i32;
@external("wasi:sockets/network@0.2.0", "[resource-drop]network")
export declare function dropNetwork(network: i32): void;
@external("wasi:sockets/tcp-create-socket@0.2.0", "create-tcp-socket")
export declare function createTcpSocket(family: i32, result: usize): void;
@external("wasi:sockets/tcp@0.2.0", "[method]tcp-socket.start-bind")
export declare function startBindTcp(socket: i32, network: i32, family: i32, port: i32, a: i32, b: i32, c: i32, d: i32, e: i32, f: i32, g: i32, h: i32, i: i32, j: i32, result: usize): void;
@external("wasi:sockets/tcp@0.2.0", "[method]tcp-socket.finish-bind")
export declare function finishBindTcp(socket: i32, result: usize): void;
@external("wasi:sockets/tcp@0.2.0", "[method]tcp-socket.start-connect")
export declare function startConnect(socket: i32, network: i32, family: i32, port: i32, a: i32, b: i32, c: i32, d: i32, e: i32, f: i32, g: i32, h: i32, i: i32, j: i32, result: usize): void;
@external("wasi:sockets/tcp@0.2.0", "[method]tcp-socket.finish-connect")
export declare function finishConnect(socket: i32, result: usize): void;
@external("wasi:sockets/tcp@0.2.0", "[method]tcp-socket.set-listen-backlog-size")
export declare function setListenBacklogSize(socket: i32, size: u64, result: usize): void;
@external("wasi:sockets/tcp@0.2.0", "[method]tcp-socket.start-listen")
export declare function startListen(socket: i32, result: usize): void;
@external("wasi:sockets/tcp@0.2.0", "[method]tcp-socket.finish-listen")
export declare function finishListen(socket: i32, result: usize): void;
@external("wasi:sockets/tcp@0.2.0", "[method]tcp-socket.accept")
export declare function accept(socket: i32, result: usize): void;
@external("wasi:sockets/tcp@0.2.0", "[method]tcp-socket.local-address")
export declare function localAddressTcp(socket: i32, result: usize): void;
@external("wasi:sockets/tcp@0.2.0", "[method]tcp-socket.remote-address")
export declare function remoteAddressTcp(socket: i32, result: usize): void;
@external("wasi:sockets/tcp@0.2.0", "[method]tcp-socket.subscribe")
export declare function subscribeTcp(socket: i32): i32;
@external("wasi:sockets/tcp@0.2.0", "[method]tcp-socket.shutdown")
export declare function shutdownTcp(socket: i32, what: i32, result: usize): void;
@external("wasi:sockets/tcp@0.2.0", "[resource-drop]tcp-socket")
export declare function dropTcpSocket(socket: i32): void;
@external("wasi:sockets/udp-create-socket@0.2.0", "create-udp-socket")
export declare function createUdpSocket(family: i32, result: usize): void;
@external("wasi:sockets/udp@0.2.0", "[method]udp-socket.start-bind")
export declare function startBindUdp(socket: i32, network: i32, family: i32, port: i32, a: i32, b: i32, c: i32, d: i32, e: i32, f: i32, g: i32, h: i32, i: i32, j: i32, result: usize): void;
@external("wasi:sockets/udp@0.2.0", "[method]udp-socket.finish-bind")
export declare function finishBindUdp(socket: i32, result: usize): void;
@external("wasi:sockets/udp@0.2.0", "[method]udp-socket.set-receive-buffer-size")
export declare function setReceiveBufferSizeUdp(socket: i32, size: u64, result: usize): void;
@external("wasi:sockets/udp@0.2.0", "[method]udp-socket.stream")
export declare function streamUdp(socket: i32, some: i32, family: i32, port: i32, a: i32, b: i32, c: i32, d: i32, e: i32, f: i32, g: i32, h: i32, i: i32, j: i32, result: usize): void;
@external("wasi:sockets/udp@0.2.0", "[resource-drop]udp-socket")
export declare function dropUdpSocket(socket: i32): void;
@external("wasi:sockets/udp@0.2.0", "[method]incoming-datagram-stream.receive")
export declare function receiveDatagrams(stream: i32, most: u64, result: usize): void;
@external("wasi:sockets/udp@0.2.0", "[method]incoming-datagram-stream.subscribe")
export declare function subscribeIncoming(stream: i32): i32;
@external("wasi:sockets/udp@0.2.0", "[resource-drop]incoming-datagram-stream")
export declare function dropIncoming(stream: i32): void;
@external("wasi:sockets/udp@0.2.0", "[method]outgoing-datagram-stream.check-send")
export declare function checkSend(stream: i32, result: usize): void;
@external("wasi:sockets/udp@0.2.0", "[method]outgoing-datagram-stream.send")
export declare function sendDatagrams(stream: i32, datagrams: usize, count: usize, result: usize): void;
@external("wasi:sockets/udp@0.2.0", "[resource-drop]outgoing-datagram-stream")
export declare function dropOutgoing(stream: i32): void;
@external("wasi:sockets/ip-name-lookup@0.2.0", "resolve-addresses")
export declare function resolveAddresses(network: i32, name: usize, units: usize, result: usize): void;
@external("wasi:sockets/ip-name-lookup@0.2.0", "[method]resolve-address-stream.resolve-next-address")
export declare function resolveNextAddress(stream: i32, result: usize): void;
@external("wasi:sockets/ip-name-lookup@0.2.0", "[method]resolve-address-stream.subscribe")
export declare function subscribeAddresses(stream: i32): i32;
@external("wasi:sockets/ip-name-lookup@0.2.0", "[resource-drop]resolve-address-stream")
export declare function dropAddresses(stream: i32): void;

// wasi:http. A text or list that may be is its discriminant, pointer and length; an error-code is flat seven numbers, as in
// `respond`, of which only the first is looked at where there is none.
@external("wasi:http/types@0.2.0", "[method]incoming-request.method")
export declare function requestMethod(request: i32, result: usize): void;
@external("wasi:http/types@0.2.0", "[method]incoming-request.path-with-query")
export declare function requestTarget(request: i32, result: usize): void;
@external("wasi:http/types@0.2.0", "[method]incoming-request.authority")
export declare function requestAuthority(request: i32, result: usize): void;
@external("wasi:http/types@0.2.0", "[method]incoming-request.headers")
export declare function requestFields(request: i32): i32;
@external("wasi:http/types@0.2.0", "[method]incoming-request.consume")
export declare function consumeRequest(request: i32, result: usize): void;
@external("wasi:http/types@0.2.0", "[resource-drop]incoming-request")
export declare function dropRequest(request: i32): void;
@external("wasi:http/types@0.2.0", "[method]incoming-body.stream")
export declare function inputOf(body: i32, result: usize): void;
@external("wasi:http/types@0.2.0", "[resource-drop]incoming-body")
export declare function dropIncomingBody(body: i32): void;
@external("wasi:http/types@0.2.0", "[constructor]fields")
export declare function newFields(): i32;
@external("wasi:http/types@0.2.0", "[method]fields.append")
export declare function appendField(fields: i32, name: usize, units: usize, value: usize, length: usize, result: usize): void;
@external("wasi:http/types@0.2.0", "[method]fields.entries")
export declare function entriesOf(fields: i32, result: usize): void;
@external("wasi:http/types@0.2.0", "[resource-drop]fields")
export declare function dropFields(fields: i32): void;
@external("wasi:http/types@0.2.0", "[constructor]outgoing-response")
export declare function newResponse(fields: i32): i32;
@external("wasi:http/types@0.2.0", "[method]outgoing-response.set-status-code")
export declare function setStatus(response: i32, status: i32): i32;
@external("wasi:http/types@0.2.0", "[method]outgoing-response.body")
export declare function responseBody(response: i32, result: usize): void;
@external("wasi:http/types@0.2.0", "[static]response-outparam.set")
export declare function respond(to: i32, isError: i32, response: i32, a: i32, b: i64, c: i32, d: i32, e: i32, f: i32): void;
@external("wasi:http/types@0.2.0", "[method]outgoing-body.write")
export declare function outputOf(body: i32, result: usize): void;
@external("wasi:http/types@0.2.0", "[static]outgoing-body.finish")
export declare function finishBody(body: i32, hasTrailers: i32, trailers: i32, result: usize): void;
@external("wasi:http/types@0.2.0", "[resource-drop]outgoing-body")
export declare function dropOutgoingBody(body: i32): void;
@external("wasi:http/types@0.2.0", "[constructor]outgoing-request")
export declare function newRequest(fields: i32): i32;
@external("wasi:http/types@0.2.0", "[method]outgoing-request.body")
export declare function askBody(request: i32, result: usize): void;
@external("wasi:http/types@0.2.0", "[method]outgoing-request.set-method")
export declare function setMethod(request: i32, method: i32, name: usize, units: usize): i32;
@external("wasi:http/types@0.2.0", "[method]outgoing-request.set-path-with-query")
export declare function setTarget(request: i32, some: i32, target: usize, units: usize): i32;
@external("wasi:http/types@0.2.0", "[method]outgoing-request.set-scheme")
export declare function setScheme(request: i32, some: i32, scheme: i32, name: usize, units: usize): i32;
@external("wasi:http/types@0.2.0", "[method]outgoing-request.set-authority")
export declare function setAuthority(request: i32, some: i32, authority: usize, units: usize): i32;
@external("wasi:http/types@0.2.0", "[resource-drop]outgoing-request")
export declare function dropAsk(request: i32): void;
@external("wasi:http/outgoing-handler@0.2.0", "handle")
export declare function ask(request: i32, hasOptions: i32, options: i32, result: usize): void;
@external("wasi:http/types@0.2.0", "[method]future-incoming-response.subscribe")
export declare function subscribeReply(future: i32): i32;
@external("wasi:http/types@0.2.0", "[method]future-incoming-response.get")
export declare function getReply(future: i32, result: usize): void;
@external("wasi:http/types@0.2.0", "[resource-drop]future-incoming-response")
export declare function dropFuture(future: i32): void;
@external("wasi:http/types@0.2.0", "[method]incoming-response.status")
export declare function replyStatus(reply: i32): i32;
@external("wasi:http/types@0.2.0", "[method]incoming-response.headers")
export declare function replyFields(reply: i32): i32;
@external("wasi:http/types@0.2.0", "[method]incoming-response.consume")
export declare function consumeReply(reply: i32, result: usize): void;
@external("wasi:http/types@0.2.0", "[resource-drop]incoming-response")
export declare function dropReply(reply: i32): void;
