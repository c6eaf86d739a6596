"""Says where a chart misleads, by rules over what the chart says and never over the code that drew it."""

from collections.abc import Mapping, Sequence

from secondcar.charts.honesty import content_rules, drawing_rules, reader_rules
from secondcar.charts.honesty.note import Note, show_note
from secondcar.charts.honesty.pictures import picture_pair
from secondcar.charts.honesty.rules import MISLEADING, Asked, Finding, Rule
from secondcar.charts.reading import Unreadable, read_all
from secondcar.charts.reading.panels import axes_of, figure_of
from secondcar.charts.reading.records import Reading

__all__ = ["RULES", "Finding", "Rule", "check_honesty", "find_faults", "picture_pair"]

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
            content_rules.find_unlike_periods,
        ),
        Rule("unit", "A number without its unit says nothing.", content_rules.find_missing_unit),
        Rule(
            "title-truth",
            "Most readers read the title and no more, so the chart must bear it out.",
            content_rules.find_false_title,
        ),
        Rule(
            "forecast",
            "What is planned has not happened, so it must not look as if it had.",
            content_rules.find_plans_like_facts,
        ),
        Rule(
            "source",
            "A reader must be able to check a number, so the chart says where it comes from.",
            content_rules.find_missing_source,
        ),
        Rule(
            "colour",
            "Every reader must be able to tell the marks apart, and one man in twelve is colour-blind.",
            reader_rules.find_colours,
        ),
        Rule("alt-text", "Who does not see the picture must be told what it shows.", reader_rules.find_poor_alt_text),
        Rule(
            "order",
            "Time runs one way, sizes have an order, and a comparison of many is read best by size.",
            content_rules.find_hiding_order,
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


def check_honesty(chart: object, **known: object) -> None:
    """Show a chart, what misleads in it, and where it can be drawn the chart mended beside it.

    It works on any chart in any notebook, raises nothing over a chart that cannot be read, and changes no chart.

    Args:
        chart: Axes, a Figure, a seaborn grid, an array of Axes or a seaborn.objects plot.
        known: what `find_faults` takes beside the reading: `off`, `unit` and `now`.

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
    findings = find_faults(readings, **known)
    off = [f"Not checked: {name} ({reason})." for name, reason in (known.get("off") or {}).items()]
    lines = [f"{finding.rule}: {finding.sentence}" for finding in findings]
    pictures = picture_pair(figure, readings, findings)
    show_note(Note(*_verdict(findings), lines + off, pictures), figure)


def _verdict(findings: Sequence[Finding]) -> tuple[str, str]:
    """Return the sign and the heading of the note."""
    if not findings:
        return "✓", "Nothing in this chart misleads"
    if any(finding.severity == MISLEADING for finding in findings):
        return "✗", "This chart misleads"
    return "?", "This chart is not clear yet"
