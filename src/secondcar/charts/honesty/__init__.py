"""Says where a chart misleads, by rules over what the chart says and never over the code that drew it."""

from collections.abc import Mapping, Sequence

from secondcar.charts.honesty import drawing_rules
from secondcar.charts.honesty.alt_texts import find_poor_alt_text
from secondcar.charts.honesty.facts import with_twins
from secondcar.charts.honesty.false_words import find_false_alt_text, find_false_title
from secondcar.charts.honesty.missing_source import find_missing_source
from secondcar.charts.honesty.missing_unit import find_missing_unit
from secondcar.charts.honesty.note import Note, show_note
from secondcar.charts.honesty.ordering import find_hiding_order, questions_of_order
from secondcar.charts.honesty.pictures import picture_pair
from secondcar.charts.honesty.plans import find_plans_like_facts
from secondcar.charts.honesty.rules import DOUBTFUL, MISLEADING, Asked, Finding, Found, Rule
from secondcar.charts.honesty.telling_apart import find_colours, questions_of_colours
from secondcar.charts.honesty.truth import BORNE_OUT, ask_about_words, judge_words
from secondcar.charts.honesty.unlike_periods import find_unlike_periods
from secondcar.charts.reading import Unreadable, read_all
from secondcar.charts.reading.panels import axes_of, figure_of
from secondcar.charts.reading.records import Reading

__all__ = ["RULES", "Finding", "Rule", "check_honesty", "find_faults", "find_questions", "picture_pair"]


def _find_in_alt_text(panels: tuple[Reading, ...], asked: Asked) -> Found:
    found = list(find_poor_alt_text(panels, asked))
    yield from found or find_false_alt_text(panels, asked)


RULES: dict[str, Rule] = {
    rule.name: rule
    for rule in (
        Rule(
            "zero-base",
            "A bar is read by its length, so it must begin at zero and grow in even steps.",
            drawing_rules.find_cut_bars,
        ),
        Rule("lie-factor", "An effect must look as large as it is.", drawing_rules.find_lies),
        Rule(
            "area", "Eyes compare areas, so only one side of a mark may grow with its value.", drawing_rules.find_areas
        ),
        Rule(
            "two-scales",
            "Where two axes begin and end is free, so any two series can be made to meet.",
            drawing_rules.find_two_scales,
        ),
        Rule(
            "like-for-like",
            "A longer time holds more of everything, so only periods of the same length compare.",
            find_unlike_periods,
        ),
        Rule("unit", "A number without its unit says nothing.", find_missing_unit),
        Rule(
            "title-truth",
            "Most readers read the title and no more, so the chart must bear it out.",
            find_false_title,
        ),
        Rule(
            "forecast",
            "What is planned has not happened, so it must not look as if it had.",
            find_plans_like_facts,
        ),
        Rule(
            "source",
            "A reader must be able to check a number, so the chart says where it comes from.",
            find_missing_source,
        ),
        Rule(
            "colour",
            "Every reader must be able to tell the marks apart, and one man in twelve is colour-blind.",
            find_colours,
        ),
        Rule("alt-text", "Whoever does not see the picture must be told what it shows.", _find_in_alt_text),
        Rule(
            "order",
            "Time runs one way, sizes have an order, and a comparison of many is read best by size.",
            find_hiding_order,
        ),
    )
}


