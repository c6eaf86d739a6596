"""The doctor: break one thing in a real classroom, see it named, mend it, see it gone."""

import fcntl
import os
import shutil
import socket
import sqlite3
import subprocess
import time
from contextlib import closing, contextmanager

import psutil
import pytest

from secondcar.classroom import doctor
from secondcar.classroom.layout import Classroom
from secondcar.errors import CourseError
from tests.support.paths import ROOT
from tests.support.real_classroom import STUDENTS, open_classroom, prepared_classroom, secondcar

UNIT = "02-by-and-to"


@pytest.fixture(scope="module")
def classroom():
    with prepared_classroom() as made:
        yield made


@contextmanager
def moved_away(path):
    aside = path.with_name(f"{path.name}.aside")
    path.rename(aside)
    try:
        yield
    finally:
        aside.rename(path)


@contextmanager
def mode(path, wrong):
    right = path.stat().st_mode & 0o7777
    path.chmod(wrong)
    try:
        yield
    finally:
        path.chmod(right)


@contextmanager
def text(path, old, new):
    right = path.read_text(encoding="utf-8")
    assert old in right
    path.write_text(right.replace(old, new), encoding="utf-8")
    try:
        yield
    finally:
        path.write_text(right, encoding="utf-8")


@contextmanager
def extra(path, content=""):
    path.write_text(content, encoding="utf-8")
    try:
        yield
    finally:
        path.unlink()


def exchange_missing(classroom):
    return moved_away(classroom.exchange / "second-car" / "inbound")


def exchange_not_sticky(classroom):
    return mode(classroom.exchange, 0o777)


def inbound_listed_by_students(classroom):
    return mode(classroom.exchange / "second-car" / "inbound", 0o777)


@contextmanager
def umask_hides_what_was_handed_out(classroom):
    unit = classroom.exchange / "second-car" / "outbound" / UNIT
    unit.mkdir()
    try:
        with extra(unit / f"{UNIT}.ipynb"), mode(unit / f"{UNIT}.ipynb", 0o600):
            yield
    finally:
        unit.rmdir()


def course_open_to_students(classroom):
    return mode(classroom.course, 0o755)


def home_open_to_others(classroom):
    return mode(classroom.homes / STUDENTS[0], 0o755)


@contextmanager
def root_ran_nbgrader(classroom):
    file = classroom.course / "grading" / "gradebook.db"
    owner = file.stat()
    os.chown(file, 0, 0)
    try:
        yield
    finally:
        os.chown(file, owner.st_uid, owner.st_gid)


@contextmanager
def gradebook_locked(classroom):
    with closing(sqlite3.connect(classroom.course / "grading" / "gradebook.db")) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield


def gradebook_missing(classroom):
    return moved_away(classroom.course / "grading" / "gradebook.db")


def course_id_unset(classroom):
    return text(classroom.course / "nbgrader_config.py", 'course_id = "second-car"', 'course_id = ""')


def exchange_elsewhere(classroom):
    return text(classroom.course / "nbgrader_config.py", "str(exchange)", "'/usr/local/share/nbgrader/exchange'")


def student_configured_otherwise(classroom):
    return extra(classroom.homes / STUDENTS[0] / "nbgrader_config.py", "c.CourseDirectory.course_id = 'algebra'\n")


def formgrader_off(classroom):
    file = classroom.teacher_settings / "jupyter_server_config.json"
    return text(file, '"nbgrader.server_extensions.formgrader": true', '"nbgrader.server_extensions.formgrader": false')


def formgrader_hidden(classroom):
    file = classroom.teacher_settings / "labconfig" / "page_config.json"
    return text(file, '"@jupyter/nbgrader:formgrader": false', '"@jupyter/nbgrader:formgrader": true')


def frames_refused(classroom):
    return text(classroom.teacher_settings / "jupyter_server_config.json", "frame-ancestors 'self'", "default-src *")


def alembic_missing(classroom):
    return moved_away(classroom.programs / "alembic")


def python_unreadable(classroom):
    return mode(classroom.folder / "env" / "lib", 0o700)


@contextmanager
def other_version(classroom):
    (installed,) = (classroom.folder / "env").glob("lib/python3*/site-packages/nbgrader-*.dist-info")
    other = installed.with_name("nbgrader-0.9.5.dist-info")
    shutil.copytree(installed, other)
    try:
        with moved_away(installed), text(other / "METADATA", "Version: 0.9.6", "Version: 0.9.5"):
            yield
    finally:
        shutil.rmtree(other)


def student_twice_in_the_roster(classroom):
    return text(classroom.students_file, "\n", f"\n{STUDENTS[0]},Ada,Twice,\n{STUDENTS[0]},Ada,Thrice,\n")


def newcomer_without_account(classroom):
    return text(classroom.students_file, "email\n", "email\naccess-new,New,Comer,\n")


def slip_in_the_settings(classroom):
    return text(classroom.settings_file, "port = ", "prot = ")


def student_hides_the_commands(classroom):
    return text(classroom.homes / STUDENTS[0] / ".profile", "export PATH=", "export PATH=/usr/bin:/bin; export OTHER=")


@contextmanager
def port_taken(classroom):
    with socket.create_server(("127.0.0.1", classroom.hub_port)):
        yield


