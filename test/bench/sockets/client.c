/* Says `bulk` bytes to an echo while it hears them, then 64 bytes `trips` times; prints bytes and nanoseconds of each. */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static char bytes[262144];

static long long now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static int open_to(int port) {
  int peer = socket(AF_INET, SOCK_STREAM, 0), yes = 1;
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  if (connect(peer, (struct sockaddr *)&address, sizeof address)) exit(1);
  setsockopt(peer, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  return peer;
}

int main(int argc, char **argv) {
  long long bulk = atoll(argv[2]), trips = atoll(argv[3]), sent = 0, heard = 0;
  int peer = open_to(atoi(argv[1]));
  long long start = now();
  while (heard < bulk) {
    struct pollfd one = {.fd = peer, .events = POLLIN | (sent < bulk ? POLLOUT : 0)};
    poll(&one, 1, -1);
    if (one.revents & POLLOUT) {
      ssize_t count = send(peer, bytes, bulk - sent < (long long)sizeof bytes ? bulk - sent : sizeof bytes, MSG_DONTWAIT);
      if (count > 0) sent += count;
    }
    if (one.revents & POLLIN) {
      ssize_t count = recv(peer, bytes, sizeof bytes, MSG_DONTWAIT);
      if (count == 0) return 1;
      if (count > 0) heard += count;
    }
  }
  long long bulk_time = now() - start;
  close(peer);
  peer = open_to(atoi(argv[1]));
  start = now();
  for (long long trip = 0; trip < trips; trip++) {
    if (write(peer, bytes, 64) != 64) return 1;
    for (int got = 0; got < 64;) {
      ssize_t count = read(peer, bytes, 64 - got);
      if (count <= 0) return 1;
      got += count;
    }
  }
  printf("%lld %lld\n", bulk_time, now() - start);
  return 0;
}
