"""The two charts of a report on a class: how the marks are spread, and how hard each exercise was."""

import statistics
from collections.abc import Sequence

import numpy as np
import seaborn as sns
from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.container import BarContainer
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter

from secondcar.charts.alt_text import set_alt_text
from secondcar.charts.images import as_image
from secondcar.charts.reading.alt_attribute import alt_text_of
from secondcar.charts.reading.panels import figure_of
from secondcar.counting import counted
from secondcar.grading.reporting.outcome import ClassOutcome, ReportedExercise
from secondcar.grading.reporting.page import Picture, ReportPictures

_COLOUR = "#0173b2"  # the blue of seaborn's palette "colorblind"
_SOURCE = "Source: the gradebook of this course"
_BINS = 10
_RESOLUTION = 130  # dots per inch: sharp in print


def draw_pictures(outcome: ClassOutcome) -> ReportPictures:
    """Draw the charts of a report, as far as there is something to show."""
    return ReportPictures(
        marks=_picture(draw_marks(outcome.marks, outcome.points)) if outcome.marks else None,
        exercises=_picture(draw_exercises(outcome.exercises)) if _shares(outcome.exercises) else None,
    )


def draw_marks(marks: Sequence[float], points: float) -> Axes:
    """Draw how many submissions earned how many points, in ten bins of one width.

    Args:
        marks: points of each submission, one or more.
        points: the most that can be reached.
    """
    ax = Figure(figsize=(7, 3.6), layout="constrained").add_subplot()
    sns.histplot(x=marks, bins=np.linspace(0, max(points, *marks), _BINS + 1), color=_COLOUR, ax=ax)
    ax.set(title="How the marks are spread", xlabel=f"points earned\n{_SOURCE}", ylabel="number of submissions")
    ax.yaxis.set_major_locator(MaxNLocator(integer=True, min_n_ticks=1))
    sns.despine(ax=ax)
    return set_alt_text(ax, tell_marks(marks, points))


def tell_marks(marks: Sequence[float], points: float) -> str:
    """Return what the chart of marks shows, in words.

    >>> tell_marks([2, 8, 9.5], 10)
    'Histogram of the points earned: the median is 8 of 10 points, and the marks lie between 2 and 9.5.'
    """
    if len(marks) == 1:
        return f"Histogram of the points earned: the one mark is {marks[0]:g} of {counted(points, 'point')}."
    median = statistics.median(marks)
    return (
        f"Histogram of the points earned: the median is {median:g} of {counted(points, 'point')}, "
        f"and the marks lie between {min(marks):g} and {max(marks):g}."
    )


def draw_exercises(exercises: Sequence[ReportedExercise]) -> Axes:
    """Draw which share of its points each exercise earned, in the given order from the top.

    Args:
        exercises: the hardest first; one or more with a share.
    """
    # Matplotlib reads text between two dollar signs as a formula, and fails if it is not one.
    names = [name.replace("$", r"\$") for name, _ in _shares(exercises)]
    shares = [share for _, share in _shares(exercises)]
    ax = Figure(figsize=(7, 1.3 + 0.28 * len(names)), layout="constrained").add_subplot()
    sns.barplot(x=shares, y=names, orient="h", color=_COLOUR, ax=ax)
    for bars in ax.containers:
        if isinstance(bars, BarContainer):
            ax.bar_label(bars, fmt="%.0f %%", padding=3)
    ax.set(
        title="The share of points that each exercise earned",
        xlabel=f"share of the points available, %\n{_SOURCE}",
        ylabel="exercise",
        xlim=(0, max(100, *shares) * 1.1),
    )
    ax.xaxis.set_major_formatter(PercentFormatter())
    sns.despine(ax=ax)
    return set_alt_text(ax, tell_exercises(exercises))


def tell_exercises(exercises: Sequence[ReportedExercise]) -> str:
    """Return what the chart of exercises shows, in words.

    >>> tell_exercises([ReportedExercise("undo-by", 2, 30, 0.4), ReportedExercise("claims", 1, 30, 0.9)])
    'Bar chart of the share of points earned in each exercise: from 40 % in undo-by, the hardest, to 90 % in claims.'
    """
    shares = _shares(exercises)
    (hardest, least), (easiest, most) = shares[0], shares[-1]
    told = f"Bar chart of the share of points earned in each exercise: from {least:.0f} % in {hardest}"
    return f"{told}, the hardest, to {most:.0f} % in {easiest}."


def _shares(exercises: Sequence[ReportedExercise]) -> list[tuple[str, float]]:
    """Return the name and the share in percent of each exercise that is marked."""
    return [(exercise.name, 100 * exercise.share) for exercise in exercises if exercise.share is not None]


def _picture(ax: Axes) -> Picture:
    figure = figure_of(ax)
    alt = alt_text_of(figure)
    return Picture(alt, Markup(as_image(figure, alt, _RESOLUTION)))
