"""Clients that are no good ones, many at once: NAME [HOST PORT]. Says "ready" when they are there, and at last whether the server did right by them."""

import socket
import struct
import sys
import threading
import time

SERVER = (sys.argv[2], int(sys.argv[3])) if len(sys.argv) > 2 else ("10.0.0.2", 8080)
COUNT = 300


def connect():
    one = socket.create_connection(SERVER, 20)
    one.settimeout(30)
    return one


def until_end(one):
    text = b""
    while True:
        try:
            piece = one.recv(65536)
        except ConnectionResetError:
            return text
        if not piece:
            return text
        text += piece


def ready():
    print("ready", flush=True)


def slow_heads():
    """A byte of a head every second: 408 after ten."""
    those = [connect() for _ in range(COUNT)]
    head = b"POST / HTTP/1.1\r\nHost: a\r\nX-Slow: 1234567890123456789012345678901234567890"
    ready()
    for at in range(9):
        for one in those:
            one.send(head[at : at + 1])
        time.sleep(1)
    return all_end(those, b"HTTP/1.1 408 ")


def all_end(those, begin):
    return all(until_end(one).startswith(begin) for one in those)


def silent():
    """Nothing is said: others are answered beside them."""
    those = [connect() for _ in range(COUNT)]
    ready()
    time.sleep(3)
    for one in those:
        one.send(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    return all_end(those, b"HTTP/1.1 200 ")


def half_bodies():
    """Half of a body; the other one comes to every second only."""
    those = [connect() for _ in range(COUNT)]
    for one in those:
        one.send(b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n12")
    ready()
    time.sleep(1)
    for one in those[::2]:
        one.send(b"345\r\n0\r\n\r\n")
        one.shutdown(socket.SHUT_WR)
    return all(until_end(one).endswith(b"0\r\n\r\n") for one in those[::2])


def pipelines():
    """A thousand requests at once, whose answers nobody reads for a while."""
    ask = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n" + b"x" * 1000
    those = [connect() for _ in range(20)]
    writers = [threading.Thread(target=one.sendall, args=(ask * 1000,)) for one in those]
    for one in writers:
        one.start()
    ready()
    time.sleep(2)
    right = True
    for one in those:
        count = 0
        while count < 1000 * 1000:
            piece = one.recv(65536)
            if not piece:
                right = False
                break
            count += piece.count(b"x")
    return right


def floods():
    """What is no HTTP, as fast as it goes: 400 and an end."""
    ready()
    for _ in range(COUNT):
        one = connect()
        try:
            one.sendall(b"\0" * 20000)
        except OSError:
            pass
        one.close()
    return True


def resets():
    """Who asks for much and goes at once."""
    ready()
    for _ in range(COUNT):
        one = connect()
        one.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n" + b"x" * 50000)
        one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        one.close()
    return True


right = {"slow heads": slow_heads, "silent": silent, "half bodies": half_bodies, "pipelines": pipelines, "floods": floods, "resets": resets}[sys.argv[1]]()
print("done: right" if right else "done: WRONG", flush=True)
