"""The learner's folder, ``my-work/``: gets the course's units, and never loses what a learner wrote there.

``my-work/.secondcar.json`` records the hash of every file as it was handed out, for each folder. A file that still
has that hash was not touched and may be replaced; anything else is the learner's. A notebook that was only opened, run
and saved is not touched. If the record is lost, everything is taken to be the learner's.
"""

import hashlib
import json
import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from difflib import get_close_matches
from itertools import count
from pathlib import Path

from secondcar.cells import Json, bring_up_to_date, exercises_in, read_notebook, restore_exercise, settings_of, text_of
from secondcar.errors import CourseError
from secondcar.files import read_object, whole
from secondcar.units import unit_names

RECORD = ".secondcar.json"
# A copy of each unit as it was handed out last.
HANDED_OUT = ".secondcar-handed-out"
# What the kernel says of its language. JupyterLab writes it into a notebook that it opens, which then counts as
# changed if it said anything else.
_LANGUAGE = {
    "codemirror_mode": {"name": "ipython", "version": sys.version_info.major},
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "nbconvert_exporter": "python",
    "pygments_lexer": f"ipython{sys.version_info.major}",
    "version": platform.python_version(),
}


def find_workspace(start: Path) -> Path:
    """Return the learner's folder that `start` lies in, else ``my-work`` in `start`.

    It has a record, or, in a classroom, where each unit is fetched alone, the units without one.
    """
    for folder in (start, *start.parents):
        if (folder / RECORD).is_file():
            return folder
    for folder in (start, start.parent):
        if unit_names(folder) and not (folder.parent / "course").is_dir():
            return folder
    return start / "my-work"


def update_workspace(units: Path, work: Path) -> list[str]:
    """Bring every unit of `units` into the learner's folder `work`, and say what was done.

    A unit that is absent is copied. A newer version replaces the files that the learner did not change. Where both
    changed a notebook, it gets the newer texts and checks, and the learner's answers stay in it; such a file as it was
    is kept beside, as ``<name>-kept-1``. Files the learner added are never touched.

    Args:
        units: the folder of released units, one folder each.
        work: the learner's folder; made if it does not exist.

    Returns:
        One sentence for each thing done; empty when all was up to date.

    Raises:
        CourseError: the learner's folder cannot be read or written.

    >>> update_workspace(units_folder(), Path("my-work"))  # doctest: +SKIP
    ['00-start is now in my-work.', '01-claims is now in my-work.']
    """
    with _sentence_for_file_errors(work):
        work.mkdir(parents=True, exist_ok=True)
        record = _read_record(work)
        sentences = []
        for unit in unit_names(units):
            sentences += _update_unit(units / unit, work, record)
            _remember(units / unit, work / HANDED_OUT / unit)
            _write_record(work, record)
    return sentences


def start_unit_afresh(units: Path, work: Path, unit: str) -> str:
    """Put a unit back as it was handed out, keep the learner's folder as ``<unit>-kept-1``, and say so.

    The number counts up, so that no kept folder is replaced.

    Raises:
        CourseError: the unit does not exist, or the learner's folder cannot be written.

    >>> start_unit_afresh(units_folder(), Path("my-work"), "00-start")  # doctest: +SKIP
    '00-start starts afresh. Your old folder is kept as 00-start-kept-1.'
    """
    _check_known("unit", unit, unit_names(units))
    with _sentence_for_file_errors(work):
        work.mkdir(parents=True, exist_ok=True)
        record = _read_record(work)
        sentence = f"{unit} starts afresh."
        if (work / unit).exists():
            kept = _free_name(work, f"{unit}-kept-")
            (work / unit).rename(kept)
            sentence += f" Your old folder is kept as {kept.name}."
        _copy_folder(units / unit, work / unit)
        record[unit] = _hashes(units / unit)
        _remember(units / unit, work / HANDED_OUT / unit)
        _write_record(work, record)
    return sentence


def start_exercise_afresh(units: Path, work: Path, unit: str, exercise: str) -> str:
    """Put one exercise of the learner's notebook back as it was handed out, and say so.

    An exercise is its answer cell and its check cell, or the question and the text cell of a written answer; both come
    back even if they were deleted or doubled. All other cells stay as they are. The notebook as it was is kept beside,
    as ``<unit>-kept-1.ipynb``, counting up.

    Raises:
        CourseError: the unit or exercise does not exist, or the learner's notebook is missing or cannot be read or
            written.
    """
    _check_known("unit", unit, unit_names(units))
    notebook = work / unit / f"{unit}.ipynb"
    released = read_notebook(units / unit / f"{unit}.ipynb", unit)["cells"]
    _check_known("exercise", exercise, exercises_in(released))
    content = read_notebook(notebook, unit)
    restore_exercise(content["cells"], released, exercise)
    with _sentence_for_file_errors(work):
        kept = _free_name(notebook.parent, f"{unit}-kept-", ".ipynb")
        shutil.copyfile(notebook, kept)
        _write_text(notebook, text_of(content))
    return (
        f"{exercise} starts afresh. Your old notebook is kept as {kept.name}. "
        "If the notebook is open in JupyterLab, choose File > Reload Notebook from Disk."
    )


