"""The process that judges tests out of a learner's reach: it runs the teacher's code and nothing of the learner's.

It is forked from the fork server into a sandbox of its own, with the teacher's files around it. The grader tells it the
steps of the notebook (`teachers_part`), then one test after another. It asks the notebook for the learner's names; what
stays there has a stand-in. Its messages, both ways, have the form of a kernel's:

    begin      steps of the notebook, and the folder of what was handed out                  to the judge
    test       name, source, its part that was handed out, its hidden lines, a way, a time   to the judge
    ask, do    for a name; with what stays in the notebook. The answer is `data` or `error`  from the judge
    finding    what became of the test                                                       from the judge
"""

import ast
import builtins
import contextlib
import copy
import math
import os
import socket
import sys
import time
import traceback
from collections import defaultdict, deque
from collections.abc import Callable, Collection
from dataclasses import asdict, replace
from functools import partial
from types import FrameType, ModuleType
from typing import Any, NoReturn

import msgspec

from secondcar.grading import wire
from secondcar.grading.judging.abilities import READING, family
from secondcar.grading.judging.cell_code import (
    ANSWER,
    HARMLESS_MAGICS,
    OPEN,
    TEST,
    Step,
    assigned_names,
    bound_names,
    constants_of,
    definitions_of,
    parse_cell,
)
from secondcar.grading.judging.copies import in_copy
from secondcar.grading.judging.findings import WITH_LEARNERS_DATA, WITH_MODULES, WITH_OBJECTS, JudgeFinding
from secondcar.grading.judging.forms import NotPlain
from secondcar.grading.judging.garbling import garbled, with_plain_labels
from secondcar.grading.judging.packing import kind_of, pack
from secondcar.grading.judging.stand_ins import stand_in, token_of
from secondcar.grading.judging.unpacking import blind_spots, unpack, unpack_error
from secondcar.grading.records import Needs, Way
from secondcar.note_format import questions_in

Question = tuple[object, ...]  # its kind, then what it asks for

# How its code is called in tracebacks.
TEST_FILE = "<test>"

_CHANGES = "a function changes what it is given, and the test passes only if the change is ignored"
_MODULE = "what the notebook has under the name of a module is not that module"
_IMPORTED = "it passes only with what the notebook has under a name that the solution imports"
_SET = "it passes only with what the notebook has under a name that a cell of the teacher's sets"
_DEAF = "it passes whatever the values of the answer are"
_PERHAPS_DEAF = "it takes too long to find out whether it looks at the values of the answer"
_ORDERED = "the answer gives its values an order of their own, which comparisons follow"
_LABELS = "it passes only with the labels that the answer gives its rows, and the solution's are counted"
_WORKED = "an object of the notebook cannot be used there as the solution's objects are"

# Reading gives the same each time; an iterator is asked from a given item on.
_READ = {"get", "take", *READING} - {"__call__"}

# How many seconds to wait for a look with other values.
_PATIENCE = 10


class GraderGone(BaseException):
    """The grader has closed the connection: there is nothing left to do."""


def run(connection: socket.socket, arguments: list[str]) -> None:
    """Judge one notebook until the grader closes the connection."""
    # The course's own modules are there.
    sys.path.insert(0, os.getcwd())
    with contextlib.suppress(GraderGone):
        wire = Wire(connection)
        judge = Judge(**wire.receive()["content"], wire=wire)
        while True:
            request = wire.receive()["content"]
            way = msgspec.convert(request.pop("way"), Way)
            wire.send("finding", asdict(judge.judge(**request, way=way)))


