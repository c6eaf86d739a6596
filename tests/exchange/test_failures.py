"""A service that is killed, a disk that is full, an answer that is lost: nothing is lost and nothing is half there."""

import os
import socket
import subprocess
from urllib.parse import urlparse

import pytest

from secondcar.exchange.client import Client, ServiceError
from tests.support.exchange_hub import COURSE, write

DISK = 2_000_000


def files(folder):
    return [path for path in folder.rglob("*") if path.is_file() and path.name != ".lock"]


def test_an_upload_that_the_service_does_not_survive_leaves_nothing(hub, tmp_path):
    folder = tmp_path / "exchange"
    service, address = hub.serve(folder)
    token = hub.token("ada")["token"]
    released = write(tmp_path / "released", unit="released")
    Client(address, hub.token("teacher")["token"]).release(COURSE, "unit", released, replace=False)
    before = files(folder)

    url = urlparse(address)
    with socket.create_connection((url.hostname, url.port)) as half:
        half.sendall(
            f"POST {url.path}{COURSE}/inbound/unit HTTP/1.1\r\nHost: {url.netloc}\r\n"
            f"Authorization: token {token}\r\nContent-Length: 20000\r\n\r\n".encode()
            + b"a" * 10_000
        )
        # The service has begun to take it when it answers something that was asked after.
        assert Client(address, token).submissions(COURSE) == []
        service.kill()
        service.wait()
    assert files(folder) == before

    with pytest.raises(ServiceError, match=r"^The exchange at \S+ does not answer \(\w+\): try again in a minute\.$"):
        Client(address, token).submissions(COURSE)

    service, address = hub.serve(folder)
    ada = Client(address, token)
    kept = ada.submit(COURSE, "unit", write(tmp_path / "ada", unit="ada's"))
    assert [submission["name"] for submission in ada.submissions(COURSE)] == [kept["name"]]
    service.kill()
    service.wait()


def test_a_connection_that_ends_in_the_middle_leaves_nothing(hub, tmp_path):
    service, address = hub.serve(tmp_path / "exchange")
    token = hub.token("ada")["token"]
    released = write(tmp_path / "released", unit="released")
    Client(address, hub.token("teacher")["token"]).release(COURSE, "unit", released, replace=False)
    url = urlparse(address)
    with socket.create_connection((url.hostname, url.port)) as half:
        half.sendall(
            f"POST {url.path}{COURSE}/inbound/unit HTTP/1.1\r\nHost: {url.netloc}\r\n"
            f"Authorization: token {token}\r\nContent-Length: 20000\r\n\r\n".encode()
            + bytes(10_240)
        )
    assert Client(address, token).submissions(COURSE) == []
    assert list((tmp_path / "exchange" / ".arriving").iterdir()) == []
    service.kill()
    service.wait()


@pytest.fixture
def small_disk(tmp_path):
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = os.geteuid() == 0 and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", folder], capture_output=True, check=False
    )
    if not mounted or mounted.returncode != 0:
        pytest.skip("only root can make a disk of two megabytes")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


@pytest.mark.parametrize("free", [300_000, 700_000], ids=["while it arrives", "while it is unpacked"])
def test_at_a_full_disk_nothing_is_stored_and_the_learner_is_told(hub, tmp_path, small_disk, free):
    service, address = hub.serve(small_disk / "exchange")
    ada = Client(address, hub.token("ada")["token"])
    released = write(tmp_path / "released", unit="released")
    Client(address, hub.token("teacher")["token"]).release(COURSE, "unit", released, replace=False)
    earlier = ada.submit(COURSE, "unit", write(tmp_path / "small", unit="small"))
    filler = small_disk / "filler"
    filler.write_bytes(bytes(os.statvfs(small_disk).f_bavail * os.statvfs(small_disk).f_frsize - free))

    large = write(tmp_path / "large", unit="x" * 500_000)
    with pytest.raises(ServiceError, match=r"^The exchange's disk is full and nothing was stored: tell whoever"):
        ada.submit(COURSE, "unit", large)
    assert ada.submissions(COURSE) == [earlier]
    assert list((small_disk / "exchange" / ".arriving").iterdir()) == []

    filler.unlink()
    kept = ada.submit(COURSE, "unit", large)
    assert ada.submissions(COURSE) == [earlier, kept]
    service.kill()
    service.wait()
