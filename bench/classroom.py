"""A class of 200 on this machine: handing out and in while the teacher collects, and 20 servers that start together.

    make bench-classroom                                # as root; it takes about ten minutes
    python -m bench.classroom 40 5     # 40 students, 5 servers

The system accounts, the exchange with its permissions, nbgrader's fetch, submit and collect, the hub with its own
configuration, the log-ins and the servers are real. The students of the first part are simulated: in place of a server
and a browser each, a process under the student's account calls nbgrader as that server would. Each submission
differs, and is compared with what was collected, byte for byte.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import psutil

from secondcar.classroom.accounts import find_system_program
from secondcar.classroom.layout import COURSE_ID, Classroom
from tests.support.real_classroom import log_in, open_classroom, prepare, prepared_classroom, run_in_course

UNIT = "02-by-and-to"
# All students fetch and submit within this time.
SECONDS = 120
SECONDS_TO_START = 600
STUDENTS = Path(__file__).with_name("classroom_students.py")


def main(students: int, servers: int) -> None:
    names = [f"bench-{number:03}" for number in range(1, students + 1)]
    with prepared_classroom() as classroom, class_of(classroom, names):
        in_course(classroom, "release_assignment")
        hand_out_and_in(classroom, names)
        with open_classroom(classroom):
            start_together(classroom, names[:servers])


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


def start_together(classroom: Classroom, names: list[str]) -> None:
    """Let students log in at the same moment, which starts their servers; print times, processor times and memory."""
    with ThreadPoolExecutor(len(names)) as threads:
        waits = [threads.submit(start_server, classroom, name) for name in names]
        times = sorted(wait.result() for wait in waits)
    servers = [server_of(name) for name in names]
    processor = [sum(server.cpu_times()[:2]) for server in servers]
    memory = [server.memory_full_info().pss / 1e6 for server in servers]
    hub = sum(process.memory_full_info().pss for process in processes_of_root(classroom)) / 1e6

    print(f"\n{len(names)} servers start together\n")
    print("| what | median | most | all |\n|---|---|---|---|")
    print(
        f"| seconds from the log-in to the list of assignments | {statistics.median(times):.0f} | {times[-1]:.0f} | |"
    )
    print(f"| processor seconds of a server {spread(processor)}")
    print(f"| memory of a server, MB (PSS) {spread(memory)}")
    print(f"| memory of the hub, its proxy and the teachers' server, MB (PSS) | | | {hub:.0f} |")


def spread(values: list[float]) -> str:
    return f"| {statistics.median(values):.1f} | {max(values):.1f} | {sum(values):.0f} |"


def start_server(classroom: Classroom, name: str) -> float:
    """Log a student in; return the seconds until the server answers with the student's assignments."""
    address = f"{classroom.address}/user/{name}"
    began = time.monotonic()
    session = log_in(classroom, name)
    answer = session.get(f"{classroom.address}/hub/spawn/{name}")
    assert answer.ok, f"the hub sent {name} away: {answer.status_code} {answer.reason}"
    while time.monotonic() - began < SECONDS_TO_START:
        if session.get(f"{address}/lab").url.startswith(address):
            answer = json.loads(session.get(f"{address}/assignments", params={"course_id": COURSE_ID}).text)
            assert answer["success"] and answer["value"][0]["assignment_id"] == UNIT, answer
            return time.monotonic() - began
        time.sleep(1)
    raise AssertionError(f"the server of {name} did not start")


def server_of(name: str) -> psutil.Process:
    (server,) = [process for process in psutil.process_iter(["username"]) if process.info["username"] == name]
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
    main(*map(int, sys.argv[1:] or ["200", "20"]))
