"""Answers the judge's questions in the process of a notebook: what a name holds, what a function returns.

Before each test the process keeps what the test may ask for, as it is at that moment. Data of Python's own, numpy's
and pandas' types are handed over at once. The judge asks for anything else when the whole notebook has run, so what a
hidden test hands to a function comes after all that a learner will see. Most functions depend on nothing that later
cells change (`self_contained`), so the process itself calls them. For everything else a fork of the process, as it is
at the test, sleeps until then. One fork serves all functions above a hidden part that has to run in the process, where
they could find it.
"""

import contextlib
import importlib
import io
import math
import os
import select
import signal
import socket
import sys
import time
import traceback
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, NoReturn

from secondcar.grading import wire
from secondcar.grading.judging import answers, forms
from secondcar.grading.judging.abilities import ABILITIES
from secondcar.grading.judging.answers import Numbers
from secondcar.grading.judging.cell_code import run_as_cell
from secondcar.grading.judging.copies import fork
from secondcar.grading.judging.packing import Base, Chunks, is_data, kind_of, own_names, pack, pack_error, stays
from secondcar.grading.judging.self_contained import NotSelfContained, State, could_remember
from secondcar.grading.judging.sharing import Names, Objects
from secondcar.grading.judging.unpacking import unpack

# A larger value is handed over only when it is asked for.
MOST_KEPT = 1_000_000

# The exit code of a fork in which a function never returned; the process that forked it ignores it.
END_FORK = signal.SIGUSR1

# The exit code of a copy that has answered: 0 is that of a function which ends its process.
_ANSWERED = 73
# What a fork says when a test is over, and when a copy of it has ended before.
_DONE, _ENDED = b".", b"!"

# How the code of a test is called in tracebacks.
_TEST = "<test>"

_FILES_BEHIND = 20_000_000  # nanoseconds


@dataclass(frozen=True)
class _Fork:
    """A fork of this process, asleep. wake, done: pipes that wake it, for a test, and that tell when it is done."""

    process: int
    wake: int
    done: int


