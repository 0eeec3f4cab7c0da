"""The fastest software there can be: every request comes back as its own answer."""

import sys

given, taken = sys.stdin.buffer, sys.stdout.buffer
while line := given.readline():
    number, length = b"", 0
    while line != b"\r\n":
        name, _, value = line.partition(b": ")
        if name == b"Id":
            number = value
        elif name == b"Content-Length":
            length = int(value)
        line = given.readline()
    head = b"Id: %sStatus: ok\r\nContent-Length: %d\r\n\r\n" % (number, length)
    taken.write(head + given.read(length))
    taken.flush()
