"""Groups the words of a text into phrases: names of the chart, times, numbers, and words of the lexicon."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import takewhile

from secondcar.charts.language.ideas import mentions
from secondcar.charts.language.lexicon import Roles, meanings, role_of, size_ratio, words_for
from secondcar.charts.language.numbers import PrintedNumber, number_at, part_apart, part_at
from secondcar.charts.language.periods import (
    When,
    is_weekday,
    names_only_time,
    period_in,
    read_period,
    weekday_of,
    when_at,
)
from secondcar.charts.language.tokens import Token, is_tight, tokens_of
from secondcar.charts.language.units import scale_and_unit_at

# Behind these "first" is a rank, and no beginning.
_RANKED = {"finish", "finishes", "finished", "come", "comes", "came", "rank", "ranks", "ranked", "placed", "is", "are"}
# So near behind "as warm" another "as" stands, as in "as warm in Ostia as".
_LONGEST_EQUAL = 6
# Of words of one family so much is common, and no more than the ending differs.
_SHORTEST_ROOT, _LONGEST_ENDING = 4, 3
_IRREGULAR = {
    "women": "woman",
    "men": "man",
    "children": "child",
    "people": "person",
    "lives": "life",
    "halves": "half",
}
# Words that a label shares with any sentence name nothing.
_COMMON = {"the", "a", "an", "of", "in", "on", "at", "and", "or", "to", "by", "for", "with", "per", "from", "all", "no"}
# Roles that a word may have in a clause; others mean something only within a number, a time or a unit.
_IN_CLAUSES = {
    "change", "multiple", "comparative", "level", "superlative", "record", "rank", "relation", "crossing", "threshold",
    "approach", "winning", "extreme", "extremum", "pace", "course", "extent", "share", "majority", "everyone", "only",
    "except", "distance", "side", "negation", "condition", "plan",
    "cause", "aside", "restriction", "per-head", "vague", "attribution", "link", "joint", "quality",
}  # fmt: skip
ARTICLES = {"a", "an", "the"}
OWN = {"its", "their", "his", "her", "our", "your", "my"}
# Roles of words that make a claim one of other values, unless the axes say them, too.
_LIMITING = {"restriction", "vague", "per-head", "negation", "relation", "crossing"}
# Roles that carry a claim: a piece without any belongs to the one beside it.
RELATING = (
    "change", "multiple", "comparative", "superlative", "record", "rank", "winning", "relation", "crossing", "approach",
    "extreme", "extremum", "majority", "distance", "side", "level", "pace",
)  # fmt: skip
TELLING = (*RELATING, "vague")
HEADS = (*TELLING, "negation", "threshold", "share", "condition", "plan", "restriction")


@dataclass(frozen=True)
class Phrase:
    """Some words that belong together.

    Attributes:
        kind: "name", "when", "number", "part" ("one in three"), "word" of the lexicon, "sign", or "unknown".
        start, end: its tokens.
        roles: what a word of the lexicon may mean.
        link: the word that joins it to those before: "by", "to", "from", "of", "than"; "" for none.
        names: the labels of the chart that a name may mean.
        when: the time it names.
        number: the number it says.
    """

    kind: str
    start: int
    end: int
    link: str = ""
    roles: Roles = field(default_factory=dict)
    names: tuple[str, ...] = ()
    when: When | None = None
    number: PrintedNumber | None = None

    def has(self, *roles: str) -> bool:
        """Return whether a word may mean one of some things."""
        return any(role in self.roles for role in roles)


def is_head(phrase: Phrase) -> bool:
    """Return whether a phrase carries a claim."""
    return phrase.kind in ("number", "part") or (phrase.kind == "word" and phrase.has(*HEADS))


class Names:
    """The categories and series of a chart, as a text may call them: whole, or by a word that no other label has."""

    def __init__(self, labels: Sequence[str], common: Sequence[str] = (), units: Sequence[str] = ()):
        """Take in the labels.

        Args:
            labels: of the chart.
            common: words that no label has for itself, as those of the axes: "vehicles" beside "special vehicles".
            units: of the axes, so that "20 days" may be an amount.
        """
        self.common = frozenset(map(stem, common))
        self._of_centres = not self.common.isdisjoint(words_for("idea", "centre"))
        self._units = units
        self._spelled: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._bands: dict[tuple[float, float], str] = {}
        self._roots: dict[str, list[str]] = {}
        words = {label: _stems(label) for label in dict.fromkeys(labels) if label and not names_only_time(label)}
        for label, spelled in words.items():
            self._add(spelled, label)
            for called in words_for("called", label.casefold()):
                self._add(_stems(called), label)
            for joint in ("and", "to") if "-" in label or "\u2013" in label else ():
                self._add(_stems(label.replace("-", f" {joint} ").replace("\u2013", f" {joint} ")), label)
            if is_weekday(label):
                for spelling in words_for("weekday", str(weekday_of(label))):
                    self._add((stem(spelling),), label)
            if len(spelled) == 1 and spelled[0].isalpha():
                self._roots.setdefault(_root(label.split()[0]), []).append(label)
            if band := band_at(tokens_of(label), 0):
                self._bands.setdefault(band[0], label)
        if lowest := min(self._bands, default=None):
            self._bands.setdefault((0.0, lowest[1] + 1), self._bands[lowest])  # "under 30" where the lowest is "18-29"
        self._parts: dict[str, str] = {}
        self._marks: dict[str, str] = {}
        self._shortened: list[tuple[str, str]] = []
        self._singular: set[str] = set()
        self._initials = {initials: label for label in words if len(initials := _initials(label)) > 1}
        for label, spelled in words.items():
            marks = [token for token in tokens_of(label) if token.word in words_for("idea", "marked")]
            if marks and sum(marks[0].word in spelled for spelled in words.values()) == 1:
                self._marks[marks[0].word] = label  # of "NHS target (95 %)" only "target" is a name
                usual = words_for("idea", "usual")
                self._marks |= {word: label for word in usual if marks[0].word in usual}
            for token in tokens_of(label) if len(spelled) > 1 and not marks else ():
                shared = sum(stem(token.word) in other for other in words.values())
                if (
                    shared == 1
                    and not {stem(token.word), token.word} & {*_COMMON, *self.common}
                    and token.word.isalpha()
                    and (len(token.word) > 2 or token.text.isupper())
                    and role_of(stem(token.word), "neutral") != "noun"
                ):
                    self._parts[_root(token.text)] = label
                    self._singular |= {_root(token.text)} if stem(token.word) == token.word else set()
            self._shortened += [(short, label) for short in _bracketed_words(label)]
        self._parts |= {root: labels[0] for root, labels in self._roots.items() if len(labels) == 1}
        plans = [label for label in words if mentions(label, "plan-noun")]
        for spelling in words_for("idea", "plan-noun") if len(plans) == 1 else ():
            self._add((spelling,), plans[0])
        periods = [period for label in labels if names_only_time(label) and (period := read_period(label))]
        self.has_months = any(period.month for period in periods)
        self._has_times = bool(periods)
        self._longest = max(map(len, self._spelled), default=0)

    def _add(self, spelled: tuple[str, ...], label: str) -> None:
        if spelled:
            known = self._spelled.get(spelled, ())
            self._spelled[spelled] = tuple(dict.fromkeys((*known, label)))

    def measure(self, token: Token, link: str, compound: bool = False) -> bool:
        """Return whether a length of time is an amount, "20 days of rain", and tells not when."""
        if link in ("to", "from", "at", "by") and self.share([token]):  # "from 14 to 19 weeks"
            return True
        ratios = [size_ratio(token.word, unit) for unit in self._units]
        return 1.0 in ratios or (any(ratios) and (compound or not self._has_times))

    def numbered(self, number: float) -> str:
        """Return the label that is a number; "" where there is none."""
        return next(iter(self._spelled.get((f"{number:g}",), ())), "")

    def share(self, tokens: Sequence[Token]) -> bool:
        """Return whether the axes say the same words, so that they limit nothing."""
        return all(
            any(are_kin(stem(token.word), word) for word in self.common)
            or (self._of_centres and token.word in words_for("idea", "centre"))
            for token in tokens
        )

    def at(self, tokens: Sequence[Token], start: int) -> tuple[tuple[str, ...], int] | None:
        """Return the labels that the words from a token on may mean, and the token behind them."""
        found = None
        spelled: list[str] = []
        for place in range(start, len(tokens)):
            if tokens[place].kind == "sign" and spelled:
                continue
            spelled.append(stem(tokens[place].word))
            if tokens[place].kind == "sign" or len(spelled) > self._longest:
                break
            if labels := self._spelled.get(tuple(spelled)):
                behind = tokens[place + 1 : place + 2]
                closed = any(token.word in ")%+" and labels[0].endswith(token.text) for token in behind)
                found = labels, place + 1 + closed
        label = self._initials.get(tokens[start].text.replace(".", "")) or self._part_at(tokens, start)
        label = label or ("" if _is_counted(tokens, start) else self._short_for(tokens, start))
        label = label or (self._marks.get(tokens[start].word, "") if _is_definite(tokens, start) else "")
        if found is None and label and not _is_any(tokens, start):
            found = (label,), start + 1
        if found and all(token.kind != "word" for token in tokens[start : found[1]]):
            # A label that is a number, as of bus line 63, is named only behind a word: "line 63".
            measured = tokens[found[1] : found[1] + 1] and any(
                role_of(tokens[found[1]].word, role) for role in ("number-sign", "currency", "scale", "size")
            )
            found = found if start and tokens[start - 1].kind == "word" and not measured else None
        band = band_at(tokens, start) if self._bands else None
        if band and band[0] in self._bands:
            return (self._bands[band[0]],), band[1] + (
                tokens[band[1] : band[1] + 1] != () and tokens[band[1]].word == "s"
            )
        return found

    def _part_at(self, tokens: Sequence[Token], place: int) -> str:
        """Return the label that a word is a part of; "three banks" are no part of "Bank of Alm"."""
        root = _root(tokens[place].text.lower())
        several = root in self._singular and _is_counted(tokens, place)
        return "" if several else self._parts.get(root, "")

    def _short_for(self, tokens: Sequence[Token], place: int) -> str:
        """Return the one label that a word is short for, "maths" for "Mathematics", or that shortens it in brackets."""
        token = tokens[place]
        called = token.is_name or (place > 0 and tokens[place - 1].word == "the")
        found = [label for short, label in self._shortened if called and token.text.capitalize().startswith(short)]
        short = stem(token.word)
        if not found and token.kind == "word" and len(short) >= _SHORTEST_ROOT and not any(meanings([token], 0)):
            roots = [(root, label) for root, labels in self._roots.items() for label in labels]
            found = [label for root, label in (*roots, *self._parts.items()) if root.startswith(short)]
            found = found or [label for root, label in roots if _are_forms(short, root)]
        return found[0] if len(set(found)) == 1 else ""


def _is_counted(tokens: Sequence[Token], place: int) -> bool:
    """Return whether a word is a plural behind a count, with a word between them at most."""
    before = tokens[max(0, place - 2) : place]
    several = stem(tokens[place].word) != tokens[place].word
    return several and any(token.kind == "numeral" or role_of(token.word, "count") for token in before)


def _is_any(tokens: Sequence[Token], place: int) -> bool:
    """Return whether a word speaks of each of a kind: "every service" does not mean "Public services"."""
    return place > 0 and any(role_of(tokens[place - 1].word, role) for role in ("everyone", "negation", "count"))


def _is_definite(tokens: Sequence[Token], place: int) -> bool:
    """Return whether a word ends what "the" begins: "the regional average", but not "the average rent"."""
    behind = tokens[place + 1].word if place + 1 < len(tokens) else "."
    before = tokens[place - 1].word if place else ""
    if role_of(before, "link") == "than" or role_of(before, "comparative"):
        return True  # "warmer than average", "below normal"
    ends = not behind[0].isalpha() or any(role_of(behind, role) for role in ("link", "joint", "neutral", "negation"))
    return ends and any(token.word in ("the", "its", "this") for token in tokens[max(0, place - 5) : place])


def _initials(label: str) -> str:
    """Return what a label of several names is called for short: "EU" of "European Union"."""
    words = label.split()
    return "".join(word[0] for word in words) if all(word[:1].isupper() for word in words) else ""


def _bracketed_words(label: str) -> list[str]:
    """Return the abbreviations that stand in brackets in a label: "Lab" of "Okafor (Lab)"."""
    inside = label.partition("(")[2].partition(")")[0].split()
    return [inside[0]] if len(inside) == 1 and len(inside[0]) >= _SHORTEST_ROOT - 1 and inside[0].isalpha() else []


def stem(word: str) -> str:
    """Take the ending of a plural or of "walking" from a word, so that "buses" names "bus".

    >>> stem("buses"), stem("cars"), stem("cities"), stem("walking"), stem("gas")
    ('bus', 'car', 'city', 'walk', 'gas')
    """
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("buses", "bus"), ("xes", "x"), ("ches", "ch"), ("ing", "")):
        if (word.endswith(ending) and len(word) > len(ending) + 2) or word == ending:
            return word.removesuffix(ending) + instead
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3 else word


def are_kin(one: str, other: str) -> bool:
    """Return whether two stems are of one family, as those of "subscriptions" and "subscribers".

    >>> are_kin(stem("smoking"), stem("smokers")), are_kin("output", "outlet")
    (True, False)
    """
    common = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    return one == other or common >= max(_SHORTEST_ROOT, min(len(one), len(other)) - _LONGEST_ENDING)


def _are_forms(one: str, other: str) -> bool:
    """Return whether two words are forms of one verb, as "completion" and "completed" are."""
    common = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    return common >= _SHORTEST_ROOT + 1 and {one[common:], other[common:]} <= {"", "e", "ed", "ing", "ion", "er"}


def _root(word: str) -> str:
    """Take the ending of "exported" from a word as well: "exports" name it, too."""
    short = stem(word.casefold())
    return short.removesuffix("ed") if len(short) > 5 else short


def _stems(label: str) -> tuple[str, ...]:
    return tuple(stem(token.word) for token in tokens_of(label) if token.kind != "sign")


def band_at(tokens: Sequence[Token], start: int) -> tuple[tuple[float, float], int] | None:
    """Read a band, "5 to 7 million", "over 15", "20+": its ends as they are written, and the token behind it."""
    low = number_at(tokens, start)
    if low is None or low.kind != "plain":
        return None
    value, end = low.value / low.scale, low.end
    open_ends = {
        "over": (value, float("inf")),
        "at-least": (value, float("inf")),
        "under": (0.0, value),
        "at-most": (0.0, value),
    }
    if low.hedge in open_ends:
        return open_ends[low.hedge], scale_and_unit_at(tokens, end)
    if end < len(tokens) and tokens[end].word == "+":
        return (value, float("inf")), scale_and_unit_at(tokens, end + 1)
    if end + 1 < len(tokens) and tokens[end].word in ("-", "to", "and") and (high := number_at(tokens, end + 1)):
        return (value, high.value / high.scale), scale_and_unit_at(tokens, high.end)
    return None


def phrases_of(text: str, names: Names) -> Iterator[Phrase]:
    """Group the words of a text into phrases, each with the word that joins it to those before."""
    tokens = tokens_of(text)
    place, link = 0, ""
    while place < len(tokens):
        phrase = _phrase_at(tokens, place, names, text, link)
        if "link" in phrase.roles and phrase.end < len(tokens) and _is_said(tokens[phrase.end]):
            link = phrase.roles["link"]
        elif tokens[place].word not in ARTICLES | OWN or phrase.kind != "unknown":
            link = ""
        yield phrase
        place = phrase.end


def _is_said(token: Token) -> bool:
    return token.kind != "sign" or role_of(token.word, "currency") is not None


def _phrase_at(tokens: Sequence[Token], place: int, names: Names, text: str, link: str) -> Phrase:
    if named := names.at(tokens, place):
        # "Off the rails" does not speak of "Valley Rail", and "the tram" may speak of "Metro Tram".
        label, word = named[0][0], tokens[place].text
        loose = label.istitle() and " " in label and word.islower() and named[1] == place + 1
        loose = loose and not any(mentions(label, idea) for idea in ("plan-noun", "marked"))
        if not loose or (place and tokens[place - 1].word in ("the", "and")) or tokens[place - 1 : place] == ():
            return Phrase("name", place, named[1], link, names=named[0], roles={"loose": "name"} if loose else {})
    timed = when_at(tokens, place, link, names.has_months)
    span = timed is not None and timed[0].kind == "span"
    if timed and not (span and (names.measure(tokens[timed[1] - 1], link) or _counts_times(tokens, place, timed[1]))):
        return Phrase("when", place, timed[1], link, when=timed[0])
    if part := part_at(tokens, place, text):
        return Phrase("part", place, part.end, link, number=part)
    for start in range(max(0, place - 4), place) if tokens[place].word in ("in", "out") else ():
        if (apart := part_apart(tokens, start)) and apart[1] == place:
            return Phrase("word", place, apart[2], link)
    before = tokens[place - 1].word if place else ""
    if tokens[place].word in ("one", "ones") and (link in ("than", "as") or before in ("the", "only", "what", "which")):
        return Phrase("word", place, place + 1, link)  # "dearer than one in Hull"
    if number := number_at(tokens, place, text):
        if (
            place
            and tokens[place].kind == "numeral"
            and tokens[place].word in names.common
            and names.share(tokens[place - 1 : place])
        ):
            return Phrase("word", place, number.end, link)  # "24 per 10,000 households", "a grade 5 or better"
        behind = tokens[number.end : number.end + 1]
        if names.share(tokens[place : number.end]) and behind and len(behind[0].word) > 1 and names.share(behind):
            return Phrase("word", place, number.end, link)  # "seen within four hours"
        if number.kind == "plain" and (end := _compound_end(tokens, place, number.end)):
            marks = end < len(tokens) and tokens[end].word in words_for("idea", "limit-noun")  # "the 60-point mark"
            if names.measure(tokens[end - 1], "", compound=True) or (marks and names.share(tokens[end - 1 : end])):
                return Phrase("number", place, end, link, number=replace(number, noun=tokens[end - 1].word))
            aged = tokens[end - 1].word in ("old", "olds")
            if aged and (label := names.numbered(number.value)):
                return Phrase("name", place, end, link, names=(label,))  # "eight-year-olds"
            return Phrase("unknown" if aged else "word", place, end, link)
        return Phrase("number", place, number.end, link, number=number)
    if quality := _equal_quality(tokens, place, names):
        return Phrase("word", place, place + 2, link, roles={"comparative": "equal", "quality": quality})
    compound = place > 1 and tokens[place - 1].word == "-" and is_tight(tokens[place - 1], tokens[place])
    for found in meanings(tokens, place):
        if compound and "change" in found.roles and found.length == 1:
            continue  # "coffee-growing countries"
        if found.roles.get("share") == "makes" and not _of_follows(tokens, place + found.length):
            continue  # "cars made up 95 % of vehicles", but "value of cars made up 70 %"
        roles = {role: value for role, value in found.roles.items() if role in _IN_CLAUSES}
        if tokens[place].word == "in" and found.length > 1 and when_at(tokens, place + 1, "in"):
            continue  # "in second place", but "in second half of 2023"
        if "per-head" in roles and "per" not in names.common:
            roles = {"restriction": "per-head"}
        plain = roles.keys() <= {"superlative", "quality"} and not tokens[place].word.endswith("est")
        if plain and found.length == 1 and names.share(tokens[place : place + 1]):
            return Phrase("word", place, place + 1, link)  # "the main source", where the axis says so
        won = "winning" in roles and any(role_of(word, "winning") for word in names.common)
        if won or (roles.keys() & _LIMITING and names.share(tokens[place : place + found.length])):
            return Phrase("word", place, place + found.length, link)  # "on average", where the axis says so
        if "per-head" in roles:
            return Phrase("word", place, place + found.length, link)
        if "extreme" in roles and place and (link == "from" or _is_beside(tokens, place)):
            return Phrase(
                "when", place, place + found.length, link, when=When(roles["extreme"])
            )  # "down from its peak"
        if roles.keys() == {"quality"}:
            return Phrase("unknown", place, place + 1, link, roles=roles)
        if roles:
            end = place + found.length
            if roles.get("everyone") == "others" and end < len(tokens) and role_of(tokens[end].word, "count"):
                end += 1  # "the other four"
            return Phrase("word", place, end, link, roles=roles)
    if tokens[place].kind == "sign":
        return Phrase("sign", place, place + 1, link, roles={"sign": tokens[place].word})
    if _is_place(tokens, place):
        return Phrase("word", place, place + 1, link, roles={"rank": "first"})
    return Phrase("unknown", place, place + 1, link)


def _is_beside(tokens: Sequence[Token], place: int) -> bool:
    """Return whether "below its" or the like stands before a word."""
    words = [token.word for token in tokens[max(0, place - 2) : place]]
    return len(words) == 2 and words[1] in OWN | {"the"} and words[0] in ("below", "above", "off", "under")


def _counts_times(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Return whether times are counted: "three of the eight weeks", "five years out of six", "two months of 2024"."""
    words = [token.word for token in tokens[max(0, start - 4) : start]]
    before = [word for word in words if word == "of" or not role_of(word, "span-lead")]
    behind = [token.word for token in tokens[end : end + 2]]
    some = before[-1:] == ["of"] and len(before) > 1 and (before[-2].isdigit() or role_of(before[-2], "count"))
    return bool(some) or behind == ["out", "of"] or (behind[:1] == ["of"] and period_in(tokens, end + 1) is not None)


