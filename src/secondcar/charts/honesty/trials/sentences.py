"""Reads what a sentence says of bins or scattered points: limits on their axes, amounts, ranks and names.

Bins lie on one axis, points on two. A number is a limit, or a value, on the axis that has its unit or the word beside
it; any other counts what is drawn.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from secondcar.charts.honesty.trials.numbers import unit_ratio
from secondcar.charts.language.ideas import mentions
from secondcar.charts.language.lexicon import role_of, size_ratio
from secondcar.charts.language.numbers import PrintedNumber, number_at
from secondcar.charts.language.phrases import are_kin, band_at, stem
from secondcar.charts.language.roles import Item, is_range
from secondcar.charts.language.tokens import Token, tokens_of
from secondcar.charts.language.units import currencies_in, says_percent, unit_of

# Flags that say nothing of bins or points, and those that tell for how many something holds.
_IDLE = {"others", "sharp", "slight", "ever"}
_QUANTIFIERS = {"all": "all", "steady": "all", "none": "none", "never": "none", "most": "most", "few": "few"}
_SIGNS = {"more": 1, "less": -1, "high": 1, "low": -1, "up": 1, "down": -1, "first": 1, "peak": 1, "trough": -1}
# What a number is counted of: "40 of 1,400".
_OF = ("of", "out-of", "among")


@dataclass(frozen=True)
class Axis:
    """An axis on which bins or points lie.

    Attributes:
        words: its unit and label.
        factor: that its label names.
        ends: where bins begin and end, or where points lie, scaled out.
        counted: what the bins on it count; "" for points.
    """

    words: str
    factor: float
    ends: frozenset[float]
    counted: str = ""

    def says(self, word: str) -> bool:
        """Return whether the axis speaks of what a word says."""
        own, counted = ({stem(token.word) for token in tokens_of(text)} for text in (self.words, self.counted))
        kin = not role_of(word, "counted") and any(are_kin(stem(word), other) for other in own)
        return stem(word) not in counted and (stem(word) in own or kin)

    def measures(self, number: PrintedNumber, noun: str) -> bool:
        """Return whether a number has the unit of the axis, or another of its kind: hours for minutes."""
        if number.currency:
            return number.currency in currencies_in(self.words)
        unit = unit_of(self.words).name.casefold()
        return mentions(self.words, "points") if number.kind == "points" else size_ratio(noun, unit) is not None

    def scaled(self, item: Item) -> PrintedNumber:
        """Return a number in the unit of the axis, whose factor it may leave out."""
        ratio = unit_ratio(item.noun, self.words) or 1.0
        largest = max(abs(end) for end in self.ends if abs(end) < math.inf) or 1.0
        factors = {ratio} if ratio != 1 else {1.0, self.factor, 1 / item.number.scale}
        size = abs(item.number.value) or 1.0
        return item.number.times(min(factors, key=lambda factor: abs(math.log(size * factor / largest))))


@dataclass(frozen=True)
class Limit:
    """A number on an axis, where it stands in the sentence, and whether it is said to hold always."""

    axis: int
    number: PrintedNumber
    place: int
    always: bool = False


@dataclass
class Told:
    """What a sentence says of bins or points.

    Attributes:
        limits: numbers on an axis.
        amounts: other numbers.
        ranks: axis, sign and place of each; of bins the axis is -1, for what they count.
        names: of points.
        quantifiers: "all", "none", "most" or "few", with their places in the sentence.
        moves: the signs of its changes and comparatives.
        changes: a change is among them.
    """

    limits: list[Limit] = field(default_factory=list)
    amounts: list[PrintedNumber] = field(default_factory=list)
    ranks: list[tuple[int, int, int]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    quantifiers: dict[str, int] = field(default_factory=dict)
    moves: list[int] = field(default_factory=list)
    changes: bool = False


def told_by(
    items: Sequence[Item], tokens: Sequence[Token], axes: Sequence[Axis], names: Sequence[str], whole: float
) -> Told | None:
    """Sort what a sentence says; None where something in it is of no kind that bins or points could bear out.

    Args:
        items: the words of the sentence that say something.
        tokens: of the whole text.
        axes: one of bins, two of points.
        names: of the points.
        whole: how many there are of what is drawn.
    """
    told = Told()
    open_items: list[tuple[int, Item]] = []
    folded = _folded(items, tokens, axes)
    for place, item in enumerate(folded):
        if item.kind in ("number", "part"):
            axis = _axis_of_number(item, _beside(folded, place, tokens), axes, whole)
            if axis is None:
                open_items.append((place, item))
            elif axis < 0:
                told.amounts.append(item.number)
            else:
                told.limits.append(Limit(axis, axes[axis].scaled(item), place, item.value == "always"))
        elif item.kind in ("superlative", "rank", "extreme"):
            axis = _axis_of_rank(item, _beside(folded, place, tokens), axes)
            if axis is None and tokens[item.phrase.start - 1].word == "," and told.limits:
                axis = told.limits[-1].axis  # "41 wins, the fewest"
            sign = _SIGNS.get(item.value) or (_valued(item.value, axes[axis].words) if axis is not None else 0)
            if not sign:
                return None
            if axis is None:
                open_items.append((place, item))
            else:
                told.ranks.append((axis, sign, item.nth))
        elif item.kind == "name" and item.phrase.names[0] in names:
            told.names.append(item.phrase.names[0])
        elif item.kind in ("flag", "majority") and item.value in _QUANTIFIERS:
            told.quantifiers[_QUANTIFIERS[item.value]] = place
        elif item.kind in ("change", "comparative", "relation") and _SIGNS.get(item.value):
            told.moves.append(_SIGNS[item.value])
            told.changes |= item.kind == "change"
        elif not _is_idle(item, tokens, axes):
            return None
    return told if _with_open(told, open_items, axes) else None


def _is_idle(item: Item, tokens: Sequence[Token], axes: Sequence[Axis]) -> bool:
    """Return whether a word says nothing here: "goes to", "the distance" where an axis says it."""
    measured = item.kind == "distance" and any(axis.says(tokens[item.phrase.start].word) for axis in axes)
    return measured or (item.kind, item.value) == ("change", "some") or (item.kind == "flag" and item.value in _IDLE)


def _with_open(told: Told, open_items: list[tuple[int, Item]], axes: Sequence[Axis]) -> bool:
    """Put a number or a rank on the axis that is left; return whether all have found their place."""
    for place, item in list(open_items):
        near = [axis for axis in range(len(axes)) if item.kind == "number" and _is_near(item, axes[axis])]
        if len(near) == 1 and not item.noun:  # "sales top 500"
            told.limits.append(Limit(near[0], axes[near[0]].scaled(item), place, item.value == "always"))
            open_items.remove((place, item))
    for place, item in open_items[:1]:
        ranked = {axis for axis, _, _ in told.ranks}
        used = ranked if item.kind != "number" else ranked | {limit.axis for limit in told.limits}
        rest = [axis for axis in range(len(axes)) if axis not in used]
        if len(rest) != 1 or len(axes) < 2 or len(open_items) > 1:
            return False  # nobody knows on which axis
        if item.kind == "number":
            told.limits.append(Limit(rest[0], axes[rest[0]].scaled(item), place))
        else:
            told.ranks.append((rest[0], _SIGNS[item.value], item.nth))
    return True


def _is_near(item: Item, axis: Axis) -> bool:
    """Return whether a number is about as large as the values of an axis."""
    return min(axis.ends) / 2 <= abs(axis.scaled(item).value) <= 2 * max(axis.ends)


def _valued(value: str, words: str) -> int:
    """Return whether the best is the highest of an axis, 1, or the lowest, -1; 0 where nobody knows."""
    return {"best": 1, "worst": -1}.get(value, 0) * (mentions(words, "good") - mentions(words, "bad"))


def _folded(items: Sequence[Item], tokens: Sequence[Token], axes: Sequence[Axis]) -> list[Item]:
    """Put together what makes one limit: "longer than an hour", "30 to 50 minutes", "break the 40-minute mark"."""
    folded: list[Item] = []
    units = [item.noun for item in items if len(axes) == 1 and role_of(item.noun, "size")]
    for item in items:
        if item.kind == "than":
            continue
        last = folded[-1] if folded else None
        if item.kind == "name" and len(axes) == 1 and (band := band_at(tokens_of(item.phrase.names[0]), 0)):
            low, high = band[0]
            hedge = "at-least" if high == math.inf else "between"
            item = _with_number(item, PrintedNumber("", low, low, high, hedge=hedge))
        elif item.kind == "when" and (number := number_at(tokens, item.phrase.start)):
            item = _with_number(replace(item, noun=tokens[item.phrase.end - 1].word), number)  # "in three weeks"
        elif item.kind == "number" and item.phrase.link == "between" and is_range(item.phrase):
            item = _with_number(item, replace(item.number, hedge="between"))
        if item.kind == "number" and units and not item.noun and (item.number.hedge or item.phrase.link == "than"):
            item = replace(item, noun=units[0])  # "slower than five hours outnumber those faster than three"
        if item.kind == "number" and last and last.kind == "number" and _makes_range(last, item):
            number = replace(item.number, value=last.number.value, low=last.number.value, hedge="between")
            item = _with_number(replace(item, noun=item.noun or last.noun), number)
            item = replace(item, phrase=replace(item.phrase, start=last.phrase.start, link=last.phrase.link))
            folded.pop()
        elif item.kind == "number" and last and _limits(last, item):
            folded.pop()
            item = _limited(last, item, axes)
        folded.append(item)
    return folded


def _with_number(item: Item, number: PrintedNumber) -> Item:
    return replace(item, kind="number", phrase=replace(item.phrase, number=number))


def _makes_range(low: Item, high: Item) -> bool:
    plain = low.number.kind == high.number.kind == "plain" and not (low.number.hedge or high.number.hedge)
    alike = low.noun in ("", high.noun) and low.phrase.link in ("", "from", "of", "at")
    return plain and alike and high.phrase.link == "to" and not low.of


def _limits(word: Item, item: Item) -> bool:
    return word.kind == "threshold" or (word.kind in ("comparative", "pace") and item.phrase.link == "than")


def _limited(word: Item, item: Item, axes: Sequence[Axis]) -> Item:
    """Return a number as the limit that a word makes of it; who is faster than an hour takes less."""
    if word.value == "at":
        return item
    units = [item.noun] if item.noun else [token.word for axis in axes[:-1] or axes for token in tokens_of(axis.words)]
    timed = any((role_of(unit, "size") or "").startswith("time") for unit in units)
    over = word.value.endswith("over") or word.value == "more"
    if word.kind == "pace" or word.value == "beats":
        over = (word.value in ("more", "beats")) is not timed
    hedge = item.number.hedge or ("over" if over else "under")
    low, high = (item.number.value, math.inf) if hedge == "over" else (0.0, item.number.value)
    kept = "always" if word.value.startswith("stay") else ""
    return replace(_with_number(item, replace(item.number, low=low, high=high, hedge=hedge)), value=kept)


def _beside(items: Sequence[Item], place: int, tokens: Sequence[Token]) -> tuple[list[str], list[str]]:
    """Return the words before an item and behind it, the nearest first, up to the next that says something."""
    phrase = items[place].phrase
    start = items[place - 1].phrase.end if place else 0
    start += place > 0 and tokens[start].word == items[place - 1].noun  # that is told of the one before
    end = items[place + 1].phrase.start if place + 1 < len(items) else len(tokens)
    sides = reversed(tokens[start : phrase.start]), tokens[phrase.end : end]
    before, behind = ([t.word for t in takewhile(lambda token: token.kind == "word", side)] for side in sides)
    return before, behind


def axis_said(words: Sequence[str], axes: Sequence[Axis]) -> int | None:
    """Return the axis that says the first word which one axis alone says."""
    found = ([place for place, axis in enumerate(axes) if word and axis.says(word)] for word in words)
    return next((places[0] for places in found if len(places) == 1), None)


def _axis_of_number(item: Item, beside: tuple[list[str], list[str]], axes: Sequence[Axis], whole: float) -> int | None:
    """Return the axis on which a number lies, -1 where it counts what is drawn; None where nobody knows."""
    number, noun = item.number, item.noun
    if number.kind == "fraction":
        return -1
    if number.kind == "percent":
        return next((place for place, axis in enumerate(axes) if says_percent(axis.words)), -1)
    if number.currency or number.kind == "points" or role_of(noun, "size"):
        fits = [place for place, axis in enumerate(axes) if axis.measures(number, noun)]
        return fits[0] if len(fits) == 1 else -1 if role_of(noun, "span") else None
    counts = number.kind == "plain" and number.value == int(number.value) <= whole and number.hedge != "between"
    if counts and (item.of or item.phrase.link in _OF):
        return -1
    if len(axes) > 1 and counts and number.value == whole and not number.hedge:
        return None  # "all twelve pupils"
    said = axis_said([noun], axes)
    if said is not None or (counts and noun):
        return -1 if said is None else said
    if len(axes) == 1:
        return 0 if number.hedge and not noun else None
    return axis_said([*beside[0], *beside[1]], axes)


def _axis_of_rank(item: Item, beside: tuple[list[str], list[str]], axes: Sequence[Axis]) -> int | None:
    """Return the axis of which the highest is told, -1 for what bins count; None where nobody knows."""
    quality, (before, behind) = item.phrase.roles.get("quality", ""), beside
    if len(axes) == 1:
        common = quality in ("by-use", "by-other") or (not quality and item.phrase.end - item.phrase.start > 1)
        grouped = any(mentions(word, "drawing") or mentions(word, "grouped") for word in behind[:2])
        return -1 if common or grouped or item.kind == "extreme" else None
    if (said := axis_said(behind[:3], axes)) is not None:
        return said
    measuring = [place for place, axis in enumerate(axes) if quality and mentions(axis.words, quality)]
    return measuring[0] if len(measuring) == 1 else axis_said(before[:3], axes)
