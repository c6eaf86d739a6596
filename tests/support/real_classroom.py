"""A real classroom for tests: its own environment, system accounts and, where asked for, a running hub.

It needs root, Linux and npm. The environment stays in FOLDER between runs, since it takes minutes to set up; all else
is made anew each time, and the accounts are removed in the end.
"""

import fcntl
import json
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
import websocket

from secondcar.classroom.accounts import remove_account, run_as
from secondcar.classroom.layout import Classroom
from secondcar.units import unit_names
from tests.support.paths import ROOT

# Students' accounts cannot reach a temporary folder of root's.
FOLDER = Path("/srv/second-car-access")
PORT = 18400
STUDENTS = ("access-ada", "access-boris", "access-cara")
TEACHERS = ("access-tara", "access-timur")

# The classroom runs the package that is installed in it, also where the tests run another by PYTHONPATH.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


def copied_repository(checkout: Path, *units: str) -> Path:
    """Copy into a folder what a classroom is made of, for a test that changes it; return the folder.

    units: only these; each takes seconds to register.
    """
    for name in ("hub", "course", "source", "release"):
        shutil.copytree(ROOT / name, checkout / name)
    unwanted = set(unit_names(ROOT / "source")) - set(units) if units else ()
    for unit in unwanted:
        shutil.rmtree(checkout / "source" / unit)
        shutil.rmtree(checkout / "release" / unit)
    shutil.copy(ROOT / "nbgrader_config.py", checkout)
    return checkout


