"""The Python that a course teaches: its prose introduces a word by ``{{ python("set_index") }}``, shown as code."""

import re
from collections.abc import Iterator, Sequence

from secondcar.building.prose import as_code
from secondcar.building.sources import Unit

_CALL = re.compile(r"\bpython\(\s*(?:'([^']*)'|\"([^\"]*)\")\s*\)")
# The names that a piece of code begins with: both of `np.inf`.
_NAMES = re.compile(r"\.?[^\W\d]\w*(?:\.[^\W\d]\w*)*")


def introduced(text: str) -> Iterator[str]:
    """Yield the words of Python that a text introduces: the names that each piece of code begins with, or a sign.

    >>> list(introduced('{{ python("print") }} shows, {{ python(".dt.year") }} is a year, {{ python("**") }} a power.'))
    ['print', 'dt', 'year', '**']
    """
    for single, double in _CALL.findall(text):
        code = single or double
        names = _NAMES.match(code)
        yield from names[0].strip(".").split(".") if names else [code]


def python_table(units: Sequence[Unit]) -> str:
    """Return a table in Markdown of the Python that each unit introduces, each word where it comes first."""
    seen: set[str] = set()
    rows = ["| unit | introduces |", "|---|---|"]
    for unit in units:
        cells = (cell for cell in unit.cells if cell.kind == "markdown")
        words = dict.fromkeys(word for cell in cells for word in introduced(cell.source) if word not in seen)
        seen.update(words)
        rows.append(f"| unit {unit.name[:2]} | {', '.join(map(as_code, words)) or 'nothing new'} |")
    return "\n".join(rows)
