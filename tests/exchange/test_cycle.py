"""The whole of nbgrader's cycle over the service: a teacher and two learners, each in an own JupyterLab of a real hub.

They use what JupyterLab's panels use: the requests of the Assignment List and of the Formgrader. All servers of this
hub run as one system user, so whose a submission is can be known from the hub alone.
"""

import json
import os
import shutil
import subprocess
import sys

import nbformat
import pytest
import requests

from secondcar.testing import fill, solutions
from tests.support.exchange_hub import COURSE
from tests.support.paths import ROOT

pytestmark = pytest.mark.long
UNIT = "02-by-and-to"


class Person:
    """A user of the hub: a home folder and a running server in it."""

    def __init__(self, hub, name):
        self.hub = hub
        self.home = hub.folder / "home" / name
        self.name = name
        self.url = hub.start_server(name)
        self.notebook = self.home / UNIT / f"{UNIT}.ipynb"

    def ask(self, method, path, **query):
        headers = {"Authorization": "token the-tests-own-token"}
        answer = requests.request(method, self.url + path, params=query, headers=headers, timeout=300)
        answer.raise_for_status()
        return json.loads(answer.text)

    def assignments(self, action="", **names):
        """Use the Assignment List, and return status -> what it shows of the unit."""
        if action:
            shown = self.ask("POST", f"assignments/{action}", course_id=COURSE, assignment_id=UNIT)
        else:
            shown = self.ask("GET", "assignments", course_id=COURSE)
        assert shown["success"], shown["value"]
        return {one["status"]: one for one in shown["value"]}

    def formgrader(self, action):
        done = self.ask("POST", f"formgrader/api/{action}")
        assert done["success"], done
        return done["log"]

    def nbgrader(self, *command):
        """Run nbgrader's command in this person's terminal, and return what it says."""
        environment = {
            **os.environ,
            "HOME": str(self.home),
            "JUPYTER_CONFIG_PATH": str(self.hub.folder / "config"),
            "EXCHANGE_URL": f"{self.hub.service}services/exchange/",
            "JUPYTERHUB_USER": self.name,
            "JUPYTERHUB_API_TOKEN": self.hub.token(self.name)["token"],
        }
        done = subprocess.run(
            [sys.executable, "-m", "nbgrader", *command, f"--course={COURSE}"],
            cwd=self.home,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stderr


@pytest.fixture(scope="module")
def teacher(hub):
    home = hub.folder / "home" / "teacher"
    shutil.copytree(ROOT / "source" / UNIT, home / "source" / UNIT)
    shutil.copy(ROOT / "nbgrader_config.py", home)
    return Person(hub, "teacher")


@pytest.fixture(scope="module")
def ada(hub):
    return Person(hub, "ada")


@pytest.fixture(scope="module")
def ben(hub):
    return Person(hub, "ben")


def answer(person, answers):
    nbformat.write(fill(nbformat.read(person.notebook, as_version=4), answers), person.notebook)


# The tests are one story: each goes on from where the one before it ended.


def test_the_teacher_releases_a_unit(teacher, ada):
    assert ada.assignments() == {}
    teacher.formgrader(f"assignment/{UNIT}/assign")
    teacher.formgrader(f"assignment/{UNIT}/release")
    assert {one["name"]: one["status"] for one in teacher.ask("GET", "formgrader/api/assignments")}[UNIT] == "released"
    assert "Destination already exists, add --force to overwrite" in teacher.nbgrader("release_assignment", UNIT)


def test_learners_find_and_fetch_it(ada, ben):
    assert ada.ask("GET", "courses") == {"success": True, "value": [COURSE]}
    assert ada.assignments()["released"]["assignment_id"] == UNIT
    assert ada.assignments("fetch")["fetched"]["path"] == UNIT
    assert f"Fetched as: {COURSE} {UNIT}" in ben.nbgrader("fetch_assignment", UNIT)
    released = {path.name: path.read_bytes() for path in (ROOT / "release" / UNIT).iterdir()}
    for person in (ada, ben):
        assert {path.name: path.read_bytes() for path in person.notebook.parent.iterdir()} == released


def test_learners_hand_in_and_again(ada, ben):
    assert len(ada.assignments("submit")["submitted"]["submissions"]) == 1
    answer(ada, solutions(nbformat.read(ROOT / "source" / UNIT / f"{UNIT}.ipynb", as_version=4)))
    assert len(ada.assignments("submit")["submitted"]["submissions"]) == 2
    assert f"Submitted as: {COURSE} {UNIT}" in ben.nbgrader("submit", UNIT)
    assert "You have handed in these very files already" in ben.nbgrader("submit", UNIT)
    assert len(ben.assignments()["submitted"]["submissions"]) == 1
    assert "You can hand in for yourself only" in ben.nbgrader("submit", UNIT, "--student=ada")


def test_the_teacher_collects_the_newest_of_each(teacher, ada, ben):
    log = teacher.formgrader(f"assignment/{UNIT}/collect")
    assert "Processing 2 submissions" in log
    assert "cheating" not in log
    submitted = teacher.home / "grading" / "submitted"
    for person in (ada, ben):
        assert (submitted / person.name / UNIT / f"{UNIT}.ipynb").read_bytes() == person.notebook.read_bytes()
    assert teacher.formgrader(f"assignment/{UNIT}/collect").count("No newer submission to collect") == 2


def test_feedback_reaches_its_learner_only(teacher, ada, ben):
    for person in (ada, ben):
        teacher.formgrader(f"submission/{UNIT}/{person.name}/autograde")
    marks = {one["id"]: one["score"] for one in teacher.ask("GET", "formgrader/api/students")}
    assert marks["ada"] > marks["ben"] == 0
    teacher.formgrader(f"assignment/{UNIT}/generate_feedback")
    teacher.formgrader(f"assignment/{UNIT}/release_feedback")

    # Ada handed in twice; the feedback is on the second.
    flags = [s["has_exchange_feedback"] for s in ada.assignments()["submitted"]["submissions"]]
    assert flags == [False, True]
    for person in (ada, ben):
        submission = person.assignments("fetch_feedback")["submitted"]["submissions"][-1]
        assert (submission["has_local_feedback"], submission["feedback_updated"]) == (True, False)
        page = person.home / submission["local_feedback_path"] / f"{UNIT}.html"
        made = teacher.home / "grading" / "feedback" / person.name / UNIT / f"{UNIT}.html"
        assert page.read_bytes() == made.read_bytes()


def test_changed_feedback_is_shown_as_new(teacher, ada, ben):
    made = teacher.home / "grading" / "feedback" / "ada" / UNIT / f"{UNIT}.html"
    made.write_text(made.read_text() + "<p>One more word")
    teacher.formgrader(f"assignment/{UNIT}/release_feedback")
    updated = {one.name: one.assignments()["submitted"]["submissions"][-1]["feedback_updated"] for one in (ada, ben)}
    assert updated == {"ada": True, "ben": False}
    assert ada.assignments("fetch_feedback")["submitted"]["submissions"][-1]["feedback_updated"] is False


def test_lists_show_each_what_they_may_see(teacher, ben):
    assert teacher.nbgrader("list", UNIT, "--inbound").count("(feedback ready to be fetched)") == 2
    assert "ada" not in ben.nbgrader("list", UNIT, "--inbound")


def test_the_teacher_takes_the_unit_back_and_removes_submissions(teacher, ben):
    teacher.formgrader(f"assignment/{UNIT}/unrelease")
    assert "fetched" not in ben.assignments()
    teacher.nbgrader("list", UNIT, "--inbound", "--remove")
    assert teacher.hub.client("teacher").submissions(COURSE) == []
    removed = teacher.hub.exchange / COURSE / "removed"
    assert len(list(removed.glob("inbound+*"))) == 3
