"""Frames that nobody honest sends, to the image at 10.0.0.2 and 2001:db8::2: by kind, a list of them that floods."""

import ipaddress
import random
import struct

OUR = ipaddress.ip_address("10.0.0.2").packed
HOST = ipaddress.ip_address("10.0.0.1").packed
OUR6 = ipaddress.ip_address("2001:db8::2").packed
HOST6 = ipaddress.ip_address("2001:db8::1").packed
GROUP6 = ipaddress.ip_address("ff02::1:ff00:2").packed
PORT = 7
# The port that the honest connection comes from.
HONEST = 40000
COUNT = 2048


def total(data):
    """The sum of a checksum."""
    data += b"\0" * (len(data) & 1)
    value = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while value >> 16:
        value = (value & 0xFFFF) + (value >> 16)
    return value


def sealed(data, at, pseudo=b""):
    """With the checksum at `at`, which is 0 so far."""
    return data[:at] + struct.pack("!H", ~total(pseudo + data) & 0xFFFF) + data[at + 2 :]


def pseudo(source, target, protocol, size):
    return source + target + struct.pack("!II", size, protocol)


def mac():
    return b"\x02" + random.randbytes(5)


def stranger():
    """Somebody's address: of the link's in half of all cases."""
    return (b"\x0a\x01" if random.random() < 0.5 else b"\xc0\x00") + random.randbytes(2)


def stranger6():
    return OUR6[:8] + random.randbytes(8) if random.random() < 0.5 else OUR6[:4] + random.randbytes(12)


def frame(image, kind, payload, source=None, target=None):
    return (target or image) + (source or mac()) + struct.pack("!H", kind) + payload


def ipv4(protocol, payload, source, fragment=0):
    header = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(payload), random.getrandbits(16), fragment, 64, protocol, 0)
    return sealed(header + source + OUR, 10) + payload


def ipv6(protocol, payload, source, target=OUR6, hops=64):
    return struct.pack("!IHBB", 6 << 28, len(payload), protocol, hops) + source + target + payload


def tcp(source, target, port, flags, options=b"", sequence=None):
    number = random.getrandbits(32) if sequence is None else sequence
    head = struct.pack("!HHIIBBHHH", port, PORT, number, random.getrandbits(32), (20 + len(options)) << 2, flags, 65535, 0, 0) + options
    return sealed(head, 16, pseudo(source, target, 6, len(head)))


def icmp6(kind, code, rest, source, target=OUR6, hops=64):
    message = struct.pack("!BBH", kind, code, 0) + rest
    return ipv6(58, sealed(message, 2, pseudo(source, target, 58, len(message))), source, target, hops)


def icmp(kind, code, rest, source):
    return ipv4(1, sealed(struct.pack("!BBH", kind, code, 0) + rest, 2), source)


SYN_OPTIONS = bytes([2, 4, 5, 180, 4, 2, 8, 10, 0, 0, 0, 1, 0, 0, 0, 0, 1, 3, 3, 7])


def syn(image):
    if random.random() < 0.5:
        source = stranger()
        return frame(image, 0x0800, ipv4(6, tcp(source, OUR, random.randrange(1024, 65536), 2, SYN_OPTIONS), source))
    source = stranger6()
    return frame(image, 0x86DD, ipv6(6, tcp(source, OUR6, random.randrange(1024, 65536), 2, SYN_OPTIONS), source))


def blind(image):
    """RST, SYN and acknowledgements of one who knows all of the connection but its numbers."""
    flags = random.choice([4, 4, 20, 2, 16])
    # With timestamps, and without.
    options = random.choice([b"", b"\1\1\x08\x0a" + random.randbytes(8)])
    if random.random() < 0.5:
        return frame(image, 0x0800, ipv4(6, tcp(HOST, OUR, HONEST, flags, options), HOST))
    return frame(image, 0x86DD, ipv6(6, tcp(HOST6, OUR6, HONEST, flags, options), HOST6))


def arp(image):
    """Strangers who ask, and who say that they have the honest one's address."""
    source = mac()
    asks = random.random() < 0.5
    sender, target = (b"\x0a\x01" + random.randbytes(2), OUR) if asks else (HOST, OUR)
    return frame(image, 0x0806, struct.pack("!HHBBH", 1, 0x0800, 6, 4, 1 if asks else 2) + source + sender + image + target, source)


def nd(image):
    source = mac()
    if random.random() < 0.5:
        return frame(image, 0x86DD, icmp6(135, 0, bytes(4) + OUR6 + b"\x01\x01" + source, stranger6(), GROUP6, 255), source, b"\x33\x33" + GROUP6[12:])
    return frame(image, 0x86DD, icmp6(136, 0, b"\x60\0\0\0" + HOST6 + b"\x02\x01" + source, HOST6, OUR6, 255), source)


def fragments(image):
    """The first of many, of which the others never come."""
    return frame(image, 0x0800, ipv4(17, random.randbytes(1400), stranger(), 0x2000))


def fragments6(image):
    rest = struct.pack("!BBHI", 17, 0, 1, random.getrandbits(32)) + random.randbytes(1400)
    return frame(image, 0x86DD, ipv6(44, rest, stranger6()))


def quoted():
    """What the image might have said to the honest one."""
    return struct.pack("!HHI", PORT, HONEST, random.getrandbits(32))


def pings(image):
    """Echo requests, and what is said of the connection by who does not know its numbers; and redirects."""
    source = stranger()
    message = random.choice([
        lambda: icmp(8, 0, random.randbytes(4) + bytes(500), source),
        lambda: icmp(3, random.choice([1, 3, 4]), struct.pack("!HH", 0, 68) + ipv4(6, b"", OUR)[:16] + HOST + quoted(), source),
        lambda: icmp(5, 1, b"\x0a\x01\x01\x01" + ipv4(6, b"", OUR)[:16] + HOST + quoted(), HOST),
    ])
    return frame(image, 0x0800, message())


def pings6(image):
    source = stranger6()
    packet = struct.pack("!IHBB", 6 << 28, 20, 6, 64) + OUR6 + HOST6 + quoted()
    message = random.choice([
        lambda: icmp6(128, 0, random.randbytes(4) + bytes(500), source),
        lambda: icmp6(2, 0, struct.pack("!I", 1280) + packet, source),
        lambda: icmp6(137, 0, bytes(4) + OUR6[:8] + random.randbytes(8) + HOST6 + packet, b"\xfe\x80" + HOST6[2:], OUR6, 255),
    ])
    return frame(image, 0x86DD, message())


KINDS = {"syn": syn, "blind": blind, "arp": arp, "nd": nd, "fragments": fragments, "fragments6": fragments6, "pings": pings, "pings6": pings6}


def forged(kind, image):
    """`image`: its MAC."""
    make = KINDS.get(kind)
    return [make(image) for _ in range(COUNT)] if make else []
