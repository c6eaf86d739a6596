"""The process that runs one notebook's cells: an ordinary IPython kernel, forked from a fork server.

It is ipykernel's own kernel application. The fork server makes it, so that the libraries which it imports find a kernel
around them, as they do in a cell; the process of a notebook goes on where it stands. Only its wires differ: in place of
five ZeroMQ sockets, two threads and a connection file there is one Unix socket, which carries every message of the
kernel in order. So the grader sees, cell by cell, what it would see of a kernel that `jupyter` starts.
"""

import asyncio
import contextlib
import fcntl
import inspect
import os
import signal
import socket
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from ipykernel import iostream
from ipykernel.compiler import XCachingCompiler
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from IPython.paths import get_ipython_dir
from jupyter_client.session import Session
from tornado.ioloop import IOLoop
from traitlets import Any as AnyTrait

from secondcar.grading import wire
from secondcar.grading.judging.answering import Answerer
from secondcar.grading.judging.answers import QUESTION

IOPUB = "iopub"

# The arguments that a notebook's process usually gets: those of a usual kernel, and nbclient's.
_USUAL_ARGUMENTS = ["-f", "kernel.json", "--HistoryManager.hist_file=:memory:"]


class SocketSession(Session):
    """Sends a kernel's messages as frames over one socket, each with the channel it belongs to."""

    # None until a notebook's process begins: nobody receives what is sent before that.
    connection = AnyTrait(None, allow_none=True)
    turns = AnyTrait()

    def begin(self, connection: socket.socket) -> None:
        """Be the session of this process, at the end of a connection."""
        self.connection, self.turns, self.pid = connection, Turns(), os.getpid()

    def send(
        self,
        stream: Any,
        msg_or_type: dict[str, Any] | str,
        content: Any = None,
        parent: Any = None,
        ident: Any = None,
        buffers: Any = None,
        track: bool = False,
        header: Any = None,
        metadata: Any = None,
    ) -> dict[str, Any] | None:
        """Send a message, as `Session.send` does. Replies have no `stream`; outputs have `IOPUB`."""
        if isinstance(msg_or_type, str):
            message = self.msg(msg_or_type, content, parent, header, metadata)
        else:
            message = msg_or_type
        # Only what a forked child prints is meant to come through; ipykernel's stream then sets `pid`.
        if self.connection is None or (self.check_pid and os.getpid() != self.pid):
            return None
        buffers = [bytes(memoryview(part)) for part in buffers or ()]
        channel = "shell" if stream is None else IOPUB
        with self.turns:
            self.connection.sendall(wire.pack({**message, "channel": channel, "buffers": buffers}))
        return message

    # What arrives is unpacked already: these two let `Kernel.dispatch_shell` take it as it is.

    def feed_identities(self, msg_list: list, copy: bool = True) -> tuple[list, list]:
        return [], msg_list

    def deserialize(self, msg_list: list, content: bool = True, copy: bool = True) -> dict:
        return msg_list[1]


class Turns:
    """Lets one thread of one process at a time write to the socket, so that no two messages mix.

    A record lock belongs to a process and goes with it: a child that is killed while it writes blocks nobody.
    """

    def __init__(self) -> None:
        self._threads = threading.RLock()
        self._processes = tempfile.TemporaryFile()  # noqa: SIM115  open as long as the process

    def begin_in_fork(self) -> None:
        """Forget who had the turn: a process that was just forked has one thread."""
        self._threads = threading.RLock()

    def __enter__(self) -> None:
        self._threads.acquire()
        fcntl.lockf(self._processes, fcntl.LOCK_EX)

    def __exit__(self, *error: object) -> None:
        fcntl.lockf(self._processes, fcntl.LOCK_UN)
        self._threads.release()


