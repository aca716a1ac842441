"""What differential.py plays. In a line, A is who differs between the runs, and B is Linux in both."""

import random

# Read at once, and all of it.
MS = 5000
PART = 65536


def read(who, flow, size, part=PART, pause=0, milliseconds=MS):
    return f"{who} read {flow} {size} {milliseconds} {part} {pause}"


def write(who, flow, size, times=1):
    return f"{who} write {flow} {size} {times}"


def opened(port, is_ours, version=4, before=()):
    """B connects to A, or A to B."""
    server, client = "AB" if not is_ours else "BA"
    steps = [[text] for text in before]
    return steps + [[f"{server} listen {port}"], [f"{client} connect {port} {port} {version} {MS}"], [f"{server} accept {port} {port} {MS}"]]


def other(who):
    return "B" if who == "A" else "A"


def afterwards(who, flow):
    """What a side sees whose other side is gone, in whatever way."""
    return [[read(who, flow, 1_000_000)], [f"{who} insist {flow} {MS}"], [read(who, flow, 10)]]


def over(flow):
    return [[f"A close {flow}", f"B close {flow}"]]


def fixed():
    all = {}
    port = 2000
    for is_ours, version in ((False, 4), (True, 6)):
        way = f"{'A connects' if is_ours else 'B connects'}, IPv{version}"

        def add(name, steps, before=(), after=None):
            nonlocal port
            port += 1
            all[f"{name}; {way}"] = opened(port, is_ours, version, before) + steps(port) + (over(port) if after is None else after)

        for who in "AB":
            to = other(who)
            add(f"{who} sends sizes around those of segments", lambda p: [[write(who, p, size), read(to, p, size)] for size in (1, 535, 536, 1447, 1448, 1449, 1460, 2896, 65535, 65536)])
            add(f"{who} sends a million bytes to a slow reader", lambda p: [[write(who, p, 100_000, 10), read(to, p, 1_000_000, 30_000, 3)]])
            add(f"{who} sends many small pieces", lambda p: [[write(who, p, 3, 2000), read(to, p, 6000, 100)]])
            add(f"{who} ends, and the other side goes on", lambda p: [[write(who, p, 5000)], [f"{who} shutdown {p}"], [read(to, p, 10_000)], [write(to, p, 50_000), read(who, p, 50_000)], [write(who, p, 1)], [f"{to} shutdown {p}"], [read(who, p, 1)]])
            add(f"{who} ends without a word", lambda p: [[f"{who} shutdown {p}"], [read(to, p, 1)], [read(to, p, 1)]])
            add(f"{who} closes, and the other side still writes", lambda p: [[write(who, p, 100)], [f"{who} close {p}"], *afterwards(to, p), [f"{to} close {p}"]], after=[])
            add(f"{who} closes with text that it has not read", lambda p: [[write(to, p, 100)], [f"{who} close {p}"], *afterwards(to, p), [f"{to} close {p}"]], after=[])
            add(f"{who} closes with text on both sides that is not read", lambda p: [[write(to, p, 100), write(who, p, 200)], [f"{who} close {p}"], *afterwards(to, p), [f"{to} close {p}"]], after=[])
            add(f"{who} waits for what does not come", lambda p: [[read(who, p, 1, milliseconds=100)], [write(to, p, 1), read(who, p, 1)]])
        add("both send at once", lambda p: [[write("A", p, 300_000), read("B", p, 300_000), write("B", p, 300_000), read("A", p, 300_000)]])
        add("both end at once", lambda p: [["A shutdown %d" % p, "B shutdown %d" % p], [read("A", p, 1), read("B", p, 1)]])
        add("both close at once", lambda p: [])
        add("B aborts", lambda p: [[f"B reset {p}"], *afterwards("A", p), [f"A close {p}"]], after=[])
        add("B aborts with text on its way", lambda p: [[write("B", p, 3000)], [f"B reset {p}"], *afterwards("A", p), [f"A close {p}"]], after=[])
        add("B aborts what A has ended", lambda p: [[f"A shutdown {p}"], [f"B reset {p}"], *afterwards("A", p), [f"A close {p}"]], after=[])
        add("B ends and then aborts", lambda p: [[write("B", p, 3000)], [f"B shutdown {p}"], [f"B reset {p}"], *afterwards("A", p), [f"A close {p}"]], after=[])
        add("urgent text", lambda p: [[write("B", p, 10)], [f"B urgent {p} 3"], [write("B", p, 10)], [read("A", p, 23)]])
        small = ["B option SO_RCVBUF=4096 SO_SNDBUF=4096 TCP_MAXSEG=200"]
        add("small buffers and segments", lambda p: [[write("A", p, 200_000), read("B", p, 200_000)], [write("B", p, 200_000), read("A", p, 200_000)], ["B option"]], before=small)
        for name in ("tcp_timestamps", "tcp_sack", "tcp_window_scaling"):
            add(f"without {name}", lambda p: [[write("A", p, 500_000), read("B", p, 500_000)], [write("B", p, 500_000), read("A", p, 500_000)], [f"B protocol {name} 1"]], before=[f"B protocol {name} 0"])
    for number, (server, client) in enumerate(("AB", "BA")):
        port = 2900 + 10 * number
        all[f"nobody listens at {server}"] = [[f"{client} connect {port} {port} {version} {MS}"] for version in (4, 6)]
        port += 1
        all[f"{server} listens twice, and no more"] = [[f"{server} listen {port}"], [f"{server} listen {port}"], [f"{client} connect {port} {port} 4 {MS}"], [f"{server} accept {port} {port} {MS}"], [f"{server} accept x {port} 50"], [f"{server} unlisten {port}"], [f"{client} connect y {port} 4 {MS}"], [write(client, port, 10), read(server, port, 10)], *over(port)]
        port += 1
        all[f"{server} accepts what has ended already"] = [[f"{server} listen {port}"], [f"{client} connect {port} {port} 4 {MS}"], [write(client, port, 5000)], [f"{client} close {port}"], [f"{server} accept {port} {port} {MS}"], *afterwards(server, port), [f"{server} close {port}"]]
        port += 1
        all[f"{server} closes a port at which somebody waits"] = [[f"{server} listen {port}"], [f"{client} connect {port} {port} 4 {MS}"], [f"{server} unlisten {port}"], *afterwards(client, port), [f"{client} close {port}"]]
    return all


