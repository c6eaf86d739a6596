"""A parent process with everything imported, which forks a runner for each notebook.

Importing pandas, seaborn and IPython takes a second or two of processor time. The fork server does it once; a
runner is forked from it in milliseconds. It has one thread, no event loop, no open database and nothing of a
course: a runner finds in its memory what any Python process with these libraries holds.

    python -m secondcar.grading.kernel.fork_server FOLDER SANDBOX MODULE ...

SANDBOX is a kind that `sandbox` knows.

The process that started it may write lines of further modules to its standard input; it ends when that ends.
Over a connection to FOLDER/socket a grader sends one message, {"program", "directory", "environment", "arguments",
"limits"}, with the socket of the runner-to-be. The program is a module, `runner` or `judge`. From then on the grader
talks to that runner's `supervisor`.
"""

import contextlib
import gc
import importlib
import os
import random
import select
import signal
import socket
import subprocess
import sys
import tempfile
import traceback
import warnings
from collections.abc import Iterable, Sequence
from pathlib import Path

from secondcar.counting import counted
from secondcar.grading import wire
from secondcar.grading.isolation import linux
from secondcar.grading.isolation.cgroups import remove_left_behind
from secondcar.grading.isolation.sandbox import find_sandbox, may_know
from secondcar.grading.isolation.supervisor import UNUSABLE, keep, keep_open

# What a kernel imports while it starts, at its first cell, magic, error or figure.
KERNEL_MODULES = (
    "secondcar.grading.kernel.process",
    "secondcar.grading.judging.judge",
    "IPython.core.completer",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.magic_arguments",
    "IPython.core.magics.ast_mod",
    "IPython.core.magics.execution",
    "IPython.core.magics.pylab",
    "IPython.core.oinspect",
    "IPython.core.pylabtools",
    "IPython.extensions.storemagic",
    "IPython.utils.module_paths",
    "comm",
    "faulthandler",
    "ipykernel.comm.manager",
    "ipykernel.debugger",
    "psutil",
    "pygments.formatters.terminal256",
    "pygments.styles.default",
    "sqlite3",
    "stack_data",
    "tornado.platform.asyncio",
)
# What notebooks that name a package, and their judges, import from it. A dry run finds other modules.
_USUAL = {
    b"numpy": ("numpy.testing", "secondcar.grading.judging.arrays"),
    b"pandas": (
        "pandas",
        "pandas.io.formats.html",
        "pandas.io.formats.string",
        "secondcar.grading.judging.arrays",
        "secondcar.grading.judging.tables",
    ),
    b"matplotlib": ("matplotlib.pyplot",),
    b"seaborn": ("seaborn",),
}
# Importing these changes the kernel, which must not happen before a notebook imports them.
_A_NOTEBOOKS_OWN = ("matplotlib_inline.backend_inline",)

# Read while modules are imported: where figures go; one thread for linear algebra, because each core has a notebook
# of its own and a process with threads cannot be forked.
_ENVIRONMENT = {
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
}

# Where libraries find their caches while they are imported.
_FOR_IMPORTS = ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "LD_LIBRARY_PATH", "VIRTUAL_ENV", "TMPDIR")


def usual_modules(files: Iterable[bytes]) -> tuple[str, ...]:
    """Return what is worth importing once for all notebooks, judging by the packages that the course's files name.

    >>> usual_modules([b"import numpy as np"])
    ('numpy.testing', 'secondcar.grading.judging.arrays')
    """
    named = {package for text in files for package in _USUAL if package in text}
    return tuple(dict.fromkeys(module for package in _USUAL if package in named for module in _USUAL[package]))


