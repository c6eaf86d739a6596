"""A throw-away PostgreSQL server on this machine, which listens on a socket in a folder of its own."""

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from glob import glob
from pathlib import Path

# The server refuses to run as root.
_USER = "nobody" if os.geteuid() == 0 else None


def find_program(name: str) -> str | None:
    """Return the path of one of PostgreSQL's programs; Debian keeps them out of the way."""
    return shutil.which(name) or next(iter(sorted(glob(f"/usr/lib/postgresql/*/bin/{name}"), reverse=True)), None)


@contextlib.contextmanager
def server() -> Iterator[str]:
    """Run a server with an empty database; yield the database's URL. Its data are gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="postgresql-") as folder:
        if _USER:
            shutil.chown(folder, _USER)
        data = str(Path(folder, "data"))
        _run("initdb", "--pgdata", data, "--username", "grader", "--auth", "trust", "--encoding", "UTF8", "--no-sync")
        options = f"-c listen_addresses='' -c fsync=off -k {folder}"
        _run("pg_ctl", "--pgdata", data, "--wait", "--options", options, "--log", f"{folder}/log", "start")
        try:
            yield f"postgresql+psycopg://grader@/postgres?host={folder}"
        finally:
            _run("pg_ctl", "--pgdata", data, "--mode", "immediate", "stop")


def _run(program: str, *arguments: str) -> None:
    subprocess.run([find_program(program), *arguments], user=_USER, cwd="/", check=True, stdout=subprocess.DEVNULL)
