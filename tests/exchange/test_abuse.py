"""The exchange keeps answering honest learners, whoever connects, however much is begun and whatever is sent."""

import asyncio
import io
import logging
import random
import socket
import subprocess
import tarfile
import time
from contextlib import ExitStack, suppress
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import Mock
from urllib.parse import quote, urlparse

import pytest
import requests
from tornado.httputil import HTTPServerRequest, RequestStartLine

from secondcar.exchange import connections, service
from secondcar.exchange.archive import ArchiveRefused, unpack
from secondcar.exchange.connections import Seldom
from secondcar.exchange.service import MOST_TRANSFERS
from tests.support.exchange_hub import COURSE, write
from tests.support.some import some


@pytest.fixture(scope="module")
def used(hub, tmp_path_factory):
    released = write(tmp_path_factory.mktemp("files") / "unit", unit="released")
    hub.client("teacher").release(COURSE, "unit", released, replace=False)
    return hub


def connected(used, stack: ExitStack) -> socket.socket:
    address = urlparse(used.service)
    return stack.enter_context(socket.create_connection((address.hostname, address.port), timeout=30))


def begun_upload(used, stack: ExitStack, token: str, length: int) -> socket.socket:
    """Begin to hand in, and send one byte of what was announced."""
    one = connected(used, stack)
    path = urlparse(f"{used.service}services/exchange/{COURSE}/inbound/unit").path
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nAuthorization: token {token}\r\nContent-Length: {length}\r\n\r\n"
    one.sendall(head.encode() + b"x")
    return one


def answer_of(one: socket.socket) -> str:
    return one.recv(10_000).decode(errors="replace")


def is_closed(one: socket.socket) -> bool:
    one.settimeout(1)
    try:
        while one.recv(10_000):
            pass
    except TimeoutError:
        return False
    except ConnectionError:
        return True
    return True


def test_unfinished_uploads_count_and_are_few(used, tmp_path):
    token, other = used.token("ada")["token"], used.client("ben")
    with ExitStack() as stack:
        for _ in range(MOST_TRANSFERS):
            begun_upload(used, stack, token, 90_000_000)
        time.sleep(2)
        assert "429" in answer_of(begun_upload(used, stack, token, 1000)).splitlines()[0]
        assert other.submit(COURSE, "unit", write(tmp_path / "ben", unit="ben's"))["student"] == "ben"
    time.sleep(1)
    with ExitStack() as stack:  # what ended counts no more
        begun_upload(used, stack, token, 90_000_000)
    time.sleep(1)
    assert used.client("ada").submit(COURSE, "unit", write(tmp_path / "ada", unit="ada's"))["student"] == "ada"


def test_what_is_on_its_way_counts_towards_the_learners_room(used, tmp_path):
    store = tmp_path / "small"
    process, address = used.serve(store, "--learner-megabytes", "1")
    try:
        used_there = type("There", (), {"service": address.removesuffix("services/exchange/")})
        token = used.token("ada")["token"]
        teacher, ada = (type(used.client(name))(address, used.token(name)["token"]) for name in ("teacher", "ada"))
        teacher.release(COURSE, "unit", write(tmp_path / "unit", unit="released"), replace=False)
        with ExitStack() as stack:
            begun_upload(used_there, stack, token, 700_000)
            time.sleep(1)
            said = answer_of(begun_upload(used_there, stack, token, 700_000))
            assert "400" in said.splitlines()[0] and "more than 1 MB" in said
        # Many files of one letter take as many blocks of the disk.
        many = write(tmp_path / "many", **{f"n{number}": "x" for number in range(400)})
        with pytest.raises(Exception, match="more than 1 MB"):
            ada.submit(COURSE, "unit", many)
    finally:
        process.terminate()
        process.wait(30)


@pytest.mark.long  # it waits until idle connections are closed
def test_idle_connections_silence_nobody_and_fill_no_log(used):
    log = used.folder / "hub.log"
    before = log.stat().st_size
    ada = used.client("ada")
    with ExitStack() as stack:
        idle = [connected(used, stack) for _ in range(400)]
        for one in idle[::3]:
            one.sendall(b"GET /services/exchange/ HTTP/1.1\r\nHost: ")  # the head does not end
        for one in idle[1::3]:
            one.sendall(b"rubbish\r\n\r\n")
        started = time.monotonic()
        assert ada.courses() == {COURSE: "learner"}
        assert time.monotonic() - started < 5
        time.sleep(connections.HEAD_SECONDS + 2)
        assert [one for one in idle if not is_closed(one)] == []
    for number in range(300):
        assert requests.get(f"{used.service}services/exchange/", timeout=10).status_code == 401, number
    assert log.stat().st_size - before < 40_000


