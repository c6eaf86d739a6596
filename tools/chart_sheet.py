"""Writes a page with a picture and the verdict of every chart of the bank: `make chart-sheet`."""

import base64
import html
import io
import sys
from pathlib import Path

from secondcar.charts.honesty import find_faults
from secondcar.charts.reading import Unreadable, read_all
from secondcar.charts.reading.alt_attribute import alt_text_of
from secondcar.charts.reading.panels import figure_of
from tests.bank.charts import DISHONEST, HONEST
from tests.bank.charts.blind import BLIND_DISHONEST, BLIND_HONEST, NOT_READ
from tests.bank.charts.entries import Entry, drawn

DOTS_PER_INCH = 60

PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>The chart bank</title>
<style>
body {{ font-family: sans-serif; margin: 1rem; }}
section {{ display: grid; grid-template-columns: repeat(auto-fill, minmax(21rem, 1fr)); gap: 1rem; }}
figure {{ margin: 0; padding: .5rem; border: 1px solid #999; }}
figure.wrong {{ border: 4px solid #b00; }}
img {{ max-width: 100%; }}
</style>
</head>
<body>
<h1>The chart bank</h1>
<p>{summary}</p>
{sections}
</body>
</html>
"""


def main(target: Path) -> None:
    """Draw and judge the whole bank, and write the page."""
    parts = {
        "Honest": HONEST,
        "Dishonest": DISHONEST,
        "Honest, drawn blind": BLIND_HONEST,
        "Dishonest, drawn blind": BLIND_DISHONEST,
    }
    cards = {title: [card(entry) for entry in entries.values()] for title, entries in parts.items()}
    wrong = sum('class="wrong"' in text for texts in cards.values() for text in texts)
    honest, dishonest = len(HONEST) + len(BLIND_HONEST), len(DISHONEST) + len(BLIND_DISHONEST)
    summary = (
        f"{honest} honest and {dishonest} dishonest charts; {len(NOT_READ)} are not read, and {wrong} judged wrongly "
        "(framed in red)."
    )
    sections = "\n".join(
        f"<h2>{title}</h2>\n<section>\n{chr(10).join(texts)}\n</section>" for title, texts in cards.items()
    )
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(PAGE.format(summary=summary, sections=sections), encoding="utf-8")
    print(f"{summary}\nOpen {target} in a browser.")


def card(entry: Entry) -> str:
    """Return one chart as HTML: its picture, the rules it breaks, and what was found."""
    with drawn(entry) as chart:
        try:
            found = [(finding.rule, finding.sentence) for finding in find_faults(read_all(chart))]
        except Unreadable as problem:
            found = [("unreadable", str(problem))]
        figure = figure_of(chart)
        alt, picture = alt_text_of(figure), picture_of(figure)
    right = entry.is_met_by({rule for rule, _ in found}) or entry.name in NOT_READ
    items = "".join(f"<li><b>{rule}</b>: {html.escape(sentence)}</li>" for rule, sentence in found)
    return (
        f'<figure class="{"right" if right else "wrong"}">'
        f'<img alt="{html.escape(alt)}" src="data:image/png;base64,{picture}">'
        f"<figcaption><b>{entry.name.replace('_', ' ')}</b><br>to find: {', '.join(entry.rules) or 'nothing'}"
        f"<ul>{items or '<li>nothing found</li>'}</ul></figcaption></figure>"
    )


def picture_of(figure) -> str:
    """Return a figure as base64 text of a PNG."""
    picture = io.BytesIO()
    figure.savefig(picture, format="png", dpi=DOTS_PER_INCH, bbox_inches="tight")
    return base64.b64encode(picture.getvalue()).decode()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