def _derived(word: str, names: Names) -> Roles:
    """Return what an adjective made of a word of the axes says: "rainier" and "rainiest" of days with rain."""
    for ending, role, value in (("iest", "superlative", "high"), ("ier", "comparative", "more")):
        root = word.removesuffix(ending)
        if root != word and any(root in (other, other + other[-1:]) for other in names.common):
            return {role: value}
    return {}


def _equal_quality(tokens: Sequence[Token], place: int, names: Names) -> str:
    """Return what "as warm" before another "as" measures; "" where no adjective stands there."""
    words = [token.word for token in tokens[place : place + _LONGEST_EQUAL]]
    if words[:1] != ["as"] or "as" not in words[2:] or tokens[place + 1].kind != "word":
        return ""
    known = role_of(f"as {words[1]}", "comparative") or role_of(words[1], "number-sign")
    plain = role_of(f"more {words[1]}", "comparative") and not role_of(f"more {words[1]}", "quality")
    return (
        ""
        if known or names.at(tokens, place + 1)
        else role_of(words[1], "quality") or ("plain" if plain else "by-other")
    )


def _is_place(tokens: Sequence[Token], place: int) -> bool:
    """Return whether an ordinal tells a rank, "finished fourth", "Ostia third", and counts no noun behind it."""
    word, behind = tokens[place].word, tokens[place + 1 : place + 2]
    if "rank" in {role for found in meanings(tokens, place + 1) for role in found.roles} if behind else False:
        return False  # "second from bottom"
    if place and tokens[place - 1].word == "a":
        return False  # "a second, smaller one"
    if not role_of(word, "ordinal") or (word in ("first", "1st") and tokens[place - 1].word not in _RANKED):
        return False
    return not behind or (behind[0].kind == "sign" and behind[0].word != "-") or _joins(behind[0].word)


def _joins(word: str) -> bool:
    return any(role_of(word, role) for role in ("link", "joint"))


def _compound_end(tokens: Sequence[Token], start: int, place: int) -> int:
    """Return the token behind a noun that a number makes with hyphens; 0 where there is none.

    "two-room", "ten-year-old", "under-30s".
    """
    if [token.text for token in tokens[place : place + 3 : 2]] == ["-", "-"] and place + 3 < len(tokens):
        return place + 4
    pair = tokens[place : place + 2]
    joined = len(pair) == 2 and pair[0].text == "-" and pair[0].start == tokens[place - 1].end
    noun = joined and pair[1].kind == "word" and pair[0].end == pair[1].start and not role_of(pair[1].word, "span")
    return place + 2 if noun else 0


def _of_follows(tokens: Sequence[Token], place: int) -> bool:
    number = (number_at(tokens, place) or part_at(tokens, place)) if place < len(tokens) else None
    return number is None or (number.end < len(tokens) and tokens[number.end].word == "of")


@lru_cache(maxsize=64)
def names_of(labels: tuple[str, ...], common: tuple[str, ...] = (), units: tuple[str, ...] = ()) -> Names:
    """Return the names that some labels give; the same labels are asked for by every clause."""
    return Names(labels, common, units)
