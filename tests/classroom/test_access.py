"""Who can read and do what in a classroom, tried as the system accounts and in the hub."""

import json
import time
from pathlib import Path

import nbformat
import pytest
import requests

from secondcar.classroom.running import leftovers
from secondcar.testing import fill, solutions
from tests.support.paths import ROOT
from tests.support.real_classroom import (
    STUDENTS,
    TEACHERS,
    log_in,
    must,
    open_classroom,
    prepare,
    prepared_classroom,
    run_in_course,
    run_in_home,
    start_server,
)
from tests.support.some import some

# A classroom's environment takes minutes to install.
pytestmark = pytest.mark.long

UNIT = "02-by-and-to"
ADA, BORIS, CARA = STUDENTS
SERVICE = "/services/second-car"


@pytest.fixture(scope="module")
def classroom():
    with prepared_classroom() as made:
        yield made


@pytest.fixture(scope="module")
def cycle(classroom):
    """One unit released, handed in by three students, graded, and its feedback given back."""
    must(run_in_course(classroom, "nbgrader", "release_assignment", UNIT))
    for name in STUDENTS:
        must(run_in_home(classroom, name, "nbgrader", "fetch_assignment", UNIT))
    solve(classroom, ADA)
    mistake(classroom, BORIS)
    for name in (ADA, BORIS):
        must(run_in_home(classroom, name, "nbgrader", "submit", UNIT))
    time.sleep(1.1)  # submissions are told apart by the second
    # One who means no good hands in an empty notebook under another's name, and a link to the answers.
    must(run_in_home(classroom, CARA, "nbgrader", "submit", UNIT, f"--student={ADA}"))
    time.sleep(1.1)
    notebook = classroom.homes / CARA / UNIT / f"{UNIT}.ipynb"
    must(run_in_home(classroom, CARA, "nbgrader", "submit", UNIT))
    (handed_in,) = (classroom.exchange / "second-car" / "inbound").glob(f"{CARA}+*")
    answers = classroom.course / "source" / UNIT / notebook.name
    must(run_in_home(classroom, CARA, "ln", "-sf", answers, handed_in / notebook.name))
    must(run_in_course(classroom, "nbgrader", "collect", UNIT))
    graded = run_in_course(classroom, "secondcar", "grade", UNIT)
    must(run_in_course(classroom, "nbgrader", "generate_feedback", UNIT))
    must(run_in_course(classroom, "nbgrader", "release_feedback", UNIT))
    return graded


def mistake(classroom, name):
    """Let a student read *by* as *to* in one exercise."""
    file = classroom.homes / name / UNIT / f"{UNIT}.ipynb"
    handed_out = nbformat.read(file, as_version=4)
    nbformat.write(fill(handed_out, {"units-2017-by": "units_2017_by = units_2018 / (growth / 100)"}), file)


def solve(classroom, name):
    file = classroom.homes / name / UNIT / f"{UNIT}.ipynb"
    teachers = nbformat.read(ROOT / "source" / UNIT / f"{UNIT}.ipynb", as_version=4)
    nbformat.write(fill(nbformat.read(file, as_version=4), solutions(teachers)), file)


def test_closing_leaves_no_process_and_opening_again_keeps_everything(classroom, cycle):
    before = scores(classroom)
    with open_classroom(classroom):
        start_server(classroom, log_in(classroom, ADA), ADA)
        assert leftovers(classroom)
    assert not leftovers(classroom)
    assert "new" not in prepare(classroom)
    assert scores(classroom) == before
    assert (classroom.homes / ADA / UNIT / f"{UNIT}.ipynb").is_file()


CLOSED_TO_STUDENTS = (
    "course",
    "course/source",
    f"course/source/{UNIT}/{UNIT}.ipynb",
    f"course/release/{UNIT}/answers.json",
    "course/nbgrader_config.py",
    "course/grading/gradebook.db",
    f"course/grading/submitted/{ADA}/{UNIT}/{UNIT}.ipynb",
    f"course/grading/autograded/{ADA}/{UNIT}/{UNIT}.ipynb",
    f"course/grading/feedback/{ADA}/{UNIT}/{UNIT}.html",
    f"homes/{ADA}",
    f"homes/{ADA}/{UNIT}/{UNIT}.ipynb",
    "homes",
    "exchange/second-car/inbound",
    "exchange/second-car/feedback",
    "roster.csv",
    "teachers.csv",
    "classroom.toml",
    "hub",
    "hub/jupyterhub.sqlite",
    "hub/cookie_secret",
    "hub/demonstration-passwords.json",
    "hub/jupyterhub.log",
)


@pytest.mark.parametrize("path", CLOSED_TO_STUDENTS)
def test_a_student_cannot_read(opened, path):
    classroom = opened
    place = classroom.folder / path
    assert place.exists(), "the test would pass on anything that is not there"
    refused = run_in_home(classroom, CARA, "ls" if place.is_dir() else "cat", place)
    assert refused.returncode != 0
    assert "Permission denied" in refused.stderr


@pytest.fixture(scope="module")
def opened(classroom, cycle):
    """The classroom after one cycle, with its hub running."""
    with open_classroom(classroom):
        yield classroom


