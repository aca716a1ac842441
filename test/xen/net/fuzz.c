/*
 * The shim's vifs in a Linux process, with a back end and a xenstore that lie: `SEED INPUTS` runs that many, each followed by
 * an honest back end, with which everything works as if nothing had been. Prints how often what was counted.
 */

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include "vifs.c"

#define CHECK(what) ((what) ? (void)0 : fail(#what, __LINE__))
enum { GRANTS = 4 * 130, ACTIONS = 60, LONG = 4096 };

static u64 seed, input, state;
static bool lies;

static NORETURN void fail(const char *what, int line) {
    printf("input %lu of seed %lu, line %d: not so: %s\n", input, seed, line, what);
    exit(1);
}

/* SplitMix64. */
static u64 next(void) {
    u64 z = state += 0x9e3779b97f4a7c15;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return z ^ z >> 31;
}

static u32 below(u32 bound) {
    return (u32)(next() % bound);
}

/* The domain. */

static struct {
    u64 page;
    bool read_only, given;
} grants[GRANTS];
static void *pages[4 * GRANTS];
static u32 page_count, clock_ticks;
static jmp_buf panicked;

u64 pages_take(u64 wanted) {
    if (page_count == sizeof pages / sizeof *pages || (lies && !below(1000))) return 0;
    void *page = pages[page_count++] = aligned_alloc(PAGE_SIZE, wanted * PAGE_SIZE);
    memset(page, 0, wanted * PAGE_SIZE);
    return (u64)page;
}

u32 grant_give(u16 domain, u64 page, bool read_only) {
    CHECK(domain <= LAST_DOMAIN);
    for (u32 grant = 0; grant < GRANTS; grant++) CHECK(!grants[grant].given || grants[grant].page != page);
    for (u32 grant = 0; grant < GRANTS; grant++) {
        if (grants[grant].given) continue;
        grants[grant].page = page, grants[grant].read_only = read_only, grants[grant].given = true;
        return grant + 1;
    }
    return 0;
}

bool grant_take_back(u32 grant) {
    CHECK(grant && grant <= GRANTS && grants[grant - 1].given);
    if (lies && !below(10)) return false;
    grants[grant - 1].given = false;
    return true;
}

static u64 page_of(u64 grant) {
    return grant && grant <= GRANTS && grants[grant - 1].given ? grants[grant - 1].page : 0;
}

u32 events_new(u16 domain) {
    return lies && !below(50) ? 0 : domain + below(1000);
}

void events_end(u32 port) {
    CHECK(port);
}

void events_notify(u32 port) {
    CHECK(port);
}

void events_clear(void) {
}

void events_wait(u64 deadline) {
    (void)deadline;
}

u64 time_now(void) {
    return clock_ticks++ * 100000000ul;
}

void log_line(const char *format, ...) {
    (void)format;
}

void panic(const char *format, ...) {
    (void)format;
    longjmp(panicked, 1);
}

/* xenstore. */

static u32 front_state, back_state, tx_ref, rx_ref;
static void (*watcher)(void);

static const char *lie(void) {
    static const char *const lies_told[] = {"", "0", "1", "2", "4", "5", "6", "-1", "4294967296", "99999999999999999999999999", "5\n", "04", "0x4", "00:16:3e:00:00", "zz:16:3e:00:00:01", 0};
    static char longest[LONG + 1];
    u32 which = below(sizeof lies_told / sizeof *lies_told + 1);
    if (which < sizeof lies_told / sizeof *lies_told) return lies_told[which];
    memset(longest, '/', LONG);
    return longest;
}

static bool ends_with(const char *path, const char *end) {
    return strlen(path) >= strlen(end) && !strcmp(path + strlen(path) - strlen(end), end);
}

const char *xenstore_read(const char *path) {
    static char digit[2];
    bool is_second = !memcmp(path, "device/vif/1", 12);
    if (lies && !below(20)) return lie();
    if (!memcmp(path, "device/vif/", 11) && path[11] > '1') return 0;
    if (ends_with(path, "/backend")) return is_second ? "/local/domain/3/backend/vif/1/1" : "/local/domain/3/backend/vif/1/0";
    if (ends_with(path, "/backend-id")) return "3";
    if (ends_with(path, "/mac")) return "00:16:3e:00:00:01";
    if (ends_with(path, "/feature-rx-copy") || ends_with(path, "/online")) return "1";
    if (!ends_with(path, "/state")) return 0;
    digit[0] = (char)('0' + (memcmp(path, "device/", 7) ? back_state : front_state));
    return digit;
}

