"""The output of commands: results to stdout, the rest to stderr, no file overwritten."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import wraps
from io import TextIOWrapper
from itertools import count, pairwise, takewhile
from pathlib import Path
from typing import Any, TextIO, TypeVar

from reports.shared.visible import printed, visible, visible_json
from schemas import outside
from schemas.errors import IkeurError, Refused, RunBroken, UsageError

PASS, RED, USAGE, BROKEN = 0, 1, 2, 3
ENGLISH, _DUTCH, _LANG = "en", "nl", "--lang"
_LONGEST_LINE, _LONGEST_END = 1000, 400
F = TypeVar("F", bound=Callable[..., Any])


def replace_unsayable() -> None:
    """Have stdout and stderr escape what their encoding cannot represent.

    No text, whatever its origin, may end a command.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def on_one_line(text: str) -> str:
    """A foreign text, such as a file name, made visible on one line."""
    return visible(_encodable(text))


def whole_line(text: str) -> str:
    """A line with foreign texts in it, which stays one harmless line."""
    return printed(_encodable(text))


def _encodable(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def say(text: str) -> None:
    """Print a line for people on stderr; quoted text cannot split it, and its length is limited."""
    line = text.strip()
    if len(line) > _LONGEST_LINE:
        # The advice is at the end of the line.
        line = f"{line[: _LONGEST_LINE - _LONGEST_END]} … {line[-_LONGEST_END:]}"
    _write(whole_line(line), sys.stderr)


def counted(number: int, what: str) -> str:
    """A number with a noun, which gets an s unless there is one: `1 message`, `2 messages`."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _write(text: str, stream: TextIO) -> None:
    # Click writes UTF-8 if it distrusts the encoding of the terminal.
    stream.write(f"{text}\n")
    stream.flush()


def tell(*lines: str) -> None:
    """Print result lines on stdout; quoted text cannot split them."""
    _write("\n".join(map(whole_line, lines)), sys.stdout)


def tell_json(value: object) -> None:
    """Print the result as JSON on stdout."""
    # Few commands print JSON.
    import json

    text = json.dumps(value, ensure_ascii=False, indent=2)
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        # JSON can escape what the stream cannot encode.
        text = json.dumps(value, indent=2)
    _write(visible_json(text), sys.stdout)


def tell_pieces(pieces: Iterable[str]) -> None:
    """Print the result as JSON on stdout in pieces, escaping what cannot be encoded."""
    sys.stdout.writelines(pieces)
    sys.stdout.flush()


def exit_code(error: IkeurError) -> int:
    """The exit code of an error."""
    return BROKEN if isinstance(error, (Refused, RunBroken)) else USAGE


def told_error(error: IkeurError, *, lang: str = ENGLISH, as_json: bool = False) -> int:
    """Print an error on one line, and on stdout `as_json` too; returns its exit code."""
    say(f"ikeur: {_in_language(error, lang)}")
    code = exit_code(error)
    if as_json:
        parts = {"code": error.code, "what": error.what, "where": error.where, "do": error.do}
        tell_json({"error": parts, "exit_code": code})
    return code


def language_of(words: Sequence[str]) -> str:
    """The language that a command line asks for; English if it asks for none."""
    asked = [after for word, after in pairwise([*words, ""]) if word == _LANG]
    asked += [word.removeprefix(f"{_LANG}=") for word in words if word.startswith(f"{_LANG}=")]
    return _DUTCH if asked and asked[-1] == _DUTCH else ENGLISH


def _in_language(error: IkeurError, lang: str) -> str:
    if lang == ENGLISH:
        return str(error)
    # Few commands end in an error.
    from reports.shared.said import error_said
    from reports.shared.texts import texts

    return error_said(error, texts(lang))


def guarded(command: F) -> F:
    """Turn an error of the system into one of ikeur, which the group prints."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except BrokenPipeError:
            raise
        except OSError as error:
            if error.errno is None:
                # An error that is not from the system may say anything.
                raise
            where = str(error.filename or "")
            raise UsageError("USE-FILE", error.strerror or str(error), where) from None

    return run  # type: ignore[return-value]


def read_input(path: Path) -> bytes:
    """Read a message from a file, or from stdin for `-`; raises UsageError if it cannot be read."""
    if str(path) == "-":
        return _stdin(outside.MOST_MESSAGE)
    return outside.asked(
        path, outside.MOST_MESSAGE, "USE-FILE", "name a file, or - for what comes on stdin"
    )


def _stdin(most: int) -> bytes:
    if sys.stdin is None:
        raise UsageError("USE-FILE", "stdin is closed", "-", "name a file")
    # A non-blocking stdin would seem to end whenever its writer is slow.
    with suppress(OSError):
        os.set_blocking(sys.stdin.fileno(), True)
    data = sys.stdin.buffer.read(most + 1)
    if len(data) > most:
        raise UsageError("USE-FILE", f"larger than {most:,} bytes", "-", "give one message")
    return data


def write_new(path: Path, data: bytes) -> None:
    """Write a new file: to a temporary name first, then under its own."""
    if os.path.lexists(path):
        raise UsageError(
            "USE-OVERWRITE", "exists already", str(path), "choose another name or remove it"
        )
    # Most commands write no file, and this module takes a while to load.
    import tempfile

    try:
        handle, aside = tempfile.mkstemp(prefix=".ikeur-", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(aside).chmod(0o644)
        Path(aside).rename(path)
    except OSError as error:
        raise UsageError(
            "USE-FILE", f"cannot be written: {error.strerror}", str(path), "check the folder"
        ) from None


def write_output(path: Path, data: bytes) -> None:
    """Write a result to a new file, or to stdout for `-`."""
    if str(path) == "-":
        sys.stdout.buffer.write(data)
    else:
        write_new(path, data)


def new_folder(path: Path) -> Path:
    """Create a folder to write to; an existing one must be empty and writable."""
    try:
        path.mkdir(parents=True, exist_ok=True)
        filled = any(path.iterdir())
    except OSError as error:
        raise UsageError(
            "USE-FOLDER", f"cannot be used: {error.strerror}", str(path), "name a folder"
        ) from None
    if filled:
        raise UsageError(
            "USE-OVERWRITE", "is not empty", str(path), "choose a new folder or empty it"
        )
    if not os.access(path, os.W_OK):
        raise UsageError("USE-FOLDER", "cannot be written to", str(path), "check its rights")
    return path


def free_folder(path: Path) -> Path:
    """The folder itself if it is free, else the first free numbered one beside it."""
    return new_folder(next(item for item in _numbered(path) if not _is_taken(item)))


def last_folder(path: Path) -> Path | None:
    """The last existing one of the folder and its numbered siblings, or None."""
    taken = list(takewhile(_is_taken, _numbered(path)))
    return taken[-1] if taken else None


def _numbered(path: Path) -> Iterator[Path]:
    yield path
    yield from (path.with_name(f"{path.name}-{number}") for number in count(2))


def _is_taken(path: Path) -> bool:
    return os.path.lexists(path) and (not path.is_dir() or any(path.iterdir()))
