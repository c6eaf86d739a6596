"""What a learner is told whose answer cell stopped with an error, in a kernel as in JupyterLab."""

import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from secondcar.checks.answers_file import FILE_NAME, encode
from secondcar.checks.kinds.number import Number
from secondcar.checks.stopped import names_set

TYPED = {
    "11400 vehicles": "without words and units",
    "120 000": "without spaces",
    "33.3%": "without its percent sign",
    "24 x 7": "written as a star",
    "24 \u00d7 7": "written as a star",
    "\u201c7600\u201d": "curly",
    "19000 \u2212 7600": "long dash",
    "7600 +": "SyntaxError",
    "unknown * 2": "NameError: name 'unknown' is not defined. A word stands in quotes.",
    "1 / 0": "ZeroDivisionError: division by zero. What you divide by is zero.",
    "the article does not say": "Words stand in quotes",
    "(19000 / (1 + 1)": "needs one that closes",
    "'120' / 1.6": "take the quotes away",
    "(1, 2) / 2": "one number after the other",
    "[1, 2][2]": "Counting begins with 0",
    "{'cars': 1}['Cars']": "capital letters",
    "float('13,725')": "Take commas, spaces and signs out",
}


@pytest.fixture(scope="module")
def notes(tmp_path_factory):
    """Return what each check says, each after a cell that stopped; the first answer was right before, once."""
    folder = tmp_path_factory.mktemp("stopped")
    exercise = Number(points=1, hints=[], mistakes=[], unit="vehicles", accept=(7550, 7650))
    (folder / FILE_NAME).write_text(encode("small", {"cars-made": exercise}), encoding="utf-8")
    sources = ["from secondcar import check", 'check("cars-made", cars_made)', "cars_made = 5", "cars_made = ..."]
    for typed in TYPED:
        sources += [f"cars_made = {typed}", 'check("cars-made", cars_made)']
    sources += ["cars_made = 7600", 'check("cars-made", cars_made)']
    notebook = new_notebook(cells=[new_code_cell(source) for source in sources])
    ran = NotebookClient(
        notebook, allow_errors=True, timeout=60, resources={"metadata": {"path": str(folder)}}
    ).execute()
    checks = [cell for cell in ran.cells if cell.source.startswith("check(")]
    return [" ".join(output["data"]["text/plain"] for output in cell.outputs if "data" in output) for cell in checks]


def test_a_cell_that_was_never_run_is_named(notes):
    assert "It has no value yet: run the cell in which you answer first." in notes[0]


@pytest.mark.parametrize("position", range(len(TYPED)))
def test_a_cell_that_stopped_is_named_with_what_to_do(notes, position):
    said = notes[position + 1]
    assert "The cell that sets it stopped with" in said
    assert list(TYPED.values())[position] in said
    assert "Not attempted" not in said


def test_once_it_ran_all_is_forgotten(notes):
    assert "Right" in notes[-1]


def test_names_are_found_in_what_python_cannot_read():
    assert names_set("a = 1 000\nb == 2\n  c = 3\ndef d(x):\n    y = 4\ne=5") == {"a", "d", "e"}
