"""What clients do for SECONDS with the image that soaks: soak.py SECONDS SEED PORT PID, of wasmtime.

Each second, and when all has ended, it prints what the image says of itself, and what wasmtime has; then how much was done, by kind.
It ends with 0 when all answers were right.
"""

import collections
import http.client
import json
import os
import random
import socket
import struct
import sys
import threading
import time

END = time.monotonic() + float(sys.argv[1])
PORT, PID = int(sys.argv[3]), sys.argv[4]
LIMIT = 60
HELLO = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
done = collections.Counter()
wrong = []


def repeat(what):
    """Until time is up, or something is wrong."""

    def run(source):
        while time.monotonic() < END and not wrong:
            try:
                what(source)
                done[what.__name__] += 1
            except Exception as error:
                wrong.append(f"{what.__name__}: {error!r}")

    return run


def ask(connection, *what, **more):
    connection.request(*what, **more)
    reply = connection.getresponse()
    assert reply.status == 200, reply.status
    return reply.read()


@repeat
def kept(source):
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=LIMIT)
    for _ in range(source.randrange(1, 200)):
        assert ask(connection, "GET", "/") == b"hello\n"
    connection.close()


@repeat
def echo(source):
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=LIMIT)
    for _ in range(source.randrange(1, 5)):
        data = source.randbytes(source.randrange(200_000))
        body = iter([data[:1000], data[1000:]]) if source.randrange(2) and len(data) > 1000 else data
        assert ask(connection, "POST", "/", body=body) == data
    connection.close()


@repeat
def pipelined(source):
    with socket.create_connection(("127.0.0.1", PORT), LIMIT) as one:
        count = source.randrange(1, 100)
        one.sendall(HELLO * (count - 1) + HELLO.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
        assert b"".join(iter(lambda: one.recv(65536), b"")).count(b"hello\n") == count


@repeat
def rude(source):
    """Goes in the midst of something, by an end or by a reset."""
    with socket.create_connection(("127.0.0.1", PORT), LIMIT) as one:
        said = source.choice([HELLO, HELLO[:10], b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n" + bytes(50_000), b"\0" * 9000, b""])
        one.sendall(said)
        if source.randrange(2):
            one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    time.sleep(0.001)


def tell():
    """What there is, by its name: the image's own numbers over a connection that ends at once."""
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=LIMIT)
    lines = ask(connection, "GET", "/account", headers={"Connection": "close"}).decode().splitlines()
    connection.close()
    with open(f"/proc/{PID}/status") as status:
        resident = next(int(line.split()[1]) << 10 for line in status if line.startswith("VmRSS"))
    numbers = {name: int(value) for name, value in (line.split() for line in lines)}
    numbers |= {"resident": resident, "descriptors": len(os.listdir(f"/proc/{PID}/fd"))}
    print(json.dumps(numbers), flush=True)
    return numbers


tell()
source = random.Random(int(sys.argv[2]))
threads = [threading.Thread(target=what, args=(random.Random(source.random()),)) for what in (kept, kept, echo, pipelined, rude)]
for thread in threads:
    thread.start()
while time.monotonic() < END and not wrong:
    time.sleep(1)
    tell()
for thread in threads:
    thread.join()
# Who was refused is heard out for two seconds.
for _ in range(LIMIT):
    if tell()["sockets.open"] == 1:
        break
    time.sleep(0.2)
print(json.dumps(done))
if wrong:
    sys.exit("\n".join(wrong))
