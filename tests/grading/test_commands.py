"""`secondcar grade` and `feedback` take whatever nbgrader's two commands take, and end as these end."""

import os
import subprocess
import sys

import pytest
from nbgrader.apps import AutogradeApp, GenerateFeedbackApp

from secondcar.cli import main as secondcar
from secondcar.grading.commands import FeedbackCommand, GradeCommand
from tests.support.grading_courses import make_tiny_course
from tests.support.nbgraders_tests import DIFFERENCES, OPTIONS
from tests.support.paths import ROOT
from tests.support.some import some

FORMS = [
    ["tiny"],
    ["--assignment=tiny"],
    ["--assignment", "tiny"],
    ["--CourseDirectory.assignment_id=tiny"],
    ["--student", "s0001", "tiny"],
    ["tiny", "--student=s000*"],
    ["--notebook", "tiny", "tiny"],
    ["--course", "econ", "tiny"],
    ["--db", "sqlite:///other.db", "tiny"],
    ["--log-level=DEBUG", "tiny"],
    ["--debug", "tiny"],
    ["tiny", "--quiet"],
    ["tiny", "--force"],
    ["-f", "tiny"],
    ["tiny", "--Execute.timeout=7", "--AutogradeApp.permissions=644"],
]
FORMS_OF_GRADE = [["tiny", "--create"], ["--no-execute", "tiny"]]


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    folder = tmp_path_factory.mktemp("forms")
    make_tiny_course(folder, students=2, config='c.GradeCommand.preload = "json"')
    return folder


@pytest.mark.parametrize("form", [*FORMS, *FORMS_OF_GRADE], ids=" ".join)
@pytest.mark.parametrize(("ours", "stock"), [(GradeCommand, AutogradeApp), (FeedbackCommand, GenerateFeedbackApp)])
def test_each_form_means_what_it_means_to_nbgrader(course, monkeypatch, form, ours, stock):
    if form in FORMS_OF_GRADE and ours is FeedbackCommand:
        pytest.skip("an option of autograde alone")
    monkeypatch.chdir(course)
    read = []
    for command in (ours, stock):
        app = command()
        app.initialize(form)
        names = app.extra_args, app.coursedir.assignment_id, app.coursedir.student_id, app.coursedir.notebook_id
        read.append((names, app.coursedir.db_url, dict(app.config)))
    assert read[0] == read[1]


# nbgrader's exit codes, and one form of each kind that grades.
RUNS = [
    (["--assignment=tiny", "--student", "s0000"], 0),
    (["--CourseDirectory.assignment_id=tiny", "--log-level=DEBUG", "--force"], 0),
    (["tiny", "--student=nobody"], 1),
    (["nothing"], 1),
    ([], 1),
    (["tiny", "other"], 1),
    (["tiny", "--assignment=tiny"], 1),
    (["tiny", "--workers=many"], 1),
    (["--help"], 0),
    (["--help-all"], 0),
    (["--version"], 0),
]


@pytest.mark.parametrize("command", ["grade", "feedback"])
def test_exit_codes_are_nbgraders(course, monkeypatch, capfd, command):
    monkeypatch.chdir(course)
    for arguments, code in RUNS:
        try:
            ended = secondcar([command, *arguments])
        except SystemExit as end:
            ended = end.code
        told = capfd.readouterr()
        assert ended == code, (arguments, told)
        assert told.out or told.err
        assert "Traceback" not in told.out + told.err


def test_a_logfile_holds_what_a_run_says(course, monkeypatch, capsys):
    monkeypatch.chdir(course)
    damaged = course / "submitted" / "s0001" / "tiny" / "tiny.ipynb"
    whole = damaged.read_text()
    damaged.write_text("{")
    for command, said in (("grade", "1 graded"), ("feedback", "1 learner has")):
        assert secondcar([command, "tiny", "--force", "--NbGrader.logfile=run.log"]) == int(command == "grade")
        told = capsys.readouterr()
        written = (course / "run.log").read_text()
        assert said in written
        assert all(line in written for line in some((told.out + told.err).splitlines()))
    damaged.write_text(whole)


