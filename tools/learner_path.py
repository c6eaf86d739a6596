"""Walk the learner's path on this machine: install, start, run a unit, start it afresh. It needs Python alone.

python tools/learner_path.py
"""

import contextlib
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
UNIT = "02-by-and-to"
SECONDS_TO_LISTEN = 60


@dataclass(frozen=True)
class Lab:
    """A JupyterLab that listens at an address; `path` is the page that it opens first."""

    address: str
    path: str
    token: str

    def get(self, path: str) -> str:
        """Return a page.

        Raises:
            urllib.error.URLError: it is not there, or not yet.
        """
        with urllib.request.urlopen(f"{self.address}{path}?token={self.token}", timeout=20) as answer:
            return answer.read().decode("utf-8")


def main() -> None:
    """Raise an error at the first thing that does not work."""
    # On Windows, files of a kernel that is just ending cannot be deleted.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        folder = Path(scratch)
        python = install(folder / "env")
        run(python, "-m", "secondcar", "--version")
        with started_lab(python, folder) as lab:
            assert lab.path == "/lab/tree/start-here.md", lab.path
            assert "jupyter-config-data" in lab.get(lab.path)
        notebook = folder / "my-work" / UNIT / f"{UNIT}.ipynb"
        run(python, "-m", "jupyter", "execute", "--inplace", str(notebook))
        assert "not-attempted" in notebook.read_text(encoding="utf-8")
        run(python, "-m", "secondcar", "fresh", UNIT, "--folder", str(folder / "my-work"))
        assert "not-attempted" not in notebook.read_text(encoding="utf-8")
    print("A learner can start and work here.")


def install(folder: Path) -> Path:
    """Make an environment as the learners' page says, and return its Python."""
    run(sys.executable, "-m", "venv", str(folder))
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", f"{ROOT}[learn]")
    return python


def run(*command: str | Path) -> None:
    """Run a command; an error ends this program with the command's own words."""
    print("$", *command, flush=True)
    subprocess.run(command, check=True)


@contextlib.contextmanager
def started_lab(python: str | Path, home: Path) -> Iterator[Lab]:
    """Start the learner's JupyterLab in an empty home, with `my-work` in it, and stop it at the end."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("JUPYTER")}
    server = subprocess.Popen(
        [python, "-m", "secondcar", "learn", "--no-browser", "--folder", str(home / "my-work")],
        cwd=home,
        env=environment | {"HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert server.stdout
    try:
        lab = _printed_address(server.stdout)
        _wait_until_it_listens(lab)
        yield lab
    finally:
        server.terminate()
        server.wait(timeout=20)
        server.stdout.close()


def _printed_address(output: Iterator[str]) -> Lab:
    printed = ""
    for line in output:
        printed += line
        if found := re.search(r"(http://127\.0\.0\.1:\d+)(/\S*)\?token=(\w+)", line):
            return Lab(*found.groups())
    raise RuntimeError(f"JupyterLab did not start:\n{printed}")


def _wait_until_it_listens(lab: Lab) -> None:
    """JupyterLab prints its address a moment before it listens there."""
    deadline = time.monotonic() + SECONDS_TO_LISTEN
    while True:
        with contextlib.suppress(urllib.error.URLError):
            lab.get("/api")
            return
        if time.monotonic() > deadline:
            raise RuntimeError(f"Nothing listens at {lab.address}.")
        time.sleep(0.1)


if __name__ == "__main__":
    main()
