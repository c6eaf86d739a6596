"""Whose and when: the names and times of a clause, given to each of its claims."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from secondcar.charts.language.claims import QUANTIFIERS, Claim, Count, Named, Quantifier
from secondcar.charts.language.lexicon import is_filler, role_of
from secondcar.charts.language.periods import When
from secondcar.charts.language.phrases import ARTICLES, OWN, Phrase, is_head
from secondcar.charts.language.roles import PREPOSITIONS, Item, touch
from secondcar.charts.language.tokens import Token

# What ranks the subject of the clause before: "..., more than ever".
_RANKING = {"comparative", "superlative", "record", "rank", "flag"}


_LISTED = {"name", "when", "number"}
# Behind a pronoun they say what it stands for: "that of trucks", "it was in 2017".
_ONWARDS = [["of"], ["in"], ["was"], ["were"], ["did"], ["had"], ["is"]]
# What stands behind these says where, and is not the subject: "in Lyon the car leads".
_WHERE = {"in", "at", "on", "among"}
# "At its hottest" ranks the times of one name; "is hottest in July" does, or means the hottest of all in July.
_BEING = {"is", "are", "was", "were"}
_PLACING = {"in", "at", "on", "of", "from", "to", "among"}
_PRONOUNS = [["them"], ["it"], ["those"], ["these"], ["that"], ["this"]]


@dataclass(frozen=True)
class _Shared:
    """What all claims of a clause share."""

    names: tuple[Named, ...]
    bases: tuple[Named, ...]
    when: tuple[When, ...]
    base_when: tuple[When, ...]
    flags: frozenset[str]
    quantifier: Quantifier
    chosen: tuple[Named, ...] = ()
    chosen_when: tuple[When, ...] = ()


def shared_by(
    items: Sequence[Item], phrases: Sequence[Phrase], tokens: Sequence[Token], joined: str, subject: Sequence[Phrase]
) -> _Shared:
    items, left_out = _without_exceptions(_with_events(items) if joined == "then" else items)
    marker = _base_marker(items, tokens)
    before, behind = items[:marker], items[marker:]
    named = sorted((item.phrase for item in before if item.kind == "name"), key=lambda phrase: phrase.link in _WHERE)
    names = tuple(dict.fromkeys(phrase.names for phrase in named))
    bases = tuple(dict.fromkeys(item.phrase.names for item in behind if item.kind == "name"))
    when = tuple(item.phrase.when for item in before if item.phrase.when)
    # "More than Astana in 2018" is a time of both; "more than in 2017 in 2018" has one of each.
    times = [item.phrase.when for item in behind if item.phrase.when]
    dated = [item.phrase for item in behind if item.phrase.when]
    listed = 1 + sum(
        1 for _ in takewhile(lambda pair: _only_lists(tokens[pair[0].end : pair[1].start]), pairwise(dated))
    )
    apart = bases or any(item.value == "others" for item in behind)  # "above the other from January to June"
    base_when, when = ((), (*when, *times)) if apart else (tuple(times[:listed]), (*when, *times[listed:]))
    if not bases and not base_when:  # "down by 2,400 from May"
        lone = sum(item.phrase.number is not None for item in before) == 1
        earlier: list[Item | None] = [None, *(item if lone else None for item in before)]
        begun = [item.phrase.when for one, item in zip(earlier, before, strict=False) if _is_beginning(item, one)]
        base_when = tuple(time for time in begun if time)[:1]
        when = tuple(time for time in when if time not in base_when)
    related = any(item.kind == "relation" for item in items)
    others = any(item.value == "others" for item in items)
    if related and not (bases or base_when or others):  # "the plan was missed by 22,529"
        names, bases = (), names
    if not bases and (ranked := next((item.phrase for item in items if item.kind == "rank"), None)):
        # "Second only to apples", "takes second place from Stonebridge"
        passed = tokens[ranked.end - 1].word in ("to", "behind")
        behind_it = [item for item in items if item.kind == "name" and item.phrase.start >= ranked.end]
        bases = tuple(item.phrase.names for item in behind_it if passed or item.phrase.link in ("from", "to"))
        names = tuple(named for named in names if named not in bases)
    flags = {item.value for item in items if item.kind == "flag" and not item.count}
    counts = [item.count for item in items if item.count]
    if "row" in flags and (count := _count_before_row(items, tokens)):
        counts = [*(other for other in counts if other.number != count), Count("row", count)]
    named = [item.phrase for item in before if item.kind == "name"]
    if all(_only_lists(tokens[a.end : b.start]) for a, b in pairwise(named)):
        flags.add("listed names")
    if joined == "then":
        flags.add("then")
    if any(
        one.phrase.link == "from" and one.phrase.number and item.phrase.when in base_when
        for one, item in pairwise(before)
    ):
        flags.add("loose")  # "down from 5.4 in May": in May, or since then
    parts = [item.phrase.start for item in items if item.phrase.number and item.number.kind in ("percent", "fraction")]
    if any(item.value == "not" and parts and parts[0] < item.phrase.start for item in items):
        flags.add("rest")  # "one in five was not seen"
    for span, move in pairwise(items):
        of = [token.word for token in tokens[span.phrase.end : move.phrase.start]] == ["of"]
        if of and move.kind == "change" and span.phrase.when and span.phrase.when.kind == "span":
            flags.add("spell")  # "four years of growth"
    if any("or" in (token.word for token in tokens[a.end : b.start]) for a, b in pairwise(named)):
        flags.add("together")  # "walk or cycle"
    if "ever" in flags and any(phrase.roles.get("link") == "since" or phrase.link == "since" for phrase in phrases):
        flags.add("steady")  # "falling ever since"
    if any(item.kind == "superlative" and _points_back(item.phrase, phrases, tokens) for item in items):
        flags.add("loose")  # "the largest of them"
    words = [token.word for token in tokens[phrases[0].start : phrases[-1].end]]
    moving = any(item.kind == "change" and tokens[item.phrase.start].word.endswith("ing") for item in items)
    if "been" in words and moving:
        flags |= {"steady", "loose"}  # "has been falling since 2014": all the time, or by and large
    extreme = next((item.phrase.start for item in items if item.kind in ("superlative", "extreme")), 0)
    before_it = tokens[extreme - 1].word if extreme else "the"
    ranked_to = next((item.phrase.end for item in items if item.kind == "superlative"), 0)
    timed = any(
        role_of(token.word, "span") and not token.word.endswith("s") for token in tokens[ranked_to : ranked_to + 2]
    )
    if before_it in OWN or (ranked_to and timed):  # "at its hottest", "the biggest planting year"
        flags.add("its own")
    elif any(item.kind == "share" for item in items) and any(item.phrase.link in _WHERE for item in items):
        names = tuple(sorted(names, key=lambda labels: all(p.link not in _WHERE for p in named if p.names == labels)))
    elif before_it != "the":
        flags |= {"any name"} | ({"any time"} if before_it in _BEING else set())
    if any(a.phrase.number and b.kind == "name" and _is_said(b, tokens) for a, b in pairwise(items)):
        flags.add("is-name")  # "one in seven of the jobless is under 25"
        flags |= {"placed"} if any(phrase.link in _WHERE for phrase in named) else set()  # "is in Brolm"
    opening = takewhile(lambda phrase: not is_head(phrase), phrases)
    words = [tokens[phrase.start].word for phrase in opening if phrase.kind == "unknown"]
    speaks = any(not is_filler(word) and not role_of(word, "ordinal") for word in words)
    numbers = [item for item in items if item.kind == "number"]
    own = _has_own(_own_contexts(items)) if len(numbers) > 1 else len(numbers) < len(items)
    bare = numbers and not any(item.number.hedge or item.phrase.link for item in numbers)
    strange = any(phrase.kind == "unknown" and not is_filler(tokens[phrase.start].word) for phrase in phrases)
    if own and bare and not strange and {item.kind for item in items} <= _LISTED:
        flags.add("pairs")  # "trucks: 487, buses: 300"
    labelled = when and {item.kind for item in items} <= {"number", "when"}  # "2020: 77,471" in a list
    compares = any(item.kind in ("comparative", "relation", "crossing") for item in items)
    if joined and not (names or speaks or labelled) and (compares or not bases):
        # "Pola on top, but only three points clear of Quinn"
        names = tuple(phrase.names for phrase in subject if phrase.kind == "name" and phrase.names not in bases)
    dated_itself = any(time.kind != "since" for time in when)
    if joined == "," and not (dated_itself or names) and {item.kind for item in items} <= {*_RANKING, "when"}:
        # "70 million in 2019, more than ever before"
        when = (*tuple(phrase.when for phrase in subject if phrase.when)[-1:], *when)
    if phrases[-1].roles.get("link") == "since":  # "stumbled in 2020 and grew ever since"
        told = [phrase.when for phrase in (*subject, *phrases) if phrase.when]
        when = tuple(replace(time, kind="since") for time in told)[-1:]
        flags |= set() if when else {"loose"}
    alone = [item for place, one in enumerate(items) if one.value == "only" for item in _listed_behind(items, place)]
    if these := next(
        (place for place, one in enumerate(items) if one.value == "these"), 0
    ):  # "in Ostia and nowhere else"
        listed_before = [*takewhile(lambda item: item.kind in ("name", "when"), reversed(items[:these]))]
        linked = max((place for place, item in enumerate(listed_before) if item.phrase.link in _WHERE), default=None)
        alone += listed_before[: None if linked is None else linked + 1]
    alone += [items[place - 1] for place, one in enumerate(items) if place and one.value == "alone"]
    chosen = tuple(item.phrase.names for item in (*left_out, *alone) if item.kind == "name")
    chosen_when = tuple(item.phrase.when for item in (*left_out, *alone) if item.phrase.when)
    quantifier = Quantifier(frozenset(flags & QUANTIFIERS), tuple(counts))
    flags -= QUANTIFIERS
    return _Shared(names, bases, when, base_when, frozenset(flags), quantifier, chosen, chosen_when)


def _with_events(items: Sequence[Item]) -> list[Item]:
    """Take the time of what happened then for the time of a change: "before November uptick"."""
    told = list(items)
    for place, (item, behind) in enumerate(pairwise(items)):
        when = item.phrase.when
        if when and when.kind in ("before", "after") and behind.kind == "change" and touch(item, behind):
            told[place] = replace(item, phrase=replace(item.phrase, when=replace(when, kind="at")))
    return told


def _only_lists(between: Sequence[Token]) -> bool:
    return all(token.word in {",", "and", "or", "&", *ARTICLES} for token in between)


def _is_said(item: Item, tokens: Sequence[Token]) -> bool:
    """Return whether a name is what something is said to be, or to be in: "is Brolm's", "is in Brolm"."""
    before = [token.word for token in tokens[max(0, item.phrase.start - 2) : item.phrase.start]]
    return not {"is", "are", "was", "were"}.isdisjoint(before)


def _without_exceptions(items: Sequence[Item]) -> tuple[Sequence[Item], Sequence[Item]]:
    """Return what a clause speaks of, and the names and times behind "except" up to the next word that tells."""
    start = next((place for place, item in enumerate(items) if item.value == "except"), len(items))
    left_out = _listed_behind(items, start)
    return [*items[: start + 1], *items[start + 1 + len(left_out) :]], left_out


def lacks_base(
    items: Sequence[Item], phrases: Sequence[Phrase], tokens: Sequence[Token], shared: _Shared, numbered: bool
) -> bool:
    """Return whether a clause compares with what neither the chart nor the clause before names: "above the norm".

    Args:
        items: what the clause says.
        phrases: those of the clause.
        tokens: of the whole text.
        shared: its names and times, with those that something is compared with.
        numbered: a number says how far something is from it.
    """
    grouped = "others" in shared.flags  # "the other three countries"
    based = numbered or grouped or bool(shared.bases or shared.base_when)
    for item in items:
        back = _points_back(item.phrase, phrases, tokens)
        if back and (item.kind == "number" or (item.kind in ("than", "comparative") and not shared.bases)):
            return True
        behind = (p for p in phrases if p.start >= item.phrase.end and tokens[p.start].word not in ARTICLES)
        first, place = next(((p, phrases.index(p)) for p in behind), (None, 0))
        onward = [phrase for phrase in phrases[place + 1 : place + 4] if phrase.roles.get("link") != "of"][:2]
        if any(phrase.kind == "name" and phrase.link in _PLACING for phrase in onward):
            first = None  # "more than renters in Chicago"
        unknown = first is not None and first.kind == "unknown" and not role_of(tokens[first.start].word, "neutral")
        if item.kind == "than" and ((unknown and not grouped) or not based):
            return True
        any_word = first is not None and first.kind == "unknown"  # "above pay growth"
        if item.kind == "comparative" and _is_preposition(item.phrase, tokens) and any_word and not based:
            return True
    return False


def _is_preposition(phrase: Phrase, tokens: Sequence[Token]) -> bool:
    """Return whether what something is compared with stands behind a phrase without "than": "ahead of", "above"."""
    return tokens[phrase.end - 1].word in PREPOSITIONS


def _points_back(phrase: Phrase, phrases: Sequence[Phrase], tokens: Sequence[Token]) -> bool:
    """Return whether a pronoun stands behind a phrase, "more than it", "6 % of that": what it means stood before.

    A demonstrative that begins a name or a time, "this year", is none.
    """
    behind = [token.word for token in tokens[phrase.end : phrase.end + 3]]
    start = int(behind[:1] == ["of"])
    starts = {phrase.end + start, phrase.end + start + 1}  # "three of these ten"
    begins = any(other.start in starts and other.kind in ("name", "when", "number") for other in phrases)
    return not begins and behind[start : start + 1] in _PRONOUNS and behind[start + 1 : start + 2] not in _ONWARDS


def _listed_behind(items: Sequence[Item], place: int) -> Sequence[Item]:
    """Return the names and times right behind an item: "only in February and March"."""
    return list(takewhile(lambda item: item.kind in ("name", "when"), items[place + 1 :]))


def _count_before_row(items: Sequence[Item], tokens: Sequence[Token]) -> int:
    """Return how many "for the third year in a row" or "three years running" counts, 0 where nothing does."""
    row = next(item.phrase for item in items if item.value == "row")
    for token in reversed(tokens[max(0, row.start - 3) : row.end]):
        if count := role_of(token.word, "ordinal") or role_of(token.word, "count"):
            return int(count)
    return 0


def _base_marker(items: Sequence[Item], tokens: Sequence[Token]) -> int:
    """Return the place of the first item that something is compared with."""
    for place, item in enumerate(items):
        if item.kind in ("than", "relation", "crossing", "approach") or (
            item.kind == "comparative" and _is_preposition(item.phrase, tokens)
        ):
            return place
        if item.kind in ("name", "when") and (
            item.phrase.link == "as" or (place and _is_whole(items[place - 1], item, tokens))
        ):
            return place
    return len(items)


def _is_whole(part: Item, item: Item, tokens: Sequence[Token]) -> bool:
    """Return whether a number is a part of what stands behind it: "half the 2018 figure", "40 % of what it was"."""
    if not part.phrase.number or part.number.kind in ("plain", "points"):
        return False
    between = [token.word for token in tokens[part.phrase.end : item.phrase.start]]
    between = [word for word in between if word not in ARTICLES | OWN]
    said = part.number.text.casefold()
    alone = part.number.kind == "times" and " as " not in said  # "1.6 times the value in 2017"
    if not between:
        named = part.number.kind == "multiple" and item.kind == "name"  # "is double Norrwick's"
        touches = (alone or named) and item.phrase.start == part.phrase.end  # "1.6 times 2017"
        return touches or (part.number.kind != "percent" and tokens[item.phrase.start - 1].word in {"the", *OWN})
    named = (between[-1] == "of" and "in" not in between) or (alone and item.phrase.link in ("in", "from"))
    return named or between == ["of", "that", "in"] or "what" in between[:2]


def _is_beginning(item: Item, before: Item | None) -> bool:
    """Return whether a time is the base of a change: "from May", "from 5.4 in May", "17 % on 2019", not "on 3 May"."""
    when = item.phrase.when
    if when is None or when.kind not in ("at", "peak", "trough"):
        return False
    on_a_day = when.period is None or when.period.day is not None
    start = before is not None and before.phrase.number is not None and before.phrase.link == "from"
    return item.phrase.link == "from" or start or (item.phrase.link == "on" and not on_a_day)


def with_context(claims: Sequence[Claim], shared: _Shared, items: Sequence[Item]) -> list[Claim]:
    """Give each claim the names and times of its clause; in a list of numbers each has its own."""
    scale = max((item.number.scale for item in items if item.phrase.number), default=1.0)
    own = _own_contexts(items) if any("listed" in claim.flags for claim in claims) else []
    apart = {"own"} if _has_own(own) else set()
    told = []
    timed = "its own" in shared.flags or any(claim.role == "rank" and role_of(claim.noun, "span") for claim in claims)
    # "The winner took a third", "London's coldest month averages 5 degrees", "70 cases at its peak"
    if len(claims) > 1 and not (shared.when or (shared.names and not timed)):
        ends = {claim.sign for claim in claims if claim.role in ("rank", "peak") and claim.place == 1}
        rest = [claim for claim in claims if claim.role not in ("rank", "peak")]
        if len(ends) == 1 and all(claim.role == "level" for claim in rest):
            claims = [replace(claim, flags=claim.flags | {f"end {ends.copy().pop()}"}) for claim in rest]
    ranked = any(claim.role == "rank" for claim in claims)
    for claim in claims:
        quantifier = shared.quantifier
        if ranked and "with" in claim.flags:
            quantifier = quantifier.without("set")  # "the driest of six, at less than 400"
        names, when = shared.names, claim.when or shared.when
        context = own.pop(0) if own and "listed" in claim.flags else None
        if context is not None:
            names = tuple(item.phrase.names for item in context if item.kind == "name")
            when = tuple(item.phrase.when for item in context if item.phrase.when)
        bases, base_when = shared.bases, shared.base_when
        if claim.role == "level" and not any(time.kind in ("ago", "previous") for time in base_when):
            when, base_when = (*when, *base_when), ()  # "more than 1.50 in 2019": the limit stands behind "than"
        if "with" in claim.flags:  # "ahead of Dorn with 39": whose, nobody knows
            names, bases, base_when = (*names, *bases), (), ()
        number = claim.number
        if (
            number
            and number.kind not in ("plain", "points")
            and (claim.role in ("level", "share") or (claim.role == "change" and number.kind == "multiple"))
            and (bases or base_when or ("others" in shared.flags and number.kind != "percent"))
        ):
            claim = replace(claim, role="compare", sign=0)
        rate = next((item.rate for item in items if item.phrase.number is number and number), "")
        if number and number.kind == "fraction" and claim.role == "change" and bases:
            claim = replace(
                claim, role="compare", sign=0, flags=claim.flags | {"of-change"}
            )  # "its rise is half that of"
        if number and number.kind == "fraction" and claim.role == "compare" and "anew" in shared.flags:
            number = replace(number, value=1 + number.value, low=1 + number.low, high=1 + number.high, kind="times")
        told.append(
            replace(
                claim,
                number=number,
                names=names,
                bases=bases,
                when=_in_years(when),
                base_when=base_when,
                quantifier=claim.quantifier | quantifier,
                chosen=shared.chosen,
                chosen_when=shared.chosen_when,
                flags=(claim.flags | shared.flags | apart) - {"all"}
                if context is not None
                else claim.flags | shared.flags,
                scale=scale,
                rate=rate,
            )
        )
    return told


def _in_years(whens: Sequence[When]) -> tuple[When, ...]:
    """Join months and years that are told apart: "from January to August: 75 in 2017 and 120 in 2018"."""
    periods = [when.period for when in whens if when.period]
    months = [period for period in periods if period.month and period.year is None]
    years = [period for period in periods if period.year and period.months == 12]
    if len(months) != 1 or not years:
        return tuple(whens)
    joined = [replace(when, period=replace(months[0], year=when.period.year)) for when in whens if when.period in years]
    return (*joined, *(when for when in whens if when.period not in (*months, *years)))


def _has_own(own: Sequence[Sequence[Item]]) -> bool:
    return len({tuple(id(item) for item in items) for items in own}) == len(own) > 1


def _own_contexts(items: Sequence[Item]) -> list[list[Item]]:
    """Return the names and times of each number in a list: "Almaty 8 in 2017 and 9 in 2018, Astana 5 and 6"."""
    row = [item for item in items if item.kind in ("name", "when", "number")]
    places = [place for place, item in enumerate(row) if item.kind == "number"]
    if not places:
        return []  # a list of other things: "implied by 'every third' and 'every second'"
    behind = [row[place + 1] if place + 1 < len(row) and row[place + 1].kind != "number" else None for place in places]
    before = [row[place - 1] if place and row[place - 1].kind != "number" else None for place in places]
    sides = [side for side in (behind if row[-1].kind != "number" else [None], before) if all(side)]
    alike = [side for side in sides if len({item.kind for item in side if item}) == 1]
    chosen = next(iter([*alike, *sides]), [None] * len(places))
    used = {id(item) for item in chosen if item is not None}
    shared = [item for item in row if item.kind != "number" and id(item) not in used]
    return [[*shared, *([item] if item is not None else [])] for item in chosen]