def find_faults(
    reading: Reading | Sequence[Reading],
    *,
    off: Mapping[str, str] | None = None,
    unit: str | None = None,
    now: int | None = None,
) -> tuple[Finding, ...]:
    """Find everything that misleads in a chart.

    Args:
        reading: what `read` returned, or what `read_all` returned for a figure of several panels.
        off: rules that are not to count, with the reason: `{"source": "the data are invented"}`.
        unit: a word that the value axis must name, as "vehicles"; without it any unit will do.
        now: the year that is running; values of later years are forecasts.

    Returns:
        The findings in the order of `RULES`, the same sentence once.

    Raises:
        ValueError: `off` names an unknown rule, or gives no reason.

    >>> [finding.rule for finding in find_faults(read(ax))]  # doctest: +SKIP
    ['zero-base', 'lie-factor', 'source']
    """
    off = off or {}
    for name, reason in off.items():
        if name not in RULES:
            raise ValueError(f'There is no honesty rule "{name}". The rules are: {", ".join(RULES)}.')
        if not reason.strip():
            raise ValueError(f'The rule "{name}" is turned off without a reason: say in a few words why.')
    panels = (reading,) if isinstance(reading, Reading) else tuple(reading)
    asked = Asked(unit, now)
    found = {
        Finding(name, *finding): None
        for name, rule in RULES.items()
        if name not in off
        for finding in rule.find(panels, asked)
    }
    return tuple(found)


def find_questions(reading: Reading | Sequence[Reading], *, off: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Find what a reader should ask and a machine cannot judge: claims it did not understand, order, close colours.

    Questions cost nothing.

    Args:
        reading: what `find_faults` takes.
        off: rules that are not to count: without "title-truth" and "alt-text" no words are asked about, without "order"
            no order, and without "colour" no colours.

    Returns:
        Questions, each with what the chart shows.
    """
    panels = (reading,) if isinstance(reading, Reading) else tuple(reading)
    off = off or {}
    words = "" if {"title-truth", "alt-text"} <= set(off) else ask_about_words(panels)
    order = () if "order" in off else questions_of_order(with_twins(panels))
    colours = () if "colour" in off else questions_of_colours(with_twins(panels))
    return tuple(dict.fromkeys(filter(None, [words, *order, *colours])))


def check_honesty(
    chart: object, *, off: Mapping[str, str] | None = None, unit: str | None = None, now: int | None = None
) -> None:
    """Show a chart, what misleads in it, and where it can be drawn the chart mended beside it.

    It works on any chart in any notebook, raises nothing over a chart that cannot be read, and changes no chart.

    Args:
        chart: Axes, a Figure, a seaborn grid, an array of Axes or a seaborn.objects plot.
        off: rules that are not to count, with the reason: `{"source": "the data are invented"}`.
        unit: a word that the value axis must name, as "vehicles"; without it any unit will do.
        now: the year that is running; values of later years are forecasts.

    Raises:
        ValueError: `off` names an unknown rule, or gives no reason.

    >>> check_honesty(ax, off={"source": "the data are invented"})  # doctest: +SKIP
    """
    try:
        axes = axes_of(chart)
        readings = read_all(axes)
    except Unreadable as problem:
        show_note(Note("!", "I cannot read this chart", [str(problem)]))
        return
    figure = figure_of(axes)
    findings = find_faults(readings, off=off, unit=unit, now=now)
    lines = [f"{finding.rule}: {finding.sentence}" for finding in findings]
    lines += [f"Partly read: {part}." for reading in readings for part in reading.dropped]
    lines += find_questions(readings, off=off)
    lines += [f"Not checked: {name} ({reason})." for name, reason in (off or {}).items()]
    show_note(Note(*_verdict(findings, readings), lines, picture_pair(figure, readings, findings)), figure)


def _verdict(findings: Sequence[Finding], readings: Sequence[Reading]) -> tuple[str, str]:
    """Return the sign and the heading of the note: it says what was looked at, and no more."""
    if not findings:
        claims = judge_words(readings)
        # Of a title in which no claim was seen, nobody knows whether it is true.
        told = any(claim.place == "title" for claim in claims) and {claim.answer for claim in claims} == {BORNE_OUT}
        words = ", and its words are borne out" if told else ""
        return "✓", f"No fault found in how it is drawn{words}"
    if any(finding.severity == MISLEADING for finding in findings):
        return "✗", "This chart misleads"
    if all(finding.severity == DOUBTFUL for finding in findings):
        return "?", "No fault found in how it is drawn; look again at its words"
    return "?", "This chart is not clear yet"
