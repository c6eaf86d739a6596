"""How quick reading and judging a chart of 20 bars is, beside matplotlib's own drawing of it: part of `make bench`.

Reading needs a figure that is drawn, as every figure that a notebook shows is; the time of drawing is apart.
"""

import statistics
import time
from collections.abc import Callable

import matplotlib

matplotlib.use("agg")

import matplotlib.pyplot as plt
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


if __name__ == "__main__":
    main()
