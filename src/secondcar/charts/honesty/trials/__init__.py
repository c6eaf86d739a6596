"""Holds one claim against what a chart shows: borne out, denied, or not settled."""

from collections.abc import Callable
from dataclasses import replace

from secondcar.charts.honesty.scene import Scene
from secondcar.charts.honesty.trials.answers import Answer
from secondcar.charts.honesty.trials.changes import try_change
from secondcar.charts.honesty.trials.comparing import try_comparison
from secondcar.charts.honesty.trials.levels import try_level, try_share
from secondcar.charts.honesty.trials.measures import measured
from secondcar.charts.honesty.trials.pairs import try_crossing, try_faster, try_relation
from secondcar.charts.honesty.trials.quantified import is_quantified, try_quantified
from secondcar.charts.honesty.trials.ranking import try_peak, try_rank, try_record, try_step
from secondcar.charts.language.claims import Claim

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
    "relation": try_relation,
}


def try_claim(claim: Claim, scene: Scene) -> Answer:
    """Return whether a scene bears out a claim (True), denies it (False), or does not settle it (None)."""
    if claim.of and not (claim.of == "share" and scene.in_percent):
        found = measured(claim, scene)
        return try_claim(*found) if found else None
    if is_quantified(claim):
        return try_quantified(claim, scene, try_claim)
    for flag in claim.flags:
        word, count = [*flag.split(" ", 2), ""][:2]
        if word in ("first", "set") and count and claim.role != "share":
            if not any(len(d.labels) == int(count) and not d.is_time for d in scene.dimensions):
                return None  # nobody knows which two of three
            if claim.number is None:
                claim = replace(claim, flags=claim.flags | {"all" if word == "first" else "together"})
    return _TRIALS[claim.role](claim, scene)
