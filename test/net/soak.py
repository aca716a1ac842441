"""What Linux does for SECONDS with an image that soaks: soak.py SECONDS SEED PID, of wasmtime.

Each second, and when all has ended, it prints what the image says of itself and how much memory wasmtime has; then how much was
done, by kind. It ends with 0 when all came back as it was sent.
"""

import collections
import json
import random
import socket
import sys
import threading
import time

END = time.monotonic() + float(sys.argv[1])
HOSTS = ("10.0.0.2", "2001:db8::2")
LIMIT = 60
done = collections.Counter()
wrong = []


def repeat(what):
    """Until time is up, or something is wrong."""

    def run(host, source):
        while time.monotonic() < END and not wrong:
            try:
                what(host, source)
                done[what.__name__] += 1
            except Exception as error:
                wrong.append(f"{what.__name__} with {host}: {error!r}")

    return run


def converse(host, data):
    with socket.create_connection((host, 7), LIMIT) as connection:
        connection.settimeout(LIMIT)
        writer = threading.Thread(target=lambda: (connection.sendall(data), connection.shutdown(socket.SHUT_WR)))
        writer.start()
        back = b"".join(iter(lambda: connection.recv(1 << 16), b""))
        writer.join()
        assert back == data, f"{len(back)} of {len(data)} bytes are back, or they are others"


@repeat
def bulk(host, source):
    converse(host, source.randbytes(source.randrange(1 << 20, 4 << 20)))


@repeat
def short(host, source):
    converse(host, source.randbytes(source.randrange(3000)))


@repeat
def datagrams(host, source):
    """Some are lost on the way; none is another when it comes."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_DGRAM) as udp:
        udp.settimeout(0.1)
        sent = [source.randbytes(source.randrange(5000)) for _ in range(10)]
        for data in sent:
            udp.sendto(data, (host, 7))
        try:
            for _ in sent:
                assert udp.recv(1 << 16) in sent, "a datagram is another"
        except TimeoutError:
            done["late or lost"] += 1


def serve():
    """An echo for the image's clients, which end first."""
    listener = socket.create_server(("::", 7007), family=socket.AF_INET6, dualstack_ipv6=True, backlog=128)
    while True:
        threading.Thread(target=answer, args=(listener.accept()[0],), daemon=True).start()


def answer(connection):
    with connection:
        connection.settimeout(LIMIT)
        while data := connection.recv(1 << 16):
            connection.sendall(data)


def ask(what=b"ask"):
    """The image's own numbers, by their names."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
        udp.settimeout(1)
        for _ in range(LIMIT):
            udp.sendto(what, (HOSTS[0], 11))
            try:
                numbers = dict(line.split() for line in udp.recv(1 << 16).decode().splitlines())
                return {name: int(value) for name, value in numbers.items()}
            except TimeoutError:
                pass
    sys.exit("the image says nothing of itself")


def tell(numbers):
    with open(f"/proc/{sys.argv[3]}/status") as status:
        resident = next(int(line.split()[1]) << 10 for line in status if line.startswith("VmRSS"))
    print(json.dumps({"resident": resident, **numbers}), flush=True)


threading.Thread(target=serve, daemon=True).start()
source = random.Random(int(sys.argv[2]))
threads = [threading.Thread(target=what, args=(host, random.Random(source.random()))) for host in HOSTS for what in (bulk, short, short, datagrams)]
for thread in threads:
    thread.start()
while time.monotonic() < END and not wrong:
    tell(ask())
    time.sleep(1)
for thread in threads:
    thread.join()
# What the image has begun it ends, too; who has time waits until TIME_WAIT is over.
is_patient = float(sys.argv[1]) > LIMIT
for _ in range(2 * LIMIT):
    numbers = ask(b"stop")
    if numbers["running"] == 0 and numbers["tcp.connections"] == (0 if is_patient else numbers["tcp.time_wait"]):
        break
    time.sleep(1)
tell(numbers)
print(json.dumps(done))
if wrong:
    sys.exit("\n".join(wrong))
