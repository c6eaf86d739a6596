"""What runs in this Python and in Pyodide alike, so that a test can compare the two: units, and banks.

It imports what a browser has, and nothing else. ``python -m tests.support.portable JOBS.json`` prints
what comes of jobs.
"""

import json
import os
import runpy
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from secondcar.in_page import Page

ROOT = Path(__file__).resolve().parents[2]


def run_unit(unit: str) -> list[Any]:
    """Run a unit as it is handed out; return what each code cell shows."""
    enter_unit(unit)
    page = Page()
    notebook = json.loads(Path(f"{unit}.ipynb").read_text(encoding="utf-8"))
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    return [[cell["id"], [shown(output) for output in page.run("".join(cell["source"]))]] for cell in code]


def run_bank(unit: str, entries: list[list[str]]) -> list[Any]:
    """Give each exercise an answer of its bank; return the notes."""
    enter_unit(unit)
    evaluate = runpy.run_path(str(ROOT / "src" / "secondcar" / "building" / "expressions.py"))["evaluate"]
    page, notes = Page(), []
    page.run("from secondcar import check")
    for exercise, entry in entries:
        page.names["answer"] = evaluate(entry)
        told = map(shown, page.run(f"check({exercise!r}, answer)"))
        notes.append([output for output in told if output[0] != "stream"])  # matplotlib's word on its font cache
    return notes


def run_charts(names: list[str]) -> list[list[str]]:
    """Draw charts of the bank; return the rules that fire on each, or why it is not read."""
    from secondcar.charts.honesty import find_faults
    from secondcar.charts.reading import Unreadable, read_all
    from tests.bank.charts import DISHONEST, HONEST
    from tests.bank.charts.blind import BLIND_DISHONEST, BLIND_HONEST
    from tests.bank.charts.entries import drawn

    entries, fired = {**HONEST, **DISHONEST, **BLIND_HONEST, **BLIND_DISHONEST}, []
    for name in names:
        try:
            with drawn(entries[name]) as chart:
                fired.append(sorted({finding.rule for finding in find_faults(read_all(chart))}))
        except Unreadable as problem:
            fired.append([str(problem)])
        except Exception as error:  # its libraries could not draw it
            fired.append([f"{type(error).__name__}: {error}"])
    return fired


def shown(output: dict[str, Any]) -> list[Any]:
    """Return what an output says: its text, and what a check tells programs."""
    text = output.get("text") or output.get("data", {}).get("text/plain") or output.get("ename")
    return [output["output_type"], text, output.get("metadata", {}).get("secondcar")]


def enter_unit(unit: str) -> None:
    """Work in a copy of a unit's folder, in which something may be left."""
    folder = Path(tempfile.mkdtemp()) / unit
    shutil.copytree(ROOT / "release" / unit, folder)
    os.chdir(folder)


def run_jobs(text: str) -> str:
    """Return the results of jobs, each a function's name and its arguments, as JSON."""
    return json.dumps([globals()[name](*arguments) for name, arguments in json.loads(text)])


if __name__ == "__main__":
    print(run_jobs(Path(sys.argv[1]).read_text(encoding="utf-8")))