void xenstore_write(const char *path, const char *value) {
    if (memcmp(path, "device/vif/0/", 13)) return;
    u32 number = (u32)strtoul(value, 0, 10);
    if (ends_with(path, "/state")) front_state = number;
    if (ends_with(path, "/tx-ring-ref")) tx_ref = number;
    if (ends_with(path, "/rx-ring-ref")) rx_ref = number;
}

void xenstore_watch(const char *path, void (*changed)(void)) {
    (void)path;
    watcher = changed;
}

/* The back end of vif 0. */

static struct ring_page *tx, *rx;
static u32 tx_seen, rx_seen;

static void answer_tx(u32 id, i16 status) {
    *(struct netif_tx_response *)(tx->entries + tx->rsp_prod % RING_SIZE * NETIF_TX_ENTRY) = (struct netif_tx_response){(u16)id, status};
    tx->rsp_prod++;
}

static void answer_rx(struct netif_rx_response response) {
    memcpy(rx->entries + rx->rsp_prod % RING_SIZE * NETIF_RX_ENTRY, &response, sizeof response);
    rx->rsp_prod++;
}

static bool attach(void) {
    tx = (void *)page_of(tx_ref), rx = (void *)page_of(rx_ref);
    return tx && rx;
}

/* As a back end should: what is there now begins, what is there ends. */
static void move(void) {
    if (back_state == XenbusStateInitWait && front_state == XenbusStateConnected && attach()) {
        tx_seen = tx->rsp_prod, rx_seen = rx->rsp_prod;
        back_state = XenbusStateConnected;
    } else if (front_state == XenbusStateClosed) back_state = XenbusStateClosed;
    else if (front_state == XenbusStateInitialising && back_state == XenbusStateClosed) back_state = XenbusStateInitWait;
}

void shutdown_look(void) {
    move();
    if (watcher) watcher();
}

void shutdown_report(void (*said)(void)) {
    said();
}

/* A frame to the domain, in the page that it has posted; false when there is none. */
static bool deliver(const u8 *frame, u16 size, u16 flags) {
    if (rx_seen == rx->req_prod) return false;
    struct netif_rx_request request;
    memcpy(&request, rx->entries + rx_seen++ % RING_SIZE * NETIF_RX_ENTRY, sizeof request);
    memcpy((void *)page_of(request.gref), frame, size);
    answer_rx((struct netif_rx_response){.id = request.id, .flags = flags, .status = (i16)size});
    return true;
}

/* The frame that the domain sends next, answered; its size, or 0. */
static u32 accept(u8 *frame) {
    if (tx_seen == tx->req_prod) return 0;
    struct netif_tx_request request;
    memcpy(&request, tx->entries + tx_seen++ % RING_SIZE * NETIF_TX_ENTRY, sizeof request);
    CHECK(request.offset == 0 && request.flags == 0 && page_of(request.gref) && grants[request.gref - 1].read_only);
    memcpy(frame, (void *)page_of(request.gref), request.size);
    answer_tx(request.id, 0);
    return request.size;
}

static u32 wild(void) {
    return below(2) ? below(8) : (u32)next();
}

/* Something that no back end may do, or may. */
static void misbehave(void) {
    if (!attach()) return;
    switch (below(12)) {
    case 0: tx->rsp_prod = wild(); break;
    case 1: rx->rsp_prod = wild(); break;
    case 2: tx->rsp_prod += below(3), rx->rsp_prod += below(3); break;
    case 3: tx->req_event = wild(), rx->req_event = wild(), tx->req_prod = wild(), rx->req_prod = wild(); break;
    case 4: ((u8 *)(below(2) ? tx : rx))[below(PAGE_SIZE)] = (u8)next(); break;
    case 5: answer_tx(wild(), (i16)next()); break;
    case 6: answer_tx(below(NET_BUFFERS), (i16)(below(3) - 2)); break;
    case 7: answer_rx((struct netif_rx_response){(u16)wild(), (u16)wild(), (u16)wild(), (i16)next()}); break;
    case 8: answer_rx((struct netif_rx_response){(u16)below(NET_BUFFERS), (u16)(below(2) ? 0 : next()), (u16)below(4) * 4 % 16, (i16)(below(PAGE_SIZE + 8) - 4)}); break;
    case 9: answer_rx((struct netif_rx_response){(u16)below(NET_BUFFERS), 0, (u16)(below(3) ? 0 : 1), (i16)(1 + below(1514))}); break;
    case 10: back_state = below(9); break;
    default: answer_tx(tx->req_prod % NET_BUFFERS, 0); break;
    }
}

