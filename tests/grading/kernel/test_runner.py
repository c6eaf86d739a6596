"""A notebook in a runner puts out what it would in a kernel that jupyter starts, and cannot hurt its grader."""

import asyncio
import contextlib
import os
import signal
import time
from pathlib import Path

import nbformat
import pytest
from nbclient.exceptions import DeadKernelError
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.preprocessors import Execute

from secondcar.grading.isolation.sandbox import NONE
from secondcar.grading.kernel.fork_server import ForkServer, usual_modules
from secondcar.grading.kernel.runner import Runner, _Channel
from secondcar.grading.limits import Limits
from secondcar.grading.workers.execution import NOT_RUN, in_runner
from tests.support.graded import comparable_cell
from tests.support.some import some

CELLS = [
    'import sys\nprint("out")\nprint("err", file=sys.stderr)\nprint("out again")',
    "1 + 1",
    "import numpy as np, pandas as pd, matplotlib.pyplot as plt\n%matplotlib inline",
    'table = pd.DataFrame({"a": [1, 2]})\ntable',
    'plt.figure(figsize=(1, 1))\nplt.plot([1, 2])\nprint("before the figure")',
    "plt.figure(figsize=(1, 1))\nplt.plot([2, 1])\n1 / 0",
    'table["nope"]',
    "def check(x):\n    assert x == 3, 'no'\ncheck(2)",
    "await __import__('asyncio').sleep(0)\n'awaited'",
    # Kept: Python warns of a coroutine that nobody awaited in whatever cell runs when it is collected.
    "import asyncio\nasyncio.run(kept := asyncio.sleep(0))",
    "input('?')",
    "!echo from a shell; echo to stderr >&2",
    "%%bash\necho from bash; exit 3",
    "from IPython.display import HTML, clear_output, display, update_display\nhandle = display('one', display_id='d')",
    "update_display('two', display_id='d')",
    "print('gone')\nclear_output(wait=True)\nprint('stays')",
    "import warnings\nwarnings.warn('careful')",
    "x = (",
    "raise SystemExit(3)",
    "raise KeyboardInterrupt",
    "class Odd(Exception):\n    def __str__(self):\n        raise ValueError\nraise Odd",
    "?len",
    "display(table, HTML('<b>x</b>'))\ntable.a",
    "import logging\nlogging.warning('logged')",
    "import multiprocessing\nwith multiprocessing.get_context('fork').Pool(1) as pool:\n    pool.map(print, ['child'])",
    "%run nothing.py",
    "_, Out[2], len(In), get_ipython().execution_count, __name__",
    "sys.stdout.encoding, sys.stdout.isatty(), type(sys.stdout).__name__, sys.argv[1]",
    "import os\nos.environ.get('MPLBACKEND'), os.getcwd() == os.environ['PYTHON_PWD_OF_TEST']",
    "raise ExceptionGroup('two', [ValueError(1), TypeError(2)])",
    "print('\\x1b[31mred\\x1b[0m é 漢', end='')",
    "",
]


# What libraries ask when they are imported: is this a notebook?
ASKS = """
import builtins, sys
import IPython
def look():
    shell = IPython.get_ipython()
    here = getattr(builtins, "get_ipython", None)
    return (type(shell).__name__, here is not None and here() is shell, hasattr(shell, "kernel"),
            "IPKernelApp" in getattr(shell, "config", {}), type(sys.stdout).__name__, hasattr(builtins, "__IPYTHON__"))
seen = look()
print("imported", file=sys.stdout)
"""
DOCTEST = """
import doctest


def twice(number):
    '''
    >>> twice(2)
    5
    '''
    return 2 * number


doctest.run_docstring_examples(twice, globals())
doctest.testmod()
"""
# Figures without a magic, wide tables, and bars: nothing tells these libraries but the kernel around them.
WITHOUT_MAGIC = [
    "from matplotlib.figure import Figure\nFigure(figsize=(1, 1))",
    "import matplotlib.pyplot as plt\nplt.figure(figsize=(1, 1))\nplt.plot([1, 2, 3])",
    "fig, ax = plt.subplots(figsize=(1, 1))\nax.bar([1, 2], [1, 2])\nplt.show()",
    "Figure(figsize=(1, 1))",
    "import pandas as pd\npd.get_option('display.max_columns'), pd.get_option('display.width')",
    "pd.DataFrame([[0] * 60] * 70)",
    "pd.DataFrame({'a': [1, 2]}).plot(figsize=(1, 1))",
    "import seaborn as sns\nsns.set_theme()\nsns.histplot([1, 2, 2])",
    "plt.rcParams['figure.figsize'], plt.rcParams['figure.dpi'], plt.get_backend(), plt.isinteractive()",
    "import asks_at_import\nasks_at_import.seen, asks_at_import.look()",
    "from tqdm.auto import tqdm\ntqdm.__mro__[1].__module__",
    "from IPython.display import Image, Markdown\nMarkdown('*word*')",
    "[name for name in get_ipython().events.callbacks if get_ipython().events.callbacks[name]]",
    "%pylab inline",
    "plot([3, 1]), sum",
    DOCTEST,
]


