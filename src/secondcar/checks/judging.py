"""One entry for all kinds of exercise: the exercise and a value in, a verdict out, never an error."""

import logging
from typing import Any

from secondcar.checks.exercise import Exercise
from secondcar.checks.verdict import NOTHING_YET, CannotRead, NotAttempted, Verdict
from secondcar.note_format import CANNOT_READ

_log = logging.getLogger(__name__)


def judge(exercise: Exercise[Any], value: object) -> Verdict:
    """Judge a learner's value against one exercise.

    Returns:
        A `Verdict`. A value that cannot be read gives the state ``"cannot-read"``, never an error.

    >>> from secondcar.checks.kinds.number import Number
    >>> judge(Number(points=1, hints=[], mistakes=[], unit="vehicles", accept=(7550, 7650)), 7600).state
    'right'
    """
    try:
        return exercise.judge(value)
    except NotAttempted:
        return NOTHING_YET
    except CannotRead as problem:
        return Verdict(CANNOT_READ, str(problem))
    except Exception:
        # A value may do anything when it is looked at; whatever it is, it is not an answer to this exercise. A fault of
        # our own would end here, too: no learner should see it, but the tests read this log.
        _log.debug("A check stopped.", exc_info=True)
        return Verdict(CANNOT_READ, f"I cannot read a value of the type {type(value).__name__}.")
