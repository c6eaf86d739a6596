"""A system account for each person, so that the machine itself keeps students apart."""

import os
import pwd
import re
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil

from secondcar.errors import CourseError

FIRST_ORDINARY_UID = 1000
COMMENT = "Second Car classroom"
# What useradd accepts everywhere.
VALID_NAME = re.compile(r"[a-z][a-z0-9_-]{0,31}")
LONGEST_NAME = 32


def account_at(home: Path) -> pwd.struct_passwd | None:
    """Return the account that has this home.

    A person's account may have another name than the person: `2024001` cannot name an account, and another classroom
    on the machine may have an `ada`, too. The home says whose account it is, because it has the person's name.
    """
    return next((account for account in pwd.getpwall() if account.pw_dir == str(home)), None)


def person_of(account: pwd.struct_passwd, homes: Path) -> str:
    """Return the log-in name of the person whose account this is.

    Args:
        account: any account of this machine.
        homes: the classroom's folder of homes; a person with a home elsewhere has the account's name.
    """
    home = Path(account.pw_dir)
    return home.name if home.parent == homes else account.pw_name


def ensure_account(person: str, home: Path, prefix: str) -> str:
    """Make a system account without a password, unless there is one with this home; return its name.

    Args:
        person: the log-in name; the account gets this name if it is valid and free.
        home: where the person's home lies; it is made, and closed to others.
        prefix: what any other name of the account begins with.

    Raises:
        CourseError: useradd failed.
    """
    account = account_at(home)
    name = account.pw_name if account else _free_name(person, prefix)
    if account is None:
        _useradd(name, home)
    make_folder(home, 0o700, owner=name)
    return name


def _free_name(person: str, prefix: str) -> str:
    """Return a name for an account that this machine does not have yet.

    >>> _free_name("Second.Car@uni.kz", "algebra")
    'algebra-second-car-uni-kz'
    """
    plain = re.sub(r"[^a-z0-9_-]+", "-", person.lower())
    longer = (
        f"{prefix}-{plain}"[: LONGEST_NAME - 4] + end for end in ("", *(f"-{number}" for number in range(2, 999)))
    )
    wanted = [person] if VALID_NAME.fullmatch(person) else []
    return next(name for name in (*wanted, *longer) if find_account(name) is None)


def find_account(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def make_folder(folder: Path, mode: int, owner: str | None = None) -> None:
    """Make a folder, or give an existing one this mode and owner. A link in its place is an error.

    Raises:
        CourseError: what is there is not a folder.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError as error:
        raise CourseError(f"{folder} must be a folder, not a link to one: move it away.") from error
    try:
        if owner is not None:
            account = pwd.getpwnam(owner)
            os.fchown(opened, account.pw_uid, account.pw_gid)
        os.fchmod(opened, mode)
    finally:
        os.close(opened)


def give_to(path: Path, owner: str) -> None:
    """Give a file, or a folder and all in it, to an account."""
    account = pwd.getpwnam(owner)
    for each in (path, *path.rglob("*")):
        os.chown(each, account.pw_uid, account.pw_gid, follow_symlinks=False)


def run_as(name: str, command: list[str], folder: Path, path: str) -> subprocess.CompletedProcess[str]:
    """Run a command as an account and return what it said. `path` is the PATH to find programs on."""
    account = pwd.getpwnam(name)
    return subprocess.run(
        command,
        cwd=folder,
        env={"HOME": account.pw_dir, "USER": name, "LOGNAME": name, "PATH": path, "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        umask=0o022,
        **_identity(account),
    )


def _identity(account: pwd.struct_passwd) -> dict[str, Any]:
    """Return the arguments that make subprocess change to an account; none if this process is that account's."""
    if account.pw_uid == os.geteuid():
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def find_system_program(name: str) -> str:
    """Return the path of one of root's programs, which is not on every PATH. Raises CourseError if there is none."""
    found = shutil.which(name, path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin")
    if found is None:
        raise CourseError(f"This machine lacks {name}, which manages accounts (Debian: apt install passwd).")
    return found


def _useradd(name: str, home: Path) -> None:
    program = find_system_program("useradd")
    # --user-group: a group that students share would let them read each other's files.
    command = [program, "--no-create-home", "--home-dir", str(home), "--user-group", "--shell", "/bin/bash"]
    done = subprocess.run([*command, "--comment", COMMENT, name], capture_output=True, text=True)
    if done.returncode != 0:
        raise CourseError(f"No account {name} could be made: useradd says: {done.stderr.strip()}")


def remove_account(name: str) -> None:
    """Remove an account that the classroom made, and stop what it runs; its files stay.

    Raises:
        CourseError: userdel failed.
    """
    account = find_account(name)
    if account is None or not account.pw_gecos.startswith(COMMENT):
        return
    for process in psutil.process_iter(["uids"]):
        if process.info["uids"] and process.info["uids"].real == account.pw_uid:
            with suppress(psutil.NoSuchProcess):
                process.kill()
                process.wait(5)
    done = subprocess.run([find_system_program("userdel"), name], capture_output=True, text=True)
    if done.returncode != 0:
        raise CourseError(f"The account {name} could not be removed: userdel says: {done.stderr.strip()}")
