"""Charts of what a claim is about where that is not drawn itself: the gap between two values, a share of a whole."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from secondcar.charts.honesty.scene import Cell, Dimension, Scene
from secondcar.charts.honesty.trials.places import places_of, slices
from secondcar.charts.language.claims import Claim
from secondcar.charts.language.ideas import mentions


def measured(claim: Claim, scene: Scene) -> tuple[Claim, Scene] | None:
    """Return a claim about a gap or a share as one about the values of a chart that shows it; None if none can.

    "The gap between births and deaths widens" becomes "widens", of a chart of the gaps.
    """
    if claim.of in ("surplus", "deficit"):
        balance = balance_of(scene)
        if balance is None:
            return None
        scene = balance
        side = 1 if claim.of == "surplus" else -1
        cells = tuple(replace(cell, value=side * cell.value, ends=()) for cell in scene.cells)
        return replace(claim, of="", bases=()), replace(scene, cells=cells, measure=claim.of)
    found = _gaps(claim, scene) if claim.of == "gap" else _shares(claim, scene)
    if found is None:
        return None
    kept = {label for dimension in found.dimensions for label in dimension.labels}
    names = tuple(named for named in claim.names if set(named) & kept)
    quantifier = claim.quantifier.without("set", "first")  # "of the two towns"
    return replace(claim, names=names, bases=(), of="", quantifier=quantifier), found


def balance_of(scene: Scene) -> Scene | None:
    """Return a chart of what is left when what goes out is taken from what comes in: imports from exports.

    A chart that has values below zero is one itself; None where nothing comes in and goes out.
    """
    if min(scene.values, default=0.0) < 0:
        return scene
    for owner in scene.dimensions:
        signs = {label: mentions(label, "inflow") - mentions(label, "outflow") for label in owner.labels}
        if not any(signs.values()) and len(signs) == 2:  # what was planned and what was done
            signs = {label: -1 if mentions(label, "plan-noun") else 1 for label in owner.labels}
        if sorted(signs.values()) == [-1, 1]:
            groups = slices(scene.cells, {owner.place})
            told = [
                Cell(without(group[0], owner), sum(signs[cell.labels[owner.place]] * cell.value for cell in group))
                for group in groups
                if len(group) == len(signs)
            ]
            return without_dimension(scene, told, owner, "balance")
    return None


def _gaps(claim: Claim, scene: Scene) -> Scene | None:
    named = (*claim.names, *claim.bases)
    said = {label for each in named for label in each}
    open_ones = [d for d in scene.dimensions if not d.is_time or said & set(d.labels)]
    pairs = [d for d in open_ones if len(said & set(d.labels)) == 2]
    two = [d for d in open_ones if len(d.labels) == 2 and not said & set(d.labels)]
    dimensions = pairs or (two if said else []) or [d for d in open_ones if said & set(d.labels) or not said]
    if len(dimensions) != 1:
        return None
    owner = dimensions[0]
    labels = said & set(owner.labels) or set(owner.labels)
    cells = [cell for cell in scene.cells if cell.labels[owner.place] in labels]
    if len(labels) != 2 and len(scene.dimensions) > 1 and said:
        return None  # nobody knows between which two of three
    return _derived(scene, cells, owner, "gap", lambda group: max(group) - min(group))


def _shares(claim: Claim, scene: Scene) -> Scene | None:
    dimensions = [d for d in scene.dimensions if d.place in places_of(claim.names, scene)]
    if len(dimensions) != 1 or dimensions[0].is_time or not scene.adds_up:
        return None
    owner = dimensions[0]
    own = {label for each in claim.names for label in each}

    def share(group: list[float], labels: list[str]) -> float:
        part = sum(value for value, label in zip(group, labels, strict=True) if label in own)
        return 100 * part / (sum(group) or 1.0)

    groups = slices(scene.cells, {owner.place})
    cells = [
        Cell(without(group[0], owner), share([c.value for c in group], [c.labels[owner.place] for c in group]))
        for group in groups
    ]
    return without_dimension(scene, cells, owner, "share")


def _derived(
    scene: Scene, cells: list[Cell], owner: Dimension, measure: str, of: Callable[[list[float]], float]
) -> Scene | None:
    groups = slices(cells, {owner.place})
    if any(len(group) < 2 for group in groups):
        return None
    told = [Cell(without(group[0], owner), of([cell.value for cell in group])) for group in groups]
    return without_dimension(scene, told, owner, measure)


def without(cell: Cell, owner: Dimension) -> tuple[str, ...]:
    return tuple("" if place == owner.place else label for place, label in enumerate(cell.labels))


def without_dimension(scene: Scene, cells: Sequence[Cell], owner: Dimension, measure: str) -> Scene:
    dimensions = tuple(dimension for dimension in scene.dimensions if dimension is not owner)
    return Scene(tuple(cells), dimensions, scene.readings, measure)
