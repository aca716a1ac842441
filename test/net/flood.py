"""Sends forged frames by tap0, as fast as an image takes them, while an honest application talks to it: flood.py SIZE FRAMES KINDS…, each KINDS
names of forged.py's with blanks. One line of JSON for each: SIZE bytes came back by either version of IP, again until FRAMES were sent.

Nothing is lost for want of room, so that what arrives or not is the image's doing: behind each burst goes a ping, and the next burst goes
when that is answered.
"""

import errno
import json
import os
import random
import select
import socket
import struct
import sys
import threading
import time

import forged

BURST = 32
LIMIT = 50
# Seconds after which a ping is lost: the flood may have its answer go to somebody else.
PATIENCE = 1
V4, V6 = "10.0.0.2", "2001:db8::2"


def mac_of(address):
    """As Linux has learned it."""
    with open("/proc/net/arp") as table:
        return next(bytes.fromhex(words[3].replace(":", "")) for words in map(str.split, table) if words[0] == address)


def ping(icmp, number):
    """Until it is answered, or lost."""
    icmp.send(forged.sealed(struct.pack("!BBHHH", 8, 0, 0, 0, number), 2))
    until = time.monotonic() + PATIENCE
    while select.select([icmp], [], [], max(0, until - time.monotonic()))[0]:
        answer = icmp.recv(70000)[20:]
        if answer[:1] == b"\0" and answer[6:8] == struct.pack("!H", number):
            return


def flood(orders, counts):
    """Floods by the kinds that it is told last; each time it says how many frames it has sent of those before."""
    # Without a protocol it receives nothing.
    tap = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
    tap.bind(("tap0", 0))
    icmp = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
    icmp.connect((V4, 0))
    made, frames, sent, bursts = {}, [], 0, 0
    while True:
        if not frames or select.select([orders], [], [], 0)[0]:
            order = os.read(orders, 4096).decode()
            if not order:
                return
            os.write(counts, b"%d\n" % sent)
            sent = 0
            if order not in made:
                made[order] = [one for kind in order.split() for one in forged.forged(kind, mac_of(V4))]
                random.shuffle(made[order])
            frames = made[order]
            continue
        for _ in range(BURST):
            try:
                tap.send(frames[sent % len(frames)])
                sent += 1
            except OSError as error:
                if error.errno != errno.ENOBUFS:
                    raise
        bursts += 1
        ping(icmp, bursts & 0xFFFF)


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


def talk(order, kinds, size):
    """While it is flooded: on connections that were there before, whose ports are known to the flood, and on one that comes then."""
    with connect(V4, 7, forged.HONEST) as four, connect(V6, 7, forged.HONEST) as six:
        order(kinds)
        intact = echo(four, size) and echo(six, size)
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


def main(size, least, *floods):
    orders, counts = os.pipe(), os.pipe()
    if not os.fork():
        os.close(orders[1])
        flood(orders[0], counts[1])
        os._exit(0)
    told = os.fdopen(counts[0])

    def order(kinds):
        """Returns how many frames of the kinds before were sent."""
        os.write(orders[1], kinds.encode())
        return int(told.readline())

    before = counters()
    for kinds in floods:
        frames, intact = 0, True
        while intact and frames < int(least):
            intact = talk(order, kinds, int(size))
            after = counters()
            frames += order("nothing")
        counted = {name: after[name] - before[name] for name in after if name != "pages"}
        print(json.dumps({"kinds": kinds, "frames": frames, "intact": intact, "pages": after["pages"], "counted": counted}), flush=True)
        before = after
    os.close(orders[1])
    os.wait()


main(*sys.argv[1:])
