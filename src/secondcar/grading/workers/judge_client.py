"""The grader's side of the judge: hands its questions to the notebook's process.

A test cell is judged twice. Before it runs, the notebook's process keeps what the test may ask for, as it is at that
moment. The part that learners were given runs there, for the output they read. When the whole notebook has run, the
judge runs all of each test. Then the notebook's process runs those that have a hidden part, too, and `findings` says
what follows from both. A hidden test, and what it hands to a learner's function, arrives there only when nothing more
is shown. In a run that nobody sees, a test is judged where it stands.
"""

import asyncio
import contextlib
import math
import os
import random
import signal
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from itertools import chain
from pathlib import Path
from queue import Empty

import msgspec
from nbformat import NotebookNode
from nbgrader.preprocessors import ClearHiddenTests, ClearSolutions
from nbgrader.utils import is_grade, is_locked
from traitlets.config import Config

from secondcar.counting import counted
from secondcar.grading.folders import write_files
from secondcar.grading.judging import answers
from secondcar.grading.judging.answering import END_FORK, MOST_KEPT
from secondcar.grading.judging.answers import QUESTION, Forged, heard
from secondcar.grading.judging.cell_code import (
    Step,
    assigned_names,
    beginning_and_end,
    bound_to_fail,
    compared_with_others,
    parse_cell,
)
from secondcar.grading.judging.findings import (
    IN_NOTEBOOK,
    WITH_LEARNERS_DATA,
    JudgeFinding,
    is_in_fork,
)
from secondcar.grading.judging.packing import pack_error
from secondcar.grading.judging.teachers_part import names_asked, names_to_keep, read_steps
from secondcar.grading.kernel.runner import ForkServerGone, Runner
from secondcar.grading.limits import Limits
from secondcar.grading.records import IN_COPY, Needs, Way
from secondcar.grading.workers.questions import (
    Call,
    FunctionsGone,
    Questions,
    Said,
    asked_in,
    questions_in,
    tokens_of,
    told,
)

_PATIENCE = 5  # seconds, for a process that was interrupted
# A test that takes longer is asked again in another order only if its functions are known to remember something.
_QUICK = 1  # second
_TRIES = 3

# Where the judge has what was handed out, if it has private answers as well.
HANDED_OUT = ".handed_out"

_PASSES_ALL = "the notebook's process says of a test that has to fail that it passed"
_NO_VALUE = "what came from the notebook is not a value"


@dataclass(frozen=True)
class Judging:
    """What it takes to judge an assignment.

    Attributes:
        files: what lies beside the teacher's notebooks, and the notebooks.
        submitted: what was handed in.
        answers: files of the private answer store, which lie there for the judge alone.
        ways: notebook -> name of a test -> how it may be judged, the strictest way first.
    """

    fork_server: str
    limits: Limits
    config: Config
    files: Mapping[str, bytes]
    submitted: Mapping[str, bytes] = field(default_factory=dict)
    answers: Mapping[str, bytes] = field(default_factory=dict)
    ways: Mapping[str, Mapping[str, tuple[Way, ...]]] = field(default_factory=dict)

    @property
    def handed_in(self) -> dict[str, bytes]:
        """Return what lies beside a notebook when it is graded: the teacher's files win, as nbgrader has it."""
        return {**self.submitted, **{name: text for name, text in self.files.items() if not name.endswith(".ipynb")}}

    def steps(self, notebook: str) -> list[Step]:
        """Return what the judge is told about a notebook."""
        begin = ClearSolutions(config=self.config).begin_solution_delimeter
        return read_steps(self.files[f"{notebook}.ipynb"], begin)

    def ways_of(self, notebook: str, test: str) -> tuple[Way, ...]:
        """Return how a test may be judged, the strictest way first."""
        return self.ways.get(notebook, {}).get(test, (IN_NOTEBOOK,))

    def names_handed_over(self, notebook: str, cell: NotebookNode) -> list[str]:
        """Return what a locked cell gives a value of which tests have to know what it was then."""
        ways = chain.from_iterable(self.ways.get(notebook, {}).values())
        needs = [way.needs for way in ways if way.kind == WITH_LEARNERS_DATA]
        wanted = set().union(*(one.drawn for one in needs if one))
        if cell.cell_type != "code" or not is_locked(cell) or is_grade(cell) or not (wanted or None in needs):
            return []
        with contextlib.suppress(SyntaxError):
            names = assigned_names(parse_cell(cell.source))
            return sorted(names if None in needs else names & wanted)
        return []

    def visible(self, cell: NotebookNode) -> tuple[str, set[int]]:
        """Return what learners were given of a test, and the numbers of the hidden lines."""
        copy = NotebookNode(cell, source=cell.source)
        ClearHiddenTests(config=self.config).preprocess_cell(copy, {}, 0)
        return copy.source, _lines_missing(cell.source.split("\n"), copy.source.split("\n"))


