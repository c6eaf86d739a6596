"""Answers the judge's questions in the process of a notebook: what is under a name, what does a function return.

At each test the process keeps what the test may ask for, as it is then. Data are handed over at once. Functions are
called when the whole notebook has run: what a hidden test hands to one comes after all that a learner is going to see.
Most depend on nothing that later cells change (`self_contained`), and the process itself calls them. For any other a
fork of the process, as it is at the test, is held asleep until then.
"""

import contextlib
import os
import signal
import socket
import sys
import types
from collections.abc import Callable, Iterator
from typing import Any

from secondcar.grading import wire
from secondcar.grading.judging.plain_data import NotPlain, pack, pack_error, unpack
from secondcar.grading.judging.restoring import restore
from secondcar.grading.judging.self_contained import NotSelfContained, State

# More than that is not handed over before it is asked for.
_MOST_BYTES = 1_000_000

# Ends a fork that a function does not let come back. The process that forked it passes it over.
END_FORK = signal.SIGUSR1


class Answers:
    """Answers requests of one kind, "question", by their "what".

    ========  =====================================================================================================
    keep      keep what a test may ask for. Answers "kept" with the data of the names; or "held", by a fork
    resume    begin a test. Answers "resumed"; or "changed", if functions are not what they were. If the test has a
              fork, it wakes, and answers everything from then on up to "end"
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
        # Test -> what the functions that it calls depended on when the notebook came to it.
        self._states: dict[str, State] = {}
        # Whether functions may be called in this process now.
        self._calls_here = False

    def answer(self, message: dict) -> None:
        """Answer one question, or, if it wakes a fork, all up to the test's end."""
        content = message["content"]
        if content["what"] == "keep":
            self._keep(content["test"], content["names"], content["only_in_fork"])
        elif content["what"] == "resume":
            self._resume(content["test"])
        elif content["what"] == "ask":
            self._answer_ask(content["name"])
        elif content["what"] == "call" and self._calls_here:
            self._answer_call(content, message["buffers"][0])
        elif content["what"] == "call":
            self._send_end_of_fork()
        elif content["what"] == "restore":
            restore(self._shell, content["definitions"], content["learners"])
        else:
            self._calls_here = False
            self._send("end")

    def _keep(self, test: str, names: list[str] | None, only_in_fork: bool) -> None:
        """Keep what a test may ask for. names: None if its text does not tell."""
        known = {name: self._names[name] for name in names or () if name in self._names}
        functions = [value for value in known.values() if isinstance(value, types.FunctionType)]
        if names is None or (functions and only_in_fork):
            self._hold(test)
            return
        try:
            if functions:
                self._states[test] = State(functions)
            values, problems = self._pack_all(known, functions)
        except NotSelfContained:
            self._hold(test)
        else:
            self._send("kept", tuple(values.values()), names=list(values), problems=problems, calls=bool(functions))

    def _pack_all(self, known: dict[str, Any], functions: list) -> tuple[dict[str, bytes], dict[str, str]]:
        """Return name -> packed, and name -> why it is not plain.

        functions: those that may be among them. Raises NotSelfContained if others are, or if it is too much.
        """
        values, problems, found = {}, {}, []

        def note(function: Callable) -> str:
            found.append(function)
            return self._token_of(function)

        for name, value in known.items():
            try:
                values[name] = pack(value, note)
            except NotPlain as problem:
                problems[name] = str(problem)
        if any(function not in functions for function in found) or sum(map(len, values.values())) > _MOST_BYTES:
            raise NotSelfContained
        return values, problems

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
            self._begin_calls()
            while True:
                message, _ = wire.receive(self._connection)
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
        signal.signal(END_FORK, signal.SIG_DFL)

    def _begin_calls(self) -> None:
        sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: SIM115
        self._calls_here = True
        self._send("resumed")

    def _resume(self, test: str) -> None:
        if test in self._held:
            self._wake(test)
        elif self._states[test].is_unchanged():
            self._begin_calls()
        else:
            self._send("changed")

    def _wake(self, test: str) -> None:
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
            signal.signal(signal.SIGINT, signal.default_int_handler)
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
        finally:
            # An interrupt that comes too late for the function must not end the process.
            signal.signal(signal.SIGINT, signal.SIG_IGN)

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
            self._connection.sendall(wire.pack(message))


@contextlib.contextmanager
def _figures_closed() -> Iterator[None]:
    """Close the figures that a call opens: the next call must not draw on them."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    before = set(pyplot.get_fignums()) if pyplot else set()
    yield
    for number in set(pyplot.get_fignums() if pyplot else ()) - before:
        pyplot.close(number)
