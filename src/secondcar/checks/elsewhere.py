"""Answers that only the teacher's machine has."""

from secondcar.checks.values import is_blank
from secondcar.checks.verdict import CHECKED_LATER, NotAttempted, Verdict

ELSEWHERE = "elsewhere"


def without_answer(exercise: dict) -> dict:
    """Return what a learner may have of an exercise whose answer is kept private: its hints.

    >>> without_answer({"kind": "number", "accept": [7550, 7650], "hints": ["Divide."], "points": 1})
    {'kind': 'elsewhere', 'hints': ['Divide.'], 'points': 1}
    """
    kept = {name: exercise[name] for name in ("hints", "points") if name in exercise}
    return {"kind": ELSEWHERE, **kept}


def judge_elsewhere(exercise: dict, value: object) -> Verdict:
    """Say that this answer is checked when it is graded."""
    if is_blank(value):
        raise NotAttempted
    return Verdict(CHECKED_LATER, "There is an answer. Whether it is right, you learn when your work is graded.")
