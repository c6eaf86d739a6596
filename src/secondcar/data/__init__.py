"""The data of the course: what the article claims, what other sources say, and who they are.

>>> from secondcar.data import load_dataset
>>> production = load_dataset("production")
>>> production[["period_start", "period_end", "quantity", "unit", "grade"]].head()  # doctest: +SKIP

`README.md` in this folder explains every column, and what is weak and why. A course on another text brings tables of
its own: `secondcar.data.places` says where they lie.
"""

import csv
import difflib
import functools
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from secondcar.data.places import TABLES, brings_own, table_file
from secondcar.data.showing import show_sentences_left

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["claim", "dataset_names", "describe", "fact", "load_dataset", "quote"]

show_sentences_left()

_DATE_COLUMNS = {
    "claims": ["period_start", "period_end"],
    "facts": ["period_start", "period_end"],
    "sources": ["published"],
}


def load_dataset(name: str) -> "pd.DataFrame":
    """Load one table of the course as a new data frame.

    >>> claims = load_dataset("claims")
    >>> claims.loc[claims["base"].isna(), ["id", "quote"]]  # doctest: +SKIP

    Args:
        name: one of `dataset_names()`.
            "claims": the figures of the article, one row a claim;
            "facts": the figures of all sources, one row a figure;
            "sources": the pages the figures were read on, one row a page;
            "production": the facts that count vehicles made, each with its source, sorted by period. Only
            "Every Second Car" has it.

    Returns:
        A frame whose dates are `datetime64`, whose `quantity` is `float64`, in the unit that its row's `unit`
        names, and whose other columns are `str`. What a source does not say is missing (`NaT` or `NaN`).
        Changing the frame changes no other.

    Raises:
        ValueError: no dataset has that name.
    """
    if name not in dataset_names():
        raise ValueError(f'There is no dataset called "{name}": choose one of {", ".join(dataset_names())}.')
    return _production() if name == "production" else _read_frame(name)


def dataset_names() -> list[str]:
    """Return the names that `load_dataset` knows.

    >>> dataset_names()
    ['claims', 'facts', 'sources', 'production']
    """
    return [*TABLES] if brings_own() else [*TABLES, "production"]


def claim(claim_id: str) -> float:
    """Return the figure of one claim of the article, in the unit its row of `claims.csv` names.

    >>> claim("output-units")
    19000.0

    Raises:
        ValueError: the claim does not exist.
    """
    return _quantity("claim", claim_id)


def quote(claim_id: str) -> str:
    """Return the article's words of one claim, with a figure or without.

    >>> quote("cause-exports")
    'the opening of export markets'

    Raises:
        ValueError: the claim does not exist.
    """
    return _row("claim", claim_id)["quote"]


def fact(fact_id: str) -> float:
    """Return the figure of one fact, in the unit its row of `facts.csv` names.

    >>> fact("F020")  # vehicles made in January-June 2018, counted by the car makers' association AKAB
    14660.0

    Raises:
        ValueError: the fact does not exist, or what its source prints is not one number.
    """
    return _quantity("fact", fact_id)


def describe(kind: str, row_id: str) -> str:
    """Return in words what a "claim" or a "fact" counts, when, and in which unit.

    >>> describe("fact", "F227")
    'buses (AKAB), January to June 2018, in %'

    Raises:
        ValueError: the claim or fact does not exist.
    """
    row = _row(kind, row_id)
    start, end = (date.fromisoformat(row[name]) if row.get(name) else None for name in ("period_start", "period_end"))
    what, period = row.get("what") or row.get("scope") or row_id, _period(start, end)
    unit = row.get("unit") or ""
    told = [what, "" if period in what else period, f"in {unit}" if unit and unit not in what else ""]
    return ", ".join(filter(None, told))


def _period(start: date | None, end: date | None) -> str:
    """Write a period as the course does: a month, a year, or from one month to another."""
    if start is None or end is None:
        return ""
    if (start.year, start.month) == (end.year, end.month):
        return f"{start:%B %Y}"
    if start.year != end.year:
        return f"{start:%B %Y} to {end:%B %Y}"
    return f"{start.year}" if (start.month, end.month) == (1, 12) else f"{start:%B} to {end:%B %Y}"


def _read_frame(table: str) -> "pd.DataFrame":
    # pandas takes much longer to import than this package, and `claim` and `fact` do without it.
    import pandas as pd

    frame = pd.read_csv(table_file(table), dtype="str", keep_default_na=False, na_values=[""])
    for column in _DATE_COLUMNS[table]:
        frame[column] = pd.to_datetime(frame[column], format="%Y-%m-%d").astype("datetime64[us]")
    if "quantity" in frame:
        frame["quantity"] = frame["quantity"].astype("float64")
    return frame


def _production() -> "pd.DataFrame":
    facts = _read_frame("facts").query("measure == 'production_units'")
    sources = _read_frame("sources").rename(columns={"id": "source_id", "title": "source_title"})
    joined = facts.merge(sources, on="source_id", how="left", validate="many_to_one")
    columns = ["id", "period_start", "period_end", "quantity", "unit", "scope", "grade", "caution"]
    columns += ["source_title", "publisher", "url"]
    return joined.sort_values(["period_start", "period_end", "id"], ignore_index=True)[columns]


def _quantity(kind: str, row_id: str) -> float:
    quantity = _row(kind, row_id)["quantity"]
    if not quantity:
        raise ValueError(f'the {kind} "{row_id}" is not one number; quote its words from {kind}s.csv instead')
    return float(quantity)


def _row(kind: str, row_id: str) -> dict[str, str]:
    # The messages have no full stop: the build sets them into a sentence that names the place in the text.
    path = table_file(f"{kind}s")
    rows = _rows(path, path.stat().st_mtime_ns)
    if row_id not in rows:
        close = difflib.get_close_matches(str(row_id), rows, n=1)
        advice = f'the nearest is "{close[0]}"' if close else f"{kind}s.csv lists the ids"
        raise ValueError(f'there is no {kind} called "{row_id}"; {advice}')
    return rows[row_id]


@functools.lru_cache(maxsize=8)
def _rows(path: Path, changed: int) -> dict[str, dict[str, str]]:
    """Read one file; `changed` makes a new file count as new."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}