@contextmanager
def installed_classroom() -> Iterator[Classroom]:
    """A folder with programs and nothing else. Skips the test where no class can be made."""
    if sys.platform != "linux" or os.geteuid() != 0 or not shutil.which("npm"):
        pytest.skip("a classroom with system accounts needs Linux, root and npm")
    FOLDER.mkdir(mode=0o755, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # one at a time: accounts and ports belong to the whole machine
        classroom = Classroom(FOLDER)
        remove_class(classroom)
        subprocess.run([sys.executable, ROOT / "hub" / "install.py", FOLDER], env=ENVIRONMENT, check=True)
        try:
            yield classroom
        finally:
            remove_class(classroom)


@contextmanager
def prepared_classroom(repository: Path = ROOT) -> Iterator[Classroom]:
    """A classroom with three students and two teachers, ready to start. Skips the test where none can be made."""
    with installed_classroom() as classroom:
        _write_roster(classroom.students_file, STUDENTS)
        _write_roster(classroom.teachers_file, TEACHERS)
        prepare(classroom, repository)
        yield classroom


def prepare(classroom: Classroom, repository: Path = ROOT) -> str:
    """Bring the classroom up to date; return what was printed."""
    done = secondcar(classroom, "classroom", "--no-start", "--port", str(PORT), folder=repository)
    assert done.returncode == 0, done.stderr
    return done.stdout


def secondcar(
    classroom: Classroom, command: str, *arguments: str | Path, folder: Path = ROOT
) -> subprocess.CompletedProcess[str]:
    """Run one of the commands for a classroom, as root and in a checkout, and return what it said."""
    program = [classroom.programs / "secondcar", command, *arguments, "--folder", classroom.folder]
    return subprocess.run(program, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True)


@contextmanager
def open_classroom(classroom: Classroom, repository: Path = ROOT) -> Iterator[subprocess.Popen]:
    """Start the hub, and stop it as Ctrl-C does."""
    command = [classroom.programs / "secondcar", "classroom", "--folder", classroom.folder]
    process = subprocess.Popen(command, cwd=repository, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True)
    try:
        for line in process.stdout:
            if line.startswith("Rosters:"):
                break
        assert process.poll() is None, "the hub did not start"
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(120) == 0


def run_in_home(classroom: Classroom, name: str, *command: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a command as a person of the class, in that person's home."""
    return run_as(classroom.account_of(name), [str(word) for word in command], classroom.homes / name, classroom.path)


def run_in_course(classroom: Classroom, *command: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a command as the course's account in the course's folder, as a teacher does in the shared terminal."""
    return run_as(classroom.course_account, [str(word) for word in command], classroom.course, classroom.path)


def log_in(classroom: Classroom, name: str) -> requests.Session:
    """Return a browser session of a person who has logged in."""
    role = "teachers" if name in TEACHERS else "students"
    password = json.loads(classroom.passwords.read_text(encoding="utf-8"))[role]
    session = requests.Session()
    assert is_let_in(classroom, session, name, password), f"{name} could not log in"
    return session


def is_let_in(classroom: Classroom, session: requests.Session, name: str, password: str, **more: str) -> bool:
    """Fill in the log-in page, and say whether it lets this person in."""
    page = session.get(f"{classroom.address}/hub/login")
    form = {"username": name, "password": password, "_xsrf": re.search(r'name="_xsrf" value="([^"]+)"', page.text)[1]}
    form |= more
    answer = session.post(
        f"{classroom.address}/hub/login", params={"_xsrf": form["_xsrf"]}, data=form, allow_redirects=False
    )
    assert answer.status_code in (302, 403), answer.text
    return answer.status_code == 302


def start_server(classroom: Classroom, session: requests.Session, name: str) -> str:
    """Start a student's server and return its address."""
    address = f"{classroom.address}/user/{name}"
    session.get(f"{classroom.address}/hub/spawn/{name}")
    for _ in range(240):
        if session.get(f"{address}/lab").url.startswith(address):
            return address
        time.sleep(0.5)
    raise AssertionError(f"the server of {name} did not start")


def copy_programs(classroom: Classroom) -> None:
    """Put a copy of what was installed in FOLDER where another classroom looks for it: installing takes minutes."""
    env = classroom.folder / "env"
    if not (FOLDER / "proxy" / ".installed").is_file() or env.exists():
        return
    for name in ("env", "proxy"):
        shutil.copytree(FOLDER / name, classroom.folder / name, symlinks=True)
    old, new = os.fsencode(FOLDER), os.fsencode(classroom.folder)
    for file in (env / "pyvenv.cfg", *(env / "bin").iterdir()):
        if file.is_file() and not file.is_symlink() and old in (content := file.read_bytes()):
            file.write_bytes(content.replace(old, new))


def must(done: subprocess.CompletedProcess[str]) -> str:
    """Return what a command printed; it ended well."""
    assert done.returncode == 0, f"{done.args}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def connect(session: requests.Session, address: str, seconds: float = 5) -> websocket.WebSocket:
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in session.cookies)
    return websocket.create_connection(address.replace("http", "ws", 1), cookie=cookies, timeout=seconds)


def post(session: requests.Session, address: str, content: dict) -> dict:
    path = urlsplit(address).path
    own = [one for one in session.cookies if one.name == "_xsrf" and path.startswith(one.path)]
    xsrf = max(own, key=lambda one: len(one.path)).value
    answer = session.post(address, json=content, headers={"X-XSRFToken": xsrf})
    assert answer.status_code in (200, 201), answer.text
    return answer.json()


def ask(channels: websocket.WebSocket, code: str) -> str:
    """Have a kernel run a cell, as a notebook in a browser does; return the number of the message."""
    header = {
        "msg_id": uuid.uuid4().hex,
        "msg_type": "execute_request",
        "username": "",
        "session": "a",
        "version": "5.3",
    }
    content = {"code": code, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False}
    message = {"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell"}
    channels.send(json.dumps(message))
    return header["msg_id"]


def _write_roster(file: Path, names: tuple[str, ...]) -> None:
    lines = [f"{name},{name.partition('-')[2].title()},Example,{name}@example.org" for name in names]
    file.write_text("\n".join(["id,first_name,last_name,email", *lines]) + "\n", encoding="utf-8")


def remove_class(classroom: Classroom) -> None:
    """Remove all but the environment and the proxy."""
    for account in pwd.getpwall():
        if Path(account.pw_dir).is_relative_to(classroom.folder):
            remove_account(account.pw_name)
    for path in classroom.folder.iterdir():
        if path.name not in ("env", "proxy", "lock"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