class Answerer:
    """Answers requests of one kind, "question", by their "what".

    ========  =====================================================================================================
    keep      keep what a test may ask for. Answers "kept" with the data of the names; or "held", by a fork; or
              "refused", if no process can be forked
    hand over answer "kept" with the data of some names, as it is now
    aside     have a fork call the functions that this process would, for all tests up to now. Answers "held" or
              "refused"
    resume    begin a test. Answers "resumed"; or "changed", if functions are not what they were. If the test has a
              fork, it wakes, and answers everything from then on up to "end"; if it stays, it does so in a copy,
              and goes on sleeping
    ask       for the value of a name. Answers "data" or "missing"
    do        something with what stays here: call it, take an attribute. Answers "data" or "error"
    run       run a part of a test, perhaps in a copy of the process. Answers "ran" or "error"
    end       the test is over; a fork ends
    copy      have a copy of this process answer everything up to "end copy", which this one learns nothing of. Answers
              "held" or "refused", and at last "end"
    ========  =====================================================================================================
    """

    def __init__(self, connection: socket.socket, shell: Any, turns: Any) -> None:
        self._connection, self._turns = connection, turns
        self._shell, self._names = shell, shell.user_ns
        # The objects that stay here by their numbers, and the numbers by the objects' ids.
        self._staying: list[Any] = []
        self._numbers: dict[int, int] = {}
        self._held: dict[str, _Fork] = {}
        # Test -> what the functions that it calls depended on when the notebook came to it; None: a fork has it all.
        self._states: dict[str, State | None] = {}
        # Test -> what it may ask for.
        self._kept: dict[str, dict[str, Any]] = {}
        # Opened before a notebook can take `open` away, or the room for another file.
        self._nowhere = open(os.devnull, "w")  # noqa: SIM115
        # What is to be done when a test has run here.
        self._undo = contextlib.ExitStack()
        # Test -> what was told of its names; and what the judge of the test that is asked about was told.
        self._told: dict[str, Objects] = {}
        self._objects, self._named = Objects(), Names({})
        # Whether functions may be called in this process now.
        self._calls_here = False
        self._files = FilesRead()

    def answer(self, message: wire.Message) -> None:
        """Answer one question or, if it wakes a fork, all questions up to the test's end."""
        content = message["content"]
        if content["what"] == "keep":
            self._keep(content["test"], content["names"], content["only_in_fork"])
        elif content["what"] == "hand over":
            self._hand_over(content["names"])
        elif content["what"] == "aside":
            self._set_aside()
        elif content["what"] == "resume":
            self._resume(content["test"], content["stays"])
        elif content["what"] == "ask":
            self._answer_ask(content["name"])
        elif content["what"] == "do" and self._calls_here:
            self._answer_do(content, message["buffers"][0])
        elif content["what"] == "run" and self._calls_here:
            self._run(content["source"], content["in_copy"])
        elif content["what"] == "copy":
            self._answer_in_copy()
        elif content["what"] in ("do", "run"):
            self._send_end_of_fork()
        else:
            self._calls_here = False
            self._undo.close()
            self._send(answers.End())

    def _keep(self, test: str, names: list[str] | None, only_in_fork: bool) -> None:
        """Keep what a test may ask for. names: None if its text does not name them."""
        self._files.times[test] = time.time_ns()
        known = {name: self._names[name] for name in names or () if name in self._names}
        functions = [value for value in known.values() if isinstance(value, types.FunctionType)]
        self._states[test] = None
        self._kept[test] = known
        if names is None or (functions and only_in_fork):
            self._hold(test)
            return
        try:
            if functions:
                self._states[test] = State(functions)
            self._objects = Objects()
            values = self._pack_all(known, functions)
        except NotSelfContained:
            self._states[test] = None
            self._hold(test)
        else:
            if functions:
                self._told[test] = self._objects
            named = Names(self._names)
            numbers = [self._objects.numbers_of(containers, named) for _, containers in values.values()]
            messages = [message for message, _ in values.values()]
            self._send(answers.Kept(list(values), bool(functions), numbers), *messages)

    def _hand_over(self, names: list[str]) -> None:
        """Answer with what names hold now, as far as it is data and not too large."""
        values: dict[str, bytes] = {}
        for name in names:
            with contextlib.suppress(Exception):
                value = self._names[name]
                message = pack(value, stays, partial(stays, value))
                values |= {name: message} if len(message) <= MOST_KEPT else {}
        self._send(answers.Kept(list(values), False), *values.values())

    def _pack_all(
        self, known: dict[str, Any], functions: list[types.FunctionType]
    ) -> dict[str, tuple[bytes, list[object]]]:
        """Return name -> packed, as `_packed` returns it. functions: those that may be among them.

        Raises NotSelfContained if anything else of a learner's is among them, or if all of it is too large.
        """

        def keep(value: object) -> int:
            if not any(value is function for function in functions):
                raise NotSelfContained
            return self._number_of(value)

        def refuse() -> None:
            raise NotSelfContained

        values = {name: self._packed(value, keep, refuse) for name, value in known.items()}
        if sum(len(message) for message, _ in values.values()) > MOST_KEPT:
            raise NotSelfContained
        return values

    def _packed(
        self, value: object, keep: Callable[[object], int], before_own_code: Callable[[], None] = lambda: None
    ) -> tuple[bytes, list[object]]:
        """Return a value as a message, and the containers in it that may be changed."""
        containers: list[object] = []
        try:
            return pack(value, keep, before_own_code, note=lambda _, one: containers.append(one)), containers
        except NotSelfContained:
            raise
        except Exception:
            return forms.encode(forms.Stays(kind_of(value))), []

    def _number_of(self, value: object) -> int:
        number = self._numbers.setdefault(id(value), len(self._staying))
        if number == len(self._staying):
            self._staying.append(value)
        return number

    def _number_noted(self, kept: list[object], value: object) -> int:
        kept.append(value)
        return self._number_of(value)

    def _object_of(self, form: forms.Staying) -> object:
        if isinstance(form, forms.Stays):
            raise forms.NotPlain("A value that cannot leave the notebook cannot come back.")
        return self._staying[form.token]

    def _class_of(self, name: str, fields: tuple[str, ...]) -> type[tuple[Any, ...]] | None:
        """Return the notebook's class of tuples with some names, if it has it and they are no more than that."""
        own = self._names.get(name)
        is_such = isinstance(own, type) and issubclass(own, tuple) and getattr(own, "_fields", None) == fields
        return own if is_such and not own_names(tuple.__new__(own, fields)) else None

    def _set_aside(self) -> None:
        here = [test for test, state in self._states.items() if state is not None and test not in self._held]
        if here:
            self._hold(*here)
        else:
            self._send(answers.Held())

    def _hold(self, *tests: str) -> None:
        try:
            wakes, wake = os.pipe()
            done, is_done = os.pipe()
            process = fork()
        except OSError:
            for test in tests:
                self._states.pop(test, None)
            self._send(answers.Refused())
            return
        if process:
            os.close(wakes)
            os.close(is_done)
            self._held |= dict.fromkeys(tests, _Fork(process, wake, done))
            self._send(answers.Held())
            return
        try:
            for pipe in (wake, done, *(pipe for one in set(self._held.values()) for pipe in (one.wake, one.done))):
                os.close(pipe)
            self._held = {}
            while woken := self._sleep(wakes):
                os.write(is_done, self._answer_for(woken[1:], in_copy=woken[0] == "1"))
            os._exit(0)
        finally:
            os._exit(1)

    def _sleep(self, wakes: int) -> str:
        """Wait for what wakes this fork, as `_wake` writes it; it is empty if the process that forked it is done."""
        for number in (signal.SIGINT, END_FORK):
            signal.signal(number, signal.SIG_IGN)
        return os.read(wakes, select.PIPE_BUF).decode()

    def _answer_for(self, test: str, in_copy: bool) -> bytes:
        """Answer for a test until it is over, perhaps in a copy of this fork, which learns nothing of that."""
        if in_copy and (copy := fork()):
            return _DONE if os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1]) == _ANSWERED else _ENDED
        signal.signal(END_FORK, signal.SIG_DFL)
        self._turns.begin_in_fork()
        self._resume(test)
        while self._calls_here:
            message, _ = wire.receive(self._connection)
            self.answer(message)
        if in_copy:
            os._exit(_ANSWERED)
        return _DONE

    def _answer_in_copy(self) -> None:
        """Have a copy of this process answer from now on, and wait until it has been told to end, or has ended."""
        numbers = (signal.SIGINT, END_FORK)
        handlers = {number: signal.signal(number, signal.SIG_IGN) for number in numbers}
        try:
            copy = fork()
        except OSError:
            copy = 0
            self._send(answers.Refused())
        else:
            if not copy:
                self._be_copy(handlers[signal.SIGINT])
        ended = copy and os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1])
        for number, handler in handlers.items():
            signal.signal(number, handler)
        if ended == _ANSWERED:
            self._send(answers.End())
        elif copy:
            self._send_end_of_fork()

    def _be_copy(self, interrupted: Any) -> NoReturn:
        try:
            signal.signal(signal.SIGINT, interrupted)
            signal.signal(END_FORK, signal.SIG_DFL)
            self._turns.begin_in_fork()
            self._send(answers.Held())
            while (message := wire.receive(self._connection)[0])["content"]["what"] != "end copy":
                self.answer(message)
            os._exit(_ANSWERED)
        finally:
            os._exit(1)

    def _begin_calls(self, test: str) -> None:
        self._files.begin(test)
        self._objects, self._named = self._told.get(test) or Objects(), Names(self._names)
        self._undo.enter_context(self._as_at(test))
        sys.stdout = sys.stderr = self._nowhere
        self._calls_here = True
        self._send(answers.Resumed())

    @contextlib.contextmanager
    def _as_at(self, test: str) -> Iterator[None]:
        """Have names hold what they held at a test. Forget in the end what the test makes of names and figures."""
        now, folder = dict(self._names), _folder()
        self._names.update(self._kept.get(test, {}))
        try:
            with figures_closed():
                yield
        finally:
            self._names.clear()
            self._names.update(now)
            if folder:
                os.chdir(folder)

    def _resume(self, test: str, stays: bool = False) -> None:
        if test in self._held:
            self._wake(test, stays)
        elif test in self._states and ((state := self._states[test]) is None or state.is_unchanged()):
            self._begin_calls(test)
        else:
            self._send(answers.Changed())

    def _wake(self, test: str, stays: bool) -> None:
        asleep = self._held[test]
        handlers = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGINT, END_FORK)}
        with contextlib.suppress(BrokenPipeError):
            os.write(asleep.wake, f"{int(stays)}{test}".encode())
        process = os.pidfd_open(asleep.process)
        ready, _, _ = select.select([asleep.done, process], [], [])
        said = os.read(asleep.done, 1) if asleep.done in ready else b""
        os.close(process)
        if not (stays and said):
            del self._held[test]
        if asleep not in self._held.values():
            os.close(asleep.wake)
            os.close(asleep.done)
            os.waitpid(asleep.process, 0)
        for number, handler in handlers.items():
            signal.signal(number, handler)
        if said != _DONE:
            self._send_end_of_fork()

    def _send_end_of_fork(self) -> None:
        self._send(answers.Error(), pack_error(SystemError("The function ended its process.")))

    def _answer_ask(self, name: str) -> None:
        if name in self._names:
            kept: list[object] = []
            message, containers = self._packed(self._names[name], partial(self._number_noted, kept))
            numbers = self._objects.numbers_of(containers, self._named)
            remembers = any(map(could_remember, kept))
            self._send(answers.Data(numbers=[numbers], shares=bool(numbers.others), remembers=remembers), message)
        else:
            self._send(answers.Missing())

    def _answer_do(self, content: dict[str, Any], packed: bytes) -> None:
        printed = io.StringIO()
        self._files.forget()
        self._objects.forget()
        given: list[object] = []
        kept: list[object] = []
        try:
            args, kwargs = unpack(packed, self._object_of, partial(_note, given), self._class_of)
            first = self._objects.numbers_of(given).first
            signal.signal(signal.SIGINT, signal.default_int_handler)
            with figures_closed(), contextlib.redirect_stdout(printed):
                result = _do(content["how"], self._staying[content["token"]], args, kwargs)
                answer = [self._packed(result, partial(self._number_noted, kept))]
            after = self._packed((args, kwargs), self._number_of)
            if after[0] != packed:
                answer.append(after)
            numbers = [self._objects.numbers_of(containers, self._named) for _, containers in answer]
            shares = _shares(range(first, first + len(given)), *numbers)
            # Methods belong to objects, which may change.
            remembers = content["how"] == "__call__" and any(map(could_remember, kept))
        except BaseException as error:
            self._send(answers.Error(_text_in(printed), self._files.have_changed()), pack_error(error))
        else:
            said = answers.Data(_text_in(printed), self._files.have_changed(), numbers, first, shares, remembers)
            self._send(said, *(message for message, _ in answer))
        finally:
            # An interrupt that comes too late for the function must not end the process.
            signal.signal(signal.SIGINT, signal.SIG_IGN)

    def _run(self, source: str, in_copy: bool) -> None:
        """Run a part of a test. in_copy: in a copy of this process, so the next part finds nothing of what it did."""
        if not in_copy:
            self._send_what_comes_of(source)
            return
        copy = fork()
        if copy:
            if os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1]) != _ANSWERED:
                self._send_end_of_fork()
            return
        status = 1
        try:
            self._turns.begin_in_fork()
            self._send_what_comes_of(source)
            status = _ANSWERED
        finally:
            os._exit(status)

    def _send_what_comes_of(self, source: str) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        ran = self._what_comes_of(source)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        self._send(ran)

    def _what_comes_of(self, source: str) -> answers.Ran:
        # Not by the shell, which a learner may have told what to do with cells.
        with self._shell.builtin_trap:
            try:
                return answers.Ran(True, _points_in(run_as_cell(source, self._names, _TEST, ())))
            except BaseException as fault:
                # At worst it runs again where it stands.
                return answers.Ran(False, None, self._files.have_changed(at_all=True), _line_of(fault))

    def _send(self, answer: answers.Answer, *values: bytes) -> None:
        message = {
            "channel": "shell",
            "header": {"msg_type": "answer"},
            "parent_header": {},
            "metadata": {},
            "content": answers.content_of(answer),
            "buffers": list(values),
        }
        with self._turns, contextlib.suppress(BrokenPipeError):
            self._connection.sendall(wire.pack(message))


