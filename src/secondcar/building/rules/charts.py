"""Each unit shows a chart, and every chart that it shows is honest and says in its alt text what it shows."""

import re
from collections.abc import Sequence

import nbformat

from secondcar.building.errors import Fault, Faults
from secondcar.building.sources import SourceCell, Unit
from secondcar.building.watching import ShownChart

# A unit may show a dishonest chart in order to talk about it: the cell carries this tag.
SHOWS_A_FAULT = "dishonest-chart"
# The unit that shows how the notebooks work.
_FIRST = "00"


def in_run(unit: Unit, shown: Sequence[tuple[SourceCell, ShownChart]]) -> Faults:
    """Yield what is wrong with the charts that a unit showed when it was run.

    Args:
        unit: the unit.
        shown: each chart, with its cell.
    """
    if not shown and not unit.name.startswith(_FIRST):
        what = "the unit shows no chart"
        yield Fault(unit.script, 0, what, "Add a cell that draws one and ends in `show(ax, alt=...)`")
    for cell, chart in shown:
        if SHOWS_A_FAULT not in cell.tags:
            for sentence in chart.faults:
                fix = f'Mend the chart, or give the cell tags=["{SHOWS_A_FAULT}"] if it is dishonest on purpose'
                yield Fault(unit.script, cell.line, f"{cell.id}: {sentence}", fix)
        for numeral in numerals_not_shown(chart):
            what = f"{cell.id}: the chart does not show the {numeral} of its alt text"
            yield Fault(unit.script, cell.line, what, "Take the numbers of the alt text from what is drawn")


def bare_pictures(unit: Unit, cell: SourceCell, outputs: Sequence[nbformat.NotebookNode]) -> Faults:
    """Yield a fault if a cell shows a picture without its alt text and its twin in words."""
    if any(kind.startswith("image/") for output in outputs for kind in output.get("data", {})):
        yield Fault(unit.script, cell.line, f"{cell.id} shows a picture by itself", "Show it by `show(ax, alt=...)`")


def numerals_not_shown(chart: ShownChart) -> list[str]:
    """Return the numbers of an alt text that are not a rounding of one that the chart shows."""
    shown = {float(numeral) for numeral in _numerals(chart.description)}
    return [numeral for numeral in _numerals(chart.alt) if not _is_rounding_of_one(numeral, shown)]


def _is_rounding_of_one(numeral: str, numbers: set[float]) -> bool:
    decimals = len(numeral.partition(".")[2])
    return any(abs(float(numeral) - number) <= 0.5 * 10**-decimals for number in numbers)


def _numerals(text: str) -> list[str]:
    return [numeral.replace(",", "") for numeral in re.findall(r"\d(?:[\d,]*\d)?(?:\.\d+)?", text)]
