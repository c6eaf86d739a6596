"""A class over a term: odd log-in names, who comes late, who leaves, another classroom beside it, and its removal."""

import pwd
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from secondcar.classroom.accounts import account_at, find_account
from secondcar.classroom.layout import Classroom
from secondcar.classroom.passwords import read_codes
from tests.support.paths import ROOT
from tests.support.real_classroom import (
    ENVIRONMENT,
    PORT,
    copy_programs,
    installed_classroom,
    is_let_in,
    must,
    open_classroom,
    remove_class,
    run_in_course,
    run_in_home,
    secondcar,
    start_server,
)
from tests.support.some import some

pytestmark = pytest.mark.long  # a classroom's environment takes minutes to install

UNIT, LATER = "00-start", "01-claims"
NUMBER, MAIL, DOTTED, LATE = "2024001", "a.b@uni.kz", "Aigerim.B", "late@uni.kz"
TEACHER = "teacher"
PASSWORD = "a password of my own"


@pytest.fixture(scope="module")
def classroom(tmp_path_factory):
    """A class made from a school's own roster alone."""
    with installed_classroom() as made:
        roster = tmp_path_factory.mktemp("school") / "class.csv"
        roster.write_text(f"sep=;\nID;First_Name\n{NUMBER};Ada\n{MAIL};Boris\n{DOTTED};Айгерім\n", encoding="utf-8-sig")
        bad = roster.with_name("bad.csv")
        bad.write_text("id\nbeate\nno/name\n")
        refused = secondcar(made, "classroom", "--no-start", "--roster", bad)
        assert (refused.returncode, len(refused.stderr.splitlines())) == (2, 1)
        assert not account_at(made.homes / "beate") and not made.students_file.exists() and not made.hub.exists()
        must(secondcar(made, "classroom", "--no-start", "--port", str(PORT), "--roster", roster))
        yield made


@pytest.fixture(scope="class")
def opened(classroom):
    with open_classroom(classroom) as process:
        yield process


def test_no_invented_person_is_there(classroom):
    homes = {home.name for home in classroom.homes.iterdir()}
    assert homes == {NUMBER, MAIL, DOTTED, TEACHER}
    assert "Tara" not in classroom.teachers_file.read_text()
    assert classroom.settings.login == "first-use"


REHEARSAL = Path("/srv/second-car-rehearsal")


