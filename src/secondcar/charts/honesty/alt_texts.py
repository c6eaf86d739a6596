"""The rule alt-text: readers who do not see the picture are told what is compared, when, and how it compares."""

from collections.abc import Sequence

from secondcar.charts.honesty.facts import periods_of
from secondcar.charts.honesty.rules import UNCLEAR, Asked, Found
from secondcar.charts.honesty.scene import vocabulary
from secondcar.charts.language.clauses import says_relation
from secondcar.charts.language.numbers import numbers_in
from secondcar.charts.language.periods import period_in
from secondcar.charts.language.phrases import stem
from secondcar.charts.language.tokens import tokens_of
from secondcar.charts.reading.records import Reading

_KIND_OF_CHART = {
    "chart", "figure", "graph", "plot", "image", "picture", "bar", "line", "show", "with", "from", "see",
    "above", "below",
    "text", "diagram", "histogram", "scatter", "heatmap", "two", "three", "and", "the", "are", "black", "png",
}  # fmt: skip


def find_poor_alt_text(panels: tuple[Reading, ...], asked: Asked) -> Found:
    alt = next((panel.alt for panel in panels if panel.alt.strip()), "")
    if not alt:
        sentence = "There is no alt text: say what is compared, the values or their relation, and the period."
        yield UNCLEAR, sentence, None
        return
    missing = [
        part
        for part, there in (
            ("what is compared", names_subject(alt, panels)),
            ("the values or their relation", names_values(alt)),
            ("the period", names_period(alt, panels)),
        )
        if not there
    ]
    if missing:
        yield UNCLEAR, f"The alt text does not say {' nor '.join(missing)}.", None


def names_subject(alt: str, panels: Sequence[Reading]) -> bool:
    """Return whether a text names what a chart compares; words that the chart has not count, too, if there are two."""
    words = {stem(token.word) for token in tokens_of(alt) if token.kind == "word" and len(token.word) > 2}
    words -= _KIND_OF_CHART
    known = vocabulary(panels, without="alt text")
    long = {word for word in words if len(word) > 3}
    return len(long) > 1 or bool(known & words)


def names_values(alt: str) -> bool:
    """Return whether a text gives a value, or says how values stand to each other."""
    return says_relation(alt) or any(True for _ in numbers_in(alt))


def names_period(alt: str, panels: Sequence[Reading]) -> bool:
    """Return whether a text names a time, or the chart shows none."""
    if _has_time(alt):
        return True
    return not any(periods_of(panel.categories) or _has_time(panel.title) for panel in panels)


def _has_time(text: str) -> bool:
    tokens = tokens_of(text)
    return any(period_in(tokens, place) for place in range(len(tokens)))
