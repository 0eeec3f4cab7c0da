"""A faithful program: `converter.py [--log FILE] [WORD=VALUE …] [INPUT] [OUTPUT]`.

Without INPUT it reads stdin, without OUTPUT it writes stdout; `from=` and `to=` name the releases,
which it finds out itself where they are not given. Exit code 3 refuses.
"""

import json
import sys
from pathlib import Path

from harness.reference.converter import convert
from schemas.errors import Refused

words = sys.argv[1:]
if words[:1] == ["--log"]:
    with Path(words[1]).open("a") as file:
        file.write(json.dumps(words[2:]) + "\n")
    words = words[2:]
given = dict(word.split("=", 1) for word in words if "=" in word)
names = [word for word in words if "=" not in word]
data = Path(names[0]).read_bytes() if names else sys.stdin.buffer.read()
source = given.get("from", "2.1" if data[:1] == b"<" else "2.0")
target = given.get("to", "2.0" if source == "2.1" else "2.1")
try:
    output = convert(data, source, target)
except Refused as refusal:
    sys.stderr.write(f"refused: {refusal}\n")
    sys.exit(3)
if len(names) > 1:
    Path(names[1]).write_bytes(output)
else:
    sys.stdout.buffer.write(output)
