"""How a notebook shows a table: JupyterLab sets every cell right, which suits figures and no sentences."""

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

# Longer texts are sentences, which are read from the left.
_WORD = 40
_LEFT = ' style="text-align: left">'


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
    >>> [line.strip() for line in as_html(rows).splitlines() if "C1" in line or "quote" in line]
    ['<th style="text-align: left">quote</th>', '<td>C1</td>']
    """
    html: str | None = frame._repr_html_()
    sentences = {number for number in range(frame.shape[1]) if _has_a_sentence(frame.iloc[:, number])}
    if html is None or not sentences:
        return html
    return "</tr>".join(_set_left(row, sentences, frame.shape[1]) for row in html.split("</tr>"))


def _has_a_sentence(column: "pd.Series") -> bool:
    return any(isinstance(value, str) and len(value) > _WORD for value in column)


def _set_left(row: str, columns: set[int], wanted: int) -> str:
    """Set some cells of a row left: its last ones are the columns, of which some may be left out."""
    tag = "<td" if "<td" in row else "<th"
    before, *cells = row.split(f"{tag}>")
    if len(cells) < wanted:
        return row
    names = len(cells) - wanted  # a row of headings begins with those of the index
    return before + "".join(
        tag + (_LEFT if number - names in columns else ">") + cell for number, cell in enumerate(cells)
    )
