"""What a clause claims, as a record that a chart can be held against."""

from dataclasses import dataclass

from secondcar.charts.language.numbers import PrintedNumber
from secondcar.charts.language.periods import When

# A name in a text may mean several labels of the chart.
Named = tuple[str, ...]


@dataclass(frozen=True)
class Claim:
    """One thing that a clause claims.

    Attributes:
        role: "change" (of a value in time, by a number or from one to another), "level" (a value), "compare" (one
            against another, by a number or without), "share" (of a whole), "rank", "step" (the largest change),
            "record", "peak", "crossing", "faster" (one change against another), "pace" (a
            change that grows itself), "spread" (how many lie beyond a limit), "side" (of
            zero) or "relation" (of points).
        sign: 1 for up, more or highest; -1 for down, less or lowest; 0 for no change, the same, or either.
        number: by how much, how many times, or how large.
        start, end: the values from and to which something changed.
        names, bases: what is spoken of, and what it is compared with, by the labels of the chart.
        when, base_when: the times of either.
        chosen, chosen_when: what it holds for alone, "only in Ostia", or alone not, "everywhere except in Ostia".
        of: "gap", "share", "surplus" or "deficit" where the claim is about the distance of two values, their share of a
            whole, or how far they lie on one side of zero.
        place: of a rank; 1 is the first.
        flags: "all", "others", "together", "only", "not", "gone" (no longer), "none", "never", "most-of",
            "is-name", "first-time", "first 2 towns" and "set 5 towns" (counts), "steady", "row", "again", "slight",
            "sharp" and the like.
        noun: the word behind a number, which says what it counts; "" for none.
        direction: of "faster": 1 where things grow, -1 where they fall.
        rate: "month" behind "15 billion a month"; "" for none.
        scale: 1e9 where "billion" stands in the clause: it may count for numbers without one, too.
    """

    role: str
    sign: int = 0
    number: PrintedNumber | None = None
    start: PrintedNumber | None = None
    end: PrintedNumber | None = None
    names: tuple[Named, ...] = ()
    bases: tuple[Named, ...] = ()
    when: tuple[When, ...] = ()
    base_when: tuple[When, ...] = ()
    chosen: tuple[Named, ...] = ()
    chosen_when: tuple[When, ...] = ()
    of: str = ""
    place: int = 1
    flags: frozenset[str] = frozenset()
    noun: str = ""
    scale: float = 1.0
    direction: int = 1
    rate: str = ""
