"""Files that a teacher opens: written whole or not at all, and safe in a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from secondcar.errors import CourseError

# A spreadsheet runs what begins like this as a formula: https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def write_whole(path: Path, text: str) -> None:
    """Write a text file in UTF-8; whoever reads it finds the old file or the new one, never a part.

    Raises CourseError if it cannot be written.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(text, encoding="utf-8", newline="")
        part.replace(path)
    except OSError as error:
        raise CourseError(f"{path} cannot be written ({error.strerror}): choose another place.") from None


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    r"""Return a table as CSV (RFC 4180); no text in it is a formula to a spreadsheet.

    Args:
        header: the names of the columns.
        rows: texts, numbers or None, which is an empty cell.

    >>> csv_text(["learner", "points"], [["Ada", 2.5], ["=1+1", -1], ["Ben", None]])
    "learner,points\r\nAda,2.5\r\n'=1+1,-1\r\nBen,\r\n"
    """
    buffer = io.StringIO()
    csv.writer(buffer).writerows([_harmless(cell) for cell in row] for row in [header, *rows])
    return buffer.getvalue()


def is_formula(text: str) -> bool:
    """Say whether a spreadsheet would run a text; a lone "-" says that there is nothing, and runs nothing."""
    return text != "-" and text.startswith(_FORMULA)


def _harmless(cell: object) -> object:
    if isinstance(cell, float):
        return f"{cell:.10g}"  # sums of tenths come out as 0.30000000000000004
    return f"'{cell}" if isinstance(cell, str) and is_formula(cell) else cell
