"""A teacher's notebook is run without a word of Jupyter's on the terminal."""

import nbformat

from secondcar.building.execution import execute


def test_a_run_prints_nothing(tmp_path, capfd):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 + 1")])
    assert execute(notebook, tmp_path).failed is None
    assert notebook.cells[0].outputs[0].data["text/plain"] == "2"
    assert capfd.readouterr() == ("", "")
