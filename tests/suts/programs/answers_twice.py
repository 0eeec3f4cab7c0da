"""A converter behind the stream protocol that sends every answer twice."""

from __future__ import annotations

import sys

from harness.reference.converter import convert


def main() -> None:
    """Answer requests until the input ends."""
    while line := sys.stdin.buffer.readline():
        fields = {}
        while line.strip():
            name, _, value = line.decode().partition(":")
            fields[name] = value.strip()
            line = sys.stdin.buffer.readline()
        data = sys.stdin.buffer.read(int(fields["Content-Length"]))
        output = convert(data, fields["From"], fields["To"])
        head = f"Id: {fields['Id']}\r\nStatus: ok\r\nContent-Length: {len(output)}\r\n\r\n"
        sys.stdout.buffer.write((head.encode() + output) * 2)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
