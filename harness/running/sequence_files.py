"""Reads and writes a sequence of messages: a JSON list, and a file for each message."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from harness.cases.file_roles import SEQUENCE
from harness.sut.files.suffix import SUFFIX
from harness.sut.process import MOST_OUTPUT
from harness.sut.protocol import OPERATIONS, Request
from schemas import outside
from schemas.errors import UsageError
from schemas.facts.codelists import RELEASES

LIST = SEQUENCE
_DO = "give the folder of a report as ikeur wrote it"
_MOST_LIST = 16 * 1024 * 1024
_FIELDS = {
    "case": "about",
    "op": "op",
    "from": "source",
    "to": "target",
    "message": "message",
    "direction": "direction",
    "at": "at",
}


def files_of(messages: Sequence[Request]) -> dict[str, bytes]:
    """The files of a sequence by name: the list, then each message by number."""
    entries, files = [], dict[str, bytes]()
    for number, request in enumerate(messages, 1):
        name = f"{LIST}-{number:04}-{request.message}{SUFFIX[_release(request)]}"
        files[name] = request.data
        asked = {field: getattr(request, name) for field, name in _FIELDS.items()}
        entries.append({"file": name, **asked})
    return {f"{LIST}.json": (json.dumps(entries, indent=2) + "\n").encode(), **files}


def _release(request: Request) -> str:
    # A gate request has the release of its message last.
    return request.target if request.op == "gate" else request.source


def read_sequence(path: Path) -> list[Request]:
    """Read the messages of a list; raises UsageError for an invalid list or a missing message."""
    try:
        entries = json.loads(outside.asked(path, _MOST_LIST, "USE-SEQUENCE", _DO))
        return [_request(path.parent, entry) for entry in entries]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise UsageError("USE-SEQUENCE", "no sequence of messages", str(path), _DO) from None


def _request(folder: Path, entry: dict[str, Any]) -> Request:
    values = {name: str(entry[field]) for field, name in _FIELDS.items()}
    is_known = values["op"] in OPERATIONS and {values["source"], values["target"]} <= {*RELEASES}
    # A list from elsewhere must not name a file outside its folder.
    if not is_known or Path(entry["file"]).name != entry["file"]:
        raise ValueError(entry["file"])
    data = outside.asked(folder / entry["file"], MOST_OUTPUT, "USE-SEQUENCE", _DO)
    return Request(data=data, **values)
