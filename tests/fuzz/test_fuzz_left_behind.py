"""Whatever software leaves behind, it is an answer, it is removed, and nothing else is touched."""

from __future__ import annotations

import signal
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from unittest import mock

from hypothesis import strategies as st

from harness.sut.command import CommandSut
from harness.sut.folder import FolderSut
from harness.sut.process import Finished
from harness.sut.protocol import OK, REFUSED, Request
from tests.fuzz.fuzzed import EVERY_RUN, fuzzed
from tests.fuzz.inputs.left_behind import (
    MOST,
    REPLACED,
    SECRET,
    Left,
    holds,
    leave,
    left,
    nothing_outside,
    put_in_place,
)

OUTPUT, INPUT = "output.xml", "input.ei"
REFUSAL, MESSAGE, GIVEN, NEXT = "REFUSAL", "MESSAGE", "GIVEN", "NEXT"
REQUEST = Request("WMO305", "2.0", "2.1", b"0" * 100)
SAID = st.sampled_from([b"", b"no", b"\xff\x00\x1b[31m\r\n", b"x" * MOST])
FINISHED = st.builds(
    Finished,
    st.sampled_from(["exit", "exit", "exit", "timeout", "flood", "memory"]),
    st.sampled_from([0, 0, 0, 3, 1, 255, -signal.SIGKILL]),
    SAID,
    SAID,
)


@fuzzed(80, EVERY_RUN / 8, things=left([OUTPUT, OUTPUT, INPUT]), how=REPLACED, done=FINISHED)
def test_whatever_a_command_leaves_behind_is_an_answer_and_is_gone(
    things: list[Left], how: str, done: Finished
) -> None:
    with nothing_outside() as outside:

        def run(argv: list[str], *_: object) -> Finished:
            folder = Path(argv[-1]).parent
            leave(folder, things, outside)
            put_in_place(folder, how, outside)
            return done

        sut = CommandSut(["program", "{input}", "{output}"], "", "", 1.0)
        with mock.patch("harness.sut.process.run", run):
            (one,) = sut.ask([REQUEST])
            together = sut.together([REQUEST] * 3)
    for answer in (one, *together):
        holds(answer)
        assert (answer.status, answer.output) == (one.status, one.output)
    first = [thing for thing in things if thing.name == OUTPUT][:1]
    is_plain = [thing.kind for thing in first] == ["file"] and len(things) == 1 and not how
    if is_plain and first[0].mode == 0o644 and done.ended == "exit" and done.exit_code in (0, 3):
        assert (one.status, one.output) == ({0: OK, 3: REFUSED}[done.exit_code], first[0].data)


def _named(things: list[Left], number: int) -> list[Left]:
    """Things by the names that they have for a message."""
    names = {
        REFUSAL: f"{number:09}-WMO305.refused",
        MESSAGE: f"{number:09}-WMO305.xml",
        GIVEN: f"{number:09}-WMO305.ei",
        NEXT: f"{number + 1:09}-WMO305.xml",
    }
    return [replace(thing, name=names.get(thing.name, thing.name)) for thing in things]


@fuzzed(
    40,
    EVERY_RUN / 8,
    things=st.lists(left([MESSAGE, MESSAGE, REFUSAL, NEXT]), min_size=1, max_size=2),
    given=left([GIVEN, GIVEN]),
    replaced=st.tuples(REPLACED, REPLACED),
)
def test_whatever_lies_among_the_answers_is_an_answer_and_is_gone(
    things: list[list[Left]], given: list[Left], replaced: tuple[str, str]
) -> None:
    with nothing_outside() as outside:
        turns = iter(things)

        def running(sut: FolderSut, _: object) -> None:
            now = next(turns, None)
            if now is None:
                (sut.output.path / f"{sut.number:09}-WMO305.xml").write_bytes(b"<good/>")
                return
            leave(sut.output.path, _named(now, sut.number), outside)
            leave(sut.input.path, _named(given, sut.number), outside)
            for folder, how in zip((sut.output, sut.input), replaced, strict=True):
                put_in_place(folder.path, how, outside)

        sut = FolderSut(["program", "{input}", "{output}"], None, "", "", 0.02)
        with (
            closing(sut),
            mock.patch.object(FolderSut, "_running", running),
            mock.patch("harness.sut.folder._QUIET", -1),
        ):
            answers = [sut.ask([REQUEST])[0] for _ in (*things, None)]
    for answer in answers:
        holds(answer)
    # Whatever became of the folders, the next message is answered.
    assert (answers[-1].status, answers[-1].output) == (OK, b"<good/>")
    assert SECRET not in b"".join(answer.output for answer in answers)
