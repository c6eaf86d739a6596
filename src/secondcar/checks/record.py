"""What a learner tried, kept in the learner's own folder and sent nowhere.

``.secondcar-progress.json`` lies in the folder above the units. It holds, for each exercise, how far it is, which
different answers were tried (as short hashes), how many hints were read, and which mistakes were met::

    {"02-by-and-to": {"units-2017-by": {"state": "right", "tries": ["1f3a..."], "hints": 1, "mistakes": ["by-as-to"],
                                        "last": "2018-09-21T10:00:00"}}}

Nothing here may stop a check: where the file cannot be read or written, what was tried is known to this notebook alone.
"""

import contextlib
import hashlib
import json
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from secondcar.checks.values import code_of
from secondcar.files import read_object, whole
from secondcar.note_format import CANNOT_READ, NOT_ATTEMPTED, RIGHT

FILE_NAME = ".secondcar-progress.json"
MOST_TRIES = 20
# A lock that is older than this was left behind by a notebook that ended.
_STALE_AFTER = 10.0

OPEN, TRIED, PARTLY = "open", "tried", "partly"


@dataclass
class Tried:
    """What is known of one exercise: see the module."""

    state: str = OPEN
    tries: list[str] = field(default_factory=list)
    hints: int = 0
    mistakes: list[str] = field(default_factory=list)
    last: str = ""

    def add(self, state: str, share: float, mistake: str | None, answer: str) -> None:
        """Add one check. What was right once stays right."""
        if state in (NOT_ATTEMPTED, CANNOT_READ):
            return
        reached = RIGHT if state == RIGHT else PARTLY if share > 0 else TRIED
        self.state = max(self.state, reached, key=(OPEN, TRIED, PARTLY, RIGHT).index)
        if state != RIGHT and answer not in self.tries:
            self.tries = [*self.tries, answer][-MOST_TRIES:]
        if mistake and mistake not in self.mistakes:
            self.mistakes.append(mistake)
        self.last = datetime.now().isoformat(timespec="seconds")


# What this notebook knows, whether or not it can be written.
_known: dict[str, dict[str, Tried]] = {}


def fingerprint(value: object) -> str:
    """Return a short text that differs between different answers."""
    with contextlib.suppress(Exception):
        code = code_of(value)
        told = repr((code.co_code, code.co_consts, code.co_names)) if code else repr(value)
        return hashlib.sha256(told[:10_000].encode(errors="replace")).hexdigest()[:12]
    return type(value).__name__


def learners_folder(unit: Path) -> Path | None:
    """Return the folder that keeps a learner's record; None beside a course's own units, which are nobody's work."""
    is_course = unit.parent.name in ("source", "release") and (unit.parent.parent / "course").is_dir()
    return None if is_course or os.environ.get("NBGRADER_EXECUTION") else unit.parent


def tried(unit: Path, exercise: str) -> Tried:
    """Return what is known of an exercise."""
    folder = learners_folder(unit)
    read = read_record(folder) if folder else {}
    return read.get(unit.name, {}).get(exercise) or _known.get(unit.name, {}).get(exercise) or Tried()


@contextlib.contextmanager
def changing(unit: Path, exercise: str) -> Iterator[Tried]:
    """Yield what is known of an exercise, so that it can be changed, and then save it."""
    folder = learners_folder(unit)
    with _alone(folder):
        read = read_record(folder) if folder else {}
        known = read.get(unit.name, {}).get(exercise) or _known.get(unit.name, {}).get(exercise) or Tried()
        yield known
        _known.setdefault(unit.name, {})[exercise] = known
        read.setdefault(unit.name, {})[exercise] = known
        if folder:
            with contextlib.suppress(OSError), whole(folder / FILE_NAME) as part:
                told = {name: {ex: vars(t) for ex, t in exercises.items()} for name, exercises in read.items()}
                part.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def read_record(folder: Path) -> dict[str, dict[str, Tried]]:
    """Return unit -> exercise -> what is known; what is absent or damaged is left out."""
    read: dict[str, Any] = {}
    with contextlib.suppress(OSError):
        read = read_object(folder / FILE_NAME)
    record: dict[str, dict[str, Tried]] = {}
    for unit, exercises in read.items():
        for exercise, told in exercises.items() if isinstance(exercises, dict) else ():
            if (entry := _entry(told)) is not None:
                record.setdefault(unit, {})[exercise] = entry
    return record


def _entry(told: Any) -> Tried | None:
    try:
        entry = Tried(**told)
    except TypeError:
        return None
    is_sound = isinstance(entry.hints, int) and entry.state in (OPEN, TRIED, PARTLY, RIGHT)
    lists = isinstance(entry.tries, list) and isinstance(entry.mistakes, list) and isinstance(entry.last, str)
    return entry if is_sound and lists else None


@contextlib.contextmanager
def _alone(folder: Path | None) -> Iterator[None]:
    """Keep two notebooks from writing at once; where that takes longer than a second, go on all the same."""
    lock = folder / f"{FILE_NAME}.lock" if folder else None
    taken = lock is not None and _take(lock)
    try:
        yield
    finally:
        if taken and lock:
            with contextlib.suppress(OSError):
                lock.unlink()


def _take(lock: Path) -> bool:
    for _ in range(50):
        try:
            lock.touch(exist_ok=False)
            return True
        except FileExistsError:
            with contextlib.suppress(OSError):
                if time.time() - lock.stat().st_mtime > _STALE_AFTER:
                    lock.unlink()
            time.sleep(0.02)
        except OSError:
            return False
    return False
