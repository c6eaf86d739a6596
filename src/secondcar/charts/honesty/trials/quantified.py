"""Trials of claims about each of several things: only, except, no, never, most, three of five; and of denials."""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from secondcar.charts.honesty.scene import Dimension, Scene
from secondcar.charts.honesty.trials.answers import Answer, agreed, every
from secondcar.charts.honesty.trials.changes import moves
from secondcar.charts.honesty.trials.numbers import is_open
from secondcar.charts.honesty.trials.places import labels_of_time, time_dimensions
from secondcar.charts.honesty.trials.ranking import try_rank
from secondcar.charts.language.claims import Claim, Count, Quantifier
from secondcar.charts.language.lexicon import role_of
from secondcar.charts.language.periods import When

Trial = Callable[[Claim, Scene], Answer]
_DENIED = {"not", "gone", "none", "never"}
_OF_SOME = {"only", "except"}
_KINDS = _DENIED | _OF_SOME | {"most-of", "first-time"}
_COUNTS = ("first", "set", "part")
_NEVER = Quantifier(frozenset(["never"]))


def is_quantified(claim: Claim, scene: Scene) -> bool:
    """Return whether a claim tells for how many of several things something holds, or that it does not."""
    if claim.role in ("level", "compare", "side") and claim.quantifier.number("row"):
        return True
    return bool(claim.quantifier.kinds & _KINDS) or (
        bool(counts_of(claim)) and (_is_limit(claim) or _counts_times(claim) or _is_part_of_all(claim, scene))
    )


def try_quantified(claim: Claim, scene: Scene, trial: Trial) -> Answer:
    """Try a claim for each thing it speaks of, and count for how many it holds."""
    kinds = claim.quantifier.kinds
    bare = replace(claim, quantifier=claim.quantifier.without(*_KINDS), chosen=(), chosen_when=())
    if len(kinds & _KINDS) > 1:
        return None
    if row := int(claim.quantifier.number("row")):
        return _longest_row(replace(bare, flags=bare.flags - {"row"}), row, scene, trial)
    if "first-time" in kinds:
        return _first_time(bare, scene, trial)
    if kinds & _OF_SOME:
        return _of_some(claim, bare, scene, trial)
    if "not" in kinds and "rest" in claim.flags:
        rest = replace(scene, cells=tuple(replace(c, value=scene.whole - c.value, ends=()) for c in scene.cells))
        return trial(bare, rest) if scene.in_percent and bare.role in ("share", "level") else None
    if "not" in kinds and bare.role == "change" and bare.end and is_open(bare.end):
        # "Has not gone above 5 since 2015": at no time
        limit = replace(claim, role="level", sign=0, number=claim.end, end=None, quantifier=_NEVER)
        return try_quantified(limit, scene, trial)
    if "not" in kinds:
        return _opposite(_denied(bare, scene, trial))
    if "gone" in kinds:
        last = trial(replace(bare, when=(When("latest"),)), scene) if not bare.when and bare.role != "change" else None
        return _opposite(last) if last is None or last or _held_before(bare, scene, trial) else None
    if "never" in kinds and bare.role == "compare" and bare.base_when and not (bare.bases or bare.number):
        return try_rank(
            replace(bare, role="rank", sign=bare.sign or 1, when=bare.base_when, base_when=()), scene
        )  # "never dearer than in May"
    others = bool(bare.bases) and not bare.names
    if "none" in kinds and bare.role == "compare" and others and bare.sign and not bare.number:
        return try_rank(replace(bare, role="rank", names=bare.bases, bases=()), scene)  # "nowhere longer than in Lugo"
    if "never" in kinds and bare.role == "change":
        return _never_moves(bare, scene)
    return _of_counted(claim, bare, scene, trial)


