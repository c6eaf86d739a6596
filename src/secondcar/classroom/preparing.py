"""Make what a classroom needs and does not have yet. What is there, such as marks and rosters, is never changed."""

import os
import shutil
import tempfile
from pathlib import Path
from subprocess import CompletedProcess

from secondcar.classroom.accounts import (
    FIRST_ORDINARY_UID,
    VALID_NAME,
    account_at,
    ensure_account,
    find_account,
    give_to,
    make_folder,
    run_as,
)
from secondcar.classroom.layout import COURSE_ID, Classroom
from secondcar.classroom.roster import as_nbgrader_reads, read_ids, student_ids, teacher_ids
from secondcar.classroom.settings import DEMONSTRATION, FIRST_USE, PAGE, PAM, set_port, write_new
from secondcar.errors import CourseError

# Who teaches a class whose roster came without a file of teachers.
NEUTRAL_TEACHER = "id,first_name,last_name,email\nteacher,,,\n"


def prepare(
    classroom: Classroom,
    repository: Path,
    roster: Path | None = None,
    teachers: Path | None = None,
    port: int | None = None,
) -> list[str]:
    """Bring a classroom up to date with its rosters and with this repository, and say what was done.

    Args:
        classroom: its folder holds what `hub/install.py` puts there.
        repository: the checkout of this course.
        roster: the class, for a classroom that has none yet; the demonstration's people if None.
        teachers: those who teach it; the log-in `teacher` if None.
        port: from now on, the first of the classroom's ports.

    Raises:
        CourseError: one sentence on what is in the way. Nothing was made then that the sentence does not name.
    """
    _check(classroom, repository)
    files = _rosters(classroom, repository, roster, teachers)
    make_folder(classroom.hub, 0o700)
    write_new(classroom.settings_file, FIRST_USE if roster else DEMONSTRATION)
    if port:
        set_port(classroom.settings_file, port)
    for file, content in files.items():
        file.write_bytes(content)
    return update(classroom, repository)


def update(classroom: Classroom, repository: Path) -> list[str]:
    """Bring people and units that are new into a classroom, also while it runs, and say what was done.

    Raises:
        CourseError: one sentence on what is in the way.
    """
    for file in (classroom.students_file, classroom.teachers_file):
        file.chmod(0o600)  # names and addresses of the class
    check_people(classroom)
    prepare_accounts(classroom)
    _prepare_settings(classroom, repository / "hub" / "settings")
    _prepare_exchange(classroom)
    return _prepare_course(classroom, repository)


def _rosters(classroom: Classroom, repository: Path, roster: Path | None, teachers: Path | None) -> dict[Path, bytes]:
    """Return the contents of the rosters that the classroom does not have yet.

    Raises:
        CourseError: a roster cannot be used, or the classroom has another: that one holds people whose work lies here.
    """
    wanted = {classroom.students_file: roster, classroom.teachers_file: teachers}
    for there, given in wanted.items():
        if given is None:
            continue
        read_ids(given)
        if there.exists() and read_ids(there) and there.read_bytes() != given.read_bytes():
            raise CourseError(
                f"The class is in {there} already, which stays as it is: edit that file, and start without "
                f"{'ROSTER' if given == roster else 'TEACHERS'}."
            )
    contents = {there: given.read_bytes() for there, given in wanted.items() if given}
    for there in wanted:
        if there in contents or there.exists():
            continue
        demonstration = repository / "hub" / there.name
        if roster is None:
            contents[there] = demonstration.read_bytes()
        else:
            contents[there] = NEUTRAL_TEACHER.encode()
    with tempfile.TemporaryDirectory() as folder:
        # Both are read as they will stand there, before anything is made.
        trial = Classroom(Path(folder))
        for there in wanted:
            (trial.folder / there.name).write_bytes(contents.get(there) or there.read_bytes())
        try:
            student_ids(trial)
            teacher_ids(trial)
        except CourseError as error:
            raise CourseError(str(error).replace(folder, str(classroom.folder))) from None
    return contents


def check_people(classroom: Classroom) -> None:
    """Read the settings and all of both rosters, before anything is made of them.

    Raises:
        CourseError: one of them cannot be used.
    """
    people = [*student_ids(classroom), *teacher_ids(classroom)]
    if classroom.settings.login == PAM and classroom.separate_accounts:
        for name in people:
            if not VALID_NAME.fullmatch(name):
                raise CourseError(
                    f'{name} cannot log in with login = "pam", which takes names of accounts alone (small letters, '
                    f"digits, - and _): give that person another id, or choose another log-in ({PAGE})."
                )


