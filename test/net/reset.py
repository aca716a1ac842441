# Peers that end their connections by RST: at once, with something sent, and when they have ended and heard something.
import socket
import struct
import sys

port = int(sys.argv[1])
for count in range(90):
    peer = socket.create_connection(("127.0.0.1", port))
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    if count % 3 == 1:
        peer.sendall(b"x" * 100_000)
    if count % 3 == 2:
        peer.sendall(b"xx")
        peer.shutdown(socket.SHUT_WR)
        peer.recv(1)
    peer.close()
