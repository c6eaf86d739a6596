"""The rule colour: every reader can tell marks, series and texts apart, whatever they see."""

from collections.abc import Collection, Iterator, Sequence
from itertools import combinations

from secondcar.charts.honesty.colours import CLOSE, DISTANCE, RED_GREEN, VISIONS, contrast, distance
from secondcar.charts.honesty.facts import with_twins
from secondcar.charts.honesty.rules import UNCLEAR, Asked, Found, notes_of
from secondcar.charts.language.say import say_number
from secondcar.charts.reading.records import Mark, Reading
from secondcar.counting import counted

# The Web Content Accessibility Guidelines ask 3 to 1 of graphics; but matplotlib's orange has 2.3 and half-transparent
# points have 2.1, and readers find them where they stand alone. A large fill, a bubble, and lines in the colours of a
# palette need less: the area of seaborn.objects has 1.3, its palest palette 1.5.
LINE_CONTRAST = 2.0
# Points as wide as this, in pixels, are fills.
BUBBLE = 16.0
FILL_CONTRAST = 1.25
# Of the Guidelines for large texts; small ones would need 4.5, which the grey of many source lines misses.
TEXT_CONTRAST = 3.0


def find_colours(panels: tuple[Reading, ...], asked: Asked) -> Found:
    for panel in panels:
        parts = with_twins((panel,))
        colours = {mark.colour for part in parts for mark in part.marks}
        for part in parts:
            yield from _find_pale(part, alone=len(colours) == 1)
            yield from _find_unnamed_series(part)
            yield from _find_series_alike(part)
        yield from _find_pale_texts(panel)


def _find_series_alike(panel: Reading) -> Found:
    if {mark.kind for mark in panel.marks} == {"cell"}:
        yield from _find_cells_alike(panel)
        return
    gaps = [(*_gap(one, two), one, two) for one, two in _told_by_colour(panel)]
    for gap, vision, one, two in sorted(gaps, key=lambda pair: pair[0])[:1]:
        if gap < DISTANCE:
            sentence = (
                f"The colours of {_say(one)} and {_say(two)} look alike in {VISIONS[vision]}: their distance is "
                f'{gap:.1f}, and {DISTANCE} is needed. Draw with palette="colorblind", or give each its own markers, '
                "dashes or hatching."
            )
            yield UNCLEAR, sentence, gap


def questions_of_colours(panels: Sequence[Reading]) -> Iterator[str]:
    """Ask of series whose colours are far enough apart to pass, and close in red- or green-blind vision."""
    for panel in panels:
        pairs = [pair for pair in _told_by_colour(panel) if _gap(*pair)[0] >= DISTANCE]
        gaps = [(*_gap(*pair, RED_GREEN, "cam02-ucs"), *pair) for pair in pairs]
        for gap, vision, one, two in sorted(gaps, key=lambda pair: pair[0])[:1]:
            if gap < CLOSE:
                yield (
                    f"The colours of {_say(one)} and {_say(two)} are close in {VISIONS[vision]}. Would markers, "
                    "dashes, hatching, or a name beside each help a reader?"
                )


def _told_by_colour(panel: Reading) -> list[tuple[Mark, Mark]]:
    """Return a mark of each of two series that nothing but their colour tells apart, for each such pair."""
    looks = {mark.series: mark for mark in reversed(panel.marks) if mark.kind != "cell"}
    if all(series and series in " ".join(notes_of(panel)) for series in looks):
        return []  # series named where they stand need no colour
    shown = {series: {m.category for m in panel.marks if m.series == series} for series in looks}
    in_places = panel.category_axis.kind in ("category", "date")
    return [
        (one, two)
        for one, two in combinations(looks.values(), 2)
        if not _second_cue(one, two) and (not in_places or shown[one.series] & shown[two.series])
    ]


def _gap(first: Mark, second: Mark, visions: Collection[str] = VISIONS, space: str = "lab-d65") -> tuple[float, str]:
    """Return how far apart two marks look where they look most alike, and the key of that vision."""
    gaps = ((distance(first.colour, second.colour, vision, space), vision) for vision in visions)
    return min(gaps, key=lambda gap: gap[0])