static void check_books(void) {
    for (u32 i = 0; i < VIFS; i++) {
        const struct netfront *front = &vifs[i].front;
        u32 busy = 0, idle[NET_BUFFERS] = {0};
        if (!front->port) continue;
        for (u32 id = 0; id < NET_BUFFERS; id++) busy += front->tx.buffers[id].busy;
        CHECK(front->idle_count + busy == NET_BUFFERS);
        for (u32 id = 0; id < front->idle_count; id++) CHECK(front->idle[id] < NET_BUFFERS && !front->tx.buffers[front->idle[id]].busy && !idle[front->idle[id]]++);
        for (const struct net_lane *lane = &front->tx; lane <= &front->rx; lane++) CHECK(lane->ring.requests - lane->ring.responses <= RING_SIZE);
    }
}

/* One call of the image's. */
static void use(void) {
    static u8 bytes[LONG];
    u32 vif = below(2), room = below(2) ? 2048 : below(1600), size = below(1540);
    u64 sent = net_counters(vif)->sent;
    /* Of its own size, so that a byte behind it is seen. */
    u8 *buffer = malloc(room);
    switch (below(4)) {
    case 0:
        net_send(vif, bytes, size);
        CHECK(net_counters(vif)->sent == sent || (size >= HEADER && size <= net_mtu(vif) + HEADER + VLAN_TAG));
        break;
    case 1:
        size = net_receive(vif, buffer, room);
        CHECK(size <= room);
        break;
    case 2: net_readable(vif), net_writable(vif), CHECK(net_available(vif) <= NET_BUFFERS && net_room(vif) <= NET_BUFFERS); break;
    default: shutdown_look(); break;
    }
    free(buffer);
}

/* From here on the back end is an honest one that has begun anew. */
static void be_honest(void) {
    static u8 frame[2048], back[2048];
    lies = false;
    bool again = vifs[0].state == CLOSED && below(2);
    if (again) front_state = XenbusStateInitialising;
    back_state = again || (vifs[0].state == CONNECTED && below(2)) ? XenbusStateInitWait : XenbusStateClosed;
    if (watcher) watcher();
    for (u32 i = 0; i < 8; i++) shutdown_look();
    CHECK(vifs[0].state == CONNECTED);
    for (u32 i = 0; i < 3 * NET_BUFFERS; i++) {
        u32 size = HEADER + below(LARGEST_MTU);
        for (u32 at = 0; at < size; at++) frame[at] = (u8)(next() + i);
        if (size > net_mtu(0) + HEADER + VLAN_TAG) continue;
        CHECK(net_writable(0) && net_send(0, frame, size));
        CHECK(accept(back) == size && !memcmp(frame, back, size));
        CHECK(deliver(frame, (u16)size, below(2) * NETRXF_data_validated) && net_readable(0));
        memset(back, 0, sizeof back);
        CHECK(net_receive(0, back, sizeof back) == size && !memcmp(frame, back, size));
        CHECK(!net_readable(0) && net_receive(0, back, sizeof back) == 0);
    }
    /* In pieces, and with a checksum that is not there: neither is what was agreed. */
    static const u16 flags[] = {NETRXF_more_data, NETRXF_more_data, 0, NETRXF_csum_blank};
    for (u32 i = 0; i < sizeof flags / sizeof *flags; i++) CHECK(deliver(frame, 100, flags[i]));
    CHECK(deliver(frame, 60, 0) && net_receive(0, back, sizeof back) == 60 && !net_readable(0));
}

static void begin(void) {
    while (page_count) free(pages[--page_count]);
    memset(grants, 0, sizeof grants);
    memset(vifs, 0, sizeof vifs);
    front_state = tx_ref = rx_ref = clock_ticks = 0;
    looked = false;
    watcher = 0;
    back_state = XenbusStateInitWait;
}

int main(int arguments, char **argument) {
    struct net_counters sum = {0};
    u64 inputs = arguments > 2 ? strtoul(argument[2], 0, 10) : 0, panics = 0;
    seed = strtoul(argument[1], 0, 10);
    for (input = 0; input < inputs; input++) {
        state = seed + input * 0x2545f4914f6cdd1d;
        begin();
        lies = below(4);
        if (setjmp(panicked)) {
            panics++;
            continue;
        }
        net_init();
        for (u32 i = 0; net_has(0) && i < ACTIONS; i++) {
            if (lies) misbehave();
            use();
            check_books();
        }
        if (!net_has(0)) continue;
        be_honest();
        struct net_counters counters = *net_counters(0);
        for (u32 i = 0; i < sizeof sum / sizeof(u64); i++) ((u64 *)&sum)[i] += ((u64 *)&counters)[i];
    }
    printf("sent %lu received %lu wrong-size %lu no-room %lu no-link %lu refused %lu nonsense %lu panics %lu\n", sum.sent, sum.received, sum.wrong_size, sum.no_room, sum.no_link, sum.refused, sum.nonsense, panics);
}
