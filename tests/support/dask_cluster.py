"""A Dask cluster on this machine, of processes of its own: a scheduler, and workers that may be started wrongly."""

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

# Nothing is reachable from outside, and no web page is served.
_LOCAL = ("--host", "127.0.0.1", "--no-dashboard")


@contextlib.contextmanager
def scheduler(folder: Path) -> Iterator[str]:
    """Run a scheduler; yield its address. Its messages go into a file in the folder."""
    file = folder / "scheduler.json"
    with _process(folder / "scheduler.log", "dask_scheduler", *_LOCAL, "--port", "0", "--scheduler-file", str(file)):
        yield json.loads(_when_written(file))["address"]


@contextlib.contextmanager
def workers(folder: Path, address: str, number: int, *options: str, path: Path | None = None) -> Iterator[None]:
    """Run worker processes, each started again if it dies, that share no folder with anybody.

    options: of `dask worker`; by default one thread a worker. path: where their Python looks for modules first.
    """
    options = options or ("--nthreads", "1")
    folder.mkdir(parents=True, exist_ok=True)
    own = ("--nworkers", str(number), "--local-directory", str(folder))
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [str(path or ""), *sys.path]))}
    with _process(folder / "workers.log", "dask_worker", *_LOCAL, address, *own, *options, environment=environment):
        yield


@contextlib.contextmanager
def _process(log: Path, program: str, *options: str, environment: dict[str, str] | None = None) -> Iterator[None]:
    with log.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.{program}", *options],
            cwd=log.parent,
            env=environment,
            stdout=file,
            stderr=file,
        )
        try:
            yield
        finally:
            process.terminate()
            process.wait()


def _when_written(file: Path, seconds: float = 60) -> str:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with contextlib.suppress(FileNotFoundError, ValueError):
            json.loads(file.read_text())
            return file.read_text()
        time.sleep(0.1)
    raise TimeoutError(f"{file} was not written.")
