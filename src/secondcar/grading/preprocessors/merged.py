"""Cells that a learner merged: parted again at the teacher's texts in them."""

from collections.abc import Iterable
from functools import lru_cache

from secondcar.grading.preprocessors.released import Released, code_of

# A shorter text may stand in a learner's own by chance.
_SHORTEST = 8

Piece = tuple[str, Released | None]


def pieces(text: str, items: Iterable[Released]) -> list[Piece]:
    """Return the parts of a cell's text: each teacher's text with whose it is, and the learner's between them.

    One part, the text itself, where none of the texts stands in it or where a part would no longer be Python.

    >>> pieces("half = 2\\n\\nassert half == 2", [check])  # doctest: +SKIP
    [('half = 2', None), ('assert half == 2', Released(...))]
    """
    parts: list[Piece] = [(text, None)]
    for item in items:
        parts = [piece for part in parts for piece in ([part] if part[1] else _cut(part[0], item))]
    parts = [(part, item) for part, item in parts if part.strip()]
    broken = code_of(text).readable and not all(
        code_of(part).readable for part, item in parts if item is None or item.cell.cell_type == "code"
    )
    return [(text, None)] if broken or not parts else parts


def _cut(text: str, item: Released) -> list[Piece]:
    wanted, lines = stripped_lines(item.visible), text.split("\n")
    if len("".join(wanted).strip()) < _SHORTEST:
        return [(text, None)]
    bare = tuple(line.rstrip() for line in lines)
    for start in range(len(bare) - len(wanted) + 1):
        end = start + len(wanted)
        if bare[start:end] == wanted:
            before, after = "\n".join(lines[:start]).strip("\n"), "\n".join(lines[end:]).strip("\n")
            return [(before, None), (item.visible, item), (after, None)]
    return [(text, None)]


def same_text(one: str, other: str) -> bool:
    """Return whether two texts differ only in line ends and in blanks at the end of a line, as editors do."""
    return stripped_lines(one) == stripped_lines(other)


@lru_cache(20_000)
def stripped_lines(text: str) -> tuple[str, ...]:
    """Return the lines of a text without blanks at their ends, and without empty lines before and after."""
    return tuple(line.rstrip() for line in text.strip().splitlines())
