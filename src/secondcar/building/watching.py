"""Notes what each chart shows while a unit is built, from within the kernel that runs its notebook."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class ShownChart:
    """A chart that a notebook showed.

    Attributes:
        alt: its alt text.
        description: what it shows, in words.
        faults: what is dishonest or unclear about it, each in a sentence.
    """

    alt: str
    description: str
    faults: tuple[str, ...]


def watch(note: Callable[[ShownChart], None]) -> None:
    """Let `show` call `note` with each chart that it has shown; for a notebook that is run after this."""
    import secondcar
    from secondcar import charts
    from secondcar.charts.reading.panels import figure_of

    real = charts.show

    def show(chart: object, alt: str | None = None) -> None:
        figure = figure_of(chart)
        real(figure, alt)
        note(look_at(figure))

    secondcar.show = charts.show = show


def look_at(figure: object) -> ShownChart:
    """Return what a figure shows."""
    from secondcar.charts import honesty, reading
    from secondcar.charts.reading.alt_attribute import alt_text_of
    from secondcar.charts.reading.describing import describe

    found = honesty.find_faults(reading.read_all(figure))
    return ShownChart(alt_text_of(figure), describe(figure), tuple(fault.sentence for fault in found))


def watch_into(file: str) -> None:
    """Append each chart that is shown to a file, one a line."""

    def note(shown: ShownChart) -> None:
        with Path(file).open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(asdict(shown)) + "\n")

    watch(note)


def read_notes(file: Path) -> list[ShownChart]:
    """Return the charts that `watch_into` wrote down."""
    if not file.is_file():
        return []
    noted = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return [ShownChart(**{**each, "faults": tuple(each["faults"])}) for each in noted]