class Wire:
    """The connection to the grader, and over it the way to the notebook."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self.begin()

    def begin(self, acts: bool = False, changes_arguments: bool = False, worked: Collection[str] | None = None) -> None:
        """Begin a test.

        Args:
            acts: whether methods of objects that stay in the notebook may be called.
            changes_arguments: whether what functions change in their arguments is changed here too.
            worked: what may be done with objects; None: anything.
        """
        self.acts, self.changes_arguments, self._may_be_worked = acts, changes_arguments, worked
        # What was done with objects.
        self.worked: set[str] = set()
        # Whether a function changed what it was given, here or there.
        self.arguments_changed = False
        # What the test asked for and did not get.
        self.refused: str | None = None
        # What it may do without in silence; then it says nothing that it passes.
        self.withheld: str | None = None
        self.said: list[tuple[Question, wire.Message]] = []
        self._to_say_again: dict[Question, deque[wire.Message]] = {}
        # Makes other values of the answers', as messages.
        self._other_values: Callable[[bytes], bytes] | None = None
        # What was read of objects since the last time that the notebook could change them.
        self._read: dict[Question, wire.Message] = {}
        # How often an object of the notebook's was handed over to a function there.
        self._handed_over = 0
        # What was changed here, and copies of what it was before.
        self._changed: list[tuple[Any, Any]] = []

    def look_again(self, changes_arguments: bool, other_values: Callable[[bytes], bytes] | None = None) -> None:
        """Begin another look at a test: a question that was asked before gets the same answers again.

        other_values: makes others in their place, as messages; nothing else is asked then.
        """
        self.changes_arguments, self._other_values = changes_arguments, other_values
        self._read = {}
        self._to_say_again = defaultdict(deque)
        for question, answer in self.said:
            self._to_say_again[question].append(answer)

    def send(self, kind: str, content: dict[str, Any], buffers: tuple[bytes, ...] = ()) -> None:
        header = {"msg_type": kind}
        message = {"channel": "shell", "header": header, "parent_header": {}, "metadata": {}, "content": content}
        try:
            wire.send(self._connection, {**message, "buffers": list(buffers)})
        except OSError:
            raise GraderGone from None

    def receive(self) -> wire.Message:
        try:
            return wire.receive(self._connection)[0]
        except (EOFError, OSError):
            raise GraderGone from None

    def ask(self, name: str) -> Any:
        """Return what the learner has under a name. Raises KeyError if there is nothing."""
        answer = self._answer(("ask", name), {"name": name}, ())
        if answer["content"]["kind"] == "missing":
            raise KeyError(name)
        return self._values(answer)[0]

    def do(self, token: int, how: str, *args: Any, **kwargs: Any) -> Any:
        """Have something done with an object that stays in the notebook. Raises what is raised there."""
        self._note_work(how)
        before = self._handed_over
        message = pack((args, kwargs), self._token_of, iterators_stay=False)
        content = {"token": token, "how": how, "line": _line_of_test()}
        question = ("do", token, how, message)
        is_read = how in _READ and (how == "take" or not self.acts)
        if self.acts or self._handed_over > before:
            self._read = {}
        answer = (is_read and self._read.get(question)) or self._answer(question, content, (message,))
        if is_read:
            self._read[question] = answer
        value, *changed = self._values(answer)
        if changed:
            self.arguments_changed = True
            if self.changes_arguments:
                self._change(args, changed[0][0])
        return value

    def _note_work(self, how: str) -> None:
        work = family(how)
        if work is None:
            return
        self.worked.add(work)
        if self._may_be_worked is not None and work not in self._may_be_worked:
            self.refuse(_WORKED, how)

    def _change(self, args: tuple[Any, ...], changed: tuple[Any, ...]) -> None:
        for one, made in zip(args, changed, strict=True):
            if type(one) is type(made):
                self._changed.append((one, copy.copy(one)))
                _become(one, made)

    def undo_changes(self) -> None:
        """Undo what functions changed here: the next test must not see it."""
        while self._changed:
            one, before = self._changed.pop()
            _become(one, before)

    def blind_spots(self) -> set[str]:
        """Return what the answers to this test hold that comparisons do not see."""
        found: set[str] = set()
        begun: set[Question] = set()
        for question, answer in self.said:
            for place, part in enumerate(answer.get("buffers", ())):
                # Each iterator ends with an empty portion, and a function may be called without arguments.
                found |= blind_spots(part) - ({"empty"} if place or question[:3] in begun else set())
            if question[2:3] == ("take",):
                begun.add(question[:3])
        return found

    def refuse(self, why: str, kind: str) -> NoReturn:
        """Note that a test asked for something that is not available, and of what kind of object; raise NotPlain."""
        self.note(why, kind)
        raise NotPlain(f"{why} ({kind})")

    def note(self, why: str, kind: str) -> None:
        """Note it without raising an error."""
        self.refused = self.refused or why

    def withhold(self, why: str) -> None:
        """Note that a test looked for something that is not available, and perhaps does without."""
        self.withheld = why

    def _answer(self, question: Question, content: dict[str, Any], buffers: tuple[bytes, ...]) -> wire.Message:
        if self._to_say_again.get(question):
            return self._to_say_again[question].popleft()
        if self._other_values:
            raise NotPlain("With other values it asks something else.")
        self.send(str(question[0]), content, buffers)
        answer = self.receive()
        self.said.append((question, answer))
        return answer

    def _values(self, answer: wire.Message) -> list[Any]:
        """Return the value that was asked for and, if they were changed, the arguments. Raises what was raised."""
        buffers = answer["buffers"]
        sys.stdout.write(answer["content"].get("printed", ""))
        if answer["content"]["kind"] == "error":
            raise unpack_error(buffers[0])
        try:
            if self._other_values:
                buffers = list(map(self._other_values, buffers))
            return [unpack(part, lambda form: stand_in(form, self)) for part in buffers]
        except NotPlain as problem:
            self.refuse("what came from the notebook is not a value", str(problem))

    def _token_of(self, value: object) -> int:
        self._handed_over += 1
        token = token_of(value)
        if token is None:
            self.refuse("the test hands an object of its own to the notebook", kind_of(value))
        return token


def _line_of_test() -> int | None:
    """Return the line of the test that is running."""
    frame: FrameType | None = sys._getframe()
    found = None
    while frame:
        found = frame.f_lineno if frame.f_code.co_filename == TEST_FILE else found
        frame = frame.f_back
    return found


def _become(old: Any, new: Any) -> None:
    """Make a list, dictionary, set, array or table what another one is."""
    numpy, pandas = sys.modules.get("numpy"), sys.modules.get("pandas")
    if isinstance(old, list):
        old[:] = new
    elif isinstance(old, (dict, set)):
        old.clear()
        old.update(new)
    elif numpy and isinstance(old, numpy.ndarray) and old.shape == new.shape:
        old[...] = new
    elif pandas and isinstance(old, (pandas.Series, pandas.DataFrame)):
        old._update_inplace(new)


class NamesOfTest(dict[str, Any]):
    """The names a test sees: the teacher's, and through `missing` the learner's, each looked up when it is used.

    The judge does not know which names the notebook has: `refuse` says so to a test that asks for all of them.
    """

    def __init__(self, missing: Callable[[str], Any], refuse: Callable[[str, str], NoReturn]) -> None:
        super().__init__(__name__="__main__", __builtins__=builtins)
        self._missing, self._refuse = missing, refuse
        # Names that the test deleted: the notebook still has them.
        self.deleted: set[str] = set()

    def __missing__(self, name: str) -> Any:
        if name in self.deleted:
            raise KeyError(name)
        return self._missing(name)

    def __delitem__(self, name: str) -> None:
        if name not in self:
            raise KeyError(name)
        self.pop(name, None)
        self.deleted.add(name)

    def get(self, name: str, default: Any = None) -> Any:
        try:
            return self[name]
        except KeyError:
            return default

    def __contains__(self, name: object) -> bool:
        if not isinstance(name, str):
            return False
        try:
            self[name]
        except KeyError:
            return False
        return True

    def _refuse_all(self, *args: Any) -> NoReturn:
        self._refuse("what names there are in the notebook is not known there", "names")

    keys = values = items = copy = __iter__ = __len__ = __or__ = _refuse_all


class Main(ModuleType):
    """The module `__main__` of a test, for whoever asks for it by that name."""

    _names: NamesOfTest

    def __init__(self, names: NamesOfTest) -> None:
        super().__init__("__main__")
        object.__setattr__(self, "_names", names)

    @property
    def __dict__(self) -> NoReturn:  # type: ignore[override]  # a look at all names is refused
        self._names._refuse_all()

    def __getattr__(self, name: str) -> Any:
        try:
            return self._names[name]
        except KeyError:
            raise AttributeError(name) from None


class Judge:
    """Runs the tests of one notebook."""

    def __init__(self, steps: list[Step], folder: str, wire: Wire) -> None:
        """folder: holds what was handed out; not the one this runs in, if that has private answers."""
        self._wire = wire
        self._start, self._handed_out = os.getcwd(), os.path.abspath(folder)
        self._names = NamesOfTest(self._look_up, wire.refuse)
        sys.modules["__main__"] = Main(self._names)
        self._steps = steps
        self._done = 0
        # Names that only learners bind, although Python has them, too.
        self._learners: set[str] = set()
        self._assigned: set[str] = set()
        # Names that the teacher's answers import, and the imports there.
        self._imports: dict[str, str] = {}
        # The imports of all names of a module there.
        self._imports_of_all: list[str] = []
        # Whether modules that they import are the judge's own, which nothing in the notebook has changed.
        self._own_modules = True
        # Whether all else that they import is the judge's own, too.
        self._all_own = False
        # Why a test that used any of it has to pass with the judge's own as well.
        self._could_be_own: str | None = None
        # The values that cells which are not locked write out: name -> the assignments there.
        self._constants: dict[str, str] = {}
        # Of these, the names whose values the answers change.
        self._changed_constants: set[str] = set()
        self._passed_over: dict[str, str] = {}
        self._fetched: dict[str, Any] = {}
        # What a test displayed, and in which of its lines.
        self._displayed: list[tuple[int | None, dict[str, Any]]] = []
        # In a notebook, IPython puts it there. Nobody sees what a judge shows.
        vars(builtins)["display"] = self._display

    def judge(
        self, name: str, source: str, visible: str, hidden: list[int], way: Way, seconds: float | None
    ) -> JudgeFinding:
        """Run a test and return what became of it.

        visible: what was handed out of it; hidden: the numbers of the other lines; seconds: its time, None: any.
        """
        self._end = time.monotonic() + (math.inf if seconds is None else seconds)
        self._catch_up(name)
        learners_data = way.kind == WITH_LEARNERS_DATA
        self._own_modules, self._all_own, self._could_be_own = way.kind != WITH_MODULES, False, None
        self._changed_constants = set(way.needs.changed) if way.needs else set()
        self._finds_needs = way.needs is None
        acts = way.kind in (WITH_OBJECTS, WITH_MODULES)
        self._wire.begin(acts, learners_data, way.needs.worked if way.needs else None)
        learners = self._assigned if way.needs is None else self._assigned & set(way.needs.changed)
        put_aside = {one: self._names.pop(one) for one in learners if learners_data and one in dict.keys(self._names)}
        try:
            found = self._look(source, visible, hidden)
            changed = [
                one for one, value in put_aside.items() if one in self._fetched and _differ(self._fetched[one], value)
            ]
            needs = Needs((*changed, *sorted(self._changed_constants)), tuple(sorted(self._wire.worked)))
            spots = self._wire.blind_spots() if found.passed else set()
            if found.passed and way.needs is None:
                deaf = self._is_deaf(found, source) is not False
                needs = replace(needs, deaf=deaf, spots=tuple(sorted(spots)))
            elif way.needs is not None and (why := self._why_compared_with_nothing(found, source, way.needs, spots)):
                found = replace(found, passed=False, refused=why)
            return replace(found, needs=needs)
        finally:
            self._wire.undo_changes()
            for one, value in put_aside.items():
                self._names.setdefault(one, value)
            self._passed_over = {one: text for one, text in self._passed_over.items() if text != source}

    def _look(self, source: str, visible: str, hidden: list[int]) -> JudgeFinding:
        """Run a test, and part of it again where that tells more."""
        found = self._run(source)
        is_private = self._handed_out != self._start
        shown = [one for line, one in self._displayed if is_private and line is not None and line not in hidden]
        questions = [asked for _, one in self._displayed for asked in questions_in(one["metadata"])]
        return replace(self._look_again(found, source, visible, hidden), shown=shown, questions=questions)

    def _look_again(self, found: JudgeFinding, source: str, visible: str, hidden: list[int]) -> JudgeFinding:
        if found.passed:
            return self._look_strictly(found, source)
        is_all = not hidden and self._handed_out == self._start
        if is_all or found.line in hidden:
            return replace(found, hidden=found.line in hidden)
        # A line that was handed out failed, perhaps because of what a hidden one made, or of private answers.
        refused = self._wire.refused
        self._wire.look_again(self._wire.changes_arguments)
        with contextlib.chdir(os.path.join(self._handed_out, os.path.relpath(os.getcwd(), self._start))):
            found_again = self._run(visible)
        return replace(found, hidden=True, refused=refused) if found_again.passed else found_again

    def _look_strictly(self, found: JudgeFinding, source: str) -> JudgeFinding:
        """Run a test that passed once more for each thing that may have deceived it: it has to give the same."""
        changes_arguments = self._wire.changes_arguments
        if self._wire.arguments_changed and not changes_arguments:
            self._wire.look_again(changes_arguments=True)
            if not self._gives_again(found, source):
                return replace(found, passed=False, refused=_CHANGES)
            self._wire.undo_changes()
        if self._could_be_own:
            self._wire.look_again(changes_arguments)
            self._all_own = True
            if not self._gives_again(found, source):
                return replace(found, passed=False, refused=self._could_be_own)
        return found

    def _why_compared_with_nothing(self, found: JudgeFinding, source: str, needs: Needs, spots: set[str]) -> str | None:
        """Return why a test that passed may have compared nothing with the answer, or None. spots: those of it."""
        if spots - {"places"} and not needs.deaf and (deaf := self._is_deaf(found, source)) is not False:
            return _DEAF if deaf else _PERHAPS_DEAF
        if "ordered" in spots and "ordered" not in needs.spots:
            return _ORDERED
        counted = "places" in needs.spots and "labels" not in needs.spots
        if "labels" in spots and counted and not self._gives_the_same_with(with_plain_labels, found, source):
            return _LABELS
        return None

    def _is_deaf(self, found: JudgeFinding, source: str) -> bool | None:
        """Return whether a test gives the same with larger and with smaller values in place of the answers'.

        None: that takes too long to find out.
        """
        larger = self._gives_the_same_with(partial(garbled, sign=1), found, source)
        if larger is False:
            return False
        return self._gives_the_same_with(partial(garbled, sign=-1), found, source) and larger

    def _gives_the_same_with(
        self, other_values: Callable[[bytes], bytes], found: JudgeFinding, source: str
    ) -> bool | None:
        def look() -> bool:
            self._wire.undo_changes()
            self._wire.look_again(self._wire.changes_arguments, other_values)
            self._all_own = True
            return self._gives_again(found, source)

        # What is left of the test's time is for other looks, too.
        return in_copy(look, min(_PATIENCE, (self._end - time.monotonic()) / 4))

    def _gives_again(self, found: JudgeFinding, source: str) -> bool:
        again = self._run(source)
        return again.passed and again.points == found.points

    def _run(self, source: str) -> JudgeFinding:
        self._fetched, self._displayed, self._wire.withheld = {}, [], None
        self._names.deleted.clear()
        try:
            points = self._run_test(source)
            withheld = self._wire.withheld
            return JudgeFinding(not withheld, points=points, asked=bool(self._wire.said), refused=withheld)
        except GraderGone:
            raise
        except BaseException as fault:
            lines = [frame.lineno for frame in traceback.extract_tb(fault.__traceback__) if frame.filename == TEST_FILE]
            refused = self._wire.refused or self._wire.withheld
            return JudgeFinding(False, line=lines[0] if lines else None, refused=refused, fault=_one_line(fault))

    def _display(
        self, *objects: Any, raw: bool = False, metadata: dict[str, Any] | None = None, **options: Any
    ) -> None:
        """Stand in for IPython's `display`."""
        if raw:
            self._displayed += [(_line_of_test(), {"data": one, "metadata": metadata or {}}) for one in objects]

    def _catch_up(self, name: str) -> None:
        """Do what the teacher's cells above a test do."""
        places = [place for place, step in enumerate(self._steps) if step["name"] == name]
        end = places[0] if places else len(self._steps)
        for step in self._steps[self._done : end]:
            with contextlib.suppress(Exception, SystemExit):
                self._take(step)
        self._done = max(self._done, end + 1)

    def _take(self, step: Step) -> None:
        module = parse_cell(step["source"])
        if step["kind"] == TEST:
            # It was not judged here; only names that it bound may still be needed.
            self._passed_over |= dict.fromkeys(bound_names(module), step["source"])
            return
        self._learners -= bound_names(module)
        constants = ast.Module([], [])
        if step["kind"] == OPEN:
            module, constants = definitions_of(module), constants_of(module)
        elif step["kind"] != ANSWER:
            self._assigned |= assigned_names(module)
        try:
            if step["kind"] != ANSWER:
                exec(compile(module, "<cell>", "exec"), self._names)
        finally:
            for name in step["learners"]:
                self._names.pop(name, None)
                self._imports.pop(name, None)
                self._constants.pop(name, None)
                self._learners.add(name)
        self._constants |= dict.fromkeys(bound_names(constants), ast.unparse(constants))
        if step["kind"] == ANSWER:
            self._imports |= dict.fromkeys(bound_names(module), step["source"])
            self._imports_of_all += [step["source"]] if "*" in step["source"] else []

    def _run_test(self, source: str) -> str | None:
        """Run a test; return the number it ends with, as IPython shows it, or None."""
        module = parse_cell(source, HARMLESS_MAGICS)
        last = module.body[-1] if module.body else None
        shown = None
        if isinstance(last, ast.Expr) and not source.rstrip().endswith(";"):
            shown = ast.Expression(last.value)
            module.body.pop()
        exec(compile(module, TEST_FILE, "exec"), self._names)
        value = eval(compile(shown, TEST_FILE, "eval"), self._names) if shown else None
        if isinstance(value, float):
            # numpy's own bool is one, and would be shown in other words.
            return repr(float(value))
        return repr(value) if isinstance(value, int) and not isinstance(value, bool) else None

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
        value = self._wire.ask(name)
        self._fetched[name] = self._own(name, value) if self._own_modules else value
        return self._fetched[name]

    def _own(self, name: str, value: Any) -> Any:
        """Return what the teacher's answers import under a name in place of what the notebook has there, if they do.

        Only a module is certainly not what learners were asked for. A function could be, so a test has to pass with
        the notebook's, and then with this.
        """
        if name in self._constants:
            return self._own_constant(name, value)
        own = self._imported(name)
        if isinstance(own, ModuleType):
            if token_of(value) is None or getattr(value, "__name__", None) != own.__name__:
                self._wire.refuse(_MODULE, name)
            return own
        if own is None or self._all_own:
            return value if own is None else own
        self._could_be_own = _IMPORTED
        return value

    def _own_constant(self, name: str, value: Any) -> Any:
        """Return what a cell of the teacher's, which learners may change, gives a name in place of what it has now."""
        found = {name: value}
        with contextlib.suppress(Exception):
            exec(self._constants[name], found)
        if self._finds_needs and _differ(value, found[name]):
            self._changed_constants.add(name)
        if name in self._changed_constants:
            return value
        if self._all_own or not _differ(value, found[name]):
            return found[name]
        self._could_be_own = _SET
        return value

    def _imported(self, name: str) -> Any:
        """Return what the teacher's answers import under a name, or None."""
        found: dict[str, Any] = {}
        of_all = [] if name in self._learners else self._imports_of_all
        for source in (self._imports.get(name, ""), *of_all):
            with contextlib.suppress(Exception, SystemExit):
                exec(source, found)
        return found.get(name)


def _differ(one: Any, other: Any) -> bool:
    """Return whether two values are not the same data, or not data."""
    try:
        return pack(one, _stays) != pack(other, _stays)
    except NotPlain:
        return True


def _stays(value: object) -> NoReturn:
    raise NotPlain(kind_of(value))


def _one_line(fault: BaseException) -> str:
    try:
        text = str(fault)
    except Exception:
        text = ""
    return " ".join(f"{type(fault).__name__}: {text}".split())[:300]


def main(file: int, arguments: list[str]) -> None:
    """Be a judge in a Python process started for it. file: the descriptor of the open connection."""
    del sys.path[0]
    run(socket.socket(fileno=file), arguments)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
