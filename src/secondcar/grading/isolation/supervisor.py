"""The process that stands between a notebook and everything else.

For each notebook the fork server forks a supervisor, and the supervisor, once it has made a sandbox, forks the
runner. The supervisor runs nothing of the learner's and nothing of the learner's can reach it. Over its `control`
socket it tells the grader {"pid"} when the runner starts, or {"refused": why} if it cannot, and, when no process of the
notebook is left, a report:

    {"exit": the runner's exit code (negative: the signal that ended it), "memory": it was ended for its memory,
     "disk": its files were more than allowed, "seconds": processor time, "kilobytes": largest memory}

The grader may send {"signal": number} for the runner and the processes it started; and {"keep": "files"}, which is
answered with {"kept": "files"} when the notebook's files are put away as they are: what it writes after that is lost.
When the grader closes its side, or dies, the supervisor ends the notebook.
"""

import contextlib
import mmap
import os
import re
import resource
import select
import signal
import socket
import stat
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NoReturn

from secondcar.grading import wire
from secondcar.grading.folders import entries_below, remove_tree
from secondcar.grading.isolation import linux
from secondcar.grading.isolation.cgroups import ControlGroup
from secondcar.grading.isolation.forking import fork_ready
from secondcar.grading.isolation.sandbox import (
    BUBBLEWRAP,
    NAMESPACES,
    NONE,
    VARIABLES,
    WRITABLE_HOME,
    bubblewrap,
    drop_rights,
    isolate,
    limit_resources,
    open_filter,
)
from secondcar.grading.limits import Limits

# When the machine runs out of memory, the system ends the largest process with this mark: one of a
# notebook, whose processes inherit it, and never the grader.
_FIRST_TO_END = "1000"

# How often the supervisor looks at the size of a folder that has no file system of its own.
_LOOK_SECONDS = 0.5


_PSS = re.compile(r"\bPss: +(\d+)")
_NO_MEMORY = "0 0 Pss: 0"

# The exit codes of a runner whose Python a notebook took apart, and of one whose kernel cannot be started here.
UNUSABLE, NO_KERNEL = 70, 71


def keep(control: socket.socket, connection: socket.socket, request: dict, kind: str) -> None:
    """Become the supervisor of a runner in a sandbox of a kind, and return in the runner only.

    connection: the runner's; request: {"program", "directory", "arguments", "environment", "limits"}.
    """
    limits = Limits(**request["limits"])
    if kind != NONE:
        request["environment"].update(VARIABLES, **({"HOME": WRITABLE_HOME} if limits.writable_home else {}))
    supervisor = _Supervisor(control, request["directory"], limits)
    try:
        if kind == NAMESPACES:
            runner = supervisor.fork_into_namespaces()
        elif kind == BUBBLEWRAP:
            runner = supervisor.start_in_bubblewrap(connection, request)
        else:
            runner = supervisor.fork_as_it_is()
    except OSError as fault:
        wire.send(control, {"refused": f"The sandbox could not be made: {fault}"})
        os._exit(1)
    if runner == 0:
        keep_open(connection)
        return
    connection.close()
    supervisor.watch(runner)


