/* A guest with a network: at 10.0.N.2 of vif N it answers ARP and ping, and sends UDP datagrams back whose checksum is right. */

#include "net.h"

const char image_name[] = "responder", image_version[] = "0";
const u8 image_digest[32];

u32 image_realloc(u32 align, u32 size) {
    (void)align, (void)size;
    panic("no image");
}

static bool ends;
const bool image_takes_shutdown = true;

void image_shutdown(void) {
    ends = true;
}

enum { IP = 14, TRANSPORT = 34, UDP_HEADER = 8, ICMP = 1, UDP = 17, ECHO_REQUEST = 8, VIFS_HERE = 2 };

static void swap(u8 *left, u8 *right, u32 size) {
    for (; size--; left++, right++) {
        u8 byte = *left;
        *left = *right;
        *right = byte;
    }
}

/* Of bytes in network order, on top of `sum`; 0xffff where there is a right checksum among them. */
static u32 sum_of(const u8 *bytes, u32 size, u32 sum) {
    for (u32 i = 0; i < size; i++) sum += i % 2 ? bytes[i] : (u32)bytes[i] << 8;
    while (sum >> 16) sum = (sum & 0xffff) + (sum >> 16);
    return sum;
}

static bool is_for_us(const u8 *address, u32 vif) {
    return address[0] == 10 && address[1] == 0 && address[2] == vif && address[3] == 2;
}

static bool answer_arp(u8 *frame, u32 size, u32 vif) {
    u8 *arp = frame + IP;
    if (size < IP + 28 || arp[7] != 1 || !is_for_us(arp + 24, vif)) return false;
    arp[7] = 2;
    swap(arp + 8, arp + 18, 10);
    memcpy(arp + 8, net_mac(vif), 6);
    return true;
}

static bool answer_ip(u8 *frame, u32 size, u32 vif) {
    u8 *ip = frame + IP, *body = frame + TRANSPORT;
    u32 length = (u32)(ip[2] << 8 | ip[3]);
    if (size < TRANSPORT + UDP_HEADER || ip[0] != 0x45 || length < 28 || IP + length > size || !is_for_us(ip + 16, vif)) return false;
    if (ip[9] == ICMP && body[0] == ECHO_REQUEST) {
        body[0] = 0;
        u32 sum = sum_of(body + 2, 2, ECHO_REQUEST << 8);
        body[2] = (u8)(sum >> 8);
        body[3] = (u8)sum;
    } else if (ip[9] == UDP) {
        u32 pseudo = sum_of(ip + 12, 8, UDP + length - 20);
        if (sum_of(body, length - 20, pseudo) != 0xffff) {
            log_line("a wrong checksum");
            return false;
        }
        swap(body, body + 2, 2);
    } else return false;
    swap(ip + 12, ip + 16, 4);
    return true;
}

/* Whether what `frame` has become is to be sent. */
static bool answer(u8 *frame, u32 size, u32 vif) {
    if (size < TRANSPORT || frame[12] != 8 || !(frame[13] == 6 ? answer_arp(frame, size, vif) : frame[13] == 0 && answer_ip(frame, size, vif))) return false;
    memcpy(frame, frame + 6, 6);
    memcpy(frame + 6, net_mac(vif), 6);
    return true;
}

/* Waits for an event unless `ready`. */
static void wait(bool (*ready)(u32 vif), u32 first, u32 last) {
    events_clear();
    if (shutdown_tell()) return;
    for (u32 vif = first; vif <= last; vif++)
        if (ready(vif)) return;
    events_wait(NEVER);
}

u32 image_run(void) {
    static u8 frame[2048];
    net_init();
    if (!net_has(0)) return 1;
    net_send(0, frame, sizeof frame);
    while (!ends) {
        bool any = false;
        for (u32 vif = 0; vif < VIFS_HERE; vif++) {
            u32 size = net_receive(vif, frame, sizeof frame);
            any |= size > 0;
            if (!answer(frame, size, vif)) continue;
            while (!net_send(vif, frame, size) && !ends) wait(net_writable, vif, vif);
        }
        if (!any) wait(net_readable, 0, VIFS_HERE - 1);
    }
    return 0;
}
