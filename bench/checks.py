"""How fast the checks are, beside peers, in one run: `make bench`.

Start-up is measured in fresh processes, against `import pandas`, which every unit pays anyway. A check is measured
against the assert helper that a teacher would write in a test cell by hand.
"""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from secondcar.checks import judge
from secondcar.checks.answers_file import decode
from secondcar.checks.exercise import Exercise
from secondcar.checks.kinds.table import Table
from secondcar.checks.note import as_html, as_text

ROOT = Path(__file__).resolve().parent.parent
STARTS = 7
CALLS = 300

FIRST_CHECK = """
import json, time
start = time.perf_counter()
import pandas
after_pandas = time.perf_counter()
from secondcar import check
check("units-2017-by", 7600.0)
print(json.dumps([after_pandas - start, time.perf_counter() - after_pandas]))
"""


def start_up_seconds() -> tuple[float, float]:
    """Return the medians of `import pandas` and of secondcar with its first check on top of it, in seconds."""
    rows = []
    for _ in range(STARTS):
        run = subprocess.run(
            [sys.executable, "-c", FIRST_CHECK],
            cwd=ROOT / "release" / "02-by-and-to",
            capture_output=True,
            text=True,
            check=True,
        )
        rows.append(json.loads(run.stdout.splitlines()[-1]))
    pandas_seconds, check_seconds = zip(*rows, strict=True)
    return statistics.median(pandas_seconds), statistics.median(check_seconds)


def milliseconds(call: Callable[[], object]) -> float:
    """Return the median time of a call, in milliseconds."""
    times = []
    for _ in range(CALLS):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


def exercise(unit: str, name: str) -> Exercise:
    return decode((ROOT / "release" / unit / "answers.json").read_text(encoding="utf-8"))[name]


def check_without_display(spec: Exercise, value: object) -> None:
    """Judge a value and write both forms of its note: all that a check does except showing it."""
    verdict = judge(spec, value)
    as_text("bench", verdict)
    as_html("bench", verdict)


def main() -> None:
    pandas_seconds, first_seconds = start_up_seconds()
    print(f"import pandas                     {pandas_seconds * 1000:8.1f} ms")
    print(
        f"import secondcar and first check  {first_seconds * 1000:8.1f} ms on top"
        f"   {first_seconds / pandas_seconds:.2f} x import pandas   (promised: under 300 ms)"
    )

    number = exercise("02-by-and-to", "units-2017-by")
    frame = pd.DataFrame({"claim": [f"c{i}" for i in range(9)], "quantity": np.arange(9.0)})
    rows = frame.to_dict("records")
    columns = {"quantity": "number"}
    table = Table(points=1, hints=[], mistakes=[], key="claim", columns=columns, rows=rows, within=0.001)
    pairs = [
        (
            "a number, right",
            lambda: check_without_display(number, 7600.0),
            "numpy.testing.assert_allclose",
            lambda: np.testing.assert_allclose(7600.0, 7600.0, rtol=0.01),
        ),
        (
            "a number, known mistake",
            lambda: check_without_display(number, 12666.67),
            "numpy.testing.assert_allclose",
            lambda: np.testing.assert_allclose(7600.0, 7600.0, rtol=0.01),
        ),
        (
            "a table of 9 rows",
            lambda: check_without_display(table, frame),
            "pandas.testing.assert_frame_equal",
            lambda: pd.testing.assert_frame_equal(frame, frame),
        ),
    ]
    for what, ours, peer, theirs in pairs:
        our_time, their_time = milliseconds(ours), milliseconds(theirs)
        print(
            f"{what:33} {our_time:8.3f} ms        {our_time / their_time:.2f} x {peer} ({their_time:.3f} ms)"
            "   (promised: under 20 ms)"
        )


if __name__ == "__main__":
    main()
