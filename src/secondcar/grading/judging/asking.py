"""Asks the notebook, over the grader, for what a test needs; keeps what was answered, for other looks at the test."""

import contextlib
import copy
import hashlib
import itertools
import math
import socket
import sys
from collections import defaultdict, deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from functools import partial
from types import FrameType
from typing import Any, NoReturn, cast

import msgspec

from secondcar.grading import wire
from secondcar.grading.judging import forms
from secondcar.grading.judging.abilities import ACTING, READING, family
from secondcar.grading.judging.amounts import MOST, Change, amounts_in, different
from secondcar.grading.judging.answers import Numbers
from secondcar.grading.judging.forms import NotPlain
from secondcar.grading.judging.garbling import fields_in, garbled, without_objects, without_tokens
from secondcar.grading.judging.packing import differ, kind_of, pack, stays
from secondcar.grading.judging.sharing import OneEach
from secondcar.grading.judging.stand_ins import stand_in, token_of
from secondcar.grading.judging.unpacking import KIND, MISSING, PLAIN, blind_spots, unpack, unpack_error
from secondcar.grading.records import Amount

Question = tuple[object, ...]  # its kind, then what it asks for
Place = int | str  # of an argument: where it stands, or its name

# How the code of a test is called in tracebacks.
TEST_FILE = "<test>"

_LATE = "a function reads a file that has changed since the notebook came to the test"
_AROUND = "the test changes what functions find around them, and the notebook's do not see it"
_SINCE = "the test changes what it gave to the notebook, which does not see it"
_UNCOUNTED = "nobody can count what an answer holds"
_WORKED = "an object of the notebook cannot be used there as the solution's objects are"

# What calls return, print and change, and what objects have stand beside the names in `Asking.amounts`. The parts of
# what is read of a chart, say, are for the reader to judge.
_CALLS, _PRINTED, _ARGUMENTS = "calls", "printed", "arguments"
_COUNTED = {"__call__": _CALLS, "take": _CALLS, "get": "attributes"}

# What is handed over with a call in whose brackets nothing stands.
_NOTHING = pack(((), {}), stays)

# What is asked of objects without anything being done with them.
_LOOKING = ("get", "state")

# Reading gives the same each time; an iterator is asked from a given item on.
_READ = {"get", "take", *READING} - {"__call__", "__next__"}


class GraderGone(BaseException):
    """The grader has closed the connection: there is nothing left to do."""


