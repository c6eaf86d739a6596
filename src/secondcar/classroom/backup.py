"""Back a classroom up while it runs, and restore it elsewhere.

A backup is one tar file, with everything but the programs, which `hub/install.py` installs anew.
"""

import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
import zlib
from contextlib import closing
from pathlib import Path, PurePosixPath

from secondcar.classroom.accounts import ensure_account, find_account, give_to
from secondcar.classroom.collecting import RESTORED
from secondcar.classroom.layout import Classroom
from secondcar.classroom.preparing import prepare_accounts
from secondcar.classroom.settings import FILE_NAME, set_port
from secondcar.errors import CourseError
from secondcar.files import whole

SCHOOLS_FILES = ("roster.csv", "teachers.csv", FILE_NAME)
CONTENTS = ("course", "exchange", "homes", "hub", *SCHOOLS_FILES)
# Copied through SQLite itself, so that it is whole while programs write to it.
GRADEBOOK = "course/grading/gradebook.db"
COPY = "databases/gradebook.db"
# Which servers run and who is logged in now. Elsewhere, a hub would take another's servers for its own, and stop them.
OF_THE_MOMENT = ("hub/jupyterhub.sqlite", "hub/proxy.pid", "hub/running", "databases/jupyterhub.sqlite")
# What tar says if a file changed while it was read, as happens in a running class.
CHANGED_WHILE_READ = 1


def back_up(classroom: Classroom, file: Path) -> None:
    """Write all that a class has made and set into `file`, a new .tar.gz that only its owner can read.

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
        copied = _copy_database(classroom.folder / GRADEBOOK, Path(folder) / COPY)
        excluded = [f"--exclude={name}*" for name in (GRADEBOOK, *OF_THE_MOMENT)]
        command: list[str | Path] = ["tar", "--create", "--gzip", "--file", part, *excluded]
        copies = ["--directory", folder, COPY] if copied else []
        _run([*command, "--directory", classroom.folder, *there, *copies], (0, CHANGED_WHILE_READ))
    print(f"{file} is written.")
    if not copied:
        print("It holds no gradebook because that is not in the course's folder: use pg_dump for one in PostgreSQL.")


def restore(file: Path, classroom: Classroom, port: int | None = None) -> None:
    """Unpack a backup into a classroom that has no class yet, making the accounts that are missing.

    Each file is given to the account that has its owner's home here, however that is named: the class may run on this
    machine already, in another folder.

    Args:
        file: what `back_up` wrote.
        classroom: its folder holds programs at most.
        port: the first of its ports, if not that of the class that was backed up.

    Raises:
        CourseError: the folder holds a class already, or the file is not a whole backup.
    """
    taken = [name for name in CONTENTS if (classroom.folder / name).exists()]
    if taken:
        raise CourseError(
            f"{classroom.folder} holds {taken[0]} already, and nothing is written over it: move it away, or restore "
            "into an empty folder."
        )
    if not file.is_file():
        raise CourseError(f"There is no file {file}.")
    try:
        with tarfile.open(file) as archive:
            _unpack(archive, file, classroom, port)
    except (tarfile.TarError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise CourseError(f"{file} is not a whole backup, and is not to be relied on.") from error
    copy = classroom.folder / COPY
    if copy.exists():
        shutil.move(copy, classroom.folder / GRADEBOOK)
        give_to(classroom.folder / GRADEBOOK, classroom.course_account)
        copy.parent.rmdir()
    (classroom.folder / RESTORED).touch()
    print(f"{file} is restored into {classroom.folder}: `make classroom` opens it.")


def _unpack(archive: tarfile.TarFile, file: Path, classroom: Classroom, port: int | None) -> None:
    members = [member for member in archive.getmembers() if member.name not in OF_THE_MOMENT]
    names = {member.name for member in members}
    if not {"roster.csv", "course"} <= names:
        raise CourseError(f"{file} is not a backup of a classroom: `secondcar backup` writes one.")
    # Older Pythons have no archive filters. A backup is root's own, and keeps owners and modes.
    archive.extraction_filter = staticmethod(lambda member, _: member)
    classroom.folder.mkdir(parents=True, exist_ok=True)
    for name in set(SCHOOLS_FILES) & names:
        archive.extract(name, classroom.folder)
    if port:
        set_port(classroom.settings_file, port)
    prepare_accounts(classroom)
    owners = _owners_here(classroom, members) if classroom.separate_accounts else {}
    for member in members:
        owner = owners.get(member.uname, member.uname)
        member.uname = member.gname = owner if find_account(owner) else "root"
    archive.extractall(classroom.folder, [member for member in members if member.name not in SCHOOLS_FILES])


def _owners_here(classroom: Classroom, members: list[tarfile.TarInfo]) -> dict[str, str]:
    """Return, for each account of the class that was backed up, the same person's account here."""
    owners = {}
    for member in members:
        match PurePosixPath(member.name).parts:
            case ["course"]:
                owners[member.uname] = classroom.course_account
            case ["homes", person]:  # people who left the rosters, too
                home = classroom.homes / person
                owners[member.uname] = ensure_account(person, home, classroom.folder.name)
    return owners


def _copy_database(database: Path, copy: Path) -> bool:
    """Copy a SQLite database in one consistent state; return False if there is none."""
    if not database.is_file():
        return False
    copy.parent.mkdir()
    with closing(sqlite3.connect(database)) as there, closing(sqlite3.connect(copy)) as here:
        there.backup(here)
    return True


def _run(command: list[str | Path], allowed: tuple[int, ...] = (0,)) -> None:
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode not in allowed:
        raise CourseError(f"tar failed, and the backup is not to be relied on: {done.stderr.strip()}")
