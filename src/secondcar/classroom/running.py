"""Start the hub, keep it up, and stop everything that it started."""

import fcntl
import math
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from secondcar.classroom.bounds import unbounded
from secondcar.classroom.layout import Classroom
from secondcar.classroom.passwords import demonstration_passwords, prepare_codes
from secondcar.classroom.roster import log_in, student_ids, teacher_ids
from secondcar.classroom.settings import DEMONSTRATION, FIRST_USE, PAGE
from secondcar.counting import counted
from secondcar.errors import CourseError

SECONDS_TO_START = 120
# A hub that ends this often in a row has a fault that another start does not mend.
STARTS_IN_A_ROW = 3
# With servers running, an orderly stop of the hub took 17 to 45 seconds.
SECONDS_TO_STOP = 60
PROGRAMS = ("jupyterhub", "jupyterhub-singleuser", "jupyterhub_idle_culler", "configurable-http-proxy")


def run(classroom: Classroom, repository: Path) -> None:
    """Serve the class until Ctrl-C or a signal to end; leave no process behind.

    A hub that is killed is started again; the students' servers go on meanwhile.

    Raises:
        CourseError: it runs already, a port is taken, or the hub does not come up.
    """
    with _only_one(classroom):
        for process in leftovers(classroom):
            print(f"A process of an earlier classroom was still running and is stopped: {process.pid}.")
            _stop([process, *process.children(recursive=True)])
        check_ports(classroom)
        _adopt_orphans()
        # Set for SIGINT too: a shell that starts this in the background has it ignored.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.default_int_handler)
        try:
            _keep_up(classroom, repository)
        except KeyboardInterrupt:
            print("\nThe classroom closes. It takes up to a minute; all files are kept.", flush=True)
        finally:
            # From here on, another Ctrl-C must not leave processes behind.
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            _stop(psutil.Process().children(recursive=True))


def _keep_up(classroom: Classroom, repository: Path) -> None:
    failures = 0
    while failures < STARTS_IN_A_ROW:
        hub = _start_hub(classroom, repository)
        try:
            if _comes_up(classroom, hub):
                failures = 0
                print(welcome(classroom), flush=True)
                _wait(hub)
            failures += 1
        except KeyboardInterrupt:
            _stop_orderly(hub)
            raise
        _stop([child for child in psutil.Process().children() if _serves_the_hub(child)])
        print(f"The hub ended by itself (status {hub.returncode}) and is started again.", flush=True)
    raise CourseError(f"The hub does not stay up. The last lines of {_log(classroom)} say why.")


def _start_hub(classroom: Classroom, repository: Path) -> subprocess.Popen:
    configuration = repository / "hub" / "jupyterhub_config.py"
    with _log(classroom).open("ab") as log:
        return subprocess.Popen(
            [str(classroom.programs / "jupyterhub"), "--config", str(configuration)],
            cwd=classroom.hub,
            env={**os.environ, **classroom.variables(), "PATH": f"{classroom.programs}:{os.environ['PATH']}"},
            stdout=log,
            stderr=subprocess.STDOUT,
            # Ctrl-C in the terminal then reaches this process alone, which ends the rest in order.
            start_new_session=True,
        )


def _comes_up(classroom: Classroom, hub: subprocess.Popen) -> bool:
    """Wait until the hub answers; return False if it ended instead."""
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end and hub.poll() is None:
        if answers(classroom):
            return True
        time.sleep(0.5)
    if hub.poll() is None:
        _stop_orderly(hub)
    return False


def answers(classroom: Classroom) -> bool:
    """Return whether a hub answers where the class logs in."""
    try:
        with urllib.request.urlopen(f"{classroom.address}/hub/health", timeout=5):
            return True
    except (urllib.error.URLError, OSError):
        return False


def welcome(classroom: Classroom) -> str:
    """Return what the teacher at the keyboard needs to know."""
    students, teachers = student_ids(classroom), teacher_ids(classroom)
    lines = [f"\nThe classroom is open: {classroom.address}"]
    if classroom.settings.login == DEMONSTRATION:
        passwords = demonstration_passwords(classroom)
        lines += [
            f"  teachers: {', '.join(teachers)}  (password: {passwords['teachers']})",
            f"  students: {', '.join(students)}  (password: {passwords['students']})",
            "WARNING: this log-in is a demonstration. All students share one password: each can log in as any other.",
            f"         {PAGE} says how to switch to real log-ins.",
        ]
    else:
        lines += [f"  teachers: {', '.join(teachers)}", f"  students: {counted(len(students), 'person', 'people')}"]
    lines += announce_codes(classroom)
    if not classroom.separate_accounts:
        lines.append(
            "WARNING: all servers run as your own account, so a student can read all that you can: the answers,\n"
            "         the gradebook, your files. Never use it for a class: run it as root on a machine of its own."
        )
    elif left := unbounded():
        lines.append(
            f"WARNING: there are no control groups for {' and '.join(left)} here: one student can slow everybody.\n"
            "         A service of systemd has them: `secondcar classroom service`."
        )
    return "\n".join([*lines, f"Rosters: {classroom.folder}. Log: {_log(classroom)}. Stop with Ctrl-C."])


