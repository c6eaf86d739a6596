"""What a grading run says while it runs, and when it is done."""

import sys
import time
from typing import TextIO

from secondcar.grading.grade import Outcome, Summary
from secondcar.grading.sandbox import NONE, Sandbox


class Progress:
    """Keeps one line on a terminal up to date; prints a line for each thing that went wrong, anywhere."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._live = self._stream.isatty()
        self._started = time.monotonic()

    def show_sandbox(self, sandbox: Sandbox) -> None:
        """Say so if notebooks run in no sandbox."""
        if sandbox.kind == NONE:
            self._print(
                f"NO SANDBOX: {sandbox.why_not} Learners' code runs with all your rights: it can read and change "
                "every file that you can, the gradebook too. --require-sandbox refuses to grade so."
            )

    def show(self, outcome: Outcome, done: int, total: int) -> None:
        """Take note of an outcome: the `done`th of `total`."""
        for note in outcome.notes:
            self._print(f"{outcome.student}: {note}")
        if self._live:
            rate = done / max(time.monotonic() - self._started, 0.001)
            end = "\n" if done == total else ""
            self._print(f"{done} of {total}, {rate:.1f} a second, {(total - done) / rate:.0f} s left", end=end)

    def _print(self, text: str, end: str = "\n") -> None:
        clear = "\r\x1b[K" if self._live else ""
        print(clear + text, end=end, file=self._stream, flush=True)


def summary_of(summary: Summary) -> str:
    """Return what a run did as text: who was left out, how many were graded, and the cells that took longest."""
    lines = [f"{student}: the folder holds no notebook of this assignment." for student in summary.empty]
    graded = len(summary.outcomes) - len(summary.failed)
    by_hand = sum(outcome.by_hand for outcome in summary.outcomes)
    lines.append(
        f"{graded} graded ({by_hand} of them wait for a hand), {len(summary.skipped)} graded before, "
        f"{len(summary.failed)} failed; {summary.seconds:.1f} s."
    )
    cells: dict[str, list[float]] = {}
    for outcome in summary.outcomes:
        for name, seconds in outcome.cells:
            cells.setdefault(name, []).append(seconds)
    slowest = sorted(cells.items(), key=lambda item: -sum(item[1]) / len(item[1]))[:3]
    if slowest:
        means = (f"{name} {sum(times) / len(times):.2f} s" for name, times in slowest)
        lines.append(f"Slowest graded cells, on average: {', '.join(means)}.")
    return "\n".join(lines)
