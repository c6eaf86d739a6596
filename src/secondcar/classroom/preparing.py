"""Make what a classroom needs and does not have yet. What is there, such as marks and rosters, is never changed."""

import json
import os
import pwd
import secrets
import shutil
import tempfile
from pathlib import Path
from subprocess import CompletedProcess

from traitlets.config.loader import PyFileConfigLoader

from secondcar.classroom.accounts import ensure_account, give_to, make_folder, run_as
from secondcar.classroom.layout import COURSE_ID, Classroom
from secondcar.classroom.roster import VALID_ID, as_nbgrader_reads, read_ids, student_ids, teacher_ids
from secondcar.errors import CourseError

# Of all log-ins, this one lets every student in with the same password.
DEMONSTRATION = "shared-password"


def prepare(classroom: Classroom, repository: Path, roster: Path | None = None) -> list[str]:
    """Bring a classroom up to date with its rosters and with this repository, and say what was done.

    Args:
        classroom: its folder holds what `hub/install.py` puts there.
        repository: the checkout of this course.
        roster: the class, for a classroom that has none yet; the demonstration's people if None.

    Raises:
        CourseError: one sentence on what is in the way.
    """
    _check(classroom, repository)
    make_folder(classroom.hub, 0o700)
    if roster:
        _take_roster(roster, classroom)
    for name, file in (("roster.csv", classroom.students_file), ("teachers.csv", classroom.teachers_file)):
        _copy_once(repository / "hub" / name, file)
        file.chmod(0o600)  # names and addresses of the class
    _prepare_passwords(classroom)
    prepare_accounts(classroom, repository)
    _prepare_settings(classroom, repository / "hub" / "settings")
    _prepare_exchange(classroom)
    return _prepare_course(classroom, repository)


def _take_roster(roster: Path, classroom: Classroom) -> None:
    """Take a class's roster, unless the classroom has one: that one holds people whose work lies here.

    Raises:
        CourseError: the roster cannot be used, or the classroom has another.
    """
    read_ids(roster)
    there = classroom.students_file
    if there.exists() and there.read_bytes() != roster.read_bytes():
        raise CourseError(
            f"The class is in {there} already, which stays as it is: edit that file, and start without ROSTER."
        )
    _copy_once(roster, there)


def prepare_accounts(classroom: Classroom, repository: Path) -> None:
    """Make a home for each person of the rosters and, as root, a system account, unless they are there.

    Raises:
        CourseError: a roster cannot be used, or a name belongs to somebody else on this machine.
    """
    make_folder(classroom.homes, 0o711)
    make_folder(classroom.runtime, 0o711)
    people = [*student_ids(classroom), *teacher_ids(classroom)]
    if not classroom.separate_accounts:
        make_folder(classroom.course, 0o700)
        for name in people:
            make_folder(classroom.homes / name, 0o700)
            make_folder(classroom.runtime / name, 0o700)
        return
    demonstration = is_demonstration(classroom, repository)
    ensure_account(classroom.course_account, classroom.course, foreign_allowed=False)
    for name in people:
        ensure_account(name, classroom.homes / name, foreign_allowed=not demonstration)
    for name in (*people, classroom.course_account):
        make_folder(classroom.runtime / name, 0o700, owner=name)
        if Path(pwd.getpwnam(name).pw_dir).is_relative_to(classroom.folder):
            _prepare_shell(classroom, name)


def _prepare_shell(classroom: Classroom, name: str) -> None:
    """Have an account's own log-in shell find the classroom's commands: /etc/profile sets PATH anew.

    The account does it itself, so root follows no link of theirs; a file that is there is theirs and stays.
    """
    line = f'export PATH="{classroom.programs}:$PATH"'
    command = ["sh", "-c", 'test -e "$HOME/.profile" || printf "%s\\n" "$1" > "$HOME/.profile"', "sh", line]
    run_as(name, command, Path("/"), os.defpath)


def is_demonstration(classroom: Classroom, repository: Path) -> bool:
    """Return whether hub/jupyterhub_config.py still has the log-in of the demonstration.

    Raises:
        CourseError: that file, which teachers edit, or a roster cannot be used.
    """
    os.environ.update(classroom.variables())
    try:
        hub = PyFileConfigLoader("jupyterhub_config.py", path=str(repository / "hub")).load_config()
    except CourseError:
        raise
    except Exception as error:  # the file is a program: a slip in it can be any error
        raise CourseError(
            f"{repository / 'hub' / 'jupyterhub_config.py'} cannot be used: {type(error).__name__}: {error}. Correct "
            "what was changed there last."
        ) from error
    return hub.JupyterHub.authenticator_class == DEMONSTRATION


