"""The three answers a trial may give, and how several become one."""

from collections.abc import Iterable

# True: the chart bears it out. False: it denies it. None: it does not settle it.
Answer = bool | None


def every(answers: Iterable[Answer]) -> Answer:
    """Return the answer where all must be true: one that is denied denies all."""
    found = list(answers)
    if any(answer is False for answer in found):
        return False
    return True if found and all(found) else None


def some(answers: Iterable[Answer]) -> Answer:
    """Return the answer where one is enough: only if all are denied it is."""
    found = list(answers)
    if any(found):
        return True
    return False if found and all(answer is False for answer in found) else None


def agreed(answers: Iterable[Answer]) -> Answer:
    """Return the answer that all give; None where they differ, or there is none."""
    found = set(answers)
    return found.pop() if len(found) == 1 else None
