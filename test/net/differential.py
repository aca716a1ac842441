"""The same calls with an image or with Linux as the one end, and Linux as the other; what applications see is told, line by line.

differential.py serve: is that one end, as ./differential/actor.ts is. It and the other end know these calls:

    listen PORT · unlisten PORT · connect FLOW PORT 4|6 MS · accept FLOW PORT MS
    write FLOW SIZE TIMES · read FLOW SIZE MS PART PAUSE · shutdown FLOW · close FLOW
    insist FLOW MS (writes now and then until that fails) · nodelay FLOW 0|1

and the other end, whose Linux is the same in both runs, `reset FLOW` and options of sockets too.
differential.py run SEED COUNT: the scenarios of scenarios.py, and COUNT random ones.
"""

import concurrent.futures
import json
import socket
import struct
import sys
import threading
import time

from scenarios import fixed, random_one

PATTERN = bytes(((place * 2654435761) >> 24) & 255 for place in range(1 << 20))
# What nobody waits for has been answered after so long, also by a host that has other work.
SETTLED = 0.1
# Scenarios that are played at once, which have nothing in common.
AT_ONCE = 8
# Nothing takes longer; what does is told as that.
LIMIT = 10


def pattern(place, size):
    start = place % len(PATTERN)
    return (PATTERN[start:] + PATTERN * (size // len(PATTERN) + 1))[:size]


class Open:
    """A connection, as a flow of ours shows one: what is broken stays so."""

    def __init__(self, connection):
        self.socket = connection
        self.read_to = self.written = 0
        self.is_shut = self.is_broken = False

    def write(self, size, times):
        connection = self.socket
        connection.settimeout(LIMIT)
        try:
            for _ in range(times):
                connection.sendall(pattern(self.written, size))
                self.written += size
        except TimeoutError:
            return "timeout"
        except ConnectionResetError:
            self.is_broken = True
            return "closed"
        except OSError:
            return "closed"
        return "ok"

    def read(self, size, milliseconds, part, pause):
        end = time.monotonic() + milliseconds / 1000
        got, is_right, how = 0, True, "ok"
        while got < size:
            self.socket.settimeout(max(end - time.monotonic(), 0.001))
            try:
                data = self.socket.recv(min(part, size - got))
            except TimeoutError:
                how = "timeout"
                break
            except OSError:
                self.is_broken = True
                data = b""
            if not data:
                how = "closed" if self.is_broken else "end"
                break
            is_right = is_right and data == pattern(self.read_to, len(data))
            self.read_to += len(data)
            got += len(data)
            time.sleep(pause / 1000)
        return f"{got} {'right' if is_right else 'wrong'} {how}"


class Actor:
    def __init__(self, peers):
        self.peers = peers
        self.flows = {}
        self.listeners = {}
        self.options = {}

    def configured(self, made):
        for name, value in self.options.items():
            level = socket.SOL_SOCKET if name.startswith("SO_") else socket.IPPROTO_TCP
            made.setsockopt(level, getattr(socket, name), value)
        return made

    def call(self, name, *words):
        try:
            return getattr(self, name)(*words)
        except Exception as error:
            return f"{name}: {error!r}"

    def listen(self, port):
        listener = self.configured(socket.socket(socket.AF_INET6))
        listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("::", int(port)))
        except OSError:
            return "closed"
        listener.listen(128)
        self.listeners[port] = listener
        return "ok"

    def unlisten(self, port):
        self.listeners.pop(port).close()
        return "ok"

    def connect(self, flow, port, version, milliseconds):
        connection = self.configured(socket.socket(socket.AF_INET6 if version == "6" else socket.AF_INET))
        connection.settimeout(int(milliseconds) / 1000)
        try:
            connection.connect((self.peers[version], int(port)))
        except TimeoutError:
            return "timeout"
        except ConnectionRefusedError:
            return "refused"
        except OSError:
            return "unreachable"
        self.flows[flow] = self.opened(connection)
        return "ok"

    def accept(self, flow, port, milliseconds):
        listener = self.listeners[port]
        listener.settimeout(int(milliseconds) / 1000)
        try:
            self.flows[flow] = self.opened(listener.accept()[0])
        except TimeoutError:
            return "timeout"
        return "ok"

    def opened(self, connection):
        # As ours: urgent bytes are bytes like any other (RFC 6093).
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_OOBINLINE, 1)
        # Linux forgets an acknowledgement that it has delayed when a socket is closed in FIN_WAIT_2: what waits for it comes late.
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return Open(connection)

    def write(self, flow, size, times):
        return self.flows[flow].write(int(size), int(times))

    def insist(self, flow, milliseconds):
        end = time.monotonic() + int(milliseconds) / 1000
        result = "ok"
        while result == "ok" and time.monotonic() < end:
            result = self.write(flow, 10, 1)
            time.sleep(0.02)
        return result

    def urgent(self, flow, size):
        open_flow = self.flows[flow]
        open_flow.socket.send(pattern(open_flow.written, int(size)), socket.MSG_OOB)
        open_flow.written += int(size)
        return "ok"

    def read(self, flow, size, milliseconds, part, pause):
        return self.flows[flow].read(int(size), int(milliseconds), int(part), int(pause))

    def nodelay(self, flow, is_set):
        try:
            self.flows[flow].socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, int(is_set))
        except OSError:
            pass
        return "ok"

    def shutdown(self, flow):
        try:
            self.flows[flow].socket.shutdown(socket.SHUT_WR)
        except OSError:
            pass
        return "ok"

    def close(self, flow):
        self.flows[flow].socket.close()
        return "ok"

    def reset(self, flow):
        self.flows[flow].socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return self.close(flow)

    def option(self, *pairs):
        """Of sockets that are made from now on."""
        self.options = {name: int(value) for name, value in (pair.split("=") for pair in pairs)}
        return "ok"

    def protocol(self, name, value):
        """Of the whole host."""
        with open(f"/proc/sys/net/ipv4/{name}", "w") as file:
            file.write(value)
        return "ok"


