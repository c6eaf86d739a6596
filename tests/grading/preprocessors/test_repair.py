"""Submissions that learners have damaged, graded by nbgrader in a small course that is not this one."""

import copy
import json
import shutil
import subprocess
import sys
from dataclasses import replace

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from nbgrader.coursedir import CourseDirectory

from secondcar.grading.gradebook.register import register
from secondcar.grading.preprocessors.hidden_tests import KeepTestsHidden
from secondcar.grading.preprocessors.released import Released
from secondcar.grading.preprocessors.repair import repair
from secondcar.grading.preprocessors.warnings_in_tests import AllowWarnings
from secondcar.grading.results import read_results
from tests.support.paths import ROOT
from tests.support.some import some

HIDDEN = "### BEGIN HIDDEN TESTS\nassert double(-21) == -42\n### END HIDDEN TESTS"
TEXTS = {
    "set-up": "import math\nstart = 7",
    "seven": "### BEGIN SOLUTION\nseven = start\n### END SOLUTION",
    "seven-test": "assert seven == 7",
    "double": "def double(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION",
    "double-test": f"assert double(2) == 4\n{HIDDEN}",
    "root": "### BEGIN SOLUTION\nroot = math.sqrt(2)\n### END SOLUTION",
    "root-test": "import sys\nassert round(root, 2) == 1.41\nprint('odd, but fine', file=sys.stderr)",
}
RIGHT = {"seven": "seven = start", "double": "def double(x):\n    return x + x", "root": "root = 2 ** 0.5"}


def nbgrader_cell(name, text):
    test = name.endswith("-test")
    settings = {
        "schema_version": 3,
        "grade_id": name,
        "grade": test,
        "solution": name in RIGHT,
        "task": False,
    }
    settings["locked"] = not settings["solution"]
    if test:
        settings["points"] = 1
    return new_code_cell(text, id=name, metadata={"nbgrader": settings})


def source_notebook():
    cells = [new_markdown_cell("# Three small exercises", id="title")]
    for name, text in TEXTS.items():
        if name in RIGHT:
            cells.append(new_markdown_cell(f"Now write `{name}`.", id=f"ask-{name}"))
        cells.append(nbgrader_cell(name, text))
    return new_notebook(cells=cells)


def handed_out():
    """The cells as a learner gets them: no solutions, no hidden tests."""
    cells = source_notebook().cells
    for cell in cells:
        if cell.id in RIGHT:
            cell.source = "# Write your answer here."
        cell.source = cell.source.replace("\n" + HIDDEN, "")
    return cells


def released():
    full = handed_out()
    for cell in full:
        cell.source = TEXTS[cell.id] if cell.id.endswith("-test") else cell.source
    return [Released(cell, shown.source) for cell, shown in zip(full, handed_out(), strict=True)]


@pytest.fixture
def learner():
    """A learner's cells, all answered."""
    return answered(handed_out())


def answered(cells):
    for cell in cells:
        cell.source = RIGHT.get(cell.id, cell.source)
    return cells


def at(cells, name):
    return next(index for index, cell in enumerate(cells) if cell.id == name)


def names(cells):
    return [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in cells]


def own_cell(text):
    return new_code_cell(text, id="own")


# What `repair` does, cell by cell.


def test_an_untouched_or_finished_notebook_is_left_alone(learner):
    for cells in (handed_out(), learner):
        before = json.dumps(cells)
        after, notes = repair(cells, released())
        assert (json.dumps(after), notes) == (before, [])


def test_the_name_of_a_strange_cell_is_quoted_on_one_line(learner):
    name = "x` is fine.\n\n**Your teacher**: all 3 points count.\n\n<h1>3 of 3</h1>"
    learner.append(nbgrader_cell("strange", "pass"))
    learner[-1].metadata.nbgrader.grade_id = name
    _, notes = repair(learner, released())
    assert notes == [
        'A cell called "x? is fine. ??Your teacher??: all 3 points count. ?h1?3 of …" is not part of this assignment. '
        "It stays and runs, but earns no marks."
    ]


@pytest.mark.parametrize("name", TEXTS)
def test_a_deleted_cell_goes_back_to_its_place(learner, name):
    expected = [cell.id for cell in learner]
    del learner[at(learner, name)]
    cells, notes = repair(learner, released())
    places = [cell.id for cell in cells if cell.cell_type == "code"]
    assert places == [place for place in expected if place in TEXTS]
    assert len(notes) == 1 and f"`{name}` was missing" in notes[0]


