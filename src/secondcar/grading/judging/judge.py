"""The process that judges tests out of a learner's reach: it runs the teacher's code and nothing of the learner's.

It is forked from the fork server into a sandbox of its own, with the teacher's files around it. The grader tells it the
steps of the notebook (`teachers_part`), then one test after another. It asks the notebook for the learner's names; what
stays there has a stand-in. Its messages, both ways, have the form of a kernel's:

    begin      steps of the notebook, and the folder of what was handed out                  to the judge
    test       name, source, its part that was handed out, its hidden lines, a way, a time,
               and what locked cells gave names                                              to the judge
    ask, do    for a name; with what stays in the notebook. The answer is `data` or `error`  from the judge
    finding    what became of the test                                                       from the judge
"""

import contextlib
import math
import os
import random
import secrets
import socket
import sys
import time
import traceback
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import asdict, replace
from functools import partial
from typing import Any, TypeVar

import msgspec

from secondcar.grading.judging.amounts import (
    ENDS_ALONE,
    NOTHING,
    NUMBER_AMONG_FAR,
    ONE_ALONE,
    ONE_LEFT_OUT,
    Change,
    amounts_in,
    exceeds,
    first_called_so,
    lacks_some_of,
    last_called_so,
    more_after,
    more_before,
    of_parts,
    some_of,
)
from secondcar.grading.judging.asking import TEST_FILE, Asking, GraderGone
from secondcar.grading.judging.cell_code import Step
from secondcar.grading.judging.copies import SECONDS, in_copy
from secondcar.grading.judging.findings import EARLIER, WITH_LEARNERS_DATA, WITH_MODULES, WITH_OBJECTS, JudgeFinding
from secondcar.grading.judging.forms import NotPlain
from secondcar.grading.judging.garbling import (
    filled,
    garbled,
    with_other_truth,
    with_plain_labels,
    with_plain_values,
    with_pythons_number,
)
from secondcar.grading.judging.given import digest_of
from secondcar.grading.judging.labels import COLUMNS, ROWS, with_labels
from secondcar.grading.judging.namespace import SECONDS_FOR_ANSWER, Namespace
from secondcar.grading.judging.packing import differ
from secondcar.grading.judging.unpacking import KIND, PLAIN, TRUTH, asked_about, other_kinds, other_missing
from secondcar.grading.records import Amount, Blindness, HeldBySolution, Needs, Way
from secondcar.note_format import note_in, questions_in

_CHANGES = "a function changes what it is given, and the test passes only if the change is ignored"
_CHANGES_MORE = (
    "a function changes more of what it is given than the solution's does, and the test passes only with that"
)
_VARIES = "it passes only because the notebook gives other answers when it is asked the same again"
_NO_POINTS = "it ends with no number where the solution's answers give one"
_DEAF = "it passes whatever the values of the answer are"
_PERHAPS_DEAF = "nobody could find out whether it looks at the values of the answer"
_HOLES = "it passes only because values of the answer are missing or infinite, and the solution's are not"
_PLAINLY = "it passes only with the order, the rounding or the overflow that the answer's kind of values has"
_LABELS = "it passes only with the labels that the answer gives its rows, and the solution's are counted"
_SKIPS = "it passes only because columns or rows are not called as the solution's are"
_FEWER = "it asks only about what is in the answer, which lacks something that the solution's has"
_MORE = "it only looks for what is right in the answer, which holds more than the solution's"
_BY_PLACE = "an object of the notebook has other items if they are asked for in another way"
_UNLIKE = "objects of the notebook say that they are equal, and hold other things"
_METHODS = "it calls methods that are the learner's own, where the solution's objects have an installed library's"
_ONE = "the answer holds something that is in other places, too, and the test passes only with copies of it"

# So many times as much, or so many times less, may well be in an answer by chance.
_VARIES_BY = 2

# How many seconds to wait for a look with other values.
_PATIENCE = 10
# To how many questions, the last of a test, answers hold less or more by themselves; and how many seconds that takes.
_MOST_ALONE, _SECONDS_ALONE = 12, 0.5
# How many seconds of processor time looks may take that share a copy: for most tests they need a part of one.
_SECONDS_AT_ONCE = 1

T = TypeVar("T")


