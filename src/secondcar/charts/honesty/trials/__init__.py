"""Holds one claim against what a chart shows: borne out, denied, or not settled."""

import math
from collections.abc import Callable
from dataclasses import replace

from secondcar.charts.honesty.relations import points_of
from secondcar.charts.honesty.scene import Cell, Scene
from secondcar.charts.honesty.trials.answers import Answer, some
from secondcar.charts.honesty.trials.changes import try_change, try_pace
from secondcar.charts.honesty.trials.comparing import try_comparison
from secondcar.charts.honesty.trials.levels import try_level, try_share, try_side
from secondcar.charts.honesty.trials.measures import balance_of, measured, without, without_dimension
from secondcar.charts.honesty.trials.numbers import is_open
from secondcar.charts.honesty.trials.pairs import try_crossing, try_faster, try_relation
from secondcar.charts.honesty.trials.places import places_of, slices
from secondcar.charts.honesty.trials.quantified import is_quantified, try_quantified
from secondcar.charts.honesty.trials.ranking import try_peak, try_rank, try_record, try_step
from secondcar.charts.honesty.trials.spread import bins_of
from secondcar.charts.language.claims import Claim, Count, Quantifier
from secondcar.charts.language.periods import DAYS_IN_MONTH, When

_OF_TOTALS = ("level", "record", "peak", "rank", "step")
_TRIALS: dict[str, Callable[[Claim, Scene], Answer]] = {
    "change": try_change,
    "level": try_level,
    "share": try_share,
    "compare": try_comparison,
    "rank": try_rank,
    "record": try_record,
    "peak": try_peak,
    "step": try_step,
    "crossing": try_crossing,
    "faster": try_faster,
    "pace": try_pace,
    "relation": try_relation,
    "side": try_side,
}


def _with_counted_times(claim: Claim, scene: Scene) -> Claim:
    """Take a span of time in a comparison with a name for a count: "missed its target in nine months"."""
    spans = [when for when in claim.when if when.kind == "span"]
    lengths = {period.months for dimension in scene.times for period in dimension.periods.values()}
    limited = (claim.role == "side" or (claim.role == "level" and is_open(claim.number))) and "all" not in claim.flags
    if not (limited or (claim.role == "compare" and claim.bases)) or len(spans) != 1 or len(lengths) != 1:
        return claim
    count = round(spans[0].months / (lengths.pop() or 1 / DAYS_IN_MONTH), 6)
    if count != int(count):
        return claim
    times = tuple(when for when in claim.when if when not in spans)
    counted = Quantifier(counts=(Count("set", count, "months"),))
    return replace(claim, when=times, quantifier=claim.quantifier | counted)


def _with_totals(claim: Claim, scene: Scene) -> Answer:
    """Try a claim that names no part on the sums of the parts as well."""
    dimensions = [dimension for dimension in scene.dimensions if not dimension.is_time]
    answer = _TRIALS[claim.role](claim, scene)
    whole = not (claim.names or claim.bases or claim.quantifier.counts) and claim.role in _OF_TOTALS
    if not (whole and scene.stacked and scene.adds_up and len(dimensions) == 1 and scene.times):
        return answer
    groups = slices(scene.cells, {dimensions[0].place})
    if claim.number and claim.number.value > max(cell.value for cell in scene.cells):
        answer = None  # only the whole can be meant
    cells = tuple(Cell(without(group[0], dimensions[0]), sum(cell.value for cell in group)) for group in groups)
    return some([answer, _TRIALS[claim.role](claim, without_dimension(scene, cells, dimensions[0], "total"))])


def _against_guide(claim: Claim, scene: Scene) -> Claim:
    """Take a number that only says what a line marks, "above the 95 % target", for a comparison with that line."""
    marked = [named for named in (*claim.names, *claim.bases) if any(label in scene.guides for label in named)]
    levels = {scene.guides[label] for named in marked for label in named if label in scene.guides}
    number = claim.number
    sizes = {number.value, number.value * scene.factor} if number else set()
    telling = claim.sign or (number and number.hedge) or "threshold" in claim.flags
    if number is None or not telling or not any(math.isclose(size, level) for size in sizes for level in levels):
        return claim
    rest = tuple(named for named in claim.names if named not in marked)
    sign = -1 if number.hedge in ("under", "at-most") else 1
    reach = claim.flags | ({"reach"} if claim.role == "level" and not number.hedge else set())
    compared = replace(claim, number=None, names=rest, bases=tuple(marked), flags=reach - {"threshold"})
    return replace(compared, role="compare", sign=claim.sign or sign) if claim.role in ("level", "compare") else claim


