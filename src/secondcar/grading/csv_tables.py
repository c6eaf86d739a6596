"""Tables as CSV, safe in a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# A spreadsheet runs what begins like this as a formula: https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


# Without it, a spreadsheet reads UTF-8 as the encoding of its own machine, and names are garbled.
BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True)
class MarksTable:
    """A file to be, and the sentences that a teacher needs to know about it."""

    header: Sequence[str]
    rows: Sequence[Sequence[object]]
    remarks: Sequence[str]


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    r"""Return a table as CSV (RFC 4180); a spreadsheet runs no text in it as a formula, and reads each letter.

    Args:
        header: the names of the columns.
        rows: texts, numbers or None, which is an empty cell.

    >>> csv_text(["learner", "points"], [["Ada", 2.5], ["=1+1", -1], ["Ben", None]])
    "learner,points\r\nAda,2.5\r\n'=1+1,-1\r\nBen,\r\n"
    >>> csv_text(["learner"], [["Айгерім"]]).startswith(BYTE_ORDER_MARK)
    True
    """
    buffer = io.StringIO()
    csv.writer(buffer).writerows([_harmless(cell) for cell in row] for row in [header, *rows])
    text = buffer.getvalue()
    return text if text.isascii() else f"{BYTE_ORDER_MARK}{text}"


def is_formula(text: str) -> bool:
    """Return whether a spreadsheet would run a text; a lone "-" says that there is nothing, and runs nothing."""
    return text != "-" and text.startswith(_FORMULA)


def _harmless(cell: object) -> object:
    if isinstance(cell, float):
        return f"{cell:.10g}"  # sums of tenths come out as 0.30000000000000004
    return f"'{cell}" if isinstance(cell, str) and is_formula(cell) else cell
