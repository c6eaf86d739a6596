"""The grader's side of the judge: hands its questions to the notebook's process, and puts verdicts into cells.

A test cell is run twice. The part of it that learners were given runs in their process, for the output they read. If
that passes, the process keeps what the test may ask for, and goes on. When the notebook has run, the judge runs all of
each test, and only its verdict counts. No text of a hidden test enters a learner's process; what a hidden test hands to
a learner's function comes there when nothing more is shown.
"""

import asyncio
import contextlib
import os
import signal
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from queue import Empty

from nbconvert.filters import strip_ansi
from nbformat import NotebookNode
from nbgrader.preprocessors import ClearHiddenTests
from nbgrader.utils import get_partial_grade
from traitlets.config import Config

from secondcar.counting import counted
from secondcar.grading.folders import write_files
from secondcar.grading.judging.answering import END_FORK
from secondcar.grading.judging.teachers_part import definitions_above, names_asked, read_steps
from secondcar.grading.kernel.process import QUESTION
from secondcar.grading.kernel.runner import ForkServerGone, Runner
from secondcar.grading.limits import Limits

# How a test is judged. Which way serves is found out with the teacher's own answers, never with a learner's.
OUT_OF_REACH = "out of reach"
WITH_LEARNERS_DATA = "out of reach, with the learner's data"
IN_NOTEBOOK = "in the notebook"

FAILED = "TestFailed"
_HIDDEN = "A hidden test did not pass."
_AGAIN = "The test did not pass when it was run out of the notebook's reach."

_PATIENCE = 5  # seconds, for a process that was interrupted


@dataclass(frozen=True)
class Judging:
    """What it takes to judge an assignment.

    files: what lies beside the teacher's notebooks, and the notebooks. submitted: what was handed in. answers: files
    of the private answer store, which lie there for the judge alone. ways: notebook -> name of a test -> how it is
    judged; None finds it out.
    """

    fork_server: str
    limits: Limits
    config: Config
    files: Mapping[str, bytes]
    submitted: Mapping[str, bytes] = field(default_factory=dict)
    answers: Mapping[str, bytes] = field(default_factory=dict)
    ways: Mapping[str, Mapping[str, str]] | None = None

    @property
    def handed_in(self) -> dict[str, bytes]:
        """Return what lies beside a notebook when it is graded: the teacher's files win, as nbgrader has it."""
        return {**self.submitted, **{name: text for name, text in self.files.items() if not name.endswith(".ipynb")}}

    def ways_of(self, notebook: str, test: str) -> tuple[str, ...]:
        """Return how a test may be judged, the strictest way first."""
        if self.ways is None:
            return OUT_OF_REACH, WITH_LEARNERS_DATA
        return (self.ways.get(notebook, {}).get(test, IN_NOTEBOOK),)

    def runs_tests_in(self, notebook: str) -> bool:
        """Tell whether any test of a notebook has to run in it."""
        return self.ways is not None and IN_NOTEBOOK in self.ways.get(notebook, {}).values()

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
class Verdict:
    """What the judge found. points: a number as text, for a part of the marks. sentence: why it did not pass."""

    passed: bool
    points: str | None = None
    sentence: str | None = None

    def write_into(self, cell: NotebookNode) -> None:
        """Have nbgrader find this verdict, and no other, in a cell's outputs."""
        other_results = bool(self.points) or not self.passed
        cell.outputs = [
            output
            for output in cell.outputs
            if output.output_type != "execute_result" or not (other_results or _gives_points(output, cell))
        ]
        if self.points:
            cell.outputs.append(_result(self.points, cell.execution_count))
        if not self.passed and not any(output.output_type == "error" for output in cell.outputs):
            cell.outputs.append(_error(self.sentence or _AGAIN))


def _gives_points(output: NotebookNode, cell: NotebookNode) -> bool:
    """Tell whether nbgrader would read a part of the marks from a result."""
    most = float(cell.metadata.nbgrader.points)
    try:
        return get_partial_grade(output, most) != most
    except (KeyError, ValueError):
        return True


def _result(points: str, count: int | None) -> NotebookNode:
    return NotebookNode(
        output_type="execute_result", metadata={}, data=NotebookNode({"text/plain": points}), execution_count=count
    )


def _error(sentence: str) -> NotebookNode:
    return NotebookNode(output_type="error", ename=FAILED, evalue=sentence, traceback=[sentence])


