"""No sentence says "1 learners": what is counted goes through `counted`."""

import ast
import re

import pytest

from secondcar.counting import counted
from tests.support.paths import ROOT

# Nouns that the project counts.
NOUNS = (
    "answers|bars|bytes|cases|categories|cells|charts|claims|copies|cores|days|exercises|facts|faults|files|folders|"
    "hints|items|learners|lines|marks|members|minutes|mistakes|months|notebooks|packages|pages|panels|people|points|"
    "processes|questions|results|rows|seconds|series|students|submissions|tasks|tests|things|threads|units|values|"
    "words|years"
)
AFTER_A_COUNT = re.compile(rf"^ (?:{NOUNS})\b")


def bare_counts(source: str) -> list[int]:
    """Return the lines on which an f-string sets a noun in the plural behind a value.

    >>> bare_counts('f"{number} learners, {counted(number, \\'page\\')}, {MOST:,} files"')
    [1]
    """
    return [
        value.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.JoinedStr)
        for value, text in zip(node.values, node.values[1:], strict=False)
        if isinstance(value, ast.FormattedValue)
        and isinstance(text, ast.Constant)
        and AFTER_A_COUNT.match(text.value)
        and not is_constant(value.value)
    ]


def is_constant(value: ast.expr) -> bool:
    """Return whether a value is a constant of its module, whose number the author knows."""
    return isinstance(value, ast.Name) and value.id.lstrip("_").isupper()


# Practice draws two months or more, this error is of two values or more, and the last is a flag that nobody reads.
MANY = ("practice/forms", "charts/reading/records.py", "charts/honesty/trials/__init__.py")


def test_no_plural_stands_behind_a_number_that_may_be_one():
    package = ROOT / "src" / "secondcar"
    paths = sorted(path for path in package.rglob("*.py") if not path.relative_to(package).as_posix().startswith(MANY))
    assert len(paths) > 50
    found = [f"{path.relative_to(ROOT)}:{line}" for path in paths for line in bare_counts(path.read_text("utf-8"))]
    assert found == [], "write it with secondcar.counting.counted"


@pytest.mark.parametrize(
    ("number", "told"),
    [(0, "0 learners"), (1, "1 learner"), (1.0, "1 learner"), (2, "2 learners"), (0.5, "0.5 learners")],
)
def test_a_count_has_its_noun(number, told):
    assert counted(number, "learner") == told
