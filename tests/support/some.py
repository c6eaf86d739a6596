"""Loops that cannot pass on nothing."""

from collections.abc import Iterable
from typing import TypeVar

Found = TypeVar("Found")


def some(found: Iterable[Found]) -> list[Found]:
    """Return what a test is about to look at, one by one; nothing at all fails the test."""
    seen = list(found)
    assert seen, "There is nothing to look at: this loop would pass whatever the code did."
    return seen
