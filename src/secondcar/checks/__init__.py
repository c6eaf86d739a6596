"""Instant, explained feedback on a learner's answer.

>>> check("units-2017-by", 7600)  # doctest: +SKIP
>>> hint("units-2017-by")  # doctest: +SKIP
"""

from secondcar.checks.judging import judge
from secondcar.checks.session import NotRightYet, check, hint, require, solution
from secondcar.checks.verdict import Verdict

__all__ = ["NotRightYet", "Verdict", "check", "hint", "judge", "require", "solution"]