def announce_codes(classroom: Classroom) -> Iterator[str]:
    """Say how each person logs in the first time, where people choose their own passwords."""
    if classroom.settings.login != FIRST_USE:
        return
    codes = prepare_codes(classroom)
    yield "The first time, each person types the log-in name and a new password, which is theirs from then on."
    for name in map(log_in, teacher_ids(classroom)):
        if name in codes:
            yield f"  {name} needs this one-time code, too: {codes.pop(name)}"
    if codes:
        students = counted(len(codes), "student")
        yield f"  One-time codes for {students} are in {classroom.codes_file}: give each their own."


def check_ports(classroom: Classroom) -> None:
    """Raise CourseError if a port that the classroom needs is taken."""
    for port in (classroom.port, classroom.proxy_port, classroom.hub_port, classroom.course_port):
        with socket.socket() as probe:
            # As the servers do: a port whose last connections are still closing is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                raise CourseError(
                    f"Port {port} on 127.0.0.1 is taken by another program: stop that, or choose four free ports in a "
                    f"row, as in `make classroom PORT={classroom.port + 100}`, which writes them into "
                    f"{classroom.settings_file}."
                ) from None


def leftovers(classroom: Classroom) -> list[psutil.Process]:
    """Return the processes of this classroom's hub that outlived it."""
    found = []
    for process in psutil.process_iter(["cmdline"]):
        words = process.info["cmdline"] or []
        ours = any(word.startswith((f"{classroom.programs}/", f"{classroom.folder}/proxy/")) for word in words)
        if ours and any(Path(word).name in PROGRAMS for word in words):
            found.append(process)
    return found


def is_running(classroom: Classroom) -> bool:
    """Return whether `secondcar classroom` runs for this folder."""
    try:
        with _only_one(classroom):
            return False
    except CourseError:
        return True


@contextmanager
def _only_one(classroom: Classroom) -> Iterator[None]:
    with (classroom.hub / "running").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CourseError(f"The classroom in {classroom.folder} is running already: stop that one first.") from None
        yield


def _log(classroom: Classroom) -> Path:
    return classroom.hub / "jupyterhub.log"


def _adopt_orphans() -> None:
    """Become the parent of what the hub leaves behind, so that it can be found and stopped."""
    if sys.platform == "linux":
        from secondcar.grading.isolation.linux import adopt_orphans

        adopt_orphans()


def _serves_the_hub(process: psutil.Process) -> bool:
    """Return whether a process is one that each hub starts anew: its proxy or a service, not a student's server."""
    try:
        return "JUPYTERHUB_SERVICE_NAME" in process.environ() or "configurable-http-proxy" in " ".join(
            process.cmdline()
        )
    except psutil.Error:
        return False


def _wait(hub: subprocess.Popen, seconds: float = math.inf) -> bool:
    """Wait until the hub has ended; return False if it has not after this many seconds.

    Servers that outlived an earlier hub are our children now. To the hub, one that has ended is still
    running until its parent has asked for its status.
    """
    end = time.monotonic() + seconds
    while hub.poll() is None:
        for child in psutil.Process().children():
            if child.pid != hub.pid and child.status() == psutil.STATUS_ZOMBIE:
                os.waitpid(child.pid, 0)
        if time.monotonic() > end:
            return False
        time.sleep(0.5)
    return True


def _stop_orderly(hub: subprocess.Popen) -> None:
    hub.terminate()
    if not _wait(hub, SECONDS_TO_STOP):
        hub.kill()


def _stop(processes: list[psutil.Process]) -> None:
    for process in processes:
        _ignore_ended(process.terminate)
    _, alive = psutil.wait_procs(processes, timeout=5)
    for process in alive:
        _ignore_ended(process.kill)
    psutil.wait_procs(alive, timeout=5)


def _ignore_ended(action: Callable[[], None]) -> None:
    with suppress(psutil.NoSuchProcess):
        action()
