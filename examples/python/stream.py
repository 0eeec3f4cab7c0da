"""The same converter as a program that stays alive and answers framed requests."""

import sys

from converter import Refused, convert


def answer(data: bytes, fields: dict[str, str]) -> tuple[str, bytes]:
    """The status and the body of the response to a request."""
    try:
        return "ok", convert(data, fields["From"], fields["To"])
    except Refused as reason:
        return "refused", str(reason).encode()
    except Exception as error:
        return "error", repr(error).encode()


requests, responses = sys.stdin.buffer, sys.stdout.buffer
while line := requests.readline():
    fields = {}
    while line != b"\r\n":
        name, _, value = line.decode().partition(":")
        fields[name] = value.strip()
        line = requests.readline()
    status, body = answer(requests.read(int(fields["Content-Length"])), fields)
    head = f"Id: {fields['Id']}\r\nStatus: {status}\r\nContent-Length: {len(body)}\r\n\r\n"
    responses.write(head.encode() + body)
    responses.flush()
