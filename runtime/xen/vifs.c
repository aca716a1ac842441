/*
 * The domain's vifs, and the handshake of each with its back end (io/xenbus.h), which may end and begin anew at any time.
 */

#include "netfront.h"
#include "xenbus.h"

#define PATIENCE 5000000000ul
enum { HEADER = 14, VLAN_TAG = 4, LEAST_MTU = 68, LARGEST_MTU = 1500, LAST_DOMAIN = DOMID_SELF - 1 };

static struct vif {
    bool exists;
    /* Keys of ours, and of the back end's. */
    char folder[sizeof "device/vif/N"], backend[128];
    u16 domain;
    u8 mac[6];
    char address[sizeof "00:16:3e:01:02:03"];
    u32 mtu;
    /* What we have said of ourselves: Initialising; Connected, before the back end has; Closed. */
    enum { BEGINNING, CONNECTING, CONNECTED, CLOSED } state;
    struct netfront front;
} vifs[VIFS];
/* They have been looked for. */
static bool looked;

static u64 number_of(const struct vif *vif) {
    return (u64)(vif - vifs);
}

static void say(struct vif *vif, enum xenbus_state state) {
    xenbus_write(vif->folder, "state", state);
}

/* Frames are in one piece and have all their checksums, in both directions: no scatter-gather, no offload, no segmentation. */
static const struct feature {
    const char *key;
    u32 value;
} features[] = {{"request-rx-copy", 1}, {"feature-rx-notify", 1}, {"feature-no-csum-offload", 1}, {"feature-sg", 0}, {"feature-gso-tcpv4", 0}};

static void connect(struct vif *vif) {
    if (!xenbus_number(vif->backend, "feature-rx-copy", 1, 0)) {
        log_line("vif %u: its back end does not copy", number_of(vif));
        return;
    }
    if (!netfront_open(&vif->front, vif->domain)) {
        log_line("vif %u: too little memory", number_of(vif));
        return;
    }
    xenbus_write(vif->folder, "tx-ring-ref", vif->front.tx.ring_page.grant);
    xenbus_write(vif->folder, "rx-ring-ref", vif->front.rx.ring_page.grant);
    xenbus_write(vif->folder, "event-channel", vif->front.port);
    for (u32 i = 0; i < sizeof features / sizeof *features; i++) xenbus_write(vif->folder, features[i].key, features[i].value);
    vif->state = CONNECTING;
    say(vif, XenbusStateConnected);
}

/* The back end may have been used until now, and has the pages until it has closed. */
static void leave(struct vif *vif) {
    if (vif->state == CLOSED) return;
    bool was_connected = vif->state == CONNECTED;
    vif->state = CLOSED;
    say(vif, XenbusStateClosed);
    if (was_connected) log_line("vif %u: its back end has gone", number_of(vif));
}

/* Whether it was detached and is attached again: the state that we have said is then not there any more. */
static bool is_new(const struct vif *vif) {
    return vif->state == CLOSED && xenbus_number(vif->folder, "state", XenbusStateClosed, XenbusStateUnknown) == XenbusStateInitialising;
}

static void look(struct vif *vif) {
    switch (xenbus_number(vif->backend, "state", XenbusStateClosed, XenbusStateUnknown)) {
    case XenbusStateInitWait:
        if (is_new(vif)) {
            netfront_close(&vif->front);
            vif->state = BEGINNING;
        }
        if (vif->state == BEGINNING) connect(vif);
        /* It has begun anew, perhaps with the keys of before: only one that has closed takes other ones. */
        else if (vif->state == CONNECTED) leave(vif);
        break;
    case XenbusStateConnected:
        if (vif->state != CONNECTING) break;
        vif->state = CONNECTED;
        events_notify(vif->front.port);
        log_line("vif %u: connected", number_of(vif));
        break;
    case XenbusStateClosing: leave(vif); break;
    case XenbusStateClosed:
        leave(vif);
        netfront_close(&vif->front);
        /* One that stays waits for a front end that begins. */
        if (!xenbus_number(vif->backend, "online", 1, 0)) break;
        vif->state = BEGINNING;
        say(vif, XenbusStateInitialising);
        break;
    default: break;
    }
}

static void changed(void) {
    for (struct vif *vif = vifs; vif < vifs + VIFS; vif++)
        if (vif->exists) look(vif);
}

static int digit_of(char text) {
    return text >= '0' && text <= '9' ? text - '0' : text >= 'a' && text <= 'f' ? text - 'a' + 10 : text >= 'A' && text <= 'F' ? text - 'A' + 10 : -1;
}

