"""Answers the judge's questions in the process of a notebook: what is under a name, what does a function return.

At each test the process keeps what the test may ask for, as it is then. Data are handed over at once. Functions need
the process they live in: so a fork of it is held, asleep, and they are called when the whole notebook has run. What a
hidden test hands to a function comes after all that a learner is going to see.
"""

import contextlib
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from typing import Any

from secondcar.grading.judging.plain_data import NotPlain, pack, pack_error, unpack
from secondcar.grading.judging.restoring import restore
from secondcar.grading.kernel import frames

# More than that is not handed over before it is asked for.
_MOST_BYTES = 1_000_000

# Ends a fork that a function does not let come back. The process that forked it passes it over.
END_FORK = signal.SIGUSR1


class Answers:
    """Answers requests of one kind, "question", by their "what".

    ========  =====================================================================================================
    keep      keep what a test may ask for. Answers "kept" with the data of the names; or "held", by a fork
    resume    wake the fork of a test, which answers "resumed", and everything from then on up to "end"
    ask       for the value of a name
    call      for the result of a function
    restore   put back what a test relies on that is about to run here; no answer
    end       the test is over; a fork ends
    ========  =====================================================================================================
    """

    def __init__(self, connection: socket.socket, shell: Any, turns: Any) -> None:
        self._connection, self._shell, self._turns = connection, shell, turns
        self._names = shell.user_ns
        self._functions: dict[str, Callable] = {}
        # Test -> its fork, and the pipe that wakes it.
        self._held: dict[str, tuple[int, int]] = {}
        self._in_fork = False

    def answer(self, message: dict) -> None:
        """Answer one question, or, if it wakes a fork, all up to the test's end."""
        content = message["content"]
        if content["what"] == "keep":
            self._keep(content["test"], content["names"])
        elif content["what"] == "resume":
            self._resume(content["test"])
        elif content["what"] == "ask":
            self._answer_ask(content["name"])
        elif content["what"] == "call" and self._in_fork:
            self._answer_call(content, message["buffers"][0])
        elif content["what"] == "call":
            self._send_end_of_fork()
        elif content["what"] == "restore":
            restore(self._shell, content["definitions"], content["learners"])
        else:
            self._send("end")

    def _keep(self, test: str, names: list[str] | None) -> None:
        """Keep what a test may ask for. names: None if its text does not tell."""
        values, problems, functions = {}, {}, []

        def note(function: Callable) -> str:
            functions.append(function)
            return self._token_of(function)

        for name in [] if names is None else names:
            with contextlib.suppress(KeyError):
                try:
                    values[name] = pack(self._names[name], note)
                except NotPlain as problem:
                    problems[name] = str(problem)
        if names is None or functions or sum(map(len, values.values())) > _MOST_BYTES:
            self._hold(test)
        else:
            self._send("kept", tuple(values.values()), names=list(values), problems=problems)

    def _hold(self, test: str) -> None:
        try:
            read, write = os.pipe()
            fork = os.fork()
        except OSError as fault:
            self._send("refused", sentence=f"No process could be had that keeps the functions ({fault.strerror})")
            return
        if fork:
            os.close(read)
            self._held[test] = fork, write
            self._send("held")
            return
        try:
            self._sleep(read, write)
            # Another thread may have held the locks of these. They end with the process.
            self._turns.begin_in_fork()
            sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: SIM115
            self._in_fork = True
            self._send("resumed")
            while True:
                message, _ = frames.receive(self._connection)
                self.answer(message)
                if message["content"]["what"] == "end":
                    os._exit(0)
        finally:
            os._exit(1)

    def _sleep(self, read: int, write: int) -> None:
        """Wait until this fork is woken; end it if the process that forked it ends before."""
        for number in (signal.SIGINT, END_FORK):
            signal.signal(number, signal.SIG_IGN)
        for pipe in (write, *(pipe for _, pipe in self._held.values())):
            os.close(pipe)
        if not os.read(read, 1):
            os._exit(0)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(END_FORK, signal.SIG_DFL)

    def _resume(self, test: str) -> None:
        fork, write = self._held.pop(test)
        handlers = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGINT, END_FORK)}
        with contextlib.suppress(BrokenPipeError):
            os.write(write, b".")
        os.close(write)
        _, status = os.waitpid(fork, 0)
        for number, handler in handlers.items():
            signal.signal(number, handler)
        if status:
            self._send_end_of_fork()

    def _send_end_of_fork(self) -> None:
        self._send("error", (pack_error(SystemError("The function ended its process."), self._token_of),))

    def _answer_ask(self, name: str) -> None:
        if name not in self._names:
            self._send("missing")
            return
        try:
            packed = pack(self._names[name], self._token_of)
        except NotPlain as problem:
            self._send("not plain", sentence=str(problem))
        else:
            self._send("data", (packed,))

    def _token_of(self, function: Callable) -> str:
        token = str(id(function))
        self._functions[token] = function
        return token

    def _answer_call(self, content: dict, packed: bytes) -> None:
        try:
            args, kwargs = unpack(packed, self._functions.__getitem__)
            with _figures_closed():
                result = self._functions[content["token"]](*args, **kwargs)
                answer = [pack(result, self._token_of)]
            if content["return_arguments"]:
                answer.append(pack(args, self._token_of))
        except NotPlain as problem:
            self._send("not plain", sentence=str(problem))
        except BaseException as error:
            self._send("error", (pack_error(error, self._token_of),))
        else:
            self._send("data", tuple(answer))

    def _send(self, kind: str, buffers: tuple[bytes, ...] = (), **content: Any) -> None:
        message = {
            "channel": "shell",
            "header": {"msg_type": "answer"},
            "parent_header": {},
            "metadata": {},
            "content": {"kind": kind, **content},
            "buffers": list(buffers),
        }
        with self._turns, contextlib.suppress(BrokenPipeError):
            self._connection.sendall(frames.pack(message))


@contextlib.contextmanager
def _figures_closed() -> Iterator[None]:
    """Close the figures that a call opens: the next call must not draw on them."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    before = set(pyplot.get_fignums()) if pyplot else set()
    yield
    for number in set(pyplot.get_fignums() if pyplot else ()) - before:
        pyplot.close(number)