class Asking:
    """The connection to the grader, and over it the way to the notebook."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        # Whether the notebook has answered with what may be a text, for this test or for a cell above it.
        self.was_told_text = False
        self.begin()

    def begin(
        self,
        acts: bool = False,
        changes_arguments: bool = False,
        worked: Collection[str] | None = None,
        counted: Collection[str] | None = None,
        goes_on: bool = False,
    ) -> None:
        """Begin a test.

        Args:
            acts: whether methods of objects that stay in the notebook may be called.
            changes_arguments: whether what functions change in their arguments is changed here too.
            worked: what may be done with objects; None: anything.
            counted: the questions of whose answers it matters how much they hold; None: all.
            goes_on: whether the cells above it have just asked the same process, whose objects they hold.
        """
        origins, roots, came_by = (self._origins, self._roots, self._came_by) if goes_on else ({}, {}, {})
        self.acts, self.changes_arguments, self.may_be_worked = acts, changes_arguments, worked
        # What was done with objects.
        self.worked: set[str] = set()
        # The places of the arguments that functions changed, here or there.
        self.arguments_changed: set[Place] = set()
        # Of these, the ones that may be changed here; None: all.
        self._may_be_changed: Collection[Place] | None = None
        # What the test asked for and did not get.
        self.refused: str | None = None
        # What it may do without in silence; then it says nothing that it passes.
        self.withheld: str | None = None
        self.said: list[tuple[Question, wire.Message]] = []
        self._to_say_again: dict[Question, deque[wire.Message]] = {}
        # What calls of each function were answered, in turn, whatever it was given.
        self._calls_again: dict[Question, deque[wire.Message]] = {}
        # Whether another look asked for something that nobody knows.
        self.asked_else = False
        # What each question asks, whatever numbers stand for what stays in the notebook; and whose answer each of these
        # came with.
        self._asked: dict[Question, str] = {}
        # The questions that hand over objects of the notebook's, or are about what came of that.
        self._about_objects: set[str] = set()
        self._origins: dict[int, str] = origins
        # The name that each question and each of these numbers goes back to, and the names of which others are made.
        self._roots: dict[str | int, str] = roots
        # How what stays in the notebook came of what came before it, an attribute's name or an operation; and what each
        # question does with what: a name it goes back to, how that came, and what is done.
        self._came_by: dict[int, str] = came_by
        self._deeds: dict[str, tuple[str, str, str]] = {}
        self.answers: Collection[str] = ()
        # What has one answer however often it is asked.
        self._steady: Mapping[str, wire.Message] = {}
        # What was asked last, but for attributes, and the answer.
        self._latest: tuple[str, wire.Message] = "", {}
        # As in `stand_ins.Notebook`.
        self.by_place, self.ways_through = False, set[str]()
        # Whether objects that were said to be equal held other things.
        self.found_unlike = False
        self._may_ask = True
        # Whether a function answers what it did in that turn, whatever it is given.
        self.as_answered = False
        # What is one object in the notebook is one here; None: each answer is a copy.
        self._one_each: OneEach | None = None
        # Makes other values of the answers', as messages.
        self._other_values: Callable[[bytes], bytes] | None = None
        # Has an answer hold less or more; and where alone that or other values are wanted.
        self._other_amounts: Change | None = None
        self._only: str | None = None
        self._about: Collection[str] | None = None
        # Whether an answer held less or more.
        self.holds_other = False
        # How much was in answers: a name or one of the above, and how deep -> question and place -> what was found.
        self.amounts: dict[tuple[str, int], dict[tuple[str, str], set[Amount]]] = defaultdict(lambda: defaultdict(set))
        self._counted = counted
        # The different items that came of iterators.
        self._taken: dict[str, set[Any]] = defaultdict(set)
        # What was read of objects since the last time that the notebook could change them.
        self._read: dict[Question, wire.Message] = {}
        # The objects of the notebook's that are handed over there with what is asked now.
        self._handed_over: list[int] = []
        # What was changed here, and copies of what it was before.
        self._changed: list[tuple[Any, Any]] = []
        self._watch: Callable[[], bool] | None = None
        # The arguments that were handed over while a test is watched, and what they were then; and lines with calls.
        self._given: dict[int, tuple[Any, bytes]] = {}
        self._lines: set[int | None] = set()

    @contextlib.contextmanager
    def for_cells_above(self) -> Iterator[None]:
        """Have what is asked now be for cells above the test, which needs their names: it counts as none of its own."""
        held = vars(self).copy()
        self.begin(goes_on=True)
        self._may_ask = held["_may_ask"]
        try:
            yield
        finally:
            told, asked_else = self.was_told_text, self.asked_else
            vars(self).update(held)
            self.was_told_text, self.asked_else = told, self.asked_else or asked_else

    def watch(self, surroundings_differ: Callable[[], bool]) -> None:
        """Withhold from this look whether it passes, if the test changes what the notebook would have to see.

        surroundings_differ: returns whether what functions find around them is not what it was at the test's beginning.
        """
        self._watch = surroundings_differ

    def look_again(
        self,
        changes_arguments: bool | None = None,
        other_values: Callable[[bytes], bytes] | None = None,
        may_be_changed: Collection[Place] | None = None,
        steady: Mapping[str, wire.Message] | None = None,
        by_place: bool = False,
        other_amounts: Change | None = None,
        only: str | None = None,
        one_each: Callable[[str, Sequence[int]], Any] | None = None,
        about: Collection[str] | None = None,
        in_turn: bool = True,
        as_answered: bool = False,
    ) -> None:
        """Begin another look at a test: a question that was asked before gets the same answers again.

        Args:
            changes_arguments: as in `begin`; None: as before.
            other_values: makes others in their place, as messages.
            may_be_changed: the places of the arguments that functions may change here; None: all.
            steady: the answers to what is to have one only. With either nothing else is asked.
            by_place: as in `stand_ins.Notebook`.
            other_amounts: has answers hold less or more.
            only: which of the `amounts`' answers alone have other amounts or values.
            one_each: what is one object in the notebook is one here; it returns what the judge has of its own at a
                place of what a name holds, or None. None: each answer is a copy.
            about: the questions whose answers alone are others; None: all about the test's exercise.
            in_turn: whether a function that is called with other values answers what it answered in that turn.
            as_answered: whether it does so, too, where the test hands it something else; nothing else is asked then.
        """
        self.undo_changes()
        self._watch, self._given = None, {}
        if changes_arguments is not None:
            self.changes_arguments = changes_arguments
        self._other_values, self._may_be_changed, self._steady = other_values, may_be_changed, steady or {}
        self._other_amounts, self._only, self._about, self._counted = other_amounts, only, about, ()
        self._one_each = OneEach(one_each, self._save, become) if one_each else None
        self.holds_other = False
        self._may_ask, self.by_place = not (other_values or other_amounts or steady or as_answered), by_place
        self.as_answered = as_answered
        self._read, self._latest = {}, ("", {})
        self._to_say_again, self._calls_again = defaultdict(deque), defaultdict(deque)
        for question, answer in self.said:
            self._to_say_again[question].append(answer)
            if in_turn:
                self._calls_again[question[:3]].append(answer)
        self.asked_else = False

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
        self._roots[f"ask {name}"] = name
        answer = self._answer(("ask", name), {"name": name}, ())
        if answer["content"]["kind"] == "missing":
            raise KeyError(name)
        return self._values(answer, f"ask {name}", name)[0]

    def do(self, token: int, how: str, *args: Any, **kwargs: Any) -> Any:
        """Have something done with an object that stays in the notebook. Raises what is raised there."""
        if work := family(how):
            self.work(work, how)
        self._watch_surroundings()
        self._handed_over = []
        given: list[tuple[forms.Value, Any]] = []
        note = lambda form, one: given.append((form, one))  # noqa: E731
        message = pack((args, kwargs), self._token_of, iterators_stay=False, note=note)
        content = {"token": token, "how": how, "line": line_of_test()}
        question = ("do", token, how, message)
        if question not in self._asked:
            self._asked[question] = asked = self._what_is_asked(question)
            self._roots[asked] = self._roots[token]
            deed = str(args[0]) if how == "get" else how
            self._deeds[asked] = self._roots[token], self._came_by.get(token, ""), deed
            if self._handed_over or self._origins.get(token, "").rpartition(" ")[0] in self._about_objects:
                self._about_objects.add(asked)
        is_read = how in _READ and (how == "take" or not self.acts)
        if self.acts or self._handed_over:
            self._read = {}
        answer = (is_read and self._read.get(question)) or self._answer(question, content, (message,))
        if is_read:
            self._read[question] = answer
        if self._one_each and "given" in answer["content"]:
            self._one_each.hand_over(answer["content"]["given"], given)
        value, *changed = self._values(answer, self._asked[question], _COUNTED.get(how, ""))
        if changed:
            self._change(_by_place(args, kwargs), changed[0], answer, given, self._asked[question])
        if self._watch and given:
            handed = [one for one in (*args, *kwargs.values()) if token_of(one) is None]
            self._given |= {id(one): (one, self._packed(one)) for one in handed}
        if how == "take":
            self._count_items(self._origins[token].rpartition(" ")[0], value)
        return value

    def _count_items(self, asked: str, items: list[Any]) -> None:
        """Note that more items came of an iterator that was the answer to a question."""
        if self._counted is None or asked in self._counted:
            self._taken[asked] |= different(items)
            found = self.amounts[_CALLS, 0][asked, ""]
            before = found.pop().count if found else 0
            found.add(Amount(before + len(items), "items", len(self._taken[asked])))

    def work(self, what: str, kind: str) -> None:
        """Note what is done with an object, and of what kind that is. Raises NotPlain if the test may not do it."""
        self.worked.add(what)
        if not self.may_work(what):
            self.refuse(_WORKED, kind)

    def may_work(self, what: str) -> bool:
        """Return whether the test may do something with objects."""
        return self.may_be_worked is None or what in self.may_be_worked

    def hold_the_same(self, one: int, other: int) -> bool:
        """Return whether two objects are of one class and hold the same."""
        try:
            held, other_held = (self.do(token, "state") for token in (one, other))
            same_class = held[0] is other_held[0] or token_of(held[0]) == token_of(other_held[0]) is not None
            # Nobody knows what something is that holds nothing.
            holds_something = any(one is not None for one in held[1:])
            same = _without_stand_ins(held[1:]) == _without_stand_ins(other_held[1:])
            return bool(same_class and holds_something and same)
        except NotPlain:
            raise
        except Exception:
            return False

    def found_equal(self, alike: bool) -> None:
        """Note that objects are said to be equal. alike: whether they held the same before."""
        self.found_unlike |= not alike

    def _watch_surroundings(self) -> None:
        if self._watch and (line := line_of_test()) not in self._lines:
            self._lines.add(line)
            if self._watch():
                self._withhold_all(_AROUND)

    def withheld_at_end(self) -> str | None:
        """Return why nobody can say that the test passes, now that it has come to its end, or None."""
        if any(self._packed(one) != message for one, message in self._given.values()):
            self._withhold_all(_SINCE)
        return self.withheld

    def _withhold_all(self, why: str) -> None:
        self.note(why, "test")
        self.withhold(why)

    def _packed(self, value: Any) -> bytes:
        return pack(value, lambda one: token_of(one) or 0, iterators_stay=False)

    def _change(
        self,
        sent: Mapping[Place, Any],
        changed: tuple[tuple[Any, ...], dict[str, Any]],
        answer: wire.Message,
        given: Sequence[tuple[forms.Value, Any]],
        asked: str,
    ) -> None:
        """Change what was sent as a function did, in the notebook, and what is inside of it.

        sent: the arguments. changed: copies of what they are now. given: the containers in them, with their forms.
        """
        wanted: set[Place] = set()
        for place, made in _by_place(*changed).items():
            one = sent.get(place)
            if type(one) is not type(made) or not differ(one, made):
                continue
            self.arguments_changed.add(place)
            with contextlib.suppress(NotPlain):
                made = self._with_other_amount(made, pack(made, stays), self._argument(asked, place), _ARGUMENTS)
            if self.changes_arguments and (self._may_be_changed is None or place in self._may_be_changed):
                if self.tries_others:
                    self._save(one)
                    become(one, made)
                else:
                    wanted.add(place)
        if wanted:
            self._change_inside(wanted, answer, given)

    def _change_inside(
        self, wanted: Collection[Place], answer: wire.Message, given: Sequence[tuple[forms.Value, Any]]
    ) -> None:
        numbers = msgspec.convert(answer["content"]["numbers"][1], Numbers)
        ours = dict(enumerate(given, answer["content"]["given"]))
        numbered, others = itertools.count(), dict(numbers.others)

        def one(form: forms.Value, container: Any, may_change: bool) -> Any:
            before, found = ours.get(others.get(next(numbered), -1), (form, container))
            if may_change and form != before:
                self._save(found)
                return become(found, container)
            return found

        for place, form in _arguments_in(answer["buffers"][1]).items():
            made = partial(one, may_change=place in wanted)
            unpack(forms.encode(form), lambda staying: stand_in(staying, self), made)

    def _save(self, one: Any) -> None:
        self._changed.append((one, copy.copy(one)))

    def _argument(self, asked: str, place: Place) -> str:
        self._roots[f"{asked} {place}"] = self._roots[asked]
        return f"{asked} {place}"

    def undo_changes(self) -> None:
        """Undo what functions changed here: the next test must not see it."""
        while self._changed:
            one, before = self._changed.pop()
            become(one, before)

    def blind_spots(self, left_out: Collection[str]) -> set[str]:
        """Return what the answers to this test hold that comparisons do not see. left_out: names of no interest."""
        found: set[str] = set()
        begun: set[Question] = set()
        for question, answer in self.said:
            asked = self._asked.get(question, f"ask {question[1]}")
            if question[0] == "ask" and question[1] in left_out:
                continue
            for place, part in enumerate(answer.get("buffers", ())):
                parts = _arguments_changed(question, part) if place else [part]
                spots = set().union(*map(blind_spots, parts))
                # Each iterator ends with an empty portion, a sequence with an error.
                spots -= {"empty"} if question[:3] in begun else set()
                # What kind an argument has is not the learner's choice.
                spots = {spot for spot in spots if not place or not spot.startswith(KIND)}
                found |= {f"{spot} of {asked}" if spot.startswith((MISSING, KIND, PLAIN)) else spot for spot in spots}
            if question[2:3] in (("take",), ("__next__",), ("__getitem__",)):
                begun.add(question[:3])
        return found

    @property
    def several_ways_through(self) -> bool:
        """Return whether a test came to the items of objects in ways that need not agree."""
        return len(self.ways_through) > 1

    def fields(self) -> dict[str, list[int]]:
        """Return the places of columns and fields in the answers to the test's exercise, by question."""
        found = {}
        for question, answer in self.said:
            asked = self._asked.get(question, f"ask {question[1]}")
            # Of some values there are no others.
            with contextlib.suppress(Exception):
                found[asked] = fields_in(answer["buffers"][0]) if self.is_answer(asked) else []
        return found

    def methods(self, installed: bool) -> set[str]:
        """Return the questions for methods that were called with nothing handed over.

        installed: whether these are an installed library's.
        """
        called = {question[1] for question, _ in self.said if question[2:] == ("__call__", _NOTHING)}
        found = set()
        for question, answer in self.said:
            form = forms.decode(answer["buffers"][0]) if question[2:3] == ("get",) else None
            if getattr(form, "token", None) in called and getattr(form, "installed", False) == installed:
                found.add(self._asked[question])
        return found

    def varied(self) -> dict[str, wire.Message]:
        """Return what was answered in more than one way, each with its first answer.

        What varied when nothing else was asked in between, but for attributes, has a "!" at its end. What is read of an
        object may be something else when a method has been called, and what a function makes of one whenever it was
        handed over. The items of an iterator are others each time.
        """
        first: dict[str, wire.Message] = {}
        latest: dict[str, wire.Message] = {}
        found, before = {}, ""
        # Name -> what was read since a method of what goes back to it was called.
        read: dict[str, set[str]] = defaultdict(set)
        for question, answer in self.said:
            asked = self._asked.get(question)
            if asked and question[2] != "__next__" and asked not in self._about_objects:
                if self.acts and (question[2] == "__call__" or question[2] in ACTING):
                    for one in read.pop(self._roots[asked], ()):
                        del latest[one]
                elif self.acts:
                    read[self._roots[asked]].add(asked)
                first.setdefault(asked, answer)
                if asked in latest and _data_in(answer) != _data_in(latest[asked]):
                    found[f"{asked}!" if asked == before else asked] = first[asked]
                latest[asked] = answer
                before = before if question[2] in _LOOKING else asked
        return found

    def deed_of(self, asked: str) -> str:
        """Return what a question does, as `varied` calls it, whatever is handed over: `Dice roll __call__`."""
        return " ".join(self._deeds[asked.removesuffix("!")])

    def shares(self, names: Set[str]) -> bool:
        """Return whether something in the notebook came into this test more than once, or some names hold it, too."""
        contents = [answer["content"] for _, answer in self.said]
        numbers = [one for content in contents for one in content.get("numbers", ())]
        return any(content.get("shares") for content in contents) or any(
            name in names for one in numbers for _, name, _ in one["named"]
        )

    def transcript(self) -> str:
        """Return what stands for all that was asked and answered: with the same, a test is in the same position."""
        said = [(self._asked.get(question, question), _data_in(answer)) for question, answer in self.said]
        return hashlib.sha256(repr(said).encode()).hexdigest()

    def _what_is_asked(self, question: Question) -> str:
        """Return what stands for a question, whichever of the objects that came of the same questions it is about."""
        _, token, how, message = cast(tuple[str, int, str, bytes], question)
        said = forms.encode(without_objects(message)) if self._handed_over else message
        # What comes next is something else each time.
        about = token if how == "__next__" else self._origins.get(token, token)
        others = [self._origins.get(other, other) for other in self._handed_over]
        return hashlib.sha256(repr((about, how, said, others)).encode()).hexdigest()[:16]

    def _stand_in(self, form: forms.Staying, origin: str, place: int) -> Any:
        if isinstance(form, (forms.FunctionForm, forms.Iteration, forms.Thing)):
            self._origins.setdefault(form.token, f"{origin} {place}")
            self._roots.setdefault(form.token, self._roots[origin])
            self._came_by.setdefault(form.token, self._deeds.get(origin, ("", "", ""))[2])
        return stand_in(form, self)

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
        asked = self._asked.get(question, "")
        if asked in self._steady:
            return self._steady[asked]
        in_turn = self._calls_again.get(question[:3])
        same_call = in_turn.popleft() if in_turn else None
        if self._to_say_again.get(question):
            answer = self._to_say_again[question].popleft()
        elif (self._other_values or self.as_answered) and question[2:3] == ("__call__",) and same_call:
            # It is given other values, or was, and answers what it did in that turn.
            answer = same_call
        elif not self._may_ask:
            self.asked_else = True
            raise NotPlain("With other values it asks something else.")
        else:
            self.send(str(question[0]), content, buffers)
            answer = self.receive()
            self.was_told_text = self.was_told_text or _may_hold_text(answer)
            self.said.append((question, answer))
        if f"{asked}!" in self._steady and self._latest[0] == asked:
            return self._latest[1]
        if question[2:3] not in [(how,) for how in _LOOKING]:
            self._latest = asked, answer
        return answer

    def _values(self, answer: wire.Message, asked: str, kind: str) -> list[Any]:
        """Return the value that was asked for and, if they were changed, the arguments. Raises what was raised.

        kind: of the `amounts`' answers.
        """
        places = itertools.count()
        buffers = answer["buffers"]
        if printed := answer["content"].get("printed", ""):
            sys.stdout.write(self._with_other_amount(printed, forms.encode(printed), f"{asked} {_PRINTED}", _PRINTED))
        if answer["content"].get("late"):
            self.note(_LATE, "file")
        if answer["content"]["kind"] == "error":
            raise unpack_error(buffers[0])
        try:
            if (others := self._other_values) and self._is_meant(asked):
                kinds = [kind, *[_ARGUMENTS] * (len(buffers) - 1)]
                wanted = [self._only in (None, one) for one in kinds]
                buffers = [others(part) if want else part for want, part in zip(wanted, buffers, strict=True)]
                self.holds_other |= buffers != answer["buffers"]
            value, *changed = [
                unpack(part, lambda form: self._stand_in(form, asked, next(places)), self._one_of_each(answer, place))
                for place, part in enumerate(buffers)
            ]
            return [self._with_other_amount(value, buffers[0], asked, kind), *changed]
        except NotPlain as problem:
            self.refuse("what came from the notebook is not a value", str(problem))

    def _one_of_each(self, answer: wire.Message, place: int) -> Callable[[forms.Value, Any], Any] | None:
        """Return what makes one object of what is one in the notebook, for one of the values; None: not wanted."""
        numbers = answer["content"].get("numbers", ())[place : place + 1]
        return self._one_each.made(msgspec.convert(numbers[0], Numbers)) if self._one_each and numbers else None

    def _with_other_amount(self, value: Any, message: bytes, asked: str, kind: str) -> Any:
        """Return a value that holds less or more, if that is wanted; note how much it holds, if that matters."""
        if kind and (self._counted is None or asked in self._counted):
            # What a learner's holds is counted, however much it is.
            most = MOST if self._counted is None else math.inf
            try:
                for deep, place, amount in amounts_in(value, most=most):
                    self.amounts[kind, deep][asked, place].add(amount)
            except Exception:
                # The test did not ask for this, and does not fail because of it.
                self.refuse(_UNCOUNTED, kind)
        if self._only != kind or not self._is_meant(asked):
            return value
        if self._other_values and kind == _PRINTED:
            return unpack(self._other_values(message))
        with contextlib.suppress(NotPlain):
            if self._other_amounts:
                far = lambda sign: unpack(garbled(message, sign), lambda form: stand_in(form, self))  # noqa: E731
                value = self._other_amounts(value, far)
                self.holds_other = True
        # Another answer may hold something.
        return value

    def _is_meant(self, asked: str) -> bool:
        return self.is_answer(asked) if self._about is None else asked in self._about

    @property
    def tries_others(self) -> bool:
        """Return whether answers have other values, or hold less or more."""
        return bool(self._other_values or self._other_amounts)

    def is_answer(self, asked: str) -> bool:
        """Return whether a question is about the answers to the test's exercise."""
        return self._roots[asked.removesuffix(f" {_PRINTED}")] in self.answers

    def _token_of(self, value: object) -> int:
        token = token_of(value)
        if token is None:
            self.refuse("the test hands an object of its own to the notebook", kind_of(value))
        self._handed_over.append(token)
        return token


