"""Take people out of a classroom, or take the classroom off the machine: each lists what goes, and asks first."""

import os
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from secondcar.classroom.accounts import account_at, remove_account, run_as
from secondcar.classroom.layout import COURSE_ID, Classroom
from secondcar.classroom.passwords import forget as forget_password
from secondcar.classroom.roster import log_in, read_ids, read_people, without
from secondcar.classroom.running import is_running
from secondcar.classroom.service import remove_unit, unit_file
from secondcar.counting import counted
from secondcar.errors import CourseError

# Where everything of people who were taken out is kept, if it is.
FORMER = "former"
TEXT = {".csv", ".html", ".json", ".log", ".md", ".txt"}


@dataclass(frozen=True)
class Found:
    """What a classroom holds of one person."""

    person: str
    files: list[Path]
    rosters: list[Path]
    account: str | None

    def sentences(self) -> Iterator[str]:
        yield f"{self.person}:"
        yield from (f"  the line in {file}" for file in self.rosters)
        yield "  the marks in the gradebook"
        yield from (f"  {file}" for file in self.files)
        if self.account:
            yield f"  the account {self.account} of this machine"


def demonstration_people(classroom: Classroom, repository: Path) -> list[str]:
    """Return those of the demonstration's students and teachers who are in the classroom.

    A class may have an ada, or a log-in `teacher`, of its own: the whole line has to be that of the demonstration.
    """
    invented = _people(repository / "hub" / "roster.csv", repository / "hub" / "teachers.csv")
    there = _people(classroom.students_file, classroom.teachers_file)
    return [person["id"] for person in invented if person in there]


def _people(*rosters: Path) -> list[dict[str, str]]:
    return [person for roster in rosters for _, person in read_people(roster)]


def remove_people(classroom: Classroom, people: list[str], keep: bool, agreed: Callable[[str], bool]) -> list[str]:
    """Take people out of the rosters, the gradebook and the machine, and say what was done.

    Args:
        classroom: it must not be running.
        people: their log-in names.
        keep: whether their files are kept aside, in a folder for root alone; otherwise nothing is left of them.
        agreed: shows a list of what goes, and returns whether it may.

    Raises:
        CourseError: the classroom runs, or a name is unknown. Nothing was removed then.
    """
    _check_stopped(classroom)
    found = [find(classroom, person) for person in people]
    if not found:
        return ["Nobody is to be taken out."]
    what = "Their files are kept aside." if keep else "All of it is deleted. Nobody can bring it back."
    if not agreed("\n".join([*(line for one in found for line in one.sentences()), what])):
        return ["Nothing was changed."]
    sentences = []
    for one in found:
        for roster in one.rosters:
            roster.write_bytes(without(roster, one.person))
        _remove_marks(classroom, one.person)
        forget_password(classroom, one.person)
        if one.account:
            remove_account(one.account)
        if keep:
            aside = _keep_aside(classroom, one)
            sentences.append(f"{one.person} is taken out; all files are in {aside}.")
        else:
            for file in one.files:
                shutil.rmtree(file) if file.is_dir() and not file.is_symlink() else file.unlink()
            shutil.rmtree(classroom.folder / FORMER / one.person, ignore_errors=True)
            sentences.append(f"{one.person} is taken out, and all files are deleted.")
        _forget_in_hub(classroom, log_in(one.person))
        sentences += _still_named(classroom, one.person) if not keep else ()
    return sentences


def find(classroom: Classroom, person: str) -> Found:
    """Return what a classroom holds of a person.

    Raises:
        CourseError: it holds nothing.
    """
    rosters = [file for file in (classroom.students_file, classroom.teachers_file) if person in read_ids(file)]
    home = classroom.homes / person
    grading, exchange = classroom.course / "grading", classroom.exchange / COURSE_ID
    secrets = grading.glob(f"feedback/{person}/*/submission_secret.txt")
    places: list[Iterable[Path]] = [
        [home, classroom.runtime_of(person), classroom.folder / FORMER / person],
        grading.glob(f"*/{person}"),
        (exchange / "inbound").glob(f"{person}+*"),
        [page for secret in secrets for page in _released_feedback(exchange, secret)],
    ]
    files = sorted({file for place in places for file in place if os.path.lexists(file)})
    if not rosters and not files:
        known = ", ".join(read_ids(classroom.students_file)[:5])
        raise CourseError(
            f'Nobody is named "{person}" in {classroom.folder}: the names are in its rosters ({known} ...).'
        )
    account = account_at(home)
    return Found(person, files, rosters, account.pw_name if account else None)


