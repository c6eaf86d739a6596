"""What goes wrong in a class loses nobody's work: half a hand-in, a full disk, a killed hub, two tabs."""

import copy
import re
import signal
import subprocess
import time
from contextlib import contextmanager

import psutil
import pytest

from secondcar.classroom.layout import COURSE_ID
from tests.support.classroom_browser import TO_RUN, OpenNotebook, Student, sync_api
from tests.support.real_classroom import STUDENTS, open_classroom, prepared_classroom, run_in_course, run_in_home

pytestmark = pytest.mark.long

UNIT = "00-start"
ADA, BORIS, CARA = STUDENTS
# So many files take a moment to copy.
MANY = 2000

expect = sync_api.expect


@pytest.fixture(scope="module")
def classroom():
    with prepared_classroom() as classroom:
        done = run_in_course(classroom, "nbgrader", "release_assignment", UNIT)
        assert done.returncode == 0, done.stderr
        yield classroom


@pytest.fixture(scope="module")
def opened(classroom):
    with open_classroom(classroom) as process:
        yield process


@pytest.fixture
def fetched(classroom):
    """Give ada and boris the unit afresh, with nothing handed in or collected."""
    for name in (ADA, BORIS):
        run_in_home(classroom, name, "rm", "-rf", UNIT)
        assert run_in_home(classroom, name, "nbgrader", "fetch_assignment", UNIT).returncode == 0
    run_in_course(classroom, "rm", "-rf", *(f"grading/submitted/{name}" for name in (ADA, BORIS)))
    for entry in inbound(classroom).iterdir():
        subprocess.run(["rm", "-rf", entry], check=True)


def inbound(classroom):
    return classroom.exchange / COURSE_ID / "inbound"


def write_answer(classroom, name, text):
    """Put a text into a student's folder that tells one submission from another."""
    run_in_home(classroom, name, "sh", "-c", f"echo {text} > {UNIT}/answer.txt")


def submit(classroom, name):
    return run_in_home(classroom, name, "nbgrader", "submit", UNIT)


def collect(classroom):
    done = run_in_course(classroom, "nbgrader", "collect", "--update", UNIT)
    assert done.returncode == 0, done.stderr


def collected(classroom, name):
    """Return the names of a student's collected files and the answer in them; None if there are none."""
    folder = classroom.course / "grading" / "submitted" / name / UNIT
    if not folder.is_dir():
        return None
    return {path.name for path in folder.iterdir()}, (folder / "answer.txt").read_text(encoding="utf-8").strip()


def wait_for(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.001)


def test_a_submission_that_arrives_during_collecting_is_collected_as_a_whole_or_later(classroom, fetched):
    write_answer(classroom, ADA, "first")
    write_answer(classroom, BORIS, "only")
    assert submit(classroom, ADA).returncode == 0
    assert submit(classroom, BORIS).returncode == 0
    write_answer(classroom, ADA, "second")
    run_in_home(classroom, ADA, "sh", "-c", f"for i in $(seq {MANY}); do echo $i > {UNIT}/notes-$i.txt; done")
    with submitting(classroom, ADA) as program:
        # Some of ada's files are in the exchange, and not all.
        wait_for(lambda: any(inbound(classroom).glob("**/notes-*.txt")))
        program.suspend()
        assert 0 < len(list(inbound(classroom).glob("**/notes-*.txt"))) < MANY
        collect(classroom)
        assert collected(classroom, ADA)[1] == "first"
        assert collected(classroom, BORIS)[1] == "only"
        program.resume()
    collect(classroom)
    names, answer = collected(classroom, ADA)
    assert answer == "second"
    assert len([name for name in names if name.startswith("notes-")]) == MANY
    assert not list(inbound(classroom).glob(".*")), "something was left lying about"


