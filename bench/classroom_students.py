"""Simulated students of `bench/classroom.py`; it runs as root, in the classroom's own environment.

    python classroom_students.py UNIT SECONDS NAME...

Each student fetches the unit at a random moment in the first half of the time, writes into the notebook, and submits
at a random moment in the second half. Each step is a forked process under the student's account, which has
nbgrader imported already, as a running server has. Prints a line of JSON for each step.
"""

import json
import os
import pwd
import random
import sys
import time
from pathlib import Path

from nbgrader.apps import NbGrader
from nbgrader.auth import Authenticator
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeFactory


def main(unit: str, seconds: float, names: list[str]) -> None:
    chance = random.Random(2018)
    moments = [(chance.uniform(0, seconds / 2), "fetch", name) for name in names]
    moments += [(chance.uniform(seconds / 2, seconds), "submit", name) for name in names]
    start = time.monotonic()
    running: dict[int, tuple[float, str, str]] = {}
    for moment, step, name in sorted(moments):
        while time.monotonic() < start + moment:
            report_ended(running, start)
            time.sleep(0.005)
        running[fork_student(name, step, unit)] = (moment, step, name)
    while running:
        report_ended(running, start)
        time.sleep(0.005)


def report_ended(running: dict[int, tuple[float, str, str]], start: float) -> None:
    """Print how long each finished process took, counted from the moment at which the student wanted it."""
    for pid in list(running):
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            moment, step, name = running.pop(pid)
            took = time.monotonic() - start - moment
            print(json.dumps({"step": step, "name": name, "seconds": took, "ok": status == 0}), flush=True)


def fork_student(name: str, step: str, unit: str) -> int:
    """Start a step of a student as a process of its own, and return its number."""
    pid = os.fork()
    if pid:
        return pid
    try:
        become(pwd.getpwnam(name))
        fetch(unit) if step == "fetch" else submit(unit, name)
        os._exit(0)
    except BaseException as error:
        print(f"{name} could not {step}: {error!r}", file=sys.stderr, flush=True)
        os._exit(1)


def become(account: pwd.struct_passwd) -> None:
    os.setgroups([])
    os.setgid(account.pw_gid)
    os.setuid(account.pw_uid)
    os.environ.update(HOME=account.pw_dir, USER=account.pw_name, LOGNAME=account.pw_name)
    os.chdir(account.pw_dir)


def fetch(unit: str) -> None:
    run(unit, "FetchAssignment")


def submit(unit: str, name: str) -> None:
    path = Path(unit) / f"{unit}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"][0]["source"] += [f"\n\nWritten by {name}."]
    path.write_text(json.dumps(notebook), encoding="utf-8")
    run(unit, "Submit")


def run(unit: str, action: str) -> None:
    """Do what the assignment list of a student's server does when its button is pressed."""
    app = NbGrader()
    app.load_config_file()
    config = app.config
    config.CourseDirectory.assignment_id = unit
    config.Exchange.assignment_dir = os.getcwd()
    make = getattr(ExchangeFactory(config=config), action)
    make(coursedir=CourseDirectory(config=config), authenticator=Authenticator(config=config), config=config).start()


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]), sys.argv[3:])
