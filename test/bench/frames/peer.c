/* `udp SECONDS` or BRIDGE `SECONDS`: sends frames to who reflects them, 32 on their way at a time; prints how many were back a
 * second, for each of two sizes. `echo` is who reflects them, by UDP. */

#include <arpa/inet.h>
#include <net/if.h>
#include <netpacket/packet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>

/* An EtherType for experiments (IEEE 802). */
enum { EXPERIMENT = 0x88b5, AT_ONCE = 32, LARGEST = 1514 };

static int frames;
/* To all, from whoever this is. */
static unsigned char frame[LARGEST] = "\xff\xff\xff\xff\xff\xff\x02\0\0\0\0\1\x88\xb5";

static void open_udp(int own, int peer) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons(own)};
    int room = 1 << 22;
    frames = socket(AF_INET, SOCK_DGRAM, 0);
    setsockopt(frames, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
    if (bind(frames, (void *)&address, sizeof address)) exit((perror("bind"), 1));
    address.sin_port = htons(peer);
    connect(frames, (void *)&address, sizeof address);
}

static void open_bridge(const char *name) {
    struct sockaddr_ll address = {.sll_family = AF_PACKET, .sll_protocol = htons(EXPERIMENT), .sll_ifindex = if_nametoindex(name)};
    frames = socket(AF_PACKET, SOCK_RAW, htons(EXPERIMENT));
    struct ifreq own = {0};
    if (bind(frames, (void *)&address, sizeof address)) exit((perror("bind"), 1));
    strncpy(own.ifr_name, name, sizeof own.ifr_name - 1);
    /* A bridge takes what is to its own address only. */
    ioctl(frames, SIOCGIFHWADDR, &own);
    memcpy(frame + 6, own.ifr_hwaddr.sa_data, 6);
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* Frames that were back. A wait without any ends what is on its way: it is lost. */
static long reflected(int size, double seconds) {
    unsigned char back[LARGEST];
    long count = 0;
    for (double end = now() + seconds; now() < end;) {
        for (int i = 0; i < AT_ONCE; i++) send(frames, frame, size, 0);
        for (int i = 0; i < AT_ONCE; i++) {
            int got = recv(frames, back, sizeof back, 0);
            if (got < 0) break;
            count += got == size;
        }
    }
    return count;
}

static void echo(void) {
    for (;;) {
        int size = recv(frames, frame, sizeof frame, 0);
        if (size < 12) continue;
        memcpy(frame, frame + 6, 6);
        send(frames, frame, size, 0);
    }
}

int main(int count, char **arguments) {
    static const int sizes[] = {60, LARGEST};
    struct timeval patience = {.tv_usec = 200000};
    const char *way = arguments[1];
    if (!strcmp(way, "echo")) {
        open_udp(42000, 43000);
        echo();
    }
    if (!strcmp(way, "udp")) open_udp(43000, 42000);
    else open_bridge(way);
    setsockopt(frames, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    for (int tries = 0; !reflected(LARGEST, 0.01); tries++)
        if (tries == 100) return fprintf(stderr, "nobody reflects frames\n"), 1;
    for (int i = 0; i < 2; i++) printf("%d %.0f\n", sizes[i], (double)reflected(sizes[i], atof(arguments[2])) / atof(arguments[2]));
    return 0;
}
