/* wasi:sockets/ip-name-lookup, by servers that DHCP, a router or `mirage.name_servers` names. A handle has the stack's number. */

#include "sockets.h"

/* An ip-address in memory: its family, then (at 2) four or sixteen bytes. */
enum { BARE_SIZE = 18, MOST_UNITS = 1024 };

static u32 number_of(u32 names) {
    return (u32)check_socket(names, NAMES)->value;
}

static bool is_ready(u32 names) {
    return !handle_find(names, 1u << NAMES) || sockets_names_ready(number_of(names));
}

WASI(void, sockets_ip_name_lookup_resolve_addresses, u32 network, u32 name, u32 units, u32 result) {
    check_network(network);
    const void *text = image_bytes(name, 2ul * units);
    put_result(result, 4, units > MOST_UNITS, INVALID_ARGUMENT);
    if (units > MOST_UNITS) return;
    sockets_begin();
    memcpy(sockets_buffer(), text, 2ul * units);
    i32 answer = sockets_names_ask(units);
    if (put_answer(result, 4, answer)) put_u32(result + 4, handle_new(NAMES, (u32)answer));
}

/* result<option<ip-address>, error-code> */
WASI(void, sockets_ip_name_lookup_resolve_address_stream_resolve_next_address, u32 names, u32 result) {
    i32 answer = sockets_names_next(number_of(names));
    if (!put_answer(result, 2, answer)) return;
    put_u8(result + 2, answer > 0);
    if (answer) memcpy(image_bytes(result + 4, BARE_SIZE), sockets_buffer(), BARE_SIZE);
}

WASI(u32, sockets_ip_name_lookup_resolve_address_stream_subscribe, u32 names) {
    check_socket(names, NAMES);
    return handle_when(is_ready, names);
}

WASI(void, sockets_ip_name_lookup_drop_resolve_address_stream, u32 names) {
    sockets_names_drop(number_of(names));
    handle_drop(names);
}
