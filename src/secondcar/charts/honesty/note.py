"""The note that shows what misleads in a chart: HTML for a notebook, in any theme, and its plain-text twin."""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from secondcar.charts.honesty.pictures import Pictures
from secondcar.notes import is_shown, publish

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# Each has a contrast of 3:1 or more with a white and with a near-black page; the sign says the same without colour.
_EDGES = {"✓": "#2e8b57", "?": "#b8741a", "✗": "#d0494d", "!": "#1d8a8a"}


@dataclass(frozen=True)
class Note:
    """A sign and a heading, a line for each finding, and the chart itself."""

    sign: str
    heading: str
    lines: Sequence[str]
    pictures: Pictures | None = None


def as_text(note: Note) -> str:
    """Return the note in plain text.

    >>> print(as_text(Note("?", "This chart is not clear yet", ["source: No line names the source."])))
    [? This chart is not clear yet]
    - source: No line names the source.
    """
    pictures = [note.pictures.text] if note.pictures else []
    return "\n".join([f"[{note.sign} {note.heading}]", *(f"- {line}" for line in note.lines), *pictures])


def as_html(note: Note) -> str:
    """Return the note as HTML; text colour and font are those of the page."""
    items = "".join(f"<li>{html.escape(line)}</li>" for line in note.lines)
    listed = f'<ul style="margin: 0.3em 0; padding-left: 1.4em">{items}</ul>' if items else ""
    pictures = note.pictures.html if note.pictures else ""
    return (
        f'<div role="note" aria-label="Honesty of the chart" style="border-left: 0.4em solid {_EDGES[note.sign]}; '
        "background: rgba(128, 128, 128, 0.1); color: inherit; padding: 0.5em 0.9em; margin: 0.3em 0; "
        'max-width: 46em; line-height: 1.5; border-radius: 0.2em"><p style="margin: 0"><strong>'
        f'<span aria-hidden="true">{note.sign} </span>{note.heading}.</strong></p>{listed}{pictures}</div>'
    )


def show_note(note: Note, figure: "Figure | None" = None) -> None:
    """Show the note in a notebook, or print its text where there is none.

    In a notebook the figure of the chart is closed, or it would appear once more, without its alt text.
    """
    publish(as_text(note), as_html(note))
    if figure is not None and is_shown():
        import matplotlib.pyplot as plt

        plt.close(figure)