def run(connection: socket.socket, arguments: list[str]) -> None:
    """Judge one notebook until the grader closes the connection."""
    # The course's own modules are there.
    sys.path.insert(0, os.getcwd())
    with contextlib.suppress(GraderGone):
        asking = Asking(connection)
        judge = Judge(**asking.receive()["content"], asking=asking)
        sys.addaudithook(judge.audit_hook)
        while True:
            message = asking.receive()
            request = message["content"]
            handed = dict(zip(request.pop("handed"), message["buffers"], strict=True))
            way = msgspec.convert(request.pop("way"), Way)
            asking.send("finding", asdict(judge.judge(**request, way=way, handed=handed)))


class Judge:
    """Runs the tests of one notebook."""

    def __init__(self, steps: list[Step], folder: str, asking: Asking) -> None:
        """folder: holds what was handed out; not the one this runs in, if that has private answers."""
        self._asking, self._namespace = asking, Namespace(steps, asking)
        # Whether this is a copy, in which things are tried.
        self._is_copy = False
        self._start, self._handed_out = os.getcwd(), os.path.abspath(folder)

    def judge(
        self,
        name: str,
        source: str,
        visible: str,
        hidden: list[int],
        way: Way,
        seconds: float | None,
        handed: Mapping[str, bytes],
    ) -> JudgeFinding:
        """Run a test and return what became of it.

        visible: what was handed out of it; hidden: the numbers of the other lines; seconds: its time, None: any.
        handed: as for `Namespace.of_test`.
        """
        self._end = time.monotonic() + (math.inf if seconds is None else seconds)
        # What satisfies a test that learners could read is what its teacher asks for, however much it holds.
        self._was_all_shown = not hidden and self._handed_out == self._start
        needs = way.needs
        # No notebook knows it. With other numbers each look would ask something else, and so would each notebook's.
        self._seed = needs.seed if needs else secrets.randbits(32)
        acts = way.kind in (WITH_OBJECTS, WITH_MODULES)
        counted = {asked for (asked, _), _ in needs.least + needs.most} if needs else None
        with self._namespace.of_test(name, source, way, handed):
            changes = way.kind == WITH_LEARNERS_DATA
            self._asking.begin(acts, changes, needs.worked if needs else None, counted, goes_on=True)
            if needs is None:
                self._asking.watch(self._namespace.surroundings_differ(source))
            try:
                found = self._look(source, visible, hidden)
                self._asking.answers = self._namespace.answers_asked()
                if needs is None:
                    return replace(found, needs=self._needs_of(found, source))
                return self._earned(found, source, needs)
            finally:
                self._asking.undo_changes()

    @property
    def audit_hook(self) -> Callable[[str, tuple[Any, ...]], None]:
        """Return what refuses to run a learner's text in this process."""
        return self._namespace.refuse_to_carry_out

    def _earned(self, found: JudgeFinding, source: str, needs: Needs) -> JudgeFinding:
        """Return what was found about a test, which does not pass if that says nothing of the answer."""
        if found.passed and (why := self._why_not_earned(found, source, needs)):
            earlier = tuple(name for name, _ in needs.earlier) if why == EARLIER else ()
            found = replace(found, passed=False, refused=why, earlier=earlier)
        if found.passed and (wrong := [name for name in needs.still_right if not self._is_still_right(name)]):
            return replace(found, passed=False, refused=EARLIER, earlier=wrong)
        return replace(found, earlier=needs.not_taken) if found.passed else found

    def _needs_of(self, found: JudgeFinding, source: str) -> Needs:
        """Return what the teacher's own answers need of a test."""
        fetched, put_aside = self._namespace.fetched, self._namespace.put_aside
        changed = [one for one, value in put_aside.items() if one in fetched and differ(fetched[one], value)]
        changed += [one for one in self._namespace.left_aside if one in fetched and one not in changed]
        needs = Needs(
            tuple(changed),
            tuple(filter(self._namespace.is_drawn, changed)),
            tuple(sorted(self._asking.worked)),
            points=found.points is not None,
            arguments=tuple(sorted(self._asking.arguments_changed, key=str)),
            alike=not self._asking.found_unlike,
            given=tuple((name, *part) for name, parts in self._namespace.given_found.items() for part in parts.items()),
            seed=self._seed,
        )
        if not found.passed:
            return needs
        spots, varied, transcript = self._blind_spots(), self._asking.varied(), self._asking.transcript()
        varies = varied if varied and not self._gives_in_copy(found, source, {"steady": varied}) else ()
        by_place = not self._asking.several_ways_through or self._gives_again(found, source, by_place=True)
        asked = self._namespace.earlier_asked()
        earlier = self._earlier_that_fit(asked, found, source)
        modules = tuple(filter(partial(self._needs_module, found, source), sorted(self._namespace.modules_asked)))
        shares = self._gives_with_one_each(found, source)
        blindness = self._at_once(partial(self._blindness_of, found, source), Blindness)
        not_taken = sorted(asked.keys() - dict(earlier).keys())
        return replace(
            needs,
            deaf=blindness.deaf,
            apart=blindness.apart,
            unseen=blindness.unseen,
            spots=tuple(sorted(spots)),
            varies=tuple(sorted(set(map(self._asking.deed_of, varies)))),
            by_place=by_place,
            modules=modules,
            earlier=earlier,
            not_taken=tuple(not_taken),
            still_right=tuple(filter(self._is_still_right, not_taken)),
            least=blindness.least,
            most=blindness.most,
            transcript=transcript,
            shares=shares,
            methods=tuple(sorted(self._asking.methods(installed=True) - self._asking.methods(installed=False))),
        )

    def _blindness_of(self, found: JudgeFinding, source: str) -> Blindness:
        deaf = self._is_deaf(found, source) is not False
        # Where all columns are others at once, a join with another table is empty.
        fields = self._asking.fields() if deaf else {}
        apart = tuple(asked for asked in fields if self._notices_one_field(found, source, asked, fields[asked]))
        named = [asked for asked in self._asking.fields() if asked.startswith("ask ") and self._asking.is_answer(asked)]
        others = _both_signs(garbled)
        unseen = (one for one in named[:_MOST_ALONE] if self._gives_with_others(found, source, *others, about=[one]))
        amounts = ((), ()) if self._was_all_shown else self._amounts_not_asked(found, source)
        return Blindness(deaf, apart, tuple(unseen) if named[1:] else (), *amounts)

    def _amounts_not_asked(
        self, found: JudgeFinding, source: str
    ) -> tuple[tuple[HeldBySolution, ...], tuple[HeldBySolution, ...]]:
        """Return than what answers may not hold less, and than what not more: the test does not ask for that.

        All answers are others at once, and then those to each question alone: a test may compare one, and not another.
        """
        least: dict[HeldBySolution, None] = {}
        most: dict[HeldBySolution, None] = {}
        for (kind, deep), amounts in self._asking.amounts.items():
            single = [(key, amount) for key, (amount, *others) in amounts.items() if not others]
            held = [(key, amount) for key, amount in single if self._asking.is_answer(key[0])]
            questions = list(dict.fromkeys(asked for (asked, _), _ in held))
            end = time.monotonic() + _SECONDS_ALONE
            # Parts of a right answer in another container may not be at these places.
            alone = questions[-_MOST_ALONE:] if len(questions) > 1 and not deep else []
            for about in [None, *([one] for one in alone)]:
                if about and time.monotonic() > end:
                    break
                gives = partial(self._gives_with_amounts, found, source, kind, deep, about)
                these = [one for one in held if not about or one[0][0] in about]
                less, more = self._not_asked(these, gives, deep == 0)
                least |= dict.fromkeys(less)
                most |= dict.fromkeys(more)
        return tuple(least), tuple(most)

    def _not_asked(
        self,
        held: list[HeldBySolution],
        gives: Callable[[Callable[[Iterable[bool]], bool], Collection[Change]], bool],
        are_whole: bool,
    ) -> tuple[list[HeldBySolution], list[HeldBySolution]]:
        """Return than what of some amounts answers may not hold less, and than what not more.

        gives: takes `any` or `all` and changes, and returns whether the test is content with these. are_whole: whether
        the amounts are of answers, not of parts of them.
        """
        least: list[HeldBySolution] = []
        most: list[HeldBySolution] = []
        fewer = [(key, amount) for key, amount in held if amount.kind in ("items", "table")]
        more = [(key, amount) for key, amount in held if amount.kind in ("items", "text")]
        numbers = [(key, amount) for key, amount in held if amount.kind == "number"]
        may_lack = any(amount.count > 1 for _, amount in fewer)
        likeliest = [*ONE_LEFT_OUT, first_called_so] if may_lack else []
        can_be_empty = are_whole and any(amount.count for _, amount in held)
        likeliest += NOTHING if can_be_empty else []
        likeliest += [more_before] if more else []
        likeliest += NUMBER_AMONG_FAR if numbers else []
        if not gives(any, likeliest):
            # Most tests mind all of these, and so all that follows.
            return least, most
        if may_lack:
            # Whatever the rows are called, unless the test goes by that.
            if gives(any, ONE_ALONE) or any(
                gives(all, [ends]) and not gives(all, pairs) for ends, *pairs in ENDS_ALONE
            ):
                least += [(key, replace(amount, labels=())) for key, amount in fewer]
            if gives(all, (first_called_so, last_called_so)):
                least += [(key, amount) for key, amount in fewer if amount.kind == "table"]
        if can_be_empty and gives(any, NOTHING):
            least += [(key, some_of(amount)) for key, amount in held if amount.kind != "object"]
        if more and gives(all, (more_before, more_after)):
            most += more
        if numbers and gives(any, NUMBER_AMONG_FAR):
            most += numbers
        return least, most

    def _gives_with_amounts(
        self,
        found: JudgeFinding,
        source: str,
        kind: str,
        deep: int,
        about: Collection[str] | None,
        enough: Callable[[Iterable[bool]], bool],
        changes: Collection[Change],
    ) -> bool:
        """Return whether a test looks at answers, and gives the same when these hold less or more.

        about: as for `Asking.look_again`. enough: whether that has to be so with `all` of some changes or with `any`.
        """
        if not changes:
            return False
        for _ in range(deep):
            changes = [*map(of_parts, changes)]

        def look() -> bool:
            return enough(
                self._gives_again(found, source, other_amounts=one, only=kind, about=about) and self._asking.holds_other
                for one in changes
            ) and not all(
                self._gives_again(found, source, other_values=partial(garbled, sign=sign), only=kind, about=about)
                for sign in (1, -1)
            )

        return self._in_copy(look) is True

    def _needs_module(self, found: JudgeFinding, source: str, name: str) -> bool:
        """Return whether a test fails with the judge's own module under a name."""
        self._namespace.notebooks_modules, self._namespace.all_own = self._namespace.modules_asked - {name}, True
        needed = not self._gives_again(found, source)
        self._namespace.notebooks_modules = None
        return needed

    def _why_not_earned(self, found: JudgeFinding, source: str, needs: Needs) -> str | None:
        """Return why a test that passed does not say that the answer is right, or None."""
        if needs.points and found.points is None:
            return _NO_POINTS
        if needs.shares and not self._gives_with_one_each(found, source):
            return _ONE
        if self._asking.transcript() == needs.transcript:
            # It was asked and told what it was with the solution, and does what it did then.
            return None
        spots, varied = self._blind_spots(), self._asking.varied()
        more = {one: answer for one, answer in varied.items() if self._asking.deed_of(one) not in needs.varies}
        if more and not self._gives_in_copy(found, source, {"steady": more}):
            return _VARIES
        if self._asking.several_ways_through and needs.by_place and not self._gives_again(found, source, by_place=True):
            return _BY_PLACE
        if needs.alike and self._asking.found_unlike:
            return _UNLIKE
        if needs.methods and not self._asking.methods(installed=False).isdisjoint(needs.methods):
            return _METHODS
        changes_more = self._asking.changes_arguments and not self._asking.arguments_changed <= set(needs.arguments)
        if changes_more and not self._gives_again(found, source, may_be_changed=needs.arguments):
            return _CHANGES_MORE
        if needs.earlier and not self._gives_with(self._taken_from_earlier(needs), found, source):
            return EARLIER
        held = {key: some for amounts in self._asking.amounts.values() for key, some in amounts.items()}
        if self._differ_in_amount(needs.least, lambda key, amount: self._lacks(held, key, amount), 1 / _VARIES_BY):
            return _FEWER
        told = self._namespace.numbers_told(source) if needs.most else ()
        has_more = lambda key, amount: any(exceeds(one, amount, told) for one in held.get(key, ()))  # noqa: E731
        if self._differ_in_amount(needs.most, has_more, _VARIES_BY):
            return _MORE
        return self._why_compared_with_nothing(found, source, needs, spots)

    def _blind_spots(self) -> set[str]:
        return self._asking.blind_spots(self._namespace.teachers_data())

    def _gives_with_one_each(self, found: JudgeFinding, source: str) -> bool:
        """Return whether a test gives the same where all that is one object in the notebook is one here, too."""
        own = self._namespace.of_locked_cells()
        return not self._asking.shares(own) or self._gives_again(found, source, one_each=self._namespace.own_part)

    def _differ_in_amount(
        self,
        held: Iterable[HeldBySolution],
        differs: Callable[[tuple[str, str], Amount], bool],
        varies_by: float,
    ) -> bool:
        """Return whether something differs from what the solution's answers hold, whatever data they are made of."""
        doubtful = [(key, amount) for key, amount in held if differs(key, amount)]
        return any(differs(key, self._amount_here(key, amount, varies_by)) for key, amount in doubtful)

    def _amount_here(self, key: tuple[str, str], amount: Amount, varies_by: float) -> Amount:
        """Return how much the solution's answer holds when it is made of this notebook's data, or else what it held.

        The data may be others by chance, or because learners chose them in an earlier exercise.
        varies_by: how many times as much it may be by chance, where the data are not known.
        """
        asked, place = key
        with contextlib.suppress(Exception):
            self._asking.look_again()
            made, data_are_known = self._namespace.made_here(asked.removeprefix("ask "))
            here = {where: one for _, where, one in amounts_in(made)}[place]
            is_some = amount.kind == "some"
            here = some_of(here) if is_some else replace(here, labels=here.labels if amount.labels else ())
            if data_are_known or here == amount:
                return here
            count, different = (round(varies_by * number) for number in (amount.count, amount.different))
            return replace(amount, count=count, different=different, labels=())
        return amount

    def _lacks(self, held: Mapping[tuple[str, str], set[Amount]], key: tuple[str, str], solution: Amount) -> bool:
        """Return whether an answer lacks a part, or something of what the solution's holds there."""
        asked, place = key
        if place and key not in held:
            return (asked, "") in held
        return any(lacks_some_of(one, solution) for one in held.get(key, ()))

    def _earlier_that_fit(
        self, asked: Mapping[str, str], found: JudgeFinding, source: str
    ) -> tuple[tuple[str, str], ...]:
        """Return those answers of earlier exercises that the test may have from the solution, each with its digest."""
        made_again = filter(self._namespace.is_made_again, sorted(asked))
        fit = [name for name in made_again if self._gives_with([name], found, source)]
        return tuple((name, asked[name]) for name in fit) if fit and self._gives_with(fit, found, source) else ()

    def _is_still_right(self, name: str) -> bool:
        """Return whether the answer of an earlier exercise passes its own test now, and soon: it may have changed."""
        started = time.monotonic()
        with self._namespace.kept():
            self._asking.look_again()
            self._asking.may_be_worked = None
            passed = self._run(self._namespace.test_of(name)).passed
        soon = not self._namespace.finds_needs or time.monotonic() - started < SECONDS_FOR_ANSWER
        return passed and soon

    def _taken_from_earlier(self, needs: Needs) -> list[str]:
        """Return the answers of earlier exercises that are not certainly the solution's."""
        return [
            name
            for name, digest in needs.earlier
            if name in self._namespace.fetched and not (digest and digest_of(self._namespace.fetched[name]) == digest)
        ]

    def _gives_with(self, earlier: Collection[str], found: JudgeFinding, source: str) -> bool:
        """Return whether a test gives the same with the solution's answers of earlier exercises."""
        if not earlier:
            return True
        self._namespace.taken_over = earlier
        gives_again = self._gives_again(found, source)
        self._namespace.taken_over = ()
        return gives_again

    def _look(self, source: str, visible: str, hidden: list[int]) -> JudgeFinding:
        """Run a test, and part of it again where that tells more."""
        found = self._run(source)
        is_private = self._handed_out != self._start
        handed_out = [one for line, one in self._namespace.displayed if line is not None and line not in hidden]
        shown = handed_out if is_private else []
        notes = [one for one in map(note_in, handed_out) if one]
        questions = [asked for _, one in self._namespace.displayed for asked in questions_in(one["metadata"])]
        return replace(self._look_again(found, source, visible, hidden), shown=shown, questions=questions, notes=notes)

    def _look_again(self, found: JudgeFinding, source: str, visible: str, hidden: list[int]) -> JudgeFinding:
        if found.passed:
            return self._look_strictly(found, source)
        if self._was_all_shown or found.line in hidden:
            return replace(found, hidden=found.line in hidden)
        # A line that was handed out failed, perhaps because of what a hidden one made, or of private answers.
        refused = self._asking.refused
        self._asking.look_again()
        with contextlib.chdir(os.path.join(self._handed_out, os.path.relpath(os.getcwd(), self._start))):
            found_again = self._run(visible)
        return replace(found, hidden=True, refused=refused) if found_again.passed else found_again

    def _look_strictly(self, found: JudgeFinding, source: str) -> JudgeFinding:
        """Run a test that passed once more for each thing that may have deceived it: it has to give the same."""
        changes_arguments = self._asking.changes_arguments
        if self._asking.arguments_changed and not changes_arguments:
            gives_again = self._gives_again(found, source, changes_arguments=True)
            self._asking.changes_arguments = changes_arguments
            if not gives_again:
                return replace(found, passed=False, refused=_CHANGES)
        if self._namespace.could_be_own:
            self._namespace.all_own, said = True, list(self._asking.said)
            if not self._gives_again(found, source):
                # What only functions of the notebook's are handed makes no test easier: they may do what they like.
                given = tuple(sorted(self._namespace.given_changed))
                self._asking.said = said
                if not (given and self._gives_again(found, source, as_answered=True)):
                    return replace(found, passed=False, refused=self._namespace.could_be_own, given=given)
                self._namespace.all_own = False
        return found

    def _why_compared_with_nothing(self, found: JudgeFinding, source: str, needs: Needs, spots: set[str]) -> str | None:
        """Return why a test that passed may have compared nothing with the answer, or None. spots: those of it."""
        new = spots - set(needs.spots)
        missing, kinds = other_missing(spots, needs.spots), other_kinds(spots, needs.spots) - set(needs.unseen)
        if missing and not self._gives_with_others(found, source, *_both_signs(filled), about=missing):
            return _HOLES
        if not needs.deaf:
            # Labels that count rows, and columns that are called as the solution's are, hide nothing.
            words = {one for one in needs.spots if one.startswith((COLUMNS, ROWS))}
            hides = {one for one in spots - words - {"places"} if not one.startswith((ROWS, KIND, PLAIN))}
            or_truth = any(one.startswith(TRUTH) for one in needs.spots)
            if hides and (deaf := self._is_deaf(found, source, or_truth=or_truth)) is not False:
                return _DEAF if deaf else _PERHAPS_DEAF
            # An honest answer may well be of another kind: here not to know is not enough.
            same_kind = kinds and self._gives_with_others(found, source, with_pythons_number, about=kinds)
            if kinds and not same_kind and self._is_deaf(found, source, kinds, or_truth=True):
                return _DEAF
        for asked, fields in self._asking.fields().items() if needs.apart else ():
            if asked in needs.apart and self._notices_one_field(found, source, asked, fields) is False:
                return _DEAF
        plain = asked_about(one for one in new if one.startswith(PLAIN))
        if plain and not self._gives_with_others(found, source, with_plain_values, about=plain):
            return _PLAINLY
        counted = "places" in needs.spots and "labels" not in needs.spots
        if "labels" in spots and counted and not self._gives_with_others(found, source, with_plain_labels):
            return _LABELS
        words, called = ({one for one in some if one.startswith((COLUMNS, ROWS))} for some in (needs.spots, spots))
        if words and called - words:
            labelled = (partial(with_labels, labels=sorted(words), sign=sign) for sign in (1, -1))
            if not self._gives_with_others(found, source, *labelled):
                return _SKIPS
        return None

    def _is_deaf(
        self, found: JudgeFinding, source: str, about: Collection[str] | None = None, or_truth: bool = False
    ) -> bool | None:
        """Return whether a test gives the same with larger and with smaller values in place of the answers'.

        about: as for `Asking.look_again`. or_truth: whether with what is false in place of what is true, too: a number
        or a list, say, in place of a truth value counts only as true or false.

        None: nobody knows, because that takes too long or the test asks something else.
        """
        larger, smaller = _both_signs(garbled)
        others = [larger, smaller, with_other_truth] if or_truth else [larger, smaller]
        # What a function makes of some of them is not known.
        gives = partial(self._gives_with_others, found, source, about=about, in_turn=about is None)
        deaf = gives(*others)
        # Where larger ones take too long, smaller ones may tell.
        return False if deaf is None and gives(smaller) is False else deaf

    def _notices_one_field(self, found: JudgeFinding, source: str, asked: str, fields: Collection[int]) -> bool | None:
        """Return whether a test gives something else with other values in one column or field of an answer alone.

        None: nobody knows, as in `_is_deaf`.
        """
        gives: bool | None = None
        for field in fields:
            others = _both_signs(partial(garbled, field=field))
            gives = self._gives_with_others(found, source, *others, about=[asked], in_turn=False)
            if gives is not True:
                break
        return None if gives is None else not gives

    def _gives_with_others(
        self,
        found: JudgeFinding,
        source: str,
        *other_values: Callable[[bytes], bytes],
        about: Collection[str] | None = None,
        in_turn: bool = True,
    ) -> bool | None:
        """Return whether a test gives the same with each of some other values. None: nobody knows, as in `_is_deaf`."""
        self._namespace.all_own = True

        def look() -> bool:
            gives = all(
                self._gives_again(found, source, other_values=one, about=about, in_turn=in_turn)
                # A function, say, has no other value.
                and (about is None or self._asking.holds_other)
                for one in other_values
            )
            if self._asking.asked_else:
                raise NotPlain("With other values it asks something else.")
            return gives

        return self._in_copy(look)

    def _at_once(self, look: Callable[[], T], kind: type[T]) -> T:
        """Return what comes of looks in copies of this process: all in one copy or, if that ends, each in its own."""

        def look_in_one() -> T:
            self._is_copy = True
            return look()

        found = self._in_copy(look_in_one, kind, _SECONDS_AT_ONCE)
        return look() if found is None else found

    def _gives_in_copy(self, found: JudgeFinding, source: str, *looks: dict[str, Any]) -> bool | None:
        """Return whether other looks, for which there may be no end, give the same. None: they take too long.

        looks: what each is made with, as for `Asking.look_again`.
        """
        return self._in_copy(lambda: all(self._gives_again(found, source, **look) for look in looks))

    def _in_copy(self, look: Callable[[], T], kind: Any = bool, seconds: int = SECONDS) -> T | None:
        if self._is_copy:
            with contextlib.suppress(BaseException):
                return look()
            return None
        # What is left of the test's time is for other looks, too.
        return in_copy(look, kind, min(_PATIENCE, (self._end - time.monotonic()) / 4), seconds)

    def _gives_again(self, found: JudgeFinding, source: str, **otherwise: Any) -> bool:
        """Return whether another look gives the same. otherwise: as for `Asking.look_again`."""
        self._asking.look_again(**otherwise)
        again = self._run(source)
        return again.passed and again.points == found.points

    def _run(self, source: str) -> JudgeFinding:
        self._namespace.begin_again()
        self._asking.withheld = None
        _begin_chance(self._seed)
        try:
            points = self._namespace.run(source)
            withheld = self._asking.withheld_at_end()
            return JudgeFinding(not withheld, points=points, asked=bool(self._asking.said), refused=withheld)
        except GraderGone:
            raise
        except BaseException as fault:
            lines = [frame.lineno for frame in traceback.extract_tb(fault.__traceback__) if frame.filename == TEST_FILE]
            refused = self._asking.refused or self._asking.withheld
            return JudgeFinding(False, line=lines[0] if lines else None, refused=refused, fault=_one_line(fault))


def _begin_chance(seed: int) -> None:
    """Have random numbers begin at a seed, those of generators that nobody seeds, too."""
    random.seed(seed)
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed(seed)
        numpy.random.bit_generator.randbits = random.Random(seed).getrandbits


def _both_signs(values: Callable[..., bytes]) -> list[Callable[[bytes], bytes]]:
    return [partial(values, sign=sign) for sign in (1, -1)]


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