def keep_open(*kept: socket.socket) -> None:
    """Close every file of this process but these sockets, and connect stdin, stdout and stderr to nothing."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)
    first = 3
    for file in sorted(one.fileno() for one in kept):
        os.closerange(first, file)
        first = file + 1
    os.closerange(first, os.sysconf("SC_OPEN_MAX"))


class _Supervisor:
    def __init__(self, control: socket.socket, directory: str, limits: Limits) -> None:
        self.control, self.directory, self.limits = control, directory, limits
        # Opened now, because it leads out of the sandbox that this process is going to enter.
        self.folder = os.open(directory, os.O_DIRECTORY)
        Path("/proc/self/oom_score_adj").write_text(_FIRST_TO_END)
        self.most_bytes = limits.disk_bytes + _size(self.folder)
        self.first: int | None = None
        # The folder of the files that were put away, once they were.
        self.kept: str | None = None
        self.too_much = self.out_of_memory = False
        self.group: ControlGroup | None = None
        # Of the processors it gets as much as any other, however many processes it has; where that can be had.
        for equal_share in (True, False):
            with contextlib.suppress(OSError):
                self.group = self.group or ControlGroup(limits.memory_bytes, limits.processes, equal_share=equal_share)

    def fork_into_namespaces(self) -> int:
        place = isolate(self.directory, self.limits)
        self.first = place.first

        def prepare() -> None:
            self._begin_runner()
            drop_rights(place.user, self.limits.for_process())

        return fork_ready(prepare)

    def fork_as_it_is(self) -> int:
        linux.adopt_orphans()

        def prepare() -> None:
            self._begin_runner()
            limit_resources(self._without_count())

        return fork_ready(prepare)

    def start_in_bubblewrap(self, connection: socket.socket, request: dict) -> int:
        runner = self.fork_as_it_is()
        if runner == 0:
            os.set_inheritable(connection.fileno(), True)
            command = bubblewrap(self.directory, self.limits, open_filter())
            python = [sys.executable, "-m", request["program"], str(connection.fileno())]
            os.execvpe(command[0], [*command, *python, *request["arguments"]], request["environment"])
        return runner

    def _begin_runner(self) -> None:
        os.setsid()
        linux.leave_keyring()
        linux.end_with_parent(signal.SIGKILL)
        if self.group:
            self.group.join()

    def _without_count(self) -> dict[str, int]:
        """Return the limits of a process that shares its user, and so the count of processes, with others."""
        return {name: most for name, most in self.limits.for_process().items() if name != "RLIMIT_NPROC"}

    def watch(self, runner: int) -> NoReturn:
        """Wait until the runner ends or the grader wants it to, clear up, and report."""
        wire.send(self.control, {"pid": runner})
        ended = os.pidfd_open(runner)
        wait = None if self.first and self.group else _LOOK_SECONDS
        while not self._uses_too_much():
            watched: list[Any] = [self.control, ended]
            ready, _, _ = select.select(watched, [], [], wait)
            if ended in ready or (ready and not self._obey(runner)):
                break
        code, usage = self._end_all(runner)
        self._hand_over()
        report = {
            "exit": code,
            "memory": self.out_of_memory or bool(self.group and self.group.ran_out_of_memory),
            "disk": self.too_much,
            "seconds": usage.ru_utime + usage.ru_stime,
            "kilobytes": usage.ru_maxrss,
        }
        if self.group:
            self.group.remove()
        with contextlib.suppress(OSError):
            wire.send(self.control, report)
        os._exit(0)

    def _uses_too_much(self) -> bool:
        """Return whether the notebook uses too much of something that nothing else limits here."""
        if self.first is None:
            self.too_much = _size(self.folder) > self.most_bytes
        if self.group is None:
            self.out_of_memory = memory_of(self._processes(), self.limits.memory_bytes) > self.limits.memory_bytes
        return self.out_of_memory or (self.too_much and self.first is None)

    def _processes(self) -> Iterator[int]:
        """Yield the processes of the notebook: all that this process can see in the sandbox."""
        if self.first:
            yield from map(int, filter(str.isdigit, os.listdir("/proc")))
        else:
            yield from _descendants(os.getpid())

    def _obey(self, runner: int) -> bool:
        """Do what the grader asks for; return whether it is still there."""
        try:
            message, _ = wire.receive(self.control)
            if "keep" in message:
                self._keep_files()
                wire.send(self.control, {"kept": message["keep"]})
            else:
                _signal(runner, int(message["signal"]))
        except (EOFError, OSError, ValueError, KeyError):
            return False
        return True

    def _keep_files(self) -> None:
        """Put the notebook's files away as they are, once: where the grader finds them, if this folder is a copy."""
        if self.kept or self.too_much:
            return
        kept, target = self.directory, self.folder
        if not self.first:
            # The fork server's own folder, which goes with it.
            kept = tempfile.mkdtemp(dir=os.getcwd())
            target = os.open(kept, os.O_DIRECTORY)
        if _hand_back(self.directory, target, self.most_bytes):
            self.kept = kept
        else:
            self.too_much = True

    def _hand_over(self) -> None:
        """Put the notebook's files, as they were put away or else as they are, where the grader finds them."""
        if self.first:
            self._keep_files()
        elif self.kept:
            _hand_back(self.kept, self.folder, self.most_bytes)

    def _end_all(self, runner: int) -> tuple[int, resource.struct_rusage]:
        """End every process of the notebook; return the runner's exit code and what it used."""
        if self.first:
            os.kill(self.first, signal.SIGKILL)
        else:
            _signal(runner, signal.SIGKILL)
        _, status, usage = os.wait4(runner, 0)
        if self.first:
            # The first process is gone only when all others of the sandbox are.
            os.waitpid(self.first, 0)
        else:
            _end_children()
        return os.waitstatus_to_exitcode(status), usage


