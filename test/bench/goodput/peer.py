"""TCP in one direction: `give`, then `take`, are what Linux does as a client, `serve` as a server.

peer.py give|take SECONDS: says how many bytes a second have gone to port 9 of 10.0.0.2, or have come from port 19.
peer.py serve: what comes at port 9 is thrown away, and who connects to port 19 is given all that he takes.
"""

import socket
import sys
import threading
import time

BYTES = bytes(1 << 16)


def cubic(connection):
    """Whatever the host's default is."""
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_CONGESTION, b"cubic")
    return connection


def give(seconds):
    connection = cubic(socket.create_connection(("10.0.0.2", 9)))
    start = time.monotonic()
    count = 0
    while time.monotonic() - start < seconds:
        count += connection.send(BYTES)
    connection.shutdown(socket.SHUT_WR)
    connection.recv(1)
    return count / (time.monotonic() - start)


def take(seconds):
    connection = socket.create_connection(("10.0.0.2", 19))
    start = time.monotonic()
    count = 0
    while time.monotonic() - start < seconds:
        connection.settimeout(max(0.001, start + seconds - time.monotonic()))
        try:
            count += len(connection.recv(1 << 20))
        except TimeoutError:
            break
    return count / seconds


def discard(connection):
    while connection.recv(1 << 20):
        pass
    connection.close()


def generate(connection):
    try:
        while True:
            cubic(connection).sendall(BYTES)
    except OSError:
        connection.close()


def listen(port, service):
    listener = socket.create_server(("", port))
    while True:
        threading.Thread(target=service, args=(listener.accept()[0],), daemon=True).start()


if sys.argv[1] == "serve":
    threading.Thread(target=listen, args=(9, discard), daemon=True).start()
    print("listening", flush=True)
    listen(19, generate)
print({"give": give, "take": take}[sys.argv[1]](float(sys.argv[2])))
