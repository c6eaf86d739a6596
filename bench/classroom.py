"""A class of 200 on this machine: handing out and in while the teacher collects, and a lesson of 40 of them.

    make bench-classroom                                # as root; it takes about ten minutes
    python -m bench.classroom 40 5     # 40 students, 5 in the lesson

The system accounts, the exchange with its permissions, nbgrader's fetch, submit and collect, the hub with its own
configuration, the log-ins and the servers are real. The students of the first part are simulated: in place of a server
and a browser each, a process under the student's account calls nbgrader as that server would. Each submission
differs, and is compared with what was collected, byte for byte.

In the lesson, each logs in at another moment of one minute, runs the first cell of the unit, and fetches and hands in
through the own server. Then one of them takes all that can be taken, while the others run a cell.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import psutil
import requests

from secondcar.classroom.accounts import find_system_program
from secondcar.classroom.layout import COURSE_ID, Classroom
from tests.support.real_classroom import (
    ask,
    connect,
    log_in,
    open_classroom,
    post,
    prepare,
    prepared_classroom,
    run_in_course,
)

UNIT = "02-by-and-to"
# All students fetch and submit within this time.
SECONDS = 120
SECONDS_TO_START = 600
# In a lesson, all log in within this time.
SECONDS_TO_COME = 60
CELL = "sum(number * number for number in range(2_000_000))"
LOOPS = """
import subprocess, sys
loops = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(20)]
"""
STUDENTS = Path(__file__).with_name("classroom_students.py")


def main(students: int, servers: int) -> None:
    names = [f"bench-{number:03}" for number in range(1, students + 1)]
    with prepared_classroom() as classroom, class_of(classroom, names):
        in_course(classroom, "release_assignment")
        hand_out_and_in(classroom, names)
        with open_classroom(classroom):
            lesson(classroom, names[:servers])


@contextmanager
def class_of(classroom: Classroom, names: list[str]) -> Iterator[None]:
    """Add students to the classroom, each with a system account; remove the accounts at the end."""
    rows = "".join(f"{name},Student,{name},{name}@example.org\n" for name in names)
    with classroom.students_file.open("a", encoding="utf-8") as roster:
        roster.write(rows)
    try:
        prepare(classroom)
        yield
    finally:
        for name in names:
            subprocess.run([find_system_program("userdel"), name], capture_output=True)


def in_course(classroom: Classroom, *command: str) -> None:
    done = run_in_course(classroom, "nbgrader", *command, UNIT)
    assert done.returncode == 0, done.stderr


def hand_out_and_in(classroom: Classroom, names: list[str]) -> None:
    """Let all students fetch and submit while the teacher collects; compare what is there with what was handed in."""
    start, early = time.monotonic(), 0
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        command = [classroom.programs / "python", STUDENTS, UNIT, str(SECONDS), *names]
        class_at_work = subprocess.Popen(command, stdout=said)
        while class_at_work.poll() is None:
            if time.monotonic() - start > SECONDS / 2:
                in_course(classroom, "collect", "--update")
                early = len(collected(classroom))
            time.sleep(15)
        said.seek(0)
        steps = [json.loads(line) for line in said]
    began = time.monotonic()
    in_course(classroom, "collect", "--update")
    took = time.monotonic() - began

    print(f"\n{len(names)} students fetch and submit within {SECONDS} seconds\n")
    print("| step | done | failed | median s | 95 % within s | longest s |\n|---|---|---|---|---|---|")
    for step in ("fetch", "submit"):
        print(row(step, [one for one in steps if one["step"] == step]))
    found, handed_in = collected(classroom), inbound_names(classroom)
    same = sum(found.get(name) == written(classroom, name) for name in names)
    print(f"\nCollected in {took:.1f} s after the last one ({early} had been collected while the class was at work):")
    print(f"{len(found)} submissions, {same} equal to what the student wrote, {len(names) - same} lost or changed,")
    print(f"{len(handed_in) - len(set(handed_in))} there twice.")


def row(step: str, done: list[dict]) -> str:
    times = sorted(one["seconds"] for one in done if one["ok"])
    failed = sum(not one["ok"] for one in done)
    late = times[int(len(times) * 0.95)]
    return f"| {step} | {len(times)} | {failed} | {statistics.median(times):.2f} | {late:.2f} | {times[-1]:.2f} |"


def collected(classroom: Classroom) -> dict[str, bytes]:
    """Return each student's collected notebook."""
    notebooks = classroom.course.glob(f"grading/submitted/*/{UNIT}/{UNIT}.ipynb")
    return {path.parents[1].name: path.read_bytes() for path in notebooks}


def written(classroom: Classroom, name: str) -> bytes:
    return (classroom.homes / name / UNIT / f"{UNIT}.ipynb").read_bytes()


def inbound_names(classroom: Classroom) -> list[str]:
    """Return the student's name in each submission that is in the exchange."""
    return [entry.name.split("+")[0] for entry in (classroom.exchange / COURSE_ID / "inbound").iterdir()]


