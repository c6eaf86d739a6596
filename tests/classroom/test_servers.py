"""What a person finds in the own server of a running classroom: a terminal with the commands, a private kernel."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import psutil
import pytest
import requests
import websocket

from tests.support.real_classroom import (
    STUDENTS,
    TEACHERS,
    ask,
    connect,
    log_in,
    open_classroom,
    post,
    prepared_classroom,
    run_in_home,
    start_server,
)

# A classroom's environment takes minutes to install.
pytestmark = pytest.mark.long

ADA, BORIS, _ = STUDENTS
# What one student tries on another's kernel: to subscribe to every port of it, and to every socket in their folder.
LISTEN = """
import glob, sys, zmq
addresses = [f"tcp://127.0.0.1:{port}" for port in sys.argv[2:]]
addresses += [f"ipc://{path}" for path in glob.glob(sys.argv[1] + "/*")]
one = zmq.Context().socket(zmq.SUB)
one.subscribe(b"")
for address in addresses:
    one.connect(address)
print(f"{one.poll(8000)} heard" if addresses else "nothing to try")
"""
SECRET = "units_2017_by = 7600"


@pytest.fixture(scope="module")
def classroom():
    with prepared_classroom() as made, open_classroom(made):
        yield made


def typed(session: requests.Session, address: str, line: str, wanted: str) -> str:
    """Type a line into a new terminal of a server, as in a browser, and return what it shows until `wanted` is seen."""
    name = post(session, f"{address}/api/terminals", {})["name"]
    terminal = connect(session, f"{address}/terminals/websocket/{name}")
    terminal.send(json.dumps(["stdin", f"{line}\r"]))
    shown, end = "", time.monotonic() + 60
    while wanted not in shown.replace(line, "") and time.monotonic() < end:
        with suppress(websocket.WebSocketTimeoutException):
            kind, *parts = json.loads(terminal.recv())
            shown += parts[0] if kind == "stdout" else ""
    terminal.close()
    return shown


COMMANDS = ["secondcar --version", 'bash -l -c "secondcar --version"']


@pytest.mark.parametrize("command", COMMANDS)
def test_the_terminal_of_a_student_knows_the_commands(classroom, command):
    session = log_in(classroom, ADA)
    address = start_server(classroom, session, ADA)
    assert "secondcar 0" in typed(session, address, command, "secondcar 0")


@pytest.mark.parametrize("command", COMMANDS)
def test_the_terminal_of_a_teacher_knows_the_commands(classroom, command):
    session = log_in(classroom, TEACHERS[0])
    address = f"{classroom.address}/services/second-car"
    session.get(f"{address}/lab")
    assert "secondcar 0" in typed(session, address, command, "secondcar 0")


def test_nobody_reaches_another_persons_kernel(classroom):
    session = log_in(classroom, ADA)
    address = start_server(classroom, session, ADA)
    kernel = post(session, f"{address}/api/kernels", {"name": "python3"})["id"]
    channels = connect(session, f"{address}/api/kernels/{kernel}/channels")  # opens all of its sockets
    ask(channels, SECRET)
    run = classroom.runtime_of(ADA)
    assert [path for path in run.glob(f"kernel-{kernel}-ipc-*") if path.is_socket()]
    kernels = [p for p in psutil.process_iter(["cmdline"]) if f"kernel-{kernel}.json" in " ".join(p.info["cmdline"])]
    assert kernels
    # What is left is where the kernel takes in what its own children print; it gives out nothing.
    ports = [c.laddr.port for p in kernels for c in p.net_connections("inet") if c.status == psutil.CONN_LISTEN]
    with ThreadPoolExecutor(1) as other:
        heard = other.submit(
            run_in_home, classroom, BORIS, classroom.programs / "python", "-c", LISTEN, run, *map(str, ports)
        )
        for _ in range(8):
            time.sleep(0.5)
            ask(channels, SECRET)
    assert heard.result().stdout.strip() == "0 heard", heard.result().stderr
    done = run_in_home(classroom, BORIS, "ls", run)
    assert "Permission denied" in done.stderr