def _update_unit(source: Path, work: Path, record: dict[str, dict[str, str]]) -> list[str]:
    unit, new = source.name, _hashes(source)
    folder, shipped = work / unit, record.get(unit, {})
    if not folder.exists():
        _copy_folder(source, folder)
        record[unit] = new
        return [f"{unit} is now in {work.name}."]
    if not folder.is_dir():
        return [f"{folder} is a file where the folder of {unit} should be: rename it, then start again."]
    sentences = _renew(source, folder, shipped)
    record[unit] = new
    return sentences


def renew_unit(source: Path, folder: Path) -> list[str]:
    """Bring a newer version of a unit into the learner's folder of it, and say what was done.

    What the learner wrote stays, and each file of the learner's that changes is kept beside, as ``<name>-kept-1``.

    Args:
        source: the newer version.
        folder: the learner's; made if it does not exist.

    Raises:
        CourseError: the folder cannot be read or written.
    """
    with _sentence_for_file_errors(folder):
        if not folder.exists():
            _copy_folder(source, folder)
        handed_out = folder.parent / HANDED_OUT / folder.name
        sentences = _renew(source, folder, _hashes(handed_out))
        _remember(source, handed_out)
    return sentences


def is_outdated(source: Path, folder: Path) -> bool:
    """Return whether there is a newer version of a unit than the one that the learner was handed."""
    handed_out = folder.parent / HANDED_OUT / folder.name
    if handed_out.is_dir():
        return not same_files(source, handed_out)
    return any(True for _ in _changes(source, folder, {}))


def _renew(source: Path, folder: Path, shipped: dict[str, str]) -> list[str]:
    kept = []
    for name, content in _changes(source, folder, shipped):
        if (folder / name).exists():
            kept.append(_free_name((folder / name).parent, f"{Path(name).stem}-kept-", Path(name).suffix))
            shutil.copyfile(folder / name, kept[-1])
        with whole(folder / name) as part:
            part.write_bytes(content)
    written = _refresh(source, folder, shipped)
    if kept:
        return [
            f"{source.name} was brought up to date, and what you wrote stays. What was there is kept as "
            f"{', '.join(path.name for path in kept)}. If the notebook is open in JupyterLab, choose File > Reload "
            "Notebook from Disk."
        ]
    if not written:
        return []
    if shipped == (new := _hashes(source)):
        return [f"{source.name}: put back what was missing ({', '.join(written)})."]
    if _hashes(folder).items() & new.items() != new.items():
        return [f"{source.name}: {', '.join(written)} was brought up to date; what you changed stays as it is."]
    return [f"{source.name} was replaced by its newer version; you had changed nothing in it."]


def _changes(source: Path, folder: Path, shipped: dict[str, str]) -> Iterator[tuple[str, bytes]]:
    """Yield each file that the learner and a newer version both changed, and what is to stand in it.

    The learner's changes are known from `shipped`: hashes, by path, of what was handed out.
    """
    present, new = _hashes(folder), _hashes(source)
    for name in sorted(new):
        # The second half lets an update that was interrupted go on.
        if new[name] != shipped.get(name) and present.get(name) not in (None, shipped.get(name), new[name]):
            old = folder.parent / HANDED_OUT / folder.name / name
            content = _with_answers(source / name, folder / name, old)
            if content is not None:
                yield name, content


def _with_answers(new: Path, mine: Path, old: Path) -> bytes | None:
    """Return a newer version of a file, with the learner's answers if it is a notebook; None if nothing changes."""
    if new.suffix == ".ipynb":
        with suppress(CourseError, TypeError, AttributeError):
            notebook, written = read_notebook(new, ""), read_notebook(mine, "")["cells"]
            before = read_notebook(old, "")["cells"] if old.is_file() else []
            cells = bring_up_to_date(written, notebook["cells"], before)
            return None if cells == written else text_of(_as_opened({**notebook, "cells": cells})).encode()
    return new.read_bytes()


def _as_opened(notebook: Json) -> Json:
    """Return a notebook as it is once JupyterLab has opened it."""
    metadata = notebook.get("metadata", {})
    if metadata.get("kernelspec", {}).get("name") != "python3":
        return notebook
    return {**notebook, "metadata": {**metadata, "language_info": _LANGUAGE}}


