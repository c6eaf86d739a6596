"""The process that has the last word on a test: it runs the teacher's code and nothing of the learner's.

It is forked from the fork server into a sandbox of its own, with the teacher's files around it. The grader tells it the
steps of the notebook (`teachers_part`), then one test after another. Names that are the learner's it asks for, as
`plain_data`; a function it gets is one that calls back. Its messages, both ways, have the form of a kernel's:

    begin      steps of the notebook                                                         to the judge
    test       name, source, and whether the learner's own data are to be used               to the judge
    ask, call  for a name, or a function with arguments; the answer is `data` or `error`     from the judge
    verdict    passed, points if the test gives part of them, and line where it failed       from the judge
"""

import ast
import builtins
import contextlib
import os
import socket
import sys
import traceback
from collections.abc import Callable
from typing import Any

from secondcar.grading import wire
from secondcar.grading.judging.cell_code import (
    ANSWER,
    OPEN,
    TEST,
    assigned_names,
    bound_names,
    definitions_of,
    parse_cell,
)
from secondcar.grading.judging.plain_data import NotPlain, pack, unpack, unpack_error

# How its code is called in tracebacks.
TEST_FILE = "<test>"


class GraderGone(BaseException):
    """The grader has closed the connection: there is nothing left to do."""


def run(connection: socket.socket, arguments: list[str]) -> None:
    """Be the judge of one notebook until the grader closes the connection. There are no arguments."""
    # Modules of the course's own lie there.
    sys.path.insert(0, os.getcwd())
    with contextlib.suppress(GraderGone):
        wire = Wire(connection)
        judge = Judge(wire.receive()["content"]["steps"], wire)
        while True:
            request = wire.receive()["content"]
            wire.send("verdict", judge.judge(**request))


class Wire:
    """The connection to the grader."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        # Until a caller says otherwise, what functions change in their arguments stays with them.
        self.returns_arguments = False
        self._tokens: dict[Callable, str] = {}

    def send(self, kind: str, content: dict, buffers: tuple[bytes, ...] = ()) -> None:
        header = {"msg_type": kind}
        message = {"channel": "shell", "header": header, "parent_header": {}, "metadata": {}, "content": content}
        try:
            wire.send(self._connection, {**message, "buffers": list(buffers)})
        except OSError:
            raise GraderGone from None

    def receive(self) -> dict:
        try:
            return wire.receive(self._connection)[0]
        except (EOFError, OSError):
            raise GraderGone from None

    def ask(self, name: str) -> Any:
        """Return what the learner has under a name. Raises KeyError if nothing, NotPlain if it cannot travel."""
        self.send("ask", {"name": name})
        answer = self.receive()
        kind = answer["content"]["kind"]
        if kind == "missing":
            raise KeyError(name)
        return self._read(answer, f"{name}: ")[0]

    def function(self, token: str) -> Callable:
        """Return a function that has the learner's function of that token called."""

        def function(*args: Any, **kwargs: Any) -> Any:
            message = pack((args, kwargs), self._token_of)
            self.send("call", {"token": token, "return_arguments": self.returns_arguments}, (message,))
            value, *changed = self._read(self.receive(), "")
            if changed:
                _change(args, changed[0])
            return value

        self._tokens[function] = token
        return function

    def _token_of(self, function: Callable) -> str:
        if function not in self._tokens:
            raise NotPlain("A function of the test cannot be handed to a learner's function.")
        return self._tokens[function]

    def _read(self, answer: dict, where: str) -> list:
        kind, buffers = answer["content"]["kind"], answer["buffers"]
        if kind == "error":
            raise unpack_error(buffers[0])
        if kind == "data":
            return [unpack(part, self.function) for part in buffers]
        raise NotPlain(where + str(answer["content"].get("sentence", "No answer came.")))


def _change(arguments: tuple, changed: tuple) -> None:
    """Make lists, dictionaries, sets and arrays that were handed to a function what it made of them."""
    numpy = sys.modules.get("numpy")
    for old, new in zip(arguments, changed, strict=True):
        if type(old) is not type(new):
            continue
        if isinstance(old, list):
            old[:] = new
        elif isinstance(old, (dict, set)):
            old.clear()
            old.update(new)
        elif numpy and isinstance(old, numpy.ndarray) and old.shape == new.shape:
            old[...] = new


