"""The mark scheme of a written answer: what a marker reads beside the learner's text."""

from collections.abc import Mapping, Sequence
from typing import Any

SCHEME_START, SCHEME_END = "=== BEGIN MARK SCHEME ===", "=== END MARK SCHEME ==="


def mark_scheme(levels: Sequence[Mapping[str, Any]]) -> str:
    """Return the levels of a written answer as a list between nbgrader's delimiters.

    nbgrader takes what stands between them out of the learner's notebook, and shows it to the marker.

    Args:
        levels: each with ``points``, ``when`` (what an answer at this level does) and ``example``; best first.

    >>> print(mark_scheme([{"points": 4, "when": "It names the base.", "example": "It rose *to* 150 % of 2017."}]))
    === BEGIN MARK SCHEME ===
    <BLANKLINE>
    - **Points: 4.** It names the base.
    <BLANKLINE>
      > It rose *to* 150 % of 2017.
    <BLANKLINE>
    === END MARK SCHEME ===
    """
    lines = [SCHEME_START, ""]
    for level in levels:
        lines += [f"- **Points: {level['points']:g}.** {_in_one_line(level['when'])}", ""]
        lines += [f"  > {_in_one_line(level['example'])}", ""]
    return "\n".join([*lines, SCHEME_END])


def _in_one_line(text: str) -> str:
    return " ".join(text.split())
