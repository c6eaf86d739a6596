"""What a person finds in the own server of a running classroom: a terminal with the commands, a private kernel.

It stops when nobody uses it, and nobody else learns anything from its processes.
"""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest
import requests
import websocket

from secondcar.classroom.accounts import run_as
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
from tests.support.some import some

# A classroom's environment takes minutes to install.
pytestmark = pytest.mark.long

ADA, BORIS, _ = STUDENTS
TARA = TEACHERS[0]
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
    with prepared_classroom() as made:
        with made.settings_file.open("a", encoding="utf-8") as settings:
            settings.write("idle_minutes = 1\n")
        with open_classroom(made):
            yield made


def open_server(classroom, name: str) -> tuple[requests.Session, str]:
    """Log a person in; return the session, and the address of the person's server, which runs."""
    session = log_in(classroom, name)
    if name in STUDENTS:
        return session, start_server(classroom, session, name)
    address = f"{classroom.address}/services/second-car"
    session.get(f"{address}/lab")
    return session, address


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
@pytest.mark.parametrize("name", [ADA, TARA])
def test_the_terminal_knows_the_commands(classroom, name, command):
    session, address = open_server(classroom, name)
    assert "secondcar 0" in typed(session, address, command, "secondcar 0")


@pytest.fixture(params=[ADA, TARA])
def at_work(classroom, request):
    """A student, or a teacher in the course, with a kernel: session, address, kernel and its processes."""
    session, address = open_server(classroom, request.param)
    kernel = post(session, f"{address}/api/kernels", {"name": "python3"})["id"]
    with closing(connect(session, f"{address}/api/kernels/{kernel}/channels")) as channels:  # opens all of its sockets
        ask(channels, SECRET)
        found = []
        end = time.monotonic() + 60
        while not found and time.monotonic() < end:
            processes = psutil.process_iter(["cmdline"])
            found = [one for one in processes if f"kernel-{kernel}.json" in " ".join(one.info["cmdline"] or [])]
        assert found
        run = classroom.runtime_of(request.param if request.param in STUDENTS else "")
        yield SimpleNamespace(channels=channels, kernel=kernel, processes=found, run=run)


def test_nobody_hears_what_another_persons_kernel_says(classroom, at_work):
    assert [path for path in at_work.run.glob(f"kernel-{at_work.kernel}-ipc-*") if path.is_socket()]
    # What is left is where the kernel takes in what its own children print; it gives out nothing.
    listening = [
        one for p in at_work.processes for one in p.net_connections("inet") if one.status == psutil.CONN_LISTEN
    ]
    ports = [str(one.laddr.port) for one in listening]
    with ThreadPoolExecutor(1) as other:
        heard = other.submit(
            run_in_home, classroom, BORIS, classroom.programs / "python", "-c", LISTEN, at_work.run, *ports
        )
        for _ in range(8):
            time.sleep(0.5)
            ask(at_work.channels, SECRET)
    assert heard.result().stdout.strip() == "0 heard", heard.result().stderr
    done = run_in_home(classroom, BORIS, "ls", at_work.run)
    assert "Permission denied" in done.stderr


@pytest.mark.parametrize("of_a_process", ["cat {}/environ", "cat {}/mem", "cat {}/maps", "ls {}/fd", "ls {}/cwd/"])
def test_another_persons_process_tells_nothing(classroom, at_work, of_a_process):
    for process in (*at_work.processes, at_work.processes[0].parent()):
        words = of_a_process.format(f"/proc/{process.pid}").split()
        for name, refused in some({BORIS: True, process.username(): False}.items()):
            done = run_as(name, words, classroom.homes, classroom.path)
            if refused:
                assert done.returncode != 0 and not done.stdout
                assert "Permission denied" in done.stderr
            elif "/mem" not in words[-1]:  # its first page is nobody's
                assert done.returncode == 0, done.stderr


def test_neither_memory_nor_a_command_line_is_shared(classroom, at_work):
    done = run_in_home(classroom, BORIS, "find", "/dev/shm", "-mindepth", "1", "!", "-user", BORIS, "-readable")
    owners = {Path(line).owner() for line in done.stdout.splitlines()}
    assert not owners & {process.username() for process in at_work.processes}
    tokens = [value for process in at_work.processes for value in secrets_of(process.parent())]
    assert tokens
    shown = run_in_home(classroom, BORIS, "ps", "-eo", "args").stdout
    assert f"kernel-{at_work.kernel}.json" in shown and not [token for token in tokens if token in shown]


def secrets_of(process: psutil.Process) -> list[str]:
    return [value for name, value in process.environ().items() if name.endswith(("_TOKEN", "_SECRET", "_KEY"))]


def test_the_hub_and_its_proxy_answer_no_students_process(classroom):
    answered = {classroom.hub_port: "hub/api/users", classroom.proxy_port: "api/routes"}
    for port, path in some(answered.items()):
        code = f"import requests; print(requests.get('http://127.0.0.1:{port}/{path}').status_code)"
        assert run_in_home(classroom, BORIS, classroom.programs / "python", "-c", code).stdout.strip() == "403"


def test_a_server_that_nobody_uses_is_stopped_and_what_was_written_stays(classroom):
    session, _ = open_server(classroom, ADA)
    note = classroom.homes / ADA / "note.txt"
    note.write_text("Mine.")
    account = classroom.account_of(ADA)
    end = time.monotonic() + 300
    while (running := servers_of(account)) and time.monotonic() < end:
        time.sleep(2)
    assert not running
    assert note.read_text() == "Mine."
    start_server(classroom, session, ADA)
    assert servers_of(account)


def servers_of(account: str) -> list[psutil.Process]:
    processes = psutil.process_iter(["username", "cmdline"])
    own = [process for process in processes if process.info["username"] == account]
    return [process for process in own if "jupyterhub-singleuser" in " ".join(process.info["cmdline"] or [])]
