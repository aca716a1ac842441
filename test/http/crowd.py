"""COUNT connections that each ask once in ten seconds, for SECONDS: crowd.py PORT COUNT SECONDS. Prints what that took, in milliseconds."""

import json
import select
import socket
import sys
import time

PORT, COUNT, SECONDS = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
EVERY = 10
ASK = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"

poll = select.epoll()
crowd = {}
for _ in range(COUNT):
    one = socket.create_connection(("127.0.0.1", PORT), 60)
    one.setblocking(False)
    crowd[one.fileno()] = one
    poll.register(one, select.EPOLLIN)

# Whose turn it is next, and when those who wait have asked.
turns = list(crowd)
asked = {}
took = []
begin = time.monotonic()
turn = 0
while True:
    now = time.monotonic() - begin
    while now < SECONDS and turn * EVERY / COUNT <= now:
        fd = turns[turn % COUNT]
        turn += 1
        if fd not in asked:
            asked[fd] = time.monotonic()
            crowd[fd].send(ASK)
    if now > SECONDS and not asked:
        break
    assert now < SECONDS + 60, f"{len(asked)} have no answer"
    for fd, _ in poll.poll(0.002):
        reply = crowd[fd].recv(65536)
        assert reply.startswith(b"HTTP/1.1 200 ") and reply.endswith(b"\r\n\r\nhello\n"), reply
        took.append((time.monotonic() - asked.pop(fd)) * 1000)

took.sort()
print(json.dumps({"connections": COUNT, "requests": len(took), "p50": round(took[len(took) // 2], 2), "p99": round(took[len(took) * 99 // 100], 2), "max": round(took[-1], 2)}))
