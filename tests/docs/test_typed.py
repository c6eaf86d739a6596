"""The lines of the pages, typed into a shell of the machine in a fresh copy of the repository, in the pages' order."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from tests.support.checkout import copied_checkout
from tests.support.pages import blocks, words_of
from tests.support.some import some

typist = pytest.importorskip("tests.support.typist")

pytestmark = pytest.mark.long  # each page sets up an environment of its own

UNIT = "02-by-and-to"
# Which lines end when they are stopped.
SERVES = re.compile(r"make learn|secondcar learn$")
# `make test` is what runs this.
NOT_HERE = ("make test",)
CLASS = "id,first_name,last_name,email,lms_user_id\nada,Ada,Lovelace,ada@example.org,1\nben,Ben,Example,,2\n"


@pytest.fixture
def checkout(tmp_path):
    # A folder of its own: a page writes beside the repository, too.
    return copied_checkout(tmp_path / "second-car")


def type_and_look(shell, line: str, folder: Path) -> None:
    """Type a line; JupyterLab has to answer in a browser, and is then stopped."""
    print(line, flush=True)
    if line.startswith(NOT_HERE):
        return
    if not SERVES.search(" ".join(words_of(line))):
        shell.type(line)
        return
    shell.start(line, "JupyterLab is starting")
    address = re.search(r"http://localhost:\d+/\S+", serving(folder))
    assert address and "JupyterLab" in requests.get(address[0], timeout=60).text
    shell.stop()


def serving(folder: Path) -> str:
    """Return the address of the JupyterLab that serves a folder's my-work/."""
    for _ in range(240):
        listed = subprocess.run([sys.executable, "-m", "jupyter", "server", "list"], capture_output=True, text=True)
        for line in listed.stdout.splitlines():
            if line.endswith(f":: {folder / 'my-work'}"):
                return line
    raise AssertionError(f"nothing serves {folder}")


def lines_in(places: tuple[str, ...], *pages: str) -> list[str]:
    found = [line for block in blocks(*pages) if block.place in places for line in block.lines]
    assert found
    return found


def test_the_lines_of_the_learners_page(checkout):
    with typist.opened_shell(checkout) as shell:
        for line in lines_in(("machine",), "README.md", "docs/learners.md"):
            type_and_look(shell, line, checkout)
    work = checkout / "my-work"
    assert (work / f"{UNIT}-kept-1").is_dir() and (work / UNIT / f"{UNIT}-kept-1.ipynb").is_file()


def test_the_lines_of_the_learners_page_in_an_environment_of_the_readers_own(checkout, tmp_path):
    with typist.opened_shell(checkout) as shell:
        shell.type(f"python3 -m venv {tmp_path / 'own'}")
        shell.type(f"source {tmp_path / 'own'}/bin/activate")
        for line in lines_in(("own",), "docs/learners.md"):
            type_and_look(shell, line, checkout)
        assert (checkout / "my-work" / UNIT / f"{UNIT}.ipynb").is_file()
        # What stands in a cell of a notebook is run in one, in the folder of a unit.
        for block in some([block for block in blocks("docs/learners.md") if block.place == "notebook"]):
            (checkout / "my-work" / UNIT / "cell.py").write_text(block.text)
            said = shell.type(f"(cd my-work/{UNIT} && python cell.py)")
            assert "Traceback" not in said and len(said.splitlines()) > 4


def test_the_lines_of_the_teachers_and_maintainers_pages(checkout):
    with typist.opened_shell(checkout) as shell:
        for line in lines_in(("machine", "environment"), "docs/teachers.md", "docs/maintainers.md"):
            prepare(line, checkout, shell)
            type_and_look(shell, line, checkout)
    grading = checkout / "grading"
    assert {path.name for path in (grading / "submitted").iterdir()} == {"ada", "ben", "cara"}
    assert list((checkout / "learner" / UNIT).rglob("*.html")) == [], "nobody fetched feedback"
    assert (grading / "feedback" / "cara" / UNIT / f"{UNIT}.html").is_file()
    assert (checkout.parent / "private" / UNIT).is_dir()
    for site in ("html", "self-contained"):
        assert (checkout / "build" / "site" / site / "index.html").is_file()


# A learner on the same machine, who has another name than the account.
LEARNER = """c = get_config()
c.CourseDirectory.course_id = "second-car"
c.CourseDirectory.student_id = "cara"
c.Exchange.root = "{exchange}"
"""


def prepare(line: str, checkout: Path, shell) -> None:
    """Do what somebody else does before a line is typed: a learner hands in, or sends a notebook."""
    notebook = checkout / "release" / UNIT / f"{UNIT}.ipynb"
    if line.startswith("nbgrader collect"):
        learner = checkout / "learner"
        learner.mkdir()
        (learner / "nbgrader_config.py").write_text(LEARNER.format(exchange=checkout / "grading" / "exchange"))
        for command in ("fetch_assignment", "submit"):
            shell.type(f"(cd learner && nbgrader {command} {UNIT})")
    if "--readable" in line:
        (checkout.parent / "data").mkdir()
        shell.type("export COUNTRY=Kazakhstan")
    if "--like" in line:
        (checkout / "gradebook.csv").write_text(f"Student,ID,SIS Login ID,Section,{UNIT} (1234)\nCara,3,cara,Monday,\n")
    if line.startswith("secondcar collect"):
        (checkout / "class.csv").write_text(CLASS)
        (checkout / "downloads").mkdir()
        for name in ("ada", "ben"):
            shutil.copy(notebook, checkout / "downloads" / f"{name}_{notebook.name}")