def _lines_missing(whole: Sequence[str], part: Sequence[str]) -> set[int]:
    missing, left = set(), list(part)
    for number, line in enumerate(whole, start=1):
        if left and line == left[0]:
            del left[0]
        else:
            missing.add(number)
    return missing


@dataclass(frozen=True)
class KeptValues:
    """What a test may ask a notebook for, as it was when the notebook came to the test.

    Attributes:
        values: name -> packed.
        numbers: name -> those in its value.
        key: under what name the notebook's process knows this.
        calls: whether that is needed for functions.
        copy: under what name the process knows a copy in which the whole test can run, if that is needed.
        held: whether a fork of it answers, in place of the values.
        refused: as in `JudgeFinding`.
    """

    values: Mapping[str, bytes] = field(default_factory=dict)
    key: str = ""
    calls: bool = False
    copy: str = ""
    held: bool = False
    refused: str | None = None
    numbers: Mapping[str, answers.Numbers] = field(default_factory=dict)

    def answer(self, name: str) -> Said:
        """Return the answer to the judge that asks for a name."""
        if name not in self.values:
            return answers.Missing(), []
        numbers = [self.numbers[name]] if name in self.numbers else []
        return answers.Data(numbers=numbers, shares=any(one.others for one in numbers)), [self.values[name]]


class ProcessEnded(Exception):
    """A process that was waited for has ended; the text says why."""


