"""What a school sets, in `classroom.toml` in the classroom's own folder: no upgrade touches it.

docs/classroom-settings.md explains each line to whoever runs a classroom.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from secondcar.arguments import LAST_PORT
from secondcar.errors import CourseError
from secondcar.files import whole

FILE_NAME = "classroom.toml"
PAGE = "docs/classroom-settings.md"
DEMONSTRATION, FIRST_USE, PAM, LTI, GITHUB = LOGINS = ("demonstration", "first-use", "pam", "lti", "github")
# Who needs a one-time code for the first log-in of all.
CODES = ("teachers", "everyone")
# Of each table: its lines, and which of them its log-in cannot do without.
TABLES: dict[str, dict[str, type]] = {
    "demonstration": {"students": str, "teachers": str},
    LTI: {"issuer": str, "authorize_url": str, "jwks_endpoint": str, "client_id": str, "username_key": str},
    GITHUB: {"client_id": str, "callback_url": str},
}
NEEDED = {LTI: ("issuer", "authorize_url", "jwks_endpoint", "client_id"), GITHUB: ("client_id", "callback_url")}
# JupyterHub refuses shorter ones.
SHORTEST = {"students": 8, "teachers": 32}
# A server with one kernel takes 250.
LEAST_MEMORY_MB = 300
WORDS = {int: "a whole number", str: "text in quotation marks", list: "a list in brackets", dict: "a table"}


@dataclass(frozen=True)
class Settings:
    """The lines of `classroom.toml`, each with its default.

    Attributes:
        port: where the class logs in; the three ports after it are used too.
        login: one of `LOGINS`.
        codes: with `first-use`, who needs a one-time code.
        idle_minutes: a server that nobody used for so long is stopped.
        memory_mb: what a person's server and kernels may take together, where the system can bound it.
        leave_out: units of the course that do not come in.
        demonstration: passwords in place of those that were drawn.
        lti: a learning platform, for that log-in.
        github: the application registered there, for that log-in.
        hub: any other settings of JupyterHub: a table for each of its classes.
    """

    port: int = 8000
    login: str = DEMONSTRATION
    codes: str = "teachers"
    idle_minutes: int = 60
    memory_mb: int = 2000
    leave_out: list = field(default_factory=list)
    demonstration: Mapping[str, str] = field(default_factory=dict)
    lti: Mapping[str, str] = field(default_factory=dict)
    github: Mapping[str, str] = field(default_factory=dict)
    hub: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def read_settings(file: Path) -> Settings:
    """Return what a classroom's file says; the defaults if it does not exist.

    Raises:
        CourseError: one sentence on the first thing in the file that cannot be used.

    >>> read_settings(Path("no-such-folder/classroom.toml")).port
    8000
    """
    try:
        given = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CourseError(f"{file} cannot be read: {error}. {PAGE} shows how each line is written.") from error
    for fault in _faults(given):
        raise CourseError(f"{file}: {fault}. {PAGE} explains each line.")
    return Settings(**given)


LINES: dict[str, type] = {
    one.name: one.type if isinstance(one.type, type) and one.type in (int, str, list) else dict
    for one in fields(Settings)
}


def _faults(given: dict[str, Any]) -> Iterator[str]:
    """Yield what cannot be used, each as a clause."""
    yield from _wrong_lines(given, LINES, "")
    for name, lines in TABLES.items():
        yield from _wrong_lines(given.get(name, {}), lines, f"[{name}] ")
    for name, lines in given.get("hub", {}).items():
        if not isinstance(lines, dict):
            yield f"[hub] {name} must be a table named for a class of JupyterHub, such as [hub.Spawner]"
    port = given.get("port", Settings.port)
    if not 1 <= port <= LAST_PORT:
        yield f"port is {port} and must be from 1 to {LAST_PORT}"
    if given.get("idle_minutes", 1) < 1:
        yield "idle_minutes must be 1 or more"
    if given.get("memory_mb", Settings.memory_mb) < LEAST_MEMORY_MB:
        yield f"memory_mb must be {LEAST_MEMORY_MB} or more"
    for name, choices in (("login", LOGINS), ("codes", CODES)):
        if name in given and given[name] not in choices:
            yield f'{name} is "{given[name]}" and must be one of {", ".join(choices)}'
    for role, password in given.get("demonstration", {}).items():
        if len(password) < SHORTEST[role]:
            yield f"[demonstration] {role} needs {SHORTEST[role]} characters or more"
    login = given.get("login", Settings.login)
    missing = [name for name in NEEDED.get(login, ()) if not given.get(login, {}).get(name)]
    if missing:
        yield f'login = "{login}" needs the line {missing[0]} in a table [{login}]'


def _wrong_lines(given: dict[str, Any], known: Mapping[str, type], where: str) -> Iterator[str]:
    for name, value in given.items():
        if name not in known:
            yield f"{where}{name} is not a setting; there are {', '.join(known)}"
        elif not isinstance(value, known[name]) or isinstance(value, bool):
            yield f"{where}{name} must be {WORDS[known[name]]}"


def write_new(file: Path, login: str) -> None:
    """Write a classroom's first file. What a school wrote is never overwritten."""
    if not file.exists():
        head = f"# What this school sets. {PAGE} of the course explains each line."
        _write(file, f'{head}\nport = {Settings.port}\nlogin = "{login}"\n')


def set_port(file: Path, port: int) -> None:
    """Change the line `port`, and nothing else of the file."""
    text = file.read_text(encoding="utf-8-sig") if file.exists() else ""
    changed, count = re.subn(r"^port\s*=\s*\d+", f"port = {port}", text, count=1, flags=re.MULTILINE)
    _write(file, changed if count else f"port = {port}\n{text}")


def _write(file: Path, text: str) -> None:
    with whole(file) as part:
        part.write_text(text, encoding="utf-8")
        part.chmod(0o600)  # it may hold passwords
