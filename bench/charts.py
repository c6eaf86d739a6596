"""How fast a chart is read and judged, beside matplotlib's own drawing of it: part of `make bench`.

20 bars, as an exercise has them, and two large charts: a line of 2,000 dates, and 50,000 points.

Reading needs a figure that is drawn, as every figure that a notebook shows is; drawing is timed separately.
"""

import statistics
import time
from collections.abc import Callable

import matplotlib

matplotlib.use("agg")

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes

from secondcar.charts import set_alt_text
from secondcar.charts.honesty import find_faults
from secondcar.charts.reading.panel_reading import read_panel
from secondcar.charts.reading.panels import panels_of

CALLS = 60
YEARS = [str(year) for year in range(2000, 2020)]
VALUES = [10 + 5.5 * number for number in range(20)]
PROMISED = 50  # milliseconds


def one_series() -> Axes:
    ax = plt.subplots()[1]
    ax.bar(YEARS, VALUES)
    return finished(ax)


def two_series() -> Axes:
    ax = plt.subplots()[1]
    data = {"year": YEARS[:10] * 2, "value": VALUES, "plant": ["A"] * 10 + ["B"] * 10}
    return finished(sns.barplot(data, x="year", y="value", hue="plant", ax=ax))


def dated_line() -> Axes:
    ax = plt.subplots()[1]
    ax.plot(pd.date_range("2018-01-01", periods=2_000), 100 + np.random.default_rng(0).normal(size=2_000).cumsum())
    return finished(ax)


def many_points() -> Axes:
    ax = plt.subplots()[1]
    x, y = np.random.default_rng(0).normal(size=(2, 50_000))
    ax.scatter(x, y + 5)
    return finished(ax)


def finished(ax: Axes) -> Axes:
    ax.set(title="Output grew", xlabel="Source: invented", ylabel="billion KZT")
    return set_alt_text(ax, "Bar chart of output from 2000 to 2019: from 10 to 114.5 billion tenge, rising.")


def milliseconds(call: Callable[[], object]) -> float:
    """Return the median time of a call, in milliseconds."""
    times = []
    for _ in range(CALLS):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


def read_and_judge(ax: Axes) -> None:
    find_faults([read_panel(panel) for panel in panels_of(ax)])


def main() -> None:
    for draw in (one_series, two_series):
        ax = draw()
        drawing = milliseconds(ax.figure.draw_without_rendering)
        judging = milliseconds(lambda ax=ax: read_and_judge(ax))
        print(
            f"20 bars, {draw.__name__.replace('_', ' '):12} read and judged {judging:6.1f} ms"
            f"   {judging / drawing:.2f} x matplotlib's drawing ({drawing:.1f} ms)"
            f"   (promised: under {PROMISED} ms)"
        )
    for what, draw, promised in LARGE:
        ax = draw()
        ax.figure.draw_without_rendering()
        start = time.process_time()
        readings = [read_panel(panel) for panel in panels_of(ax)]
        read = time.process_time()
        find_faults(readings)
        judged = time.process_time()
        print(
            f"{what:24} read {read - start:5.2f} s, judged {judged - read:5.2f} s of processor time"
            f"   (promised: {promised})"
        )


LARGE = (
    ("a line of 2,000 dates", dated_line, "judged under 0.3 s"),
    ("50,000 points", many_points, "read under 2 s"),
)


if __name__ == "__main__":
    main()
