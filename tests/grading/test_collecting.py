"""Downloaded submissions are sorted into a course: by every platform's names, and never by a guess."""

import io
import json
import shutil
import zipfile
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from secondcar.cli import main
from secondcar.errors import CourseError
from secondcar.grading.collecting import collect, learners_of
from secondcar.grading.gradebook.marks import Learner
from tests.support.paths import ROOT

UNIT, OTHER = "02-by-and-to", "00-start"
CLASS = [
    Learner("ada", "Ada", "Lovelace", "ada@example.org", "4711"),
    Learner("jose", "José", "O'Neill-Smith", "jose@example.org", "12"),
    Learner("aigerim", "Айгерім", "Әлиева", "", "13"),
    Learner("lee1", "Min", "Lee", "", "21"),
    Learner("lee2", "Min", "Lee", "", "22"),
]


class Course:
    """What collecting asks of a course: where it keeps its folders."""

    def __init__(self, root: Path):
        self.root, self.release_directory, self.submitted_directory = str(root), "release", "grading/submitted"


@pytest.fixture
def course(tmp_path):
    for unit in (UNIT, OTHER):
        shutil.copytree(ROOT / "release" / unit, tmp_path / "release" / unit)
    return Course(tmp_path)


def notebook(answer: str | None = "ratio_of_by = 2.5", unit: str = UNIT) -> bytes:
    """A released notebook with one answer; None: as it was handed out."""
    content = json.loads((ROOT / "release" / unit / f"{unit}.ipynb").read_text(encoding="utf-8"))
    cells = [cell for cell in content["cells"] if cell["metadata"].get("nbgrader", {}).get("solution")]
    if answer is not None:
        cells[0]["source"] = answer
    return json.dumps(content).encode()


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.fixture
def collected(course, tmp_path):
    """Collect files; return who has what in submitted/, and what was said."""

    def run(files: dict[str, bytes], **options):
        downloads = tmp_path / "downloads"
        shutil.rmtree(downloads, ignore_errors=True)
        for name, content in files.items():
            (downloads / name).parent.mkdir(parents=True, exist_ok=True)
            (downloads / name).write_bytes(content)
        done = collect(course, downloads, CLASS, **options)
        submitted = tmp_path / "grading" / "submitted"
        return sorted(path.relative_to(submitted).as_posix() for path in submitted.rglob("*.ipynb")), done

    return run


@pytest.mark.parametrize(
    "name",
    [
        # Moodle, with and without folders, of several versions
        f"Ada Lovelace_99_assignsubmission_file_/{UNIT}.ipynb",
        f"Ada Lovelace_99_assignsubmission_file/{UNIT}.ipynb",
        f"Ada Lovelace_99_assignsubmission_file_{UNIT}.ipynb",
        f"Lovelace Ada_4712_assignsubmission_file_/deep/{UNIT}.ipynb",
        # Canvas
        f"lovelaceada_4711_345_{UNIT}.ipynb",
        f"lovelaceada_LATE_4711_345_{UNIT}-1.ipynb",
        f"lovelaceada_99999_345_{UNIT}.ipynb",
        # Google Classroom
        f"Ada Lovelace - {UNIT}.ipynb",
        f"{UNIT} - Ada Lovelace.ipynb",
        f"Copy of {UNIT} - Ada Lovelace.ipynb",
        # by e-mail, saved by hand
        f"ada/{UNIT}.ipynb",
        f"ada_{UNIT}.ipynb",
        f"ada@example.org/{UNIT}_{UNIT}.ipynb",
        f"Ada Lovelace/{UNIT} (1).ipynb",
        "Lovelace, Ada/Untitled7.ipynb",
        f"week 3/Ada.Lovelace/{UNIT}.ipynb.txt",
    ],
)
def test_a_name_of_every_platform_is_read(name, collected):
    files, done = collected({name: notebook()})
    assert files == [f"ada/{UNIT}/{UNIT}.ipynb"] and not done.left, done.left
    assert ("late" in done.placed[0]) == ("LATE" in name)


