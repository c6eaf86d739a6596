"""A runner as nbclient sees it: a kernel manager and a kernel client, without jupyter's processes and ports.

nbclient, and nbgrader's `Execute` on top of it, drive these like any kernel: what they do with messages, outputs,
timeouts and errors is their own.
"""

import asyncio
import contextlib
import signal
import socket
from collections.abc import Callable
from dataclasses import asdict
from functools import cached_property
from pathlib import Path
from queue import Empty
from types import NoneType
from typing import Any

from jupyter_client.session import Session

from secondcar.grading import wire
from secondcar.grading.isolation.supervisor import NO_KERNEL, UNUSABLE
from secondcar.grading.kernel.fork_server import connect
from secondcar.grading.limits import Limits

# How many answers to the judge a notebook may send ahead.
_MOST_WAITING = 8

# Why a notebook is ended whose process sends something other than messages of a kernel.
NO_OUTPUT = "the notebook wrote into the channel that is kept for its outputs"

# Making a session takes a millisecond, and its secrets sign nothing here.
_session = Session()


class ForkServerGone(Exception):
    """The fork server has died. Notebooks that were not running are not at fault."""


class Runner:
    """The process of one notebook, from the grader's side.

    Attributes:
        ended: why it ended, as a sentence for the learner; None while it runs.
        abandoned: whether the fork server died.
        files_lost: whether the files that it made were too large to be kept.
        seconds: the processor time it took, once it has ended.
    """

    def __init__(
        self,
        fork_server: str,
        directory: str,
        environment: dict[str, str],
        arguments: list[str],
        limits: Limits,
        program: str = "secondcar.grading.kernel.process",
    ) -> None:
        """Fork it. `fork_server` is a fork server's address. Raises ForkServerGone if nothing listens there."""
        self.limits, self.environment = limits, environment
        self.ended: str | None = None
        self.abandoned = self.files_lost = False
        self.seconds = 0.0
        # While the judge asks, nobody sees what the notebook shows.
        self.muted = False
        self.shell, self.iopub = _Channel(self), _Channel(self)
        self._received = 0
        self._splitter = wire.Splitter(limits.output_bytes)
        try:
            self._control = connect(fork_server)
        except OSError:
            raise ForkServerGone from None
        self._connection, theirs = socket.socketpair()
        # A process that reads nothing must not hold up its grader.
        self._connection.settimeout(10)
        request = {
            "program": program,
            "directory": directory,
            "environment": environment,
            "arguments": arguments,
            "limits": asdict(limits),
        }
        self._control.settimeout(60)
        try:
            wire.send(self._control, request, [theirs.fileno()])
            answer, _ = wire.receive(self._control)
        except (EOFError, OSError):
            raise ForkServerGone from None
        finally:
            theirs.close()
        if "refused" in answer:
            raise ConnectionError(answer["refused"])
        self.pid: int = answer["pid"]

    def listen(self) -> None:
        """Receive what it sends from now on, in the running event loop."""
        self._loop = asyncio.get_running_loop()
        self._gone, self._files_kept = asyncio.Event(), asyncio.Event()
        self._loop.add_reader(self._connection, self._read)
        self._loop.add_reader(self._control, self._hear_supervisor)
        self._deadline = self._loop.call_later(self.limits.notebook_seconds, self.stop, "the notebook ran out of time")

    def send(self, message: dict[str, Any]) -> None:
        try:
            wire.send(self._connection, message)
        except TimeoutError:
            self.stop("its process accepted no more cells")
        except OSError:
            self._stop_soon("its process accepted no more cells")

    def signal(self, number: int) -> None:
        """Send a signal to it and to the processes it started."""
        with contextlib.suppress(OSError):
            wire.send(self._control, {"signal": number})

    async def keep_files(self) -> None:
        """Put its files away as they are now: in a sandbox, what it writes from now on is lost."""
        with contextlib.suppress(OSError):
            wire.send(self._control, {"keep": "files"})
        await self._files_kept.wait()

    @cached_property
    def shares_memory(self) -> bool:
        """Whether the process had memory, when this was first asked, that a copy of it shares and can write."""
        try:
            mapped = Path(f"/proc/{self.pid}/maps").read_text()
        except OSError:
            return False
        return any(line.split()[1] == "rw-s" for line in mapped.splitlines())

    def stop(self, reason: str) -> None:
        """End it at once. reason: half a sentence for the learner."""
        if self.ended is None:
            self.ended = reason
            self._let_end()

    def _let_end(self) -> None:
        with contextlib.suppress(OSError):
            self._control.shutdown(socket.SHUT_WR)

    async def close(self) -> None:
        """End it, if it has not ended, wait until nothing is left of it, and let go of it."""
        self._deadline.cancel()
        self._loop.remove_reader(self._connection)
        self._let_end()
        await self._gone.wait()
        self._connection.close()
        self._control.close()

    def _read(self) -> None:
        try:
            portion = self._connection.recv(1 << 18)
        except OSError:
            portion = b""
        if not portion:
            self._loop.remove_reader(self._connection)
            self._stop_soon("the notebook closed the channel that is kept for its outputs")
            return
        if not self.muted:
            self.count(len(portion))
        if self.ended is not None:
            # What comes after it was stopped does not count.
            return
        try:
            for message in self._splitter.feed(portion):
                channel = self.shell if message["channel"] == "shell" else self.iopub
                message["msg_type"] = message["header"]["msg_type"]
                if not all(isinstance(message[part], dict) for part in ("parent_header", "metadata", "content")):
                    raise ValueError("A message lacks its parts.")
                if type(message["content"].get("execution_count")) not in (int, NoneType):
                    raise ValueError("A cell has a number.")
                if self.muted and channel.waiting > _MOST_WAITING:
                    raise ValueError("Nobody asked for so many answers.")
                if not (self.muted and channel is self.iopub):
                    channel.put(message)
        except wire.TooLarge:
            self._stop_because_of_output()
        except (ValueError, KeyError, TypeError):
            self.stop(NO_OUTPUT)

    def count(self, size: int) -> None:
        """Count bytes that it put out, and end it if they are too many."""
        self._received += size
        if self._received > self.limits.output_bytes:
            self._stop_because_of_output()

    def _stop_because_of_output(self) -> None:
        self.stop(f"the notebook put out more than {self.limits.output_bytes / 1e6:g} MB")

    def _stop_soon(self, reason: str) -> None:
        """Stop it if it runs. If it has ended, its supervisor has said why by then."""
        self._loop.call_later(1, self._stop_if_it_lives, reason)

    def _stop_if_it_lives(self, reason: str) -> None:
        with contextlib.suppress(OSError):
            state = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()[0]
            # One that has ended waits as a zombie for its supervisor, which has files to put away first.
            if state not in ("Z", "X"):
                self.stop(reason)

    def _hear_supervisor(self) -> None:
        try:
            message, _ = wire.receive(self._control)
        except (EOFError, OSError):
            message = {"exit": None, "memory": False, "disk": False, "seconds": 0.0}
        self._files_kept.set()
        if "exit" in message:
            self._hear_end(message)

    def _hear_end(self, end: dict[str, Any]) -> None:
        self._loop.remove_reader(self._control)
        # What it had sent before it ended still counts.
        self._connection.setblocking(False)
        with contextlib.suppress(OSError):
            while self.ended is None and self._connection.recv(1, socket.MSG_PEEK):
                self._read()
        self.seconds = end["seconds"]
        self.files_lost = end["disk"]
        self.abandoned = end["exit"] is None
        if self.ended is None:
            self.ended = "the fork server died" if self.abandoned else self._reason(end)
        self._gone.set()

    def _reason(self, end: dict[str, Any]) -> str:
        code = end["exit"]
        if end["disk"]:
            return f"the notebook wrote more than {self.limits.disk_bytes / 1e6:g} MB of files"
        if code == -signal.SIGKILL and end["memory"]:
            return f"the notebook used more than {self.limits.memory_bytes / 1e6:g} MB of memory"
        if code == 0:
            return "the notebook ended its own process"
        if code == UNUSABLE:
            return "the notebook made its own Python unusable"
        if code == NO_KERNEL:
            return "its kernel cannot be started in the sandbox; it may need files that --readable shows it"
        if code < 0:
            return f"the process was ended by signal {signal.Signals(-code).name}"
        return f"the notebook ended its own process with exit code {code}"