class Desk:
    """A student with a server and a kernel."""

    def __init__(self, classroom: Classroom, name: str, moment: float) -> None:
        """Log in at a moment of the monotonic clock, and run the first cell of the unit."""
        time.sleep(max(0.0, moment - time.monotonic()))
        began = time.monotonic()
        self.name = name
        self.address = f"{classroom.address}/user/{name}"
        self.session = log_in(classroom, name)
        open_list(classroom, self.session, name)
        self.seconds_to_list = time.monotonic() - began
        kernel = post(self.session, f"{self.address}/api/kernels", {"name": "python3"})["id"]
        self.channels = f"{self.address}/api/kernels/{kernel}/channels"
        self.run("import pandas, seaborn, secondcar")
        self.seconds_to_cell = time.monotonic() - began

    def run(self, code: str) -> float:
        """Run a cell, and return how long it took."""
        with self.connected() as channels:
            began, asked = time.monotonic(), ask(channels, code)
            while True:
                message = json.loads(channels.recv())
                if message["msg_type"] == "execute_reply" and message["parent_header"].get("msg_id") == asked:
                    assert message["content"]["status"] == "ok", message["content"]
                    return time.monotonic() - began

    def begin(self, code: str) -> None:
        """Run a cell that need not end."""
        with self.connected() as channels:
            ask(channels, code)

    def connected(self) -> closing:
        # For each cell anew: a connection on which nobody answers the server's pings is closed.
        return closing(connect(self.session, self.channels, SECONDS_TO_START))

    def press(self, action: str) -> float:
        """Press a button of the assignment list, and return how long it took."""
        began = time.monotonic()
        where = {"assignment_id": UNIT, "course_id": COURSE_ID}
        assert post(self.session, f"{self.address}/assignments/{action}", where)["success"]
        return time.monotonic() - began


def lesson(classroom: Classroom, names: list[str]) -> None:
    """Let students log in within a minute and work; print times, processor times and memory."""
    start = time.monotonic()
    with ThreadPoolExecutor(len(names)) as threads:
        moments = [start + SECONDS_TO_COME * number / len(names) for number in range(len(names))]
        waits = [threads.submit(Desk, classroom, *one) for one in zip(names, moments, strict=True)]
        desks = [wait.result() for wait in waits]
    took = time.monotonic() - start
    servers = [server_of(name) for name in names]
    processor = [sum(server.cpu_times()[:2]) for server in servers]
    memory = [server.memory_full_info().pss / 1e6 for server in servers]
    kernels = [kernel.memory_full_info().pss / 1e6 for server in servers for kernel in server.children()]
    hub = sum(process.memory_full_info().pss for process in processes_of_root(classroom)) / 1e6

    print(f"\nA lesson: {len(names)} log in within {SECONDS_TO_COME} seconds; all work after {took:.0f}\n")
    print("| what | median | most | all |\n|---|---|---|---|")
    print(f"| seconds from the log-in to the list of units {longest([desk.seconds_to_list for desk in desks])}")
    print(f"| seconds from the log-in to the first cell's end {longest([desk.seconds_to_cell for desk in desks])}")
    print(f"| processor seconds of a server {spread(processor)}")
    print(f"| memory of a server, MB (PSS) {spread(memory)}")
    print(f"| memory of a kernel, MB (PSS) {spread(kernels)}")
    print(f"| memory of the hub, its proxy and the teachers' server, MB (PSS) | | | {hub:.0f} |")
    for action in ("fetch", "submit"):
        print(f"| seconds to {action} through the own server, in turn {longest([one.press(action) for one in desks])}")
    one_takes_all(*desks)


def one_takes_all(greedy: Desk, *others: Desk) -> None:
    """Let one student run endless loops and then take memory, while others run a cell."""
    before = [desk.run(CELL) for desk in others]
    greedy.run(LOOPS)
    during = [desk.run(CELL) for desk in others]
    greedy.run("for loop in loops: loop.kill()")
    print(f"| seconds of a cell of 2 million steps {longest(before)}")
    print(f"| the same while one student runs 20 endless loops {longest(during)}")
    greedy.begin("kept = []\nwhile True: kept.append(bytearray(100_000_000))")
    time.sleep(20)
    during = [desk.run(CELL) for desk in others]
    print(f"| the same while one takes all memory there is {longest(during)}")


def longest(values: list[float]) -> str:
    return f"| {statistics.median(values):.2f} | {max(values):.2f} | |"


def spread(values: list[float]) -> str:
    return f"| {statistics.median(values):.1f} | {max(values):.1f} | {sum(values):.0f} |"


def open_list(classroom: Classroom, session: requests.Session, name: str) -> None:
    """Wait until a student's server answers with the assignments."""
    address = f"{classroom.address}/user/{name}"
    began = time.monotonic()
    answer = session.get(f"{classroom.address}/hub/spawn/{name}")
    assert answer.ok, f"the hub sent {name} away: {answer.status_code} {answer.reason}"
    while time.monotonic() - began < SECONDS_TO_START:
        if session.get(f"{address}/lab").url.startswith(address):
            answer = json.loads(session.get(f"{address}/assignments", params={"course_id": COURSE_ID}).text)
            assert answer["success"] and answer["value"][0]["assignment_id"] == UNIT, answer
            return
        time.sleep(1)
    raise AssertionError(f"the server of {name} did not start")


def server_of(name: str) -> psutil.Process:
    programs = psutil.process_iter(["username", "cmdline"])
    own = [process for process in programs if process.info["username"] == name]
    (server,) = [process for process in own if "jupyterhub-singleuser" in " ".join(process.info["cmdline"] or [])]
    return server


def processes_of_root(classroom: Classroom) -> list[psutil.Process]:
    """Return what runs in the classroom beside the students' servers."""
    found = []
    for process in psutil.process_iter(["cmdline", "username"]):
        ours = any(word.startswith(f"{classroom.folder}/") for word in process.info["cmdline"] or [])
        if ours and process.info["username"] in ("root", classroom.course_account):
            found.append(process)
    return found


if __name__ == "__main__":
    main(*map(int, sys.argv[1:] or ["200", "40"]))
