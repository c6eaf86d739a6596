"""What the judge finds about a test, what the notebook says about it, and what follows from both.

Each test is judged twice: in the notebook, as nbgrader does it, and out of the notebook's reach. The part that learners
were given runs in the notebook where they saw it, and all of the test runs there once nothing more is shown. Where the
two agree, they decide. Where they disagree, or nothing can be decided out of reach, a person settles the dispute: no
right answer loses its mark to a fault of the machine, and nobody gains one by deceiving the notebook, or because values
that travel are copies.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from secondcar.grading.records import Needs, Way

OUT_OF_REACH = "out of reach"
WITH_LEARNERS_DATA = "out of reach, with the learner's data"
WITH_OBJECTS = "out of reach, with the learner's objects"
WITH_MODULES = "out of reach, with the learner's objects and modules"


# The strictest way comes first. Which one works is found with the teacher's own answers, never with a learner's.
WAYS = (Way(OUT_OF_REACH), Way(WITH_LEARNERS_DATA), Way(WITH_OBJECTS), Way(WITH_MODULES))
# Within the learner's reach. No cell below a fork finds what the hidden part did there.
IN_FORK = Way("in a fork of the notebook")
IN_NOTEBOOK = Way("in the notebook")


def is_in_fork(way: Way) -> bool:
    """Return whether a way to judge a test is `IN_FORK`, whatever is known of what it needs."""
    return way.kind == IN_FORK.kind


EARLIER = "it passes only with what the notebook has as the answer of an earlier exercise"

REMEMBERED = "it does not pass when its functions are asked the same in another order"


@dataclass(frozen=True)
class JudgeFinding:
    """What became of a test out of the notebook's reach.

    Attributes:
        passed: whether all of it passed.
        points: a number as text, for a part of the marks.
        hidden: whether it is the hidden part that failed.
        line: of the test that failed.
        asked: whether the notebook was asked for anything: a test that passes without asking has not been judged.
        late: whether a file that it read has changed since the notebook came to it.
        there: whether all of it passes in the notebook itself, with the same points; None: that is not known.
        refused: why it could not be judged, as half a sentence with nothing of the learner's in it.
        fault: more about either, in one line. It may quote a learner's code, so it is for teachers only.
        shown: what the part that was handed out displays with answers that learners do not have: data and metadata.
        needs: what it took from the notebook beyond its answers.
        questions: what checks in it leave to a person, each with its exercise. They may quote a learner.
        notes: of checks, what the part that was handed out displays: text and metadata.
        given: names of the teacher's data in cells that learners may change, which they did, and it passes only so.
        earlier: names of earlier exercises' answers that it took from the notebook: with the solution's it does not
            pass or, if it passed, could not be tried.
    """

    passed: bool
    points: str | None = None
    hidden: bool = False
    line: int | None = None
    asked: bool = True
    late: bool = False
    there: bool | None = None
    refused: str | None = None
    fault: str = ""
    shown: Sequence[Mapping[str, Any]] = ()
    needs: Needs = field(default_factory=Needs)
    questions: Sequence[tuple[str, str]] = ()
    notes: Sequence[Mapping[str, Any]] = ()
    given: Sequence[str] = ()
    earlier: Sequence[str] = ()


@dataclass(frozen=True)
class Settlement:
    """What follows for a test.

    Attributes:
        passed: whether it earns its marks; None if a person has to decide.
        points: as in `JudgeFinding`.
        dispute: why a person has to decide, as a sentence with nothing of the learner's in it.
        fault, there, shown: as in `JudgeFinding`.
    """

    passed: bool | None
    points: str | None = None
    dispute: str | None = None
    fault: str = ""
    there: bool | None = None
    shown: Sequence[Mapping[str, Any]] = ()


def decides(found: JudgeFinding) -> bool:
    """Return whether a finding says what a test earns where the part that was handed out passed in the notebook."""
    return found.passed or (found.hidden and not found.refused)


def settle(passed_in_notebook: bool, found: JudgeFinding, most: float = math.inf) -> Settlement:
    """Return what follows from the notebook's word on the part handed out and the judge's finding on the test.

    most: the points that the test is worth.

    >>> settle(True, JudgeFinding(False, hidden=True)).passed
    False
    >>> settle(True, JudgeFinding(False, line=2)).dispute
    'In the notebook nothing failed; judged out of its reach, line 2 failed.'
    >>> settle(True, JudgeFinding(False, line=2, there=False)).passed
    False
    >>> settle(True, JudgeFinding(False, hidden=True, there=True)).dispute
    'In the notebook all of it passed; judged out of its reach, its hidden part failed.'
    """
    if found.passed and passed_in_notebook and found.there is False:
        said = "In the notebook its hidden part failed; judged out of its reach, all of it passed."
        return Settlement(None, found.points, said, there=False)
    if found.passed and passed_in_notebook:
        why = _why_no_marks(found, most)
        return Settlement(None, None, f"It passed, but {why}.", found.fault) if why else _earned(found)
    if found.passed:
        return Settlement(None, found.points, "In the notebook it failed; judged out of its reach, it passed.")
    if not passed_in_notebook or found.there is False or (decides(found) and not found.there):
        return Settlement(False, shown=found.shown)
    if decides(found):
        said = "In the notebook all of it passed; judged out of its reach, its hidden part failed."
        return Settlement(None, None, said, found.fault)
    return Settlement(
        None, None, f"In the notebook nothing failed; judged out of its reach, {_how(found)}.", found.fault
    )


def _earned(found: JudgeFinding) -> Settlement:
    return Settlement(True, found.points, shown=found.shown)


def _why_no_marks(found: JudgeFinding, most: float) -> str | None:
    """Return why a test that passed does not decide its marks by itself, or None."""
    if found.points is not None and not 0 <= float(found.points) <= most:
        return "the points that it works out lie outside its marks"
    # A test that gives points skips what cannot be decided.
    return f"some of its points were not decided, because {found.refused}" if found.points and found.refused else None


def _how(found: JudgeFinding) -> str:
    if found.refused:
        return f"nothing could be decided, because {found.refused}"
    return "the test failed" if found.line is None else f"line {found.line} failed"
