"""Honesty rules for who can read a chart: colour, alt-text."""

import re
from itertools import combinations

from secondcar.charts.honesty.colours import DISTANCE, VISIONS, closest_pair, contrast
from secondcar.charts.honesty.facts import gather_facts, labels_of, periods_of, units_of, with_twins
from secondcar.charts.honesty.rules import MISLEADING, UNCLEAR, Asked, Found, notes_of
from secondcar.charts.honesty.statements import denied, misplaced_numbers, tell_change, without_bands
from secondcar.charts.language.numbers import numbers_in, say_number
from secondcar.charts.language.periods import read_period
from secondcar.charts.reading.records import Mark, Reading, category_text

# A line or point alone must stand out as the Web Content Accessibility Guidelines ask of graphics. A large fill, and
# lines in the colours of a palette, need less: the area of seaborn.objects has 1.3, its palest palette 1.5.
LINE_CONTRAST = 3.0
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
    looks = {mark.series: mark for mark in reversed(panel.marks)}
    if len(looks) < 2 or all(series and series in " ".join(notes_of(panel)) for series in looks):
        return  # series named where they stand need no colour
    shown = {series: {m.category for m in panel.marks if m.series == series} for series in looks}
    worst = None
    for (one, first), (two, second) in combinations(looks.items(), 2):
        apart = panel.category_axis.kind in ("category", "date") and not shown[one] & shown[two]
        if _second_cue(first, second) or apart:
            continue
        gap, _, _, vision = closest_pair([first.colour, second.colour])
        if gap < DISTANCE and (worst is None or gap < worst[0]):
            worst = gap, one, two, vision
    if worst:
        gap, one, two, vision = worst
        sentence = (
            f'The colours of "{one}" ({_hex(looks[one])}) and "{two}" ({_hex(looks[two])}) look alike in '
            f"{VISIONS[vision]}: their distance is {gap:.1f}, and {DISTANCE} is needed. Draw with "
            'palette="colorblind", or give each its own markers, dashes or hatching.'
        )
        yield UNCLEAR, sentence, gap


def _hex(mark: Mark) -> str:
    """Write a colour as it is written in code.

    >>> _hex(mark)  # doctest: +SKIP
    '#2ca02c'
    """
    return "#" + "".join(f"{round(255 * part):02x}" for part in mark.colour[:3])


def _find_unnamed_series(panel: Reading) -> Found:
    """Find series of which a reader cannot say what they are: no legend, label or note names them."""
    shown = {series: {m.category for m in panel.marks if m.series == series} for series in panel.series}
    # A line that goes on from the last point of another, as a plan from the facts, is no second series.
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
            f"{len(together)} series stand beside each other, and nothing on the chart says which is which: add a "
            "legend, or write each name beside its marks."
        )
        yield UNCLEAR, sentence, None


def _second_cue(first: Mark, second: Mark) -> bool:
    cues = [(mark.hatch, mark.linestyle, mark.marker, mark.kind) for mark in (first, second)]
    return cues[0] != cues[1]


def _find_pale(panel: Reading, alone: bool) -> Found:
    for mark in {mark.colour: mark for mark in panel.marks if mark.kind != "cell"}.values():
        thin = mark.kind in ("line", "point")
        if (not alone and not thin) or mark.hatch:
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
            gap, _, _, vision = closest_pair([first.colour, second.colour])
            if gap < DISTANCE:
                sentence = (
                    f"Cells of {say_number(first.value)} and {say_number(second.value)} look alike in "
                    f"{VISIONS[vision]}: their distance is {gap:.0f}, and {DISTANCE} is needed. Choose a colour map "
                    "that runs from light to dark."
                )
                yield UNCLEAR, sentence, gap
                return


_RELATION = re.compile(
    r"\b(?:more|less|fewer|higher|lower|larger|smaller|most|least|twice|double[sd]?|tripled?|halved?|half|third|quarter|"
    r"equal|same|above|below|peak(?:s|ed)?|exceed(?:s|ed)?|overtook|ahead|behind|nearly all|majority|"
    r"ris(?:es?|en|ing)|rose|fall(?:s|en|ing)?|fell|grew|grow(?:s|n|ing)?|climb(?:s|ed|ing)?|shr[aiu]nk(?:s|ing)?|"
    r"drops?|dropped|increase[sd]?|decrease[sd]?|times|steady|unchanged)\b"
)
_PERIOD = re.compile(r"\b(?:19|20)\d\d\b")
_KIND_OF_CHART = {
    "chart",
    "figure",
    "graph",
    "plot",
    "image",
    "picture",
    "bars",
    "line",
    "show",
    "shows",
    "with",
    "from",
}


def find_poor_alt_text(panels: tuple[Reading, ...], asked: Asked) -> Found:
    alt = next((panel.alt for panel in panels if panel.alt.strip()), "")
    if not alt:
        yield (
            UNCLEAR,
            "There is no alt text: say what is compared, the values or their relation, and the period.",
            None,
        )
        return
    missing = [
        part
        for part, there in (
            ("what is compared", _names_subject(alt, panels)),
            ("the values or their relation", _names_values(alt)),
            ("the period", _names_period(alt, panels)),
        )
        if not there
    ]
    if missing:
        yield UNCLEAR, f"The alt text does not say {' nor '.join(missing)}.", None
        return
    facts = gather_facts(panels)
    labels = labels_of(panels)
    for name in misplaced_numbers(alt, facts):
        yield MISLEADING, f'The alt text gives "{name}" numbers that the chart shows elsewhere.', None
    for sentence in re.split(r"(?<=[.;])\s", alt):
        for words in denied(without_bands(sentence, labels), facts, units_of(panels), any_scale=True):
            if not any(words in label for label in labels):
                yield MISLEADING, f'The alt text says "{words}", but {tell_change(facts)}.', None


def _names_subject(alt: str, panels: tuple[Reading, ...]) -> bool:
    known = set()
    for panel in with_twins(panels):
        texts = [panel.title, panel.value_axis.label, panel.category_axis.label, *panel.series]
        texts += map(category_text, panel.categories)
        known |= {word[:4] for text in texts for word in re.findall(r"[^\W\d_]{4,}", text.casefold())}
    words = set(re.findall(r"[^\W\d_]{4,}", alt.casefold())) - _KIND_OF_CHART
    # Other words than the chart's own may name its subject as well: two of them are taken on trust.
    return len(words) > 1 or bool(known & {word[:4] for word in words})


def _names_values(alt: str) -> bool:
    return bool(_RELATION.search(alt.casefold())) or any(True for _ in numbers_in(alt))


def _names_period(alt: str, panels: tuple[Reading, ...]) -> bool:
    if _PERIOD.search(alt) or read_period(alt):
        return True
    timed = any(periods_of(panel.categories) or _PERIOD.search(panel.title) for panel in panels)
    return not timed
