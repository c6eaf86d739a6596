"""Grading on a Dask cluster gives what grading on one machine gives, also when workers die or are the wrong ones."""

import contextlib
import os
import shutil
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from secondcar.cli import main as secondcar
from secondcar.errors import CourseError
from secondcar.grading.grade import grade
from secondcar.grading.isolation.sandbox import NONE, Sandbox
from tests.support.dask_cluster import scheduler, workers
from tests.support.graded import gradebook_rows, graded_files
from tests.support.grading_courses import hand_in_tiny, make_tiny_course

distributed = pytest.importorskip("distributed", reason="the extra `cluster` is not installed")

QUICK = ("json",)

# Four generations: the notebook's process, its supervisor, their fork server, the Dask worker.
KILL_THE_WORKER = """
import os, signal
process = os.getpid()
for generation in range(3):
    with open(f"/proc/{process}/stat") as file:
        process = int(file.read().rpartition(")")[2].split()[1])
os.kill(process, signal.SIGKILL)
"""


@pytest.fixture(scope="module")
def fresh_course(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fresh")
    make_tiny_course(folder, students=6)
    hand_in_tiny(folder, "wrong", "x = 3")
    hand_in_tiny(folder, "ended", "import os; os._exit(1)")
    (folder / "submitted" / "s0005" / "tiny" / "tiny.ipynb").write_text("no notebook")
    return folder


@pytest.fixture
def course(fresh_course, tmp_path, monkeypatch):
    shutil.copytree(fresh_course, tmp_path / "course")
    monkeypatch.chdir(tmp_path / "course")
    return tmp_path / "course"


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    with scheduler(tmp_path_factory.mktemp("scheduler")) as found:
        yield found


@pytest.fixture(scope="module")
def cluster(address, tmp_path_factory):
    with (
        workers(tmp_path_factory.mktemp("workers"), address, 2),
        distributed.Client(address, set_as_default=False) as client,
    ):
        client.wait_for_workers(2)
        yield address


def _graders(folder: str) -> list[str]:
    """Return the processes of fork servers and notebooks that are a cluster's."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_text()
        except OSError:
            continue
        if "secondcar.grading.kernel.fork_server" in command and folder in command:
            found.append(command)
    return found


def test_a_cluster_gives_what_one_machine_gives(course, cluster, tmp_path):
    shutil.copytree(course, tmp_path / "other")
    on_cluster = grade(["tiny"], modules=QUICK, scheduler=cluster)
    os.chdir(tmp_path / "other")
    here = grade(["tiny"], modules=QUICK)
    assert sorted((o.student, o.graded, o.notes) for o in on_cluster.outcomes) == sorted(
        (o.student, o.graded, o.notes) for o in here.outcomes
    )
    assert gradebook_rows(course / "gradebook.db") == gradebook_rows(tmp_path / "other" / "gradebook.db")
    assert graded_files(course / "autograded") == graded_files(tmp_path / "other" / "autograded")


def test_a_second_run_needs_no_cluster(course, cluster):
    first = grade(["tiny", "--student=s000[0-4]"], modules=QUICK, scheduler=cluster)
    again = grade(["tiny", "--student=s000[0-4]"], modules=QUICK, scheduler="tcp://127.0.0.1:1")
    assert not again.outcomes
    assert again.skipped == sorted(outcome.student for outcome in first.outcomes)


def test_nothing_of_a_run_stays_on_the_workers(course, cluster):
    grade(["tiny", "--student=s0000"], modules=QUICK, scheduler=cluster)
    until = time.monotonic() + 30
    while _graders("dask-scratch-space") and time.monotonic() < until:
        time.sleep(0.1)
    assert not _graders("dask-scratch-space")


def test_what_a_worker_was_grading_when_it_died_another_grades(course, cluster):
    for number in range(4):
        hand_in_tiny(course, f"slow{number}", "import time; time.sleep(3); x = 2")

    def kill_one(client: distributed.Client) -> None:
        while not any(client.processing().values()):
            time.sleep(0.05)
        processes = client.run(os.getpid)
        os.kill(processes[next(worker for worker, tasks in client.processing().items() if tasks)], signal.SIGKILL)

    with distributed.Client(cluster, set_as_default=False) as client:
        killer = threading.Thread(target=kill_one, args=(client,))
        killer.start()
        summary = grade(["tiny", "--student=slow*"], modules=QUICK, scheduler=cluster)
        killer.join()
        client.wait_for_workers(2)
    assert sorted(outcome.student for outcome in summary.outcomes) == [f"slow{number}" for number in range(4)]
    assert not summary.failed
    rows = [row for row in gradebook_rows(course / "gradebook.db") if row[0] == "grades"]
    assert sorted(row[1:5] for row in rows) == [(f"slow{number}", "tiny", "x_test", 1.0) for number in range(4)]


def test_a_submission_that_kills_its_worker_twice_fails_alone(course, cluster):
    hand_in_tiny(course, "killer", KILL_THE_WORKER)
    summary = grade(["tiny"], modules=QUICK, scheduler=cluster, sandbox=Sandbox(NONE))
    notes = {outcome.student: outcome.notes for outcome in summary.failed}
    assert notes.pop("killer") == ("The machine or the process that graded it ended, twice.",)
    assert notes.keys() == {"s0005"}
    assert len(list(course.glob("autograded/*/tiny/tiny.ipynb"))) == 7


def test_when_the_scheduler_goes_the_results_that_came_stay(course, tmp_path):
    def end_scheduler(outcome, done, total):
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)

    with scheduler(tmp_path) as address, workers(tmp_path / "workers", address, 1):
        with distributed.Client(address, set_as_default=False) as client:
            process = client.run_on_scheduler(os.getpid)
        with pytest.raises(CourseError, match="is gone"):
            grade(["tiny"], modules=QUICK, scheduler=address, on_outcome=end_scheduler)
    graded = len(list(course.glob("autograded/*/tiny/tiny.ipynb")))
    rest = grade(["tiny"], modules=QUICK)
    assert 0 < graded < 7
    assert len(rest.skipped) == graded
    assert len(list(course.glob("autograded/*/tiny/tiny.ipynb"))) == 7


def _sentence(capsys, address: str, code: int = 1) -> str:
    assert secondcar(["grade", "tiny", "--preload", "json", "--scheduler", address]) == code
    return capsys.readouterr().err.splitlines()[-1]


def test_wrong_addresses_are_said(course, capsys):
    assert _sentence(capsys, "tcp://127.0.0.1:1").startswith("There is no Dask scheduler at tcp://127.0.0.1:1 ")
    for address in ("nonsense://x", "http://127.0.0.1:8786", "rubbish"):
        assert _sentence(capsys, address).startswith(f"There is no Dask scheduler at {address} ")
    assert _sentence(capsys, "").startswith("No scheduler is named")
    assert not list(course.glob("autograded/*/tiny"))


def _other_version(folder: Path) -> None:
    (folder / "nbgrader-0.0.1.dist-info").mkdir()
    (folder / "nbgrader-0.0.1.dist-info" / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: nbgrader\nVersion: 0.0.1\n"
    )


def _no_secondcar(folder: Path) -> None:
    (folder / "secondcar").mkdir()
    (folder / "secondcar" / "__init__.py").write_text("")


@pytest.mark.parametrize(
    ("options", "change", "sentence"),
    [
        (("--nthreads", "2"), None, "has 2 threads"),
        ((), _other_version, "has other packages than this machine (nbgrader 0.0.1, not "),
        ((), _no_secondcar, "A Dask worker has no package secondcar"),
    ],
)
def test_workers_that_would_grade_otherwise_are_refused(course, tmp_path, capsys, options, change, sentence):
    (tmp_path / "modules").mkdir()
    if change:
        change(tmp_path / "modules")
    with (
        scheduler(tmp_path) as address,
        workers(tmp_path / "workers", address, 1, *options, path=tmp_path / "modules"),
    ):
        assert sentence in _sentence(capsys, address)
    assert not list(course.glob("autograded/*/tiny"))


def test_what_is_missing_here_is_named(course, capsys, monkeypatch):
    monkeypatch.delitem(sys.modules, "secondcar.grading.workers.cluster", raising=False)
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert 'pip install "secondcar[cluster]"' in _sentence(capsys, "tcp://127.0.0.1:1", code=2)