class ForkServer:
    """A running fork server. Use it as a context manager, or call `close`.

    Attributes:
        address: where it listens.

    >>> with ForkServer(["numpy"]) as fork_server:  # doctest: +SKIP
    ...     Runner(fork_server.address, ...)
    """

    def __init__(
        self,
        modules: Sequence[str] = (),
        sandbox: str | None = None,
        variables: Iterable[tuple[str, str]] = (),
    ) -> None:
        """Start it, and wait until it has imported those of `modules` that can be imported.

        sandbox: the kind that notebooks run in; by default the best available here. variables: environment variables
        that notebooks get too, for modules that read one while they are imported.
        """
        self._folder = tempfile.TemporaryDirectory(prefix="fork_server-")
        self.address = self._folder.name
        known = {name: value for name, value in os.environ.items() if may_know(name) or name in _FOR_IMPORTS}
        # It ends when its standard input does: also when this process is killed.
        process = subprocess.Popen(
            [sys.executable, "-m", __name__, self.address, sandbox or find_sandbox().kind, *modules],
            # A notebook can read the environment that its parent was started with.
            env={**known, **dict(variables)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        assert process.stdin is not None and process.stdout is not None  # both are pipes
        self._process, self._requests, self._answers = process, process.stdin, process.stdout
        self._wait_until_ready()

    def _wait_until_ready(self) -> None:
        if not self._answers.readline():
            self.close()
            raise RuntimeError("The fork server ended; its message is above.")

    def add(self, modules: Sequence[str]) -> None:
        """Make it import more modules, for the runners that it forks from then on.

        Raises RuntimeError if it cannot go on because one of them started a thread.
        """
        if modules:
            self._requests.write(" ".join(modules).encode() + b"\n")
            self._requests.flush()
            self._wait_until_ready()

    def close(self) -> None:
        """End it and every runner it has."""
        self._requests.close()
        self._process.wait()
        self._answers.close()
        self._folder.cleanup()

    def __enter__(self) -> "ForkServer":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def main(address: str, sandbox: str, modules: Sequence[str]) -> None:
    """Import the modules, say so with a line on stdout, and fork runners until standard input ends."""
    # `python -m` put the folder it was started in there; a kernel adds its own.
    del sys.path[0]
    preload((*KERNEL_MODULES, *modules))
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    # A socket's path may have at most 107 characters; a folder for temporary files alone can have as many.
    os.chdir(address)
    listener.bind("socket")
    listener.listen(64)
    remove_left_behind()
    print("ready", flush=True)
    _Forker(listener, sandbox).serve()


def preload(modules: Sequence[str]) -> None:
    """Import modules as a kernel would find them; one that cannot be imported is left to fail in the notebook.

    Raises SystemExit if one starts a thread.
    """
    os.environ.update(_ENVIRONMENT)
    # Hardly anything that is imported becomes garbage, and none is looked for: what stays is shared by all runners.
    gc.disable()
    # No debugger will ever connect: ipykernel does without one that cannot be imported.
    sys.modules.setdefault("debugpy", None)  # type: ignore[arg-type]  # Python's own sign of a module that is not there
    # First, because some modules ask while they are imported whether they are in a notebook.
    kernel = importlib.import_module("secondcar.grading.kernel.process").RunnerApp.prepared()
    for module in modules:
        if module not in _A_NOTEBOOKS_OWN:
            with contextlib.suppress(Exception), warnings.catch_warnings(), kernel.as_in_a_cell():
                importlib.import_module(module)
    if sys.modules["debugpy"] is None:
        del sys.modules["debugpy"]
    threads = len(os.listdir("/proc/self/task"))
    if threads > 1:
        running = counted(threads, "thread runs", "threads run")
        sys.exit(f"{running} after importing {', '.join(modules)}: such a process cannot be forked.")
    _format_traceback()
    gc.freeze()
    gc.enable()
    linux.use_huge_pages()


def _format_traceback() -> None:
    """Do once what every runner would do at its first traceback: look for the file of each module."""
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.core.ultratb import AutoFormattedTB

    formatter = AutoFormattedTB(mode="Context", theme_name=InteractiveShell.colors.default_value, tb_offset=1)
    try:
        int("")
    except ValueError as error:
        formatter.structured_traceback(type(error), error, error.__traceback__)


def connect(address: str) -> socket.socket:
    """Return a connection to a fork server. Raises OSError if nothing listens there."""
    folder = os.open(address, os.O_PATH | os.O_DIRECTORY)
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connection.connect(f"/proc/self/fd/{folder}/socket")
    finally:
        os.close(folder)
    return connection


class _Forker:
    def __init__(self, listener: socket.socket, sandbox: str) -> None:
        self.listener, self.sandbox = listener, sandbox
        self.supervisors: set[int] = set()
        # The children of a supervisor that was killed become this process's, which ends them.
        linux.adopt_orphans()
        self.wake, written = os.pipe()
        for end in (self.wake, written):
            os.set_blocking(end, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(written)
        signal.signal(signal.SIGINT, signal.SIG_IGN)

    def serve(self) -> None:
        stdin = sys.stdin.fileno()
        while True:
            ready, _, _ = select.select([stdin, self.wake, self.listener], [], [])
            if stdin in ready:
                more = sys.stdin.readline().split()
                if not more:
                    break
                preload(more)
                print("ready", flush=True)
            if self.wake in ready:
                self.reap()
            if self.listener in ready:
                self.fork()
        self.supervisors.clear()
        self.end_orphans()
        with contextlib.suppress(ChildProcessError):
            while os.wait():
                self.end_orphans()

    def fork(self) -> None:
        grader, _ = self.listener.accept()
        try:
            request, files = wire.receive(grader)
        except (EOFError, ValueError):
            grader.close()
            return
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            self.be_supervisor(grader, socket.socket(fileno=files[0]), request, parent)
        for file in files:
            os.close(file)
        grader.close()
        self.supervisors.add(pid)

    def be_supervisor(self, grader: socket.socket, connection: socket.socket, request: dict, parent: int) -> None:
        """Become a supervisor, and in a child of it the runner. Never returns."""
        status = UNUSABLE
        try:
            _forget_parent((grader, connection), parent)
            keep(grader, connection, request, self.sandbox)
            _set_up(request)
            importlib.import_module(request["program"]).run(connection, request["arguments"])
            status = 0
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(status)

    def reap(self) -> None:
        with contextlib.suppress(BlockingIOError):
            os.read(self.wake, 4096)
        with contextlib.suppress(ChildProcessError):
            while pid := os.waitpid(-1, os.WNOHANG)[0]:
                self.supervisors.discard(pid)
        self.end_orphans()

    def end_orphans(self) -> None:
        # Only what a notebook started and left behind is a child of this process without being a supervisor.
        children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
        for pid in {int(child) for child in children} - self.supervisors:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def _forget_parent(kept: Sequence[socket.socket], parent: int) -> None:
    """Drop what the child has from its parent: its signals, its files, its session."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    end_with(parent)
    keep_open(*kept)


def end_with(parent: int) -> None:
    """Have this process killed when its parent, the process `parent`, ends."""
    linux.end_with_parent(signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def _set_up(request: dict) -> None:
    """Give this process the folder, environment and arguments of a kernel that jupyter starts."""
    os.environ.clear()
    os.environ.update(request["environment"])
    os.chdir(request["directory"])
    paths = filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))
    sys.path[:0] = [path for path in paths if path not in sys.path]
    # It may already hold the folder for the grader's temporary files.
    tempfile.tempdir = None
    launcher = importlib.util.find_spec("ipykernel_launcher")
    sys.argv = [str(launcher and launcher.origin), *request["arguments"]]
    # Otherwise all forks would draw the same random numbers.
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
