"""What several test modules share: a stand-in for a notebook, and tables printed after the run."""

import builtins
import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

import matplotlib
import nbgrader.api
import pytest
from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from IPython.display import display
from traitlets.config import Config

from secondcar import check

# Names a count among the properties that a test sends with its report, also from another process.
COUNT = "count"


@dataclass(frozen=True)
class Note:
    """What a check shows in a notebook."""

    exercise: str
    state: str
    mistake: str | None
    text: str
    html: str
    lines: dict[str, str] = field(default_factory=dict)
    questions: Sequence[str] = ()


class Notebook:
    """An IPython shell that keeps what is displayed in it."""

    def __init__(self, shell: InteractiveShell):
        self.displayed = shell.display_pub.outputs

    def check(self, name: str, value: object = ...) -> Note:
        """Call the real `check` and return the one note that it shows."""
        self.displayed.clear()
        assert check(name, value) is None
        (output,) = self.displayed
        return Note(
            **output["metadata"]["secondcar"],
            text=output["data"]["text/plain"],
            html=output["data"]["text/html"],
        )


@pytest.fixture(scope="session")
def shell():
    shell = InteractiveShell(config=Config({"HistoryManager": {"enabled": False}}))
    shell.display_pub = CapturingDisplayPublisher(parent=shell)
    # A shell puts it there for all of the process; it is there for tests that run in a notebook.
    del builtins.display
    return shell


@pytest.fixture(autouse=True)
def _leaves_builtins_alone():
    """Fail the test that leaves a name to all others of its process, not the one that stumbles over it."""
    before = set(vars(builtins))
    yield
    left = set(vars(builtins)) - before - {"_"}  # where doctest keeps what an example gives
    for name in left:
        delattr(builtins, name)
    assert not left, f"left among Python's builtins: {', '.join(sorted(left))}"


@pytest.fixture
def notebook(shell, monkeypatch):
    """Make this test a notebook's kernel; other tests run outside of one."""
    monkeypatch.setattr(InteractiveShell, "_instance", shell)
    monkeypatch.setattr(builtins, "display", display, raising=False)
    return Notebook(shell)


@pytest.fixture
def count(request):
    """Add counts to a row of a table that is printed after the run: ``count(title, row, refused=1)``."""

    def add(title: str, row: str, **counts: int) -> None:
        request.node.user_properties.append((COUNT, (title, row, counts)))

    return add


def pytest_make_parametrize_id(val, argname):
    """Name what is bytes by its argument: an archive's bytes hold the time, and each worker makes them anew."""
    return argname if isinstance(val, bytes) else None


def pytest_terminal_summary(terminalreporter):
    tables: dict[str, dict[str, Counter[str]]] = {}
    reports = [report for found in terminalreporter.stats.values() for report in found]
    for report in reports:
        for name, value in getattr(report, "user_properties", ()):
            if name == COUNT and report.when == "call":
                title, row, counts = value
                tables.setdefault(title, {}).setdefault(row, Counter()).update(counts)
    for title, rows in sorted(tables.items()):
        total = Counter()
        for counts in rows.values():
            total.update(counts)
        columns = list(total)
        width = max(map(len, rows))
        terminalreporter.section(title)
        terminalreporter.write_line(" | ".join(["".ljust(width), *(c.replace("_", " ") for c in columns)]))
        for name, counts in [*sorted(rows.items()), ("total", total)]:
            numbers = [str(int(counts[column])).rjust(len(column)) for column in columns]
            terminalreporter.write_line(" | ".join([name.ljust(width), *numbers]))


@pytest.fixture(autouse=True)
def no_hidden_crash(request, caplog):
    """Fail a test in which a check crashed: learners are told that their answer cannot be read, and no more."""
    judging = "secondcar.checks.judging"
    with caplog.at_level(logging.DEBUG, judging):
        yield
    crashes = [record.exc_info[1] for record in caplog.get_records("call") if record.name == judging]
    if not request.node.get_closest_marker("value_raises"):
        assert not crashes


@pytest.fixture(autouse=True, scope="session")
def schema_asked_once():
    """Let nbgrader ask for its gradebooks' schema once a process: it starts a program for each gradebook it makes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nbgrader.api, "get_alembic_version", cache(nbgrader.api.get_alembic_version))
        yield


@pytest.fixture(autouse=True)
def own_chart_style():
    """Keep a theme that one test sets from restyling the charts of the next."""
    with matplotlib.rc_context():
        yield