def _may_hold_text(answer: wire.Message) -> bool:
    try:
        held = any(forms.may_hold_text(forms.decode(message)) for message in answer["buffers"])
    except NotPlain:
        return True
    return held or bool(answer["content"].get("printed"))


def _arguments_changed(question: Question, after: bytes) -> list[bytes]:
    """Return the arguments of a call that are others after it, as messages."""
    try:
        sent, left = _arguments_in(cast(bytes, question[3])), _arguments_in(after)
        return [forms.encode(now) for place, now in left.items() if sent[place] != now]
    except (NotPlain, AttributeError, LookupError, ValueError, TypeError):
        return []


def _arguments_in(message: bytes) -> dict[Place, forms.Value]:
    """Return the arguments of a call, each as a form."""
    args, kwargs = cast(Any, forms.decode(message)).items
    return _by_place(args.items, dict(kwargs.pairs))


def _by_place(args: Iterable[Any], kwargs: Mapping[str, Any]) -> dict[Place, Any]:
    return dict(enumerate(args)) | dict(kwargs)


def _data_in(answer: wire.Message) -> tuple[object, ...]:
    """Return what an answer says of values, whatever numbers stand for containers and for what stays there."""
    buffers = answer.get("buffers", ())
    content = {key: value for key, value in answer["content"].items() if key not in _BESIDE_VALUES}
    try:
        return content, *map(without_tokens, buffers)
    except NotPlain:
        return content, *buffers


