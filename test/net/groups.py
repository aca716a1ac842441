"""What a Linux application says to a group, or to a member of it, and hears: groups.py ADDRESS TEXT|SIZE [GROUP], where GROUP is one to listen to."""

import socket
import struct
import sys

address, what = sys.argv[1], sys.argv[2]
PORT = 5000
index = socket.if_nametoindex("br0")


def udp(to):
    is6 = ":" in to
    end = socket.socket(socket.AF_INET6 if is6 else socket.AF_INET, socket.SOCK_DGRAM)
    end.settimeout(1)
    if is6:
        end.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_IF, index)
    else:
        end.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, struct.pack("@4s4si", bytes(4), bytes(4), index))
    return end


def join(group):
    end = udp(group)
    if ":" in group:
        end.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_JOIN_GROUP, socket.inet_pton(socket.AF_INET6, group) + struct.pack("@i", index))
    else:
        end.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, struct.pack("@4s4si", socket.inet_aton(group), bytes(4), index))
    end.bind((group, PORT))
    return end


ears = join(sys.argv[3]) if len(sys.argv) > 3 else None
mouth = udp(address)
mouth.sendto(b"x" * int(what) if what.isdigit() else what.encode(), (address, PORT))
try:
    print(mouth.recv(65536).decode())
    if ears:
        print(ears.recv(65536).decode())
except TimeoutError:
    print("nothing")