def _say(mark: Mark) -> str:
    """Write the series of a mark with its colour as it is written in code.

    >>> _say(mark)  # doctest: +SKIP
    '"cars" (#2ca02c)'
    """
    return f'"{mark.series}" (#{"".join(f"{round(255 * part):02x}" for part in mark.colour[:3])})'


def _find_unnamed_series(panel: Reading) -> Found:
    """Find series of which a reader cannot say what they are: no legend, label or note names them."""
    shown = {series: {m.category for m in panel.marks if m.series == series} for series in panel.series}
    # A line that goes on from the last point of another, as a plan from the facts, is not a second series.
    pairs = [
        pair
        for pair in combinations(shown, 2)
        if len(shared := shown[pair[0]] & shown[pair[1]]) > 1 or any(shared == shown[series] for series in pair)
    ]
    together = {series for pair in pairs for series in pair}
    told = [text for text, _ in panel.legend] + [mark.label for mark in panel.marks]
    words = " ".join([*told, *notes_of(panel), panel.title]).casefold()
    unnamed = [series for series in panel.series if series in together and series.casefold() not in words]
    if len(unnamed) > 1 and {mark.kind for mark in panel.marks} != {"cell"}:
        sentence = (
            f"{counted(len(together), 'series stands', 'series stand')} beside each other, and nothing on the chart "
            "says which is which: add a legend, or write each name beside its marks."
        )
        yield UNCLEAR, sentence, None


def _second_cue(first: Mark, second: Mark) -> bool:
    cues = [(mark.hatch, mark.linestyle, mark.marker, mark.kind) for mark in (first, second)]
    return cues[0] != cues[1]


def _find_pale(panel: Reading, alone: bool) -> Found:
    for mark in {mark.colour: mark for mark in panel.marks if mark.kind != "cell"}.values():
        thin = mark.kind == "line" or (mark.kind == "point" and mark.width < BUBBLE)
        if (not alone and mark.kind not in ("line", "point")) or mark.hatch:
            continue
        needed = LINE_CONTRAST if thin and alone else FILL_CONTRAST
        found = max(contrast(colour, panel.background) for colour in (mark.colour, mark.edge) if colour)
        if found < needed:
            name = f' of "{mark.series}"' if mark.series else ""
            sentence = (
                f"The {mark.kind}s{name} stand out from the background by {found:.1f} to 1, and {needed:g} to 1 is "
                "needed. Choose a stronger colour."
            )
            yield UNCLEAR, sentence, found


def _find_pale_texts(panel: Reading) -> Found:
    found = [(contrast(colour, panel.background), text) for text, colour in panel.text_colours]
    least, text = min(found, default=(TEXT_CONTRAST, ""))
    if least < TEXT_CONTRAST:
        sentence = (
            f'The text "{text}" stands out from the background by {least:.1f} to 1, and {TEXT_CONTRAST:g} to 1 is '
            "needed. Choose a stronger colour."
        )
        yield UNCLEAR, sentence, least


def _find_cells_alike(panel: Reading) -> Found:
    """Cells of far apart values must not look alike, unless their numbers are printed."""
    if all(mark.label for mark in panel.marks):
        return
    cells = sorted({mark.colour: mark for mark in panel.marks}.values(), key=lambda mark: mark.value)
    cells = cells[:: max(1, len(cells) // 12)]
    span = cells[-1].value - cells[0].value
    for first, second in combinations(cells, 2):
        if second.value - first.value > span / 3:
            gap, vision = _gap(first, second)
            if gap < DISTANCE:
                sentence = (
                    f"Cells of {say_number(first.value)} and {say_number(second.value)} look alike in "
                    f"{VISIONS[vision]}: their distance is {gap:.0f}, and {DISTANCE} is needed. Choose a colour map "
                    "that runs from light to dark."
                )
                yield UNCLEAR, sentence, gap
                return
