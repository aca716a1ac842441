/* What the interfaces of wasi:sockets have in common. */
#ifndef WASI_SOCKETS_H
#define WASI_SOCKETS_H

#include "../sockets.h"
#include "wasi.h"

/* wasi:sockets/network.error-code */
enum { NOT_SUPPORTED = 2, INVALID_ARGUMENT = 3, NOT_IN_PROGRESS = 7, INVALID_STATE = 9, ADDRESS_NOT_BINDABLE = 11, ADDRESS_IN_USE = 12, REMOTE_UNREACHABLE = 13 };
enum { IPV4 = 0, IPV6 = 1 };
/* In memory, an ip-socket-address has its family at 0, its port at 4, and from 6 on (IPv4) or from 8 on (IPv6) what a call
 * has as integers. */
enum { ADDRESS_SIZE = 32, PORT_AT = 4, BYTES_AT = 6, FLOW_AT = 8, GROUPS_AT = 12, SCOPE_AT = 28 };

/* An address as a call has it, lowered: a family, a port, and ten integers of the larger case, of which IPv4 has four. */
#define ADDRESS u32 family, u32 port, u32 a, u32 b, u32 c, u32 d, u32 e, u32 f, u32 g, u32 h, u32 i, u32 j
#define ADDRESS_VALUES family, port, (u32[]){a, b, c, d, e, f, g, h, i, j}

/* network.c */
void check_network(u32 network);
struct handle *check_socket(u32 handle, enum handle_kind kind);
/* The one error, or that there is none. */
void put_result(u32 result, u32 payload, bool failed, u8 error);
/* What a call of the module's has answered; true when it has not failed. */
bool put_answer(u32 result, u32 payload, i32 answer);
/* The same of an address, which is in the buffer then. */
void put_address(u32 result, i32 answer);
/* Writes an address to the buffer. */
void give_address(u32 family, u32 port, const u32 *parts);

#endif
