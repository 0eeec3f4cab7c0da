"""As sitecustomize.py: notes which modules of the fast rooms are called, in every process.

`fast_files` beside it lists their files; `fast_calls` gets a line of JSON for the first call of
each in each process: the file, and the words that started the process.
"""

from __future__ import annotations

import inspect
import json
import sys
import threading
from pathlib import Path
from types import FrameType

HERE = Path(__file__).parent
# Importing runs a module and the bodies of its classes; only functions have this flag.
_FUNCTION = inspect.CO_OPTIMIZED
_UNCALLED = set((HERE / "fast_files").read_text(encoding="utf-8").splitlines())


def _note(frame: FrameType, event: str, _: object) -> None:
    code = frame.f_code
    if event != "call" or code.co_filename not in _UNCALLED or not code.co_flags & _FUNCTION:
        return
    _UNCALLED.discard(code.co_filename)
    with (HERE / "fast_calls").open("a", encoding="utf-8") as file:
        file.write(json.dumps([code.co_filename, sys.orig_argv]) + "\n")


threading.setprofile(_note)
sys.setprofile(_note)