def test_a_deleted_test_returns_with_its_hidden_part_and_its_points(learner):
    del learner[at(learner, "double-test")]
    cells, _ = repair(learner, released())
    back = cells[at(cells, "double-test")]
    assert HIDDEN in back.source and back.metadata.nbgrader.points == 1


def test_all_cells_deleted(learner):
    cells, notes = repair([], released())
    assert names(cells) == list(TEXTS) and len(notes) == len(TEXTS)


def test_an_empty_answer_does_not_overwrite_an_answer_in_a_cell_of_the_learners_own(learner):
    learner[at(learner, "seven")] = own_cell("seven = 7")
    cells, _ = repair(learner, released())
    assert at(cells, "seven") < at(cells, "own") < at(cells, "seven-test")


def test_answer_and_test_deleted_and_answered_in_a_cell_of_the_learners_own(learner):
    learner[at(learner, "double")] = own_cell("def double(x): return 2 * x")
    del learner[at(learner, "double-test")]
    cells, _ = repair(learner, released())
    assert at(cells, "double") < at(cells, "own") < at(cells, "double-test") < at(cells, "root")


def copy_of(cell, text, new_id):
    copy = nbformat.from_dict(cell)
    copy.source, copy.id = text, new_id
    return copy


def test_of_two_copies_the_changed_one_counts_and_the_one_as_it_was_handed_out_goes(learner):
    place = at(learner, "seven")
    order = [cell.id for cell in learner]
    for offset in (0, 1):
        cells = [nbformat.from_dict(cell) for cell in learner]
        cells.insert(place + offset, copy_of(cells[place], "# Write your answer here.", "copy"))
        cells, notes = repair(cells, released())
        assert [cell.id for cell in cells] == order
        assert len(notes) == 1 and "2 copies of the cell `seven`" in notes[0]


def test_of_two_changed_copies_the_last_before_the_test_counts(learner):
    place = at(learner, "seven")
    learner.insert(place + 1, copy_of(learner[place], "seven = 7", "second"))
    learner.append(copy_of(learner[place], "seven = 8  # a draft", "draft"))
    cells, _ = repair(learner, released())
    assert [cell.id for cell in cells if cell.metadata.get("nbgrader", {}).get("grade_id") == "seven"] == ["second"]
    assert at(cells, "seven-test") < at(cells, "draft")


def test_an_answer_only_in_a_copy_behind_the_test_still_reaches_the_test(learner):
    place = at(learner, "seven")
    learner.append(copy_of(learner[place], "seven = 7", "late"))
    learner[place].source = "# Write your answer here."
    cells, notes = repair(learner, released())
    assert at(cells, "late") < at(cells, "seven-test")
    assert len(notes) == 2


def test_copies_of_a_test_and_of_the_set_up(learner):
    learner.append(copy_of(learner[at(learner, "seven-test")], "assert True", "last"))
    learner.insert(0, copy_of(learner[at(learner, "set-up")], "start = 8", "first"))
    cells, _ = repair(learner, released())
    assert cells[at(cells, "seven-test")].metadata.nbgrader.grade_id == "seven-test"
    assert cells[at(cells, "first")].metadata.nbgrader.grade_id == "set-up"
    assert sorted(filter(None, names(cells))) == sorted(TEXTS)


def test_of_a_notebook_that_was_pasted_below_its_answers_the_first_tests_count(learner):
    pristine = [copy_of(cell, cell.source, f"{cell.id}-again") for cell in copy.deepcopy(learner)]
    learner[at(learner, "seven")].source = "seven = 3 + 4"
    pristine[at(pristine, "seven-again")].source = "# Write your answer here."
    cells, _ = repair([*learner, nbformat.v4.new_code_cell("seven = 0", id="other"), *pristine], released())
    assert at(cells, "seven") < at(cells, "seven-test") < at(cells, "other")
    assert sorted(filter(None, names(cells))) == sorted(TEXTS)


def test_answers_that_give_one_name_several_meanings_stay_where_they_are(learner):
    items = released()
    items[at(learner, "root-test")] = Released(learner[at(learner, "root-test")], "assert round(seven, 2) == 1.41")
    learner[at(learner, "root-test")].source = "assert round(seven, 2) == 1.41"
    learner[at(learner, "root")].source = solved = "seven = 2 ** 0.5"
    items[at(learner, "root")] = replace(items[at(learner, "root")], solved=solved)
    items[at(learner, "seven")] = replace(items[at(learner, "seven")], solved="seven = start")
    learner.insert(at(learner, "double"), new_code_cell("print(seven)", id="look"))
    order = [cell.id for cell in learner]
    cells, notes = repair(learner, items)
    assert [cell.id for cell in cells] == order and notes == []


