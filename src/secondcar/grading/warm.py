"""A parent process with everything imported, which forks a runner for each notebook.

Importing pandas, seaborn and IPython takes a second or two of processor time. The warm parent does it once; a
runner is forked from it in milliseconds. It has one thread, no event loop, no open database and nothing of a
course: a runner finds in its memory what any Python process with these libraries holds.

    python -m secondcar.grading.warm FOLDER MODULE ...

Whoever started it may write lines of further modules to import to its standard input; it ends when that ends.
Over a connection to FOLDER/socket a grader sends one message, {"directory", "environment", "arguments", "limits"}, with
the socket of the runner-to-be. It is told {"pid"}, and when the runner has ended {"exit", "seconds", "kilobytes"}:
its exit code (negative: the signal that ended it), processor time and largest memory. On the way it may send
{"signal"}, a number that is passed on to the runner and its children. A grader that closes the connection, or dies,
ends the runner.
"""

import contextlib
import ctypes
import gc
import importlib
import inspect
import io
import os
import random
import resource
import select
import signal
import socket
import subprocess
import sys
import tempfile
import traceback
import warnings
from collections.abc import Sequence
from pathlib import Path

from secondcar.grading import frames

# What a kernel imports while it starts, at its first cell, magic, error or figure.
KERNEL_MODULES = (
    "secondcar.grading.runner",
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
USUAL_MODULES = (
    "numpy.testing",
    "pandas",
    "pandas.io.formats.html",
    "pandas.io.formats.string",
    "matplotlib.pyplot",
    "matplotlib_inline.backend_inline",
    "seaborn",
)

# Read while modules are imported: where figures go; one thread for linear algebra, for each core has a notebook
# of its own and a process with threads cannot be forked; and no word from a debugger that nobody uses.
_ENVIRONMENT = {
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}

_PR_SET_PDEATHSIG, _PR_SET_CHILD_SUBREAPER = 1, 36
_libc = ctypes.CDLL(None, use_errno=True)


class WarmParent:
    """A running warm parent. Use it as a context manager, or call `close`.

    >>> with WarmParent(["numpy"]) as warm:  # doctest: +SKIP
    ...     Runner(warm.address, ...)
    """

    def __init__(self, modules: Sequence[str] = USUAL_MODULES) -> None:
        """Start it, and wait until it has imported what can be imported of `modules`."""
        self._folder = tempfile.TemporaryDirectory(prefix="warm-")
        self.address = self._folder.name
        # It ends when its standard input does: also when this process is killed.
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__, self.address, *modules],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        self._wait_until_ready()

    def _wait_until_ready(self) -> None:
        if not self._process.stdout.readline():
            self.close()
            raise RuntimeError("The parent of the notebooks' processes ended; its message stands above.")

    def add(self, modules: Sequence[str]) -> None:
        """Have it import more modules, for the runners that it forks from then on.

        Raises RuntimeError if it cannot go on, since one of them started a thread.
        """
        if modules:
            self._process.stdin.write(" ".join(modules).encode() + b"\n")
            self._process.stdin.flush()
            self._wait_until_ready()

    def close(self) -> None:
        """End it and every runner it has."""
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()
        self._folder.cleanup()

    def __enter__(self) -> "WarmParent":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def main(address: str, modules: Sequence[str]) -> None:
    """Import the modules, say so with a line on stdout, and fork runners until standard input ends."""
    preload((*KERNEL_MODULES, *modules))
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    # A socket's path may have 107 letters, which a folder for temporary files can have by itself.
    os.chdir(address)
    listener.bind("socket")
    listener.listen(64)
    print("ready", flush=True)
    _Forker(listener).serve()


def preload(modules: Sequence[str]) -> None:
    """Import modules as a kernel would find them; one that cannot be imported is left to fail in the notebook.

    Raises SystemExit if one starts a thread.
    """
    os.environ.update(_ENVIRONMENT)
    for module in modules:
        with contextlib.suppress(Exception), warnings.catch_warnings():
            importlib.import_module(module)
    import ipykernel.debugger

    threads = len(os.listdir("/proc/self/task"))
    if threads > 1:
        sys.exit(f"{threads} threads run after importing {', '.join(modules)}: such a process cannot be forked.")
    # No debugger will ever connect.
    ipykernel.debugger._is_debugpy_available = False
    _fill_caches()
    gc.collect()
    gc.freeze()


def _fill_caches() -> None:
    """Do once what every runner would do at its first traceback and first figure. No state of a library changes."""
    inspect.getmodule(inspect.currentframe())
    if "matplotlib" in sys.modules:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        # A figure that pyplot never hears of. Its text and ticks load the fonts.
        figure = Figure()
        FigureCanvasAgg(figure)
        figure.subplots().set(title="Title", xlabel="x", ylabel="y")
        figure.savefig(io.BytesIO(), format="png", bbox_inches="tight")