def remove_classroom(classroom: Classroom, agreed: Callable[[str], bool]) -> list[str]:
    """Take a classroom off the machine: its accounts, its service and its folder.

    Raises:
        CourseError: it runs.
    """
    _check_stopped(classroom)
    homes = sorted(classroom.homes.iterdir()) if classroom.homes.is_dir() else []
    owners = [account_at(home) for home in (*homes, classroom.course)] if classroom.separate_accounts else []
    accounts = [account.pw_name for account in owners if account]
    unit = unit_file(classroom)
    people = counted(len(homes), "person", "people")
    listed = [f"  the folder {classroom.folder} with all work, marks and log-ins ({people})"]
    listed += [f"  the accounts {', '.join(accounts)}"] if accounts else []
    listed += [f"  the service {unit}"] if unit.exists() else []
    warning = "Nobody can bring it back: `secondcar backup` writes all of it into one file first."
    if not agreed("\n".join(["This removes:", *listed, warning])):
        return ["Nothing was changed."]
    remove_unit(classroom)
    for name in accounts:
        remove_account(name)
    shutil.rmtree(classroom.folder)
    return [f"{classroom.folder} is removed."]


def _check_stopped(classroom: Classroom) -> None:
    if is_running(classroom):
        raise CourseError(f"The classroom in {classroom.folder} is running: stop it first, so that nothing comes back.")


def _released_feedback(exchange: Path, secret: Path) -> Iterator[Path]:
    """Return the pages in the exchange that were made from one submission; a secret gives their names."""
    from nbgrader.utils import notebook_hash

    for page in secret.parent.glob("*.html"):
        name = notebook_hash(secret=secret.read_text(encoding="utf-8"), notebook_id=page.stem)
        yield exchange / "feedback" / secret.parent.name / f"{name}.html"
        yield exchange / "feedback" / f"{name}.html"


def _remove_marks(classroom: Classroom, person: str) -> None:
    command = [str(classroom.programs / "nbgrader"), "db", "student", "remove", person, "--force"]
    done = run_as(classroom.course_account, command, classroom.course, classroom.path)
    if done.returncode != 0 and "No such student" not in done.stderr:
        raise CourseError(
            f"The marks of {person} could not be removed: {(done.stderr.strip() or 'no reason').splitlines()[-1]}"
        )


def _keep_aside(classroom: Classroom, found: Found) -> Path:
    aside = classroom.folder / FORMER / found.person / f"{datetime.now(UTC):%Y-%m-%d-%H%M%S}"
    aside.mkdir(parents=True)
    aside.parent.parent.chmod(0o700)
    for file in found.files:
        if FORMER not in file.relative_to(classroom.folder).parts:
            place = aside / file.relative_to(classroom.folder)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(file, place)
    return aside


def _forget_in_hub(classroom: Classroom, name: str) -> None:
    """Take a name out of the hub's own database and log."""
    database, log = classroom.hub / "jupyterhub.sqlite", classroom.hub / "jupyterhub.log"
    if database.exists():
        with closing(sqlite3.connect(database)) as hub, suppress(sqlite3.OperationalError):  # no table yet
            hub.execute("PRAGMA foreign_keys = ON")
            hub.execute("DELETE FROM users WHERE name = ?", (name,))
            hub.commit()
            hub.execute("VACUUM")
    if log.exists():
        # A cookie's name ends with the person's. Removing a line too many does no harm here.
        named = re.compile(rf"(?<![^\W_]){re.escape(name)}(?![^\W_])", re.IGNORECASE)
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines(keepends=True)
        log.write_text("".join(line for line in lines if not named.search(line)), encoding="utf-8")


def _still_named(classroom: Classroom, person: str) -> Iterator[str]:
    """Name the files that still mention a person among others."""
    named = re.compile(rf"(?<![\w.@-]){re.escape(person)}(?![\w@-])".encode())
    for folder, folders, files in os.walk(classroom.course):
        folders[:] = [name for name in folders if name not in ("source", "release")]
        for name in files:
            file = Path(folder, name)
            if file.suffix in TEXT and not file.is_symlink() and named.search(file.read_bytes()):
                yield f"{file} names {person} among others: make it anew, or delete it."