def test_a_test_above_its_answer_is_moved_right_behind_it(learner):
    learner.insert(0, learner.pop(at(learner, "double-test")))
    cells, notes = repair(learner, released())
    assert at(cells, "double-test") == at(cells, "double") + 1
    assert notes == ["The check `double-test` stood before the answer it checks. It was moved behind it."]


def test_a_set_up_below_those_who_need_it_is_moved_up(learner):
    learner.append(learner.pop(at(learner, "set-up")))
    cells, notes = repair(learner, released())
    assert at(cells, "set-up") < at(cells, "seven") and len(notes) == 1


def test_a_set_up_that_gives_a_name_anew_stays_below_those_who_need_the_old_one(learner):
    again = nbgrader_cell("again", "start = 8")
    place = at(learner, "ask-double")
    all_released = released()
    all_released.insert(place, Released(again, again.source))
    learner[place:place] = [new_code_cell("print(start)", id="own"), copy.deepcopy(again)]
    order = [cell.id for cell in learner]
    cells, notes = repair(learner, all_released)
    assert ([cell.id for cell in cells], notes) == (order, [])


@pytest.mark.parametrize("own", ["start = 2", "start = 2\nprint(start)", "print(again)", "double(start)\nagain = 3"])
def test_a_cell_of_the_learners_own_moves_no_set_up(learner, own):
    again = nbgrader_cell("again", "start = double(start)\nagain = start")
    place = at(learner, "ask-double")
    all_released = released()
    all_released.insert(place, Released(again, again.source))
    learner[place:place] = [new_code_cell(own, id="own"), copy.deepcopy(again)]
    order = [cell.id for cell in learner]
    cells, notes = repair(learner, all_released)
    assert ([cell.id for cell in cells], notes) == (order, [])


def test_exercises_in_another_order_are_no_fault(learner):
    place = at(learner, "ask-root")
    learner[place:], exercise = [], learner[place:]
    learner[at(learner, "ask-seven") : at(learner, "ask-seven")] = exercise
    order = [cell.id for cell in learner]
    cells, notes = repair(learner, released())
    assert ([cell.id for cell in cells], notes) == (order, [])


def test_swapped_names_of_two_tests(learner):
    one, other = learner[at(learner, "seven-test")], learner[at(learner, "root-test")]
    one.metadata.nbgrader, other.metadata.nbgrader = other.metadata.nbgrader, one.metadata.nbgrader
    cells, _ = repair(learner, released())
    order = names(cells)
    assert order.index("seven") < order.index("seven-test")
    assert order.index("root") < order.index("root-test")


@pytest.mark.parametrize("kind", ["markdown", "raw"])
@pytest.mark.parametrize("name", ["seven", "seven-test", "set-up"])
def test_a_retyped_cell_is_turned_back_with_its_text(learner, name, kind):
    cell = learner[at(learner, name)]
    text = cell.source
    cell.cell_type = kind
    del cell["outputs"], cell["execution_count"]
    cells, notes = repair(learner, released())
    back = cells[at(cells, name)]
    assert (back.cell_type, back.source, back.outputs) == ("code", text, [])
    assert len(notes) == 1 and f"from code into {kind}" in notes[0]
    nbformat.validate(new_notebook(cells=cells))


BROKEN_SETTINGS = ["text", 7, None, [], {}, {"grade_id": 5}, {"grade_id": "seven"}, {"grade": True}]


@pytest.mark.parametrize("settings", BROKEN_SETTINGS, ids=repr)
@pytest.mark.parametrize("name", ["seven", "seven-test", "set-up"])
def test_broken_settings_are_put_back_where_the_cell_is_known_by_its_id(learner, name, settings):
    if isinstance(settings, dict) and settings.get("grade_id") == "seven":
        settings = {"grade_id": name}
    learner[at(learner, name)].metadata["nbgrader"] = settings
    cells, notes = repair(learner, released())
    right = next(item.cell for item in released() if item.name == name)
    assert cells[at(cells, name)].metadata.nbgrader == right.metadata.nbgrader
    assert len(notes) == 1


def test_a_locked_cell_without_settings_and_id_is_known_by_its_text(learner):
    cell = learner[at(learner, "double-test")]
    del cell.metadata["nbgrader"]
    cell.id = "pasted"
    cells, notes = repair(learner, released())
    assert cells[at(cells, "pasted")].metadata.nbgrader.grade_id == "double-test"
    assert len(notes) == 1


