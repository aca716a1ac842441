/* What C does on the host: one connection after the other, what comes goes back. */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char **argv) {
  int listener = socket(AF_INET, SOCK_STREAM, 0), yes = 1;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[1])), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 128)) return 1;
  puts("listening");
  fflush(stdout);
  static char bytes[65536];
  for (;;) {
    int peer = accept(listener, NULL, NULL);
    for (ssize_t count; (count = read(peer, bytes, sizeof bytes)) > 0;)
      for (ssize_t at = 0; at < count;) {
        ssize_t written = write(peer, bytes + at, count - at);
        if (written < 0) return 1;
        at += written;
      }
    close(peer);
  }
}
