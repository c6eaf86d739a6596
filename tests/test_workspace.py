"""What the learner's folder promises: units arrive, newer ones around the answers, and nothing is ever lost."""

import json
import os
import shutil

import pytest
from ipykernel.ipkernel import IPythonKernel

from secondcar.cli import main
from secondcar.errors import CourseError
from secondcar.units import unit_names, units_folder
from secondcar.workspace import (
    HANDED_OUT,
    RECORD,
    find_workspace,
    is_outdated,
    renew_unit,
    start_exercise_afresh,
    start_unit_afresh,
    update_workspace,
)

UNIT = "02-by-and-to"
EXERCISE = "units-2017-by"


def cell(name, source, solution=False, locked=False):
    return {
        "cell_type": "code",
        "id": name,
        "metadata": {"nbgrader": {"grade_id": name, "solution": solution, "locked": locked}},
        "source": source,
        "execution_count": None,
        "outputs": [],
    }


def prose(name, source):
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": source}


def task(name):
    """The question of a written answer and the cell to write in."""
    question = prose(name, "Write a sentence.") | {"metadata": {"nbgrader": {"grade_id": name, "task": True}}}
    return [question, prose(f"{name}-text", "*Write here.*")]


def release(units, title="# By and to", unit=UNIT, extra=None, check="check()", stub="units_2017_by = ..."):
    """Write a small unit with two exercises as a build would."""
    folder = units / unit
    folder.mkdir(parents=True, exist_ok=True)
    cells = [
        prose("title", title),
        cell(EXERCISE, stub, solution=True),
        cell(f"{EXERCISE}-check", check, locked=True),
        prose("middle", "Now the other reading."),
        cell("units-2017-to", "units_2017_to = ...", solution=True),
        cell("units-2017-to-check", "check()"),
        *task("corrected-sentence"),
    ]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (folder / f"{unit}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    (folder / "answers.json").write_text("{}\n", encoding="utf-8")
    for name, text in (extra or {}).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


@pytest.fixture
def units(tmp_path):
    release(tmp_path / "release")
    return tmp_path / "release"


@pytest.fixture
def work(units, tmp_path):
    """A learner's folder that has the unit as first released."""
    update_workspace(units, tmp_path / "my-work")
    return tmp_path / "my-work"


def notebook_of(work, folder=UNIT):
    return work / folder / f"{UNIT}.ipynb"


def write_answer(work, text="units_2017_by = 7600"):
    """Answer the exercise as a learner would; return the notebook's bytes."""
    content = json.loads(notebook_of(work).read_text(encoding="utf-8"))
    content["cells"][1]["source"] = text
    notebook_of(work).write_text(json.dumps(content), encoding="utf-8")
    return notebook_of(work).read_bytes()


def tree(folder):
    """Every file below `folder` with its bytes, the records aside."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != RECORD and HANDED_OUT not in path.parts
    }


def sources(work):
    cells = json.loads(notebook_of(work).read_text(encoding="utf-8"))["cells"]
    return [cell["source"] for cell in cells]


def edit_cells(work, change):
    content = json.loads(notebook_of(work).read_text(encoding="utf-8"))
    change(content["cells"])
    notebook_of(work).write_text(json.dumps(content), encoding="utf-8")


def test_a_notebook_that_was_only_opened_and_saved_is_not_changed(units, work):
    content = json.loads(notebook_of(work).read_text(encoding="utf-8"))
    content["metadata"] = {"kernelspec": {"name": "python3"}, "language_info": {"version": "3.13.1"}}
    for cell in content["cells"]:
        cell["source"] = cell["source"].splitlines(keepends=True)
        if cell["cell_type"] == "code":
            cell |= {"execution_count": 3, "outputs": [{"output_type": "stream", "name": "stdout", "text": "5"}]}
    notebook_of(work).write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    release(units, title="# By and to, once more")
    assert update_workspace(units, work) == [
        f"{UNIT} was replaced by its newer version; you had changed nothing in it."
    ]
    assert sources(work)[0] == "# By and to, once more"


def test_a_new_folder_gets_every_unit(units, tmp_path):
    release(units, unit="00-start", extra={"figures/cars.csv": "year,cars\n"})
    (units / "notes").mkdir()
    (units / ".keep").touch()
    work = tmp_path / "deep" / "my-work"
    assert update_workspace(units, work) == ["00-start is now in my-work.", f"{UNIT} is now in my-work."]
    assert tree(work) == {name: data for name, data in tree(units).items() if name != ".keep"}


def test_a_notebook_says_of_its_language_what_the_kernel_says(tmp_path):
    """JupyterLab writes that into it, and else takes it for changed as soon as it is opened."""
    update_workspace(units_folder(), tmp_path)
    notebook = json.loads((tmp_path / UNIT / f"{UNIT}.ipynb").read_text(encoding="utf-8"))
    assert notebook["metadata"]["language_info"] == IPythonKernel.language_info


def test_a_second_start_says_and_changes_nothing(units, work):
    before = tree(work)
    assert update_workspace(units, work) == []
    assert tree(work) == before


def test_an_untouched_unit_is_replaced_by_a_newer_one(units, work):
    release(units, "# Newer", extra={"new.csv": "1\n"})
    assert update_workspace(units, work) == [
        f"{UNIT} was replaced by its newer version; you had changed nothing in it."
    ]
    assert tree(work) == tree(units)
    assert update_workspace(units, work) == []


def test_a_file_that_a_newer_unit_dropped_goes(units, tmp_path):
    release(units, extra={"old.csv": "1\n"})
    update_workspace(units, tmp_path / "my-work")
    (units / UNIT / "old.csv").unlink()
    update_workspace(units, tmp_path / "my-work")
    assert tree(tmp_path / "my-work") == tree(units)


def test_a_changed_unit_stays_when_the_release_is_the_same(units, work):
    mine = write_answer(work)
    assert update_workspace(units, work) == []
    assert notebook_of(work).read_bytes() == mine


def test_a_newer_version_comes_around_the_answers_and_the_old_notebook_is_kept(units, work):
    mine = write_answer(work)
    release(units, "# Newer")
    [sentence] = update_workspace(units, work)
    assert f"is kept as {UNIT}-kept-1.ipynb" in sentence
    assert sources(work)[:3] == ["# Newer", "units_2017_by = 7600", "check()"]
    assert (work / UNIT / f"{UNIT}-kept-1.ipynb").read_bytes() == mine
    assert update_workspace(units, work) == []
    release(units, "# Newest")
    update_workspace(units, work)
    assert sources(work)[:2] == ["# Newest", "units_2017_by = 7600"]
    assert (work / UNIT / f"{UNIT}-kept-2.ipynb").is_file()


def one_in_a_class(units, tmp_path):
    """The folder of a learner who fetched one unit, as a classroom hands it out."""
    folder = tmp_path / "home" / UNIT
    renew_unit(units / UNIT, folder)
    return folder


def test_a_corrected_unit_reaches_who_fetched_it(units, tmp_path):
    folder = one_in_a_class(units, tmp_path)
    assert tree(folder.parent) == tree(units)
    work = folder.parent
    write_answer(work, "units_2017_by = 7_600")
    assert not is_outdated(units / UNIT, folder)
    release(units, "# Corrected", check="check(strict=True)", extra={"cars.csv": "1"})
    assert is_outdated(units / UNIT, folder)
    [sentence] = renew_unit(units / UNIT, folder)
    assert "was brought up to date, and what you wrote stays" in sentence
    assert sources(work)[:3] == ["# Corrected", "units_2017_by = 7_600", "check(strict=True)"]
    assert (folder / "cars.csv").read_text() == "1"
    assert not is_outdated(units / UNIT, folder) and renew_unit(units / UNIT, folder) == []


def test_a_unit_that_was_fetched_before_copies_were_kept_is_brought_up_to_date_too(units, tmp_path):
    folder = one_in_a_class(units, tmp_path)
    shutil.rmtree(folder.parent / HANDED_OUT)
    write_answer(folder.parent)
    assert not is_outdated(units / UNIT, folder)
    release(units, check="check(2)")
    assert is_outdated(units / UNIT, folder)
    renew_unit(units / UNIT, folder)
    assert sources(folder.parent)[1:3] == ["units_2017_by = 7600", "check(2)"]


def test_an_answer_that_nobody_began_begins_as_it_is_handed_out_now(units, work):
    edit_cells(work, lambda cells: cells[4].update(source="units_2017_to = 1"))
    release(units, stub="units_2017_by = ...  # in thousands")
    update_workspace(units, work)
    assert sources(work)[1] == "units_2017_by = ...  # in thousands"
    assert sources(work)[4] == "units_2017_to = 1"


def test_cells_of_the_learners_own_stay_where_they_stood(units, work):
    def work_on(cells):
        cells[3]["source"] = "Now the other reading. I think: 150 %?"
        cells[7] |= {"source": "My sentence.", "attachments": {"a.png": {}}}
        cells[2] |= {"outputs": [{"output_type": "stream", "name": "stdout", "text": "right"}]}
        del cells[5]
        cells.insert(2, {**cells[1], "id": "a-copy", "source": "a copy"})
        cells.insert(1, prose("above", "A note."))
        cells.append(prose("end", "The end."))

    edit_cells(work, work_on)
    release(units, "# Newer")
    update_workspace(units, work)
    assert sources(work) == [
        "# Newer",
        "A note.",
        "units_2017_by = ...",
        "a copy",
        "check()",
        "Now the other reading. I think: 150 %?",
        "units_2017_to = ...",
        "check()",
        "Write a sentence.",
        "My sentence.",
        "The end.",
    ]
    cells = json.loads(notebook_of(work).read_text(encoding="utf-8"))["cells"]
    assert cells[9]["attachments"] == {"a.png": {}} and cells[4]["outputs"][0]["text"] == "right"


def test_an_answer_to_an_exercise_that_was_dropped_stays_as_a_cell(units, work):
    write_answer(work)
    content = json.loads(notebook_of(units).read_text(encoding="utf-8"))
    del content["cells"][1:6]
    notebook_of(units).write_text(json.dumps(content), encoding="utf-8")
    update_workspace(units, work)
    assert sources(work) == ["# By and to", "units_2017_by = 7600", "Write a sentence.", "*Write here.*"]
    assert json.loads(notebook_of(work).read_text(encoding="utf-8"))["cells"][1]["metadata"] == {}


@pytest.mark.parametrize("content", ["", '{"cells": [{"metadata": null}]}', "no notebook"])
def test_a_notebook_that_cannot_be_read_is_kept_beside_the_newer_one(units, work, content):
    notebook_of(work).write_text(content)
    release(units, "# Newer")
    update_workspace(units, work)
    assert notebook_of(work).read_bytes() == notebook_of(units).read_bytes()
    assert (work / UNIT / f"{UNIT}-kept-1.ipynb").read_text() == content


def test_a_newer_file_comes_although_the_learner_changed_another(units, tmp_path):
    release(units, extra={"glossary.md": "old"})
    work = tmp_path / "my-work"
    update_workspace(units, work)
    mine = write_answer(work)
    release(units, extra={"glossary.md": "new"})
    [sentence] = update_workspace(units, work)
    assert sentence == f"{UNIT}: glossary.md was brought up to date; what you changed stays as it is."
    assert notebook_of(work).read_bytes() == mine
    assert (work / UNIT / "glossary.md").read_text() == "new"
    assert update_workspace(units, work) == []


def test_a_changed_table_is_kept_beside_the_newer_one(units, tmp_path):
    release(units, extra={"cars.csv": "shipped"})
    work = tmp_path / "my-work"
    update_workspace(units, work)
    (work / UNIT / "cars.csv").write_text("mine")
    release(units, extra={"cars.csv": "newer"})
    update_workspace(units, work)
    assert (work / UNIT / "cars.csv").read_text() == "newer"
    assert (work / UNIT / "cars-kept-1.csv").read_text() == "mine"
    start_unit_afresh(units, work, UNIT)
    assert (work / UNIT / "cars.csv").read_text() == "newer"
    assert (work / f"{UNIT}-kept-1" / "cars-kept-1.csv").read_text() == "mine"


def test_a_learners_extra_files_stay_through_an_update(units, work):
    (work / UNIT / "my notes.txt").write_text("7,600?")
    (work / UNIT / ".ipynb_checkpoints").mkdir()
    (work / UNIT / ".ipynb_checkpoints" / "x.ipynb").write_text("checkpoint")
    release(units, "# Newer")
    update_workspace(units, work)
    assert tree(work) == tree(units) | {
        f"{UNIT}/my notes.txt": b"7,600?",
        f"{UNIT}/.ipynb_checkpoints/x.ipynb": b"checkpoint",
    }


def test_a_learners_file_with_the_name_of_a_new_shipped_file_stays(units, work):
    (work / UNIT / "cars.csv").write_text("mine")
    release(units, "# Newer", extra={"cars.csv": "shipped"})
    update_workspace(units, work)
    assert (work / UNIT / "cars.csv").read_text() == "shipped"
    assert (work / UNIT / "cars-kept-1.csv").read_text() == "mine"


def test_a_deleted_unit_or_file_comes_back(units, work):
    mine = write_answer(work)
    (work / UNIT / "answers.json").unlink()
    assert update_workspace(units, work) == [f"{UNIT}: put back what was missing (answers.json)."]
    assert notebook_of(work).read_bytes() == mine
    (work / UNIT).rename(work / "moved-away")
    assert update_workspace(units, work) == [f"{UNIT} is now in my-work."]


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"02-by-and-to": 3}', "\ufeff\x00"])
@pytest.mark.parametrize("copies", [True, False])
def test_a_lost_record_makes_everything_the_learners(units, work, damage, copies):
    mine = write_answer(work)
    (work / RECORD).write_text(damage, encoding="utf-8")
    if not copies:
        shutil.rmtree(work / HANDED_OUT)
    release(units, "# Newer", check="check(2)")
    update_workspace(units, work)
    # What is not locked may be the learner's, where nobody knows what was handed out.
    assert sources(work)[:3] == ["# Newer" if copies else "# By and to", "units_2017_by = 7600", "check(2)"]
    assert (work / UNIT / f"{UNIT}-kept-1.ipynb").read_bytes() == mine
    assert update_workspace(units, work) == []


def test_a_deleted_record_is_made_again_for_untouched_units(units, work):
    (work / RECORD).unlink()
    assert update_workspace(units, work) == []
    release(units, "# Newer")
    update_workspace(units, work)
    assert tree(work) == tree(units)


def test_an_interrupted_first_copy_is_done_again(units, tmp_path, monkeypatch):
    work = tmp_path / "my-work"
    with monkeypatch.context() as patch:
        patch.setattr("secondcar.files.Path.replace", interrupt)
        with pytest.raises(KeyboardInterrupt):
            update_workspace(units, work)
    assert not (work / UNIT).exists()
    update_workspace(units, work)
    assert tree(work) == tree(units)


def test_an_interrupted_update_goes_on(units, work, monkeypatch):
    release(units, "# Newer")
    (units / UNIT / "answers.json").write_text('{"new": 1}\n')
    with monkeypatch.context() as patch:
        patch.setattr("secondcar.workspace._write_record", interrupt)
        with pytest.raises(KeyboardInterrupt):
            update_workspace(units, work)
    # As if only the notebook had been written when the machine went down.
    (work / UNIT / "answers.json").write_text("{}\n")
    update_workspace(units, work)
    assert tree(work) == tree(units)


def interrupt(*_):
    raise KeyboardInterrupt


def test_line_endings_alone_are_no_change(units, work):
    answers = work / UNIT / "answers.json"
    answers.write_bytes(answers.read_bytes().replace(b"\n", b"\r\n"))
    release(units, "# Newer")
    update_workspace(units, work)
    assert notebook_of(work).read_bytes() == notebook_of(units).read_bytes()


def test_read_only_units_become_writable_work(units, tmp_path):
    os.chmod(notebook_of(units), 0o444)
    os.chmod(units / UNIT, 0o555)
    update_workspace(units, tmp_path / "my-work")
    assert notebook_of(tmp_path / "my-work").stat().st_mode & 0o200
    assert (tmp_path / "my-work" / UNIT).stat().st_mode & 0o200
    os.chmod(units / UNIT, 0o755)


def test_a_file_where_a_unit_should_be_stays_and_the_others_arrive(units, tmp_path):
    release(units, unit="03-times-more")
    work = tmp_path / "my-work"
    work.mkdir()
    (work / UNIT).write_text("a file")
    blocked, arrived = update_workspace(units, work)
    assert "rename it" in blocked and str(work / UNIT) in blocked
    assert arrived == "03-times-more is now in my-work."
    assert (work / UNIT).read_text() == "a file"


def test_a_folder_that_cannot_be_written_gives_one_sentence(units, tmp_path, monkeypatch):
    (tmp_path / "my-work").write_text("a file")
    with pytest.raises(CourseError, match=r"my-work.*--folder"):
        update_workspace(units, tmp_path / "my-work")

    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied", "elsewhere")

    monkeypatch.setattr("secondcar.workspace.Path.mkdir", refuse)
    with pytest.raises(CourseError, match=r"elsewhere \(Permission denied\).*--folder"):
        update_workspace(units, tmp_path / "elsewhere")


def test_a_unit_starts_afresh_and_every_old_one_is_kept(units, work):
    first = write_answer(work, "units_2017_by = 1")
    assert f"{UNIT}-kept-1" in start_unit_afresh(units, work, UNIT)
    second = write_answer(work, "units_2017_by = 2")
    assert f"{UNIT}-kept-2" in start_unit_afresh(units, work, UNIT)
    assert notebook_of(work, f"{UNIT}-kept-1").read_bytes() == first
    assert notebook_of(work, f"{UNIT}-kept-2").read_bytes() == second
    assert notebook_of(work).read_bytes() == notebook_of(units).read_bytes()
    assert update_workspace(units, work) == []


def test_a_unit_can_start_afresh_where_there_was_nothing(units, tmp_path):
    assert start_unit_afresh(units, tmp_path / "my-work", UNIT) == f"{UNIT} starts afresh."
    assert tree(tmp_path / "my-work") == tree(units)


def test_only_the_named_exercise_starts_afresh(units, work):
    def answer_both(cells):
        cells[1]["source"] = "units_2017_by = 1"
        cells[4]["source"] = "units_2017_to = 2"
        cells.append(prose("mine", "My own note."))

    edit_cells(work, answer_both)
    before = notebook_of(work).read_bytes()
    sentence = start_exercise_afresh(units, work, UNIT, EXERCISE)
    assert f"{UNIT}-kept-1.ipynb" in sentence
    assert (work / UNIT / f"{UNIT}-kept-1.ipynb").read_bytes() == before
    fresh = sources(units)
    assert sources(work) == [*fresh[:4], "units_2017_to = 2", *fresh[5:], "My own note."]


@pytest.mark.parametrize("lost", [[], [6], [7], [6, 7]])
def test_a_written_answer_starts_afresh(units, work, lost):
    def write(cells):
        cells[7]["source"] = "My sentence."
        for index in reversed(lost):
            cells.pop(index)

    edit_cells(work, write)
    start_exercise_afresh(units, work, UNIT, "corrected-sentence")
    assert sources(work) == sources(units)


@pytest.mark.parametrize("lost", [[1], [2], [1, 2], [0, 1, 2]])
def test_deleted_cells_of_an_exercise_come_back_in_their_place(units, work, lost):
    edit_cells(work, lambda cells: [cells.pop(index) for index in reversed(lost)])
    start_exercise_afresh(units, work, UNIT, EXERCISE)
    expected = sources(units)
    assert sources(work) == (expected if 0 not in lost else expected[1:])


def test_a_deleted_answer_comes_back_before_a_check_that_was_moved(units, work):
    def move_check_to_the_end(cells):
        cells.append(cells.pop(2))
        cells.pop(1)

    edit_cells(work, move_check_to_the_end)
    start_exercise_afresh(units, work, UNIT, EXERCISE)
    assert sources(work)[-2:] == ["units_2017_by = ...", "check()"]


def test_doubled_cells_of_an_exercise_become_one(units, work):
    edit_cells(work, lambda cells: cells.extend([dict(cells[1]), dict(cells[2])]))
    start_exercise_afresh(units, work, UNIT, EXERCISE)
    assert sources(work) == sources(units)


@pytest.mark.parametrize("content", ["", "not json", "{}", "[]", '{"cells": 1}', '{"cells": [1]}'])
def test_an_unreadable_notebook_is_left_alone(units, work, content):
    notebook_of(work).write_text(content)
    with pytest.raises(CourseError, match=f"secondcar fresh {UNIT}"):
        start_exercise_afresh(units, work, UNIT, EXERCISE)
    assert notebook_of(work).read_text() == content


def test_an_odd_cell_does_not_stop_an_exercise_from_starting_afresh(units, work):
    edit_cells(work, lambda cells: cells.extend([{"cell_type": "raw"}, {"metadata": {"nbgrader": {}}}]))
    write_answer(work)
    start_exercise_afresh(units, work, UNIT, EXERCISE)
    assert sources_of_known_cells(work) == sources(units)


def sources_of_known_cells(work):
    cells = json.loads(notebook_of(work).read_text(encoding="utf-8"))["cells"]
    return [cell["source"] for cell in cells if "source" in cell]


def test_unknown_names_get_the_closest_match(units, work):
    with pytest.raises(CourseError, match=f'no unit "02-by-to": did you mean {UNIT}'):
        start_unit_afresh(units, work, "02-by-to")
    with pytest.raises(CourseError, match=f'no unit "eleven": choose one of {UNIT}'):
        start_unit_afresh(units, work, "eleven")
    with pytest.raises(CourseError, match=f'no exercise "unit-2017-by": did you mean {EXERCISE}'):
        start_exercise_afresh(units, work, UNIT, "unit-2017-by")


def test_units_come_from_the_checkout_or_the_installed_package(tmp_path, monkeypatch):
    package = tmp_path / "src" / "secondcar"
    package.mkdir(parents=True)
    monkeypatch.setattr("secondcar.units.__file__", str(package / "units.py"))
    with pytest.raises(CourseError, match="no units"):
        units_folder()
    release(tmp_path / "release")
    assert units_folder() == tmp_path / "release"
    release(package / "units")
    assert units_folder() == package / "units"
    assert unit_names(units_folder()) == [UNIT]


def test_the_learners_folder_is_found_from_inside_it(work, tmp_path):
    assert find_workspace(work / UNIT) == work
    assert find_workspace(work) == work
    assert find_workspace(tmp_path) == tmp_path / "my-work"


def test_units_that_were_fetched_one_by_one_make_a_workspace(tmp_path):
    home = tmp_path / "home" / "ada"
    (home / UNIT).mkdir(parents=True)
    shutil.copy(units_folder() / UNIT / f"{UNIT}.ipynb", home / UNIT)
    assert find_workspace(home) == find_workspace(home / UNIT) == home
    (home.parent / "course").mkdir()  # then it is the release/ of a course
    assert find_workspace(home) == home / "my-work"


@pytest.fixture
def learner(units, tmp_path, monkeypatch):
    """Stand in an empty folder, with the made-up units."""
    monkeypatch.setattr("secondcar.units.units_folder", lambda start: units)
    (tmp_path / "home").mkdir()
    monkeypatch.chdir(tmp_path / "home")
    return tmp_path / "home"


def test_learn_brings_the_units_and_fresh_keeps_the_old_one(learner, capsys):
    assert main(["learn", "--no-start"]) == 0
    assert main(["learn", "--no-start", "--folder", "elsewhere"]) == 0
    assert notebook_of(learner / "my-work").exists() and notebook_of(learner / "elsewhere").exists()
    assert main(["fresh", UNIT]) == 0
    assert main(["fresh", UNIT, EXERCISE]) == 0
    assert f"{UNIT}-kept-1" in capsys.readouterr().out


def test_a_learners_mistake_is_one_sentence_and_exit_2(learner, capsys):
    assert main(["fresh", "02-by-to"]) == 2
    captured = capsys.readouterr()
    assert captured.err == f'There is no unit "02-by-to": did you mean {UNIT}?\n'
    assert captured.out == ""


def test_a_build_outside_the_course_is_one_sentence(learner, capsys):
    assert main(["build"]) == 2
    assert capsys.readouterr().err == f"There is no course/ in {learner}: run this in the course's folder.\n"