def _of_counted(claim: Claim, bare: Claim, scene: Scene, trial: Trial) -> Answer:
    """Try a claim for each of several things, and hold how often it is true against "none", "most" or a count."""
    counts, kinds = counts_of(claim), claim.quantifier.kinds
    dimension = _dimension_of(claim, scene, counts)
    if dimension is None:
        return None
    listed = {label for named in claim.names for label in named} & set(dimension.labels)
    told = replace(
        bare,
        names=tuple(named for named in bare.names if not set(named) & listed),
        flags=bare.flags - {"threshold", "all"},
        quantifier=bare.quantifier.without(*_COUNTS, "but"),
    )
    labels = _labels_meant(told, dimension)
    if len(counts) == 2 and len(dimension.things) == max(count.number for count in counts):
        labels = list(dimension.things)
    answers = [_denied(_for_label(told, label, dimension), scene, trial) for label in labels]
    if told.role == "level" and told.number and not is_open(told.number) and not listed and not kinds:
        # "Two regions reach 70": those with 70 and more, perhaps
        most = replace(told.number, high=math.inf, hedge="at-least")
        reached = [trial(_for_label(replace(told, number=most), label, dimension), scene) for label in labels]
        number = min(count.number for count in counts)
        return True if reached.count(True) == number and None not in reached else None
    if listed:  # "only two became cheaper: butter and apples"
        return every(
            answer if label in listed else _opposite(answer) for label, answer in zip(labels, answers, strict=True)
        )
    if kinds & {"none", "never"}:
        return _opposite(True if True in answers else None if None in answers else False)
    held, unsettled = sum(answer is True for answer in answers), answers.count(None)
    number = min((count.number for count in counts), default=0.0)
    if number < 1:
        number = round(number * len(answers), 6)  # "in half of the towns"
    if unsettled and not kinds & {"but", "most-of"}:
        return True if held == number else None if held < number <= held + unsettled or held > number else False
    if unsettled:
        return None
    if "but" in kinds:
        held = len(answers) - held
    if "most-of" in kinds:
        return held > len(answers) / 2
    return True if held == number else None if held > number and len(counts) < 2 else False


def _longest_row(claim: Claim, count: int, scene: Scene, trial: Trial) -> Answer:
    """Try "eight months in a row above ten": over the times, or else what stands in the place of times."""
    told_of = {label for named in claim.names for label in named}
    open_ones = [d for d in scene.dimensions if len(d.labels) >= count and not told_of & set(d.labels)]
    along = [d for d in open_ones if d.is_time] or open_ones
    spans = tuple(when for when in claim.when if when.kind != "span")
    if len(along) != 1 or (spans and along[0].is_time):
        return None
    told = replace(
        claim, when=spans, flags=claim.flags - {"threshold"}, quantifier=claim.quantifier.without(*_COUNTS, "row")
    )
    holds = [trial(_for_label(told, label, along[0]), scene) for label in along[0].labels]
    if None in holds:
        return None
    longest = max(len(list(group)) if held else 0 for held, group in groupby(holds))
    return longest == count or (None if longest > count else False)


def _is_limit(claim: Claim) -> bool:
    if "together" in claim.flags:
        return False
    return claim.role == "side" or (claim.role in ("level", "share") and is_open(claim.number))


def _is_part_of_all(claim: Claim, scene: Scene) -> bool:
    """Return whether a claim holds for so many of so many, "fell in three of five cities", or "ahead in five"."""
    counts = counts_of(claim)
    some_of = claim.role in ("rank", "compare", "change") and not claim.quantifier.of("first")
    whole = {len(labels) for dimension in scene.dimensions for labels in (dimension.labels, dimension.things)}
    return len(counts) == 2 or (some_of and len(counts) == 1 and counts[0].number not in whole)


def _counts_times(claim: Claim) -> bool:
    timed = any(role_of(count.noun, "span") for count in counts_of(claim))
    return claim.role == "compare" and bool(claim.bases) and timed


def counts_of(claim: Claim) -> tuple[Count, ...]:
    """Return the counts of what a claim holds for: both of "in three of five cities"."""
    return claim.quantifier.of(*_COUNTS)


def _dimension_of(claim: Claim, scene: Scene, counts: Sequence[Count]) -> Dimension | None:
    """Return the one way of telling values apart that a claim counts along."""
    nouns = {count.noun for count in counts if count.noun}
    kinds = claim.quantifier.kinds
    timed = "never" in kinds or any(role_of(noun, "span") for noun in nouns)
    named = {label for labels in claim.names for label in labels}
    some_of = min((count.number for count in counts), default=0)
    named_in = {d.place: len(named & set(d.labels)) for d in scene.dimensions}
    open_ones = [d for d in scene.dimensions if len(d.labels) > 1 and named_in[d.place] in (0, some_of)]
    found = [d for d in open_ones if d.is_time is timed]
    if "none" in kinds and not found:
        found = open_ones  # "no month saw it hit two euros"
    if "most-of" in kinds and len(scene.dimensions) == 1:
        found = open_ones
    whole = max((count.number for count in counts), default=0)
    if len(counts) > 1:
        found = [d for d in found if whole in (len(d.labels), len(d.things))]
    return found[0] if len(found) == 1 and len(found[0].labels) >= whole else None


def _labels_meant(claim: Claim, dimension: Dimension) -> list[str]:
    whens = [when for when in claim.when if when.period]
    if not dimension.is_time or not whens:
        return list(dimension.labels)
    return [label for when in whens for label in labels_of_time(when, dimension)]


