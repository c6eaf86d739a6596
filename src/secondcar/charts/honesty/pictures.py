"""Pictures of charts for a web page, each with its alt text, alone or the learner's beside the mended one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from secondcar.charts.honesty.mending import MENDED, mend
from secondcar.charts.honesty.rules import Finding
from secondcar.charts.honesty.telling import tell
from secondcar.charts.images import as_image
from secondcar.charts.language.say import one_line
from secondcar.charts.reading.describing import description
from secondcar.charts.reading.records import Reading

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# Dots per inch: two pictures stand beside each other in a note.
RESOLUTION = 80


@dataclass(frozen=True)
class Pictures:
    """One or two charts beside each other, as HTML and as plain text."""

    html: str
    text: str


def picture_pair(figure: "Figure", readings: Sequence[Reading], findings: Sequence[Finding]) -> Pictures:
    """Picture a chart, and beside it the chart mended, where drawing can mend it.

    Args:
        figure: the chart as its author drew it.
        readings: what `read_all` returned for it.
        findings: what `find_faults` returned for them.

    Returns:
        The pictures with the captions "yours" and "mended". Each has an alt text: the author's own, or else what the
        chart shows.
    """
    own_alt = next((reading.alt for reading in readings if reading.alt), "") or " ".join(map(description, readings))
    cards, lines = [_card("yours", figure, own_alt)], [f"Yours: {one_line(own_alt)}"]
    if mended := mend(readings, findings):
        rules = ", ".join(dict.fromkeys(finding.rule for finding in findings if finding.rule in MENDED))
        alt = f"The same chart with {rules} put right: {tell(readings)}."
        cards.append(_card("mended", mended, alt))
        lines.append(f"Mended: {alt}")
    style = "display: flex; flex-wrap: wrap; gap: 0.8em; margin-top: 0.6em"
    return Pictures(f'<div style="{style}">{"".join(cards)}</div>', "\n".join(lines))


def _card(caption: str, figure: "Figure", alt: str) -> str:
    return (
        '<figure style="margin: 0; flex: 1 1 18em; max-width: 26em">'
        f"<figcaption>{caption}</figcaption>{as_image(figure, alt, RESOLUTION)}</figure>"
    )