class FilesRead:
    """The files that a function opens, and whether they are what they were at its test.

    Attributes:
        times: test -> when the notebook came to it.
    """

    def __init__(self) -> None:
        self.times: dict[str, int] = {}
        self._since: int | None = None
        self._paths: list[str | bytes] = []
        self._called = 0

    def begin(self, test: str) -> None:
        """Note from now on which files are opened."""
        if self._since is None:
            sys.addaudithook(self._hear)
        self._since = self.times.get(test, time.time_ns())

    def forget(self) -> None:
        """Begin another call."""
        self._paths.clear()
        self._called = time.time_ns()

    def have_changed(self, at_all: bool = False) -> bool:
        """Return whether a file, or the folder of one that is gone, was changed between the test and the call.

        at_all: whether what the call changes counts, too.
        """
        return any(self._has_changed(path, at_all) for path in self._paths)

    def _has_changed(self, path: str | bytes, at_all: bool) -> bool:
        with contextlib.suppress(OSError, ValueError):
            there = path if os.path.exists(path) else os.path.dirname(path) or "."
            # The clock of files is a little behind: what the call itself writes is not meant.
            changed = os.stat(there).st_mtime_ns
            return (self._since or 0) < changed and (at_all or changed < self._called - _FILES_BEHIND)
        return False

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event in ("open", "sqlite3.connect") and isinstance(arguments[0], (str, bytes)):
            self._paths.append(arguments[0])