class TestRunning:
    def test_each_log_in_is_used_as_given_and_a_late_one_comes_in(self, classroom, opened):
        sessions = {}
        for name in (NUMBER, MAIL, DOTTED.lower()):
            sessions[name] = requests.Session()
            assert is_let_in(classroom, sessions[name], name, PASSWORD)
        start_server(classroom, sessions[NUMBER], NUMBER)
        must(run_in_course(classroom, "nbgrader", "release_assignment", UNIT))
        for name in (NUMBER, MAIL, DOTTED):
            must(run_in_home(classroom, name, "nbgrader", "fetch_assignment", UNIT))
            must(run_in_home(classroom, name, "nbgrader", "submit", UNIT))
        inbound = classroom.exchange / "second-car" / "inbound"
        assert {path.name.split("+")[0] for path in inbound.iterdir()} == {NUMBER, MAIL, DOTTED}
        must(run_in_course(classroom, "nbgrader", "collect", UNIT))
        must(run_in_course(classroom, "secondcar", "grade", UNIT))
        assert {path.name for path in (classroom.course / "grading" / "autograded").glob("[!.]*")} == {
            NUMBER,
            MAIL,
            DOTTED,
        }
        must(run_in_course(classroom, "nbgrader", "generate_feedback", UNIT))
        must(run_in_course(classroom, "nbgrader", "release_feedback", UNIT))
        must(run_in_home(classroom, MAIL, "nbgrader", "fetch_feedback", UNIT))
        assert list((classroom.homes / MAIL / UNIT / "feedback").rglob("*.html"))

        # A late student: while the hub runs, and nobody is cut off.
        assert not is_let_in(classroom, requests.Session(), LATE, PASSWORD)
        with classroom.students_file.open("a", encoding="utf-8") as roster:
            roster.write(f"{LATE};Late\n")
        must(secondcar(classroom, "classroom", "update"))
        late = requests.Session()
        assert is_let_in(classroom, late, LATE, PASSWORD)
        start_server(classroom, late, "late@uni.kz")
        must(run_in_home(classroom, LATE, "nbgrader", "fetch_assignment", UNIT))
        assert sessions[NUMBER].get(f"{classroom.address}/user/{NUMBER}/api/status").status_code == 200
        # The teacher's log-in needs the code that the start printed, and leads to the course.
        teacher = requests.Session()
        assert not is_let_in(classroom, teacher, TEACHER, PASSWORD)
        assert is_let_in(classroom, teacher, TEACHER, PASSWORD, otp=read_codes(classroom)[TEACHER])
        assert teacher.get(f"{classroom.address}/services/second-car/lab").status_code == 200
        assert late.get(f"{classroom.address}/services/second-car/lab").status_code == 403

    def test_a_restore_is_rehearsed_beside_the_running_class(self, classroom, opened, tmp_path):
        backup = tmp_path / "monday.tar.gz"
        must(secondcar(classroom, "backup", backup))
        beside = Classroom(REHEARSAL)
        shutil.rmtree(REHEARSAL, ignore_errors=True)
        try:
            subprocess.run([sys.executable, ROOT / "hub" / "install.py", REHEARSAL], env=ENVIRONMENT, check=True)
            must(secondcar(beside, "restore", backup, "--port", str(PORT + 10)))
            assert beside.port == PORT + 10 and classroom.port == PORT
            with open_classroom(beside):
                session = requests.Session()
                assert is_let_in(beside, session, MAIL, PASSWORD), "the password is that of the class"
                start_server(beside, session, "a.b@uni.kz")
                must(run_in_home(beside, MAIL, "nbgrader", "submit", UNIT))
                assert is_let_in(classroom, requests.Session(), MAIL, PASSWORD)
            owners = {owner_of(path) for path in (beside.homes / MAIL).rglob("*")}
            assert owners == {beside.account_of(MAIL)} != {classroom.account_of(MAIL)}
            submitted = [path for path in (beside.exchange / "second-car" / "inbound").iterdir()]
            assert {path.name.split("+")[0] for path in submitted} >= {NUMBER, MAIL, DOTTED}
            assert all(owner_of(path) == beside.account_of(path.name.split("+")[0]) for path in some(submitted))
            link = beside.course / "grading" / "exchange"
            assert link.resolve() == beside.exchange
        finally:
            stays = secondcar(beside, "classroom", "remove")
            assert "Nothing was changed." in stays.stdout and REHEARSAL.is_dir()
            accounts = [account.pw_name for account in pwd.getpwall() if account.pw_dir.startswith(f"{REHEARSAL}/")]
            assert accounts
            must(secondcar(beside, "classroom", "remove", "--yes"))
            assert not REHEARSAL.exists()
            assert not [name for name in accounts if find_account(name)]


SECTION = Path("/srv/second-car-section")
BEN, TEA = "section-ben", "section-tea"


def test_two_sections_with_a_teacher_each_know_nothing_of_each_other(classroom, tmp_path):
    """Beside the first classroom, another, as the operating page says of sections."""
    second = Classroom(SECTION)
    roster, teachers = tmp_path / "second.csv", tmp_path / "teachers.csv"
    roster.write_text(f"id\n{BEN}\n")
    teachers.write_text(f"id\n{TEA}\n")
    shutil.rmtree(SECTION, ignore_errors=True)
    SECTION.mkdir(mode=0o755)
    copy_programs(second)
    try:
        files = ("--roster", roster, "--teachers", teachers, "--port", str(PORT + 10))
        must(secondcar(second, "classroom", "--no-start", *files))
        students = {classroom: DOTTED, second: BEN}
        with open_classroom(classroom), open_classroom(second):
            for section, name in some(students.items()):
                must(run_in_course(section, "nbgrader", "release_assignment", LATER))
                must(run_in_home(section, name, "nbgrader", "fetch_assignment", LATER))
                must(run_in_home(section, name, "nbgrader", "submit", LATER))
            for section, name in some(students.items()):
                must(run_in_course(section, "nbgrader", "collect", LATER))
                must(run_in_course(section, "secondcar", "grade", LATER))
                must(run_in_course(section, "nbgrader", "generate_feedback", LATER))
                must(run_in_course(section, "nbgrader", "release_feedback", LATER))
                handed_in = (section.course / "grading" / "submitted").glob(f"*/{LATER}")
                assert [path.parent.name for path in handed_in] == [name]
            for section, name in some(students.items()):
                must(run_in_home(section, name, "nbgrader", "fetch_feedback", LATER))
                assert len(list((section.homes / name / LATER / "feedback").rglob("*.html"))) == 1
                other = second if section is classroom else classroom
                for place in (other.course, other.homes, other.exchange / "second-car" / "inbound"):
                    assert run_in_home(section, name, "ls", place).returncode != 0
                    assert run_in_course(section, "ls", place).returncode != 0
            # Nobody of one section comes into the other.
            assert is_let_in(second, requests.Session(), BEN, PASSWORD)
            assert not is_let_in(classroom, requests.Session(), BEN, PASSWORD)
            assert not is_let_in(second, requests.Session(), DOTTED.lower(), PASSWORD)
            tea = requests.Session()
            assert is_let_in(second, tea, TEA, PASSWORD, otp=read_codes(second)[TEA])
            assert tea.get(f"{second.address}/services/second-car/formgrader").status_code == 200
            here = tea.get(f"{classroom.address}/services/second-car/formgrader")
            assert here.url.startswith(f"{classroom.address}/hub/login")
        assert BEN not in known(classroom) and DOTTED not in known(second)
    finally:
        must(secondcar(second, "classroom", "remove", "--yes"))
    assert not SECTION.exists() and classroom.account_of(DOTTED)