class NoThread(iostream.IOPubThread):
    """Takes the place of ipykernel's thread that sends outputs: here whoever makes an output sends it."""

    # Code that makes outputs takes these for attributes of a thread.
    background_socket: Any
    io_loop: Any

    def __init__(self) -> None:
        self.thread = threading.Thread()
        self.background_socket = IOPUB
        self.io_loop = self

    # The fork server must have no thread.
    may_wait = False

    def call_later(self, delay: float, function: Any) -> None:
        """Call a function after a delay in seconds, so that a stream that is not flushed still shows what it has."""
        if not self.may_wait:
            return function()
        timer = threading.Timer(delay, function)
        timer.daemon = True
        timer.start()

    def schedule(self, f: Any) -> None:
        f()

    def stop(self) -> None:
        pass

    def close(self) -> None:
        pass


class OutStream(iostream.OutStream):
    """ipykernel's stdout or stderr. A flush waits for one that is under way, so that no output comes too late."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._flushing = threading.RLock()
        super().__init__(*args, **{**kwargs, "watchfd": False})

    def begin(self) -> None:
        """Be the stream of this process, also for what is written to its file without Python."""
        self._master_pid = os.getpid()
        self._should_watch = True
        setattr(sys, self.name, getattr(sys, f"__{self.name}__"))
        self._setup_stream_redirects(self.name)
        setattr(sys, self.name, self)

    def _flush(self) -> None:
        with self._flushing:
            super()._flush()


class CellCompiler(XCachingCompiler):
    """ipykernel's compiler of cells, which tells `inspect` that a cell's file is not a module.

    `inspect` would find that out by looking through all modules, several times for each traceback.
    """

    def get_code_name(self, raw_code: str, code: str, number: int) -> str:
        name = super().get_code_name(raw_code, code, number)
        # The file belongs to a module that does not exist.
        inspect.modulesbyfile[name] = ""
        return name


class RunnerKernel(IPythonKernel):
    """ipykernel's kernel without the thread that reads requests."""

    compiler_class = CellCompiler

    # ipykernel waits before each reply for outputs that go another way. Here all go one way, in order.
    _execute_sleep = 0.0

    @property
    def _supports_kernel_subshells(self) -> bool:
        return False

    def _abort_queues(self, subshell_id: str | None = ...) -> None:
        """Nothing is ever queued: the grader sends a cell when the one before it is done."""


