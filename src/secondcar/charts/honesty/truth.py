"""Judges what a chart's words claim, by what the chart shows: borne out, denied or not understood."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from secondcar.charts.honesty.facts import with_twins
from secondcar.charts.honesty.scene import Scene, labels_of, scenes_of, texts_beside, vocabulary
from secondcar.charts.honesty.telling import tell
from secondcar.charts.honesty.trials import try_claim
from secondcar.charts.honesty.trials.answers import Answer, every
from secondcar.charts.honesty.trials.numbers import is_open
from secondcar.charts.honesty.trials.places import labels_of_time
from secondcar.charts.honesty.trials.spread import bins_of, try_sentence
from secondcar.charts.language.claims import Claim, Quantifier
from secondcar.charts.language.clauses import Clause, carries_quantity, read_clauses, says_relation
from secondcar.charts.language.ideas import mentions
from secondcar.charts.language.lexicon import role_of, size_ratio
from secondcar.charts.language.numbers import PrintedNumber, numbers_in
from secondcar.charts.language.periods import Period, When, names_only_time, period_in, read_period
from secondcar.charts.language.phrases import are_kin, stem
from secondcar.charts.language.say import one_line
from secondcar.charts.language.sources import source_in
from secondcar.charts.language.tokens import tokens_of
from secondcar.charts.language.units import currencies_in, quantity
from secondcar.charts.reading.records import Reading

BORNE_OUT = "borne out"
DENIED = "denied"
NOT_UNDERSTOOD = "not understood"
# Ideas by which a text says what it measures, in other words than an axis.
_MEASURED = ("by-price", "by-wealth", "by-temperature", "by-wetness", "by-age", "by-speed", "by-length", "by-weight")


@dataclass(frozen=True)
class JudgedClaim:
    """What one clause of a chart's words claims, and whether the chart bears it out.

    Attributes:
        place: where it stands: "title", "alt text", "annotation", "legend".
        clause: its words, as written.
        answer: "borne out", "denied" or "not understood".
        sentence: for a reader: what the chart shows beside a claim that is denied, "" for any other.
    """

    place: str
    clause: str
    answer: str
    sentence: str


def judge_words(readings: Sequence[Reading]) -> list[JudgedClaim]:
    """Judge every claim in the words of a chart: its title, alt text, annotations, legend and the text of the figure.

    A clause that claims nothing ("Cars made in 2018") or asks ("Did output double?") is left out. A claim is denied
    only where the whole clause was understood; what was not understood costs nothing, and `ask_about_words` asks of it.

    Args:
        readings: what `read_all` returned for a figure.

    Returns:
        The judged claims, in the order of the places above; of one place in the order of the text.

    >>> [(claim.clause, claim.answer) for claim in judge_words(read_all(ax))]  # doctest: +SKIP
    [('Output doubled', 'denied'), ('as the minister promised', 'not understood')]
    """
    if not readings or any(reading.value_axis.misplaced for reading in readings):
        return []  # nobody knows what such a chart shows
    scenes, labels = scenes_of(readings), labels_of(readings)
    axes = [axis for reading in with_twins(readings) for axis in (reading.value_axis, reading.category_axis)]
    common = sorted({token.word for axis in axes for token in tokens_of(axis.label)})
    units = sorted({axis.unit for axis in axes})
    shown = f"the chart shows {tell(readings)}"
    found: list[JudgedClaim] = []
    for place, text in _texts(readings):
        try:
            clauses = read_clauses(text, labels, common, units)
            if _is_one_sentence(clauses, scenes):
                found.append(JudgedClaim(place, text, BORNE_OUT, ""))
                continue
            judged = [_judge(place, clause, scenes, shown, readings) for clause in clauses]
        except Exception:  # whatever the reader stumbles over is the reader's fault, and costs nobody the chart
            judged = [JudgedClaim(place, text, NOT_UNDERSTOOD, "")]
        found += filter(None, judged)
    return found


def _texts(readings: Sequence[Reading]) -> Iterator[tuple[str, str]]:
    """Give the texts of a chart that may claim something, each once, with its place."""
    seen: set[str] = set()
    for reading in readings:
        texts = [("title", title) for title in reading.titles or (reading.title,)]
        texts += [("alt text", reading.alt)]
        texts += [("annotation", text) for text in reading.annotations if not _is_label(text, reading)]
        texts += [("legend", text) for text, _ in reading.legend if text not in reading.series]
        for place, text in texts:
            if text.strip() and text not in seen:
                seen.add(text)
                yield place, one_line(text)


def _is_label(text: str, reading: Reading) -> bool:
    """Return whether a note only names or numbers a mark, or says where the numbers come from."""
    labels = {mark.label for mark in reading.marks} | {guide.label for guide in reading.guides} | set(reading.series)
    return text in labels or quantity(text) is not None or bool(source_in(text)) or text == reading.source


def _is_one_sentence(clauses: Sequence[Clause], scenes: Sequence[Scene]) -> bool:
    """Return whether the clauses of a text say together what bins or points bear out."""
    items = [item for clause in clauses for item in clause.items]
    whole = all(clause.items or clause.claims_nothing for clause in clauses)
    return len(clauses) > 1 and whole and try_sentence(items, clauses[0].tokens, scenes[0]) is True


def _judge(
    place: str, clause: Clause, scenes: Sequence[Scene], shown: str, readings: Sequence[Reading]
) -> JudgedClaim | None:
    answer = try_sentence(clause.items, clause.tokens, scenes[0]) if not _speaks_of_another(clause, readings) else None
    deniable = clause.alone and bins_of(scenes[0]) and _is_accounted_for(clause, place, readings)
    if answer is False and not deniable:
        answer = None  # of points, one may be meant that has another name
    if answer is None and (clause.claims_nothing or _only_counts(clause, place, readings)):
        return None
    if answer is None and clause.understood:
        answer = _answer(place, clause, scenes, readings)
    if answer is None and clause.heads:
        return None  # what it says is told behind the colon
    if answer is True:
        return JudgedClaim(place, clause.text, BORNE_OUT, "")
    where = {"alt text": "alt text", "title": "title"}.get(place, f"{place} ")
    if answer is False:
        return JudgedClaim(place, clause.text, DENIED, f'The {where.strip()} says "{clause.text}", but {shown}.')
    return JudgedClaim(place, clause.text, NOT_UNDERSTOOD, "")


def ask_about_words(readings: Sequence[Reading], values_too: bool = True) -> str:
    """Ask a reader about the claims that were not understood, beside what the chart shows; "" where there is none.

    values_too: of those as well that only give values which the chart shows, or neither a value nor a relation.

    >>> ask_about_words(read_all(ax))  # doctest: +SKIP
    'Not judged: "as the minister promised". The chart shows 75 in 2017 and 120 in 2018: 1.6 times as much. Is it so?'
    """
    claims = [claim for claim in judge_words(readings) if claim.answer == NOT_UNDERSTOOD]
    clauses = [claim.clause for claim in claims if values_too or not _only_gives_values(claim, readings)]
    said = "; ".join(f'"{clause}"' for clause in dict.fromkeys(clauses))
    return f"Not judged: {said}. The chart shows {tell(readings)}. Is it so?" if said else ""


def _speaks_of_another(clause: Clause, readings: Sequence[Reading]) -> bool:
    """Return whether a clause measures something, and the chart something else: exports where it shows sales."""
    told = {measure for word in clause.words if (measure := role_of(word, "measure"))}
    shown = _measures(texts_beside(readings, "title"))
    if shown & {"exports", "imports"}:
        told -= {"sales"}  # what is sold abroad
    if shown & {"price"}:
        told -= {"inflation"}
    if any(currencies_in(reading.value_axis.label) for reading in readings):
        told -= {"value"}  # "worth 900 million"
    return bool(told and shown) and not (told & shown or clause.named)


def _measures(texts: Iterable[str]) -> set[str]:
    """Return what some texts say that is measured: "sales", "price"."""
    return {measure for text in texts for token in tokens_of(text) if (measure := role_of(token.word, "measure"))}


def _only_counts(clause: Clause, place: str, readings: Sequence[Reading]) -> bool:
    """Return whether a clause counts something that the chart does not count: "two readings", "three what-ifs"."""
    things = {stem(thing) for thing in clause.counted} if not any(claim.when for claim in clause.claims) else set()
    return bool(things) and not (clause.understood and things & vocabulary(readings, without=place))


def _answer(place: str, clause: Clause, scenes: Sequence[Scene], readings: Sequence[Reading]) -> Answer:
    """Try all claims of a clause in each scene: one that bears all out is enough."""
    if _speaks_of_another(clause, readings) or _is_about_speed(clause, scenes):
        return None
    scenes = [scene for scene in _meant(clause, scenes) if not (clause.counts and scene.is_relative)]
    told = [*clause.readings, *clause.also]
    if mentions(clause.text, "rate-noun"):
        told = [tuple(replace(claim, flags=claim.flags | {"of-rate"}) for claim in claims) for claims in told]
    by_scene = [[_try_all(claims, place, scene, readings) for claims in told] for scene in scenes]
    unclear = _is_placed_elsewhere(clause, place, readings)
    owned = [not unclear and not (clause.opens and _has_no_owner(claims, scenes)) for claims in told]
    by_scene = [[a if a is not True or o else None for a, o in zip(each, owned, strict=True)] for each in by_scene]
    answers = [answer for each in by_scene for answer in each]
    if True in answers:
        # Of two axes that a clause may speak of, neither may deny it.
        return True if all(True in each or False not in each for each in by_scene) else None
    listed = sum(claim.role == "level" for claim in clause.claims) > 1 and any("all" in c.flags for c in clause.claims)
    loose = listed or any(_is_loose(claim, scenes) for claim in clause.claims) or not _has_own_subject(clause, scenes)
    if (
        loose
        or not clause.plain
        or _lacks_base(clause, scenes)
        or not answers
        or None in answers
        or _is_ambiguous(clause, scenes)
    ):
        return None
    return False if _is_accounted_for(clause, place, readings) else None


def _is_about_speed(clause: Clause, scenes: Sequence[Scene]) -> bool:
    """Return whether a clause says who is fast of a chart of times, where less is faster."""
    axes = [axis for scene in scenes for r in scene.readings for axis in (r.value_axis, r.category_axis)]
    timed = any(size_ratio(axis.unit, "seconds") for axis in axes)
    return timed and mentions(clause.text, "speed")


def _is_loose(claim: Claim, scenes: Sequence[Scene]) -> bool:
    """Return whether a claim leaves open what it speaks of: several things, or a number without an owner."""
    part = claim.end is not None and claim.end.kind == "fraction"  # "to a third of its 2010 level"
    several = (
        claim.of not in ("", "share")
        or part
        or (claim.role == "level" and len(claim.names) > 1)
        or claim.quantifier != Quantifier()
        or len(claim.when) > 2
        or claim.flags & {"loose", "together", "whole"}
    )
    summed = any(scene.stacked for scene in scenes)  # then all that is stacked may be meant
    owned = claim.number and claim.role != "change" and _has_others(scenes)
    nameless = not claim.names and (summed or owned or "all" in claim.flags)
    spans = claim.role in ("rank", "step", "record") and [when.kind for when in claim.when] == ["span"]
    nameless = nameless or (spans and not claim.names)  # "the strongest growth in ten years": of which year?
    long = any(_covers_several(when, scenes) for when in (*claim.when, *claim.base_when))
    return bool(several or nameless or long)


def _covers_several(when: When, scenes: Sequence[Scene]) -> bool:
    """Return whether a chart shows several values of a time, as the quarters of a year: their sum may be meant."""
    parts = [along.periods[name] for scene in scenes for along in scene.times for name in labels_of_time(when, along)]
    whole = when.period.months if when.kind == "at" and when.period else None
    return sum((part.months or 0) < (whole or 0) for part in parts) > 1


def _try_all(claims: Sequence[Claim], place: str, scene: Scene, readings: Sequence[Reading]) -> Answer:
    """Try claims that must all be true; what is not settled beside one that fails may be what is meant."""
    answers = [_try(claim, place, scene, readings) for claim in claims]
    return None if None in answers else every(answers)


def _meant(clause: Clause, scenes: Sequence[Scene]) -> Sequence[Scene]:
    """Return the scenes whose value axis alone says a word of the clause; all where none does."""
    if len(scenes) < 2:
        return scenes
    said = {stem(token.word) for token in tokens_of(clause.text)}
    axes = [{stem(token.word) for token in tokens_of(scene.words) if len(token.word) > 2} for scene in scenes]
    own = [axis.difference(*(other for other in axes if other is not axis)) for axis in axes]
    meant = [
        scene
        for scene, words in zip(scenes, own, strict=True)
        if any(are_kin(one, other) for one in words for other in said)
        or any(mentions(clause.text, idea) and mentions(scene.words, idea) for idea in _MEASURED)
    ]
    return meant or scenes


def _has_own_subject(clause: Clause, scenes: Sequence[Scene]) -> bool:
    """Return whether a clause says itself what it speaks of: else it may be another thing, or time, than one thinks."""
    based = any(claim.when and claim.base_when for claim in clause.claims)  # "that of 2023 lies below that of 2022"
    dated = clause.dated and any(when.kind != "since" for claim in clause.claims for when in claim.when)
    return clause.opens or clause.subject or (dated and (based or not _has_others(scenes)))


def _has_no_owner(claims: Sequence[Claim], scenes: Sequence[Scene]) -> bool:
    """Return whether claims give a value of something that they do not name, where several things have values."""
    valued = [
        claim for claim in claims if claim.role in ("level", "share", "compare") and claim.number and not claim.of
    ]
    beside = {
        label
        for scene in scenes
        for dimension in scene.dimensions
        if len(dimension.labels) == 2
        for label in dimension.labels
    }
    largest = max((cell.value for scene in scenes if scene.adds_up for cell in scene.cells), default=0)
    nameless = any(
        not claim.names
        and not (claim.number and 0 < largest < claim.number.value)  # the whole
        and claim.quantifier == Quantifier()
        and not (claim.bases and all(label in beside for named in claim.bases for label in named))  # the one beside it
        and not (claim.bases and "of" in claim.flags)  # "half of Year 10 says no"
        for claim in valued
    )
    return nameless and _has_others(scenes)


def _is_placed_elsewhere(clause: Clause, place: str, readings: Sequence[Reading]) -> bool:
    """Return whether a clause says where or when something is so, in words that the chart does not have."""
    known = vocabulary(readings, without=place) if clause.where else ()
    texts = " ".join(texts_beside(readings, without=place)) if clause.where else ""
    return any(
        not (
            role_of(word, "neutral")
            or role_of(word, "people")
            or any(are_kin(stem(word), other) for other in known)
            or any(mentions(word, idea) and mentions(texts, idea) for idea in (*_MEASURED, "good", "bad"))
        )
        for word in clause.where
    )


def _lacks_base(clause: Clause, scenes: Sequence[Scene]) -> bool:
    """Return whether a clause says "less", and not than what, where it may be another thing or another time."""
    others = _has_others(scenes)
    return any(
        claim.role == "compare"
        and not (claim.bases or claim.base_when)
        and (claim.number.kind in ("plain", "points") if claim.number else others)
        and not claim.flags & {"others", "steady"}
        for claim in clause.claims
    )


def _has_others(scenes: Sequence[Scene]) -> bool:
    return any(len(d.labels) > 1 and not d.is_time for scene in scenes for d in scene.dimensions)


def _is_accounted_for(clause: Clause, place: str, readings: Sequence[Reading]) -> bool:
    """Return whether the chart itself has every word of a clause that plays no part in its claim.

    Another subject, "Cottages fell", may be a part of what is shown, or something else, and a word behind the claim may
    narrow it: then nothing can be denied.
    """
    if all(claim.role == "relation" for claim in clause.claims):
        return True  # "the more lessons, the better the marks" speaks of two axes in any words
    texts = texts_beside(readings, without=place)
    known, measures = vocabulary(readings, without=place), _measures(texts)
    if any(carries_quantity(word) and stem(word) not in known for word in clause.words):
        return False  # "one bed in eight gone"
    distant = all(claim.of == "gap" for claim in clause.claims)  # "the gap is widest"
    asked = [quality for quality in clause.qualities if quality != "plain"]
    return all(distant or mentions(" ".join(texts), quality) for quality in asked) and all(
        role_of(word, "neutral")
        or role_of(word, "ordinal")
        or role_of(word, "quality")
        or ((measure := role_of(word, "measure")) and (measure in measures or not measures))
        or any(are_kin(stem(word), other) for other in known)
        for word in clause.words
        if word.isalpha()
    )


def _is_ambiguous(clause: Clause, scenes: Sequence[Scene]) -> bool:
    """Return whether a name of a clause is a part of another label: "satisfied" beside "very satisfied".

    So is a time that several labels hold, among other words: "August, if by" beside "August, if to".
    """
    named = {label for claim in clause.claims for names in (*claim.names, *claim.bases) for label in names}
    labels = {label for scene in scenes for dimension in scene.dimensions for label in dimension.labels}
    if any(claim.when or claim.base_when for claim in clause.claims):
        times = [time for label in labels if (time := _time_in(label))]
        if len(set(times)) < len(times):
            return True
    words = {label: {stem(token.word) for token in tokens_of(label)} for label in labels | named}
    return any(words[one] < words[other] for one in named for other in labels if not read_period(one))


def _time_in(label: str) -> Period | None:
    """Return the first time that a label holds among other words; None for a label that is a time as a whole."""
    tokens = tokens_of(label)
    found = (period_in(tokens, place) for place in range(len(tokens)))
    return None if names_only_time(label) else next((time for time, _ in filter(None, found)), None)


def _try(claim: Claim, place: str, scene: Scene, readings: Sequence[Reading]) -> Answer:
    """Try a claim; a value that names neither whose nor when it is may be that of a line, a label or a note."""
    answer = try_claim(claim, scene)
    if answer is not False or claim.sign or claim.role not in ("level", "change"):
        return answer
    numbers = [number for number in (claim.number, claim.start, claim.end) if number]
    whole = bool(claim.flags & {"all", "always", "steady"}) or bool(
        claim.quantifier.counts or claim.quantifier.kinds & {"none", "never", "most-of", "only", "except"}
    )
    if numbers and not (claim.names or whole) and all(_is_shown(number, readings) for number in numbers):
        return None  # the values are there: a range of them, or a list whose order means more than its words
    tied = claim.names or claim.when or whole
    if claim.role == "level" and claim.number and not tied:
        loose = place not in ("title", "alt text") or _stands_elsewhere(claim.number, readings)
        return None if loose else False
    return answer


def _is_shown(number: PrintedNumber, readings: Sequence[Reading]) -> bool:
    """Return whether a printed number is the size of a value that the chart shows, as it stands or by its axis."""
    return not is_open(number) and any(
        written.allows(abs(mark.value))
        for reading in readings
        for written in (number, number.times(reading.value_axis.factor))
        for mark in reading.marks
    )


def _only_gives_values(claim: JudgedClaim, readings: Sequence[Reading]) -> bool:
    """Return whether a claim says no more in numbers than values of the chart, "3,881 in the dearest band", if any.

    A title that gives values and a relation may make more of them; an alt text tells what is seen.
    """
    numbers = list(numbers_in(claim.clause))
    tells = says_relation(claim.clause) or mentions(claim.clause, "outcome")
    if not numbers:
        return not tells
    units = {"plain", *(reading.value_axis.unit for reading in readings)}
    shown = all(number.kind.replace("percent", "%") in units and _is_shown(number, readings) for number in numbers)
    return shown and (claim.place == "alt text" or not tells)


def _stands_elsewhere(number: PrintedNumber, readings: Sequence[Reading]) -> bool:
    """Return whether a drawn line, a label, a note or an axis of the chart carries a number."""
    number = replace(number, low=0.98 * number.value, high=1.02 * number.value)
    for reading in readings:
        ends = [end for guide in reading.guides for end in (guide.low, guide.high)]
        ends += [reading.value_axis.low, reading.value_axis.high]
        if any(number.allows(end) or number.times(reading.value_axis.factor).allows(end) for end in ends):
            return True
        texts = [mark.label for mark in reading.marks if mark.label]
        texts += [
            *reading.annotations,
            reading.value_axis.label,
            reading.category_axis.label,
            *reading.value_axis.ticks,
        ]
        texts += [*map(str, reading.categories), *reading.series, *(text for text, _ in reading.legend)]
        if any(number.allows(other.value) for text in texts for other in numbers_in(text)):
            return True
    return False