def test_the_log_says_how_many_lines_it_left_out():
    seldom = Seldom(most=3)
    records = [logging.LogRecord("a", logging.INFO, "", 1, "line %d", (number,), None) for number in range(10)]
    assert [seldom.filter(record) for record in records] == [True] * 3 + [False] * 7
    seldom._minute -= 1
    last = logging.LogRecord("a", logging.INFO, "", 1, "line", None, None)
    assert seldom.filter(last)
    assert last.getMessage() == "(7 lines were left out.) line"


def peak_of(process: subprocess.Popen) -> int:
    """Return the most memory that a process has had so far, in bytes."""
    [line] = [each for each in Path(f"/proc/{process.pid}/status").read_text().splitlines() if each.startswith("VmHWM")]
    return int(line.split()[1]) * 1024


def test_nothing_that_is_sent_is_held_in_memory(used, tmp_path):
    process, address = used.serve(tmp_path / "exchange")
    try:
        token, much = used.token("ada")["token"], bytes(90_000_000)
        teacher = type(used.client("teacher"))(address, used.token("teacher")["token"])
        teacher.release(COURSE, "unit", write(tmp_path / "unit", unit="released"), replace=False)
        before = peak_of(process)
        url = urlparse(address)
        with ExitStack() as stack:
            for path in some((url.path, f"{url.path}nowhere", "/", f"{url.path}{COURSE}/inbound/unit")):
                one = stack.enter_context(socket.create_connection((url.hostname, url.port), timeout=60))
                one.sendall(f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: {len(much) + 1}\r\n\r\n".encode())
                with suppress(ConnectionError):  # it is closed once the answer is sent
                    one.sendall(much)
        headers = {"Authorization": f"token {token}"}
        for kind in some((tarfile.XHDTYPE, tarfile.GNUTYPE_LONGNAME)):
            content = head_of("a", kind, len(much)) + much
            answer = requests.post(f"{address}{COURSE}/inbound/unit", data=content, headers=headers, timeout=60)
            assert answer.status_code == 400
        assert peak_of(process) - before < 40_000_000
    finally:
        process.terminate()
        process.wait(30)


def test_downloads_that_nobody_reads_are_few(used, tmp_path):
    token = used.token("ben")["token"]
    write(tmp_path / "large", unit="x" * 20_000_000)
    kept = used.client("ben").submit(COURSE, "unit", tmp_path / "large")
    path = quote(f"/services/exchange/{COURSE}/inbound/{kept['name']}")
    with ExitStack() as stack:
        for _ in range(MOST_TRANSFERS):
            one = connected(used, stack)
            one.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nAuthorization: token {token}\r\n\r\n".encode())
        time.sleep(3)
        one = connected(used, stack)
        one.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nAuthorization: token {token}\r\n\r\n".encode())
        assert "429" in answer_of(one).splitlines()[0]


def test_a_hub_that_hangs_is_said(monkeypatch):
    async def hang(token, sync):
        await asyncio.sleep(60)

    hub = SimpleNamespace(get_token=lambda handler: "a-token", user_for_token=hang)
    monkeypatch.setattr(service, "HUB_SECONDS", 0.1)
    request = HTTPServerRequest(start_line=RequestStartLine("GET", "/", "HTTP/1.0"), connection=Mock())
    handler = service.Courses(service.make_app(None, hub, "/", 1), request, store=None, hub=hub)
    with pytest.raises(service.ClientError, match="503") as fault:
        asyncio.run(handler.prepare())
    assert fault.value.sentence == "The hub does not say whose token this is: try again in a minute."


@pytest.mark.parametrize("length", ["abc", "-1", "5,5", "5, 6", "1_0", "+1", "", "\xb2", "9" * 30])
def test_an_odd_length_is_refused(used, length):
    with ExitStack() as stack:
        one, token = connected(used, stack), used.token("ada")["token"]
        for _ in range(2):  # the second time the token is known
            head = f"POST /services/exchange/{COURSE}/inbound/unit HTTP/1.1\r\nHost: x\r\nAuthorization: token {token}"
            one.sendall(f"{head}\r\nContent-Length: {length}\r\n\r\n".encode("latin-1"))
            assert answer_of(one)[9:12] in ("400", "411", "413")
            one = connected(used, stack)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "nowhere/at/all", 404), ("PATCH", "", 405), ("GET", f"{COURSE}/inbound?assignment=%ff", 400)],
)
def test_a_request_that_is_not_known_gets_a_sentence(used, method, path, status):
    headers = {"Authorization": f"token {used.token('ada')['token']}"}
    answer = requests.request(method, f"{used.service}services/exchange/{path}", headers=headers, timeout=30)
    assert (answer.status_code, answer.json()["message"][-1]) == (status, ".")


def head_of(name: str, kind: bytes, size: int) -> bytes:
    member = tarfile.TarInfo(name)
    member.type, member.size = kind, size
    return member.tobuf(tarfile.GNU_FORMAT)


