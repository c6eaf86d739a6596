"""A class with log-ins of its own is upgraded as hub/README.md says: stop, `git pull`, `make classroom`."""

import shutil
import subprocess
import time

import pytest
import requests

from tests.support.checkout import copied_checkout
from tests.support.real_classroom import (
    ENVIRONMENT,
    PORT,
    STUDENTS,
    installed_classroom,
    is_let_in,
    must,
    open_classroom,
    run_in_course,
    run_in_home,
    start_server,
)

pytestmark = pytest.mark.long  # a classroom's environment takes minutes to install

UNIT, LATER = "00-start", "11-verdict"
ADA, BORIS, _ = STUDENTS
PASSWORD = "adas own password"
SETTING = 'login = "first-use"\nidle_minutes = 90\n'


def git(folder, *words):
    identity = ("-c", "user.name=Tester", "-c", "user.email=tester@example.org")
    return must(subprocess.run(["git", *identity, *words], cwd=folder, capture_output=True, text=True))


@pytest.fixture
def clone(tmp_path):
    """A clone that lacks the newest commit, which brings a unit and touches what a school might have changed."""
    origin = copied_checkout(tmp_path / "origin")
    later = [origin / name / LATER for name in ("course", "source", "release")]
    for folder in later:
        shutil.move(folder, tmp_path / folder.parent.name)
    git(origin, "init", "--quiet", "--initial-branch=main")
    git(origin, "add", "--all", "--force")
    git(origin, "commit", "--quiet", "--message=Before")
    git(tmp_path, "clone", "--quiet", "origin", "clone")
    for folder in later:
        shutil.move(tmp_path / folder.parent.name, folder)
    for name in ("hub/jupyterhub_config.py", "nbgrader_config.py", "hub/settings/everyone/nbgrader_config.py"):
        with (origin / name).open("a", encoding="utf-8") as file:
            file.write("# another version\n")
    git(origin, "add", "--all", "--force")
    git(origin, "commit", "--quiet", "--message=After")
    return tmp_path / "clone"


def make_classroom(clone, classroom, *words):
    command = ["make", "classroom", f"CLASSROOM={classroom.folder}", "ARGS=--no-start", *words]
    return must(subprocess.run(command, cwd=clone, env=ENVIRONMENT, capture_output=True, text=True))


def test_a_pull_and_a_start_upgrade_a_class_whose_log_ins_are_real(clone, tmp_path):
    roster = tmp_path / "class.csv"
    roster.write_text(f"id,first_name\n{ADA},Ada\n{BORIS},Boris\n", encoding="utf-8")
    with installed_classroom() as classroom:
        make_classroom(clone, classroom, f"ROSTER={roster}", f"PORT={PORT}")
        classroom.settings_file.write_text(f"port = {PORT}\n{SETTING}", encoding="utf-8")
        with open_classroom(classroom, clone):
            assert is_let_in(classroom, requests.Session(), ADA, PASSWORD)
            must(run_in_course(classroom, "nbgrader", "release_assignment", UNIT))
            must(run_in_home(classroom, ADA, "nbgrader", "fetch_assignment", UNIT))
        mine = classroom.homes / ADA / UNIT / f"{UNIT}.ipynb"
        mine.write_text(mine.read_text(encoding="utf-8").replace("hours_in_a_week = ...", "hours_in_a_week = 168"))
        written = mine.read_bytes()

        began = time.monotonic()
        git(clone, "pull", "--quiet")
        assert git(clone, "status", "--porcelain") == ""
        assert f"{LATER} is new." in make_classroom(clone, classroom)
        with open_classroom(classroom, clone):
            session = requests.Session()
            assert is_let_in(classroom, session, ADA, PASSWORD)
            print(f"From the pull to the first log-in: {time.monotonic() - began:.0f} s")
            assert not is_let_in(classroom, requests.Session(), ADA, "another password")
            start_server(classroom, session, ADA)
            must(run_in_course(classroom, "nbgrader", "release_assignment", LATER))
            must(run_in_home(classroom, ADA, "nbgrader", "fetch_assignment", LATER))
            must(run_in_home(classroom, ADA, "nbgrader", "submit", UNIT))
        assert mine.read_bytes() == written and b"168" in written
        assert classroom.settings_file.read_text(encoding="utf-8") == f"port = {PORT}\n{SETTING}"