LIBRARIES = usual_modules([b"numpy pandas matplotlib seaborn"])


@pytest.fixture(scope="module")
def fork_server():
    with ForkServer(LIBRARIES) as parent:
        yield parent


@pytest.fixture
def run(fork_server, tmp_path, monkeypatch):
    """Return a function that runs cells in `tmp_path`: ``run(["1/0"], timeout=2)``, by default in a runner."""
    monkeypatch.setenv("PYTHON_PWD_OF_TEST", str(tmp_path))

    def run_cells(cells, execute=None, limits=Limits(), keep_earlier_cells=True, **settings):  # noqa: B008  frozen
        kernel = {"name": "python3", "display_name": "Python 3"}
        notebook = new_notebook(cells=[_cell(source) for source in cells], metadata={"kernelspec": kernel})
        execute = execute or in_runner(Execute, fork_server.address, limits, keep_earlier_cells)
        ran, _ = execute(timeout=settings.pop("timeout", 30), **settings).preprocess(
            notebook, {"metadata": {"path": str(tmp_path)}}
        )
        return ran

    return run_cells


def _cell(source: str) -> nbformat.NotebookNode:
    settings = {"grade": True, "grade_id": "test", "solution": False, "locked": True, "points": 1}
    return new_code_cell(source, metadata={"nbgrader": {**settings, "schema_version": 3}})


def _errors(notebook) -> list[str | None]:
    """Return for each cell the name of its first error, or None."""
    return [
        next((output.ename for output in cell.outputs if output.output_type == "error"), None)
        for cell in notebook.cells
    ]


def test_outputs_equal_those_of_a_kernel(run):
    ours, stock = run(CELLS), run(CELLS, execute=Execute)
    assert ours.metadata == stock.metadata
    for mine, its in some(zip(ours.cells, stock.cells, strict=True)):
        assert comparable_cell(mine) == comparable_cell(its)


def test_libraries_imported_before_the_notebook_find_a_kernel(run, tmp_path, monkeypatch):
    (tmp_path / "library").mkdir()
    (tmp_path / "library" / "asks_at_import.py").write_text(ASKS)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "library"))
    modules = [*LIBRARIES, "asks_at_import", "tqdm.auto", "doctest", "matplotlib_inline.backend_inline"]
    with ForkServer(modules) as early:
        ours = run(WITHOUT_MAGIC, execute=in_runner(Execute, early.address, Limits()))
    stock = run(WITHOUT_MAGIC, execute=Execute)
    for mine, its in some(zip(ours.cells, stock.cells, strict=True)):
        if "asks_at_import" in mine.source:
            # Ours was imported when there was nobody to read what it prints.
            del its.outputs[0]
        assert comparable_cell(mine) == comparable_cell(its)


def test_runners_share_nothing(run):
    first = run(["import numpy, random\nnumpy.pi = 3\nnumpy.random.rand(), random.random()"])
    second = run(["import numpy, random\nnumpy.random.rand(), random.random()", "numpy.pi"])
    assert first.cells[0].outputs[0].data != second.cells[0].outputs[0].data
    assert second.cells[1].outputs[0].data["text/plain"] == "3.141592653589793"


def test_a_cell_that_takes_too_long_is_interrupted_and_the_next_one_runs(run):
    ran = run(["a = 1", "while True: pass", "a"], timeout=1)
    assert _errors(ran)[1] == "KeyboardInterrupt"
    assert "CellTimeoutError" in [output.ename for output in ran.cells[1].outputs]
    assert ran.cells[2].outputs[0].data["text/plain"] == "1"


@pytest.mark.parametrize(
    ("end", "reason"),
    [
        ("import os; os._exit(7)", "exit code 7"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "signal SIGKILL"),
        ("import ctypes; ctypes.string_at(0)", "signal SIGSEGV"),
        ("sum(range(10**13))", "could not be interrupted"),
        ("print('x' * 3_000_000)", "put out more than 1 MB"),
    ],
)
def test_cells_before_the_end_of_a_notebook_keep_their_outputs(run, end, reason):
    ran = run(
        ["1 + 1", f"print('last words', flush=True)\n{end}", "2 + 2"], timeout=1, limits=Limits(output_bytes=10**6)
    )
    assert ran.cells[0].outputs[0].data["text/plain"] == "2"
    assert ran.cells[1].outputs[0].get("text") == "last words\n"
    assert _errors(ran) == [None, NOT_RUN, NOT_RUN]
    for cell in some(ran.cells[1:]):
        assert reason in cell.outputs[-1].evalue