def scrub(cell: NotebookNode, hidden: set[int]) -> None:
    """Take hidden lines out of the outputs of a test that ran in the notebook."""
    lines = [line.strip() for number, line in enumerate(cell.source.split("\n"), start=1) if number in hidden]
    lines = [line for line in lines if line]
    failed = any(output.output_type == "error" for output in cell.outputs)
    kept = [output for output in cell.outputs if not _quotes(output, lines)]
    if failed and not any(output.output_type == "error" for output in kept):
        kept.append(_error(_HIDDEN))
    cell.outputs = kept


def _quotes(output: NotebookNode, lines: Sequence[str]) -> bool:
    text = strip_ansi("\n".join(_texts(output)))
    return any(line in text or repr(line)[1:-1] in text for line in lines)


def _texts(part: object) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, Mapping | list):
        for one in part.values() if isinstance(part, Mapping) else part:
            yield from _texts(one)


@dataclass(frozen=True)
class Kept:
    """What a test may ask a notebook for, as it was when the notebook came to the test.

    values: name -> packed. problems: name -> why its value cannot travel. calls: under what name the notebook's
    process knows this, if it is needed for functions. held: whether a fork of it answers, in place of the values.
    refused: why nothing could be kept, as a sentence.
    """

    values: Mapping[str, bytes] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
    calls: str | None = None
    held: bool = False
    refused: str | None = None

    def answer(self, name: str) -> tuple[dict, list[bytes]]:
        """Return the answer to the judge that asks for a name."""
        if name in self.values:
            return {"kind": "data"}, [self.values[name]]
        if name in self.problems:
            return {"kind": "not plain", "sentence": self.problems[name]}, []
        return {"kind": "missing"}, []


class ProcessEnded(Exception):
    """A process that was waited for has ended; the text says why."""


class FunctionsGone(Exception):
    """The functions that a test calls are gone, or depend on something that has changed since."""