def connect(address: str) -> socket.socket:
    """Return a connection to a warm parent. Raises OSError if nobody is there."""
    folder = os.open(address, os.O_PATH | os.O_DIRECTORY)
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connection.connect(f"/proc/self/fd/{folder}/socket")
    finally:
        os.close(folder)
    return connection


class _Forker:
    def __init__(self, listener: socket.socket) -> None:
        self.listener = listener
        self.runners: dict[int, socket.socket] = {}
        # Processes that a notebook left behind come to this process, which ends them.
        _libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        self.wake, written = os.pipe()
        for end in (self.wake, written):
            os.set_blocking(end, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(written)
        signal.signal(signal.SIGINT, signal.SIG_IGN)

    def serve(self) -> None:
        stdin = sys.stdin.fileno()
        while True:
            graders = {grader.fileno(): pid for pid, grader in self.runners.items()}
            ready, _, _ = select.select([stdin, self.wake, self.listener, *graders], [], [])
            if stdin in ready:
                more = sys.stdin.readline().split()
                if not more:
                    break
                preload(more)
                print("ready", flush=True)
            for file in ready:
                if file in graders:
                    self.hear(graders[file])
            if self.wake in ready:
                self.reap()
            if self.listener in ready:
                self.fork()
        for pid in self.runners:
            _signal_group(pid, signal.SIGKILL)

    def fork(self) -> None:
        grader, _ = self.listener.accept()
        try:
            request, files = frames.receive(grader)
        except (EOFError, ValueError):
            grader.close()
            return
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            self.be_runner(request, socket.socket(fileno=files[0]), parent)
        for file in files:
            os.close(file)
        self.runners[pid] = grader
        with contextlib.suppress(OSError):
            frames.send(grader, {"pid": pid})

    def be_runner(self, request: dict, connection: socket.socket, parent: int) -> None:
        """Become the runner. Never returns."""
        status = 70
        try:
            _forget_parent(connection, parent)
            _set_up(request)
            enter_sandbox(request["limits"])
            from secondcar.grading.runner import run

            run(connection, request["arguments"])
            status = 0
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(status)

    def hear(self, pid: int) -> None:
        """Do what the grader of a runner asks for, or end the runner if the grader is gone."""
        try:
            message, _ = frames.receive(self.runners[pid])
            _signal_group(pid, message["signal"])
        except (EOFError, OSError, ValueError, KeyError):
            _signal_group(pid, signal.SIGKILL)
            self.runners.pop(pid).close()

    def reap(self) -> None:
        with contextlib.suppress(BlockingIOError):
            os.read(self.wake, 4096)
        while True:
            try:
                pid, status, usage = os.wait4(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if not pid:
                break
            _signal_group(pid, signal.SIGKILL)
            grader = self.runners.pop(pid, None)
            if grader:
                with contextlib.suppress(OSError):
                    frames.send(
                        grader,
                        {
                            "exit": os.waitstatus_to_exitcode(status),
                            "seconds": usage.ru_utime + usage.ru_stime,
                            "kilobytes": usage.ru_maxrss,
                        },
                    )
                grader.close()
        self.end_orphans()

    def end_orphans(self) -> None:
        # Only what a notebook started and left behind is a child of this process without being a runner.
        children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
        for pid in {int(child) for child in children} - self.runners.keys():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def _signal_group(pid: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, number)


def _forget_parent(connection: socket.socket, parent: int) -> None:
    """Leave nothing of the parent's in the child: its signals, its files, its session."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    end_with(parent)
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)
    kept = connection.fileno()
    os.closerange(3, kept)
    os.closerange(kept + 1, resource.getrlimit(resource.RLIMIT_NOFILE)[0])


def end_with(parent: int) -> None:
    """Have this process killed when its parent, the process `parent`, ends."""
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def _set_up(request: dict) -> None:
    """Be where and what a kernel that jupyter starts would be."""
    os.environ.clear()
    os.environ.update(request["environment"])
    os.chdir(request["directory"])
    launcher = str(Path(importlib.util.find_spec("ipykernel_launcher").origin))
    sys.argv = [launcher, *request["arguments"]]
    # `python -m` put the folder it was started in there; the kernel adds its own.
    del sys.path[0]
    # The children of one parent would all draw the same numbers.
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()


def enter_sandbox(limits: dict) -> None:
    """Bound what the runner may do, before it runs anything of the learner's.

    limits: resource name as in `resource` ("RLIMIT_AS") -> the most it may have.
    """
    for name, most in limits.items():
        resource.setrlimit(getattr(resource, name), (most, most))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
