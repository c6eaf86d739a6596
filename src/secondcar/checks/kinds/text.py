"""A written answer, which a person marks."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from secondcar.checks.exercise import Exercise, Written
from secondcar.checks.verdict import CannotRead, Verdict
from secondcar.counting import counted


@dataclass(frozen=True, kw_only=True)
class Text(Exercise[str]):
    """A written answer. It holds only what the learner may see: the mark scheme is in the teacher's notebook."""

    kind = "text"
    by_hand = True
    needs_code = False

    def judge(self, value: Any) -> Verdict:
        """Say that a person marks this answer.

        Raises:
            CannotRead: always, with that sentence.
        """
        raise CannotRead("This answer is marked by hand, so there is nothing to check: write it below its question.")

    def solution(self, written: Written, evaluate: object) -> str:
        example: str = written["levels"][0]["example"]
        return example

    def objections(self, written: Written, solution: object) -> Iterator[tuple[str, str]]:
        given = [level["points"] for level in written["levels"]]
        if given[0] != self.points:
            yield f"its best level is worth {given[0]:g}, its task {counted(self.points, 'point')}", "Make them agree"
        if given != sorted(set(given), reverse=True):
            yield "the points of its levels do not fall", "Put the best level first"
