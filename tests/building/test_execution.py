"""A teacher's notebook is run without a word of Jupyter's on the terminal."""

import nbformat
import pytest

from secondcar.building.execution import execute


def test_a_run_prints_nothing(tmp_path, capfd):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 + 1")])
    assert execute(notebook, tmp_path).failed is None
    assert notebook.cells[0].outputs[0].data["text/plain"] == "2"
    assert capfd.readouterr() == ("", "")


def test_words_of_the_kernels_process_are_heard_only_if_it_did_not_start(tmp_path, monkeypatch, capfd):
    haste = nbformat.v4.new_code_cell("import sys\nsys.__stderr__.write('in haste')\n1")
    assert execute(nbformat.v4.new_notebook(cells=[haste]), tmp_path).failed is None
    assert capfd.readouterr() == ("", "")

    (tmp_path / "ipykernel_launcher.py").write_text("raise SystemExit('no kernel today')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(RuntimeError, match="Kernel died"):
        execute(nbformat.v4.new_notebook(cells=[haste]), tmp_path)
    assert "no kernel today" in capfd.readouterr().err