def _for_label(claim: Claim, label: str, dimension: Dimension) -> Claim:
    when = () if dimension.is_time else claim.when
    return replace(claim, names=(*claim.names, (label,)), when=when)


def _of_some(claim: Claim, bare: Claim, scene: Scene, trial: Trial) -> Answer:
    """Try "only in Esla" and "everywhere except in Esla": what holds for one must not hold for the others."""
    labels = {label for named in claim.chosen for label in named}
    found = [d for d in scene.dimensions if labels & set(d.labels)]
    if not labels:
        timed = [(d, set(labels_of_time(when, d))) for d in scene.times for when in claim.chosen_when if when.period]
        found, labels = [d for d, own in timed if own], set().union(*(own for _, own in timed))
    if len(found) != 1:
        return None
    dimension = found[0]
    rest = tuple(named for named in bare.names if not set(named) & labels)
    when = tuple(when for when in bare.when if when not in claim.chosen_when)
    told = replace(bare, names=rest, when=when, flags=bare.flags - {"all"})
    if dimension.is_time and bare.role == "change":
        times = {label: When("at", dimension.periods[label]) for label in dimension.labels[1:]}
        holds = {label: trial(replace(told, when=(when,)), scene) for label, when in times.items()}
    else:
        holds = {label: trial(_for_label(told, label, dimension), scene) for label in dimension.labels}
    wanted = "only" in claim.quantifier.kinds
    return every(answer if (label in labels) is wanted else _opposite(answer) for label, answer in holds.items())


def _denied(claim: Claim, scene: Scene, trial: Trial) -> Answer:
    """Try what is denied; "did not reach 50" means 50 and more, "did not double" twice as much and more."""
    number = claim.number
    if number is None or is_open(number):
        return trial(claim, scene)
    halves = number.kind == "multiple" and number.value < 1
    low, high = (0.0, number.value) if halves else (number.value, math.inf)
    at_least = replace(number, low=low, high=high, hedge="at-least")
    answers = {trial(replace(claim, number=each), scene) for each in (number, at_least)}
    return answers.pop() if len(answers) == 1 else None


def _held_before(claim: Claim, scene: Scene, trial: Trial) -> bool:
    """Return whether something was so at one time: else it is not "no longer" so."""
    times = [(along, label) for along in scene.times for label in along.labels[:-1]]
    return any(trial(_for_label(claim, label, along), scene) for along, label in times)


def _first_time(claim: Claim, scene: Scene, trial: Trial) -> Answer:
    """Try whether something holds at the named time, or else the last, and never before."""
    if len(scene.times) != 1 or len(claim.when) > 1 or (claim.role == "change" and (claim.number or claim.when)):
        return None
    if claim.role == "change":
        return _first_move(claim, scene)
    along = scene.times[0]
    begun = [labels_of_time(replace(when, kind="at"), along)[-1:] for when in claim.when if when.kind == "since"]
    if begun:  # then perhaps, and not since
        claim, begin = replace(claim, when=()), along.labels.index(begun[0][0]) + 1 if begun[0] else 0
        along = replace(along, labels=along.labels[begin:])
    dated = [when for when in claim.when if when.kind != "span"]  # "for the first time in six years": at least in those
    spots = labels_of_time(dated[0], along) if dated else [along.labels[-1]]
    if len(spots) != 1:
        return None
    untimed = replace(claim, when=(), flags=claim.flags - {"threshold"})
    *before, now = along.labels[: along.labels.index(spots[0]) + 1]
    if len(dated) < len(claim.when) and not all(
        trial(_for_label(untimed, label, along), scene) is False for label in before
    ):
        return None
    earlier = [_opposite(trial(_for_label(untimed, label, along), scene)) for label in before]
    return every([*earlier, trial(_for_label(untimed, now, along), scene)]) if earlier else None


def _first_move(claim: Claim, scene: Scene) -> Answer:
    """Try whether the last step goes where none before it went."""
    answers: list[Answer] = []
    for run in scene.runs(scene.named(claim.names), scene.times[0]):
        *before, now = [moves(claim, a, b) for a, b in pairwise(run.values)]
        answers.append(every([now, *map(_opposite, before)]))
    return agreed(answers)


def _never_moves(claim: Claim, scene: Scene) -> Answer:
    if claim.number or claim.end or claim.when:
        return None
    cells = scene.named(claim.names)
    runs = [run for along in time_dimensions(claim, scene) for run in scene.runs(cells, along)]
    return agreed(every(_opposite(moves(claim, a, b)) for a, b in pairwise(run.values)) for run in runs)


def _opposite(answer: Answer) -> Answer:
    return None if answer is None else not answer
