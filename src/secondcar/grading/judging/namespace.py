"""What the names of a test hold: what is the teacher's is worked out here, and the learner's is asked for."""

import ast
import builtins
import contextlib
import copy
import itertools
import os
import re
import signal
import sys
import traceback
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import partial
from types import FrameType, ModuleType
from typing import Any, NoReturn

from secondcar.grading.judging.amounts import numbers_in
from secondcar.grading.judging.answering import figures_closed
from secondcar.grading.judging.asking import TEST_FILE, Asking, line_of_test
from secondcar.grading.judging.cell_code import (
    ANSWER,
    HARMLESS_MAGICS,
    LOCKED,
    OPEN,
    TEST,
    Step,
    assigned_names,
    bound_names,
    changed_names,
    definitions_of,
    earlier_answers,
    names_bound_in,
    names_used,
    own_exercise,
    parse_cell,
    run_as_cell,
)
from secondcar.grading.judging.copies import in_copy
from secondcar.grading.judging.findings import WITH_LEARNERS_DATA, WITH_MODULES
from secondcar.grading.judging.forms import NotPlain
from secondcar.grading.judging.given import WHOLE, digest_of, has_all, leaves, left_alone, with_parts_of
from secondcar.grading.judging.packing import differ, pack, stays
from secondcar.grading.judging.self_contained import settings
from secondcar.grading.judging.sharing import part_of
from secondcar.grading.judging.stand_ins import token_of
from secondcar.grading.judging.unpacking import unpack
from secondcar.grading.records import Way

_GIVEN = (
    "it passes only with data of the teacher's or of an earlier exercise that the notebook has changed, and the "
    "solution leaves as they are"
)
_MODULE = "what the notebook has under the name of a module is not that module"
_CARRIED_OUT = "the test may carry out a text of the notebook's"
_IMPORTED = "it passes only with what the notebook has under a name that the solution imports"

# What Python says is about to happen when a text, or a pickle, is carried out.
_CARRIES_OUT = {"compile", "os.exec", "os.posix_spawn", "os.system", "pickle.find_class", "subprocess.Popen"}
# These import modules, read a text without carrying it out, or make code of names and annotations of their own.
_HARMLESS = ("ast", "collections", "dataclasses", "importlib", "secondcar", "symtable", "typing")

# What a namespace knows of the cells that were done.
_OF_CELLS = (
    "_learners",
    "_assigned",
    "_imports",
    "_imports_of_all",
    "_cells",
    "_in_answers",
    "_worked_out",
    "_left",
    "_done",
)

# What a cell that learners may change works out is worked out again in this time, or not at all.
_SECONDS_FOR_OWN = 10
# An answer of the solution's counts as one that can be worked out again if it takes this time at most.
SECONDS_FOR_ANSWER = 1


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


@dataclass(frozen=True)
class _Undone:
    """A cell of the teacher's that was not done where it stands.

    Attributes:
        names: what there was above it.
        left: as in `Namespace`, above it.
    """

    source: str
    names: dict[str, Any]
    left: dict[str, int]


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


