"""The rules title-truth and alt-text: what the chart's words claim, the chart must bear out.

Of the titles that they deny, so many are true (bench/README.md) that they ask, and call no chart misleading.
"""

from collections.abc import Sequence

from secondcar.charts.honesty.missing_unit import denied_factor
from secondcar.charts.honesty.rules import DOUBTFUL, Asked, Found
from secondcar.charts.honesty.truth import DENIED, judge_words
from secondcar.charts.reading.records import Reading


def find_false_title(panels: tuple[Reading, ...], asked: Asked) -> Found:
    yield from _denied(panels, "alt text", other=True)


def find_false_alt_text(panels: tuple[Reading, ...], asked: Asked) -> Found:
    yield from _denied(panels, "alt text", other=False)


def _denied(panels: Sequence[Reading], place: str, other: bool) -> Found:
    if any(map(denied_factor, panels)):
        return  # numbers that are all off by one factor are a wrong unit, and that rule says so
    for claim in judge_words(panels):
        if claim.answer == DENIED and (claim.place == place) is not other:
            yield DOUBTFUL, f"{claim.sentence} Is it so?", None
