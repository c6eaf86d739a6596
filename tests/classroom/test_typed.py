"""The lines of hub/README.md, typed where their readers type them: a shell of the machine, terminals in a browser.

What the page tells its readers to do between two lines (write a roster, stop the classroom, hand in) is `BEFORE`.
"""

import fcntl
import os
import re
import shutil
import socket
from pathlib import Path

import pytest

from secondcar.classroom.accounts import account_at
from secondcar.classroom.layout import Classroom
from tests.support.checkout import copied_checkout
from tests.support.pages import blocks, words_of
from tests.support.real_classroom import FOLDER as INSTALLED
from tests.support.real_classroom import copy_programs, remove_class
from tests.support.some import some

browsing = pytest.importorskip("tests.support.classroom_browser")
typist = pytest.importorskip("tests.support.typist")

pytestmark = pytest.mark.long  # it installs a classroom and has a class work in it

PAGE = "hub/README.md"
UNIT, UNWANTED = "02-by-and-to", "12-your-own-text"
MAIN, ALGEBRA, REHEARSAL = (Classroom(Path(f"/srv/{name}")) for name in ("second-car", "algebra", "rehearsal"))
STARTS = re.compile(r"make classroom(?![\w-])")
HEADER = "id,first_name,last_name,email\n"
CLASS = f"{HEADER}ada,Ada,Example,ada@example.org\nboris,Boris,Example,\n2024001,Айгерім,Example,\n"


@pytest.fixture
def checkout(tmp_path):
    if os.geteuid() != 0 or not shutil.which("npm") or not shutil.which("sudo"):
        pytest.skip("a classroom with system accounts needs Linux, root, sudo and npm")
    for classroom in (MAIN, ALGEBRA, REHEARSAL):
        if classroom.folder.exists():
            pytest.skip(f"{classroom.folder} is there already, and may be somebody's class")
    for port in (8000, 8100):
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                pytest.skip(f"port {port} is taken")
    yield copied_checkout(tmp_path / "second-car")
    for classroom in (MAIN, ALGEBRA, REHEARSAL):
        if classroom.folder.exists():
            remove_class(classroom)
            shutil.rmtree(classroom.folder)
    Path("/etc/systemd/system/second-car.service").unlink(missing_ok=True)


