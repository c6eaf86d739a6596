"""What every drawing of the bank shares: a new figure, and the words around the plot."""

from collections.abc import Sequence
from dataclasses import replace

import matplotlib.pyplot as plt
import seaborn.objects as so
from matplotlib.axes import Axes

from secondcar.charts.alt_text import set_alt_text
from tests.bank.charts.facts import Fact

# Room at the bottom for the source line.
PLOT_AREA = (0, 0.06, 1, 0.94)


def new_axes(columns: int = 1, **options) -> Axes | Sequence[Axes]:
    """Return the Axes of a new figure, or several beside each other."""
    figure, axes = plt.subplots(1, columns, figsize=(4 + 2 * columns, 3.8), layout="constrained", **options)
    figure.get_layout_engine().set(rect=PLOT_AREA)
    return axes


def drawn_on(ax: Axes, plot: so.Plot) -> Axes:
    """Draw a seaborn.objects plot on given Axes."""
    plot.on(ax).plot()
    return ax


def finish(ax: Axes, fact: Fact, *, across: bool = False, **changed: str) -> Axes:
    """Give a plot its fact's title, unit, source line and alt text; `changed` replaces one, "" leaves it out.

    `across` says that the values run from left to right.
    """
    words = replace(fact, **changed)
    ax.set_title(words.title, fontsize="medium")
    ax.set_xlabel(words.unit if across else "")
    ax.set_ylabel("" if across else words.unit)
    finish_figure(ax.figure, words.source, words.alt)
    return ax


def finish_panels(figure: plt.Figure, axes: Sequence[Axes], fact: Fact, **changed: str) -> plt.Figure:
    """Give a figure of several panels one title, source line and alt text, and each panel its unit."""
    words = replace(fact, **changed)
    figure.suptitle(words.title)
    for ax in axes:
        ax.set_xlabel("")
        ax.set_ylabel(words.unit)
    figure.set_layout_engine("constrained", rect=PLOT_AREA)
    finish_figure(figure, words.source, words.alt)
    return figure


def finish_figure(figure: plt.Figure, source: str, alt: str) -> None:
    """Write the source line under a figure, and give the figure its alt text."""
    if source:
        figure.text(0.01, 0.01, source, fontsize=8)
    if alt:
        set_alt_text(figure.axes[0], alt)
