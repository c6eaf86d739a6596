"""What a grading run says while it runs, and when it is done."""

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import TextIO

from tqdm import tqdm

from secondcar.counting import counted
from secondcar.grading import feedback, grade
from secondcar.grading.isolation.sandbox import NONE, Sandbox
from secondcar.grading.quoting import quoted
from secondcar.grading.records import BY_HAND, TRUST, WAITS, ZERO, Dispute, Remark

# tqdm would start a thread for bars that stand still, and a process with threads cannot be forked safely.
tqdm.monitor_interval = 0

_LONGEST_FAULT = 300
_MOST_NAMES = 10

_BECAME = {
    WAITS: "The mark waits for a person.",
    BY_HAND: "The mark that a person gave stands: {}.",
    ZERO: "It got no marks (--disputes=zero).",
    TRUST: "It got the notebook's mark (--disputes=trust): {}.",
}


class Progress:
    """A bar with rate and time left, where there is a terminal to show it; a line for each thing that went wrong.

    Attributes:
        note: is called with each such line, too.
    """

    def __init__(self, stream: TextIO | None = None, note: Callable[[str], None] = lambda text: None) -> None:
        self._stream, self._note = stream or sys.stderr, note
        self._bar: tqdm | None = None

    def show_sandbox(self, sandbox: Sandbox) -> None:
        """Say so if notebooks run in no sandbox."""
        if sandbox.kind == NONE:
            self._print(
                f"NO SANDBOX: {sandbox.why_not} Learners' code runs with all your rights: it can read and change "
                "every file that you can, the gradebook too. --require-sandbox refuses to grade so."
            )

    def show(self, outcome: grade.GradingOutcome | feedback.FeedbackOutcome, done: int, total: int) -> None:
        """Take note of an outcome: the `done`th of `total`."""
        for note in outcome.notes:
            self._print(f"{outcome.student}: {note}")
        if self._bar is None:
            # disable=None: no bar in a file or a pipe.
            self._bar = tqdm(total=total, unit="learner", file=self._stream, disable=None)
        self._bar.update(done - self._bar.n)
        if done == total:
            self._bar.close()

    def _print(self, text: str) -> None:
        tqdm.write(printable(text), file=self._stream)
        self._note(printable(text))


def printable(text: str) -> str:
    """Return a text without control characters, which a terminal obeys: names and errors may hold a learner's.

    >>> printable("s1\\x1b[2J: done")
    's1\\\\x1b[2J: done'
    """
    return "".join(one if one.isprintable() else repr(one)[1:-1] for one in text)


def as_json(summary: grade.GradingSummary | feedback.FeedbackSummary) -> str:
    """Return all that is known of a run as JSON: what `asdict` makes of its summary, and who failed.

    >>> as_json(grade.GradingSummary(skipped=["ada"]))  # doctest: +ELLIPSIS
    '{"outcomes": [], "skipped": ["ada"], ... "failed": []}'
    """
    return json.dumps({**asdict(summary), "failed": [outcome.student for outcome in summary.failed]})


def _told_dispute(student: str, dispute: Dispute) -> str:
    points = "" if dispute.points is None else f"{dispute.points:g}"
    said = f"What it says: {quoted(dispute.fault, _LONGEST_FAULT)}" if dispute.fault else ""  # in a learner's words
    sentences = (
        f"DISPUTED: {student}, {dispute.notebook}, {dispute.test}.",
        _BECAME.get(dispute.became, "").format(points),
        dispute.sentence,
        said,
    )
    return " ".join(filter(None, sentences))