def sparse_of(pieces: int) -> bytes:
    """Return an archive with a file of holes, whose list goes on for so many blocks."""
    head = bytearray(head_of("holes", tarfile.GNUTYPE_SPARSE, 0))
    head[482] = 1
    head[148:156] = b"        "
    head[148:156] = b"%06o\0 " % sum(head)
    block = (b"00000000001\0" * 2) * 21 + b"\1"
    return bytes(head) + block.ljust(512, b"\0") * pieces


def tar_of(*members: tuple[str, bytes, str]) -> bytes:
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w:") as tar:
        for name, content, kind in members:
            member = tarfile.TarInfo(name)
            member.size, member.type = len(content), {"file": tarfile.REGTYPE, "folder": tarfile.DIRTYPE}[kind]
            tar.addfile(member, io.BytesIO(content))
    return written.getvalue()


ODD = {
    "a folder": tar_of(("notes", b"", "folder")),
    "a file as folder": tar_of(("a", b"1", "file"), ("a/b", b"2", "file")),
    "a folder as file": tar_of(("a/b", b"1", "file"), ("a", b"2", "file")),
    "a long name": tar_of(("x" * 300, b"1", "file")),
    "a deep name": tar_of(("/".join(["d" * 200] * 30), b"1", "file")),
    "a dot": tar_of((".", b"1", "file")),
    "an empty name": tar_of(("", b"1", "file")),
    "a surrogate": tar_of(("a\udce9b.ipynb", b"1", "file")),
    "a new line": tar_of(("a\nb/../c", b"1", "file")),
    "text": b"this is no archive" * 200,
    "zeros": bytes(5120),
    "a folder of the exchange's own name": tar_of(("timestamp.txt/a", b"1", "file")),
    "many folders": tar_of(*((f"{n}/" + "d/" * 50 + "f", b"", "file") for n in range(20))),
    # tarfile would look through these digits for minutes.
    "a head of digits": head_of("a", tarfile.XHDTYPE, 200_192) + b"1" * 200_192 + tar_of(("a", b"1", "file")),
    "a chain of heads": (head_of("a", tarfile.GNUTYPE_LONGNAME, 3) + b"aaa".ljust(512, b"\0")) * 3000,
    "a head of a size below zero": head_of("a", tarfile.XHDTYPE, -512) + bytes(2048),
    "a head of an exabyte": head_of("a", tarfile.XHDTYPE, 1 << 60) + bytes(2048),
    "many holes": sparse_of(2000),
    "a size of rubbish": tar_of(("a", b"1", "file")).replace(b"00000000001\0", b"-\xff\xff9\0\0\0\0\0\0\0\0", 1),
}


@pytest.mark.parametrize("content", ODD.values(), ids=ODD)
def test_an_odd_archive_is_taken_or_refused_in_a_sentence(used, content, tmp_path):
    answer = requests.post(
        f"{used.service}services/exchange/{COURSE}/inbound/unit",
        data=content,
        headers={"Authorization": f"token {used.token('ada')['token']}"},
        timeout=30,
    )
    assert answer.status_code in (200, 400), answer.text
    assert answer.status_code == 200 or answer.json()["message"].endswith(".")


def test_no_change_of_an_archives_bytes_is_more_than_refused(tmp_path):
    chance = random.Random(7)
    whole = tar_of(("unit.ipynb", b"{}" * 700, "file"), ("data/table.csv", b"1,2\n" * 40, "file"))
    taken = refused = 0
    for number in range(300):
        content = bytearray(whole)
        for _ in range(chance.choice((1, 2, 8, 60))):
            content[chance.randrange(len(content) if number % 2 else 600)] = chance.randrange(256)
        if number % 5 == 0:
            del content[chance.randrange(len(content)) :]
        folder = tmp_path / str(number)
        folder.mkdir()
        try:
            unpack(io.BytesIO(bytes(content)), folder)
            taken += 1
        except ArchiveRefused:
            refused += 1
    assert taken and refused


@pytest.mark.parametrize("place", ["inbound/{}", "outbound/{}", "feedback/{}", "inbound/ada+{}+x+y"])
@pytest.mark.parametrize("name", ["x" * 400, "%00", "%ff%fe", "..%2f..", "a%0ab", "%F0%9F%98%80" * 60])
def test_an_odd_name_is_refused_in_a_sentence(used, place, name):
    token = used.token("ada")["token"]
    for method in some(("GET", "POST")):
        address = f"{used.service}services/exchange/{COURSE}/{place.format(name)}"
        answer = requests.request(
            method, address, data=ODD["a dot"], headers={"Authorization": f"token {token}"}, timeout=30
        )
        assert 400 <= answer.status_code < 500, (method, answer.status_code, answer.text)
