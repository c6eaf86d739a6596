"""Where everything of a classroom lies, and which ports it uses."""

import os
import pwd
from dataclasses import dataclass
from pathlib import Path

from secondcar.errors import CourseError

COURSE_ID = "second-car"
# nbgrader's names for a course's two groups.
TEACHERS_GROUP = f"formgrade-{COURSE_ID}"
STUDENTS_GROUP = f"nbgrader-{COURSE_ID}"
# How the hub's configuration, which JupyterHub reads, is told which classroom it is for.
FOLDER_VARIABLE, PORT_VARIABLE = "SECOND_CAR_CLASSROOM", "SECOND_CAR_PORT"


@dataclass(frozen=True)
class Classroom:
    """The places of one classroom.

    Attributes:
        folder: everything lies in here; students can reach it.
        port: where the class logs in; the three ports after it are used too, on 127.0.0.1 alone.
    """

    folder: Path
    port: int = 8000

    @classmethod
    def from_environment(cls) -> "Classroom":
        """Return the classroom that `secondcar classroom` is starting.

        Raises:
            CourseError: the environment names none.
        """
        folder = os.environ.get(FOLDER_VARIABLE)
        if not folder:
            raise CourseError(f"{FOLDER_VARIABLE} is not set: start the hub with `make classroom`.")
        return cls(Path(folder), int(os.environ.get(PORT_VARIABLE, cls.port)))

    def variables(self) -> dict[str, str]:
        """Return the environment variables that `from_environment` reads."""
        return {FOLDER_VARIABLE: str(self.folder), PORT_VARIABLE: str(self.port)}

    @property
    def programs(self) -> Path:
        """The commands of the classroom's own Python environment."""
        return self.folder / "env" / "bin"

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

    @property
    def hub(self) -> Path:
        """What the hub keeps: log-ins, its database, its log. Closed to all but the hub."""
        return self.folder / "hub"

    @property
    def passwords(self) -> Path:
        return self.hub / "demonstration-passwords.json"

    @property
    def teacher_settings(self) -> Path:
        """Settings of the teachers' shared server, over those that everyone has."""
        return self.folder / "settings" / "teacher"

    @property
    def everyones_settings(self) -> Path:
        """A place where every Jupyter program of the environment looks by itself."""
        return self.folder / "env" / "etc" / "jupyter"

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

    @property
    def course_account(self) -> str:
        """The account that owns the course's folder and runs the teachers' shared server: named as the classroom."""
        return self.folder.name if self.separate_accounts else pwd.getpwuid(os.geteuid()).pw_name