def _told_waiting(summary: grade.GradingSummary) -> list[str]:
    """Return how many marks wait for a person and where to decide them, and a line for each cell with whose."""
    students: dict[tuple[str, str], list[str]] = {}
    for mark in summary.waiting:
        students.setdefault((mark.notebook, mark.test), []).append(mark.student)
    if not students:
        return []
    number, of = len(summary.waiting), len({mark.student for mark in summary.waiting})
    first = (
        f"WAITING FOR A PERSON: {counted(number, 'mark')} of {counted(of, 'learner')}. "
        f"Decide in Formgrader, at Manual Grading, {summary.assignment}:"
    )
    lines = [f"  {', '.join(cell)}: {_listed(names)}" for cell, names in sorted(students.items())]
    return [first, *lines]


def _listed(names: list[str]) -> str:
    """Return names in one line; of many, the first ones and how many more.

    >>> _listed([f"s{number}" for number in range(12)])
    's0, s1, s2, s3, s4, s5, s6, s7, s8, s9 and 2 more'
    """
    more = len(names) - _MOST_NAMES
    return ", ".join(names[:_MOST_NAMES]) + (f" and {more:,} more" if more > 0 else "")


def _told(remark: Remark) -> str:
    return f"{', '.join(filter(None, (remark.notebook, remark.test)))}: {remark.why}"


def summary_of(summary: grade.GradingSummary) -> str:
    """Return what a run did as text: who was left out, how many were graded, and what is left to the teacher."""
    lines = [
        f"{student}: the folder holds no notebook of this assignment. Ask the learner for it."
        for student in summary.empty
    ]
    graded = len(summary.outcomes) - len(summary.failed)
    by_hand = sum(outcome.by_hand for outcome in summary.outcomes)
    lines.append(
        f"{graded} graded ({counted(by_hand, 'needs', 'need')} manual marking), {len(summary.skipped)} graded before, "
        f"{len(summary.failed)} failed; {summary.seconds:.1f} s."
    )
    if summary.outdated:
        graded_with_others = counted(len(summary.outdated), "learner was", "learners were")
        lines.append(
            f"ANSWERS CHANGED: {graded_with_others} graded with other answers or tests than now; --changed "
            "grades them again."
        )
    if summary.again:
        learner = counted(len(summary.again), "learner was", "learners were")
        moved = [
            f"{student} from {before:g} to {after:g}"
            for student, (before, after) in sorted(summary.again.items())
            if before != after
        ]
        lines.append(
            f"{learner} graded again with the answers and tests of now; marks by hand stand. "
            + (f"Other marks than before: {', '.join(moved)}." if moved else "All marks are as before.")
        )
    lines += [
        f"NOT IN THE GRADEBOOK: {_told(remark)}. To take it from source/, type first: "
        f"nbgrader generate_assignment {summary.assignment} --force"
        for remark in summary.behind
    ]
    if summary.penalties:
        lines.append(f"{counted(summary.penalties, 'late penalty', 'late penalties')} recalculated.")
    lines += [f"Judged in the notebook, within the learner's reach: {_told(remark)}." for remark in summary.in_notebook]
    lines += [_told_dispute(outcome.student, dispute) for outcome in summary.outcomes for dispute in outcome.disputes]
    lines += sorted(
        f"ASKED ABOUT: {asked.notebook}, {asked.exercise}, {outcome.student}: {asked.sentence}"
        for outcome in summary.outcomes
        for asked in outcome.questions
    )
    cells: dict[str, list[float]] = {}
    for outcome in summary.outcomes:
        for name, seconds in outcome.cells:
            cells.setdefault(name, []).append(seconds)
    slowest = sorted(cells.items(), key=lambda item: -sum(item[1]) / len(item[1]))[:3]
    if slowest:
        means = (f"{name} {sum(times) / len(times):.2f} s" for name, times in slowest)
        lines.append(f"Slowest graded cells, on average: {', '.join(means)}.")
    lines += _told_waiting(summary)
    # Last, because a terminal shows what is last: all marks above may be wrong.
    lines += [f"THE TEACHER'S OWN SOLUTION FAILS {_told(remark)}." for remark in summary.solution_fails]
    return "\n".join(map(printable, lines))
