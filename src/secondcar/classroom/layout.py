"""Where everything of a classroom lies, and which ports it uses."""

import hashlib
import os
import pwd
from dataclasses import dataclass
from pathlib import Path

from secondcar.classroom.accounts import account_at, find_account
from secondcar.classroom.settings import FILE_NAME, PAM, Settings, read_settings
from secondcar.errors import CourseError

COURSE_ID = "second-car"
# nbgrader's names for a course's two groups.
TEACHERS_GROUP = f"formgrade-{COURSE_ID}"
STUDENTS_GROUP = f"nbgrader-{COURSE_ID}"
# How the hub's configuration, which JupyterHub reads, is told which classroom it is for.
FOLDER_VARIABLE = "SECOND_CAR_CLASSROOM"


@dataclass(frozen=True)
class Classroom:
    """The places of one classroom.

    Attributes:
        folder: everything lies in here; students can reach it.
    """

    folder: Path

    @classmethod
    def from_environment(cls) -> "Classroom":
        """Return the classroom that `secondcar classroom` is starting.

        Raises:
            CourseError: the environment names none.
        """
        folder = os.environ.get(FOLDER_VARIABLE)
        if not folder:
            raise CourseError(f"{FOLDER_VARIABLE} is not set: start the hub with `make classroom`.")
        return cls(Path(folder))

    def variables(self) -> dict[str, str]:
        """Return the environment variables that `from_environment` reads."""
        return {FOLDER_VARIABLE: str(self.folder)}

    @property
    def settings_file(self) -> Path:
        """What a school sets. No upgrade touches it."""
        return self.folder / FILE_NAME

    @property
    def settings(self) -> Settings:
        """What it says. Raises CourseError if that cannot be used."""
        return read_settings(self.settings_file)

    @property
    def port(self) -> int:
        """Where the class logs in; the three ports after it are used too, on 127.0.0.1 alone."""
        return self.settings.port

    @property
    def programs(self) -> Path:
        """The commands of the classroom's own Python environment."""
        return self.folder / "env" / "bin"

    @property
    def path(self) -> str:
        """The PATH on which the classroom's programs find each other. nbgrader runs `alembic` by name."""
        return f"{self.programs}:/usr/local/bin:/usr/bin:/bin"

    @property
    def proxy_program(self) -> Path:
        return self.folder / "proxy" / "node_modules" / ".bin" / "configurable-http-proxy"

    @property
    def course(self) -> Path:
        """The nbgrader course: notebooks, answers, gradebook. Closed to students."""
        return self.folder / "course"

    @property
    def exchange(self) -> Path:
        """Where notebooks are handed out and in."""
        return self.folder / "exchange"

    @property
    def homes(self) -> Path:
        """A home for each person, closed to all others."""
        return self.folder / "homes"

    @property
    def runtime(self) -> Path:
        """A folder for each person's running kernels, closed to all others: the path of a socket has to be short."""
        return self.folder / "run"

    def runtime_of(self, person: str) -> Path:
        """Return one person's, or for "" that of the course."""
        return self.runtime / hashlib.blake2b(person.encode(), digest_size=4).hexdigest()

    @property
    def hub(self) -> Path:
        """What the hub keeps: log-ins, its database, its log. Closed to all but the hub."""
        return self.folder / "hub"

    @property
    def passwords(self) -> Path:
        return self.hub / "demonstration-passwords.json"

    @property
    def first_use_passwords(self) -> Path:
        """What people chose at their first log-in. The database may add an ending to the name."""
        return self.hub / "first-use-passwords.dbm"

    @property
    def codes_file(self) -> Path:
        """One-time codes that nobody has used yet."""
        return self.hub / "one-time-codes.csv"

    @property
    def teacher_settings(self) -> Path:
        """Settings of the teachers' shared server, over those that everyone has."""
        return self.folder / "settings" / "teacher"

    @property
    def everyones_settings(self) -> Path:
        """A place where every Jupyter program of the environment looks by itself."""
        return self.folder / "env" / "etc" / "jupyter"

    @property
    def labextension(self) -> Path:
        """What JupyterLab does for the class: `hub/labextension` says what."""
        return self.folder / "env" / "share" / "jupyter" / "labextensions" / "secondcar-classroom"

    @property
    def students_file(self) -> Path:
        return self.folder / "roster.csv"

    @property
    def teachers_file(self) -> Path:
        return self.folder / "teachers.csv"

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def proxy_port(self) -> int:
        return self.port + 1

    @property
    def hub_port(self) -> int:
        return self.port + 2

    @property
    def course_port(self) -> int:
        return self.port + 3

    @property
    def separate_accounts(self) -> bool:
        """Return whether each person has a system account: only root can start servers for others."""
        return os.geteuid() == 0

    def account_of(self, person: str) -> str | None:
        """Return the name of a person's system account; None if there is none yet."""
        account = account_at(self.homes / person)
        if account is None and self.settings.login == PAM:
            account = find_account(person)
        return account.pw_name if account else None

    @property
    def course_account(self) -> str:
        """The account that owns the course's folder and runs the teachers' shared server."""
        if not self.separate_accounts:
            return pwd.getpwuid(os.geteuid()).pw_name
        account = account_at(self.course)
        return account.pw_name if account else self.folder.name