def owner_of(path):
    return pwd.getpwuid(path.lstat().st_uid).pw_name


def known(classroom):
    """Return what nbgrader says of the students it knows."""
    done = run_in_course(classroom, "nbgrader", "db", "student", "list")
    return must(done) + done.stderr


def test_who_leaves_is_kept_aside_or_forgotten(classroom):
    for name in (MAIL, NUMBER):
        assert classroom.account_of(name)
    refused = secondcar(classroom, "classroom", "forget", "nobody")
    assert (refused.returncode, len(refused.stderr.splitlines())) == (2, 1)
    accounts = {name: classroom.account_of(name) for name in (MAIL, NUMBER)}
    asked = must(secondcar(classroom, "classroom", "dismiss", MAIL))
    assert "Nothing was changed." in asked and MAIL in classroom.students_file.read_text(encoding="utf-8")
    said = must(secondcar(classroom, "classroom", "dismiss", MAIL, "--yes"))
    (aside,) = (classroom.folder / "former" / MAIL).iterdir()
    assert str(aside) in said
    assert stat.S_IMODE(aside.parent.parent.stat().st_mode) == 0o700
    assert (aside / "homes" / MAIL / UNIT / f"{UNIT}.ipynb").is_file()
    said = must(secondcar(classroom, "classroom", "forget", NUMBER, "--yes"))
    for name, account in some(accounts.items()):
        assert find_account(account) is None
        assert name not in classroom.students_file.read_text(encoding="utf-8")
    assert not [name for name in (NUMBER, MAIL) if name in known(classroom)]
    named = {line.split(" names ")[0] for line in said.splitlines() if " names " in line}
    left = subprocess.run(["grep", "-rlaF", NUMBER, classroom.folder], capture_output=True, text=True).stdout.split(
        "\n"
    )
    programs = (f"{classroom.folder}/env/", f"{classroom.folder}/proxy/")
    assert {file for file in left if file and not file.startswith(programs)} <= named
    paths = [path for path in classroom.folder.rglob("*") if NUMBER in path.name]
    assert not [path for path in paths if not str(path).startswith(programs)]
    # Nobody comes back by another start, nor by a forced run.
    must(secondcar(classroom, "classroom", "--no-start"))
    assert NUMBER not in known(classroom) and LATE in known(classroom)


def test_the_demonstration_gives_way_to_a_class(classroom, tmp_path):
    remove_class(classroom)
    must(secondcar(classroom, "classroom", "--no-start", "--port", str(PORT)))
    assert {home.name for home in classroom.homes.iterdir()} == {"ada", "boris", "cara", "teacher"}
    accounts = [classroom.account_of(name) for name in ("ada", "boris", "cara", "teacher")]
    must(secondcar(classroom, "classroom", "dismiss", "--demonstration", "--yes"))
    assert not [name for name in accounts if find_account(name)]
    roster, teachers = tmp_path / "class.csv", tmp_path / "teachers.csv"
    roster.write_text("id\nada\ndana\n")
    teachers.write_text("id\ntimur\n")
    must(secondcar(classroom, "classroom", "--no-start", "--roster", roster, "--teachers", teachers))
    listed = known(classroom)
    assert "dana" in listed and "boris" not in listed
