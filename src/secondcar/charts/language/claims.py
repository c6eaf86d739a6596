"""What a clause claims, as a record that a chart can be held against."""

from dataclasses import dataclass

from secondcar.charts.language.numbers import PrintedNumber
from secondcar.charts.language.periods import When

# A name in a text may mean several labels of the chart.
Named = tuple[str, ...]


# What tells for how many of several things something holds, or that it does not.
QUANTIFIERS = frozenset(
    ("not", "gone", "none", "never", "only", "except", "but", "most-of", "first-time", "these", "alone")
)


@dataclass(frozen=True)
class Count:
    """So many of several things.

    Attributes:
        kind: "first", that a clause speaks of ("three towns fell"); "set", of all that there are; "part", as half of
            them; "row", times on end; "these", that were named before.
        number: how many; of "part" what part.
        noun: what is counted, "" where no word says it.
    """

    kind: str
    number: float
    noun: str = ""


@dataclass(frozen=True)
class Quantifier:
    """For how many of the things that a clause speaks of it holds; every one of these may be empty.

    Attributes:
        kinds: some of `QUANTIFIERS`: "gone" is no longer, "but" all except a count, "these" and no others.
        counts: how many.
    """

    kinds: frozenset[str] = frozenset()
    counts: tuple[Count, ...] = ()

    def number(self, *kinds: str) -> float:
        """Return the first count of some kinds, 0 where there is none."""
        return next((count.number for count in self.counts if count.kind in kinds), 0)

    def of(self, *kinds: str) -> tuple[Count, ...]:
        """Return the counts of some kinds."""
        return tuple(count for count in self.counts if count.kind in kinds)

    def without(self, *kinds: str) -> "Quantifier":
        """Return the rest, without some kinds of either."""
        rest = tuple(count for count in self.counts if count.kind not in kinds)
        return Quantifier(self.kinds - set(kinds), rest)

    def __or__(self, other: "Quantifier") -> "Quantifier":
        return Quantifier(self.kinds | other.kinds, tuple(dict.fromkeys((*self.counts, *other.counts))))


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
        quantifier: for how many of several things it holds.
        flags: "all", "others", "together", "is-name", "steady", "row", "again", "slight", "sharp" and the like.
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
    quantifier: Quantifier = Quantifier()
    flags: frozenset[str] = frozenset()
    noun: str = ""
    scale: float = 1.0
    direction: int = 1
    rate: str = ""