def prepare_accounts(classroom: Classroom) -> None:
    """Make a home for each person of the rosters and, as root, a system account, unless they are there.

    Raises:
        CourseError: a roster cannot be used, or an account could not be made.
    """
    make_folder(classroom.homes, 0o711)
    make_folder(classroom.runtime, 0o711)
    people = [*student_ids(classroom), *teacher_ids(classroom)]
    if not classroom.separate_accounts:
        make_folder(classroom.course, 0o700)
        for name in people:
            make_folder(classroom.homes / name, 0o700)
            make_folder(classroom.runtime_of(name), 0o700)
        return
    prefix = classroom.folder.name
    ensure_account(prefix, classroom.course, prefix)
    for name in people:
        account = _ensure_persons_account(classroom, name)
        make_folder(classroom.runtime_of(name), 0o700, owner=account)
        if account_at(classroom.homes / name):
            _prepare_shell(classroom, account)
    make_folder(classroom.runtime_of(""), 0o700, owner=classroom.course_account)
    _prepare_shell(classroom, classroom.course_account)


def _ensure_persons_account(classroom: Classroom, name: str) -> str:
    """Make a person's account, unless there is one; with PAM alone, that may be an account of the machine's own."""
    account = find_account(name) if classroom.settings.login == PAM else None
    if account is not None and account.pw_uid < FIRST_ORDINARY_UID:
        raise CourseError(
            f"{name} is an account of the system's own on this machine: give that person another id in roster.csv or "
            "teachers.csv."
        )
    return account.pw_name if account else ensure_account(name, classroom.homes / name, classroom.folder.name)


def _prepare_shell(classroom: Classroom, name: str) -> None:
    """Make an account's own log-in shell find the classroom's commands: /etc/profile sets PATH anew.

    The account does it itself, so root follows no link of theirs; a file that is there is theirs and stays.
    """
    line = f'export PATH="{classroom.programs}:$PATH"'
    command = ["sh", "-c", 'test -e "$HOME/.profile" || printf "%s\\n" "$1" > "$HOME/.profile"', "sh", line]
    run_as(name, command, Path("/"), os.defpath)


def _check(classroom: Classroom, repository: Path) -> None:
    if not (repository / "hub" / "jupyterhub_config.py").is_file():
        raise CourseError(f"There is no hub/jupyterhub_config.py in {repository}: run this in the course's folder.")
    if not (classroom.programs / "jupyterhub").is_file() or not classroom.proxy_program.exists():
        raise CourseError(f"{classroom.folder} lacks JupyterHub or its proxy: `make classroom` installs both.")
    if classroom.separate_accounts and not VALID_NAME.fullmatch(classroom.folder.name):
        raise CourseError(
            f"{classroom.folder}: the course's account has the folder's name, so use small letters a-z, digits, "
            "- and _ alone, a letter first."
        )


def _prepare_settings(classroom: Classroom, settings: Path) -> None:
    # These are ours: a teacher's own go into the course's nbgrader_config.py or into hub/settings/.
    copies = {
        settings / "everyone": classroom.everyones_settings,
        settings / "teacher": classroom.teacher_settings,
        settings.parent / "labextension": classroom.labextension,
    }
    for source, folder in copies.items():
        shutil.copytree(source, folder, dirs_exist_ok=True)
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


def _prepare_course(classroom: Classroom, repository: Path) -> list[str]:
    """Bring the units into the nbgrader course, and the roster into its gradebook.

    The course's account does it all, from a copy that it can read: teachers write to that folder, so root follows no
    link in it.
    """
    course, account = classroom.course, classroom.course_account
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in ("source", "release"):
            unwanted = shutil.ignore_patterns(*classroom.settings.leave_out)
            shutil.copytree(repository / name, copy / name, ignore=unwanted)
        # `secondcar report` takes the names of the misconceptions from there.
        shutil.copytree(repository / "course", copy / "course", ignore=_all_but_toml)
        shutil.copy(repository / "nbgrader_config.py", copy)
        (copy / "roster.csv").write_text(as_nbgrader_reads(classroom.students_file), encoding="utf-8")
        give_to(copy, account)
        _run(classroom, course, "cp", "--no-clobber", copy / "nbgrader_config.py", course)
        _run(classroom, course, "mkdir", "--parents", "--mode=700", course / "grading")
        # nbgrader's commands then find the exchange in any shell, also where no variable is set.
        link = course / "grading" / "exchange"
        _run(classroom, course, "ln", "--symbolic", "--force", "--no-target-directory", classroom.exchange, link)
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
    return run_as(classroom.course_account, [str(word) for word in command], folder, classroom.path)


def _failure(done: CompletedProcess[str]) -> str:
    said = (done.stderr.strip() or done.stdout.strip() or "it printed nothing").splitlines()
    return f"`{' '.join(done.args)}` failed: {said[-1]}"
