"""Sentences in a table stand at the left of their column, in every notebook of the course."""

import re

import nbformat
import pandas as pd
from IPython.core.formatters import DisplayFormatter

from secondcar.data import showing
from tests.support.paths import ROOT
from tests.support.some import some

LEFT = ' style="text-align: left">'
SENTENCE = "Output of vehicles grew by 150 % in eight months."


def test_figures_words_and_cut_tables_are_as_pandas_shows_them():
    frame = pd.DataFrame({"unit": ["vehicles"], "quantity": [19000.0]})
    assert showing.as_html(frame) == frame._repr_html_()
    wide = pd.DataFrame({f"column {number}": [SENTENCE] for number in range(9)})
    with pd.option_context("display.max_columns", 4):
        assert showing.as_html(wide) == wide._repr_html_()


def test_each_cell_of_a_column_with_a_sentence_stands_left():
    frame = pd.DataFrame({"quote": ["short", SENTENCE], "quantity": [1, 2]})
    html = showing.as_html(frame)
    assert html.replace(LEFT, ">") == frame._repr_html_()
    assert re.findall(rf"<t[hd]{LEFT}(.*?)<", html) == ["quote", "short", SENTENCE]
    assert html.count("<td>") == 2


def test_names_of_the_index_are_no_columns():
    frame = pd.DataFrame({"quote": [SENTENCE], "quantity": [1]}, index=pd.MultiIndex.from_tuples([("a", "b")]))
    assert re.findall(rf"<t[hd]{LEFT}(.*?)<", showing.as_html(frame)) == ["quote", SENTENCE]


def test_a_notebook_shows_its_tables_so(shell, monkeypatch):
    monkeypatch.setattr(shell, "display_formatter", DisplayFormatter(parent=shell))
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
