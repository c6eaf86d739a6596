"""A system account for each person, so that the machine itself keeps students apart."""

import os
import pwd
import shutil
import subprocess
from pathlib import Path
from typing import Any

from secondcar.errors import CourseError

FIRST_ORDINARY_UID = 1000
COMMENT = "Second Car classroom"


def ensure_account(name: str, home: Path, foreign_allowed: bool) -> None:
    """Make a system account without a password, unless it is there; make its home, closed to others.

    Args:
        name: the log-in name.
        home: where the home of a new account lies.
        foreign_allowed: whether an account that the classroom did not make may be used. Never with the
            demonstration's shared password: it would open somebody's own account to the whole class.

    Raises:
        CourseError: the name belongs to an account that must not be used, or useradd failed.
    """
    account = find_account(name)
    if account is None:
        _useradd(name, home)
    elif account.pw_uid < FIRST_ORDINARY_UID or not (foreign_allowed or account.pw_dir == str(home)):
        raise CourseError(
            f"This machine has an account named {name} that the classroom did not make: give that person another id "
            "in roster.csv or teachers.csv, or switch to real log-ins first (hub/jupyterhub_config.py)."
        )
    if account is None or account.pw_dir == str(home):
        make_folder(home, 0o700, owner=name)


def find_account(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def make_folder(folder: Path, mode: int, owner: str | None = None) -> None:
    """Make a folder, or give the one that is there this mode and owner. A link in its place is an error.

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
    """Return the arguments that make subprocess change to an account; none if we are that account already."""
    if account.pw_uid == os.geteuid():
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def find_system_program(name: str) -> str:
    """Return the path of one of root's programs, which is not on every PATH. Raises CourseError if there is none."""
    found = shutil.which(name, path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin")
    if found is None:
        raise CourseError(f"There is no {name} on this machine, which makes accounts (Debian: apt install passwd).")
    return found


def _useradd(name: str, home: Path) -> None:
    program = find_system_program("useradd")
    # --user-group: a group that students share would let them read each other's files.
    command = [program, "--no-create-home", "--home-dir", str(home), "--user-group", "--shell", "/bin/bash"]
    done = subprocess.run([*command, "--comment", COMMENT, name], capture_output=True, text=True)
    if done.returncode != 0:
        raise CourseError(f"No account {name} could be made: useradd says: {done.stderr.strip()}")
