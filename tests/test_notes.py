"""Where notes are shown: by whatever runs the cells."""

import builtins

from secondcar.notes import is_shown, nothing_shown, publish


def test_without_a_notebook_the_text_is_printed(capsys):
    publish("7,600 vehicles", "<b>7,600</b>")
    assert capsys.readouterr().out == "7,600 vehicles\n"
    assert not is_shown()


def test_whatever_runs_cells_shows_notes_its_own_way(monkeypatch, capsys):
    shown = []
    monkeypatch.setattr(builtins, "display", lambda *data, **options: shown.append((data, options)), raising=False)
    publish("text", "<b>text</b>", {"a": 1})
    assert shown == [(({"text/plain": "text", "text/html": "<b>text</b>"},), {"raw": True, "metadata": {"a": 1}})]
    assert is_shown() and capsys.readouterr().out == ""


def test_what_a_function_shows_while_it_is_tried_out_is_dropped(monkeypatch):
    shown = []
    monkeypatch.delitem(__import__("sys").modules, "IPython")
    monkeypatch.setattr(builtins, "display", shown.append, raising=False)
    with nothing_shown():
        builtins.display("dropped")
    builtins.display("kept")
    assert shown == ["kept"]


def test_where_nothing_is_shown_nothing_is_left_behind(monkeypatch):
    monkeypatch.delitem(__import__("sys").modules, "IPython")
    with nothing_shown():
        builtins.display("dropped")
    assert not hasattr(builtins, "display")
