"""No text goes on for long without something to do, and a long unit has places to stop."""

from secondcar.building.errors import Fault, Faults
from secondcar.building.length import STOP, length_of, longest_texts
from secondcar.building.sources import Unit
from secondcar.counting import counted

MOST_WORDS = 450
# Minutes: of a unit in one sitting, and of a sitting where there are more.
ONE_SITTING, EACH_SITTING = 60, 45


def in_unit(unit: Unit) -> Faults:
    """Yield the texts and the sittings of a unit that are too long; its references have to be sound."""
    for cell, words in longest_texts(unit):
        if words > MOST_WORDS:
            what = f"up to the end of this text there are {counted(words, 'word')} to read, and nothing to do"
            yield Fault(
                unit.script, cell.line, what, f"Put a cell to run or an exercise after {MOST_WORDS} words or fewer"
            )
    sittings = length_of(unit).sittings
    for number, minutes in enumerate(sittings, start=1):
        if minutes > (EACH_SITTING if len(sittings) > 1 else ONE_SITTING):
            what = f"sitting {number} of {len(sittings)} takes about {counted(round(minutes), 'minute')}"
            yield Fault(unit.script, 0, what, f'Divide it by a text that begins with "{STOP}"')
