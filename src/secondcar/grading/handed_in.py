"""Which files of a submission are its notebooks, and when it was handed in, even if names or bytes are unusual.

Where exactly one reading is possible, it is taken and a sentence says so. Otherwise a sentence says what to do. The
sentences are for a teacher; each names the file.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from nbgrader.utils import parse_utc

from secondcar.errors import CourseError
from secondcar.grading.damaged import SAVE_AGAIN, mend_damaged
from secondcar.grading.finding import too_much_json
from secondcar.grading.quoting import quoted
from secondcar.grading.records import Rows

TIMESTAMP = "timestamp.txt"

_HOW_TO_WRITE_A_TIME = "write it as 2026-02-28 10:00:00 UTC, and grade again"
# In bytes.
_LONGEST_TIME = 1000
# A name that a browser or an editor gave a notebook: `ps1 (1).ipynb`, `ps1.ipynb.txt`, `PS1.IPYNB`.
_NOTEBOOK = re.compile(r"\.ipynb(?:\.(?:txt|json))?$", re.IGNORECASE)
_DAY_AND_MONTH = re.compile(r"(?<![\d./-])(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})\b")
_HALF_A_CHARACTER = re.compile(r"\\ud[89a-f]", re.IGNORECASE)
_BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


@dataclass(frozen=True)
class Expected:
    """A notebook to be handed in. cells: the names that nbgrader knows. answers: of these -> the first text."""

    cells: frozenset[str]
    answers: Mapping[str, str]


@dataclass(frozen=True)
class HandedIn:
    """What a submission is taken to be.

    Attributes:
        files: by their paths, each notebook under its own name.
        notes: notebook's file name -> how it was found, as a sentence.
        refused: why it cannot be graded, as a sentence.
    """

    files: Mapping[str, bytes]
    notes: Mapping[str, str] = field(default_factory=dict)
    refused: str | None = None


def expected_of(rows: Rows) -> dict[str, Expected]:
    """Return the file name of each notebook of an assignment -> what is expected in it. rows: the gradebook's."""
    answers = {row["id"] for name in ("solution_cells", "task_cells") for row in rows[name]}
    found = {}
    for notebook in rows["notebook"]:
        cells = [row for row in rows["base_cell"] if row["notebook_id"] == notebook["id"]]
        texts = {row["name"]: row["source"] for row in rows["source_cell"] if row["notebook_id"] == notebook["id"]}
        own = {row["name"]: texts.get(row["name"]) or "" for row in cells if row["id"] in answers}
        found[f"{notebook['name']}.ipynb"] = Expected(frozenset(row["name"] for row in cells), own)
    return found


def is_notebook(path: str) -> bool:
    """Return whether a file may be a notebook, by its name.

    >>> [is_notebook(name) for name in ("ps1 (1).ipynb", "PS1.IPYNB", "ps1.ipynb.txt", "ps1.pdf")]
    [True, True, True, False]
    """
    return _NOTEBOOK.search(path) is not None


def read_notebook(name: str, content: bytes) -> tuple[dict[str, Any], list[str]]:
    """Return a notebook that fits nbformat's schema, and sentences on what had to be mended in its file.

    Raises CourseError: there is no notebook in it; the sentence says what there is, and what to do.
    """
    text, notes = _decoded(name, content)
    if (too_much := too_much_json(text.encode(errors="replace"))) is not None:
        raise CourseError(f"{name} {too_much}: it was not run.")
    try:
        notebook = json.loads(text)
    except (ValueError, RecursionError):
        raise CourseError(f"{name} {_why_no_json(text)}.") from None
    if _HALF_A_CHARACTER.search(text):
        # No file may hold one.
        notebook = json.loads(json.dumps(notebook, ensure_ascii=False).encode(errors="replace"))
    mended, lacked = mend_damaged(name, notebook)
    if lacked:
        notes.append(f"{name} lacked parts that every notebook has, or had damaged ones: empty ones were put there.")
    return mended, notes


def _decoded(name: str, content: bytes) -> tuple[str, list[str]]:
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if content.startswith(mark):
            text = content[len(mark) :].decode(encoding, errors="replace").rstrip("\0")
            return text, [f"{name} begins with a byte order mark: it was left out."]
    kept = content.rstrip(b"\0")
    lost = [f"{name} ends with zero bytes, as after a full disk: they were left out."]
    return kept.decode("utf-8", errors="replace"), lost if kept and len(kept) < len(content) else []


