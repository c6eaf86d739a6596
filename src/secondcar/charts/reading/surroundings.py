"""The words around a plot: its titles, notes and source line."""

from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.text import Annotation

from secondcar.charts.language.say import one_line
from secondcar.charts.language.sources import source_in
from secondcar.charts.reading.artists import figure_under
from secondcar.charts.reading.records import Colour


def titles_of(ax: Axes) -> list[str]:
    """Return the titles of a plot and its figure as they are written, empty ones too."""
    figure = figure_under(ax)
    return [figure.get_suptitle(), *(ax.get_title(loc=place) for place in ("left", "center", "right"))]


def title_of(ax: Axes) -> str:
    """Return the title of the figure and those of the plot as one line."""
    return one_line(" ".join(titles_of(ax)))


def panel_name(ax: Axes) -> str:
    """Return what names a panel: its own title; in a grid also the title over its column and the text beside its row.

    A seaborn grid with `margin_titles=True` writes them at its outer panels only.
    """
    column, row = _others_in_grid(ax, "colspan"), _others_in_grid(ax, "rowspan")
    own = _own_title(ax) or next(filter(None, map(_own_title, column)), "")
    beside = next(filter(None, map(_margin_text, [ax, *row])), "")
    return " | ".join(filter(None, [own, beside]))


def _own_title(ax: Axes) -> str:
    return one_line(" ".join(ax.get_title(loc=place) for place in ("left", "center", "right")))


def _margin_text(ax: Axes) -> str:
    notes = (text for text in ax.texts if isinstance(text, Annotation) and text.xycoords == "axes fraction")
    beside = (note for note in notes if note.xy[0] > 1)
    return one_line(" ".join(text.get_text() for text in beside))


def _others_in_grid(ax: Axes, span: str) -> list[Axes]:
    """Return the other Axes of a figure that stand in the same column ("colspan") or row ("rowspan") of its grid."""
    place = ax.get_subplotspec()
    if place is None:
        return []
    specs = [(other, other.get_subplotspec()) for other in figure_under(ax).axes if other is not ax]
    same_grid = [(other, spec) for other, spec in specs if spec and spec.get_gridspec() is place.get_gridspec()]
    return [other for other, spec in same_grid if getattr(spec, span) == getattr(place, span)]


def annotations_on(ax: Axes) -> list[str]:
    """Return the texts in and around a plot that are not titles, labels or ticks."""
    figure = figure_under(ax)
    titles = {figure.get_suptitle(), figure.get_supxlabel(), figure.get_supylabel()}
    boxes = [artist.txt for artist in ax.artists if hasattr(artist, "txt")]  # AnchoredText
    shown = [text for text in [*ax.texts, *figure.texts] if text.get_visible()]
    return [t.get_text() for t in [*shown, *boxes] if t.get_text().strip() and t.get_text() not in titles]


def text_colours_of(ax: Axes) -> list[tuple[str, Colour]]:
    """Return each text that stands outside the plot, where the background is that of the chart, with its colour."""
    figure = figure_under(ax)
    ticks = [tick.label1 for axis in (ax.xaxis, ax.yaxis) for tick in axis.get_major_ticks()[:1]]
    titles = [ax.title, *figure.texts]  # a figure's own title is one of its texts
    shown = [text for text in [*titles, ax.xaxis.label, ax.yaxis.label, *ticks] if text.get_visible()]
    return [
        (one_line(text.get_text()), to_rgba(text.get_color(), text.get_alpha()))
        for text in shown
        if text.get_text().strip()
    ]


def source_of(ax: Axes) -> str:
    """Return the line that names the source, wherever it is written."""
    figure = figure_under(ax)
    labels = [ax.xaxis.get_label_text(), ax.yaxis.get_label_text(), figure.get_supxlabel(), figure.get_supylabel()]
    return next((source for text in [*annotations_on(ax), *labels, *titles_of(ax)] if (source := source_in(text))), "")