class _Channel:
    """One of a kernel client's channels: messages in the order they came."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self._messages: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.put = self._messages.put_nowait

    @property
    def waiting(self) -> int:
        """Return how many messages have come and were not taken."""
        return self._messages.qsize()

    async def get_msg(self, timeout: float | None = None) -> dict[str, Any]:
        """Return the next message. Raises queue.Empty after `timeout` seconds without one."""
        if not self._messages.empty():
            return self._messages.get_nowait()
        try:
            # In Python 3.11, `wait_for` drops a time limit around it that is reached as a message comes.
            async with asyncio.timeout(timeout):
                return await self._messages.get()
        except TimeoutError:
            raise Empty from None

    def send(self, message: dict[str, Any]) -> None:
        self._runner.send(message)


class RunnerClient:
    """The part of `jupyter_client.KernelClient` that nbclient uses."""

    session = _session
    allow_stdin = False

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self.shell_channel, self.iopub_channel = runner.shell, runner.iopub

    async def start_channels(self) -> None:
        self._runner.listen()

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Return at once: the runner reads its first request when it is ready for it."""

    async def is_alive(self) -> bool:
        return self._runner.ended is None

    def kernel_info(self) -> str:
        return self._request("kernel_info_request", {})

    def execute(self, code: str, store_history: bool = True, stop_on_error: bool = True) -> str:
        content = {
            "code": code,
            "silent": False,
            "store_history": store_history,
            "user_expressions": {},
            "allow_stdin": self.allow_stdin,
            "stop_on_error": stop_on_error,
        }
        return self._request("execute_request", content)

    def _request(self, kind: str, content: dict[str, Any]) -> str:
        message = self.session.msg(kind, content)
        self._runner.send(message)
        return message["header"]["msg_id"]

    async def stop_channels(self) -> None:
        await self._runner.close()


class RunnerManager:
    """The part of `jupyter_client.KernelManager` that nbclient uses.

    Attributes:
        start: returns a runner, given its folder and more arguments for the kernel.
        ipykernel: whether it understands the arguments that nbclient has for ipykernel.
    """

    def __init__(self, start: Callable[[str, list[str]], Runner], ipykernel: bool) -> None:
        self._start, self.ipykernel = start, ipykernel
        self._runner: Runner | None = None

    @property
    def runner(self) -> Runner:
        """The runner, once the kernel was started."""
        if self._runner is None:
            raise RuntimeError("The notebook's process has not been started yet.")
        return self._runner

    @property
    def has_kernel(self) -> bool:
        return self._runner is not None

    async def start_kernel(self, extra_arguments: list[str], cwd: str = ".") -> None:
        self._runner = self._start(cwd, extra_arguments)

    def client(self) -> RunnerClient:
        return RunnerClient(self.runner)

    async def is_alive(self) -> bool:
        return self.runner.ended is None

    async def interrupt_kernel(self) -> None:
        self.runner.signal(signal.SIGINT)

    async def shutdown_kernel(self, now: bool = False) -> None:
        """Do nothing yet: closing the connection, which comes next, ends the runner."""

    async def cleanup_resources(self) -> None:
        pass