def with_programs(classroom: Classroom) -> None:
    """Put a copy of programs that an earlier test installed where `make classroom` looks for them."""
    if INSTALLED.is_dir():
        with (INSTALLED / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            copy_programs(classroom)


class Reader:
    """Who reads the page and types, with what stands ready on the machine."""

    def __init__(self, checkout: Path, browser) -> None:
        self.checkout = checkout
        self.browser = browser
        self.shell = typist.Shell(checkout)
        self.running: dict[Path, object] = {}
        # By the place where a line is typed.
        self.terminals = {}

    def type(self, place: str, line: str) -> None:
        print(f"{place}: {line}", flush=True)
        for pattern, prepare in BEFORE.items():
            if re.search(pattern, line):
                prepare(self)
        if place == "machine" and STARTS.search(line):
            self.start(line)
        elif place == "machine":
            print(self.shell.type(line))
        elif place == "environment":
            print(self.shell.type(f"(source .venv/bin/activate && {line})"))
        else:
            print(self.terminals[place].type(" ".join(words_of(line))))
        for pattern, look in AFTER.items():
            if re.search(pattern, line):
                look(self)

    def start(self, line: str) -> None:
        named = re.search(r"CLASSROOM=(\S+)", line)
        folder = Path(named[1]) if named else MAIN.folder
        with_programs(Classroom(folder))
        self.running[folder] = typist.Shell(self.checkout)
        print(self.running[folder].start(line, "Rosters:"))

    def stop(self, classroom: Classroom) -> None:
        if shell := self.running.pop(classroom.folder, None):
            shell.stop()
            shell.close()

    def close(self) -> None:
        for folder in list(self.running):
            self.stop(Classroom(folder))
        self.shell.close()


def a_class_in_place_of_the_demonstration(reader: Reader) -> None:
    reader.stop(MAIN)
    remove_class(MAIN)
    (reader.checkout / "class.csv").write_text(CLASS, encoding="utf-8")


def another_class(reader: Reader) -> None:
    (reader.checkout / "algebra.csv").write_text(f"{HEADER}emmy,Emmy,Example,\n")


def a_late_student(reader: Reader) -> None:
    reader.stop(ALGEBRA)
    with MAIN.students_file.open("a", encoding="utf-8") as roster:
        roster.write("late,Late,Example,\n")


def who_forgot_a_password(reader: Reader) -> None:
    for block in some([one for one in blocks("docs/classroom-settings.md") if one.place == "machine"]):
        for line in block.lines:
            reader.type(block.place, line)
    reader.stop(MAIN)


def a_teacher_logs_in(reader: Reader) -> None:
    reader.start("sudo make classroom")
    teacher = browsing.Teacher(reader.browser, MAIN, "teacher")
    teacher.log_in()
    # It comes to the front as soon as it is there.
    teacher.row("").first.wait_for()
    reader.terminals["teacher"] = typist.BrowserTerminal(teacher)


def a_student_hands_in(reader: Reader) -> None:
    student = browsing.Student(reader.browser, MAIN, "boris")
    student.log_in()
    student.open_assignments()
    student.fetch(UNIT)
    terminal = reader.terminals["student"] = typist.BrowserTerminal(student)
    for block in some([one for one in blocks("docs/learners.md") if one.place == "student"]):
        for line in block.lines:
            print(f"student: {line}\n{terminal.type(line)}")
    student.submit(UNIT)


def a_correction(reader: Reader) -> None:
    file = MAIN.course / "source" / UNIT / f"{UNIT}.ipynb"
    file.write_text(file.read_text(encoding="utf-8").replace("# Unit 02: ", "# Unit 02, corrected: "), encoding="utf-8")


def an_unwanted_unit(reader: Reader) -> None:
    [block] = [one for one in blocks(PAGE) if one.place == "settings"]
    with MAIN.settings_file.open("a", encoding="utf-8") as settings:
        settings.write(block.text)
    reader.terminals["teacher"].type(f"nbgrader release_assignment {UNWANTED}")


def the_term_that_was_kept(reader: Reader) -> None:
    with_programs(MAIN)
    print(reader.shell.type("sudo make restore FILE=autumn.tar.gz"))


def an_environment(reader: Reader) -> None:
    reader.shell.type("make register")
    own = reader.checkout / "own"
    own.mkdir()
    (own / "nbgrader_config.py").write_text('c = get_config()\nc.CourseDirectory.course_id = "own"\n')


def an_empty_folder(reader: Reader) -> None:
    reader.stop(MAIN)
    remove_class(MAIN)


def the_class_goes_on(reader: Reader) -> None:
    reader.start("sudo make classroom")
    assert not (MAIN.course / "source" / UNWANTED).exists()
    with_programs(REHEARSAL)


BEFORE = {
    r"make classroom +#": lambda reader: with_programs(MAIN),
    r"ROSTER=class.csv": a_class_in_place_of_the_demonstration,
    r"ROSTER=algebra.csv": another_class,
    r"make classroom-update": a_late_student,
    r"dismiss --demonstration": who_forgot_a_password,
    r"nbgrader release_assignment \S+ +#": a_teacher_logs_in,
    r"nbgrader collect": a_student_hands_in,
    r"nbgrader generate_assignment": a_correction,
    r"nbgrader db assignment remove": an_unwanted_unit,
    r"second-car\S+ classroom remove": lambda reader: reader.stop(MAIN),
    r"secondcar units": an_environment,
    r"make backup FILE=monday": the_term_that_was_kept,
    r"make restore FILE=monday.tar.gz +#": an_empty_folder,
    r"make restore FILE=monday.tar.gz CLASSROOM": the_class_goes_on,
    r"rehearsal\S+ classroom remove": lambda reader: reader.stop(REHEARSAL),
}


def the_demonstration_is_open(reader: Reader) -> None:
    student = browsing.Student(reader.browser, MAIN, "ada")
    student.log_in()


def nothing_is_left_of_ada(reader: Reader) -> None:
    assert not account_at(MAIN.homes / "ada") and "ada" not in MAIN.students_file.read_text(encoding="utf-8")


def the_marks_are_there(reader: Reader) -> None:
    [export] = (MAIN.course / "grading").rglob("*canvas*.csv")
    assert "boris" in export.read_text(encoding="utf-8-sig")


def the_correction_is_there(reader: Reader) -> None:
    notebook = (MAIN.homes / "boris" / UNIT / f"{UNIT}.ipynb").read_text(encoding="utf-8")
    assert "# Unit 02, corrected: " in notebook


def the_unit_is_gone(reader: Reader) -> None:
    assert not (MAIN.exchange / "second-car" / "outbound" / UNWANTED).exists()
    assert not [name for name in ("source", "release") if (MAIN.course / name / UNWANTED).exists()]


def the_term_is_over(reader: Reader) -> None:
    assert not MAIN.folder.exists()


def the_class_is_back(reader: Reader) -> None:
    assert (MAIN.homes / "boris" / UNIT / f"{UNIT}.ipynb").is_file()


def the_rehearsal_is_gone(reader: Reader) -> None:
    assert not REHEARSAL.folder.exists()


AFTER = {
    r"make classroom +#": the_demonstration_is_open,
    r"forget ada": nothing_is_left_of_ada,
    r"export --to": the_marks_are_there,
    r"nbgrader fetch_assignment": the_correction_is_there,
    r"rm -r source": the_unit_is_gone,
    r"second-car\S+ classroom remove": the_term_is_over,
    r"make restore FILE=monday.tar.gz +#": the_class_is_back,
    r"rehearsal\S+ classroom remove": the_rehearsal_is_gone,
}


def test_the_lines_of_the_operating_page(checkout, browser):
    reader = Reader(checkout, browser)
    try:
        for block in blocks(PAGE):
            for line in block.lines:
                if block.place in ("machine", "environment", "teacher", "student"):
                    line = line.replace("/path/to/your/course", str(checkout / "own"))
                    reader.type(block.place, line)
    finally:
        reader.close()
