"""What the words on a chart say: numbers, periods, units, sources and claims; the words themselves are in lexicon.toml.

Whoever reads a text of a chart asks here, and nowhere else: there is one grammar for numbers, one list of months.
"""

from secondcar.charts.language.claims import Claim
from secondcar.charts.language.clauses import Clause, read_clauses
from secondcar.charts.language.ideas import mentions
from secondcar.charts.language.numbers import PrintedNumber, numbers_in
from secondcar.charts.language.periods import Period, read_period
from secondcar.charts.language.sources import names_a_source, source_in
from secondcar.charts.language.units import NamedUnit, same_unit, unit_of

__all__ = [
    "Claim",
    "Clause",
    "NamedUnit",
    "Period",
    "PrintedNumber",
    "mentions",
    "names_a_source",
    "numbers_in",
    "read_clauses",
    "read_period",
    "same_unit",
    "source_in",
    "unit_of",
]