@contextmanager
def a_proxy(classroom, address):
    proxy = subprocess.Popen(
        ["node", classroom.proxy_program, *address], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield proxy
    finally:
        proxy.kill()
        proxy.wait()


def proxy_left_running(classroom):
    return a_proxy(
        classroom, ["--ip", "127.0.0.1", "--port", str(classroom.port), "--api-port", str(classroom.proxy_port)]
    )


@contextmanager
def disk_nearly_full(classroom):
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m,mode=711", "tmpfs", classroom.homes], capture_output=True
    )
    if mounted.returncode != 0:
        pytest.skip("this machine lets nobody mount a small disk")
    try:
        yield
    finally:
        subprocess.run(["umount", classroom.homes], check=True)


@contextmanager
def clock_was_wrong(classroom):
    name = f"{STUDENTS[0]}+{UNIT}+2199-01-01 08:00:00.000000 UTC+abc"
    folder = classroom.exchange / "second-car" / "inbound" / name
    folder.mkdir()
    try:
        yield
    finally:
        folder.rmdir()


@contextmanager
def hub_answers_nowhere(classroom):
    with (classroom.hub / "running").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def open_to_the_network(classroom):
    address = ["--ip", "0.0.0.0", "--port", str(classroom.port), "--api-port", str(classroom.proxy_port)]
    with a_proxy(classroom, address) as proxy:
        end = time.monotonic() + 30
        while not psutil.Process(proxy.pid).net_connections("inet") and time.monotonic() < end:
            time.sleep(0.1)
        yield


# What is broken, the check that finds it, and words of the sentence that names it and its remedy.
FAULTS = [
    (exchange_missing, doctor.exchange_folders, "inbound is missing", "make classroom"),
    (exchange_not_sticky, doctor.exchange_folders, "needs 1777", "make classroom"),
    (inbound_listed_by_students, doctor.exchange_folders, "needs 3733", "make classroom"),
    (umask_hides_what_was_handed_out, doctor.exchange_folders, "Students cannot read", "chmod -R a+rX"),
    (course_open_to_students, doctor.course_folder, "is open to students", "chmod 700"),
    (home_open_to_others, doctor.rosters, "is open to others", "chmod 700"),
    (root_ran_nbgrader, doctor.course_folder, "gradebook.db belongs to root", "chown -R"),
    (gradebook_locked, doctor.as_the_course, "database is locked", "end a program that holds it"),
    (gradebook_missing, doctor.as_the_course, "there is no such file", "make classroom"),
    (course_id_unset, doctor.as_the_course, 'The course id is ""', "c.CourseDirectory.course_id"),
    (exchange_elsewhere, doctor.as_the_course, "students look in", "Exchange.root"),
    (student_configured_otherwise, doctor.as_a_student, 'the course is "algebra"', "nbgrader_config.py"),
    (formgrader_off, doctor.teachers_settings, "Formgrader is off", "make classroom"),
    (formgrader_hidden, doctor.teachers_settings, "Formgrader is hidden", "make classroom"),
    (frames_refused, doctor.teachers_settings, "empty tab", "make classroom"),
    (alembic_missing, doctor.as_the_course, "alembic is not in", "make classroom"),
    (python_unreadable, doctor.as_a_student, "Students cannot use the Python", "chmod -R a+rX"),
    (other_version, doctor.versions, "nbgrader is 0.9.5", "==0.9.6 was tried"),
    (student_twice_in_the_roster, doctor.rosters, "is there twice", "roster.csv, line"),
    (newcomer_without_account, doctor.rosters, "access-new is in a roster", "make classroom-update"),
    (port_taken, doctor.processes, "is taken by another program", "PORT="),
    (proxy_left_running, doctor.processes, "of an earlier classroom", "kill"),
    (disk_nearly_full, doctor.disk, "MB left", "make room"),
    (slip_in_the_settings, doctor.school_settings, "is not a setting", "classroom.toml"),
    (student_hides_the_commands, doctor.terminals, "The terminal of", "make classroom-update"),
    (hub_answers_nowhere, doctor.processes, "does not answer at", "stop it and start it again"),
    (open_to_the_network, doctor.reachable_ports, "can be reached from other machines", "HTTPS"),
    (clock_was_wrong, doctor.clock, "has a timestamp in the future", "timedatectl"),
]


@pytest.mark.long  # a classroom's environment takes minutes to install
@pytest.mark.parametrize(("fault", "check", "what", "remedy"), FAULTS, ids=[fault.__name__ for fault, *_ in FAULTS])
def test_each_fault_is_named_with_its_remedy_and_gone_when_mended(classroom, fault, check, what, remedy):
    with fault(classroom):
        found = list(check(classroom))
        assert any(what in sentence and remedy in sentence for sentence in found), found
    assert list(check(classroom)) == []


def test_every_check_is_tried_and_run():
    assert {*(check for _, check, _, _ in FAULTS), doctor.hub_runs} == set(doctor.CHECKS)


@pytest.mark.long
def test_the_command_says_what_it_found_and_exits_with_1(classroom):
    done = secondcar(classroom, "doctor")
    assert (done.returncode, done.stderr) == (1, "")
    assert "is not running, so nobody can log in" in done.stdout
    assert done.stdout.endswith("Things to mend: 1.\n")
    with open_classroom(classroom):
        done = secondcar(classroom, "doctor")
        assert (done.returncode, done.stdout) == (0, "All is well.\n")


def test_no_classroom_is_one_sentence(tmp_path):
    with pytest.raises(CourseError, match="There is no classroom in"):
        doctor.examine(Classroom(tmp_path))


def test_the_teachers_page_explains_what_the_doctor_says():
    page = (ROOT / "hub" / "README.md").read_text(encoding="utf-8")
    said = [cell for line in page.splitlines() if line.startswith("| `") for cell in [line.split("|")[1]]]
    for _, _, what, _ in FAULTS:
        assert any(what in cell for cell in said), what
