"""Sentences in a table stand at the left of their column, in every notebook of the course."""

import re

import nbformat
import pandas as pd
from IPython.core.interactiveshell import InteractiveShell

from secondcar.data import showing
from tests.support.paths import ROOT
from tests.support.some import some

LEFT = '<td style="text-align: left">'
SENTENCE = "The output of vehicles grew by 150 % within eight months."


def test_figures_words_and_cut_tables_are_as_pandas_shows_them():
    frame = pd.DataFrame({"unit": ["vehicles"], "quantity": [19000.0]})
    assert showing.as_html(frame) == frame._repr_html_()
    wide = pd.DataFrame({f"column {number}": [SENTENCE] for number in range(9)})
    with pd.option_context("display.max_columns", 4):
        assert showing.as_html(wide) == wide._repr_html_()


def test_each_cell_of_a_column_with_a_sentence_stands_left():
    frame = pd.DataFrame({"quote": ["short", SENTENCE], "quantity": [1, 2]})
    html = showing.as_html(frame)
    assert html.replace(LEFT, "<td>") == frame._repr_html_()
    assert (html.count(LEFT), html.count("<td>")) == (2, 2)


def test_a_notebook_shows_its_tables_so(monkeypatch):
    shell = InteractiveShell()
    monkeypatch.setattr("IPython.get_ipython", lambda: shell)
    showing.show_sentences_left()
    frame = pd.DataFrame({"quote": [SENTENCE]})
    shown, _ = shell.display_formatter.format(frame)
    assert LEFT in shown["text/html"]
    assert LEFT not in frame._repr_html_()


def test_the_units_show_their_tables_so():
    shown = [
        output.data["text/html"]
        for path in sorted((ROOT / "source").glob("*/*.ipynb"))
        for cell in nbformat.read(path, as_version=4).cells
        for output in cell.get("outputs", ())
        if "dataframe" in output.get("data", {}).get("text/html", "")
    ]
    for html in some([one for one in shown if re.search(r"<td[^>]*>[^<]{41,}", one)]):
        assert not re.search(r"<td>[^<]{41,}", html)