def _with_year_named(claim: Claim, scene: Scene) -> Claim:
    """Take the year of "September 2024" for the name of the series that it is, beside another of averages."""
    years = {str(when.period.year) for when in claim.when if when.period}
    if len(years) != 1 or not any(years & set(d.labels) for d in scene.dimensions if not d.is_time):
        return claim
    return replace(claim, names=(*claim.names, tuple(years)))


def _with_only(claim: Claim) -> Claim:
    """Take "these and no others", and "May alone had fewer", for "only"; but "Brazil alone makes half"."""
    kinds = claim.quantifier.kinds
    limited = claim.role == "change" or (is_open(claim.number) and claim.role == "level")
    only = {"only"} if "these" in kinds or ("alone" in kinds and limited) else set()
    kinds = frozenset(kinds - {"these", "alone"} | only)
    return replace(claim, quantifier=replace(claim.quantifier, kinds=kinds))


def try_claim(claim: Claim, scene: Scene) -> Answer:
    """Return whether a scene bears out a claim (True), denies it (False), or does not settle it (None)."""
    if valued := claim.flags & {"better", "worse"}:
        if min(scene.values, default=0.0) < 0:
            return None
        sign = -claim.sign if scene.is_bad else claim.sign
        better, worse = (
            try_claim(replace(claim, sign=each, flags=claim.flags - valued), scene) for each in (sign, -sign)
        )
        if scene.is_bad or scene.is_good:
            return better
        return False if better is worse is False else None
    if "limited" in claim.flags:
        # "The average herd": a number that fits is meant, and one that does not may be that of other values.
        told = claim.number or claim.end
        return try_claim(replace(claim, flags=claim.flags - {"limited"}), scene) or None if told else None
    if claim.of and not (claim.of == "share" and scene.in_percent):
        found = measured(claim, scene)
        return try_claim(*found) if found else None
    if claim.role == "side":
        balance = balance_of(scene)
        if balance is None:
            return None
        scene = balance
    if not scene.times:  # "most farms now cover more than ..."
        claim = replace(claim, when=tuple(when for when in claim.when if when.kind not in ("latest", "first")))
    if claim.role == "spread":
        if bins_of(scene) or points_of(scene) or not (claim.number and claim.end):
            return None  # what bins and points tell, `try_sentence` takes from all words of a sentence
        if scene.in_percent and claim.end.kind == "plain":
            return None  # "half of residents are between 18 and 64"
        part = claim.number.value / (100 if claim.number.kind == "percent" else 1)
        count = Count("part" if part < 1 else "set", part, claim.noun)
        counts = Quantifier(claim.quantifier.kinds, (*claim.quantifier.counts, count))
        claim = replace(claim, role="level", number=claim.end, end=None, quantifier=counts)  # "half score 60 or more"
    claim = _with_year_named(claim, scene)
    if claim.role == "crossing":  # who overtakes was behind before
        claim = replace(claim, quantifier=claim.quantifier.without("first-time"))
    if claim.role == "crossing" and claim.base_when and not claim.bases:
        claim = replace(claim, role="compare", when=claim.when or (When("latest"),))  # "overtakes its 2019 level"
    if any(label in scene.guides for named in (*claim.names, *claim.bases) for label in named):
        claim = _against_guide(claim, scene)
        if any(label in scene.guides for named in claim.names for label in named):
            return None  # of what a line marks, the values say nothing
    claim = _with_only(claim)
    claim = _with_counted_times(claim, scene)
    if "steady" in claim.flags and claim.role not in ("change", "pace") and not claim.base_when:
        claim = replace(claim, flags=claim.flags | {"all"})  # "tops the three in every year"
    if is_quantified(claim, scene):
        answer = try_quantified(claim, scene, try_claim)
        # "Three countries take 70 %" together, or each of them.
        summed = claim.role == "share" and claim.quantifier.of("first") and "all" not in claim.flags
        return some([answer, try_share(claim, scene)]) if summed else answer
    for count in claim.quantifier.of("first", "set") if claim.role != "share" else ():
        if not any(count.number in (len(d.labels), len(d.things)) and not d.is_time for d in scene.dimensions):
            return None  # nobody knows which two of three
        claim = replace(claim, flags=claim.flags - {"any time"})  # "the busiest of three hubs in 2021"
        if claim.number is None:
            each = count.kind == "first" or "all" in claim.flags
            claim = replace(claim, flags=claim.flags | {"all" if each else "together"})
    related = places_of(claim.names, scene) & places_of(claim.bases, scene)  # "a quarter of Spain's"
    if claim.role == "compare" and "of" in claim.flags and claim.bases and scene.in_percent and not related:
        # "Two thirds of the young agree" may give two names of one value.
        return try_level(replace(claim, role="level", names=(*claim.names, *claim.bases), bases=()), scene)
    return _with_totals(claim, scene)