class Names(dict):
    """The names a test sees: the teacher's, and through `missing` the learner's, each looked up when it is used."""

    def __init__(self, missing: Callable[[str], Any]) -> None:
        super().__init__(__name__="__main__", __builtins__=builtins, display=_show_nothing)
        self._missing = missing

    def __missing__(self, name: str) -> Any:
        return self._missing(name)


def _show_nothing(*objects: object, **options: object) -> None:
    """Stand for IPython's `display`: nobody sees what a judge shows."""


class Judge:
    """Runs the tests of one notebook."""

    def __init__(self, steps: list[dict], wire: Wire) -> None:
        self._wire = wire
        self._names = Names(self._look_up)
        self._steps = steps
        self._done = 0
        # What only learners bind, though Python has a name like it.
        self._learners: set[str] = set()
        self._assigned: set[str] = set()
        self._passed_over: dict[str, str] = {}
        self._fetched: dict[str, Any] = {}

    def judge(self, name: str, source: str, learners_data: bool) -> dict:
        """Run a test and return the verdict. learners_data: also what locked cells assign is the learner's."""
        self._catch_up(name)
        self._fetched = {}
        self._wire.returns_arguments = learners_data
        put_aside = {one: self._names.pop(one) for one in self._assigned & self._names.keys() if learners_data}
        try:
            points = self._run_test(source)
        except GraderGone:
            raise
        except BaseException as fault:
            return {"passed": False, "points": None, **_describe(fault)}
        finally:
            for one, value in put_aside.items():
                self._names.setdefault(one, value)
            self._passed_over = {one: text for one, text in self._passed_over.items() if text != source}
        return {"passed": True, "points": points, "line": None, "sentence": None}

    def _catch_up(self, name: str) -> None:
        """Do what the teacher's cells above a test do."""
        places = [place for place, step in enumerate(self._steps) if step["name"] == name]
        end = places[0] if places else len(self._steps)
        for step in self._steps[self._done : end]:
            with contextlib.suppress(Exception, SystemExit):
                self._take(step)
        self._done = max(self._done, end + 1)

    def _take(self, step: dict) -> None:
        module = parse_cell(step["source"])
        if step["kind"] == TEST:
            # It failed in the notebook already; only names that it bound may still be wanted.
            self._passed_over |= dict.fromkeys(bound_names(module), step["source"])
            return
        self._learners -= bound_names(module)
        if step["kind"] == OPEN:
            module = definitions_of(module)
        elif step["kind"] != ANSWER:
            self._assigned |= assigned_names(module)
        try:
            exec(compile(module, "<cell>", "exec"), self._names)
        finally:
            for name in step["learners"]:
                self._names.pop(name, None)
                self._learners.add(name)

    def _run_test(self, source: str) -> str | None:
        """Run a test; return the number it ends with, as IPython shows it, or None."""
        module = parse_cell(source)
        last = None
        if module.body and isinstance(module.body[-1], ast.Expr) and not source.rstrip().endswith(";"):
            last = ast.Expression(module.body.pop().value)
        exec(compile(module, TEST_FILE, "exec"), self._names)
        value = eval(compile(last, TEST_FILE, "eval"), self._names) if last else None
        return repr(value) if isinstance(value, (int, float)) else None

    def _look_up(self, name: str) -> Any:
        if name in self._fetched:
            return self._fetched[name]
        if name in self._passed_over:
            source = self._passed_over[name]
            self._passed_over = {one: text for one, text in self._passed_over.items() if text != source}
            with contextlib.suppress(Exception, SystemExit):
                self._run_test(source)
            return self._names[name]
        if hasattr(builtins, name) and name not in self._learners:
            raise KeyError(name)
        self._fetched[name] = self._wire.ask(name)
        return self._fetched[name]


def _describe(fault: BaseException) -> dict:
    """Return the line of the test that failed, and a sentence if the learner can do something about it."""
    lines = [frame.lineno for frame in traceback.extract_tb(fault.__traceback__) if frame.filename == TEST_FILE]
    return {"line": lines[0] if lines else None, "sentence": str(fault) if isinstance(fault, NotPlain) else None}


def main(file: int, arguments: list[str]) -> None:
    """Be a judge in a Python that was started for it. file: the connection's, which is open already."""
    del sys.path[0]
    run(socket.socket(fileno=file), arguments)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
