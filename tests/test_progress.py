"""`progress()` and `secondcar progress`: counts, what is next, text and picture."""

import shutil

import pytest

from secondcar import progress
from secondcar.checks import check, record
from secondcar.checks.answers_file import FILE_NAME, HIDDEN_NAME, encode
from secondcar.checks.kinds.function import Function, FunctionCase
from secondcar.checks.kinds.number import Number
from secondcar.checks.kinds.text import Text
from secondcar.cli import main
from secondcar.progress import as_html, as_text, next_exercise, read_progress

NUMBER = Number(points=1, hints=[], mistakes=[], unit="cars", accept=(5, 5), derived=[("sign", -5.0)])
FUNCTION = Function(points=1, hints=[], mistakes=[], unit="", within=0.1, cases=[FunctionCase([1], 2)])


@pytest.fixture
def work(tmp_path, monkeypatch):
    for unit in ("00-start", "01-next"):
        (tmp_path / unit).mkdir()
        exercises = {f"{unit}-a": NUMBER, f"{unit}-b": NUMBER, f"{unit}-f": FUNCTION}
        exercises[f"{unit}-t"] = Text(points=1, hints=[], mistakes=[])
        (tmp_path / unit / FILE_NAME).write_text(encode(unit, exercises), encoding="utf-8")
    monkeypatch.chdir(tmp_path / "00-start")
    monkeypatch.setattr(record, "_known", {})
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    return tmp_path


def test_nothing_tried_begins_with_the_first_exercise(work):
    units = read_progress(work)
    assert [len(unit.states) for unit in units] == [3, 3]
    assert next_exercise(units) == ("00-start", "00-start-a")
    assert "0 of 6 exercises right." in as_text(units)


def test_a_version_that_was_kept_beside_a_unit_does_not_count(work):
    for name in ("00-start-kept-1", "00-start-new"):
        shutil.copytree(work / "00-start", work / name)
    assert [unit.name for unit in read_progress(work)] == ["00-start", "01-next"]
    shutil.rmtree(work / "00-start")
    assert [unit.name for unit in read_progress(work)] == ["00-start-kept-1", "00-start-new", "01-next"]


def test_what_was_checked_is_counted(work, capsys):
    check("00-start-a", -5)
    check("00-start-a", 5)
    check("00-start-b", 7)
    capsys.readouterr()
    progress()
    told = capsys.readouterr().out
    assert "1 of 6 exercises right." in told
    assert "00-start  1 right, 1 tried, 1 open" in told
    assert "Mistakes met: 1; cured: 1." in told
    assert "Next: 00-start, 00-start-b" in told


def test_one_goes_on_where_one_was(work):
    with record.changing(work / "01-next", "01-next-a") as known:
        known.add("wrong", 0.0, None, "1")
    assert next_exercise(read_progress(work)) == ("01-next", "01-next-a")


def test_all_right_has_nothing_next(work):
    for unit in ("00-start", "01-next"):
        for name in "abf":
            with record.changing(work / unit, f"{unit}-{name}") as known:
                known.add("right", 1.0, None, "1")
    units = read_progress(work)
    assert next_exercise(units) is None
    assert "a text of your own" in as_html(units)


def test_what_needs_no_code_can_be_listed(work):
    assert list(read_progress(work, "no-code")[0].states) == ["00-start-a", "00-start-b"]
    with pytest.raises(ValueError, match="no-code"):
        read_progress(work, "code")


def test_the_table_links_to_each_unit_and_says_each_count_in_words(work):
    page = as_html(read_progress(work))
    assert page.count('href="../00-start/00-start.ipynb"') == 2
    assert page.count('scope="row"') == 2
    assert 'aria-hidden="true"' in page


def test_the_command_says_the_same(work, capsys):
    assert main(["progress", "--folder", str(work)]) == 0
    assert "Next: 00-start, 00-start-a" in capsys.readouterr().out
    assert main(["progress", "--folder", str(work / "00-start")]) == 2
    assert "There are no units in" in capsys.readouterr().err


def test_a_unit_whose_answers_have_the_hidden_name_counts_like_any_other(work, notebook):
    before = read_progress(work)
    for unit in work.iterdir():
        (unit / FILE_NAME).rename(unit / HIDDEN_NAME)
    assert read_progress(work) == before
    assert notebook.check("00-start-a", 5).state == "right"


def test_a_hidden_file_beside_the_usual_one_has_no_say(work, notebook):
    before = read_progress(work)
    for unit in work.iterdir():
        (unit / HIDDEN_NAME).write_text("{}", encoding="utf-8")
    assert read_progress(work) == before
    assert notebook.check("00-start-a", 5).state == "right"
