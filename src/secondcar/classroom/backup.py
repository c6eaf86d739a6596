"""Back a classroom up while it runs, and restore it elsewhere.

A backup is one tar file, with everything but the programs, which `hub/install.py` installs anew.
"""

import os
import shutil
import sqlite3
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path

from secondcar.classroom.accounts import give_to
from secondcar.classroom.layout import Classroom
from secondcar.classroom.preparing import prepare_accounts
from secondcar.errors import CourseError
from secondcar.files import whole

ROSTERS = ("roster.csv", "teachers.csv")
CONTENTS = ("course", "exchange", "homes", "hub", *ROSTERS)
# Copied through SQLite itself, so that each is whole although programs write to it.
DATABASES = ("course/grading/gradebook.db", "hub/jupyterhub.sqlite")
COPIES = "databases"
# What tar says if a file was changed while it was read, which a running class does.
CHANGED_WHILE_READ = 1


def back_up(classroom: Classroom, file: Path) -> None:
    """Write all that a class has made into `file`, a new .tar.gz that only its owner can read.

    A gradebook that lies in PostgreSQL is not in it: use pg_dump for that.

    Raises:
        CourseError: the file is there already, or tar failed.
    """
    if not classroom.hub.is_dir():
        raise CourseError(
            f"There is no classroom in {classroom.folder}: name its folder, as in CLASSROOM=/srv/second-car."
        )
    if file.exists():
        raise CourseError(f"{file} is there already and stays as it is: choose another name.")
    there = [name for name in CONTENTS if (classroom.folder / name).exists()]
    with tempfile.TemporaryDirectory() as folder, whole(file) as part:
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        (Path(folder) / COPIES).mkdir()
        copied = [name for name in DATABASES if _copy_database(classroom.folder / name, _copy_of(Path(folder), name))]
        excluded = [f"--exclude={name}*" for name in DATABASES]
        command: list[str | Path] = ["tar", "--create", "--gzip", "--file", part, *excluded]
        _run(
            [*command, "--directory", classroom.folder, *there, "--directory", folder, COPIES], (0, CHANGED_WHILE_READ)
        )
    print(f"{file} is written.")
    if DATABASES[0] not in copied:
        print("It holds no gradebook because that is not in the course's folder: use pg_dump for one in PostgreSQL.")


def restore(file: Path, classroom: Classroom, repository: Path) -> None:
    """Unpack a backup into a classroom that has no class yet, making the accounts that are missing.

    Raises:
        CourseError: the folder holds a class already, or tar failed.
    """
    taken = [name for name in CONTENTS if (classroom.folder / name).exists()]
    if taken:
        raise CourseError(
            f"{classroom.folder} holds {taken[0]} already, and nothing is written over it: move it away, or restore "
            "into an empty folder."
        )
    if not file.is_file():
        raise CourseError(f"There is no file {file}.")
    classroom.folder.mkdir(parents=True, exist_ok=True)
    where: list[str | Path] = ["--file", file, "--directory", classroom.folder]
    extract = ["tar", "--extract", "--same-permissions", *where]
    _run([*extract, *ROSTERS, "hub"])
    # tar gives each file to the account of its name, so the accounts come first.
    prepare_accounts(classroom, repository)
    _run(extract)
    for name in DATABASES:
        copy = _copy_of(classroom.folder, name)
        if copy.exists():
            place = classroom.folder / name
            shutil.move(copy, place)
            give_to(place, place.parent.owner())
    (classroom.folder / COPIES).rmdir()
    print(f"{file} is restored into {classroom.folder}: `make classroom` opens it.")


def _copy_of(folder: Path, database: str) -> Path:
    return folder / COPIES / Path(database).name


def _copy_database(database: Path, copy: Path) -> bool:
    """Copy a SQLite database in one consistent state; return False if there is none."""
    if not database.is_file():
        return False
    with closing(sqlite3.connect(database)) as there, closing(sqlite3.connect(copy)) as here:
        there.backup(here)
    return True


def _run(command: list[str | Path], allowed: tuple[int, ...] = (0,)) -> None:
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode not in allowed:
        raise CourseError(f"tar failed, and the backup is not to be relied on: {done.stderr.strip()}")
