"""Files and folders that appear whole or not at all, and JSON files that may be damaged."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from secondcar.errors import CourseError


@contextmanager
def whole(place: Path) -> Iterator[Path]:
    """Yield the path of a file or folder to write, which moves to `place` when the block ends without an error.

    Until then, `place` is as it was before. A file is replaced; a folder must be new.

    >>> with whole(Path("numbers.txt")) as part:  # doctest: +SKIP
    ...     part.write_text("19,000")
    """
    part = place.with_name(f".{place.name}.part")
    _remove(part)
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        yield part
        part.replace(place)
    except BaseException:
        _remove(part)
        raise


def write_whole(path: Path, text: str) -> None:
    """Write a text file in UTF-8, whole or not at all.

    Raises:
        CourseError: it cannot be written.
    """
    try:
        with whole(path) as part:
            part.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise CourseError(f"{path} cannot be written ({error.strerror}): choose another place.") from None


def read_object(path: Path) -> dict[str, Any]:
    """Return what a JSON file holds under names; nothing if the file is absent, damaged or holds something else.

    Raises:
        OSError: it cannot be read.

    >>> read_object(Path("nowhere.json"))
    {}
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