def test_the_whole_notebook_has_a_time_limit(run):
    started = time.monotonic()
    ran = run(["1 + 1", "import time\ntime.sleep(60)", "2"], limits=Limits(notebook_seconds=2))
    assert time.monotonic() - started < 20
    assert _errors(ran) == [None, NOT_RUN, NOT_RUN]


def test_memory_is_limited(run):
    ran = run(["x = bytearray(5 << 30)", "1 + 1"], limits=Limits(memory_bytes=4 << 30))
    assert _errors(ran) == ["MemoryError", None]


def test_as_nbgrader_an_ended_notebook_can_fail_as_a_whole(run):
    with pytest.raises(DeadKernelError):
        run(["import os; os._exit(1)"], keep_earlier_cells=False)


def test_what_may_be_read_can_be_read_and_nothing_more_wherever_it_lies(run, tmp_path_factory):
    shared = tmp_path_factory.mktemp("shared")
    shared.chmod(0o755)
    (shared / "data.csv").write_text("a,b")
    (shared / "answers").mkdir()
    (shared / "answers" / "answers.csv").write_text("42")
    limits = Limits(readable=(str(shared),), hidden=(str(shared / "answers"),))
    ran = run(
        [
            f"print(open('{shared}/data.csv').read())",
            f"open('{shared}/data.csv', 'w')",
            f"open('{shared}/answers/answers.csv')",
        ],
        limits=limits,
    )
    assert ran.cells[0].outputs[0].text == "a,b\n"
    assert _errors(ran) == [None, "OSError", "FileNotFoundError"]


def test_nothing_that_a_notebook_started_outlives_it(run):
    # A number of seconds that no other process sleeps. In a sandbox, process ids mean nothing outside.
    seconds = f"600.{os.getpid()}"
    source = (
        "import os, subprocess\n"
        "if os.fork() == 0:\n"
        "    os.setsid()\n"
        f"    os.execvp('sleep', ['sleep', '{seconds}'])\n"
        f"detached = subprocess.Popen(['sleep', '{seconds}'], start_new_session=True)"
    )
    sleeping = ["import subprocess, time", "time.sleep(0.5)", "print(subprocess.getoutput('ps -eo args'))"]
    ran = run([source, "\n".join(sleeping)])
    assert _errors(ran) == [None, None]
    assert ran.cells[1].outputs[0].text.count(f"sleep {seconds}") == 2
    deadline = time.monotonic() + 10
    while _processes_with(seconds) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert _processes_with(seconds) == []


def _processes_with(argument: str) -> list[str]:
    """Return the commands of living processes that have an argument."""
    commands = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            commands.append(path.read_text().split("\0"))
    return [" ".join(command) for command in commands if argument in command]


def _is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_fork_server_takes_its_runners_with_it(tmp_path):
    parent = ForkServer(modules=[])
    runner = Runner(parent.address, str(tmp_path), dict(os.environ), ["-f", "kernel.json"], Limits())
    os.kill(parent._process.pid, signal.SIGKILL)
    parent.close()
    deadline = time.monotonic() + 10
    while _is_alive(runner.pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _is_alive(runner.pid)


def test_that_a_supervisor_was_killed_is_heard_also_by_who_writes_to_its_runner_first(tmp_path):
    async def write_before_reading() -> Runner:
        runner = Runner(parent.address, str(tmp_path), dict(os.environ), ["-f", "kernel.json"], Limits())
        runner.listen()
        os.kill(_parent_of(runner.pid), signal.SIGKILL)
        while _is_alive(runner.pid):
            time.sleep(0.01)
        runner.send({"header": {}})
        await runner.close()
        return runner

    with ForkServer(modules=[], sandbox=NONE) as parent:
        runner = asyncio.run(write_before_reading())
    assert (runner.abandoned, runner.ended) == (True, "the fork server died")


def _parent_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def test_a_time_limit_holds_while_messages_come():
    async def receive() -> None:
        channel = _Channel(None)
        async with asyncio.timeout(0.2):
            for _ in range(500_000):
                asyncio.get_running_loop().call_soon(channel.put, {})
                await channel.get_msg(timeout=1)

    with pytest.raises(TimeoutError):
        asyncio.run(receive())
