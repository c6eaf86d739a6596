"""Measure the exchange over HTTP in a large class, with a real hub: `python -m bench.exchange`.

Prints seconds of processor time of the service, which other load on the machine changes little, and of the clock.
"""

import statistics
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil

from secondcar.exchange.client import Client
from tests.support.exchange_hub import COURSE, USE, Hub

UNITS, VERSIONS = 10, 3
NOTEBOOK = "x" * 100_000
REQUESTS, AT_ONCE = 200, 20


def main(learners: int) -> None:
    folder = Path(tempfile.mkdtemp(prefix="exchange-"))
    names = [f"learner-{number}" for number in range(AT_ONCE)]
    groups = {"nbgrader-second-car": {"users": names}, "formgrade-second-car": {"users": ["teacher"]}}
    hub = Hub(folder, groups, [{"name": "members", "groups": list(groups), "scopes": [USE]}])
    try:
        teacher, clients = hub.client("teacher"), [hub.client(name) for name in names]
        unit = folder / "unit"
        unit.mkdir()
        (unit / "unit.ipynb").write_text(NOTEBOOK)
        for number in range(UNITS):
            teacher.release(COURSE, f"unit-{number}", unit, replace=False)
        fill(hub.exchange / COURSE / "inbound", learners)
        service = next(p for p in psutil.Process(hub.process.pid).children() if "secondcar.exchange" in p.cmdline()[2])

        print(f"{learners:,} learners, {learners * UNITS * VERSIONS:,} submissions in the exchange")
        print("| request | processor ms | median ms, one by one | a second, 20 at once |\n|---|---:|---:|---:|")
        versions = iter(range(10 * REQUESTS))
        for name, ask in {
            "list what is released": lambda client: client.released(COURSE),
            "list the own feedback": lambda client: client.feedback(COURSE),
            "fetch a unit of 100 kB": lambda client: download(client.fetch, "unit-0"),
            "hand in 100 kB": lambda client: hand_in(client, next(versions)),
        }.items():
            print(f"| {name} | {measure(service, ask, clients)} |")
        started = time.perf_counter()
        found = len(teacher.submissions(COURSE, "unit-0"))
        print(f"| teacher: list {found:,} submissions of one unit | | {1000 * (time.perf_counter() - started):.0f} | |")
        print(f"The service takes {service.memory_info().rss / 1e6:.0f} MB.")
    finally:
        hub.stop()


def fill(inbound: Path, learners: int) -> None:
    """Make the submissions of a class, as the service would have kept them."""
    for learner in range(learners):
        for number in range(UNITS):
            for version in range(VERSIONS):
                time_ = f"2026-01-0{version + 1} 00:00:00.000000 UTC"
                folder = inbound / f"learner-{learner}" / f"learner-{learner}+unit-{number}+{time_}+random"
                folder.mkdir(parents=True)
                (folder / "submission_secret.txt").write_text("secret")
                (folder / "unit.ipynb").touch()


def download(fetch, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        fetch(COURSE, name, Path(folder))


def hand_in(client: Client, version: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "unit.ipynb").write_text(f"{version}{NOTEBOOK}")
        client.submit(COURSE, "unit-0", Path(folder))


def measure(service: psutil.Process, ask, clients: list[Client]) -> str:
    before = sum(service.cpu_times()[:2])
    times = []
    for client in clients:
        started = time.perf_counter()
        ask(client)
        times.append(1000 * (time.perf_counter() - started))
    started = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(ask, clients * (REQUESTS // AT_ONCE)))
    rate = REQUESTS / (time.perf_counter() - started)
    processor = 1000 * (sum(service.cpu_times()[:2]) - before) / (AT_ONCE + REQUESTS)
    return f"{processor:.0f} | {statistics.median(times):.0f} | {rate:.0f}"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