class Namespace:
    """The names of one test after another, and what a look at it changes of them.

    Attributes:
        fetched: what the test asked for: name -> what it got.
        displayed: what it displayed, and in which of its lines.
        notebooks_modules, modules_asked: the modules that are the notebook's where the solution's answers import them,
            all of them while that is found out (None); and those that the test asked for.
        all_own, could_be_own: whether all else that they import is the judge's own, too; and why a test that used any
            of it has to pass with the judge's own as well.
        put_aside: what locked cells give the names that the test takes from the notebook.
        left_aside: those of these names that cells give which were not done here.
        given_found: what the solution leaves as it was: name -> part -> digest.
        given_changed: the names of which the notebook has changed that, but for what locked cells give.
        finds_needs: whether it is found out what the teacher's own answers need.
        earlier, taken_over: answers of earlier exercises -> the solution's cell; and those that the test has from it.
    """

    def __init__(self, steps: list[Step], asking: Asking) -> None:
        self._asking = asking
        self._names = NamesOfTest(self._look_up, asking.refuse)
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
        # Whether what they import is the notebook's.
        self._with_modules = False
        self.notebooks_modules: Collection[str] | None = None
        self.modules_asked: set[str] = set()
        self.all_own = False
        self.could_be_own: str | None = None
        # The cells that are not locked and give names a value, and the names that answer cells themselves give one.
        self._cells: dict[str, list[str]] = {}
        self._in_answers: set[str] = set()
        # Name -> what that gives, as a message.
        self._worked_out: dict[str, bytes] = {}
        self._works_out = False
        self.put_aside: dict[str, Any] = {}
        self.left_aside: dict[str, int] = {}
        # What the solution leaves; None while that is found out.
        self._given: dict[str, dict[str, str]] | None = None
        self.given_found: dict[str, dict[str, str]] = {}
        self.given_changed: set[str] = set()
        # The names whose values are each notebook's own, and what that had there above the exercise: name -> message.
        self._notebooks: set[str] = set()
        self._had: dict[str, bytes] = {}
        self.finds_needs = False
        # Whether the solution's answers give points.
        self._gives_points = False
        self.earlier: dict[str, str] = {}
        self.taken_over: Collection[str] = ()
        # The solution's cells -> what they gave; and the names that they give anew -> what these held above.
        self._own_answers: dict[str, Mapping[str, Any]] = {}
        self._found_by: dict[str, dict[str, Callable[[], Any]]] = {}
        # The teacher's cells that were not done here; and by name the place among them of the last that binds it, if no
        # cell below does.
        self._undone: list[_Undone] = []
        self._left: dict[str, int] = {}
        # What some of them gave names when a test needed that, by place.
        self._made: dict[int, dict[str, Any]] = {}
        # The state of the above at each test.
        self._at_tests: dict[str, dict[str, Any]] = {}
        # What the notebook had under names at each test, and at those above this one: name -> message.
        self._told: dict[str, dict[str, bytes]] = {}
        self._above: dict[str, bytes] = {}
        self.fetched: dict[str, Any] = {}
        self.displayed: list[tuple[int | None, dict[str, Any]]] = []
        # In a notebook, IPython puts it there. Nobody sees what a judge shows.
        vars(builtins)["display"] = self._display

    @contextlib.contextmanager
    def of_test(self, name: str, source: str, way: Way, handed: Mapping[str, bytes]) -> Iterator[None]:
        """Have the names of a test hold what they do in a way to judge it.

        source: of the test. handed: what locked cells gave names in the notebook, as messages.
        """
        # The cells above it get nothing that came for another test, and from another fork, perhaps.
        self._asking.begin()
        self.begin_again()
        is_last = self.catch_up(name)
        # One that is judged after tests below it finds what it would have found before, and leaves nothing.
        with contextlib.nullcontext() if is_last else self.kept():
            if not is_last and name in self._at_tests:
                self._become(self._at_tests[name])
            self._begin(name, way, handed)
            try:
                yield
            finally:
                told = [(question, said["buffers"]) for question, said in self._asking.said if question[0] == "ask"]
                self._told[name] = {str(question[1]): buffers[0] for question, buffers in told if buffers}
                for one, value in self.put_aside.items():
                    self._names.setdefault(one, value)
                self._left |= self.left_aside
                self._left = {one: place for one, place in self._left.items() if self._undone[place].source != source}

    def _begin(self, name: str, way: Way, handed: Mapping[str, bytes]) -> None:
        """Begin a test: arguments as for `of_test`."""
        above = itertools.takewhile(lambda step: step["name"] != name, self._steps)
        told = [self._told.get(step["name"] or "", {}) for step in above if step["kind"] == TEST]
        self._above = dict(itertools.chain.from_iterable(map(dict.items, told)))
        needs = way.needs
        self._with_modules, self.modules_asked = way.kind == WITH_MODULES, set()
        self.notebooks_modules = needs.modules if needs else None
        self.all_own, self.could_be_own = False, None
        self._made = {}
        self._test, self.earlier = name, earlier_answers(self._steps, name)
        self.finds_needs, self._gives_points = needs is None, bool(needs and needs.points)
        self._given = None if needs is None else _by_name(needs.given)
        self.given_found, self.given_changed = {}, set()
        learners = self._assigned if needs is None else self._assigned & set(needs.changed)
        put_aside = learners if way.kind == WITH_LEARNERS_DATA else set()
        self.put_aside = {one: self._names.pop(one) for one in put_aside & dict.keys(self._names)}
        # What is the learner's is asked for, and not made by cells that were left.
        self.left_aside = {one: self._left.pop(one) for one in put_aside & self._left.keys()}
        drawn = self.put_aside.keys() & handed.keys() if needs is None else set(needs.drawn)
        self._notebooks = self.earlier.keys() | drawn
        self._had = {
            one: known[one]
            for one in self._notebooks
            if one in (known := self._above if one in self.earlier else handed)
        }

    def surroundings_differ(self, test: str) -> Callable[[], bool]:
        """Return what says whether a test has changed what functions find around them, in this process alone.

        That is settings, and what Python itself and the modules and classes that the test names hold.
        """
        holders = [vars(builtins), *map(vars, self._modules_and_classes_in(test))]
        held = [{name: value for name, value in one.items() if not name.startswith("_")} for one in holders]
        before = settings(that_raise=True), dict(os.environ), sys.stdin

        def differ() -> bool:
            if (settings(that_raise=True), dict(os.environ), sys.stdin) != before:
                return True
            return any(
                one.get(name) is not value
                for one, known in zip(holders, held, strict=True)
                for name, value in known.items()
            )

        return differ

    def _modules_and_classes_in(self, text: str) -> Iterator[ModuleType | type]:
        """Yield the modules and classes that a text names, be it in quotation marks."""
        for words in set(re.findall(r"[^\W\d][\w.]*", text)):
            first, *others = words.split(".")
            found: Any = dict.get(self._names, first, sys.modules.get(first))
            for name in (*others, ""):
                if not issubclass(type(found), (ModuleType, type)) or found is sys.modules["__main__"]:
                    break
                yield found
                found = vars(found).get(name)

    def refuse_to_carry_out(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Refuse what would run a learner's text in this process: a hook for what `sys.audit` tells.

        A test may hand an answer to `eval`, to a shell or to a library that does so. Such a test runs in the notebook.
        """
        if event not in _CARRIES_OUT or self._works_out or not self._asking.was_told_text:
            return
        caller = sys._getframe(1)
        if event == "compile" and _stands_in_code(arguments[0], caller):
            return
        if str(caller.f_globals.get("__name__")).partition(".")[0] not in _HARMLESS:
            self._asking.refuse(_CARRIED_OUT, event)

    def begin_again(self) -> None:
        """Forget what was asked for: a test, or the cells above it, are about to run."""
        self.fetched, self.displayed = {}, []
        self._names.deleted.clear()

    @contextlib.contextmanager
    def kept(self) -> Iterator[None]:
        """Forget what a test of another exercise makes."""
        state = self._state()
        try:
            yield
        finally:
            self._become(state)

    def _state(self) -> dict[str, Any]:
        """Return what is known of the cells that were done."""
        known = {one: copy.deepcopy(getattr(self, one)) for one in _OF_CELLS}
        return {"_names": dict(dict.items(self._names)), **known}

    def _become(self, state: dict[str, Any]) -> None:
        self._names.clear()
        self._names.update(state["_names"])
        for one in _OF_CELLS:
            setattr(self, one, copy.deepcopy(state[one]))

    def test_of(self, name: str) -> str:
        """Return the test of the answer that binds a name."""
        above = self._steps[: self._done]
        bound = [place for place, step in enumerate(above) if step["kind"] == ANSWER and name in step["learners"]]
        return next(step["source"] for step in above[bound[-1] :] if step["kind"] == TEST)

    def of_locked_cells(self) -> Set[str]:
        """Return the names that the teacher's locked cells set."""
        return self._assigned & dict.keys(self._names)

    def run(self, source: str) -> str | None:
        """Run a test; return the number it ends with, as IPython shows it, or None."""
        value = run_as_cell(source, self._names, TEST_FILE, HARMLESS_MAGICS)
        if value is not None and self._gives_points and type(value).__module__ == "numpy" and value.shape == ():
            # The solution's answers give a number of Python's own.
            value = value.item()
        if isinstance(value, float):
            # numpy's own bool is one, and would be shown in other words.
            return repr(float(value))
        return repr(value) if isinstance(value, int) and not isinstance(value, bool) else None

    def answers_asked(self) -> Collection[str]:
        """Return the names that the test asked for and its exercise's answers bind.

        If there are none, earlier answers are what it tests, and if there are none, what the teacher's cells bind.
        """
        answers = [step["learners"] for step in self._steps[: self._done] if step["kind"] == ANSWER]
        asked = self.fetched.keys() & set(itertools.chain(*answers))
        return asked - self.earlier.keys() - self.teachers_data() or asked or self.fetched.keys()

    def teachers_data(self) -> set[str]:
        """Return the names that hold the teacher's data, with which the test has to pass whatever the notebook has."""
        given = self.given_found if self._given is None else self._given
        return {name for name, parts in given.items() if WHOLE in parts} - self.earlier.keys()

    def earlier_asked(self) -> dict[str, str]:
        """Return the answers of earlier exercises that the test asked for, each with its digest."""
        asked = {name: digest_of(value) for name, value in self.fetched.items() if name in self.earlier}
        return {name: digest for name, digest in asked.items() if name not in self.answers_asked()}

    def is_made_again(self, name: str) -> bool:
        """Return whether the solution gives a name what the notebook has, or had at a test above: not so by chance."""
        with contextlib.suppress(Exception):
            own, above = digest_of(self._solutions(name)), self._above.get(name)
            return own in ("", digest_of(self.fetched[name])) or bool(above and own == digest_of(unpack(above)))
        return False

    def made_here(self, name: str) -> tuple[Any, bool]:
        """Return what the solution gives a name with the data that the notebook had at the tests above.

        Return also whether there are such data. Raises what is raised when it is worked out.
        """
        source, data = self._answer_that_gives(name), {}
        module = parse_cell(source)
        for one in (names_used(module) - bound_names(module)) & self._above.keys():
            with contextlib.suppress(NotPlain):
                data[one] = unpack(self._above[one])
        return self._run_again(source, data)[name], bool(data)

    def own_part(self, name: str, path: Sequence[int]) -> Any:
        """Return what the teacher's locked cells put at a place of what a name holds, or None."""
        with contextlib.suppress(IndexError):
            return part_of(dict.get(self._names, name), path) if name in self._assigned else None
        return None

    def numbers_told(self, source: str) -> Collection[str]:
        """Return the numbers in a test and in what learners were given above it."""
        return set().union(*(numbers_in(step["source"]) for step in self._steps[: self._done]), numbers_in(source))

    def _display(
        self, *objects: Any, raw: bool = False, metadata: dict[str, Any] | None = None, **options: Any
    ) -> None:
        """Stand in for IPython's `display`."""
        if raw:
            self.displayed += [(line_of_test(), {"data": one, "metadata": metadata or {}}) for one in objects]

    def catch_up(self, name: str) -> bool:
        """Do what the teacher's cells above a test do. Return whether none below it have been done."""
        places = [place for place, step in enumerate(self._steps) if step["name"] == name]
        end = places[0] if places else len(self._steps)
        for place, step in enumerate(self._steps[self._done : end + 1], start=self._done):
            self._done = place + 1
            if step["kind"] == TEST:
                self._at_tests[step["name"] or ""] = self._state()
            if place == end:
                break
            above = self._as_it_is(step["source"])
            try:
                self._take(step)
            except (Exception, SystemExit):
                # Perhaps the notebook did not keep for this test what the cell needs; it does for one that needs it.
                if step["kind"] == LOCKED:
                    self._leave(above)
        return self._done == end + 1

    def _as_it_is(self, source: str) -> "_Undone":
        return _Undone(source, dict(dict.items(self._names)), dict(self._left))

    def _leave(self, cell: "_Undone") -> None:
        """Leave a cell for a test that needs its names."""
        self._become_of(cell)
        for name in names_bound_in(cell.source):
            self._names.pop(name, None)
            self._left[name] = len(self._undone)
        self._undone.append(cell)

    def _become_of(self, cell: "_Undone") -> None:
        self._names.clear()
        self._names.update(cell.names)
        self._left = dict(cell.left)

    def _take(self, step: Step) -> None:
        module = parse_cell(step["source"])
        if step["kind"] == TEST:
            # It was not judged here; only names that it bound may still be needed. Its functions need no run of it.
            self._leave(self._as_it_is(step["source"]))
            for part in definitions_of(module).body:
                with contextlib.suppress(Exception):
                    alone = ast.Module([part], [])
                    exec(compile(alone, "<cell>", "exec"), self._names)
                    self._left = {one: place for one, place in self._left.items() if one not in bound_names(alone)}
            return
        for name in names_bound_in(step["source"]):
            self._left.pop(name, None)
        self._learners -= names_bound_in(step["source"])
        if step["kind"] == OPEN:
            module = definitions_of(module)
        elif step["kind"] != ANSWER:
            self._assigned |= assigned_names(module)
        try:
            if step["kind"] != ANSWER:
                exec(compile(module, "<cell>", "exec"), self._names)
        finally:
            if step["kind"] == ANSWER:
                self._found_by[step["answer"]] = {name: self._holder_of(name) for name in step["learners"]}
            for name in step["learners"]:
                self._names.pop(name, None)
                self._imports.pop(name, None)
                self._worked_out.pop(name, None)
                self._left.pop(name, None)
                self._learners.add(name)
                if step["kind"] == ANSWER:
                    self._cells.pop(name, None)
        self._in_answers -= names_bound_in(step["source"]) | set(step["learners"])
        given = parse_cell(step.get("given", ""))
        for name in bound_names(given) | (changed_names(given) & self._cells.keys()):
            self._cells.setdefault(name, []).append(step["given"])
            self._worked_out.pop(name, None)
        self._in_answers |= bound_names(given) if step["kind"] == ANSWER else set()
        if step["kind"] == ANSWER:
            self._imports |= dict.fromkeys(names_bound_in(step["source"]), step["source"])
            self._imports_of_all += [step["source"]] if "*" in step["source"] else []

    def _made_by(self, place: int) -> dict[str, Any]:
        """Return what a cell that was left gives names, with the names above it as they were there."""
        if place not in self._made:
            cell, now = self._undone[place], self._as_it_is("")
            self._made[place] = {}
            self._become_of(cell)
            seen, self.fetched, self.displayed = (self.fetched, self.displayed), {}, []
            unfinished: Set[str] = set()
            try:
                with self._asking.for_cells_above():
                    self.run(cell.source)
            except (Exception, SystemExit) as fault:
                # What the rest of it names may be something else in the notebook.
                lines = [
                    frame.lineno for frame in traceback.extract_tb(fault.__traceback__) if frame.filename == TEST_FILE
                ]
                rest = [part for part in parse_cell(cell.source).body if (part.end_lineno or 0) >= (lines[0] or 0)]
                unfinished = names_used(ast.Module(rest, []))
            finally:
                bound = names_bound_in(cell.source) - unfinished
                self._made[place] = {one: value for one, value in dict.items(self._names) if one in bound}
                self._become_of(now)
                self.fetched, self.displayed = seen
        return self._made[place]

    def _look_up(self, name: str) -> Any:
        if self._works_out:
            return self._solutions(name)
        if name in self.taken_over:
            return self._solutions(name)
        if name in self.fetched:
            return self.fetched[name]
        if name in self._left and name in (made := self._made_by(self._left[name])):
            self._names[name] = made[name]
            return made[name]
        if hasattr(builtins, name) and name not in self._learners:
            raise KeyError(name)
        value = self._own(name, self._asking.ask(name))
        if self.finds_needs:
            self._note_what_is_left(name, value)
        elif self._given and name in self._given:
            value = self._with_what_was_given(name, value, self._given[name])
        self.fetched[name] = value
        return value

    def _own(self, name: str, value: Any) -> Any:
        """Return what the teacher's answers import under a name in place of what the notebook has there, if they do.

        Only a module is certainly not what learners were asked for. A function could be, so a test has to pass with
        the notebook's, and then with this.
        """
        own = self._imported(name)
        is_module = isinstance(own, ModuleType)
        if self._with_modules and (not is_module or self.notebooks_modules is None or name in self.notebooks_modules):
            self.modules_asked |= {name} if is_module else set()
            return value
        if self._with_modules and not self.all_own:
            self.could_be_own = _IMPORTED
            return value
        if is_module:
            if token_of(value) is None or getattr(value, "__name__", None) != own.__name__:
                self._asking.refuse(_MODULE, name)
            return own
        if own is None or self.all_own:
            return value if own is None else own
        self.could_be_own = _IMPORTED
        return value

    def _note_what_is_left(self, name: str, value: Any) -> None:
        """Note what the solution leaves of a value that a cell of the teacher's gives a name."""
        with contextlib.suppress(Exception):
            own = self._before_answers(name)
            left = left_alone(own, value)
            if name in self._in_answers:
                # There, parts may be there to be filled in, and one number, or one text, to be chosen.
                is_known = WHOLE in left and hasattr(value, "__len__") and not isinstance(value, str)
            else:
                # Parts of what comes by chance may be the same by chance.
                made = partial(self._made_of, name, own)
                is_known = WHOLE in left or bool(left and in_copy(made, bytes, _SECONDS_FOR_OWN) == pack(value, stays))
            self.given_found[name] = left if is_known else {}

    def is_drawn(self, name: str) -> bool:
        """Return whether a locked cell gives a name something else each time, and what it gave is known."""
        return name in self._had and differ(self.put_aside[name], unpack(self._had[name]))

    def _made_of(self, name: str, own: Any) -> bytes:
        """Return what the solution makes of what a name has above the exercise, as a message."""
        above, first = own_exercise(self._steps, self._test)
        if name not in self.earlier:
            given = [step["kind"] in (LOCKED, OPEN) and name in names_bound_in(step["source"]) for step in above]
            first = max(place for place, gives in enumerate(given) if gives)
        answers = [step["answer"] for step in above[first:] if step["kind"] == ANSWER]
        answers = [source for source in answers if name in names_used(parse_cell(source))]
        with self._working_out():
            return pack(self._run_again("\n".join(answers), {name: own})[name], stays)

    def _with_what_was_given(self, name: str, value: Any, given: dict[str, str]) -> Any:
        """Return a value or, if a test has to pass with that too, one in which the teacher's parts are as they were."""
        if has_all(value, given) or self._leaves(name, value, given):
            return value
        self.given_changed |= {name} & self._cells.keys()
        self.could_be_own = self.could_be_own or _GIVEN
        if not self.all_own or self._was_chosen(name):
            return value
        return with_parts_of(self._before_answers(name), value, given.keys())

    def _was_chosen(self, name: str) -> bool:
        """Return whether what learners may choose went into what only the notebook can have made."""
        if not self._asking.as_answered:
            return False
        names = {str(question[1]) for question, _ in self._asking.said if question[0] == "ask"}
        seen: set[str] = set()
        places = self._left | self.left_aside
        while names - seen:
            one = (names - seen).pop()
            seen.add(one)
            was_left = one in places
            source = self._undone[places[one]].source if was_left else self._answer_that_gives(one)
            used = names_used(parse_cell(source))
            if was_left and name in used:
                return True
            names |= used
        return False

    def _answer_that_gives(self, name: str) -> str:
        """Return the solution's last cell above the test that gives a name, or an empty text."""
        above = self._steps[: self._done]
        answers = (step["answer"] for step in reversed(above) if step["kind"] == ANSWER and name in step["learners"])
        return next(answers, "")

    def _leaves(self, name: str, value: Any, given: Mapping[str, str]) -> bool:
        """Return whether the exercise leaves parts of the notebook's own data, or nobody knows what they were."""
        if name in self._notebooks and self._asking.tries_others:
            return True
        try:
            before = self._before_answers(name)
        except (KeyError, NotPlain):
            return True
        # What was something else for the solution says nothing.
        says_nothing = name not in self._notebooks and not has_all(before, given)
        return says_nothing or leaves(before, value, given.keys())

    def _before_answers(self, name: str) -> Any:
        """Return what a name has above the exercise's answers: from teacher's cells, or what the notebook had there.

        Raises KeyError, or what is raised when it is worked out.
        """
        if name in self._notebooks and not self._works_out:
            return unpack(self._had[name])
        if name in self.put_aside:
            return self.put_aside[name]
        if name not in self._worked_out:
            # In a copy, so that nothing else of what the cells do is left. Where it fails, that is not tried again.
            cells = self._cells.pop(name)
            look = partial(self._work_out, name, cells)
            self._worked_out[name] = look() if self._works_out else in_copy(look, bytes, _SECONDS_FOR_OWN) or b""
            self._cells[name] = cells
        return unpack(self._worked_out[name])

    def _work_out(self, name: str, cells: Sequence[str]) -> bytes:
        """Return what cells that are not locked give a name, as a message. Raises what is raised there."""
        names = _Copies(self._given_or_imported, dict(dict.items(self._names)))
        with self._working_out():
            for source in cells:
                exec(compile(source, "<cell>", "exec"), names)
        return pack(names[name], stays)

    def _solutions(self, name: str) -> Any:
        """Return what the solution gives a name above the test. Raises what is raised when it is worked out."""
        if name not in self.earlier:
            return self._given_or_imported(name)
        value = self._own_answer(self.earlier[name])[name]
        return value if callable(value) else copy.deepcopy(value)

    def _own_answer(self, source: str) -> Mapping[str, Any]:
        """Return what a cell of the solution's gives names. Raises what is raised when it is worked out."""
        if source not in self._own_answers:
            found = {}
            for name in self._found_by[source].keys() & names_used(parse_cell(source)):
                with contextlib.suppress(Exception):
                    found[name] = self._found_by[source][name]()
            self._own_answers[source] = self._run_again(source, found)
        return self._own_answers[source]

    def _holder_of(self, name: str) -> Callable[[], Any]:
        """Return what gives the value that the teacher's cells up to now, the solution's too, give a name."""
        if dict.__contains__(self._names, name):
            return partial(dict.__getitem__, {name: self._names[name]}, name)
        answers = [source for source, found in self._found_by.items() if name in found]
        return (lambda: self._own_answer(answers[-1])[name]) if answers else partial(self._given_or_imported, name)

    def _given_or_imported(self, name: str) -> Any:
        own = self._imported(name)
        return self._before_answers(name) if own is None else own

    def _run_again(self, source: str, data: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the names that a cell of the teacher's binds. data: what it finds in place of the solution's."""
        names = _Copies(self._solutions, {**dict(dict.items(self._names)), **data})
        seconds = SECONDS_FOR_ANSWER if self.finds_needs else _SECONDS_FOR_OWN
        with self._working_out(seconds), figures_closed(), contextlib.chdir(os.getcwd()):
            exec(compile(parse_cell(source), "<cell>", "exec"), names)
        return names

    @contextlib.contextmanager
    def _working_out(self, seconds: float = _SECONDS_FOR_OWN) -> Iterator[None]:
        """Have functions of the teacher's find nothing of the notebook's, and end in time."""
        if self._works_out:
            yield
            return
        self._works_out = True
        signal.signal(signal.SIGALRM, _give_up)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            self._works_out = False

    def _imported(self, name: str) -> Any:
        """Return what the teacher's answers import under a name, or None."""
        found: dict[str, Any] = {}
        of_all = [] if name in self._learners else self._imports_of_all
        for source in (self._imports.get(name, ""), *of_all):
            with contextlib.suppress(Exception, SystemExit):
                exec(source, found)
        return found.get(name)


def _stands_in_code(source: Any, frame: FrameType | None) -> bool:
    """Return whether a text, or the text in bytes, stands in the code of a frame, or in what called it in its file."""
    text = source.decode(errors="replace") if isinstance(source, bytes) else source
    file = frame and frame.f_code.co_filename
    while frame and frame.f_code.co_filename == file:
        if text in _constants(frame.f_code.co_consts):
            return True
        frame = frame.f_back
    return False


def _constants(constants: tuple[Any, ...]) -> Iterator[Any]:
    for one in constants:
        yield from _constants(one) if isinstance(one, tuple) else [one]


class _Copies(dict[str, Any]):
    """The names that a cell sees when it is worked out again, which must not change what others see."""

    def __init__(self, missing: Callable[[str], Any], known: Mapping[str, Any]) -> None:
        super().__init__(__builtins__=builtins)
        self._missing, self._known = missing, known

    def __missing__(self, name: str) -> Any:
        if hasattr(builtins, name) and name not in self._known:
            raise KeyError(name)
        value = self._known[name] if name in self._known else self._missing(name)
        self[name] = value if callable(value) or isinstance(value, ModuleType) else copy.deepcopy(value)
        return self[name]


def _by_name(given: Collection[tuple[str, str, str]]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for name, part, digest in given:
        found.setdefault(name, {})[part] = digest
    return found


def _give_up(*signal: object) -> NoReturn:
    raise NotPlain("It does not end.")
