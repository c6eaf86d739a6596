"""What a check found out about one answer."""

from collections.abc import Sequence
from dataclasses import dataclass

from secondcar.note_format import NOT_ATTEMPTED, RIGHT, WRONG

UNIT_SLIP = "unit-slip"


@dataclass(frozen=True)
class Line:
    """One line of a checklist: what it asks, and what was found.

    Attributes:
        state: ``"right"``, ``"wrong"``, ``"not-judged"``, or ``"doubted"`` where the chart seems to show otherwise.
        sentence: what is wrong, or the question to its author; empty where all is right.
    """

    id: str
    text: str
    state: str
    sentence: str = ""

    @property
    def asks(self) -> bool:
        """Return whether a person decides; it costs nothing."""
        return self.state in ("not-judged", "doubted")

    @property
    def objects(self) -> bool:
        """Return whether the machine sees a fault, be it one that costs marks or one that it asks about."""
        return self.state in ("wrong", "doubted")


@dataclass(frozen=True)
class Verdict:
    """The state of an answer and the sentences that go with it.

    Attributes:
        state: ``"right"``, ``"wrong"``, ``"not-attempted"``, ``"cannot-read"`` or ``"checked-later"``.
        message: what to tell the learner, in plain text; ``*word*`` marks emphasis.
        mistake: id of the known mistake, ``"unit-slip-..."`` for a slip in size, or None.
        share: share of the exercise that is right, from 0 to 1 (partial credit).
        given: a sentence that says how the answer was read, for the learner to compare; may be empty.
        lines: the lines of its checklist, for an exercise that has one.
        picture: HTML of the pictures that go with the message, with their alt texts; may be empty.
        picture_text: the same in plain text.

    >>> Verdict("right", "Right.", share=1.0).state
    'right'
    """

    state: str
    message: str
    mistake: str | None = None
    share: float = 0.0
    given: str = ""
    lines: Sequence[Line] = ()
    picture: str = ""
    picture_text: str = ""


def right(message: str, given: str = "", lines: Sequence[Line] = ()) -> Verdict:
    return Verdict(RIGHT, message, share=1.0, given=given, lines=lines)


def wrong(
    message: str,
    *,
    mistake: str | None = None,
    share: float = 0.0,
    given: str = "",
    lines: Sequence[Line] = (),
    picture: str = "",
    picture_text: str = "",
) -> Verdict:
    return Verdict(WRONG, message, mistake, share, given, lines, picture, picture_text)


NOTHING_YET = Verdict(NOT_ATTEMPTED, "Put your answer in place of the three dots, then run both cells.")


class CannotRead(Exception):
    """An answer has the wrong form; the text is one sentence for the learner."""


class NotAttempted(Exception):
    """The answer is still the three dots that the notebook came with."""
