/* wasi:sockets/network and instance-network: there is one network. */

#include "sockets.h"

WASI(u32, sockets_instance_network_instance_network) {
    return handle_new(NETWORK, 0);
}

WASI(void, sockets_network_drop_network, u32 network) {
    check_network(network);
    handle_drop(network);
}

struct handle *check_socket(u32 handle, enum handle_kind kind) {
    struct handle *found = handle_find(handle, 1u << kind);
    if (!found) wasm_trap("unknown handle of a socket");
    return found;
}

void check_network(u32 network) {
    check_socket(network, NETWORK);
}

void put_result(u32 result, u32 payload, bool failed, u8 error) {
    put_u8(result, failed);
    if (failed) put_u8(result + payload, error);
}

bool put_answer(u32 result, u32 payload, i32 answer) {
    put_result(result, payload, answer < 0, (u8)(-1 - answer));
    return answer >= 0;
}

void put_address(u32 result, i32 answer) {
    if (put_answer(result, 4, answer)) memcpy(image_bytes(result + 4, ADDRESS_SIZE), sockets_buffer()->address, ADDRESS_SIZE);
}

void give_address(u32 family, u32 port, const u32 *parts) {
    u8 *to = sockets_buffer()->address;
    memset(to, 0, ADDRESS_SIZE);
    to[0] = (u8)family;
    memcpy(to + PORT_AT, &port, 2);
    if (family == IPV4) {
        for (u32 index = 0; index < 4; index++) to[BYTES_AT + index] = (u8)parts[index];
        return;
    }
    memcpy(to + FLOW_AT, &parts[0], 4);
    for (u32 index = 0; index < 8; index++) memcpy(to + GROUPS_AT + 2 * index, &parts[1 + index], 2);
    memcpy(to + SCOPE_AT, &parts[9], 4);
}