static bool read_mac(const char *text, struct vif *vif) {
    if (!text || strlen(text) != sizeof vif->address - 1) return false;
    memcpy(vif->address, text, sizeof vif->address);
    for (u32 i = 0; i < sizeof vif->mac; i++, text += 3) {
        int high = digit_of(text[0]), low = digit_of(text[1]);
        if (high < 0 || low < 0 || text[2] != (i + 1 < sizeof vif->mac ? ':' : 0)) return false;
        vif->mac[i] = (u8)(high << 4 | low);
    }
    return true;
}

static void find(struct vif *vif) {
    memcpy(vif->folder, "device/vif/", sizeof "device/vif/");
    vif->folder[sizeof vif->folder - 2] = (char)('0' + number_of(vif));
    const char *backend = xenbus_read(vif->folder, "backend");
    if (!backend) return;
    u64 length = strlen(backend), none = LAST_DOMAIN + 1;
    if (length >= sizeof vif->backend) panic("vif %u: the path of its back end has %u bytes", number_of(vif), length);
    memcpy(vif->backend, backend, length + 1);
    u64 domain = xenbus_number(vif->folder, "backend-id", LAST_DOMAIN, none);
    if (domain == none) panic("vif %u: it has no back end", number_of(vif));
    vif->domain = (u16)domain;
    if (!read_mac(xenbus_read(vif->folder, "mac"), vif)) panic("vif %u: it has no address", number_of(vif));
    u64 mtu = xenbus_number(vif->folder, "mtu", LARGEST_MTU, LARGEST_MTU);
    vif->mtu = mtu < LEAST_MTU ? LARGEST_MTU : (u32)mtu;
    vif->exists = true;
    log_line("vif %u: %s, mtu %u", number_of(vif), vif->address, (u64)vif->mtu);
    xenbus_watch(vif->backend, "state", changed);
}

static bool all_connected(void) {
    for (const struct vif *vif = vifs; vif < vifs + VIFS; vif++)
        if (vif->exists && vif->state != CONNECTED) return false;
    return true;
}

static void log_counters(void) {
    for (const struct vif *vif = vifs; vif < vifs + VIFS; vif++) {
        const struct net_counters *of = &vif->front.counters;
        if (!vif->exists) continue;
        log_line("vif %u: sent %u, received %u; dropped: wrong size %u, no room %u, no link %u, refused %u, nonsense %u", number_of(vif), of->sent, of->received,
                 of->wrong_size, of->no_room, of->no_link, of->refused, of->nonsense);
    }
}

void net_init(void) {
    if (looked) return;
    looked = true;
    shutdown_report(log_counters);
    for (struct vif *vif = vifs; vif < vifs + VIFS; vif++) find(vif);
    for (u64 limit = time_now() + PATIENCE; time_now() < limit; events_wait(limit)) {
        events_clear();
        shutdown_look();
        if (all_connected()) break;
    }
}

bool net_has(u32 vif) {
    return vif < VIFS && vifs[vif].exists;
}

const u8 *net_mac(u32 vif) {
    return vifs[vif].mac;
}

u32 net_mtu(u32 vif) {
    return vifs[vif].mtu;
}

const struct net_counters *net_counters(u32 vif) {
    return &vifs[vif].front.counters;
}

bool net_send(u32 number, const void *frame, u32 size) {
    struct vif *vif = &vifs[number];
    if (size < HEADER || size > vif->mtu + HEADER + VLAN_TAG) vif->front.counters.wrong_size++;
    else if (vif->state != CONNECTED) vif->front.counters.no_link++;
    else return netfront_send(&vif->front, frame, size);
    return true;
}

u32 net_receive(u32 vif, void *buffer, u32 room) {
    return vifs[vif].state == CONNECTED ? netfront_receive(&vifs[vif].front, buffer, room) : 0;
}

u32 net_available(u32 vif) {
    return vifs[vif].state == CONNECTED ? netfront_available(&vifs[vif].front) : 0;
}

/* What is sent to nobody takes no room. */
u32 net_room(u32 vif) {
    return vifs[vif].state == CONNECTED ? netfront_room(&vifs[vif].front) : NET_BUFFERS;
}

bool net_readable(u32 vif) {
    return vifs[vif].state == CONNECTED && netfront_readable(&vifs[vif].front);
}

bool net_writable(u32 vif) {
    return vifs[vif].state != CONNECTED || netfront_writable(&vifs[vif].front);
}
