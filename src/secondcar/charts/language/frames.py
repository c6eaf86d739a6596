"""The ways people say things: the roles of a clause in their order, and what they claim together."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from secondcar.charts.language.claims import Claim
from secondcar.charts.language.lexicon import role_of
from secondcar.charts.language.periods import When
from secondcar.charts.language.roles import Item, is_count, is_range

# Behind a change these give what a value has become: "climbs above 300".
_REACHED = ("above ", "below ", "under ", "past ")
_SIGNS = {
    "up": 1, "down": -1, "gone": -1, "flat": 0, "some": 0, "more": 1, "less": -1, "equal": 0, "high": 1, "low": -1,
    "best": 1, "worst": -1, "first": 1, "last": -1, "second": 1, "third": 1, "peak": 1, "trough": -1, "reach": 1,
    "beat": 1, "better": 1, "worse": -1, "surplus": 1, "deficit": -1,
}  # fmt: skip


# A number behind these is no amount of a change.
_NO_AMOUNT = {"in", "over", "among", "between", "out-of", "since", "until", "after", "before"}
# What is better, nobody knows from numbers alone.
_VALUED = {"better", "worse"}
_PLAIN = {"better": "up", "worse": "down"}


def claims_in(core: Sequence[Item]) -> list[Claim] | None:
    """Match the words that carry a claim, in their order, with the ways there are to say it."""
    if sum(item.kind == "side" for item in core) > 1:
        return None  # "from deficit to surplus and back"
    if [item.kind for item in core] == ["change", "side"] and core[1].phrase.link in ("to", "in"):
        return [Claim("side", _SIGNS[core[1].value])]  # "falls into deficit"
    for kind, value in (("distance", "gap"), ("share", "of"), ("side", "surplus"), ("side", "deficit")):
        rest = [item for item in core if (item.kind, item.value) != (kind, value)]
        told = any(item.kind not in ("number", "part") for item in rest) or kind in ("distance", "side")
        told &= [item.kind for item in rest] != ["majority"]
        if rest and len(rest) < len(core) and told:  # "the share of buses has doubled": the subject of another claim
            claims = claims_in([_as_change(item) for item in rest])
            return claims and [replace(claim, of=value if value != "of" else "share") for claim in claims]
    valued = frozenset({item.value for item in core if item.kind == "change"} & _VALUED)
    if valued:  # "improves to 3.2 %"
        claims = claims_in([replace(item, value=_PLAIN.get(item.value, item.value)) for item in core])
        return claims and [replace(claim, flags=claim.flags | valued) for claim in claims]
    kinds = [item.kind for item in core]
    signs = [_SIGNS.get(item.value, 0) for item in core]
    values = [item.value for item in core]
    match kinds:
        case ["change"]:
            flags = frozenset({"gone": ["vanished"], "same": ["same"]}.get(values[0], []))
            return [] if values[0] == "some" else [Claim("change", signs[0], flags=flags)]
        case ["change", "change"] if "some" in values:
            return [Claim("change", signs[0] or signs[1])]
        case ["change", "change" | "pace"] if signs[0] and signs[1]:  # "growth picks up", "the fall slows"
            return [Claim("pace", signs[1], direction=signs[0])]
        case ["change", "superlative" | "rank", "superlative" | "rank"] if core[2].phrase.link == "to":
            ends = (When("first"), When("latest"))  # "goes from second worst to best"
            return [replace(_rank(item), when=(time,)) for item, time in zip(core[1:], ends, strict=True)]
        case ["change", "number"] if values[0] == "flat" and core[1].phrase.link in ("to", "at"):
            return [replace(_level(core[1]), flags=frozenset(["always"]))]  # "holds steady at 25 million"
        case ["change", *numbers] if values[0] == "some" and not core[1].phrase.link:
            return None  # "fewer than 400 went abroad" is a value, "went up by 400" a change
        case ["number", "change"] if is_count(core[0]):  # "three rising bars"
            return None
        case ["number", "change"] if values[1] == "some":  # "more than 500 firms went bust"
            return [_level(core[0])]
        case ["change", "number"] if core[1].number.text.casefold() in ("once", "twice") and not core[1].phrase.link:
            return (
                [Claim("change", signs[0], flags=frozenset([f"often {core[1].number.value:g}"]))]
                if signs[0] < 0
                else None
            )
        case ["change", *numbers] if numbers and set(numbers) <= {"number", "part"} and len(numbers) <= 3:
            return _changes(signs[0], core[1:])
        case ["number", "change", *_] if core[0].of and core[0].number.kind in ("fraction", "percent"):
            return None  # "half of the year's rain had fallen by June"
        case ["number", "change"] | ["number", "change", "than"]:
            claims = _changes(signs[1], core[:1])
            summed = kinds[-1] == "change" and core[0].number.kind == "plain"  # "300 mm fell in the last three months"
            return claims and [
                replace(claim, flags=claim.flags | ({"or sum"} if summed else set())) for claim in claims
            ]
        case ["number", "number", "change"]:
            return _changes(signs[2], core[:2])
        case ["multiple"] | ["multiple", "change"]:
            return [_times(core[0])]
        case ["change", "multiple"] if signs[0] > 0 or core[1].number.value > 1:
            return [replace(_times(core[1]), sign=signs[0])]
        case ["multiple", *numbers] if set(numbers) == {"number"} and len(numbers) <= 2:
            return [_times(core[0]), *(_changes(0, core[1:]) or [])]
        case ["number", "than"] if core[0].number.kind not in ("plain", "points"):
            return [Claim("compare", 0, core[0].number, noun=core[0].noun)]  # "five times as many in May as in June"
        case ["number", "comparative"] | ["number", "comparative", "than"]:
            return [_difference(core[0], core[1])]
        case ["comparative", "number"] | ["comparative", "than", "number"] if core[-1].phrase.link == "by":
            return [_difference(core[-1], core[0])]
        case ["comparative", "than", "number"]:
            over = "over" if signs[0] > 0 else "under"
            return [_threshold(replace(core[0], value=over), core[2])]
        case ["comparative"] if values[0] == "equal":
            return None  # "as much", and nothing that it is as much as
        case ["comparative"] | ["comparative", "than"]:
            return [Claim("compare", signs[0], flags=frozenset({values[0]} & _VALUED))]
        case ["than", "number"]:
            return [replace(_level(core[1]), flags=frozenset(["against"]))]
        case ["level"] | ["level", "than"]:
            return [Claim("compare", 0, flags=frozenset(["same"]))]
        case ["comparative", "comparative"] if 0 not in signs:
            return [Claim("relation", signs[0] * signs[1])]
        case ["pace", "than"]:  # "slower than": takes longer, or goes at a lower speed
            return [Claim("compare", _SIGNS[values[0]], flags=frozenset(["speed"]))]
        case ["number", "pace", "than"]:
            return [Claim("compare", signs[1], core[0].number, noun=core[0].noun, flags=frozenset(["speed"]))]
        case ["change", "pace", "than"]:
            return [Claim("faster", _SIGNS[values[1]], direction=signs[0] or 1)]
        case ["superlative"] | ["rank"]:
            return [_rank(core[0])]
        case ["of-two"]:
            return [Claim("rank", signs[0], flags=frozenset(["of-two"]))]
        case ["superlative", "rank"] | ["rank", "superlative"] if signs[0] == signs[1]:
            return [_rank(core[0])]
        case ["rank", "number"] if core[1].phrase.link == "by" and signs[0]:
            return [replace(_difference(core[1], core[0]), flags=frozenset(["others"]))]
        case ["change", "rank"] if core[1].phrase.link in ("to", "into"):  # "slips to third"
            return [replace(_rank(core[1]), when=(When("latest"),), flags=frozenset(["first", "loose"]))]
        case ["approach", *numbers] if set(numbers) <= {"number"}:
            return claims_in([replace(core[0], kind="distance", value="gap"), _as_change(core[0]), *core[1:]])
        case ["superlative" | "rank", "number"] | ["number", "superlative" | "rank"]:
            ranked, number = (core[0], core[1]) if kinds[1] == "number" else (core[1], core[0])
            return [_rank(ranked), _level(number)]
        case ["superlative", "change"] | ["change", "superlative"]:
            step, ranked = core[kinds.index("change")], core[kinds.index("superlative")]
            first = signs[kinds.index("superlative")] > 0 and ranked.nth == 1
            return [Claim("step", _SIGNS[step.value])] if first else None
        case ["record"] | ["record", "change"]:
            return [Claim("record", signs[0])]
        case ["record", "number"] | ["number", "record"]:
            number = core[kinds.index("number")]
            return [Claim("record", signs[kinds.index("record")]), _level(number)]
        case ["relation"]:
            return [Claim("compare", signs[0], flags=frozenset({values[0]} & {"reach", "beat"}))]
        case ["relation" | "crossing", "number"] if core[1].phrase.link == "by":
            return [_difference(core[1], core[0])]
        case ["crossing"]:
            return [Claim("crossing", signs[0])]
        case ["extreme"]:
            return [Claim("peak", signs[0])]
        case ["threshold", "number"] | ["change", "threshold", "number"]:
            return [_threshold(core[-2], core[-1])]
        case ["majority", "change"] | ["part", "change"] if values[1] == "some":
            return claims_in(core[:1])  # "most waste goes to landfill"
        case ["share", "majority"]:
            return [Claim("share", 1, flags=frozenset([values[1]]))]
        case ["number" | "part", "number"] if (
            core[1].number.kind in ("plain", "points")
            and _is_part(core[0])
            and (core[1].number.hedge or is_range(core[1].phrase))
        ):
            return [Claim("spread", number=core[0].number, end=core[1].number, noun=core[1].noun)]
        case ["number" | "part", "comparative", "than", "number"] if (
            core[0].kind == "part" or core[0].number.kind == "plain" or core[0].of
        ):  # "30 took longer than an hour"
            limit = _threshold(replace(core[1], value="over" if signs[1] > 0 else "under"), core[3]).number
            return [Claim("spread", number=core[0].number, end=limit, noun=core[3].noun)]
        case ["number" | "part", "threshold", "number"] if _is_part(core[0]):
            return [Claim("spread", number=core[0].number, end=_threshold(*core[1:]).number, noun=core[2].noun)]
        case ["side"]:
            return [Claim("side", signs[0])]
        case ["majority", "side"]:
            return [Claim("side", signs[1], flags=frozenset(["most-of"]))]
        case ["majority"]:
            return [Claim("share", 1, flags=frozenset([values[0]]))]
        case ["rank" | "change", "number", "comparative"] if signs[0] == signs[2] or values[0] == "up":
            return [_difference(core[1], core[2])]  # "lags 11 points behind"
        case ["majority", "comparative", "than", "number"] | ["majority", "threshold", "number"]:
            claims = claims_in(core[1:])
            return claims and [replace(claim, flags=claim.flags - {"threshold"} | {"most-of"}) for claim in claims]
        case ["majority", "number"]:
            return [replace(_level(core[1]), flags=frozenset(["most-of"]))]
        case ["change", "record"] | ["threshold", "record"]:
            return [Claim("record", signs[1])]
        case ["change", "extreme", "number"] | ["extreme", "number"]:
            return [Claim("peak", signs[-2]), _level(core[-1])]
        case ["change", "number", "extreme", "number"]:
            return [*(_changes(signs[0], core[1:2]) or []), Claim("peak", signs[2]), _level(core[3])]
        case ["change", "extreme"]:
            return [Claim("peak", signs[1])]
        case ["part"]:
            return [Claim("share", number=core[0].number, noun=core[0].noun, flags=frozenset(["part"]))]
        case ["part", "part"] | ["part", "number"] | ["number", "part"]:
            return _from_to(core)
        case ["number", "share", "number" | "part"] if core[0].noun == "s":  # "under-40s hold a quarter of the seats"
            return [Claim("spread", number=core[2].number, end=core[0].number)]
        case ["share", "number"] | ["share", "part"] | ["number", "share"]:
            number = core[0] if kinds[0] == "number" else core[1]
            return [Claim("share", number=number.number, noun=number.noun)]
        case ["share", "change", *numbers] if numbers and set(numbers) == {"number"}:
            return _changes(signs[1], core[2:])
        case ["share", "change"]:
            return [Claim("change", signs[1])]
        case _ if set(kinds) == {"number"}:
            return _numbers(core)
    if len(core) > 1 and kinds[-1] in ("number", "part") and core[-1].phrase.link in ("with", "on", "at"):
        claims = claims_in(core[:-1])  # "leads with 58": and so much it has itself
        return claims and [*claims, replace(_level(core[-1]), flags=frozenset(["with"]))]
    return None


def itinerary_in(items: Sequence[Item]) -> list[Claim]:
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
        return [*change, *(replace(_level(item), flags=frozenset(["listed"])) for item in stops[::2])]
    return []


def _changes(sign: int, numbers: Sequence[Item]) -> list[Claim] | None:
    """Read "rose by 60 %", "rose from 75 to 120", "fell to a third"."""
    claim = Claim("change", sign)
    amounts: list[Claim] = []
    for item in numbers:
        if item.phrase.link in _NO_AMOUNT:
            return None  # "falls in the next two"
        link = "to" if item.number.text.casefold().startswith(_REACHED) else item.phrase.link
        if link in ("to", "at") and claim.end is None:
            claim = replace(claim, end=item.number, noun=item.noun)
        elif link == "from" and claim.start is None:
            claim = replace(claim, start=item.number)
        elif not amounts and not (item.number.kind == "plain" and (claim.end or claim.start) and link != "by"):
            amounts = [
                Claim("change", sign, item.number, noun=item.noun, flags=frozenset(["by"] if link == "by" else []))
            ]
        else:
            return None
    has_ends = claim.start is not None or claim.end is not None
    return [*amounts, *([claim] if has_ends else [])]


def _times(item: Item) -> Claim:
    """Read "doubled" or "nearly halved"."""
    return Claim("change", 1 if item.number.value > 1 else -1, item.number)


def _difference(number: Item, compared: Item) -> Claim:
    """Read "60 % more", "19,000 fewer", "1.6 times as many", "three times higher"."""
    flags = {compared.value} & _VALUED
    flags |= {"more times"} if compared.value != "equal" and number.number.kind == "times" else set()
    return Claim("compare", _SIGNS[compared.value], number.number, noun=number.noun, flags=frozenset(flags))


def _rank(item: Item) -> Claim:
    place = {"second": 2, "third": 3}.get(item.value, item.nth)
    return Claim("rank", _SIGNS[item.value], place=place, flags=frozenset([item.value]))


def _level(item: Item) -> Claim:
    flag = {"of": "among", "between": "all"}.get(item.phrase.link)
    return Claim("level", number=item.number, noun=item.noun, flags=frozenset([flag] if flag else []))


def _threshold(word: Item, item: Item) -> Claim:
    number = item.number
    if word.value == "beats":
        word = replace(word, value="under" if (role_of(item.noun, "size") or "").startswith("time") else "over")
    if number.hedge == "" and word.value.endswith("over"):
        number = replace(number, low=number.value, high=float("inf"), hedge="over")
    elif number.hedge == "" and word.value.endswith("under"):
        number = replace(number, low=0.0, high=number.value, hedge="under")
    flag = "always" if word.value.startswith("stay") else "threshold"
    return Claim("level", number=number, noun=item.noun, flags=frozenset([flag]))


def _is_part(item: Item) -> bool:
    return item.number.kind in ("fraction", "percent") or item.kind == "part"


def _as_change(item: Item) -> Item:
    """Take "widens" and "narrows" for changes: of the distance that the clause speaks of."""
    move = {"wider": "up", "narrower": "down"}.get(item.value)
    return replace(item, kind="change", value=move) if move else item


def _from_to(core: Sequence[Item]) -> list[Claim] | None:
    links = [item.phrase.link for item in core]
    if links in (["from", "to"], ["", "to"]):
        return [
            Claim("change", 0, start=core[0].number, end=core[1].number, noun=core[1].noun, flags=frozenset(["ends"]))
        ]
    return None


def _numbers(core: Sequence[Item]) -> list[Claim] | None:
    """Read numbers alone: a level, a share, a ratio, or a list of values."""
    if len(core) == 2 and (ends := _from_to(core)):
        return ends
    if any(one.of and other.phrase.link == "of" for one, other in pairwise(core)):
        return None  # "13,725 of 14,574"
    if len(core) > 1:
        return [Claim("level", number=item.number, noun=item.noun, flags=frozenset(["listed"])) for item in core]
    number, noun, of = core[0].number, core[0].noun, core[0].of
    if core[0].phrase.link == "by":
        return None  # "beaten by 45 billion"
    if core[0].phrase.link == "from" and not of:
        return [Claim("change", 0, start=number, noun=noun)]  # "both from 100 %"
    if core[0].phrase.link == "to" and number.kind in ("percent", "fraction") and of:
        return [Claim("change", 0, end=number)]  # "cut to 30 % of what it was"
    if number.kind == "times":
        return [Claim("compare", 0, number, noun=noun)]
    if number.signed:
        return [Claim("change", number.signed, number)]
    if number.kind in ("percent", "fraction") and of:
        return [Claim("share", number=number, noun=noun, flags=frozenset(["of"]))]
    return [_level(core[0])]