class JudgeOfNotebook:
    """Judges the tests of one notebook. The judge's process is started for the first of them.

    Attributes:
        seconds: the processor time that judges took, once they have ended.
        asked: test -> what it asked functions that say that they could remember it, while those of the solution's
            cannot.
    """

    def __init__(self, judging: Judging, notebook: str, runner: Runner, timeout: float | None) -> None:
        self._judging, self._notebook, self._runner, self._timeout = judging, notebook, runner, timeout
        self._judge: Runner | None = None
        self._folder: tempfile.TemporaryDirectory | None = None
        self._limit = counted(timeout or 0, "second")
        self.seconds = 0.0
        self.asked: dict[str, Questions] = {}
        # The same of the last test, whatever the notebook says, and of tests that took no longer than `_QUICK`.
        self._last_asked = Questions()
        self._asked_soon: dict[str, Questions] = {}
        # What locked cells gave names, as far as that has to be known, now and at each test.
        self._handed: Mapping[str, bytes] = {}
        self._handed_at: dict[str, Mapping[str, bytes]] = {}

    async def keep(self, cell: NotebookNode, ways: Sequence[Way], only_in_fork: bool) -> dict[Way, KeptValues]:
        """Have the notebook keep what a test may ask for in each way. Raises ProcessEnded.

        only_in_fork: whether functions are to be called in a fork of its process, whatever they are.
        """
        test, source = cell.metadata.nbgrader.grade_id, self._judging.files[f"{self._notebook}.ipynb"]
        visible, hidden = self._judging.visible(cell)
        self._handed_at[test] = self._handed
        found: dict[Way, KeptValues] = {}
        # Names -> what was kept of them. A fork answers for one way only.
        same: dict[tuple[str, ...] | None, KeptValues] = {}
        for way in ways:
            names = None
            if is_in_fork(way) and found and not any(kept.held for kept in found.values()):
                # All that it may ask for is data, or calls for no fork: it hardly has to run there.
                continue
            if not is_in_fork(way):
                names = names_to_keep(source, test, cell.source, visible, way.kind == WITH_LEARNERS_DATA)
            found[way] = same.get(names) or await self._keep(f"{test}, {way.kind}", names, only_in_fork)
            needs_copy = only_in_fork or (way.needs and way.needs.there == IN_COPY)
            if needs_copy and self.is_heard(hidden, way) and not found[way].held:
                found[way] = replace(found[way], copy=(await self._keep(f"{test}, all of it", None, True)).key)
            if not found[way].held:
                same[names] = found[way]
        return found

    async def _keep(self, key: str, names: tuple[str, ...] | None, only_in_fork: bool) -> KeptValues:
        """Have it keep names for a test and a way. names: None if all may be asked for."""
        message = await self._kept({"what": "keep", "test": key, "names": names, "only_in_fork": only_in_fork})
        try:
            answer = heard(message, answers.Kept, answers.Held, answers.Refused)
        except Forged:
            return KeptValues(refused=_NO_VALUE)
        if isinstance(answer, answers.Held):
            return KeptValues(key=key, calls=True, held=True)
        if isinstance(answer, answers.Refused):
            return KeptValues(refused="there was no room for a process that keeps the functions")
        assert isinstance(answer, answers.Kept)
        if sum(map(len, message.get("buffers", ()))) > MOST_KEPT:
            return KeptValues(refused=_NO_VALUE)
        return KeptValues(
            dict(zip(answer.names, message.get("buffers", ()), strict=True)),
            key,
            answer.calls,
            numbers=dict(zip(answer.names, answer.numbers, strict=False)),
        )

    async def hand_over(self, names: Sequence[str]) -> None:
        """Have the notebook hand over what a locked cell has just given names. Raises ProcessEnded."""
        message = await self._kept({"what": "hand over", "names": names})
        with contextlib.suppress(Forged):
            answer = heard(message, answers.Kept)
            found = dict(zip(answer.names, message.get("buffers", ()), strict=True))
            found = {name: value for name, value in found.items() if len(value) <= MOST_KEPT}
            self._handed = {**self._handed, **{name: found.get(name, b"") for name in names}}

    async def set_aside(self) -> None:
        """Have a fork answer for all tests up to now: what comes next must not be found. Raises ProcessEnded.

        Tests whose functions nothing holds then are judged in another run.
        """
        await self._kept({"what": "aside"})

    async def _kept(self, question: dict) -> dict:
        self._runner.muted = True
        try:
            async with asyncio.timeout(self._timeout):
                self._ask(question)
                return await _receive(self._runner)
        except TimeoutError:
            self._runner.stop(f"what a test asks for was not available within {self._limit}")
            raise ProcessEnded(self._runner.ended) from None
        finally:
            self._runner.muted = False

    async def judge(
        self, cell: NotebookNode, visible: str, hidden: set[int], way: Way, kept: KeptValues
    ) -> JudgeFinding:
        """Have a test judged in one of the ways out of the notebook's reach. Raises FunctionsGone.

        visible: what learners were given of it. hidden: the numbers of the other lines.
        """
        test, started, self._last_asked = cell.metadata.nbgrader.grade_id, time.monotonic(), Questions()
        found = await self._judge_once(cell, visible, hidden, way, kept)
        if found.passed and time.monotonic() - started < _QUICK and test not in self.asked:
            self._asked_soon[test] = self._last_asked
        return found

    async def passes_again(
        self, cell: NotebookNode, visible: str, hidden: set[int], way: Way, kept: KeptValues
    ) -> bool:
        """Return whether a test that passed does so when its functions are asked the same, the last question first.

        Whatever a notebook says of its functions, they are asked so by a process that has not been asked before, if
        that is quick. Raises FunctionsGone.
        """
        asked = self._asked_soon.get(cell.metadata.nbgrader.grade_id, Questions())
        # What a test or an answer draws may fail by chance. A fork answers each time as if it was asked for the first.
        tries = _TRIES if kept.held else 1
        for _ in range(tries if asked.calls else 0):
            said = await self.call_again(kept, asked.calls)
            if said is not None and await self.passes_with(cell, visible, hidden, way, said):
                return True
        return not asked.calls

    async def begin_copy(self) -> None:
        """Have a copy of the notebook's process answer, so that the process itself learns nothing of the questions.

        Where there is no room for one, the process itself answers. Raises ProcessEnded.
        """
        await self._kept({"what": "copy"})

    async def end_copy(self) -> None:
        """Have the process itself answer again."""
        await self._end_questions("end copy")

    async def _judge_once(
        self, cell: NotebookNode, visible: str, hidden: set[int], way: Way, kept: KeptValues
    ) -> JudgeFinding:
        if kept.refused:
            return JudgeFinding(False, refused=kept.refused)
        self._runner.muted = True
        # The line of the test that last had something done in the notebook.
        self._line: int | None = None
        try:
            async with asyncio.timeout(self._timeout):
                if kept.calls:
                    # Of all of the test the notebook hears last: what it has learned by then answers no question.
                    await self._resume(kept.key, stays=kept.held and not is_in_fork(way))
                if is_in_fork(way):
                    self._line = min(hidden, default=None)
                    return await self._run_in_fork(cell, bool(hidden), way.needs)
                self._begin(cell, visible, hidden, way)
                return await self._finding(cell, way, kept)
        except TimeoutError:
            await self._interrupt()
            return self._unfinished(hidden, f"it ran longer than {self._limit}")
        except ProcessEnded as end:
            if self._judge is not None and self._judge.abandoned:
                raise ForkServerGone from None
            await self.close()
            return self._unfinished(hidden, str(end))
        except Forged:
            await self.close()
            return JudgeFinding(False, refused=_NO_VALUE)
        finally:
            if kept.calls:
                await self._end_questions()

    def is_heard(self, hidden: set[int], way: Way) -> bool:
        """Return whether all of a test is to run in the notebook, too, because its hidden part has not.

        Where the judge alone has the answers, it cannot.
        """
        may_pass = way.needs is None or bool(way.needs.there)
        return bool(hidden) and not is_in_fork(way) and not self._judging.answers and may_pass

    async def hear(
        self, cell: NotebookNode, hidden: set[int], kept: KeptValues, way: Way, found: JudgeFinding
    ) -> JudgeFinding:
        """Return a finding with what the notebook itself says of the whole test. Raises FunctionsGone.

        hidden: the numbers of the lines that learners were not given.
        """
        ran = _Ran(answers.Ran(False))
        self._runner.muted = True
        try:
            async with asyncio.timeout(self._timeout):
                await self._resume(kept.copy or kept.key)
                # What is kept for one test alone may be changed by neither of the two.
                ran = await self._run_with_control(cell, way.needs, in_copy=bool(kept.copy) or kept.held)
        except TimeoutError:
            self._runner.signal(signal.SIGINT)
        except (ProcessEnded, Forged):
            pass
        finally:
            await self._end_questions()
        if found.passed and ran.control_passed:
            return replace(found, passed=False, refused=_PASSES_ALL)
        found = found if way.needs else replace(found, needs=replace(found.needs, compared=ran.compared))
        return _with_word(found, ran.answer, hidden)

    async def _run_in_fork(self, cell: NotebookNode, hides: bool, needs: Needs | None) -> JudgeFinding:
        """Have a test run in the fork that was woken for it. Raises Forged.

        hides: whether a part of it, all that learners were not given, has not run in the notebook itself.
        """
        ran = await self._run_with_control(cell, needs, in_copy=True)
        if not (isinstance(ran.answer, answers.Ran) and ran.answer.passed):
            return _failed_in_fork(ran.answer, hides)
        if ran.control_passed:
            return JudgeFinding(False, refused=_PASSES_ALL)
        points = _in_hundredths(ran.answer.points, cell.metadata.nbgrader.points)
        return JudgeFinding(True, points=points, needs=needs or Needs(compared=ran.compared))

    async def _run_with_control(self, cell: NotebookNode, needs: Needs | None, in_copy: bool) -> "_Ran":
        """Have a test run in the notebook, and beside its end one that has to fail. Raises Forged.

        in_copy: whether one of the two runs in a copy of the process, so that the other finds nothing of it.
        """
        beginning, end = beginning_and_end(cell.source)
        if beginning.strip() and not _has_passed(ran := await self._run(beginning)):
            return _Ran(ran)
        # Its lines have the numbers that they have in the test.
        end = "\n" * (cell.source.count("\n") - end.count("\n")) + end
        compared = compared_with_others(end)
        if needs is None:
            # With the solution it is found out which one fails.
            is_compared = compared is not None and not _has_passed(await self._run(compared, in_copy=True))
        else:
            is_compared = needs.compared
        control = compared if is_compared and compared else bound_to_fail(end)
        # A process of a learner's is not told which is which. The solution's must pass after the other one.
        order = [control, end] if needs is None else random.SystemRandom().sample([end, control], 2)
        said = {one: await self._run(one, in_copy and one is order[0]) for one in order}
        return _Ran(said[end], _has_passed(said[control]), is_compared)

    async def _run(self, source: str, in_copy: bool = False) -> answers.Answer:
        self._ask({"what": "run", "source": source, "in_copy": in_copy})
        return heard(await _receive(self._runner), answers.Ran, answers.Error)

    def _begin(self, cell: NotebookNode, visible: str, hidden: set[int], way: Way) -> None:
        if self._judge is None:
            self._start()
        name = cell.metadata.nbgrader.grade_id
        handed = {name: value for name, value in self._handed_at[name].items() if value}
        test = {"name": name, "source": cell.source, "visible": visible, "handed": list(handed)}
        content = {**test, "hidden": sorted(hidden), "way": asdict(way), "seconds": self._timeout}
        self._tell("test", content, list(handed.values()))

    def _unfinished(self, hidden: set[int], why: str) -> JudgeFinding:
        return JudgeFinding(False, hidden=self._line in hidden, line=self._line, fault=why)

    def _start(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="judge-")
        files = {name: text for name, text in self._judging.files.items() if not name.endswith(".ipynb")}
        write_files(Path(self._folder.name), {**files, **self._judging.answers})
        if self._judging.answers:
            write_files(Path(self._folder.name, HANDED_OUT), files)
        limits = replace(self._runner.limits, output_bytes=1 << 31)
        known = {**self._runner.environment, "NBGRADER_EXECUTION": os.environ.get("NBGRADER_EXECUTION", "autograde")}
        folder = str(Path(self._folder.name).resolve())
        self._judge = Runner(
            self._judging.fork_server, folder, known, [], limits, program="secondcar.grading.judging.judge"
        )
        self._judge.listen()
        folder = HANDED_OUT if self._judging.answers else "."
        self._tell("begin", {"folder": folder, "steps": self._judging.steps(self._notebook)})

    def _tell(self, kind: str, content: dict, buffers: Sequence[bytes] = ()) -> None:
        self._started().send({"header": {"msg_type": kind}, "content": content, "buffers": list(buffers)})

    async def _finding(self, cell: NotebookNode, way: Way, kept: KeptValues) -> JudgeFinding:
        """Answer the judge's questions until it has found what became of the test. Raises Forged."""
        first = _AtFirst(self, self._names_in(cell, way) if kept.held else (), way.needs)
        log: list[tuple[dict, Said]] = []
        # What the notebook says of its functions is not all that counts.
        remember = kept.calls and self._runner.shares_memory
        while True:
            message = await _receive(self._started())
            kind, content = message["header"]["msg_type"], message["content"]
            if kind == "finding":
                found = msgspec.convert(content, JudgeFinding)
                if way.needs is None:
                    contained = kept.calls and not remember
                    found = replace(found, needs=replace(first.noted_in(found.needs), self_contained=contained))
                elif way.needs.self_contained and (asked := questions_in(log)).calls:
                    self._last_asked = asked
                    self.asked |= {cell.metadata.nbgrader.grade_id: asked} if remember else {}
                return found
            if kind == "ask":
                answer, values = await first.held_by(content["name"]) if kept.held else kept.answer(content["name"])
            else:
                await first.settle()
                self._line = content.get("line")
                answer, values = await self.from_notebook(kind, content, message.get("buffers", ()))
            remember |= isinstance(answer, answers.Data) and answer.remembers
            log.append((message, (answer, values)))
            self._tell("answer", answers.content_of(answer), values)

    def _names_in(self, cell: NotebookNode, way: Way) -> Sequence[str]:
        """Return the names that a test may ask for, as far as its text says."""
        source = self._judging.files[f"{self._notebook}.ipynb"]
        return names_asked(source, cell.metadata.nbgrader.grade_id, cell.source, way.kind == WITH_LEARNERS_DATA) or ()

    async def from_notebook(self, kind: str, content: dict, buffers: Sequence[bytes] = ()) -> Said:
        """Have the notebook's process, or a fork of it, answer a question of the judge's. Raises Forged."""
        self._ask({"what": kind, **content}, buffers)
        said = await _receive(self._runner)
        return heard(said, answers.Data, answers.Error, answers.Missing), list(said.get("buffers", ()))

    async def call_again(self, kept: KeptValues, calls: Sequence[Call]) -> list[Said] | None:
        """Return what functions answer to calls, in their order, if the last is made first. None: nothing.

        Raises FunctionsGone if they are not what they were.
        """
        self._runner.muted = True
        known: dict[str | Call, Said] = {}
        try:
            async with asyncio.timeout(self._timeout):
                await self._resume(kept.key, stays=kept.held)
                for name in sorted({call.name for call in calls}):
                    known[name] = await self.from_notebook("ask", {"name": name})
                said = [known.get(call) or await self._call(call, known) for call in reversed(calls)]
            return said[::-1]
        except TimeoutError:
            self._runner.signal(signal.SIGINT)
            return None
        except (ProcessEnded, Forged):
            return None
        finally:
            await self._end_questions()

    async def _call(self, call: Call, known: dict[str | Call, Said]) -> Said:
        """Repeat a call. known: what names hold, and what calls gave that returned functions. Raises Forged."""
        if not isinstance(call.origin, str) and call.origin not in known:
            known[call.origin] = await self._call(call.origin, known)
        number = dict(enumerate(tokens_of(known[call.origin]))).get(call.place)
        content = {"token": number, "how": "__call__", "line": None}
        return await self.from_notebook("do", content, [call.arguments])

    async def passes_with(
        self, cell: NotebookNode, visible: str, hidden: set[int], way: Way, said: Sequence[Said]
    ) -> bool:
        """Return whether a test that passed does so, too, with other answers to its calls."""
        test, all_known = cell.metadata.nbgrader.grade_id, True
        asked = self.asked.get(test) or self._asked_soon[test]
        if [told(one) for one in said] == [told(one) for one in asked.said_to_calls()]:
            return True
        asked = asked.answered_anew(said)
        try:
            async with asyncio.timeout(self._timeout):
                self._begin(cell, visible, hidden, way)
                while True:
                    message = await _receive(self._started())
                    if message["header"]["msg_type"] == "finding":
                        return all_known and msgspec.convert(message["content"], JudgeFinding).passed
                    try:
                        answer, values = asked.answer(asked_in(message))
                    except FunctionsGone:
                        all_known, answer, values = False, answers.Error(), [pack_error(LookupError("unknown"))]
                    self._tell("answer", answers.content_of(answer), values)
        except (TimeoutError, ProcessEnded):
            await self.close()
            return False

    async def _resume(self, test: str, stays: bool = False) -> None:
        """Have the notebook's process, or a fork of it, answer for a test. Raises FunctionsGone, Forged.

        stays: whether the fork is to be there for it once more, as it is now.
        """
        self._ask({"what": "resume", "test": test, "stays": stays})
        answer = heard(await _receive(self._runner), answers.Resumed, answers.Changed, answers.Error)
        if not isinstance(answer, answers.Resumed):
            raise FunctionsGone

    def _started(self) -> Runner:
        assert self._judge is not None, "a test is judged before the judge was started"
        return self._judge

    def _ask(self, content: dict, buffers: Sequence[bytes] = ()) -> None:
        self._runner.send({"header": {"msg_type": QUESTION}, "content": content, "buffers": list(buffers)})

    async def _interrupt(self) -> None:
        self._runner.signal(signal.SIGINT)
        await self.close()

    async def _end_questions(self, what: str = "end") -> None:
        """Wait until the fork that answered has ended, or the copy."""
        self._ask({"what": what})
        for interrupted in (True, False):
            if self._runner.ended is not None:
                return
            with contextlib.suppress(ProcessEnded, TimeoutError):
                async with asyncio.timeout(_PATIENCE):
                    while not _is_end(await _receive(self._runner)):
                        pass
                    return
            if interrupted:
                self._runner.signal(END_FORK)
        self._runner.stop(f"a test ran longer than {self._limit} and could not be interrupted")

    async def close(self) -> None:
        """End the judge. Another one is started if there is more to judge."""
        judge, self._judge = self._judge, None
        if judge:
            await judge.close()
            self.seconds += judge.seconds
        if self._folder:
            self._folder.cleanup()