@pytest.mark.parametrize("command", ["grade", "feedback"])
def test_the_help_names_each_option_of_ours_and_each_of_nbgraders(command, capsys):
    with pytest.raises(SystemExit):
        secondcar([command, "--help"])
    text = capsys.readouterr().out
    app = {"grade": GradeCommand, "feedback": FeedbackCommand}[command]
    for option in [*app.aliases, *app.flags]:
        assert f"\n-{'-' * (len(option) > 1)}{option}" in text


def test_options_may_stand_in_the_course_configuration(course, monkeypatch, tmp_path):
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\nc.GradeCommand.notebook_seconds = 7\n")
    monkeypatch.chdir(tmp_path)
    app = GradeCommand()
    app.initialize(["tiny"])
    assert app.notebook_seconds == 7


@pytest.mark.parametrize("form", [["tiny", "--requires-sandbox"], ["--require-sandbx=yes", "tiny"]])
def test_an_option_that_is_misspelt_grades_nothing(course, monkeypatch, capfd, form):
    monkeypatch.chdir(course)
    with pytest.raises(SystemExit, match="2"):
        secondcar(["grade", *form])
    assert "unrecognized arguments: --require" in capfd.readouterr().err


# What is typed, and a sentence that names what is wrong with it.
MISTYPED = {
    "tiny --dispute=zero": "secondcar grade: unrecognized arguments: --dispute;",
    "tiny --dispute zero": "secondcar grade: unrecognized arguments: --dispute;",
    "tiny --forced": "secondcar grade: unrecognized arguments: --forced;",
    "tiny --student": "secondcar grade: argument --student: expected one argument;",
    "--student --force tiny": "secondcar grade: argument --student: expected one argument;",
    "tiny --disputes=none": "disputes: 'none' is not one of person, zero, trust",
    "tiny --student=nobdy": "No learner nobdy has handed in tiny: no notebook is in ",
    "tiny --notebook=huge": "tiny has no notebook huge. It has these: tiny.",
    "tniy": "The course has no assignment tniy. It has these: tiny.",
}


@pytest.mark.parametrize("typed", MISTYPED)
def test_what_is_mistyped_is_named_in_one_line(course, monkeypatch, capfd, typed):
    monkeypatch.chdir(course)
    try:
        assert secondcar(["grade", *typed.split()]) == 1
    except SystemExit as end:
        assert end.code in (1, 2)
    (line,) = capfd.readouterr().err.splitlines()
    assert MISTYPED[typed] in line


@pytest.mark.parametrize("typed", ["tiny --student=nobdy", "tiny --notebook=huge", "tniy"])
def test_feedback_names_it_too(course, monkeypatch, capfd, typed):
    monkeypatch.chdir(course)
    assert secondcar(["feedback", *typed.split()]) == 1
    (line,) = capfd.readouterr().err.splitlines()
    assert line == MISTYPED[typed] or "No submission of tiny by a learner nobdy is graded: no notebook is in" in line


def test_the_help_says_where_nbgraders_own_tests_expect_something_else(capsys):
    with pytest.raises(SystemExit):
        secondcar(["grade", "--help"])
    told = " ".join(capsys.readouterr().out.split())
    for difference in some(DIFFERENCES.values()):
        assert difference in told
    for option in some({option for options in OPTIONS.values() for option in options}):
        assert f"({option}: " in told


@pytest.mark.long
def test_nbgraders_own_tests_pass(tmp_path):
    """Those of both commands, from the installed package, run with ours in their place.

    `DIFFERENCES` names those that expect something else, which have to fail, and what the help says of it.
    """
    modules = [f"nbgrader.tests.apps.test_nbgrader_{command}" for command in ("autograde", "generate_feedback")]
    plugins = ["-p", "no:cacheprovider", "-p", "tests.support.nbgraders_tests"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-c", os.devnull, *plugins, "--pyargs", *modules],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-5000:]