def serve():
    actor = Actor({"4": "10.0.0.1", "6": "2001:db8::1"})
    listener = socket.create_server(("", 11))
    print("listening", flush=True)
    while True:
        threading.Thread(target=answer, args=(actor, listener.accept()[0]), daemon=True).start()


def answer(actor, connection):
    with connection:
        connection.sendall(actor.call(*connection.recv(200).decode().split()).encode())


def ask(words):
    """Has the one end do something."""
    try:
        with socket.create_connection(("10.0.0.2", 11), LIMIT) as connection:
            connection.settimeout(LIMIT)
            connection.sendall(" ".join(words).encode())
            return b"".join(iter(lambda: connection.recv(200), b"")).decode()
    except OSError as error:
        return f"no answer: {error!r}"


def play(steps):
    """A step is calls that are made at once, each of the one end (A) or the other (B). Returns what each has given."""
    own = Actor({"4": "10.0.0.2", "6": "2001:db8::2"})
    lines = []
    for step in steps:
        results = [None] * len(step)

        def do(index, words):
            results[index] = ask(words[1:]) if words[0] == "A" else own.call(*words[1:])

        threads = [threading.Thread(target=do, args=(index, text.split())) for index, text in enumerate(step)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        lines += [f"{text}: {result}" for text, result in zip(step, results)]
        kinds = {text.split()[1] for text in step}
        if "write" in kinds and "read" not in kinds:
            time.sleep(SETTLED)
    return lines


if sys.argv[1] == "serve":
    serve()
seed, count = int(sys.argv[2]), int(sys.argv[3])
scenarios = fixed() | {f"random {seed} {number}": random_one(f"{seed} {number}", 3000 + number) for number in range(count)}
# What concerns the whole host is for nobody else to see.
alone = [name for name, steps in scenarios.items() if any("protocol" in text for step in steps for text in step)]
results = {name: play(scenarios[name]) for name in alone}
with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
    others = [name for name in scenarios if name not in results]
    results |= zip(others, pool.map(lambda name: play(scenarios[name]), others))
for name in scenarios:
    print(json.dumps([name, results[name]]))
