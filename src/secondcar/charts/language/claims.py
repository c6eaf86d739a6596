"""Reads what a clause claims from the order of its phrases: one small pattern for each way people say it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from secondcar.charts.language.lexicon import role_of
from secondcar.charts.language.numbers import Number
from secondcar.charts.language.periods import When
from secondcar.charts.language.phrases import ARTICLES, Phrase
from secondcar.charts.language.tokens import Token

# A name in a text may mean several labels of the chart.
Named = tuple[str, ...]

_SIGNS = {
    "up": 1, "down": -1, "flat": 0, "some": 0, "more": 1, "less": -1, "equal": 0, "high": 1, "low": -1, "best": 1,
    "worst": -1, "first": 1, "last": -1, "second": 1, "third": 1, "peak": 1, "trough": -1, "wider": 1, "narrower": -1,
}  # fmt: skip
# What makes a clause one that a chart cannot bear out or deny.
_UNREAD = ("negation", "condition", "plan", "vague", "restriction", "cause")
# Of several meanings the first counts.
_CHOSEN = (
    "distance", "majority", *_UNREAD, "superlative", "record", "pace", "comparative", "level", "multiple", "change",
    "rank", "share", "extreme",
)  # fmt: skip
# Comparatives that need no "than" before what they compare with.
_PREPOSITIONS = {
    "above",
    "below",
    "behind",
    "ahead of",
    "over",
    "under",
    "in front of",
    "well above",
    "well below",
    "short of",
}


@dataclass(frozen=True)
class Claim:
    """One thing that a clause claims.

    Attributes:
        role: "change" (of a value in time, by a number or from one to another), "level" (a value), "compare" (one
            against another, by a number or without), "share" (of a whole), "rank", "step" (the largest change),
            "record", "peak", "crossing", "faster" (one change against another), "gap" or "relation" (of points).
        sign: 1 for up, more or highest; -1 for down, less or lowest; 0 for no change, the same, or either.
        number: by how much, how many times, or how large.
        start, end: the values from and to which something changed.
        names, bases: what is spoken of, and what it is compared with, by the labels of the chart.
        when, base_when: the times of either.
        place: of a rank; 1 is the first.
        flags: "all", "others", "together", "steady", "row", "again", "slight", "sharp", "then", "most", "year",
            "change" (the number tells a change) and the like.
        noun: the word behind a number, which says what it counts; "" for none.
        words: what no lexicon knows, in small letters.
        direction: of "faster": 1 where things grow, -1 where they fall.
        rate: "month" behind "15 billion a month"; "" for none.
        scale: 1e9 where "billion" stands in the clause: it may count for numbers without one, too.
    """

    role: str
    sign: int = 0
    number: Number | None = None
    start: Number | None = None
    end: Number | None = None
    names: tuple[Named, ...] = ()
    bases: tuple[Named, ...] = ()
    when: tuple[When, ...] = ()
    base_when: tuple[When, ...] = ()
    place: int = 1
    flags: frozenset[str] = frozenset()
    noun: str = ""
    words: tuple[str, ...] = ()
    scale: float = 1.0
    direction: int = 1
    rate: str = ""


@dataclass(frozen=True)
class _Item:
    """A phrase with the one role it has in its clause."""

    kind: str
    value: str
    phrase: Phrase
    noun: str = ""  # behind a number: what it counts
    of: bool = False  # "of" stands behind a number
    nth: int = 1  # "second" stands before a superlative
    rate: str = ""  # "month" behind "15 billion a month"

    @property
    def number(self) -> Number:
        assert self.phrase.number is not None
        return self.phrase.number


def claims_of(
    phrases: Sequence[Phrase], tokens: Sequence[Token], joined: str, subject: Sequence[Phrase]
) -> list[Claim] | None:
    """Read what a clause claims.

    Args:
        phrases: those of the clause.
        tokens: of the whole text.
        joined: the kind of word that joins it to the clause before.
        subject: the names of the clause before, which a clause without names of its own speaks of.

    Returns:
        Its claims; none where it only names something; None where something in it is not understood.
    """
    if joined == "cause":
        return None
    items = _items(phrases, tokens)
    if items is None:
        return None
    core = [item for item in items if item.kind not in ("name", "when", "flag")]
    if not core:
        return []
    items, core = _without_counts(items, core)
    claims = _frame(core) if _is_joined(core) else None
    if claims is None:
        return None
    return _with_context(claims, _shared(items, phrases, tokens, joined, subject), items)


def _items(phrases: Sequence[Phrase], tokens: Sequence[Token]) -> list[_Item] | None:
    """Give each phrase its role; None where one is of a kind that no chart can settle."""
    gap = any(phrase.roles.get("distance") == "gap" for phrase in phrases)
    aside = next((place for place, phrase in enumerate(phrases) if phrase.has("aside")), len(phrases))
    if any(phrase.kind in ("name", "number", "part") for phrase in phrases[aside:]):
        return None
    if any(phrase.link == "between" and phrase.kind != "when" for phrase in phrases) and not gap:
        return None  # "709 vehicles between the two plants"
    known = [phrase for phrase in phrases[:aside] if phrase.kind not in ("unknown", "sign")]
    items: list[_Item] = []
    nouns = {phrase.start for phrase in phrases if phrase.kind == "unknown"}
    paired = sum(phrase.has("comparative") for phrase in known) > 1
    for place, phrase in enumerate(known):
        behind = next((other for other in known[place + 1 :] if not _is_filler(other)), None)
        if phrase.has("condition") and any(other.kind == "part" for other in known):
            continue  # what people would do is a share of those who were asked
        equal = any(item.value in ("equal", "same") for item in items)
        role, value = _role(phrase, behind, tokens, phrase.start <= phrases[0].start + 1, equal, gap, paired, nouns)
        if role in _UNREAD:
            return None
        if role:
            of = phrase.end < len(tokens) and tokens[phrase.end].word == "of"
            noun = _noun_behind(phrase, tokens) if phrase.number else ""
            before = role_of(tokens[phrase.start - 1].word, "ordinal") if phrase.start else None
            if not before and tokens[phrase.start - 1].word == "-":
                before = role_of(tokens[phrase.start - 2].word, "ordinal")
            rate = _rate_behind(phrase, tokens) if phrase.number else ""
            items.append(_Item(role, value, phrase, noun, of, int(before or 1), rate))
    return items


def _without_counts(items: list[_Item], core: list[_Item]) -> tuple[list[_Item], list[_Item]]:
    """Take counts of what a clause speaks of for no amounts: "two plants made more", "12,500 cars in five cities"."""
    counts: dict[int, str] = {}
    first = core[0]
    opens = len(core) > 1 and first.kind == "number" and _is_count(first) and not first.phrase.link
    if opens and not _touch(first, core[1]):
        counts[id(first)] = f"first {first.number.value:g}"
    for item in core[1:]:
        if item.kind == "number" and _is_count(item) and item.phrase.link in ("in", "of", "over"):
            counts[id(item)] = f"set {item.number.value:g}"
    told = [replace(item, kind="flag", value=counts[id(item)]) if id(item) in counts else item for item in items]
    return told, [item for item in core if id(item) not in counts]


def _is_count(item: _Item) -> bool:
    number = item.number
    small = number.value in range(2, 21) and number.kind == "plain" and number.scale == 1 and not number.currency
    return small and bool(item.noun) and not number.hedge


def _touch(one: _Item, other: _Item) -> bool:
    return other.phrase.start == one.phrase.end


def _is_joined(core: Sequence[_Item]) -> bool:
    """Return whether a number stands right before what it measures: "60 % more", not "two plants made more"."""
    pairs = ((a, b) for a, b in pairwise(core) if a.kind == "number" and b.kind == "comparative")
    return all(b.phrase.start - a.phrase.end <= (1 if a.noun else 0) for a, b in pairs)


def _is_filler(phrase: Phrase) -> bool:
    return phrase.kind == "word" and phrase.roles.keys() <= {"attribution", "extent", "course", "link", "joint"}


def _role(
    phrase: Phrase,
    behind: Phrase | None,
    tokens: Sequence[Token],
    first: bool,
    equal: bool,
    gap: bool,
    paired: bool,
    nouns: set[int],
) -> tuple[str, str]:
    """Choose the role of a phrase by what stands around it; "" for a word that only joins.

    Args:
        phrase: the phrase.
        behind: the next one that is more than a filler.
        tokens: of the text.
        first: it opens the clause.
        equal: "as many" or "the same" stands before it.
        gap: the clause speaks of a distance between two things.
        paired: it has two comparatives, as "the more ..., the better ..." has.
        nouns: the places of words that no lexicon knows.
    """
    if phrase.number and phrase.number.kind in ("multiple", "often"):
        return ("multiple", "") if phrase.number.kind == "multiple" else ("vague", "")
    if phrase.kind != "word":
        return phrase.kind, ""
    roles = phrase.roles
    number_next = behind is not None and behind.kind == "number"
    name_next = behind is not None and (
        behind.kind == "name" or (behind.kind == "when" and not behind.link) or "everyone" in behind.roles
    )
    if "threshold" in roles and number_next and roles["threshold"] != "at":
        return "threshold", roles["threshold"]
    if name_next:
        for role in ("crossing", "relation"):
            if role in roles:
                return role, roles[role]
    if "extreme" in roles and (number_next or "record" not in roles):
        return "extreme", roles["extreme"]
    if roles.get("link") == "as" and equal:
        return "than", ""
    if "link" in roles and roles["link"] == "than" and (behind is None or behind.kind != "number" or len(roles) == 1):
        return "than", ""
    word = tokens[phrase.start].word
    if word == "most" and "superlative" in roles and first and phrase.end - phrase.start == 1 and not phrase.link:
        before = tokens[phrase.start - 1].word if phrase.start else ""
        return ("superlative", "high") if before == "the" else ("majority", "most")
    for role in _CHOSEN:
        if role not in roles or (role == "distance" and not gap):
            continue
        if role == "change" and roles[role] == "flat" and phrase.end in nouns:
            continue  # "flat prices", "stable jobs"
        if role == "comparative" and phrase.start and tokens[phrase.start - 1].word == "the" and not paired:
            return "vague", ""  # "the smaller plant"
        if role == "change" and roles[role] == "flat" and behind is not None and behind.has("change"):
            return "flag", "steady"  # "steady growth"
        return role, roles[role]
    for role in ("course", "extent", "everyone"):
        if role in roles:
            return "flag", roles[role]
    return "", ""


def _rate_behind(phrase: Phrase, tokens: Sequence[Token]) -> str:
    """Return the time that "a month" or "per year" names within the two words behind a number."""
    for place in range(phrase.end, min(phrase.end + 3, len(tokens) - 1)):
        if tokens[place].word in ("a", "per", "each", "every") and role_of(tokens[place + 1].word, "span"):
            return tokens[place + 1].word
    return ""


def _noun_behind(phrase: Phrase, tokens: Sequence[Token]) -> str:
    """Return the word behind a number that says what it counts."""
    place = phrase.end
    while place < len(tokens) and tokens[place].word in ("new", "of", "the", "more", "passenger"):
        place += 1
    if place >= len(tokens) or tokens[place].kind != "word":
        return ""
    if any(role_of(tokens[place].word, role) for role in ("link", "joint", "ago")):
        return ""
    return tokens[place].word


def _frame(core: Sequence[_Item]) -> list[Claim] | None:
    """Match the words that carry a claim, in their order, with the ways there are to say it."""
    if len(core) > 1:  # "the share of buses has doubled": the subject of another claim
        rest = [item for item in core if item.kind != "share" or item.value != "of"]
        core = rest if any(item.kind not in ("number", "part") for item in rest) else core
    kinds = [item.kind for item in core]
    signs = [_SIGNS.get(item.value, 0) for item in core]
    values = [item.value for item in core]
    match kinds:
        case ["change"]:
            return [] if values[0] == "some" else [Claim("change", signs[0])]
        case ["change", "change"] if signs[0] == signs[1] or values[1] == "some":
            return [Claim("change", signs[0])]
        case ["change", *numbers] if numbers and set(numbers) <= {"number", "part"} and len(numbers) <= 3:
            return _changes(signs[0], core[1:])
        case ["number", "change"] | ["number", "change", "than"]:
            return _changes(signs[1], core[:1])
        case ["number", "number", "change"]:
            return _changes(signs[2], core[:2])
        case ["multiple"] | ["multiple", "change"]:
            return [_times(core[0])]
        case ["change", "multiple"] if signs[0] > 0 or core[1].number.value > 1:
            return [replace(_times(core[1]), sign=signs[0])]
        case ["multiple", *numbers] if set(numbers) == {"number"} and len(numbers) <= 2:
            return [_times(core[0]), *(_changes(0, core[1:]) or [])]
        case ["number", "comparative"] | ["number", "comparative", "than"]:
            return [_difference(core[0], core[1])]
        case ["comparative", "number"] | ["comparative", "than", "number"] if core[-1].phrase.link == "by":
            return [_difference(core[-1], core[0])]
        case ["comparative", "than", "number"]:
            over = "over" if signs[0] > 0 else "under"
            return [_threshold(replace(core[0], value=over), core[2])]
        case ["comparative"] | ["comparative", "than"]:
            return [Claim("compare", signs[0])]
        case ["level"] | ["level", "than"]:
            return [Claim("compare", 0)]
        case ["comparative", "comparative"] if 0 not in signs:
            return [Claim("relation", signs[0] * signs[1])]
        case ["change", "pace", "than"]:
            return [Claim("faster", _SIGNS[values[1]], direction=signs[0] or 1)]
        case ["superlative"] | ["rank"]:
            return [_rank(core[0])]
        case ["superlative", "rank"] | ["rank", "superlative"] if signs[0] == signs[1]:
            return [_rank(core[0])]
        case ["superlative" | "rank", "number"] | ["number", "superlative" | "rank"]:
            ranked, number = (core[0], core[1]) if kinds[1] == "number" else (core[1], core[0])
            return [_rank(ranked), _level(number)]
        case ["superlative", "change"] | ["change", "superlative"]:
            step = core[kinds.index("change")]
            return [Claim("step", _SIGNS[step.value])] if signs[kinds.index("superlative")] > 0 else None
        case ["record"] | ["record", "change"]:
            return [Claim("record", signs[0])]
        case ["record", "number"] | ["number", "record"]:
            number = core[kinds.index("number")]
            return [Claim("record", signs[kinds.index("record")]), _level(number)]
        case ["relation"]:
            return [Claim("compare", signs[0])]
        case ["relation", "number"]:
            return [_difference(core[1], core[0])]
        case ["crossing"]:
            return [Claim("crossing", signs[0])]
        case ["extreme"]:
            return [Claim("peak", signs[0])]
        case ["extreme", "number"]:
            return [Claim("peak", signs[0]), _level(core[1])]
        case ["threshold", "number"] | ["change", "threshold", "number"]:
            return [_threshold(core[-2], core[-1])]
        case ["majority"]:
            return [Claim("share", 1, flags=frozenset([values[0]]))]
        case ["distance", "distance" | "change"] | ["change", "distance"]:
            return _gap(core)
        case ["part"]:
            return [Claim("share", number=core[0].number, noun=core[0].noun, flags=frozenset(["part"]))]
        case ["part", "part"] | ["part", "number"] | ["number", "part"]:
            return _from_to(core)
        case ["share", "number"] | ["share", "part"] | ["number", "share"]:
            number = core[0] if kinds[0] == "number" else core[1]
            return [Claim("share", number=number.number, noun=number.noun)]
        case ["share", "change", *numbers] if numbers and set(numbers) == {"number"}:
            return _changes(signs[1], core[2:])
        case ["share", "change"]:
            return [Claim("change", signs[1])]
        case _ if set(kinds) == {"number"}:
            return _numbers(core)
    return None


def _changes(sign: int, numbers: Sequence[_Item]) -> list[Claim] | None:
    """Read "rose by 60 %", "rose from 75 to 120", "fell to a third"."""
    claim = Claim("change", sign)
    amounts: list[Claim] = []
    for item in numbers:
        link = item.phrase.link
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


def _times(item: _Item) -> Claim:
    """Read "doubled" or "nearly halved"."""
    return Claim("change", 1 if item.number.value > 1 else -1, item.number)


def _difference(number: _Item, compared: _Item) -> Claim:
    """Read "60 % more", "19,000 fewer", "1.6 times as many", "three times higher"."""
    flags = {"more times"} if compared.value != "equal" and number.number.kind == "times" else set()
    return Claim("compare", _SIGNS[compared.value], number.number, noun=number.noun, flags=frozenset(flags))


def _rank(item: _Item) -> Claim:
    place = {"second": 2, "third": 3}.get(item.value, item.nth)
    return Claim("rank", _SIGNS[item.value], place=place, flags=frozenset([item.value]))


def _level(item: _Item) -> Claim:
    return Claim(
        "level", number=item.number, noun=item.noun, flags=frozenset(["among"] if item.phrase.link == "of" else [])
    )


def _threshold(word: _Item, item: _Item) -> Claim:
    number = item.number
    if number.hedge == "" and word.value.endswith("over"):
        number = replace(number, low=number.value, high=float("inf"), hedge="over")
    elif number.hedge == "" and word.value.endswith("under"):
        number = replace(number, low=0.0, high=number.value, hedge="under")
    flag = "always" if word.value.startswith("stay") else "threshold"
    return Claim("level", number=number, noun=item.noun, flags=frozenset([flag]))


def _gap(core: Sequence[_Item]) -> list[Claim] | None:
    moves = [item for item in core if item.value in ("wider", "narrower", "up", "down")]
    return [Claim("gap", _SIGNS[moves[0].value])] if len(moves) == 1 else None


def _from_to(core: Sequence[_Item]) -> list[Claim] | None:
    links = [item.phrase.link for item in core]
    if links in (["from", "to"], ["", "to"]):
        return [
            Claim("change", 0, start=core[0].number, end=core[1].number, noun=core[1].noun, flags=frozenset(["ends"]))
        ]
    return None


def _numbers(core: Sequence[_Item]) -> list[Claim] | None:
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
    if number.kind == "times":
        return [Claim("compare", 0, number, noun=noun)]
    if number.signed:
        return [Claim("change", number.signed, number)]
    if number.kind in ("percent", "fraction") and of:
        return [Claim("share", number=number, noun=noun, flags=frozenset(["of"]))]
    return [Claim("level", number=number, noun=noun)]


@dataclass(frozen=True)
class _Shared:
    """What all claims of a clause share."""

    names: tuple[Named, ...]
    bases: tuple[Named, ...]
    when: tuple[When, ...]
    base_when: tuple[When, ...]
    flags: frozenset[str]
    words: tuple[str, ...]


def _shared(
    items: Sequence[_Item], phrases: Sequence[Phrase], tokens: Sequence[Token], joined: str, subject: Sequence[Phrase]
) -> _Shared:
    marker = _base_marker(items, tokens)
    before, behind = items[:marker], items[marker:]
    names = tuple(item.phrase.names for item in before if item.kind == "name")
    bases = tuple(item.phrase.names for item in behind if item.kind == "name")
    when = tuple(item.phrase.when for item in before if item.phrase.when)
    # "More than Astana in 2018" is a time of both; "more than in 2017 in 2018" has one of each.
    times = [item.phrase.when for item in behind if item.phrase.when]
    base_when, when = ((), (*when, *times)) if bases else (tuple(times[:1]), (*when, *times[1:]))
    flags = {item.value for item in items if item.kind == "flag"}
    if "row" in flags and (count := _count_before_row(items, tokens)):
        flags.add(f"row {count}")
    if joined == "then":
        flags.add("then")
    words = tuple(tokens[phrase.start].word for phrase in phrases if phrase.kind == "unknown")
    words = tuple(word for word in words if word not in ARTICLES)
    if joined and not (names or bases or words):
        names = tuple(phrase.names for phrase in subject)
    return _Shared(names, bases, when, base_when, frozenset(flags), words)


def _count_before_row(items: Sequence[_Item], tokens: Sequence[Token]) -> int:
    """Return how many "for the third year in a row" or "three years running" counts, 0 where nothing does."""
    start = next(item.phrase.start for item in items if item.value == "row")
    for token in reversed(tokens[max(0, start - 3) : start]):
        if count := role_of(token.word, "ordinal") or role_of(token.word, "count"):
            return int(count)
    return 0


def _base_marker(items: Sequence[_Item], tokens: Sequence[Token]) -> int:
    """Return the place of the first item that something is compared with."""
    for place, item in enumerate(items):
        word = " ".join(token.word for token in tokens[item.phrase.start : item.phrase.end])
        if item.kind in ("than", "relation", "crossing") or (item.kind == "comparative" and word in _PREPOSITIONS):
            return place
        behind_part = place and items[place - 1].phrase.number and items[place - 1].number.kind != "plain"
        if item.kind in ("name", "when") and (item.phrase.link == "as" or (behind_part and item.phrase.link == "of")):
            return place
    return len(items)


def _with_context(claims: Sequence[Claim], shared: _Shared, items: Sequence[_Item]) -> list[Claim]:
    """Give each claim the names and times of its clause; in a list of numbers each has its own."""
    scale = max((item.number.scale for item in items if item.phrase.number), default=1.0)
    listed = bool(claims) and all("listed" in claim.flags for claim in claims)
    own = _own_contexts(items) if listed else None
    told = []
    for place, claim in enumerate(claims):
        names, when = shared.names, shared.when
        if own:
            names = tuple(item.phrase.names for item in own[place] if item.kind == "name")
            when = tuple(item.phrase.when for item in own[place] if item.phrase.when)
        number = claim.number
        rate = next((item.rate for item in items if item.phrase.number is number and number), "")
        if number and number.kind == "fraction" and claim.role == "compare" and "anew" in shared.flags:
            number = replace(number, value=1 + number.value, low=1 + number.low, high=1 + number.high, kind="times")
        told.append(
            replace(
                claim,
                number=number,
                names=names,
                bases=shared.bases,
                when=when,
                base_when=shared.base_when,
                flags=claim.flags | shared.flags | ({"own"} if own and _has_own(own) else set()),
                words=shared.words,
                scale=scale,
                rate=rate,
            )
        )
    return told


def _has_own(own: Sequence[Sequence[_Item]]) -> bool:
    return len({tuple(id(item) for item in items) for items in own}) == len(own) > 1


def _own_contexts(items: Sequence[_Item]) -> list[list[_Item]]:
    """Return the names and times of each number in a list: "Almaty 8 in 2017 and 9 in 2018, Astana 5 and 6"."""
    row = [item for item in items if item.kind in ("name", "when", "number")]
    places = [place for place, item in enumerate(row) if item.kind == "number"]
    behind = [row[place + 1] if place + 1 < len(row) and row[place + 1].kind != "number" else None for place in places]
    before = [row[place - 1] if place and row[place - 1].kind != "number" else None for place in places]
    chosen = behind if all(behind) and (row[-1].kind != "number") else before if all(before) else [None] * len(places)
    used = {id(item) for item in chosen if item is not None}
    shared = [item for item in row if item.kind != "number" and id(item) not in used]
    return [[*shared, *([item] if item is not None else [])] for item in chosen]
