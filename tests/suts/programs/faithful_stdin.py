"""The reference converter as a command: `faithful_stdin FROM TO`, stdin to stdout."""

from __future__ import annotations

import sys

from harness.reference.converter import convert
from schemas.errors import Refused


def main() -> int:
    """Convert one message: 0 when converted, 3 when refused, with the reason on stderr."""
    source, target = sys.argv[1:]
    try:
        output = convert(sys.stdin.buffer.read(), source, target)
    except Refused as error:
        print(error, file=sys.stderr)
        return 3
    sys.stdout.buffer.write(output)
    return 0


if __name__ == "__main__":
    sys.exit(main())