@dataclass(frozen=True)
class _Ran:
    """What came of a test in the notebook, whether the one that has to fail passed there, and which one that was.

    compared: whether its last comparison is with other numbers and texts.
    """

    answer: answers.Answer
    control_passed: bool = False
    compared: bool = False


class _AtFirst:
    """What names hold in a fork before a test has anything done there: functions that it calls could set them.

    What the solution's functions set is what they have set it to.
    """

    def __init__(self, judge: JudgeOfNotebook, names: Sequence[str], needs: Needs | None) -> None:
        """names: those that the test may ask for. needs: None while it is found out what the solution's set."""
        self._judge, self._names, self._needs = judge, names, needs
        self._said: dict[str, Said] = {}
        self._set: set[str] = set()
        self._settled = False

    async def settle(self) -> None:
        """Ask for the names that were not asked for yet: now something is done. Raises Forged."""
        if self._settled:
            return
        self._settled = True
        for name in self._names:
            self._said[name] = self._said.get(name) or await self._ask(name)

    async def held_by(self, name: str) -> Said:
        """Return the answer to the judge that asks for a name. Raises Forged."""
        said = self._said.get(name)
        if said and self._needs and name not in self._needs.set_by_calls:
            return said
        now = await self._ask(name)
        if said not in (None, now):
            self._set.add(name)
        if not self._settled:
            self._said[name] = now
        return now

    async def _ask(self, name: str) -> Said:
        return await self._judge.from_notebook("ask", {"name": name})

    def noted_in(self, needs: Needs) -> Needs:
        """Return what the solution needs, with the names that its functions set."""
        return replace(needs, set_by_calls=tuple(sorted(self._set)))


