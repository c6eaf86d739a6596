"""Folders as plain data: what lies below one, by its path in it, however deep it is."""

import contextlib
import os
import stat
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from glob import glob
from itertools import count
from pathlib import Path

# What lies deeper, or has a longer path below its folder, is left out: elsewhere a path may have 4,096 bytes in all.
MOST_DEPTH, MOST_PATH_BYTES = 64, 1024


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make a folder, and write files below it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def entries_below(folder: str | Path) -> Iterator[os.DirEntry | None]:
    """Yield what lies below a folder, folders included; None for each folder that is too deep to be looked into."""
    top = os.fspath(folder)
    left = [top]
    while left:
        parent = left.pop()
        relative = os.path.relpath(parent, top)
        if relative.count(os.sep) >= MOST_DEPTH or len(os.fsencode(relative)) > MOST_PATH_BYTES:
            yield None
            continue
        with contextlib.suppress(OSError), os.scandir(parent) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                yield entry
                if entry.is_dir(follow_symlinks=False):
                    left.append(entry.path)


def find_all_files(path: str, exclude: Sequence[str] = ()) -> list[str]:
    """Return the files below a folder that no pattern excludes, as nbgrader's function of that name does.

    nbgrader's looks through the whole folder for each file in it: minutes, where a learner has left many thousands.
    """
    files: list[str] = []

    @cache
    def excluded(folder: str) -> set[str]:
        return {name for pattern in exclude for name in glob(os.path.join(folder, pattern))}

    for folder, inner, names in os.walk(path):
        if folder in excluded(os.path.dirname(folder)):
            inner.clear()
            continue
        paths = (os.path.join(folder, name) for name in names)
        files += (file for file in paths if file not in excluded(folder))
    return files


def remove_tree(folder: str | Path) -> None:
    """Remove a folder and all below it, however deep, if it is there; what cannot be removed stays.

    Each folder that is found in another is first moved to the top: so no path gets long, and no recursion is needed.
    """
    top, numbers = os.fspath(folder), count()
    with contextlib.suppress(OSError):
        while inner := [entry for entry in os.scandir(top) if not _unlinked(entry)]:
            for entry in inner:
                os.chmod(entry.path, stat.S_IRWXU)
                for below in os.scandir(entry.path):
                    if not _unlinked(below):
                        os.rename(below.path, os.path.join(top, f"{os.getpid()}-moved-{next(numbers)}"))
                os.rmdir(entry.path)
        os.rmdir(top)


def swap_folder(place: Path, new: Path | None, aside: Path) -> None:
    """Put a folder in place of the one that may be there, or only take that one away.

    Args:
        place: where it goes.
        new: the folder to put there, on the same disk; None if there is none.
        aside: where nobody looks for the old folder while it is deleted, on the same disk.
    """
    remove_tree(aside)
    if place.exists():
        aside.parent.mkdir(parents=True, exist_ok=True)
        place.rename(aside)
    if new is not None:
        place.parent.mkdir(parents=True, exist_ok=True)
        new.rename(place)
    remove_tree(aside)


def _unlinked(entry: os.DirEntry) -> bool:
    """Remove anything but a folder; return whether it was removed."""
    if entry.is_dir(follow_symlinks=False):
        return False
    os.unlink(entry.path)
    return True


@contextlib.contextmanager
def temporary_folder(prefix: str) -> Iterator[str]:
    """Make a temporary folder, and remove it whatever a notebook has made of it."""
    folder = tempfile.mkdtemp(prefix=prefix)
    try:
        yield folder
    finally:
        remove_tree(folder)
