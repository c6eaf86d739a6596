"""Answers the judge's questions in the process of a notebook: what is under a name, what does a function return.

Functions are called in a fork of the process, which ends with the test: what a hidden test hands to them, and
whatever they print, draw or remember then, is gone before the next cell runs.
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


class Answers:
    """Answers requests of one kind, "question", whose content has "what": "ask", "call", "restore" or "end"."""

    def __init__(self, connection: socket.socket, shell: Any, turns: Any) -> None:
        self._connection, self._shell, self._turns = connection, shell, turns
        self._names = shell.user_ns
        self._functions: dict[str, Callable] = {}
        self._in_fork = False

    def answer(self, message: dict) -> None:
        """Answer one question, or, if it is the first call of a test, all up to the test's end."""
        content = message["content"]
        if content["what"] == "end":
            self._send("end")
            if self._in_fork:
                os._exit(0)
        elif content["what"] == "ask":
            self._answer_ask(content["name"])
        elif content["what"] == "restore":
            restore(self._shell, content["definitions"], content["learners"])
        elif self._in_fork:
            self._answer_call(content, message["buffers"][0])
        else:
            self._fork(message)

    def _answer_ask(self, name: str) -> None:
        if name not in self._names:
            self._send("missing")
            return
        try:
            packed = pack(self._names[name], self._keep)
        except NotPlain as problem:
            self._send("not plain", sentence=str(problem))
        else:
            self._send("data", (packed,))

    def _keep(self, function: Callable) -> str:
        token = str(id(function))
        self._functions[token] = function
        return token

    def _fork(self, message: dict) -> None:
        try:
            fork = os.fork()
        except OSError as fault:
            self._send("error", (pack_error(fault, self._keep),))
            return
        if fork:
            handler = signal.signal(signal.SIGINT, signal.SIG_IGN)
            _, status = os.waitpid(fork, 0)
            signal.signal(signal.SIGINT, handler)
            if status:
                self._send("error", (pack_error(SystemError("The function ended its process."), self._keep),))
            return
        try:
            self._in_fork = True
            self._turns.begin_in_fork()
            # Another thread may have held the locks of these. They end with the process.
            sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: SIM115
            self.answer(message)
            while True:
                self.answer(frames.receive(self._connection)[0])
        finally:
            os._exit(1)

    def _answer_call(self, content: dict, packed: bytes) -> None:
        try:
            args, kwargs = unpack(packed, self._functions.__getitem__)
            with _figures_closed():
                result = self._functions[content["token"]](*args, **kwargs)
                answer = [pack(result, self._keep)]
            if content["return_arguments"]:
                answer.append(pack(args, self._keep))
        except NotPlain as problem:
            self._send("not plain", sentence=str(problem))
        except BaseException as error:
            self._send("error", (pack_error(error, self._keep),))
        else:
            self._send("data", tuple(answer))

    def _send(self, kind: str, buffers: tuple[bytes, ...] = (), **content: str) -> None:
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
