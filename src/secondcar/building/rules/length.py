"""No text goes on for long without something to do, and a long unit has places to stop."""

from secondcar.building.errors import Fault, Faults
from secondcar.building.length import STOP, length_of, longest_texts
from secondcar.building.sources import Unit
from secondcar.counting import counted

MOST_WORDS = 450
# Minutes: of a unit in one sitting, and of each sitting of a longer one. A short unit may stop where its work ends.
ONE_SITTING = 60
SHORTEST_SITTING, LONGEST_SITTING = 25, 40


def in_unit(unit: Unit) -> Faults:
    """Yield the texts and the sittings of a unit that are too long; its references have to be sound."""
    for cell, words in longest_texts(unit):
        if words > MOST_WORDS:
            what = f"up to the end of this text there are {counted(words, 'word')} to read, and nothing to do"
            yield Fault(
                unit.script, cell.line, what, f"Put a cell to run or an exercise after {MOST_WORDS} words or fewer"
            )
    sittings = length_of(unit).sittings
    shortest = SHORTEST_SITTING if sum(sittings) > ONE_SITTING else 0
    longest = LONGEST_SITTING if len(sittings) > 1 else ONE_SITTING
    for number, minutes in enumerate(sittings, start=1):
        if not shortest <= minutes <= longest:
            what = f"sitting {number} of {len(sittings)} takes about {counted(round(minutes), 'minute')}"
            how = f"A sitting takes {SHORTEST_SITTING} to {LONGEST_SITTING} minutes, and ends before a text"
            yield Fault(unit.script, 0, what, f'{how} that begins with "{STOP}"')