def test_a_cell_of_another_notebook_stays_as_a_plain_cell(learner):
    foreign = nbgrader_cell("elsewhere-test", "assert False")
    learner.insert(3, foreign)
    cells, notes = repair(learner, released())
    assert cells[3] is foreign and "nbgrader" not in foreign.metadata
    assert len(notes) == 1 and '"elsewhere-test"' in notes[0]


@pytest.mark.parametrize("change", [{"points": 100}, {"grade": False}, {"locked": False}, {"schema_version": 1}])
def test_changed_settings_of_a_test_are_put_back(learner, change):
    learner[at(learner, "seven-test")].metadata.nbgrader.update(change)
    cells, notes = repair(learner, released())
    settings = cells[at(cells, "seven-test")].metadata.nbgrader
    assert (settings.points, settings.grade, settings.locked, settings.schema_version) == (1, True, True, 3)
    assert len(notes) == 1


def test_settings_that_claim_nothing_are_no_fault(learner):
    learner[0].metadata["nbgrader"] = {
        "schema_version": 3,
        "grade": False,
        "solution": False,
        "locked": False,
    }
    assert repair(learner, released())[1] == []


def test_a_changed_test_is_named(learner):
    learner[at(learner, "seven-test")].source = "seven = 7"
    assert "text of the cell `seven-test`" in repair(learner, released())[1][0]


# The other two preprocessors.


def test_a_warning_is_kept_but_costs_nothing_and_an_error_stays():
    cell = nbgrader_cell("seven-test", "")
    error = new_output("error", ename="AssertionError", evalue="", traceback=[])
    cell.outputs = [new_output("stream", name="stderr", text="a warning"), error]
    cell, _ = AllowWarnings().preprocess_cell(cell, {}, 0)
    assert cell.outputs == [new_output("stream", name="stdout", text="a warning"), error]


def test_a_traceback_is_cut_down_only_where_it_quotes_a_hidden_test():
    told = {}
    for quoted in ("assert double(2) == 4", "assert double(-21) == -42"):
        cell = nbgrader_cell("double-test", TEXTS["double-test"])
        coloured = "\x1b[31m----> 1\x1b[39m " + quoted.replace("(", "\x1b[32m(")
        cell.outputs = [new_output("error", ename="AssertionError", evalue="no", traceback=[coloured])]
        cell, _ = KeepTestsHidden().preprocess_cell(cell, {}, 0)
        assert "HIDDEN" not in cell.source and "-42" not in cell.source
        told[quoted] = cell.outputs[0].traceback == ["AssertionError: no"]
    assert told == {"assert double(2) == 4": False, "assert double(-21) == -42": True}


# A class, graded by the ordinary commands.


def nbgrader(root, *arguments):
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments], cwd=root, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def deleted(cells):
    return [cell for cell in cells if cell.id not in ("seven-test", "double")]


def duplicated(cells):
    return [twin for cell in cells for twin in ([cell, nbformat.from_dict(cell)] if cell.id in TEXTS else [cell])]


def reordered(cells):
    return cells[::-1]


def retyped(cells):
    for cell in cells:
        if cell.id in ("seven", "root-test"):
            cell.cell_type = "markdown"
            del cell["outputs"], cell["execution_count"]
    return cells


def unnamed(cells):
    for number, cell in enumerate(cells):
        cell.metadata.pop("nbgrader", None)
        cell.id = f"new-{number}"
    return cells


def wrong_where_hidden(cells):
    cells[at(cells, "double")].source = "def double(x):\n    return abs(2 * x)"
    return cells


DAMAGE = {
    "all-right": list,
    "deleted": deleted,
    "duplicated": duplicated,
    "hidden": wrong_where_hidden,
    "reordered": reordered,
    "retyped": retyped,
    "unnamed": unnamed,
}
FILES = {
    "x-cut": ("p.ipynb", '{"cells": ['),
    "x-empty": ("p.ipynb", ""),
    "x-json": ("p.ipynb", "[1, 2, 3]"),
    "x-misnamed": ("p (1).ipynb", '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'),
    "x-none": ("notes.txt", "I could not do it."),
}