class JudgeOfNotebook:
    """Judges the tests of one notebook. The judge's process is started for the first of them.

    seconds: the processor time that judges took, once they have ended.
    """

    def __init__(self, judging: Judging, notebook: str, runner: Runner, timeout: float | None) -> None:
        self._judging, self._notebook, self._runner, self._timeout = judging, notebook, runner, timeout
        self._judge: Runner | None = None
        self._folder: tempfile.TemporaryDirectory | None = None
        self.seconds = 0.0

    async def keep(self, cell: NotebookNode, way: str, only_in_fork: bool) -> Kept:
        """Have the notebook keep what a test may ask for. Raises ProcessEnded.

        only_in_fork: whether functions are to be called in a fork of its process, whatever they are.
        """
        name, source = cell.metadata.nbgrader.grade_id, self._judging.files[f"{self._notebook}.ipynb"]
        names = names_asked(source, name, cell.source, way == WITH_LEARNERS_DATA)
        key = f"{name}, {way}"
        self._runner.muted = True
        try:
            async with asyncio.timeout(self._timeout):
                self._ask({"what": "keep", "test": key, "names": names, "only_in_fork": only_in_fork})
                message = await _receive(self._runner)
        except TimeoutError:
            self._runner.stop(f"what a test asks for could not be had in {counted(self._timeout, 'second')}")
            raise ProcessEnded(self._runner.ended) from None
        finally:
            self._runner.muted = False
        answer, values = message["content"], message.get("buffers", ())
        if answer.get("kind") == "held":
            return Kept(calls=key, held=True)
        if answer.get("kind") == "refused":
            return Kept(refused=f"{answer.get('sentence')}.")
        try:
            values = dict(zip(answer["names"], values, strict=True))
            return Kept(values, dict(answer["problems"]), key if answer["calls"] else None)
        except (KeyError, TypeError, ValueError):
            return Kept(refused="The notebook's process did not say what its names stand for.")

    async def judge(self, cell: NotebookNode, hidden: set[int], way: str, kept: Kept) -> Verdict:
        """Have a test judged in one of the ways out of the notebook's reach. Raises FunctionsGone."""
        if kept.refused:
            return Verdict(False, sentence=kept.refused)
        self._runner.muted = True
        try:
            async with asyncio.timeout(self._timeout):
                if self._judge is None:
                    self._start()
                if kept.calls:
                    await self._resume(kept.calls)
                self._tell("test", self._test(cell, way))
                found = await self._answer(kept)
        except TimeoutError:
            await self._interrupt()
            return Verdict(
                False, sentence=f"The tests of this cell ran longer than {counted(self._timeout, 'second')}."
            )
        except ProcessEnded as end:
            if self._judge.abandoned:
                raise ForkServerGone from None
            await self.close()
            return Verdict(False, sentence=f"The tests of this cell could not be run to their end: {end}.")
        finally:
            if kept.calls:
                await self._end_questions()
        if found["passed"]:
            return Verdict(True, points=found["points"])
        return Verdict(False, sentence=found["sentence"] or (_HIDDEN if found["line"] in hidden else _AGAIN))

    @staticmethod
    def _test(cell: NotebookNode, way: str) -> dict:
        name = cell.metadata.nbgrader.grade_id
        return {"name": name, "source": cell.source, "learners_data": way == WITH_LEARNERS_DATA}

    def _start(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="judge-")
        files = {name: text for name, text in self._judging.files.items() if not name.endswith(".ipynb")}
        write_files(Path(self._folder.name), {**files, **self._judging.answers})
        limits = replace(self._runner.limits, output_bytes=1 << 31)
        known = {**self._runner.environment, "NBGRADER_EXECUTION": os.environ.get("NBGRADER_EXECUTION", "autograde")}
        folder = str(Path(self._folder.name).resolve())
        self._judge = Runner(
            self._judging.fork_server, folder, known, [], limits, program="secondcar.grading.judging.judge"
        )
        self._judge.listen()
        self._tell("begin", {"steps": self._steps()})

    def _tell(self, kind: str, content: dict, buffers: Sequence[bytes] = ()) -> None:
        self._judge.send({"header": {"msg_type": kind}, "content": content, "buffers": list(buffers)})

    async def _answer(self, kept: Kept) -> dict:
        """Answer the judge's questions until the verdict comes."""
        while True:
            message = await _receive(self._judge)
            kind = message["header"]["msg_type"]
            if kind == "verdict":
                return message["content"]
            if kind == "ask" and not kept.held:
                self._tell("answer", *kept.answer(message["content"]["name"]))
                continue
            self._ask({"what": kind, **message["content"]}, message.get("buffers", ()))
            answer = await _receive(self._runner)
            self._tell("answer", answer["content"], answer.get("buffers", ()))

    async def _resume(self, test: str) -> None:
        """Have the notebook's process, or a fork of it, answer for a test."""
        self._ask({"what": "resume", "test": test})
        if (await _receive(self._runner))["content"].get("kind") == "changed":
            raise FunctionsGone

    def _ask(self, content: dict, buffers: Sequence[bytes] = ()) -> None:
        self._runner.send({"header": {"msg_type": QUESTION}, "content": content, "buffers": list(buffers)})

    async def _interrupt(self) -> None:
        self._runner.signal(signal.SIGINT)
        await self.close()

    def prepare_notebook(self, test: str) -> None:
        """Have the notebook's process put back what a test relies on that is to run there."""
        definitions, learners = definitions_above(self._steps(), test)
        self._ask({"what": "restore", "definitions": definitions, "learners": learners})

    def _steps(self) -> list[dict]:
        return read_steps(self._judging.files[f"{self._notebook}.ipynb"])

    async def _end_questions(self) -> None:
        """Wait until the fork that answered has ended."""
        self._ask({"what": "end"})
        for interrupted in (True, False):
            if self._runner.ended is not None:
                return
            with contextlib.suppress(ProcessEnded, TimeoutError):
                async with asyncio.timeout(_PATIENCE):
                    while (await _receive(self._runner))["content"].get("kind") != "end":
                        pass
                    return
            if interrupted:
                self._runner.signal(END_FORK)
        self._runner.stop(f"a test ran longer than {counted(self._timeout, 'second')} and could not be interrupted")

    async def close(self) -> None:
        """End the judge. Another one is started if there is more to judge."""
        judge, self._judge = self._judge, None
        if judge:
            await judge.close()
            self.seconds += judge.seconds
            self._folder.cleanup()


async def _receive(process: Runner) -> dict:
    while True:
        try:
            return await process.shell.get_msg(timeout=0.5)
        except Empty:
            if process.ended is not None:
                raise ProcessEnded(process.ended) from None