@pytest.mark.parametrize(
    ("name", "learner"),
    [
        (f"José O'Neill-Smith_3_assignsubmission_file_/{UNIT}.ipynb", "jose"),
        (f"oneillsmithjose_12_9_{UNIT}.ipynb", "jose"),
        (f"Айгерім Әлиева_3_assignsubmission_file_/{UNIT}.ipynb", "aigerim"),
        (f"leemin_22_9_{UNIT}.ipynb", "lee2"),
        (f"lee1 {UNIT}.ipynb", "lee1"),
    ],
)
def test_accents_other_scripts_and_namesakes_with_a_number(name, learner, collected):
    files, done = collected({name: notebook()})
    assert files == [f"{learner}/{UNIT}/{UNIT}.ipynb"] and not done.left


@pytest.mark.parametrize(
    ("name", "why"),
    [
        (f"{UNIT}.ipynb", "no learner"),
        (f"{UNIT}_{UNIT}.ipynb", "no learner"),
        (f"Participant 4711_99_assignsubmission_file_/{UNIT}.ipynb", "no learner"),
        # Moodle's number is not a person's
        (f"Bob Stone_4711_assignsubmission_file_/{UNIT}.ipynb", "no learner"),
        (f"Ada/{UNIT} 4711.ipynb", None),
        (f"Adam/{UNIT}.ipynb", "no learner"),
        (f"Min Lee_3_assignsubmission_file_/{UNIT}.ipynb", "lee1 or lee2"),
        (f"leemin_77_9_{UNIT}.ipynb", "lee1 or lee2"),
        (f"ada/jose/{UNIT}.ipynb", "several learners, ada and jose"),
        (f"lovelaceada_12_9_{UNIT}.ipynb", "ada or jose"),
    ],
)
def test_a_learner_is_never_guessed(name, why, collected):
    files, done = collected({name: notebook()})
    if why is None:
        assert files == [f"ada/{UNIT}/{UNIT}.ipynb"]
        return
    assert files == [] and len(done.left) == 1
    assert why in done.left[0] and name in done.left[0]


def test_archives_in_archives_are_opened(collected):
    inner = zipped({f"{UNIT}/{UNIT}.ipynb": notebook(), f"__MACOSX/{UNIT}/._{UNIT}.ipynb": b"\0\5\26\7"})
    outer = zipped({"Ada Lovelace_1_assignsubmission_file_/work.zip": inner, f"leemin_22_9_{UNIT}.ipynb": notebook()})
    files, done = collected({"submissions.zip": outer})
    assert files == [f"ada/{UNIT}/{UNIT}.ipynb", f"lee2/{UNIT}/{UNIT}.ipynb"]
    assert [left for left in done.left if "__MACOSX" not in left] == []


def test_an_archive_itself_may_be_named(course, tmp_path):
    (tmp_path / "moodle.zip").write_bytes(zipped({f"ada_{UNIT}.ipynb": notebook()}))
    assert len(collect(course, tmp_path / "moodle.zip", CLASS).placed) == 1


def test_copies_count_once_and_what_was_answered_counts_before_what_was_not(collected):
    given = {"": notebook(), " (1)": notebook(), " (2)": notebook(None)}
    files, done = collected({f"ada/{UNIT}{copy}.ipynb": content for copy, content in given.items()})
    assert files == [f"ada/{UNIT}/{UNIT}.ipynb"] and not done.left


def test_two_different_answers_wait_for_a_person(collected):
    files, done = collected({f"ada/{UNIT}.ipynb": notebook(), f"ada/{UNIT} (1).ipynb": notebook("ratio_of_by = 3")})
    assert files == [] and "Keep the one that counts" in done.left[0]


def test_a_notebook_is_known_by_its_cells_whatever_its_name(collected):
    files, _ = collected({"ada/homework.ipynb": notebook(), f"ada/{UNIT}.ipynb": notebook("x = 1", OTHER)})
    assert files == [f"ada/{OTHER}/{OTHER}.ipynb", f"ada/{UNIT}/{UNIT}.ipynb"]


