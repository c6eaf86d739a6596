"""One entry for all kinds of exercise: the exercise and a value in, a verdict out, never an error."""

import logging

from secondcar.checks.charts import judge_chart
from secondcar.checks.choices import judge_choice
from secondcar.checks.elsewhere import ELSEWHERE, judge_elsewhere
from secondcar.checks.functions import judge_function
from secondcar.checks.numbers import judge_number
from secondcar.checks.ranges import judge_range
from secondcar.checks.tables import judge_table
from secondcar.checks.texts import judge_text
from secondcar.checks.verdict import CANNOT_READ, NOTHING_YET, NotAttempted, Unreadable, Verdict

_log = logging.getLogger(__name__)

JUDGES = {
    "number": judge_number,
    "range": judge_range,
    "table": judge_table,
    "function": judge_function,
    "choice": judge_choice,
    "chart": judge_chart,
    "text": judge_text,
    ELSEWHERE: judge_elsewhere,
}


def judge(exercise: dict, value: object) -> Verdict:
    """Judge a learner's value against one exercise.

    Args:
        exercise: one exercise as the build wrote it; its ``kind`` is a key of `JUDGES`.
        value: whatever the learner's name holds.

    Returns:
        A `Verdict`. A value that cannot be read gives the state ``"cannot-read"``, never an error.

    >>> judge({"kind": "number", "accept": [7550, 7650], "unit": "vehicles", "mistakes": []}, 7600).state
    'right'
    """
    try:
        return JUDGES[exercise["kind"]](exercise, value)
    except NotAttempted:
        return NOTHING_YET
    except Unreadable as problem:
        return Verdict(CANNOT_READ, str(problem))
    except Exception:
        # A value may do anything when it is looked at; whatever it is, it is no answer to this exercise. A fault of
        # our own would end here, too: no learner shall see it, but the tests read this log.
        _log.debug("A check stopped.", exc_info=True)
        return Verdict(CANNOT_READ, f"I cannot read a value of the type {type(value).__name__}.")