_BESIDE_VALUES = ("numbers", "given", "shares", "remembers")


def _without_stand_ins(state: Any) -> Any:
    """Return what an object holds, but for what stays in the notebook itself, and arrays as lists."""
    if token_of(state) is not None:
        return None
    if isinstance(state, dict):
        return {key: _without_stand_ins(part) for key, part in state.items()}
    if isinstance(state, (list, tuple)):
        return list(map(_without_stand_ins, state))
    return state.tolist() if hasattr(state, "tolist") else state


def line_of_test() -> int | None:
    """Return the line of the test that is running."""
    frame: FrameType | None = sys._getframe()
    found = None
    while frame:
        found = frame.f_lineno if frame.f_code.co_filename == TEST_FILE else found
        frame = frame.f_back
    return found


def become(old: Any, new: Any) -> Any:
    """Make a container, array or table what another one is, and return it; or return that one, if it cannot be."""
    numpy, pandas = sys.modules.get("numpy"), sys.modules.get("pandas")
    if type(old) is not type(new):
        return new
    if isinstance(old, (list, bytearray)):
        old[:] = new
    elif isinstance(old, (dict, set)):
        old.clear()
        old.update(new)
    elif isinstance(old, deque):
        old.clear()
        old.extend(new)
    elif numpy and isinstance(old, numpy.ndarray) and old.shape == new.shape:
        old[...] = new
    elif pandas and isinstance(old, (pandas.Series, pandas.DataFrame)):
        old._update_inplace(new)
    else:
        return new
    return old
