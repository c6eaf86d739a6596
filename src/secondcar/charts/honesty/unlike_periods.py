"""The rule like-for-like: only periods of the same length compare."""

from collections.abc import Sequence
from itertools import takewhile

from secondcar.charts.honesty.rules import MISLEADING, Asked, Found, each_panel
from secondcar.charts.language.ideas import mentions
from secondcar.charts.language.periods import DAYS_IN_MONTH, Period, period_in, read_period
from secondcar.charts.language.tokens import tokens_of
from secondcar.charts.reading.records import Reading, category_text
from secondcar.counting import counted

# Periods count as equally long up to this ratio: ten and eleven years may stand side by side.
SAME_LENGTH = 1.15
# What may stand before and between the years that a note speaks of: "2018 and 2019: January to May", "* 8 months".
_BETWEEN = {",", "and", "&", ":", "(", "=", "*"}


@each_panel
def find_unlike_periods(panel: Reading, asked: Asked) -> Found:
    axis = panel.value_axis
    if mentions(f"{axis.label} {axis.unit} {' '.join(axis.ticks)}", "per-time"):
        return
    told = _told_in_notes(panel.annotations)
    for labels in (panel.categories, panel.series):
        lengths = {category_text(label): length for label in labels if (length := _length(label, told)) != 0}
        parts = [label for label, months in lengths.items() if months is None]
        known = {label: months for label, months in lengths.items() if months}
        if not known:
            continue
        short, long = min(known, key=lambda label: known[label]), max(known, key=lambda label: known[label])
        if parts and known[long] >= 12:
            sentence = f'"{parts[0]}" is a part of a year, and stands beside "{long}", which is a whole one.'
            yield MISLEADING, sentence, None
        elif known[long] > SAME_LENGTH * known[short]:
            sentence = (
                f'"{short}" ({_months(known[short])}) stands beside "{long}" ({_months(known[long])}): compare the '
                "same months, or show values per month."
            )
            yield MISLEADING, sentence, known[long] / known[short]


def _length(label: str | float, told: dict[str, float]) -> float | None:
    """Return the months a label covers; a note such as "2018: January-August" or "* 8 months" tells more of it."""
    period = read_period(label)
    if not period:
        return 0
    if category_text(label).endswith("*") and "*" in told:
        return told["*"]
    return told.get(str(period.year), period.months) if period.months == 12 else period.months


def _told_in_notes(notes: Sequence[str]) -> dict[str, float]:
    """Return how many months of a year the notes say that it has: "2017 January to June; 2018 and 2019 Jan-May"."""
    told: dict[str, float] = {}
    for note in notes:
        for clause in note.split(";"):
            tokens = tokens_of(clause)
            leading = list(takewhile(lambda token: token.word in _BETWEEN or _is_year(token.word), tokens))
            part = period_in(tokens, len(leading)) if 0 < len(leading) < len(tokens) else None
            if part and part[0].months and part[0].months < 12:
                years = [token.word for token in leading if _is_year(token.word)]
                told |= dict.fromkeys(years or ["*"], part[0].months)
    return told


def _is_year(word: str) -> bool:
    period: Period | None = read_period(word) if len(word) == 4 else None
    return period is not None and period.months == 12


def _months(count: float) -> str:
    if count < 1:
        return counted(round(count * DAYS_IN_MONTH), "day")
    return counted(count, "month")