@pytest.mark.parametrize(
    "content",
    [b"", b"<!doctype html>", notebook()[:2000], b'{"cells": []}', b"[" * 5000, json.dumps({"cells": [{}]}).encode()],
)
def test_what_is_no_notebook_is_said(content, collected):
    files, done = collected({f"ada/{UNIT}.ipynb": content, "jose/essay.pdf": b"%PDF", f"jose/{UNIT}.ipynb": notebook()})
    assert files == [f"jose/{UNIT}/{UNIT}.ipynb"]
    assert len(done.left) == 2 and any("essay.pdf" in left for left in done.left)


@pytest.mark.parametrize("content", [b"PK\3\4 damaged", zipped({"a.txt": b"a" * 500})[:60]])
def test_a_damaged_archive_is_said(content, collected):
    _, done = collected({"ada/work.zip": content, f"jose/{UNIT}.ipynb": notebook()})
    assert "cannot be unpacked" in done.left[0] and len(done.placed) == 1


def test_a_second_run_changes_nothing_and_another_version_waits(collected):
    collected({f"ada/{UNIT}.ipynb": notebook()})
    _, done = collected({f"ada/{UNIT}.ipynb": notebook()})
    assert "there already" in done.placed[0]
    _, done = collected({f"ada/{UNIT}.ipynb": notebook("ratio_of_by = 3")})
    assert done.placed == [] and "--replace" in done.left[0]


def test_what_is_replaced_is_kept(collected, tmp_path):
    collected({f"ada/{UNIT}.ipynb": notebook()})
    files, _ = collected({f"ada/{UNIT}.ipynb": notebook("ratio_of_by = 3")}, replace=True)
    [kept] = (tmp_path / "grading" / "replaced").rglob("*.ipynb")
    assert kept.read_bytes() == notebook() and len(files) == 1
    assert (tmp_path / "grading" / "submitted" / files[0]).read_bytes() == notebook("ratio_of_by = 3")


def test_without_a_class_or_a_folder_it_says_so(course, tmp_path):
    with pytest.raises(CourseError, match="--roster"):
        collect(course, tmp_path, [])
    with pytest.raises(CourseError, match="There is no"):
        collect(course, tmp_path / "absent", CLASS)


def test_a_damaged_release_is_the_teachers_to_make_again(course, tmp_path):
    path = tmp_path / "release" / UNIT / f"{UNIT}.ipynb"
    path.write_bytes(path.read_bytes()[:200])
    with pytest.raises(CourseError, match=f"is damaged: .*nbgrader generate_assignment {UNIT} --force"):
        collect(course, tmp_path, CLASS)


def test_the_command_says_what_it_did(course, tmp_path, monkeypatch, capsys):
    (tmp_path / "nbgrader_config.py").write_text(
        'c = get_config()\nc.CourseDirectory.submitted_directory = "grading/submitted"\n', encoding="utf-8"
    )
    (tmp_path / "class.csv").write_text("id;first_name;last_name\nada;Ada;Lovelace\n", encoding="utf-8")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / f"ada_{UNIT}.ipynb").write_bytes(notebook())
    monkeypatch.chdir(tmp_path)
    assert main(["collect", "in", "--roster", "class.csv"]) == 0
    assert f"ada: {UNIT}, from ada_{UNIT}.ipynb." in capsys.readouterr().out
    (tmp_path / "in" / f"{UNIT}.ipynb").write_bytes(notebook("ratio_of_by = 4"))
    assert main(["collect", "in", "--roster", "class.csv"]) == 1
    assert "1 notebook placed, 1 file not." in capsys.readouterr().out


def test_without_a_roster_the_gradebook_says_who_is_in_the_class(course, tmp_path):
    with Gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}") as gradebook:
        gradebook.add_student("ada", first_name="Ada", last_name="Lovelace", lms_user_id="4711")
    course.db_url, course.course_id = f"sqlite:///{tmp_path / 'gradebook.db'}", ""
    assert learners_of(course) == [Learner("ada", "Ada", "Lovelace", "", "4711")]