def _with_word(found: JudgeFinding, ran: answers.Answer, hidden: set[int]) -> JudgeFinding:
    """Return a finding with what came of the whole test in the notebook itself."""
    if not (isinstance(ran, answers.Ran) and ran.passed):
        # What was handed out passed there before.
        fails = found.passed or (isinstance(ran, answers.Ran) and ran.line in hidden)
        return replace(found, there=False if fails else None)
    # Points of numpy's are not read there.
    differ = found.points is not None and ran.points is not None and not _alike(ran.points, float(found.points))
    return replace(found, there=not (found.passed and differ))


def _failed_in_fork(ran: answers.Answer, hides: bool) -> JudgeFinding:
    return JudgeFinding(False, hidden=hides, late=isinstance(ran, answers.Ran) and ran.late)


def _has_passed(ran: answers.Answer) -> bool:
    return isinstance(ran, answers.Ran) and ran.passed


def _in_hundredths(points: float | None, most: float) -> str | None:
    """Return points as text: more digits could say what a hidden test holds, and all marks stay all marks.

    >>> _in_hundredths(2 / 3, 1), _in_hundredths(0.3749, 0.375)
    ('0.67', '0.375')
    """
    if points is None:
        return None
    return str(most if _alike(points, most) else round(points, 2))


def _alike(points: float, others: float) -> bool:
    return math.isclose(points, others, abs_tol=0.005)


def _is_end(message: dict) -> bool:
    with contextlib.suppress(Forged):
        return bool(heard(message, answers.End))
    return False


async def _receive(process: Runner) -> dict:
    while True:
        try:
            return await process.shell.get_msg(timeout=0.5)
        except Empty:
            if process.ended is not None:
                raise ProcessEnded(process.ended) from None
