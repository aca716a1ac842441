"""A bad link: link.py SEED KEY=PROBABILITY … between 127.0.0.1:45001 (to :42000) and 127.0.0.1:45000 (to :43000).

loss, duplicate, corrupt and reorder are shares of frames; delay is milliseconds, which a frame that is reordered goes without.
What befalls the nth frame of each direction follows from the seed alone.
"""

import heapq
import random
import selectors
import socket
import sys
import time

sources = [random.Random(int(sys.argv[1]) + direction) for direction in range(2)]
faults = dict(argument.split("=") for argument in sys.argv[2:])
share = {name: float(faults.get(name, 0)) for name in ("loss", "duplicate", "corrupt", "reorder")}
delay = float(faults.get("delay", 0)) / 1000


def end(port, peer):
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    for option in (socket.SO_RCVBUF, socket.SO_SNDBUF):
        udp.setsockopt(socket.SOL_SOCKET, option, 1 << 22)
    udp.bind(("127.0.0.1", port))
    return udp, ("127.0.0.1", peer)


ends = [end(45000, 43000), end(45001, 42000)]
waiting = []
count = 0
selector = selectors.DefaultSelector()
for index, (udp, _) in enumerate(ends):
    udp.setblocking(False)
    selector.register(udp, selectors.EVENT_READ, 1 - index)
print("link", flush=True)
while True:
    timeout = max(0, waiting[0][0] - time.monotonic()) if waiting else None
    for key, _ in selector.select(timeout):
        source = sources[key.data]
        for _ in range(64):
            try:
                frame = bytearray(key.fileobj.recv(70000))
            except (BlockingIOError, ConnectionRefusedError):
                break
            if source.random() < share["loss"]:
                continue
            if source.random() < share["corrupt"]:
                frame[source.randrange(len(frame))] ^= 1 << source.randrange(8)
            due = time.monotonic() + (0 if source.random() < share["reorder"] else delay)
            for _ in range(2 if source.random() < share["duplicate"] else 1):
                count += 1
                heapq.heappush(waiting, (due, count, bytes(frame), key.data))
    while waiting and waiting[0][0] <= time.monotonic():
        _, _, frame, to = heapq.heappop(waiting)
        udp, address = ends[to]
        try:
            udp.sendto(frame, address)
        except (BlockingIOError, ConnectionRefusedError):
            pass
