"""Gives each phrase of a clause its role, by what stands around it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise, takewhile

from secondcar.charts.language.claims import Count
from secondcar.charts.language.ideas import mentions
from secondcar.charts.language.lexicon import is_filler, role_of
from secondcar.charts.language.numbers import PrintedNumber
from secondcar.charts.language.phrases import ARTICLES, RELATING, Phrase
from secondcar.charts.language.tokens import Token

# What makes a clause one that a chart cannot bear out or deny.
_UNREAD = ("negation", "condition", "plan", "vague", "restriction", "cause")
# What a negation may deny: what stands right behind it.
_DENIABLE = (
    "change", "multiple", "threshold", "superlative", "rank", "comparative", "relation", "crossing", "majority",
)  # fmt: skip
# Limits as relations to another time: "above its 2019 level", "has reached its 2019 level".
_AS_RELATION = {
    "over": "more",
    "beats": "beat",
    "stay-over": "more",
    "under": "less",
    "stay-under": "less",
    "at": "reach",
}
# A number behind these counts all of a kind: "tops the three airports", "of the top ten".
# Comparatives that end with these need no "than" before what they compare with: "behind", "clear of".
PREPOSITIONS = {"above", "below", "behind", "of", "over", "under"}
_ALL_OF = ("the", "these", "top")
# And behind these it counts some, in the order of their values.
_GROUPS = ("top", "next", "bottom")
# Links to a time.
_OF_TIME = ("since", "until", "before", "after")
# Of several meanings the first counts.
_CHOSEN = (
    "distance", "side", "majority", *_UNREAD, "superlative", "record", "pace", "comparative", "level", "multiple",
    "change", "rank", "share", "extreme",
)  # fmt: skip


@dataclass(frozen=True)
class Item:
    """A phrase with the one role it has in its clause."""

    kind: str
    value: str
    phrase: Phrase
    noun: str = ""  # behind a number: what it counts
    of: bool = False  # "of" stands behind a number
    nth: int = 1  # "second" stands before a superlative
    rate: str = ""  # "month" behind "15 billion a month"
    count: Count | None = None  # of a flag that counts something

    @property
    def number(self) -> PrintedNumber:
        assert self.phrase.number is not None
        return self.phrase.number


def items_of(phrases: Sequence[Phrase], tokens: Sequence[Token]) -> list[Item] | None:
    """Give each phrase its role; None where one is of a kind that no chart can settle."""
    gap = any(phrase.roles.get("distance") == "gap" for phrase in phrases)
    aside = next((place for place, phrase in enumerate(phrases) if phrase.has("aside")), len(phrases))
    if any(phrase.kind in ("name", "number", "part") for phrase in phrases[aside:]):
        return None
    if any(phrase.link == "between" and not is_range(phrase) for phrase in phrases) and not gap:
        return None  # "709 vehicles between the two plants"
    if any(phrase.link == "among" and phrase.number and not counts_things(phrase) for phrase in phrases):
        return None  # "leads among the 95 cars"
    if any(phrase.has("everyone") and _is_ratio(phrase, tokens) for phrase in phrases):
        return None  # "for every job lost two were gained"
    if _compares_unknown(phrases, tokens) or any(_is_later(phrase, tokens) for phrase in phrases):
        return None
    if any(_is_unknown_time(phrases[place:], tokens) for place in range(len(phrases))):
        return None
    known = [phrase for phrase in phrases[:aside] if phrase.kind not in ("unknown", "sign")]
    items: list[Item] = []
    nouns = {phrase.start for phrase in phrases if phrase.kind == "unknown"}
    measuring = [phrase for phrase in known if phrase.number or phrase.has("comparative", "superlative")]
    measured = {phrase.end - 1 for phrase in measuring}
    paired = sum(phrase.has("comparative") for phrase in known) > 1
    for place, phrase in enumerate(known):
        behind = next((other for other in known[place + 1 :] if not _is_filler(other)), None)
        if phrase.has("condition") and any(other.kind == "part" for other in known):
            continue  # what people would do is a share of those who were asked
        equal = any(item.value in ("equal", "same") or _says_as(item.phrase) for item in items)
        first = all(tokens[place].word in ARTICLES for place in range(phrases[0].start, phrase.start))
        planned = any(other.has("plan") or _names_plan(other) for other in known[:place])
        role, value = _role(phrase, behind, tokens, first, equal, gap, paired, nouns, measured, planned)
        if role in _UNREAD:
            return None
        if role:
            of = phrase.end < len(tokens) and tokens[phrase.end].word == "of"
            noun = noun_behind(phrase, tokens) if phrase.number or role == "superlative" else ""
            before = role_of(tokens[phrase.start - 1].word, "ordinal") if phrase.start else None
            before = before or (role_of(tokens[phrase.start].word, "ordinal") if role == "rank" else None)
            if not before and tokens[phrase.start - 1].word == "-":
                before = role_of(tokens[phrase.start - 2].word, "ordinal")
            rate = _rate_behind(phrase, tokens) if phrase.number else ""
            if items and items[-1].value == "not" and (role, value) == ("change", "some"):
                items[-1] = Item("change", "same", phrase)  # "has not changed"
            else:
                items.append(Item(role, value, phrase, noun, of, int(before or 1), rate))
    return items


def _is_ratio(phrase: Phrase, tokens: Sequence[Token]) -> bool:
    """Return whether "for every" begins a ratio, and not a time or a name: "for every job"."""
    words = [token.word for token in tokens[max(0, phrase.start - 1) : phrase.start + 2]]
    return words[:2] in (["for", "every"], ["for", "each"]) and not role_of(words[-1], "span")


def _is_unknown_time(phrases: Sequence[Phrase], tokens: Sequence[Token]) -> bool:
    """Return whether words begin that name a time which no chart tells: "since the pandemic", "before the reform"."""
    first = phrases[0]
    if first.link not in _OF_TIME or first.kind != "unknown" or role_of(tokens[first.start].word, "neutral") == "word":
        return False
    return not any(phrase.when for phrase in phrases[:4])


def _compares_unknown(phrases: Sequence[Phrase], tokens: Sequence[Token]) -> bool:
    """Return whether a comparative that nobody knows stands before "than": "milder than June's"."""
    than = next((place for place, phrase in enumerate(phrases) if phrase.roles.get("link") == "than"), 0)
    return (
        than > 0
        and phrases[than - 1].kind == "unknown"
        and tokens[phrases[than - 1].start].word.endswith("er")
        and not any(phrase.number or phrase.has("comparative", "pace") for phrase in phrases[:than])
    )


def _is_later(phrase: Phrase, tokens: Sequence[Token]) -> bool:
    """Return whether a length of time counts from another time: "to eight a year later"."""
    later = [token.word for token in tokens[phrase.end : phrase.end + 3]]
    return (phrase.kind == "when" and later[:1] == ["later"]) or (
        later[:1] in (["a"], ["one"]) and later[2:] == ["later"] and role_of(later[1], "span") is not None
    )


def _names_plan(phrase: Phrase) -> bool:
    return any(mentions(label, "plan-noun") for label in phrase.names)


def without_counts(
    items: list[Item], core: list[Item], tokens: Sequence[Token]
) -> Iterator[tuple[list[Item], list[Item]]]:
    """Take counts of what a clause speaks of for no amounts: "two plants made more", "12,500 cars in five cities".

    The likely counts first, and then all numbers that may be counts.
    """
    likely = _likely_counts(items, core, tokens)
    compared = [one for one, other in pairwise(core) if other.kind in ("comparative", "pace") and touch(one, other)]
    every = {
        id(item): _count("set", item)
        for item in core
        if item.kind == "number" and is_count(item) and item not in compared and not _is_unit(item.noun)
    }
    every |= {
        id(item): _count("part", item)
        for item in core
        if item.kind == "number" and item.number.kind == "fraction" and item.of and item.phrase.link in ("in", "at")
    }
    every |= {id(item): _count("part", item) for item in core if item.kind == "part"}  # "in four subjects out of five"
    for counts in [likely] + ([every | likely] if every.keys() - likely.keys() else []):
        told = [
            replace(item, kind="flag", value="count", count=counts[id(item)]) if id(item) in counts else item
            for item in items
        ]
        rest = [item for item in core if id(item) not in counts]
        if rest:
            yield told, rest


def _likely_counts(items: Sequence[Item], core: Sequence[Item], tokens: Sequence[Token]) -> dict[int, Count]:
    counts: dict[int, Count] = {}
    first = core[0]
    for these, item in pairwise(items):
        if these.value == "these" and item.kind == "number" and touch(these, item):
            counts[id(item)] = _count("these", item)  # "are the only two"
    opens = len(core) > 1 and first.kind == "number" and is_count(first) and not first.phrase.link
    amount = opens and core[1].kind in ("comparative", "pace") and is_joined(core[:2])
    if opens and not touch(first, core[1]) and not amount and not role_of(first.noun, "course"):
        counts[id(first)] = _count("first", first)
    whole = {item.phrase.end for item in items if item.value == "all"}
    for part, item in pairwise(core):  # "at four schools out of five"
        both = part.kind == item.kind == "number" and _is_whole(part) and _is_whole(item) and part.of
        if both and item.phrase.link in ("of", "out-of") and part.number.value <= item.number.value:
            counts |= {id(each): _count("set", each) for each in (part, item)}
    for item in core if len(core) > 1 else ():
        linked = item.phrase.link in ("in", "on", "of", "over", "between", "out-of") or item.phrase.start in whole
        linked |= item.phrase.start > 0 and tokens[item.phrase.start - 1].word in _ALL_OF
        linked |= item.of and item.phrase.link in ("at", "on")  # "at four of the dozen schools"
        whole_next = item.phrase.link in ("of", "out-of") or item.phrase.start in whole
        whole_next |= tokens[item.phrase.start - 1].word == "top"
        bare = whole_next and counts_things(item.phrase)  # "the fewest of the six", "in all six"
        last = item.phrase.end == len(tokens) or tokens[item.phrase.end].kind == "sign"
        bare |= (
            item.kind == "number" and last and item.phrase.link == "in" and counts_things(item.phrase)
        )  # "ahead in five"
        if item.kind == "number" and linked and (is_count(item) or bare):
            counts[id(item)] = _count("set", item)
        elif item.kind == "number" and item.number.kind == "fraction" and item.of and item.phrase.link == "in":
            counts[id(item)] = _count("part", item)  # "in half of the towns"
    return counts


def _is_whole(item: Item) -> bool:
    """Return whether a number may count things that a chart shows one by one."""
    number = item.number
    plain = number.kind == "plain" and number.scale == 1 and not (number.hedge or number.currency)
    return plain and number.value in range(1, 200) and not _is_unit(item.noun)


def _is_unit(noun: str) -> bool:
    return any(role_of(noun, role) for role in ("size", "measure-unit", "currency", "number-sign"))


def _count(kind: str, item: Item) -> Count:
    return Count(kind, item.number.value, item.noun)


def _says_as(phrase: Phrase) -> bool:
    return phrase.number is not None and " as " in phrase.number.text


def is_range(phrase: Phrase) -> bool:
    """Return whether a time or a number says its two ends itself: "between 11 and 16 million"."""
    several = phrase.kind == "name" and phrase.end - phrase.start > 2  # "between noon and 6pm"
    return phrase.kind == "when" or several or (phrase.number is not None and " and " in phrase.number.text)


def is_count(item: Item) -> bool:
    return counts_things(item.phrase) and bool(item.noun)


def counts_things(phrase: Phrase) -> bool:
    """Return whether a number may count what a clause speaks of, "two plants", or it is said to be "the same plant"."""
    if phrase.roles.get("level") == "same":
        return True
    number = phrase.number
    if number is None or number.kind != "plain" or number.hedge or number.noun or number.currency:
        return False
    if phrase.link in ("to", "at"):
        return False
    return number.value in range(1, 21) and number.scale == 1


def touch(one: Item, other: Item) -> bool:
    """Return whether nothing stands between two phrases."""
    return other.phrase.start == one.phrase.end


def is_joined(core: Sequence[Item]) -> bool:
    """Return whether a number stands right before what it measures: "60 % more", not "two plants made more"."""
    if [item.kind for item in core] in (["number", "comparative", "than", "number"], ["comparative", "than", "number"]):
        return True  # "six took longer than an hour"
    pairs = ((a, b) for a, b in pairwise(core) if a.kind == "number" and b.kind in ("comparative", "pace"))
    return all(b.phrase.start - a.phrase.end <= 2 * bool(a.rate) + bool(a.noun) for a, b in pairs)


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
    measured: set[int],
    planned: bool,
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
        measured: the last places of numbers, comparatives and superlatives.
        planned: what was planned stands before it.
    """
    if phrase.number and phrase.number.kind in ("multiple", "often"):
        return ("multiple", "") if phrase.number.kind == "multiple" else ("vague", "")
    if phrase.kind != "word":
        return phrase.kind, ""
    roles = phrase.roles
    word = tokens[phrase.start].word
    number_next = behind is not None and behind.kind == "number"
    counted = number_next and behind is not None and counts_things(behind)
    if counted and behind and tokens[behind.start - 1].word in (*_ALL_OF, *_GROUPS):
        number_next = False
    name_next = behind is not None and (
        behind.kind == "name"
        or (behind.kind == "when" and not behind.link)
        or behind.roles.get("everyone") in ("all", "others")
        or (counted and tokens[behind.start - 1].word in ("next", "bottom"))
    )
    beside = behind is not None and behind.link in ("with", "at", "on", "by")
    if word == "past" and tokens[phrase.start - 1].word in (*ARTICLES, "these"):
        return "", ""  # "in three of the past 12 quarters"
    if "threshold" in roles and number_next and roles["threshold"] != "at" and not beside:
        return "threshold", roles["threshold"]
    if roles.keys() == {"threshold"} and name_next and behind is not None and behind.kind in ("when", "name"):
        if behind.start - phrase.end > 2:
            return "vague", ""  # "cross the bridge on Mondays"
        return "relation", _AS_RELATION[roles["threshold"]]
    named_next = behind is not None and behind.kind in ("name", "when")
    if "except" in roles and number_next and behind is not None and counts_things(behind):
        return "flag", "but"  # "all but four of the ten"
    if "only" in roles or "except" in roles:
        meant = "only" if "only" in roles else "except"
        return (
            ("flag", meant)
            if named_next
            else ("", "")
            if role_of(tokens[phrase.start].word, "neutral")
            or (behind is not None and behind.has("rank", "superlative"))
            else ("vague", "")
        )
    if roles.get("negation") in ("not", "gone"):
        denies = behind is not None and behind.start - phrase.end < 3 and (number_next or behind.has(*_DENIABLE))
        denies |= any(place < phrase.start for place in measured) and roles["negation"] == "not"  # "half were not seen"
        return ("flag", roles["negation"]) if denies else ("vague", "")
    if roles.get("negation") in ("none", "never"):
        return "flag", roles["negation"]
    if name_next and behind and not (behind.kind == "name" and behind.link in ("in", "at", "on")):
        for role in ("approach", "crossing", "relation"):
            if role in roles:
                return role, roles[role]
    limited = behind is not None and not behind.link and behind.number is not None and behind.number.hedge
    if "relation" in roles and (limited or (behind is not None and behind.has("pace", "comparative"))):
        return "relation", roles["relation"]  # "those under 30 outnumber those over 60"
    reached = roles.get("threshold") == "at" and phrase.kind == "word"
    if planned and behind is None and ("relation" in roles or reached):
        return "relation", roles.get("relation", "reach")  # "the target was reached"
    if "extreme" in roles and (number_next or "record" not in roles):
        return "extreme", roles["extreme"]
    won = behind is not None and (behind.number or behind.has("comparative", "superlative", "majority"))
    if "winning" in roles and (won or phrase.start - 1 in measured):
        return "", ""  # "wins the most medals", "41 wins": it gets them
    if roles.get("share") == "makes" and behind is not None and behind.has("comparative", "superlative"):
        return "", ""  # "account for more stays than"
    level = behind is not None and ((number_next and not behind.link) or behind.has("level"))
    if roles.keys() == {"record"} and word in ("record", "records", "recorded") and level:
        return "", ""  # "records 70 cases", "two cities record the same"
    if roles.get("link") == "as" and equal:
        return "than", ""
    if "link" in roles and roles["link"] == "than" and (behind is None or behind.kind != "number" or len(roles) == 1):
        return "than", ""
    if word in ("number", "numbers") and phrase.end < len(tokens) and tokens[phrase.end].word == "of":
        return "", ""
    if roles.get("plan") and role_of(word, "counted") and phrase.start - 1 in measured:
        return "", ""  # "50 goals", "most goals"
    if word in ("level", "levels", "even") and not _is_predicate(phrase, tokens):
        return "", ""  # "its lowest level", "the 2019 level"
    spans = [role_of(token.word, "span") for token in tokens[phrase.end : phrase.end + 2]]
    if roles.get("everyone") == "all" and word in ("every", "each") and any(spans):
        return "flag", "steady"  # "every single year"
    if roles.get("everyone") == "all" and phrase.link == "in" and (behind is None or phrase.end < behind.start):
        comma = tokens[phrase.end].word == "," if phrase.end < len(tokens) else True
        return ("flag", "together") if comma else ("flag", "all")  # "in all, 500 cars", "in all cities"
    if word == "most" and "superlative" in roles and first and phrase.end - phrase.start == 1 and not phrase.link:
        before = tokens[phrase.start - 1].word if phrase.start else ""
        return ("superlative", "high") if before == "the" else ("majority", "most")
    if roles.get("distance") in ("wider", "narrower") and not gap and roles.keys() == {"distance"}:
        if word.startswith(("widen", "narrow")):
            return "change", "up" if roles["distance"] == "wider" else "down"  # "solar widens from 1 to 5"
        return "approach", roles["distance"]  # "town and country drift apart"
    for role in _CHOSEN:
        if role not in roles or (role == "distance" and not gap):
            continue
        if role == "change" and roles[role] == "flat" and _has_article(phrase, tokens):
            return "", ""  # "a two-room flat"
        if roles[role] == "limits":
            return "flag", "limited"
        than_next = behind is not None and "than" in (behind.roles.get("link"), behind.link)
        becomes = role == "comparative" and phrase.start and role_of(tokens[phrase.start - 1].word, "becoming")
        if becomes and roles[role] != "equal" and not than_next:
            moves = {"more": "up", "less": "down"}
            return "change", moves.get(roles[role], roles[role])  # "got cheaper", "got worse"
        if role == "comparative" and phrase.start and tokens[phrase.start - 1].word == "the" and not paired:
            return "of-two", roles[role]  # "is the smaller plant"
        if role == "change" and roles[role] == "flat" and behind is not None and behind.has("change"):
            return "flag", "steady"  # "steady growth"
        return role, roles[role]
    for role in ("course", "extent", "everyone"):
        if role in roles and not (role == "everyone" and phrase.link == "of"):  # "half of all cars" is a whole
            return "flag", roles[role]
    return ("vague", "") if phrase.has(*RELATING) else ("", "")  # it tells something, and nobody knows what


