"""How a notebook shows a table: JupyterLab sets every cell right, which suits figures and no sentences."""

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

# Longer texts are sentences, which are read from the left.
_WORD = 40
_CELL, _LEFT = "<td>", '<td style="text-align: left">'


def show_sentences_left() -> None:
    """Let this notebook, if it is one, show tables with their sentences set left."""
    loaded = sys.modules.get("IPython")  # where it is not loaded, nothing is shown
    shell = loaded.get_ipython() if loaded else None
    if shell is not None:
        shell.display_formatter.formatters["text/html"].for_type_by_name("pandas", "DataFrame", as_html)


def as_html(frame: "pd.DataFrame") -> str | None:
    """Return pandas' own HTML of a table, with each column that holds a sentence set left.

    >>> import pandas as pd
    >>> rows = pd.DataFrame({"claim": ["C1"], "quote": ["Output grew by half within a single year."]})
    >>> [line.strip() for line in as_html(rows).splitlines() if "<td" in line]
    ['<td>C1</td>', '<td style="text-align: left">Output grew by half within a single year.</td>']
    """
    html: str | None = frame._repr_html_()
    sentences = [number for number in range(frame.shape[1]) if _has_a_sentence(frame.iloc[:, number])]
    if html is None or not sentences:
        return html
    rows = html.split("</tr>")
    return "</tr>".join(_set_left(row, sentences, frame.shape[1]) for row in rows)


def _has_a_sentence(column: "pd.Series") -> bool:
    return any(isinstance(value, str) and len(value) > _WORD for value in column)


def _set_left(row: str, columns: list[int], wanted: int) -> str:
    before, *cells = row.split(_CELL)
    if len(cells) != wanted:  # a row of headings, or some columns are left out
        return row
    return before + "".join((_LEFT if number in columns else _CELL) + cell for number, cell in enumerate(cells))