def random_one(seed, port):
    """A sequence of calls that has one outcome, whatever the timing."""
    source = random.Random(seed)
    sizes = (1, 100, 1447, 1448, 1449, 5000, 40_000, 200_000)
    steps = opened(port, source.random() < 0.5, source.choice((4, 6)))
    # Bytes that each side has not read.
    unread = {"A": 0, "B": 0}
    ended = set()
    for _ in range(source.randrange(2, 8)):
        who = source.choice("AB")
        to = other(who)
        size = source.choice(sizes)
        kind = source.choice(("send", "leave", "small", "both", "end", "wait", "slow", "option"))
        if kind == "wait":
            if unread[who] == 0 and to not in ended:
                steps.append([read(who, port, 1, milliseconds=60)])
        elif kind == "option":
            steps.append([f"A nodelay {port} {source.randrange(2)}"])
        elif kind == "both":
            if not ended:
                steps.append([write("A", port, size), read("B", port, size + unread["B"]), write("B", port, size), read("A", port, size + unread["A"])])
                unread = {"A": 0, "B": 0}
        elif who in ended:
            steps.append([write(who, port, 1)])
        elif kind == "end":
            steps.append([f"{who} shutdown {port}"])
            ended.add(who)
        elif kind == "leave":
            size = min(size, 5000)
            if unread[to] + size <= 20_000:
                steps.append([write(who, port, size)])
                unread[to] += size
        elif kind == "small":
            steps.append([write(who, port, 7, 300), read(to, port, 2100 + unread[to], 50)])
            unread[to] = 0
        else:
            part, pause = (5000, 2) if kind == "slow" and size <= 40_000 else (PART, 0)
            steps.append([write(who, port, size), read(to, port, size + unread[to], part, pause)])
            unread[to] = 0
    who = source.choice("AB")
    to = other(who)
    last = source.choice(("close", "close both", "reset", "drain"))
    if last == "drain":
        for side in "AB":
            steps.append([f"{side} shutdown {port}"])
        for side in "AB":
            steps.append([read(side, port, unread[side] + 10)])
    elif last == "reset":
        return steps + [[f"B reset {port}"], *afterwards("A", port), [f"A close {port}"]]
    elif last == "close":
        return steps + [[f"{who} close {port}"], *afterwards(to, port), [f"{to} close {port}"]]
    return steps + over(port)