def _signal(runner: int, number: int) -> None:
    """Send a signal to the runner and what it started, as jupyter does; to the runner alone if it left its group."""
    try:
        os.killpg(runner, number)
    except (ProcessLookupError, PermissionError):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(runner, number)


def _end_children() -> None:
    """End what the notebook left behind: it came to this process when its parent ended."""
    children = Path(f"/proc/self/task/{os.getpid()}/children")
    while left := children.read_text().split():
        for child in map(int, left):
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


def _descendants(process: int) -> Iterator[int]:
    with contextlib.suppress(OSError):
        for child in map(int, Path(f"/proc/{process}/task/{process}/children").read_text().split()):
            yield child
            yield from _descendants(child)


def memory_of(processes: Iterable[int], enough: int) -> int:
    """Return how much memory processes take together, counting what they share once.

    A quick sum counts it for each process; that is returned if it is no more than `enough`.
    """
    processes = list(processes)
    total = sum(int(_read(process, "statm").split()[1]) * mmap.PAGESIZE for process in processes)
    if total <= enough:
        return total
    shares = (_PSS.search(_read(process, "smaps_rollup")) for process in processes)
    return sum(int(share[1]) * 1024 for share in shares if share)


def _read(process: int, file: str) -> str:
    """Return what the system says about a process; for one that has ended, that it has no memory."""
    try:
        return Path(f"/proc/{process}/{file}").read_text() or _NO_MEMORY
    except OSError:
        return _NO_MEMORY


def _size(folder: int) -> int:
    """Return how many bytes the files below an open folder take."""
    total = 0
    for entry in filter(None, entries_below(f"/proc/self/fd/{folder}")):
        with contextlib.suppress(OSError):
            total += entry.stat(follow_symlinks=False).st_blocks * 512
    return total


def _hand_back(source: str, target: int, most: int) -> bool:
    """Replace what is in the open folder `target` by the regular files below `source`.

    Return False and change nothing if they hold more than `most` bytes: a file with holes may be larger than a disk.
    What is nested too deep stays behind. The notebook may still be running: no link is followed, and what a file gains
    meanwhile is left out.
    """
    if sum(os.fstat(file).st_size for _, file in _regular_files(source)) > most:
        return False
    os.fchdir(target)
    for name in os.listdir():
        if os.path.isdir(name) and not os.path.islink(name):
            remove_tree(name)
        else:
            os.unlink(name)
    for path, file in _regular_files(source):
        size = min(os.fstat(file).st_size, most)
        most -= size
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        with open(path, "wb") as copy:
            while size and (sent := os.sendfile(copy.fileno(), file, None, size)):
                size -= sent
    return True


def _regular_files(folder: str) -> Iterator[tuple[str, int]]:
    """Yield each regular file below a folder: its path there, and the file, which is open until the next one comes."""
    for entry in filter(None, entries_below(folder)):
        with contextlib.suppress(OSError):
            # Opening a pipe would wait, and a link would be followed.
            file = os.open(entry.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
            try:
                if stat.S_ISREG(os.fstat(file).st_mode):
                    yield os.path.relpath(entry.path, folder), file
            finally:
                os.close(file)