@contextmanager
def submitting(classroom, name):
    """Run a student's `nbgrader submit` beside the test; in the end it must have gone well."""
    home = classroom.homes / name
    process = subprocess.Popen(
        [classroom.programs / "nbgrader", "submit", UNIT],
        cwd=home,
        env={"HOME": str(home), "PATH": f"{classroom.programs}:/usr/bin:/bin"},
        user=name,
        group=name,
        extra_groups=[],
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield psutil.Process(process.pid)
        _, said = process.communicate(timeout=60)
        assert process.returncode == 0, said
    finally:
        process.kill()


def test_a_full_disk_says_one_sentence_and_keeps_what_was_handed_in_before(classroom, fetched):
    write_answer(classroom, ADA, "first")
    with small_disk(inbound(classroom), megabytes=1) as fill:
        assert submit(classroom, ADA).returncode == 0
        write_answer(classroom, ADA, "second")
        full = fill()
        done = submit(classroom, ADA)
        assert done.returncode != 0
        sentences = [line for line in done.stderr.splitlines() if "Nothing was handed in" in line]
        assert len(sentences) == 1 and "No space left on device" in sentences[0], done.stderr
        assert "Traceback" not in done.stderr
        collect(classroom)
        assert collected(classroom, ADA)[1] == "first"

        full.unlink()
        assert submit(classroom, ADA).returncode == 0
        collect(classroom)
        assert collected(classroom, ADA)[1] == "second"


@contextmanager
def small_disk(folder, megabytes):
    """Put an empty disk of a few megabytes in a folder's place; give a function that fills it and returns the file."""
    state = folder.stat()
    options = f"size={megabytes}m,mode={state.st_mode & 0o7777:o},uid={state.st_uid},gid={state.st_gid}"
    if subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder]).returncode != 0:
        pytest.skip("nothing can be mounted here")

    def fill():
        filler = folder / ".filler"
        # It ends with an error, since the disk is full then; a last corner is left, so that a copy can begin.
        subprocess.run(["dd", "if=/dev/zero", f"of={filler}", "bs=1k"], capture_output=True)
        with filler.open("r+b") as file:
            file.truncate(filler.stat().st_size - 16 * 1024)
        return filler

    try:
        yield fill
    finally:
        subprocess.run(["umount", folder], check=True)


def test_work_survives_a_hub_that_is_killed(classroom, opened, browser, fetched):
    ada = Student(browser, classroom, ADA)
    ada.log_in()
    ada.open_assignments()
    work = ada.open_notebook(UNIT)
    work.write("cell-005", "kept = 6 * 7\nkept")
    expect(work.cell("cell-005").locator(".jp-OutputArea-output")).to_have_text("42", timeout=TO_RUN)

    server = server_of(ADA)
    hub = next(child for child in psutil.Process(opened.pid).children() if "jupyterhub" in " ".join(child.cmdline()))
    hub.send_signal(signal.SIGKILL)
    for line in opened.stdout:
        if line.startswith("Rosters:"):
            break
    assert server_of(ADA) == server, "ada's server was not left running"

    # In the same window, with the same kernel, and without logging in again. While the hub is away, JupyterLab says
    # that it cannot reach the server or a folder; a student closes such a window.
    notice = ada.page.locator(".jp-Dialog-content", has_text=re.compile("Server unavailable|not found"))
    ada.page.add_locator_handler(notice, lambda: ada.page.keyboard.press("Escape"))
    work.write("cell-007", "kept + 1")
    # JupyterLab keeps what is to run until it has found the kernel again; it tries at longer and longer intervals.
    expect(work.cell("cell-007").locator(".jp-OutputArea-output")).to_have_text("43", timeout=TO_RUN)
    ada.page.keyboard.press("Control+s")
    notebook = classroom.homes / ADA / UNIT / f"{UNIT}.ipynb"
    wait_for(lambda: "kept + 1" in notebook.read_text(encoding="utf-8"))
    ada.submit(UNIT)
    collect(classroom)
    handed_in = classroom.course / "grading" / "submitted" / ADA / UNIT / f"{UNIT}.ipynb"
    assert "kept + 1" in handed_in.read_text(encoding="utf-8")


def server_of(name):
    """Return the process of a student's server."""
    (server,) = [
        process
        for process in psutil.process_iter(["username", "cmdline"])
        if process.info["username"] == name and "jupyterhub-singleuser" in " ".join(process.info["cmdline"] or [])
    ]
    return server


def test_two_tabs_on_one_notebook_lose_nothing_silently(classroom, opened, browser, fetched):
    boris = Student(browser, classroom, BORIS)
    boris.log_in()
    boris.open_assignments()
    first = boris.open_notebook(UNIT)
    address = f"{classroom.address}/user/{BORIS}/lab/tree/{UNIT}/{UNIT}.ipynb"
    other = copy.copy(boris)
    other.page = boris.page.context.new_page()
    other.page.goto(address)
    other.wait_for_jupyterlab()
    second = OpenNotebook(other, UNIT)

    notebook = classroom.homes / BORIS / UNIT / f"{UNIT}.ipynb"
    first.write("cell-005", "1 + 1  # from the first tab")
    boris.page.keyboard.press("Control+s")
    wait_for(lambda: "from the first tab" in notebook.read_text(encoding="utf-8"))
    second.write("cell-007", "2 + 2  # from the second tab")
    other.page.keyboard.press("Control+s")
    question = other.page.locator(".jp-Dialog-content", has_text="has changed on disk")
    expect(question).to_contain_text(re.compile("Overwrite|Revert"))
    assert "from the first tab" in notebook.read_text(encoding="utf-8"), "overwritten without a question"
    # Whoever answers "Cancel" has both: one on the disk, one in the window.
    question.get_by_role("button", name="Cancel").click()
    assert "from the first tab" in notebook.read_text(encoding="utf-8")
    expect(second.cell("cell-007").locator(".cm-content")).to_contain_text("from the second tab")
