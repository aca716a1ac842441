"""A link between 127.0.0.1:45001 (to :42000, an image) and 127.0.0.1:45000 (to :43000, a TAP) with somebody on it who sends forged frames as
fast as the image takes them, while an honest application talks to it: flood.py. One line of JSON for each kind of flood.

Nothing is lost for want of room, so that what arrives or not is the image's doing: the flood stops while the image has enough to read.
"""

import json
import os
import random
import re
import select
import socket
import struct
import threading
import time

import forged

# Bytes that may wait for the image, as Linux counts them: a quarter of what its socket takes.
ENOUGH = 100_000
BURST = 32
LIMIT = 50
V4, V6 = "10.0.0.2", "2001:db8::2"
SIZE = 1 << 20
# So many frames at least of each kind.
FRAMES = 20_000


def end(port, peer):
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    for option in (socket.SO_RCVBUF, socket.SO_SNDBUF):
        udp.setsockopt(socket.SOL_SOCKET, option, 1 << 22)
    udp.bind(("127.0.0.1", port))
    udp.connect(("127.0.0.1", peer))
    udp.setblocking(False)
    return udp


def drain(source, target, passes):
    for _ in range(256):
        try:
            data = source.recv(70000)
        except (BlockingIOError, ConnectionRefusedError):
            return
        if passes(data):
            try:
                target.send(data)
            except (BlockingIOError, ConnectionRefusedError):
                pass


def is_honest(data):
    """What is for the host behind the TAP: the others do not exist."""
    kind = data[12:14]
    if kind == b"\x08\x06":
        return data[38:42] in (forged.HOST, forged.OUR)
    if kind == b"\x08\x00":
        return data[30:34] == forged.HOST
    return data[38:54] == forged.HOST6 or (data[20] == 58 and data[54] in (135, 136) and data[62:78] in (forged.HOST6, forged.OUR6))


# proc_net_udp(5): the local address, the other one, the state, and the queues of what is sent and received.
QUEUE = re.compile(rb": 0100007F:%04X \S+ \S+ \S+:(\S+)" % 42000)


def waiting(file):
    """Bytes that wait at the image's socket."""
    found = QUEUE.search(os.pread(file, 1 << 16, 0))
    return int(found[1], 16) if found else 0


def link(orders, counts):
    """Passes frames on, and floods by the kinds that it is told last; each time it says how many it has sent of those before."""
    tap, image = end(45000, 43000), end(45001, 42000)
    file = os.open("/proc/net/udp", os.O_RDONLY)
    poll = select.poll()
    for one in (tap.fileno(), image.fileno(), orders):
        poll.register(one, select.POLLIN)
    print("link", flush=True)
    mac, made, frames, at, sent = b"", {}, [], 0, 0

    def learn(data):
        nonlocal mac
        mac = data[6:12]
        return is_honest(data)

    while True:
        for one, _ in poll.poll(0 if frames and waiting(file) < ENOUGH else 1):
            if one != orders:
                continue
            order = os.read(orders, 4096).decode()
            if not order:
                return
            os.write(counts, b"%d\n" % sent)
            sent = 0
            if order not in made:
                made[order] = [one for kind in order.split() for one in forged.forged(kind, mac)]
                random.shuffle(made[order])
            frames = made[order]
        drain(tap, image, lambda data: True)
        drain(image, tap, learn)
        if frames and waiting(file) < ENOUGH:
            for _ in range(BURST):
                try:
                    image.send(frames[at % len(frames)])
                    sent += 1
                except (BlockingIOError, ConnectionRefusedError):
                    pass
                at += 1


def connect(address, port, source=0):
    connection = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)
    if ":" in address:
        connection.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    connection.settimeout(LIMIT)
    connection.bind(("", source))
    connection.connect((address, port))
    return connection


def all_of(connection):
    parts = []
    while part := connection.recv(1 << 16):
        parts.append(part)
    return b"".join(parts)


def echo(connection, size):
    """Do the bytes come back as they were sent?"""
    data = random.randbytes(size)
    writer = threading.Thread(target=connection.sendall, args=(data,))
    writer.start()
    back = bytearray()
    while len(back) < size and (part := connection.recv(1 << 16)):
        back += part
    writer.join()
    return back == data


def talk(order, kinds):
    """While it is flooded: on connections that were there before, whose ports are known to the flood, and on one that comes then."""
    with connect(V4, 7, forged.HONEST) as four, connect(V6, 7, forged.HONEST) as six:
        order(kinds)
        intact = echo(four, SIZE) and echo(six, SIZE)
        for address in (V4, V6):
            with connect(address, 7) as another:
                intact = intact and echo(another, 1000)
        for one in (four, six):
            # RST instead of FIN: the ports are free at once.
            one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    return intact


def counters():
    with connect(V4, 8) as connection:
        return {name: int(value) for name, value in (line.split() for line in all_of(connection).decode().splitlines())}


def main():
    orders, counts = os.pipe(), os.pipe()
    if not os.fork():
        os.close(orders[1])
        link(orders[0], counts[1])
        os._exit(0)
    told = os.fdopen(counts[0])

    def order(kinds):
        """Returns how many frames of the kinds before were sent."""
        os.write(orders[1], kinds.encode())
        return int(told.readline())

    until = time.monotonic() + LIMIT
    while True:
        try:
            before = counters()
            break
        except OSError:
            # The image is not there yet.
            assert time.monotonic() < until
    everything = " ".join(forged.KINDS)
    for kinds in [*forged.KINDS, everything, everything]:
        frames, intact = 0, True
        while intact and frames < FRAMES:
            intact = talk(order, kinds)
            after = counters()
            frames += order("nothing")
        counted = {name: after[name] - before[name] for name in after if name != "pages"}
        print(json.dumps({"kinds": kinds, "frames": frames, "intact": intact, "pages": after["pages"], "counted": counted}), flush=True)
        before = after
    os.close(orders[1])
    os.wait()


main()