class RunnerApp(IPKernelApp):
    """ipykernel's application: configuration, startup files, streams and shell as usual; no sockets, no files.

    `prepare` does what needs no notebook, `begin` the rest.
    """

    # None only before `initialize`.
    kernel: Any
    shell: Any
    streams: Any

    def _nothing(self, **kwargs: Any) -> None:
        """Stand in for a step that sets up a connection."""

    init_connection_file = init_poller = init_heartbeat = _nothing
    write_connection_file = log_connection_info = close = _nothing
    # Steps of `initialize` that are a notebook's own.
    init_signal = init_path = init_gui_pylab = init_extensions = init_code = _nothing

    @classmethod
    def prepared(cls) -> "RunnerApp":
        """Return the kernel of this process; make it first if necessary."""
        if not cls.initialized():
            app = cls.instance(outstream_class=f"{__name__}.OutStream")
            app.initialize(_USUAL_ARGUMENTS)
            # Its handler shows warnings alone; otherwise it would note several things of each cell all the same.
            app.log.setLevel(app.log_level)
            app.streams = sys.stdout, sys.stderr
            app._show_streams(False)
        return cls.instance()

    def _show_streams(self, shown: bool) -> None:
        sys.stdout, sys.stderr = self.streams if shown else (sys.__stdout__, sys.__stderr__)
        sys.displayhook = self.displayhook if shown else sys.__displayhook__

    @contextlib.contextmanager
    def as_in_a_cell(self) -> Iterator[None]:
        """Let imported modules find what they would find in a cell: `get_ipython`, and the kernel's streams."""
        self._show_streams(True)
        with self.shell.builtin_trap:
            yield
        self._show_streams(False)

    def begin(self, connection: socket.socket, arguments: list[str]) -> None:
        """Be the kernel of this process, with its folder, environment and arguments."""
        self.session.begin(connection)
        self.iopub_thread.may_wait = True
        self._configure(arguments)
        self._show_streams(True)
        for stream in self.streams:
            stream.begin()
        shell = self.shell
        shell.starting_dir = os.getcwd()
        shell.history_manager.dir_hist[:] = [Path.cwd()]
        for step in ("init_path", "init_gui_pylab", "init_extensions", "init_code"):
            getattr(super(), step)()
        for stream in self.streams:
            stream.flush()

    def _configure(self, arguments: list[str]) -> None:
        is_usual = arguments == _USUAL_ARGUMENTS
        if not is_usual:
            self.parse_command_line(arguments)
        if self.ipython_dir != get_ipython_dir():
            self.ipython_dir, self.profile_dir = get_ipython_dir(), None
            self.init_profile_dir()
            self.shell.ipython_dir, self.shell.profile_dir = self.ipython_dir, self.profile_dir
        for part in () if is_usual else (self.kernel, *self.shell.configurables):
            part.update_config(self.config)

    def init_sockets(self) -> None:
        self.session = SocketSession(parent=self)
        self.iopub_thread = NoThread()
        self.iopub_socket = IOPUB

    def init_kernel(self) -> None:
        self.kernel = RunnerKernel.instance(
            parent=self,
            session=self.session,
            shell_channel_thread=SimpleNamespace(parent_thread=threading.main_thread()),
            iopub_thread=self.iopub_thread,
            iopub_socket=self.iopub_socket,
            log=self.log,
            profile_dir=self.profile_dir,
            user_ns=self.user_ns,
        )
        self.displayhook.get_execution_count = lambda: self.kernel.execution_count
        _format_tracebacks_once(self.kernel.shell.InteractiveTB)

    async def serve(self) -> None:
        """Run one request after another until the grader closes the connection."""
        self.kernel.io_loop = IOLoop.current()
        self.kernel.shell.exit_now = False
        requests: asyncio.Queue[dict | None] = asyncio.Queue()
        splitter = wire.Splitter()

        connection = self.session.connection

        def read() -> None:
            portion = connection.recv(1 << 16)
            for message in splitter.feed(portion) if portion else [None]:
                requests.put_nowait(message)

        loop = asyncio.get_running_loop()
        # The learner's own tasks go on between cells, as they do in a kernel.
        loop.add_reader(connection, read)
        kernel = os.getpid()
        answers = Answerer(connection, self.kernel.shell, self.session.turns)
        while (message := await requests.get()) is not None:
            if message["header"]["msg_type"] == QUESTION:
                answers.answer(message)
                continue
            await self.kernel.dispatch_shell([None, message])
            if os.getpid() != kernel:
                # A process that a cell forked must not take the next cell from its parent.
                os._exit(0)
            if self.kernel.shell.exit_now:
                break


def _format_tracebacks_once(formatter: Any) -> None:
    """Have IPython put the traceback that it shows into its history too; otherwise it formats each one twice."""
    format_anew = formatter.structured_traceback
    last: tuple[BaseException | None, list[str]] = None, []

    def structured_traceback(kind: type, error: BaseException, *others: Any, **settings: Any) -> list[str]:
        nonlocal last
        (shown, lines), last = last, (None, [])
        if shown is not error:
            lines = format_anew(kind, error, *others, **settings)
            last = error, lines
        return lines

    formatter.structured_traceback = structured_traceback


def run(connection: socket.socket, arguments: list[str]) -> None:
    """Be a kernel at the end of a connection until the other side closes it.

    arguments: as for `python -m ipykernel_launcher`.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)
    app = RunnerApp.prepared()
    app.begin(connection, arguments)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(app.serve())
    sys.stdout.flush()
    sys.stderr.flush()


def main(file: int, arguments: list[str]) -> None:
    """Be a kernel in a Python process started for it. file: the descriptor of the open connection."""
    # `python -m` put the folder it was started in there; a kernel adds its own.
    del sys.path[0]
    run(socket.socket(fileno=file), arguments)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