def _for_learners(file: Path) -> bytes:
    """Return what is to stand in a learner's copy of a file."""
    content = file.read_bytes()
    if file.suffix == ".ipynb":
        with suppress(ValueError, AttributeError):
            notebook = json.loads(content)
            if (opened := _as_opened(notebook)) is not notebook:
                return text_of(opened).encode()
    return content


def _remember(source: Path, handed_out: Path) -> None:
    """Keep a copy of what was handed out: what differs from it later is the learner's."""
    if not same_files(source, handed_out):
        shutil.rmtree(handed_out, ignore_errors=True)
        _copy_folder(source, handed_out, Path.read_bytes)


def _refresh(source: Path, folder: Path, shipped: dict[str, str]) -> list[str]:
    """Write the missing and the outdated files of a unit, delete those it dropped, and return the names written."""
    new, present = _hashes(source), _hashes(folder)
    outdated = {name for name, known in shipped.items() if present.get(name) == known != new.get(name)}
    written = sorted((new.keys() - present.keys()) | (outdated & new.keys()))
    for name in written:
        _copy_file(source / name, folder / name)
    for name in outdated - new.keys():
        (folder / name).unlink()
    return written


def same_files(one: Path, other: Path) -> bool:
    """Return whether two folders hold the same files, hidden ones and line endings aside."""
    return _hashes(one, _bytes_of) == _hashes(other, _bytes_of)


def _hashes(folder: Path, told: Callable[[Path], bytes] | None = None) -> dict[str, str]:
    """Return the SHA-256 of each file, by its path inside `folder`; hidden files and folders are left out.

    told: takes a file and returns what counts in it; `_written_in` if None.
    """
    paths = (path.relative_to(folder) for path in sorted(folder.rglob("*")) if path.is_file())
    return {
        path.as_posix(): hashlib.sha256((told or _written_in)(folder / path)).hexdigest()
        for path in paths
        if not any(part.startswith(".") for part in path.parts)
    }


def _bytes_of(path: Path) -> bytes:
    # Git and editors on Windows change line endings; that is not a change by the learner.
    return path.read_bytes().replace(b"\r\n", b"\n")


def _written_in(path: Path) -> bytes:
    """Return what authors and learners write in a file: of a notebook, the cells, without what saving changes."""
    content = _bytes_of(path)
    if path.suffix == ".ipynb":
        with suppress(ValueError, KeyError, TypeError, AttributeError):
            cells = json.loads(content)["cells"]
            told = [[cell["cell_type"], cell.get("id"), "".join(cell["source"]), settings_of(cell)] for cell in cells]
            return json.dumps(told, sort_keys=True).encode()
    return content


def _copy_folder(source: Path, target: Path, content: Callable[[Path], bytes] = _for_learners) -> None:
    """Copy all files of a unit; `target` appears only when it is complete."""
    with whole(target) as part:
        part.mkdir()
        for name in _hashes(source):
            _copy_file(source / name, part / name, content)


def _copy_file(source: Path, target: Path, content: Callable[[Path], bytes] = _for_learners) -> None:
    """Copy the bytes alone: a learner can write in the copy of a file that is read-only in the package."""
    with whole(target) as part:
        part.write_bytes(content(source))


def _write_text(path: Path, text: str) -> None:
    with whole(path) as part:
        part.write_text(text, encoding="utf-8", newline="\n")


def _read_record(work: Path) -> dict[str, dict[str, str]]:
    """Return the hashes of the files handed out, by folder; empty if the record is absent or damaged."""
    return {folder: files for folder, files in read_object(work / RECORD).items() if isinstance(files, dict)}


def _write_record(work: Path, record: dict[str, dict[str, str]]) -> None:
    _write_text(work / RECORD, json.dumps(record, indent=1, sort_keys=True) + "\n")


def _free_name(folder: Path, stem: str, suffix: str = "") -> Path:
    """Return the first of ``<stem>1<suffix>``, ``<stem>2<suffix>``, ... that does not exist."""
    return next(path for n in count(1) if not (path := folder / f"{stem}{n}{suffix}").exists())


def _check_known(kind: str, name: str, known: list[str]) -> None:
    if name in known:
        return
    close = get_close_matches(name, known, n=1)
    advice = f"did you mean {close[0]}?" if close else f"choose one of {', '.join(known)}."
    raise CourseError(f'There is no {kind} "{name}": {advice}')


@contextmanager
def _sentence_for_file_errors(work: Path) -> Iterator[None]:
    """Turn a file error inside the block into one sentence."""
    try:
        yield
    except OSError as error:
        raise CourseError(
            f"Cannot use {error.filename or work} ({error.strerror or error}): close what has it open, make it "
            "writable, or choose another folder with --folder."
        ) from error