def _note(containers: list[object], form: forms.Value, container: Any) -> Any:
    containers.append(container)
    return container


def _shares(given: range, result: Numbers, arguments: Numbers | None = None) -> bool:
    """Return whether a result, or arguments as a function left them, have a container that was there before.

    given: the numbers of the containers that the arguments had.
    """
    others = [number for _, number in arguments.others] if arguments else []
    return bool(result.others) or not set(others) <= set(given) or len(set(others)) < len(others)


def _line_of(fault: BaseException) -> int | None:
    """Return in which line of a test an error ended it."""
    lines = [line for frame, line in traceback.walk_tb(fault.__traceback__) if frame.f_code.co_filename == _TEST]
    return lines[0] if lines else None


def _points_in(value: object) -> float | None:
    """Return the points that nbgrader would read, if a test ends with them, or None; -1 for what is not a number."""
    with contextlib.suppress(Exception):
        points = float(repr(value)[:100])
        return points if math.isfinite(points) else -1.0
    return None


def _text_in(printed: io.StringIO) -> str:
    return printed.getvalue()[: answers.MOST_PRINTED].encode(errors="replace").decode()


def _do(how: str, value: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """Do what the judge asks for with an object that stays here. how: a name of `ABILITIES`, or one of these."""
    if how == "get":
        return getattr(value, *args)
    if how == "set":
        return setattr(value, *args)
    if how == "base":
        return Base(value)
    if how == "__iter__":
        return Chunks(iter(value))
    if how == "take":
        # Questions are told apart by the place of their first item.
        return Chunks.take(value, args[0])
    if how == "state":
        return _state_of(value)
    if how == "apply":
        path, *others = args
        module, _, name = path.partition(":")
        return getattr(importlib.import_module(module), name)(value, *others)
    return ABILITIES[how](value, *args, **kwargs)


def _state_of(value: Any) -> tuple[Any, ...]:
    """Return what an object holds, whatever its methods say: its class, its attributes, and what it is besides."""
    return type(value), object.__getstate__(value), Base(value) if is_data(type(value)) else None


@contextlib.contextmanager
def figures_closed() -> Iterator[None]:
    """Close the figures that are opened meanwhile: nothing else must draw on them."""
    before = _open_figures()
    yield
    for number in _open_figures() - before:
        with contextlib.suppress(Exception):
            sys.modules["matplotlib.pyplot"].close(number)


def _folder() -> str | None:
    """Return the working folder, if it is still there."""
    with contextlib.suppress(OSError):
        return os.getcwd()
    return None


def _open_figures() -> set[int]:
    pyplot = sys.modules.get("matplotlib.pyplot")  # the call may be what imports it
    # A learner may have replaced what is asked here.
    with contextlib.suppress(Exception):
        return set(pyplot.get_fignums()) if pyplot else set()
    return set()
