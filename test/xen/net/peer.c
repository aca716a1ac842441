/* In dom0: datagrams of every size to ADDRESS, port 7, which come back as they were; then BULK of them, some at once. */

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>

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

int main(int count, char **arguments) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(7)};
    struct timeval patience = {.tv_sec = 1};
    int bulk = atoi(arguments[count - 1]), back = 0;
    inet_pton(AF_INET, arguments[1], &address.sin_addr);
    connection = socket(AF_INET, SOCK_DGRAM, 0);
    setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (connect(connection, (void *)&address, sizeof address)) return perror("connect"), 1;
    for (int size = 0; size <= LARGEST; size++)
        if (!echo(size)) return printf("%d bytes are not echoed\n", size), 1;
    struct timespec from, to;
    clock_gettime(CLOCK_MONOTONIC, &from);
    for (int sent = 0; back < bulk;) {
        unsigned char bytes[LARGEST] = {0};
        for (; sent < bulk && sent < back + AT_ONCE; sent++) send(connection, bytes, sizeof bytes, 0);
        if (recv(connection, bytes, sizeof bytes, 0) < 0) break;
        back++;
    }
    clock_gettime(CLOCK_MONOTONIC, &to);
    double seconds = (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
    printf("all sizes; %d of %d back, %.0f a second\n", back, bulk, back / seconds);
}