def test_a_student_reads_what_is_handed_out(opened):
    outbound = opened.exchange / "second-car" / "outbound" / UNIT / f"{UNIT}.ipynb"
    assert "units_2017_by" in must(run_in_home(opened, CARA, "cat", outbound))


def test_a_student_cannot_write_where_others_read(opened):
    exchange = opened.exchange / "second-car"
    handed_in = next(path for path in (exchange / "inbound").glob(f"{ADA}+*") if path.owner() == ADA)
    for command in (
        ("touch", exchange / "outbound" / UNIT / "note.txt"),
        ("mv", exchange, opened.exchange / "elsewhere"),
        ("mv", handed_in, exchange / "inbound" / "lost"),
        ("touch", opened.programs / "python-of-mine"),
        ("touch", opened.everyones_settings / "nbgrader_config.json"),
        ("touch", opened.students_file),
    ):
        refused = run_in_home(opened, CARA, *command)
        assert refused.returncode != 0, command
        assert "denied" in refused.stderr or "not permitted" in refused.stderr


def test_the_accounts_have_neither_password_nor_shared_group(classroom):
    for name in (*STUDENTS, *TEACHERS, classroom.course_account):
        groups = must(run_in_home(classroom, ADA, "id", "-Gn", name)).split()
        assert groups == [name]
    for line in some(Path("/etc/shadow").read_text(encoding="utf-8").splitlines()):
        name, password, *_ = line.split(":")
        if name in STUDENTS:
            assert password.startswith("!")


def test_marks_are_those_of_what_each_handed_in_themselves(classroom, cycle):
    # The link to the answers was left out, and nothing else was handed in.
    assert f"{CARA}: the folder holds no notebook of this assignment." in must(cycle)
    marks = scores(classroom)
    assert marks[ADA] == marks["max"]
    assert marks[BORIS] == 0
    assert not marks.get(CARA)


def scores(classroom):
    code = (
        "import json; from nbgrader.api import Gradebook; g = Gradebook('sqlite:///grading/gradebook.db');"
        f"marks = {{s.student.id: s.score for s in g.assignment_submissions('{UNIT}')}};"
        f"print(json.dumps({{'max': g.find_assignment('{UNIT}').max_score, **marks}}))"
    )
    return json.loads(must(run_in_course(classroom, "python", "-c", code)))


def test_the_report_names_the_misconceptions(classroom, cycle):
    done = run_in_course(classroom, "secondcar", "report", UNIT)
    page = Path(must(done).split(" is written")[0])
    assert "M01: by read as to: off by the whole" in (classroom.course / page).read_text(encoding="utf-8")


def test_feedback_reaches_its_student_alone(classroom, cycle):
    for name in (ADA, BORIS):
        must(run_in_home(classroom, name, "nbgrader", "fetch_feedback", UNIT))
        pages = list((classroom.homes / name / UNIT / "feedback").rglob("*.html"))
        assert len(pages) == 1
    ((page,),) = [list((classroom.homes / BORIS / UNIT / "feedback").rglob("*.html"))]
    assert "<strong>0 of " in page.read_text(encoding="utf-8")
    must(run_in_home(classroom, CARA, "nbgrader", "fetch_feedback", UNIT))
    assert not list((classroom.homes / CARA / UNIT).rglob("*.html"))


def test_the_course_is_closed_to_students_in_the_hub(opened):
    student = log_in(opened, ADA)
    for page in ("lab", "formgrader", "formgrader/gradebook", f"files/source/{UNIT}/{UNIT}.ipynb", "api/contents"):
        assert student.get(f"{opened.address}{SERVICE}/{page}").status_code == 403
    for page in ("admin", "api/users", "api/groups/formgrade-second-car", f"api/users/{BORIS}"):
        assert student.get(f"{opened.address}/hub/{page}").status_code in (403, 404)
    assert requests.get(f"{opened.address}{SERVICE}/formgrader").url.startswith(f"{opened.address}/hub/login")


def test_both_teachers_share_the_course(opened):
    for name in TEACHERS:
        teacher = log_in(opened, name)
        assert teacher.get(f"{opened.address}/").url == f"{opened.address}{SERVICE}/lab?formgrader=true"
        page = teacher.get(f"{opened.address}{SERVICE}/formgrader/manage_assignments")
        assert page.status_code == 200
        assert page.headers["Content-Security-Policy"] == "frame-ancestors 'self'"
        known = teacher.get(f"{opened.address}{SERVICE}/formgrader/api/assignments").json()
        assert UNIT in [assignment["name"] for assignment in known]


def test_a_student_has_assignments_and_no_formgrader_and_nobody_elses_server(opened):
    ada, boris = log_in(opened, ADA), log_in(opened, BORIS)
    address = start_server(opened, ada, ADA)
    listed = ada.get(f"{address}/assignments", params={"course_id": "second-car"}).json()
    assert UNIT in [assignment["assignment_id"] for assignment in listed["value"]]
    assert ada.get(f"{address}/formgrader").status_code == 404
    assert boris.get(f"{address}/api/contents").status_code == 403
