"""`make faithful`: converters that are right get no finding, in 20,000 messages each."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from tests.mutation.place import in_place
from tests.suts.running import Ikeur

# So many messages of each of 20 types, in each of two directions.
COUNT = 500
SUITES = "schema,convert,roundtrip,refuse,rules"
STREAM = f"--stream={sys.executable} -m tests.suts.programs.vendor_stream"
CONVERTERS = {
    "the reference converter": "--python=tests.suts.faithful_python:convert",
    "the reference converter, as a stream": f"{STREAM} tests.suts.faithful_python",
    "the second converter": "--python=tests.suts.second.converter:convert",
    "the second converter, as a stream": f"{STREAM} tests.suts.second.converter",
}


def main() -> int:
    """Run all; the exit code."""
    in_place()
    blamed = 0
    for name, way in CONVERTERS.items():
        begin = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            outcome = Ikeur(Path(folder)).run(
                way, suite=SUITES, count=COUNT, block_on="ABCD", quick=False
            )
        blamed += outcome.exit_code != 0 or len(outcome.findings) > 0
        messages = sum(case["suite"] == "convert" for case in outcome.cases)
        said = f"{messages:,} messages, {len(outcome.cases):,} cases, exit {outcome.exit_code}"
        print(f"{name}: {said}, {len(outcome.findings)} findings, ", end="")
        print(f"{time.monotonic() - begin:.0f} s", flush=True)
        for item in outcome.findings[:5]:
            print(f"  {item['code']} {item['case']} {item['ei']} {item['xml']}")
    return bool(blamed)


if __name__ == "__main__":
    sys.exit(main())