def _check(classroom: Classroom, repository: Path) -> None:
    if not (repository / "hub" / "jupyterhub_config.py").is_file():
        raise CourseError(f"There is no hub/jupyterhub_config.py in {repository}: run this in the course's folder.")
    if not (classroom.programs / "jupyterhub").is_file() or not classroom.proxy_program.exists():
        raise CourseError(f"{classroom.folder} lacks JupyterHub or its proxy: `make classroom` installs both.")
    if classroom.separate_accounts and not VALID_ID.fullmatch(classroom.folder.name):
        raise CourseError(
            f"{classroom.folder}: the course's account is named as the folder, so it takes small letters a-z, digits, "
            "- and _, a letter first."
        )


def _prepare_settings(classroom: Classroom, settings: Path) -> None:
    # These are ours: a teacher's own go into the course's nbgrader_config.py or into hub/settings/.
    shutil.copytree(settings / "everyone", classroom.everyones_settings, dirs_exist_ok=True)
    shutil.copytree(settings / "teacher", classroom.teacher_settings, dirs_exist_ok=True)
    for folder in (classroom.everyones_settings, classroom.teacher_settings):
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)


def _prepare_exchange(classroom: Classroom) -> None:
    """Make nbgrader's exchange as nbgrader would, and sticky: nobody can rename or delete what another put there."""
    exchange, owner = classroom.exchange / COURSE_ID, classroom.course_account
    make_folder(classroom.exchange, 0o1777)
    make_folder(exchange, 0o755, owner)
    make_folder(exchange / "outbound", 0o755, owner)
    make_folder(exchange / "feedback", 0o711, owner)
    # Students can put something in and cannot see what is there.
    make_folder(exchange / "inbound", 0o3733, owner)


def _prepare_passwords(classroom: Classroom) -> None:
    if not classroom.passwords.exists():
        # JupyterHub asks for 8 and 32 characters at least.
        made = {"students": secrets.token_urlsafe(8), "teachers": secrets.token_urlsafe(24)}
        classroom.passwords.touch(0o600)
        classroom.passwords.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")


def _prepare_course(classroom: Classroom, repository: Path) -> list[str]:
    """Bring the units into the nbgrader course, and the roster into its gradebook.

    The course's account does it all, from a copy that it can read: teachers write to that folder, so root follows no
    link in it.
    """
    course, account = classroom.course, classroom.course_account
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in ("source", "release"):
            shutil.copytree(repository / name, copy / name)
        # `secondcar report` takes the names of the misconceptions from there.
        shutil.copytree(repository / "course", copy / "course", ignore=_all_but_toml)
        shutil.copy(repository / "nbgrader_config.py", copy)
        (copy / "roster.csv").write_text(as_nbgrader_reads(classroom.students_file), encoding="utf-8")
        give_to(copy, account)
        _run(classroom, course, "cp", "--no-clobber", copy / "nbgrader_config.py", course)
        _run(classroom, course, "mkdir", "--parents", "--mode=700", course / "grading")
        # nbgrader's commands then find the exchange in any shell, also where no variable is set.
        link = course / "grading" / "exchange"
        _run(classroom, course, "ln", "--symbolic", "--no-target-directory", classroom.exchange, link)
        _run(classroom, course, "cp", "--recursive", copy / "course", course)
        units = _run(classroom, copy, "secondcar", "units", "--into", course)
        roster = _run(classroom, course, "nbgrader", "db", "student", "import", copy / "roster.csv")
    if roster.returncode != 0:
        raise CourseError(_failure(roster))
    # A class that is under way goes on: a unit that cannot be registered is not handed out yet.
    return units.stdout.splitlines() if units.returncode == 0 else [_failure(units)]


def _all_but_toml(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if not name.endswith(".toml") and not Path(folder, name).is_dir()]


def _run(classroom: Classroom, folder: Path, *command: str | Path) -> CompletedProcess[str]:
    """Run a command in a folder as the course's account."""
    path = f"{classroom.programs}:/usr/local/bin:/usr/bin:/bin"
    return run_as(classroom.course_account, [str(word) for word in command], folder, path)


def _failure(done: CompletedProcess[str]) -> str:
    said = (done.stderr.strip() or done.stdout.strip() or "it printed nothing").splitlines()
    return f"`{' '.join(done.args)}` failed: {said[-1]}"


def _copy_once(source: Path, target: Path) -> None:
    if not target.exists():
        shutil.copyfile(source, target)