def _why_no_json(text: str) -> str:
    beginning = text.lstrip()[:2000].lower()
    if not beginning:
        return "is empty: ask the learner to save it and hand it in again"
    if re.search(r"^(?:<{7}|>{7}) ", text, re.MULTILINE):
        return "holds the marks of a conflict between two versions (<<<<<<<): ask the learner which version counts"
    if beginning.startswith(("<!doctype", "<html", "<?xml")):
        return "is a saved web page, not a notebook: ask the learner to download the notebook itself (File > Download)"
    if beginning.startswith("{"):
        return f"is damaged or was cut off: {SAVE_AGAIN}"
    return f"is not a notebook: {SAVE_AGAIN}"


def choose(files: Mapping[str, bytes], expected: Mapping[str, Expected]) -> HandedIn:
    """Find the notebooks of an assignment among the files of a submission. expected: by their file names."""
    others = {path: content for path, content in files.items() if is_notebook(path) and path not in expected}
    chosen, notes = dict(files), {}
    for name, wanted in expected.items() if others else ():
        own = _answered(name, files[name], wanted) if name in files else None
        if own:
            continue
        counts = {path: _answered(path, content, wanted) for path, content in others.items()}
        found = {path: changed for path, changed in counts.items() if changed is not None}
        # Where the notebook itself is there, only an answered copy can be meant.
        meant = [path for path, changed in found.items() if changed] or ([] if name in files else list(found))
        different = {files[path] for path in meant}
        if len(different) > 1:
            listed = ", ".join(map(quoted, sorted(meant)))
            why = f"{_state(name, files, own)}, and several files may be meant ({listed}): keep one, named {name}."
            return HandedIn(files, refused=why)
        if meant:
            chosen[name] = chosen.pop(meant[0])
            notes[name] = (
                f"{_state(name, files, own)}: {quoted(meant[0])}, which holds its cells, was graded in its place."
            )
    return HandedIn(chosen, notes)


def _state(name: str, files: Mapping[str, bytes], answers: int | None) -> str:
    if name not in files:
        return f"There is no {name}"
    return f"{name} is as it was handed out" if answers is not None else f"{name} cannot be read"


def _answered(name: str, content: bytes, expected: Expected) -> int | None:
    """Return how many answers are given in a file; None if it holds no cell of the notebook."""
    try:
        notebook, _ = read_notebook(name, content)
    except CourseError:
        return None
    known = changed = 0
    for cell in notebook["cells"]:
        settings = cell["metadata"].get("nbgrader")
        own = settings.get("grade_id") if isinstance(settings, dict) else None
        if isinstance(own, str) and own in expected.cells:
            text = "".join(cell["source"])
            known, changed = known + 1, changed + (text.split() != expected.answers.get(own, text).split())
    return changed if known else None


def read_timestamp(content: bytes) -> tuple[datetime | None, str]:
    """Return when a submission was handed in, in UTC, and the text that nbgrader reads it from; None if it is empty.

    Raises CourseError: it is not a time, or could be two; the sentence says what to do.
    """
    if len(content) > _LONGEST_TIME:
        raise CourseError(f"{TIMESTAMP} is too long for a time: {_HOW_TO_WRITE_A_TIME}.")
    text = " ".join(_decoded(TIMESTAMP, content)[0].split())
    if not text:
        return None, ""
    named, written = f"{TIMESTAMP} says {quoted(text)}", _DAY_AND_MONTH.search(text)
    if written and written[1] != written[2] and max(int(written[1]), int(written[2])) <= 12:
        raise CourseError(f"{named}, and day and month cannot be told apart: {_HOW_TO_WRITE_A_TIME}.")
    try:
        # A word alone, such as a day of the week, would be read as one of this week.
        return parse_utc(text if re.search(r"\d", text) else ""), text
    except (ValueError, OverflowError, TypeError, AttributeError):
        raise CourseError(f"{named}, which is not a time: {_HOW_TO_WRITE_A_TIME}.") from None
