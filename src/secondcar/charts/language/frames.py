"""Puts the words and numbers of a clause together into claims: every way that uses all of them, in whatever order."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from secondcar.charts.language.claims import Claim, Quantifier
from secondcar.charts.language.lexicon import role_of, size_ratio
from secondcar.charts.language.numbers import PrintedNumber
from secondcar.charts.language.roles import Item, is_count, is_range

Claims = list[Claim]

# Behind a change these give what a value has become: "climbs above 300".
_REACHED = ("above ", "below ", "under ", "past ")
_SIGNS = {
    "up": 1, "down": -1, "gone": -1, "flat": 0, "some": 0, "more": 1, "less": -1, "equal": 0, "high": 1, "low": -1,
    "best": 1, "worst": -1, "first": 1, "last": -1, "second": 1, "third": 1, "peak": 1, "trough": -1, "reach": 1,
    "beat": 1, "better": 1, "worse": -1, "surplus": 1, "deficit": -1, "wider": 1, "narrower": -1,
}  # fmt: skip
# A number behind these is no amount of a change.
_NO_AMOUNT = {"in", "over", "among", "between", "out-of", "since", "until", "after", "before"}
# What is better, nobody knows from numbers alone.
_VALUED = {"better": "up", "worse": "down"}
# What a clause may be about in place of the values, where something else tells of it: "the share of buses has doubled".
_MEASURES = {("distance", "gap"): "gap", ("share", "of"): "share", ("side", "surplus"): "surplus",
             ("side", "deficit"): "deficit"}  # fmt: skip


@dataclass(frozen=True)
class _Slots:
    """What a clause has, by its kind and whatever its order."""

    heads: tuple[Item, ...]  # words that tell: changes, comparatives, ranks ...
    numbers: tuple[Item, ...]
    than: bool  # something is compared with what stands behind "than"
    limits: frozenset[int]  # the numbers that a word makes limits: "tops 300", "longer than 300"

    @property
    def kinds(self) -> list[str]:
        return sorted(item.kind for item in self.heads)

    def head(self, *kinds: str) -> Item:
        return next(item for item in self.heads if item.kind in kinds)


def readings_in(core: Sequence[Item]) -> Iterator[Claims]:
    """Give the ways to put everything in a clause together, the most natural one first."""
    if sum(item.kind == "side" for item in core) > 1:
        return  # "from deficit to surplus and back"
    for marker, measure in _MEASURES.items():
        rest = [item for item in core if (item.kind, item.value) != marker]
        if rest and len(rest) < len(core) and _tells(marker[0], rest) and not _falls_into(core):
            for claims in readings_in([_as_change(item) for item in rest]):
                yield [replace(claim, of=measure) for claim in claims]
            return
    most = next((item for item in core if item.kind == "majority"), None)
    rest = [item for item in core if item is not most and not (most and _is(item, "change", "some"))]
    if most and rest and not (len(rest) == 1 and rest[0].kind == "share"):
        for claims in readings_in(rest):  # "most wait less than an hour"
            most_of = Quantifier(frozenset(["most-of"]))
            yield [
                replace(claim, flags=claim.flags - {"threshold", "all"}, quantifier=claim.quantifier | most_of)
                for claim in claims
            ]
        return
    yield from _readings_of(_slots_of(core))


def _is(item: Item, kind: str, value: str) -> bool:
    return (item.kind, item.value) == (kind, value)


def _falls_into(core: Sequence[Item]) -> bool:
    return [item.kind for item in core] == ["change", "side"] and core[1].phrase.link in ("to", "in")


def _tells(kind: str, rest: Sequence[Item]) -> bool:
    """Return whether something else tells of the measure that a word names."""
    return kind in ("distance", "side") or any(item.kind not in ("number", "part") for item in rest)


def _as_change(item: Item) -> Item:
    """Take "widens" and "narrows" for changes: of the distance that the clause speaks of."""
    return (
        replace(item, kind="change", value="up" if _SIGNS[item.value] > 0 else "down")
        if (item.value in ("wider", "narrower"))
        else item
    )


def _slots_of(core: Sequence[Item]) -> _Slots:
    """Sort what a clause has: a limit is a number behind "tops" or behind "longer than"."""
    items, limits = list(core), set()
    for before, item in pairwise(core):
        limiting = before
        if before.kind == "than" and len(core) > 2:
            limiting = core[core.index(before) - 1]
        told = limiting.kind == "threshold" or (limiting.kind == "comparative" and item.phrase.link == "than")
        if item.kind == "number" and told:
            limited = _limited(limiting, item)
            items = [limited if other is item else other for other in items if other not in (limiting,)]
            limits.add(id(limited))
    numbers = tuple(item for item in items if item.kind in ("number", "part"))
    heads = [item for item in items if item.kind not in ("number", "part", "than")]
    if len(heads) > 1:
        heads = [item for item in heads if not _is(item, "change", "some")]
    than = any(item.kind == "than" for item in items)
    return _Slots(tuple(heads), numbers, than, frozenset(limits))


def _limited(word: Item, item: Item) -> Item:
    """Return a number as the limit that a word makes of it: "tops 300" is over 300."""
    number, side = item.number, word.value
    if side == "beats":  # "breaks the 1,000 barrier", "broke the four-hour mark"
        side = "under" if role_of(item.noun, "size") and size_ratio(item.noun, "seconds") else "over"
    if number.hedge == "" and (side.endswith("over") or side in ("more", "better")):
        number = replace(number, low=number.value, high=float("inf"), hedge="over")
    elif number.hedge == "" and (side.endswith("under") or side in ("less", "worse")):
        number = replace(number, low=0.0, high=number.value, hedge="under")
    kept = "always" if side.startswith("stay") else "threshold"
    return replace(item, phrase=replace(item.phrase, number=number, link=""), value=kept)


def _readings_of(slots: _Slots) -> Iterator[Claims]:
    """Give the claims of the words that tell, with the numbers in the places that they may have beside them."""
    valued = frozenset({item.value for item in slots.heads if item.kind == "change"} & _VALUED.keys())
    valued |= {item.value for item in slots.heads if item.kind == "comparative"} & _VALUED.keys()
    for told in _told_by(slots):
        for claims in _with_numbers(told, slots):
            yield [replace(claim, flags=claim.flags | valued) for claim in claims] if valued else claims


def _told_by(slots: _Slots) -> Iterator[Claim]:
    """Give what the words that tell claim, before any number is put to it."""
    heads, kinds = slots.heads, slots.kinds
    signs = {item.kind: _SIGNS.get(item.value, 0) for item in heads}
    values = {item.kind: item.value for item in heads}
    match kinds:
        case []:
            yield Claim("level")
        case ["change"] if values["change"] in ("gone", "same", "some"):
            flag = {"gone": "vanished", "same": "same", "some": "moved"}[values["change"]]
            yield Claim("change", signs["change"], flags=frozenset([flag]))
        case ["change"]:
            yield Claim("change", signs["change"])
        case ["change", "pace"] if slots.than:
            yield Claim("faster", signs["pace"], direction=signs["change"] or 1)
        case ["change", "change"] | ["change", "pace"] if all(_SIGNS.get(item.value) for item in heads):
            yield Claim("pace", _SIGNS[heads[1].value], direction=_SIGNS[heads[0].value])  # "the fall slows"
            if kinds == ["change", "change"] and slots.numbers and len({_SIGNS[item.value] for item in heads}) == 1:
                yield Claim("change", signs["change"])  # "sales bounce back with a rise of 2 %"
        case ["pace"]:
            yield Claim("change", signs["pace"], flags=frozenset(["paced"]))  # "inflation slows"
        case ["multiple"]:
            yield _times(heads[0])
        case ["change", "multiple"]:
            times = _times(slots.head("multiple"))
            if signs["change"] > 0 or times.sign > 0:
                yield replace(times, sign=signs["change"] or times.sign)
        case ["change", "comparative"] if slots.than and signs["change"] and values["comparative"] in ("more", "less"):
            yield Claim("faster", signs["comparative"], direction=signs["change"])  # "rose more than"
        case ["comparative"] | ["level"] | ["change", "comparative"] if slots.than or "change" not in kinds:
            told = values.get("comparative", "level")
            if told != "equal" or slots.than or slots.numbers:  # "as much", and nothing that it is as much as
                flags = frozenset({"level": ["same"], "better": ["better"], "worse": ["worse"]}.get(told, []))
                yield Claim("compare", signs.get("comparative", 0), flags=flags)
        case ["change", "comparative"] if signs["change"] == signs["comparative"] != 0:
            yield Claim("compare", signs["comparative"])  # "falls 12 short of its plan"
        case ["comparative", "comparative"] if all(_SIGNS[item.value] for item in heads):
            yield Claim("relation", _SIGNS[heads[0].value] * _SIGNS[heads[1].value])
        case ["superlative"] | ["rank"] | ["rank", "superlative"] if len(set(signs.values())) == 1:
            yield _rank(heads[0])
        case ["of-two"]:
            yield Claim("rank", signs["of-two"], flags=frozenset(["of-two"]))
        case ["change", "superlative"]:
            ranked = slots.head("superlative")
            if ranked.phrase.link == "to":
                yield _rank(ranked)  # "climbs to its highest level"
            elif ranked.nth == 1:
                flags = frozenset(["least"] if signs["superlative"] < 0 else [])
                yield Claim("step", signs["change"], flags=flags)
                if 0 < ranked.phrase.end < slots.head("change").phrase.start:
                    yield _rank(ranked)  # "the least rain fell in April"
        case ["record"] | ["change", "record"] | ["record", "threshold"]:
            yield Claim("record", signs["record"])
        case ["relation"]:
            yield Claim("compare", signs["relation"], flags=frozenset({values["relation"]} & {"reach", "beat"}))
        case ["crossing"]:
            yield Claim("crossing", signs["crossing"])
        case ["approach"]:
            yield Claim("change", signs["approach"], of="gap")
        case ["extreme"] | ["change", "extreme"]:
            yield Claim("peak", signs["extreme"])
        case ["majority"] | ["majority", "share"]:
            yield Claim("share", 1, flags=frozenset([values["majority"]]))
        case ["share"] if slots.numbers:
            yield Claim("share", flags=frozenset(["makes"]))
        case ["change", "share"]:
            yield Claim("change", signs["change"])
        case ["side"] | ["change", "side"]:
            yield Claim("side", signs["side"])


def _with_numbers(told: Claim, slots: _Slots) -> Iterator[Claims]:
    """Put every number in its place beside what the words claim."""
    numbers = slots.numbers
    limited = [item for item in numbers if id(item) in slots.limits]
    if not numbers:
        if told.role != "level" and "moved" not in told.flags:
            yield [told]
        elif "moved" in told.flags:
            yield []
        return
    if told.role == "level" or "moved" in told.flags or (limited and told.role == "change"):
        parts = [item for item in numbers if item not in limited]
        if len(limited) == 1 and len(parts) <= 1:
            part = parts[0] if parts else None
            if part is None:
                yield [_level(limited[0], limited[0].value)]
            elif _is_part(part) or is_count(part) or part.of or part.number.kind == "plain":
                yield [Claim("spread", number=part.number, end=limited[0].number, noun=limited[0].noun)]
        elif "moved" in told.flags:
            if numbers[0].phrase.link or numbers[0].phrase.start < slots.heads[0].phrase.start:
                yield [_level(numbers[0])]  # "more than 500 firms went bust"
        else:
            yield from _numbers(numbers)
        return
    beside = [item for item in numbers if _is_with(told, item)]
    own = [item for item in numbers if item not in beside]
    extra = [_level(item, "with") for item in beside]
    if told.role in ("change", "share") and own:
        for claims in _changes(told, own, slots) if told.role == "change" else _shares(own, slots):
            yield [*claims, *extra]
    elif told.role == "compare" and len(own) == 1 and told.number is None:
        number = own[0].number
        flags = told.flags | (
            {"more times"} if told.sign and number.kind == "times" and "comparative" in slots.kinds else set()
        )
        relates = slots.kinds not in (["relation"], ["crossing"]) or own[0].phrase.link == "by"
        if relates and "same" not in told.flags:
            yield [replace(told, number=number, noun=own[0].noun, flags=flags), *extra]
    elif told.role == "rank" and told.place == 1 and len(own) == 1 and _is_lead(own[0], slots.heads[0]):
        yield [Claim("compare", told.sign, own[0].number, noun=own[0].noun)]  # "14 points in front"
    elif told.role in ("rank", "record", "peak") and len(own) <= 1:
        yield [told, *map(_level, own), *extra]
    elif told.role == "step" and len(own) <= 1:
        yield [told, *(Claim("change", told.sign, item.number, noun=item.noun) for item in own), *extra]
    elif not own:
        yield [told, *extra]


def _is_lead(number: Item, head: Item) -> bool:
    """Return whether a number says by how much something is ahead: it stands right before the word."""
    led = number.phrase.link == "by" and number.phrase.start > head.phrase.start  # "led by 2,000"
    return led or (head.kind == "rank" and not number.phrase.link and 0 <= head.phrase.start - number.phrase.end <= 1)


def _is_with(told: Claim, item: Item) -> bool:
    """Return whether a number tells a value besides what the words claim: "leads, at 58"."""
    links = {"change": ("with", "on"), "share": ()}.get(told.role, ("with", "on", "at"))
    return item.kind == "number" and item.phrase.link in links


def _changes(told: Claim, numbers: Sequence[Item], slots: _Slots) -> Iterator[Claims]:
    """Read "rose by 60 %", "rose from 75 to 120", "fell to a third"."""
    if "vanished" in told.flags:
        told = replace(told, flags=frozenset())
    if told.sign == 0 and "change" in slots.kinds and told.number is None:
        if len(numbers) == 1 and numbers[0].phrase.link in ("to", "at"):
            yield [_level(numbers[0], "always")]  # "holds steady at 25 million"
        return
    if len(numbers) > 3 or any(item.phrase.link in _NO_AMOUNT for item in numbers):
        return  # "falls in the next two"
    head = slots.head(*slots.kinds)
    first = numbers[0]
    if (
        len(numbers) == 1
        and is_limit(first.number)
        and not first.phrase.link
        and first.phrase.start < head.phrase.start
    ):
        yield [_level(first)]  # "more than 50 mm of rain fell"
    if first.phrase.start < head.phrase.start and (
        is_count(first) or (first.of and first.number.kind in ("fraction", "percent"))
    ):
        return  # "three rising bars", "half of the year's rain had fallen by June"
    ends, amounts = replace(told, number=None), [told] if told.number else []
    for item in numbers:
        link = item.phrase.link or ("to" if item.number.text.casefold().startswith(_REACHED) else "")
        if link in ("to", "at") and ends.end is None:
            ends = replace(ends, end=item.number, noun=item.noun)
        elif link == "from" and ends.start is None:
            ends = replace(ends, start=item.number)
        elif not amounts and not (item.number.kind == "plain" and (ends.end or ends.start) and link != "by"):
            flags = {"by"} if link == "by" else set()
            amounts = [replace(told, number=item.number, noun=item.noun, flags=told.flags | flags)]
        else:
            return
    yield [*amounts, *([ends] if ends.start or ends.end else [])]


def is_limit(number: PrintedNumber) -> bool:
    """Return whether a number is one that many values fit: "more than 500", "up to 50"."""
    return number.low == 0 < number.high or number.high == math.inf


def _shares(numbers: Sequence[Item], slots: _Slots) -> Iterator[Claims]:
    if len(numbers) == 1:
        yield [Claim("share", number=numbers[0].number, noun=numbers[0].noun)]


def _times(item: Item) -> Claim:
    """Read "doubled" or "nearly halved"."""
    return Claim("change", 1 if item.number.value > 1 else -1, item.number)


def _rank(item: Item) -> Claim:
    place = {"second": 2, "third": 3}.get(item.value, item.nth)
    return Claim("rank", _SIGNS[item.value], place=place, flags=frozenset([item.value]), noun=item.noun)


def _level(item: Item, flag: str = "") -> Claim:
    flag = flag or {"of": "among", "between": "all"}.get(item.phrase.link, "")
    return Claim("level", number=item.number, noun=item.noun, flags=frozenset([flag] if flag else []))


def _is_part(item: Item) -> bool:
    return item.number.kind in ("fraction", "percent") or item.kind == "part"


def _numbers(items: Sequence[Item]) -> Iterator[Claims]:
    """Read numbers alone: a level, a share, a ratio, a part beyond a limit, a change, or a list of values."""
    if len(items) == 2:
        links = [item.phrase.link for item in items]
        if links in (["from", "to"], ["", "to"]):
            ends = Claim("change", 0, start=items[0].number, end=items[1].number, noun=items[1].noun)
            yield [replace(ends, flags=frozenset(["ends"]))]
            return
        part, limit = items
        limits = bool(limit.number.hedge or is_range(limit.phrase))
        counted = part.number.kind == "plain" and not part.phrase.link and is_range(limit.phrase)
        if limits and (counted or (_is_part(part) and limit.number.kind in ("plain", "points", "percent"))):
            yield [Claim("spread", number=part.number, end=limit.number, noun=limit.noun)]
            return
    if len(items) == 2 and items[0].of and items[1].phrase.link in ("", "of") and items[1].number.kind == "plain":
        yield [_level(items[0], "part"), _level(items[1], "whole")]  # "58 of 82 billion"
        return
    if len(items) > 1:
        yield [_level(item, "listed") for item in items]
        return
    (item,) = items
    number, of = item.number, item.of
    if item.phrase.link == "by" and not of:
        return  # "beaten by 45 billion", but "learned by 96 % of pupils"
    if item.kind == "part":
        yield [Claim("share", number=number, noun=item.noun, flags=frozenset(["part"]))]
    elif item.phrase.link == "from" and not of:
        yield [Claim("change", 0, start=number, noun=item.noun)]  # "both from 100 %"
    elif number.kind == "times":
        yield [Claim("compare", 0, number, noun=item.noun)]
    elif number.signed:
        yield [Claim("change", number.signed, number)]
    elif number.kind in ("percent", "fraction") and of:
        yield [Claim("share", number=number, noun=item.noun, flags=frozenset(["of"]))]
    else:
        yield [_level(item)]


def itinerary_in(items: Sequence[Item]) -> Claims:
    """Read "rises from 25 in 2016 to 33 in 2017 and 50 in 2018": a change, and a value at each of its times.

    And so "from 22 days for children to 142 for adults": a value of each name.
    """
    for place, other in (("when", "name"), ("name", "when")):
        core = [item for item in items if item.kind not in (other, "flag", "share")]
        moves = core[:1] if core and core[0].kind == "change" else []
        stops = core[len(moves) :]
        listed = [item.kind for item in stops] == ["number", place] * (len(stops) // 2)
        if len(stops) < 4 or not listed or not (moves or stops[0].phrase.link == "from"):
            continue
        told = place == "when" and moves and moves[0].value != "some" and stops[0].phrase.link == "from"
        change = [Claim("change", _SIGNS[moves[0].value])] if told else []
        return [*change, *(_level(item, "listed") for item in stops[::2])]
    return []