@pytest.fixture(scope="module")
def graded_class(tmp_path_factory):
    """The folder of a graded course, with what `nbgrader autograde` returned and printed, and files as handed in."""
    root = tmp_path_factory.mktemp("course")
    shutil.copy(ROOT / "nbgrader_config.py", root)
    (root / "source" / "ps").mkdir(parents=True)
    nbformat.write(source_notebook(), root / "source" / "ps" / "p.ipynb")
    assert register(root)
    for student, damage in DAMAGE.items():
        folder = root / "grading" / "submitted" / student / "ps"
        folder.mkdir(parents=True)
        notebook = source_notebook() | {"cells": damage(answered(handed_out()))}
        (folder / "p.ipynb").write_text(json.dumps(notebook))
    for student, (name, text) in FILES.items():
        folder = root / "grading" / "submitted" / student / "ps"
        folder.mkdir(parents=True)
        (folder / name).write_text(text)
    handed_in = contents(root / "grading" / "submitted")
    code, log = nbgrader(root, "autograde", "ps")
    nbgrader(root, "generate_feedback", "ps")
    return root, code, log, handed_in


def contents(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def results(graded_class):
    root = graded_class[0]
    course = CourseDirectory(
        root=str(root),
        submitted_directory="grading/submitted",
        autograded_directory="grading/autograded",
        db_url=f"sqlite:///{root / 'grading' / 'gradebook.db'}",
    )
    return {result.student: result for result in read_results(course, "ps")}


def test_each_learner_gets_the_marks_that_can_be_given(results):
    assert {student: result.score for student, result in results.items()} == {
        "all-right": 3,
        "deleted": 2,
        "duplicated": 3,
        "hidden": 2,
        "reordered": 3,
        "retyped": 3,
        "unnamed": 3,
        **dict.fromkeys(FILES),
    }
    assert {result.max_score for result in results.values()} == {3}


def test_each_learner_without_marks_is_named_with_the_reason(results, graded_class):
    assert {student: results[student].state for student in FILES} == {
        "x-cut": "could not be read",
        "x-empty": "could not be read",
        "x-json": "could not be read",
        "x-misnamed": "notebook missing",
        "x-none": "notebook missing",
    }
    assert any("p (1).ipynb" in note for note in results["x-misnamed"].notes)
    _, code, log, _ = graded_class
    assert code == 1
    for student in ("x-cut", "x-empty", "x-json", "x-misnamed"):
        assert f"error processing assignment 'ps' for student '{student}'" in log


def test_repairs_are_in_the_log_the_results_and_the_feedback(results, graded_class):
    root, _, log, _ = graded_class
    for student in DAMAGE:
        page = (root / "grading" / "feedback" / student / "ps" / "p.html").read_text()
        notes = results[student].notes
        assert bool(notes) == (student not in ("all-right", "hidden"))
        assert ("A note on your notebook" in page) == bool(notes)
        assert [note for note in notes if f"{student}, p: {note}" not in log] == []


def test_no_feedback_page_shows_a_hidden_test(graded_class):
    pages = list((graded_class[0] / "grading" / "feedback").glob("*/ps/p.html"))
    assert len(pages) == len(DAMAGE)
    for page in some(pages):
        assert "HIDDEN TESTS" not in page.read_text() and "-42" not in page.read_text()


def test_the_files_handed_in_are_unchanged(graded_class):
    root, _, _, handed_in = graded_class
    assert contents(root / "grading" / "submitted") == handed_in


def test_registering_again_changes_no_grade(graded_class, results, capsys):
    root = graded_class[0]
    assert register(root)
    assert capsys.readouterr().out == "ps: already registered.\n"
    changed = source_notebook()
    changed.cells[-1].metadata.nbgrader.points = 5
    source = root / "source" / "ps" / "p.ipynb"
    before = source.read_bytes(), (root / "grading" / "gradebook.db").read_bytes()
    nbformat.write(changed, source)
    try:
        assert not register(root)
    finally:
        source.write_bytes(before[0])
    assert "cells have changed and the gradebook holds" in capsys.readouterr().out
    assert (root / "grading" / "gradebook.db").read_bytes() == before[1]
    assert not (root / "release").exists()


def test_registering_a_folder_that_is_no_course(tmp_path):
    with pytest.raises(FileNotFoundError, match="holds no nbgrader_config"):
        register(tmp_path)


def test_changed_cells_are_registered_while_nobody_has_handed_in(tmp_path, capsys):
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    (tmp_path / "source" / "ps").mkdir(parents=True)
    for points in (1, 5):
        notebook = source_notebook()
        notebook.cells[-1].metadata.nbgrader.points = points
        nbformat.write(notebook, tmp_path / "source" / "ps" / "p.ipynb")
        assert register(tmp_path)
    assert capsys.readouterr().out == "ps: registered.\n" * 2
