/* In dom0, to port 7 of ADDRESS, of either version of IP: datagrams of every size, which come back as they were; then BULK of them, some at once; and
 * with `tcp` a connection through which 4 MiB go and come back. */

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum { LARGEST = 1472, AT_ONCE = 16, TRIES = 10 };

static int connection;

static void fill(unsigned char *bytes, int size, int number) {
    for (int i = 0; i < size; i++) bytes[i] = (unsigned char)(number * 31 + i * 7);
}

/* Sends one until it is back. */
static int echo(int size) {
    unsigned char sent[LARGEST], back[LARGEST + 1];
    fill(sent, size, size);
    for (int tries = 0; tries < TRIES; tries++) {
        send(connection, sent, size, 0);
        for (int got; (got = recv(connection, back, sizeof back, 0)) >= 0;)
            if (got == size && !memcmp(sent, back, size)) return 1;
    }
    return 0;
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void open_connection(const char *to, int type, int patience) {
    struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_port = htons(7)};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_port = htons(7)};
    struct timeval limit = {.tv_sec = patience};
    int is_v6 = inet_pton(AF_INET6, to, &v6.sin6_addr) == 1;
    if (!is_v6) inet_pton(AF_INET, to, &v4.sin_addr);
    connection = socket(is_v6 ? AF_INET6 : AF_INET, type, 0);
    setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    if (!connect(connection, is_v6 ? (void *)&v6 : (void *)&v4, is_v6 ? sizeof v6 : sizeof v4)) return;
    perror("connect");
    exit(1);
}

/* Writes by another process, reads here. */
static int stream(const char *to) {
    enum { PIECE = 4096, PIECES = 1024 };
    unsigned char expected[PIECE], back[PIECE];
    open_connection(to, SOCK_STREAM, 30);
    double from = now();
    if (!fork()) {
        for (int i = 0; i < PIECES; i++) {
            fill(expected, PIECE, i);
            if (write(connection, expected, PIECE) != PIECE) _exit(1);
        }
        shutdown(connection, SHUT_WR);
        _exit(0);
    }
    for (int i = 0; i < PIECES; i++) {
        fill(expected, PIECE, i);
        if (recv(connection, back, PIECE, MSG_WAITALL) != PIECE || memcmp(expected, back, PIECE)) return printf("piece %d is not echoed\n", i), 1;
    }
    if (read(connection, back, 1)) return puts("it does not end"), 1;
    printf("4 MiB back, %.0f kB/s\n", PIECE * PIECES / 1e3 / (now() - from));
    return 0;
}

int main(int count, char **arguments) {
    int bulk = atoi(arguments[2]), back = 0;
    open_connection(arguments[1], SOCK_DGRAM, 1);
    for (int size = 0; size <= LARGEST; size++)
        if (!echo(size)) return printf("%d bytes are not echoed\n", size), 1;
    double from = now();
    for (int sent = 0; back < bulk;) {
        unsigned char bytes[LARGEST] = {0};
        for (; sent < bulk && sent < back + AT_ONCE; sent++) send(connection, bytes, sizeof bytes, 0);
        if (recv(connection, bytes, sizeof bytes, 0) < 0) break;
        back++;
    }
    printf("all sizes; %d of %d back, %.0f a second\n", back, bulk, back / (now() - from));
    return count > 3 ? stream(arguments[1]) : 0;
}
