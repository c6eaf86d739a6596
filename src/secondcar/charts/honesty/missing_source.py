"""The rule source: a reader must be able to check where the numbers come from."""

from secondcar.charts.honesty.rules import UNCLEAR, Asked, Found
from secondcar.charts.language.ideas import mentions
from secondcar.charts.language.sources import names_a_source
from secondcar.charts.reading.records import Reading


def find_missing_source(panels: tuple[Reading, ...], asked: Asked) -> Found:
    if any(mentions(text, "invented") for panel in panels for text in panel.words):
        return
    sources = [panel.source for panel in panels if panel.source]
    if any(map(names_a_source, sources)):
        return
    if sources and any(character.isalnum() for character in sources[0].partition(":")[2]):
        yield UNCLEAR, f'"{sources[0]}" names nobody: who published the numbers, and when?', None
    else:
        yield UNCLEAR, 'No line names the source. If the numbers are invented, write "invented".', None