def _is_compared(phrase: Phrase, tokens: Sequence[Token]) -> bool:
    """Return whether a phrase compares, or is a number by which something is compared."""
    words = [token.word for token in tokens[phrase.end : phrase.end + 2]] if phrase.kind == "number" else []
    by_number = words[:1] == ["as"] or any(role_of(word, "comparative") for word in words)
    return by_number or phrase.has("comparative")


def _has_article(phrase: Phrase, tokens: Sequence[Token]) -> bool:
    """Return whether a word ends what an article begins, with nothing but its attributes between."""
    before = takewhile(lambda token: token.kind != "sign" or token.word == "-", reversed(tokens[: phrase.start]))
    return any(token.word in ARTICLES for token in islice(before, 4))


def _is_predicate(phrase: Phrase, tokens: Sequence[Token]) -> bool:
    """Return whether "level" says that two things are the same: "are level", "level with"."""
    words = (token.word for token in reversed(tokens[: phrase.start]))
    before = next((word for word in words if not role_of(word, "hedge")), "")
    behind = tokens[phrase.end].word if phrase.end < len(tokens) else ""
    return behind == "with" or before in ("are", "is", "were", "was", "draw", "drew", "now")


def _rate_behind(phrase: Phrase, tokens: Sequence[Token]) -> str:
    """Return the time or unit that "a month" or "per litre" names within the two words behind a number."""
    for place in range(phrase.end, min(phrase.end + 3, len(tokens) - 1)):
        rates = (
            ("a", "per", "each", "every") if place <= phrase.end + 1 else ("a", "per")
        )  # "50 hectares burn every year"
        if tokens[place].word in rates and any(
            role_of(tokens[place + 1].word, role) for role in ("span", "size", "measure-unit")
        ):
            return tokens[place + 1].word
    return ""


def noun_behind(phrase: Phrase, tokens: Sequence[Token]) -> str:
    """Return the word behind a number that says what it counts."""
    if phrase.number and phrase.number.noun:
        return phrase.number.noun
    place = phrase.end
    while place < len(tokens) and tokens[place].word in ("new", "of", "the", "more", "passenger"):
        place += 1
    if place >= len(tokens) or tokens[place].kind != "word":
        return ""
    if any(role_of(tokens[place].word, role) for role in ("link", "joint", "ago")):
        return ""
    word = tokens[place].word
    thing = role_of(word, "span") or role_of(word, "counted")
    return "" if is_filler(word) and not thing else word
