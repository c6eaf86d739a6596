"""An answer that only the teacher's machine has."""

from dataclasses import dataclass
from typing import Any

from secondcar.checks.exercise import Exercise
from secondcar.checks.values import is_blank
from secondcar.checks.verdict import NotAttempted, Verdict
from secondcar.note_format import CHECKED_LATER


@dataclass(frozen=True, kw_only=True)
class Elsewhere(Exercise[None]):
    """What a learner may have of an exercise whose answer is kept private: its hints."""

    kind = "elsewhere"

    def judge(self, value: Any) -> Verdict:
        """Say that this answer is checked when it is graded."""
        if is_blank(value):
            raise NotAttempted
        return Verdict(CHECKED_LATER, "There is an answer. You learn whether it is right when your work is graded.")


def without_answer(exercise: Exercise[Any]) -> Elsewhere:
    """Return an exercise as a learner may have it while its answer is kept private.

    >>> from secondcar.checks.kinds.text import Text
    >>> without_answer(Text(points=1, hints=["Divide."], mistakes=[])).to_json()
    {'kind': 'elsewhere', 'points': 1, 'hints': ['Divide.'], 'mistakes': []}
    """
    return Elsewhere(points=exercise.points, hints=exercise.hints, mistakes=[])
