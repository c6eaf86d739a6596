"""The words around a plot: its titles, notes and source line."""

from matplotlib.axes import Axes

from secondcar.charts.wording import one_line, source_in


def titles_of(ax: Axes) -> list[str]:
    """Return the titles of a plot and its figure as they are written, empty ones too."""
    figure = ax.get_figure(root=True)
    return [figure.get_suptitle(), *(ax.get_title(loc=place) for place in ("left", "center", "right"))]


def title_of(ax: Axes) -> str:
    """Return the title of the figure and those of the plot as one line."""
    return one_line(" ".join(titles_of(ax)))


def annotations_on(ax: Axes) -> list[str]:
    """Return the texts in and around a plot that are no titles, labels or ticks."""
    figure = ax.get_figure(root=True)
    titles = {figure.get_suptitle(), figure.get_supxlabel(), figure.get_supylabel()}
    boxes = [artist.txt for artist in ax.artists if hasattr(artist, "txt")]  # AnchoredText
    shown = [text for text in [*ax.texts, *figure.texts] if text.get_visible()]
    return [t.get_text() for t in [*shown, *boxes] if t.get_text().strip() and t.get_text() not in titles]


def source_of(ax: Axes) -> str:
    """Return the line that names the source, wherever it is written."""
    figure = ax.get_figure(root=True)
    labels = [ax.xaxis.get_label_text(), ax.yaxis.get_label_text(), figure.get_supxlabel(), figure.get_supylabel()]
    return next((source for text in [*annotations_on(ax), *labels, *titles_of(ax)] if (source := source_in(text))), "")
