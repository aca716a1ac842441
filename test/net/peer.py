"""What a Linux application says to an image at 10.0.0.2, or another address: peer.py TEST [ADDRESS [COMMAND …]]. Ends with 0 when all came as it should."""

import random
import socket
import struct
import subprocess
import sys
import threading

HOST = sys.argv[2] if len(sys.argv) > 2 else "10.0.0.2"
LIMIT = 50


def connect(port):
    connection = socket.create_connection((HOST, port), LIMIT)
    connection.settimeout(LIMIT)
    return connection


def all_of(connection, size):
    parts = []
    while size:
        part = connection.recv(min(size, 1 << 16))
        assert part, "the connection has ended"
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def echo(size):
    """What is sent to echo comes back."""
    data = random.randbytes(size)
    with connect(7) as connection:
        writer = threading.Thread(target=connection.sendall, args=(data,))
        writer.start()
        back = all_of(connection, size)
        writer.join()
        assert back == data, "the bytes are others"


def discard(size):
    """All is taken, and the end of it is answered by an end."""
    with connect(9) as connection:
        connection.sendall(random.randbytes(size))
        connection.shutdown(socket.SHUT_WR)
        assert connection.recv(1) == b"", "discard has said something"


def chargen(size):
    """Lines of RFC 864."""
    characters = bytes(range(0x20, 0x7F)) * 3
    lines = b"".join(characters[i : i + 72] + b"\r\n" for i in range(95))
    with connect(19) as connection:
        got = all_of(connection, size)
        assert got == (lines * (size // len(lines) + 1))[:size], "the lines are others"


def one_by_one(count):
    for i in range(count):
        with connect(7) as connection:
            connection.sendall(b"%d" % i)
            assert all_of(connection, len(b"%d" % i)) == b"%d" % i


def at_once(count):
    connections = [connect(7) for _ in range(count)]
    for i, connection in enumerate(connections):
        connection.sendall(b"%08d" % i * 100)
    for i, connection in enumerate(connections):
        assert all_of(connection, 800) == b"%08d" % i * 100
        connection.close()


def datagrams(sizes):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
        udp.settimeout(LIMIT)
        for size in sizes:
            data = random.randbytes(size)
            udp.sendto(data, (HOST, 7))
            back, sender = udp.recvfrom(70000)
            assert back == data and sender == (HOST, 7), f"{size} bytes"


def refused():
    try:
        connect(99)
    except ConnectionRefusedError:
        return
    raise AssertionError("port 99 is open")


def meanwhile(size):
    """What is sent before and after a command comes back, by the same connection."""
    with connect(7) as connection:
        for command in (None, sys.argv[3:]):
            if command:
                subprocess.run(command, check=True)
            data = random.randbytes(size)
            writer = threading.Thread(target=connection.sendall, args=(data,))
            writer.start()
            assert all_of(connection, size) == data, "the bytes are others"
            writer.join()


def half_close(size):
    """What was sent before the end comes back after it."""
    data = random.randbytes(size)
    with connect(7) as connection:
        connection.sendall(data)
        connection.shutdown(socket.SHUT_WR)
        assert all_of(connection, size) == data
        assert connection.recv(1) == b""


def pieces(port):
    """So many segments brought ten bytes that were written one by one."""
    with connect(port) as connection:
        assert all_of(connection, 10) == b"0123456789"
        assert connection.recv(1) == b""
        # tcpi_data_segs_in of struct tcp_info.
        return struct.unpack_from("I", connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 192), 152)[0]


def at_once_or_together():
    at_once, together = pieces(9), pieces(10)
    assert at_once >= 10 and together < 10, f"{at_once} and {together} segments"


tests = {
    "echo": lambda: echo(16 << 20),
    "echo-small": lambda: echo(1 << 20),
    "echo-tiny": lambda: echo(1 << 18),
    "discard": lambda: discard(16 << 20),
    "discard-small": lambda: discard(1 << 20),
    "chargen": lambda: chargen(16 << 20),
    "one-by-one": lambda: one_by_one(1000),
    "at-once": lambda: at_once(200),
    "datagrams": lambda: datagrams([0, 1, 100, 1472, 1473, 8000, 60000]),
    "meanwhile": lambda: meanwhile(1 << 20),
    "pieces": at_once_or_together,
    "refused": refused,
    "half-close": lambda: half_close(10000),
}
seed = random.randrange(2**32)
print("seed", seed)
random.seed(seed)
tests[sys.argv[1]]()
