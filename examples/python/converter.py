"""A converter as a Python function, which ikeur calls for each message."""

import subprocess


class Refused(Exception):
    """What cannot be converted is refused, with the reason as its text."""


def convert(data: bytes, source: str, target: str) -> bytes:
    """Convert a message from release `source` to `target`: "2.0" or "2.1"."""
    # YOUR CONVERTER GOES HERE. This one hands the message to a program.
    words = ["ikeur", "convert", "--from", source, "--to", target]
    done = subprocess.run(words, input=data, capture_output=True, check=False)
    if done.returncode == 3:
        raise Refused(done.stderr.decode())
    if done.returncode != 0:
        raise RuntimeError(done.stderr.decode())
    return done.stdout
