"""The programs that a build of the site calls: npm, Node and pip."""

import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from secondcar.errors import CourseError


def run(command: Sequence[str | Path], folder: Path) -> str:
    """Run a program and return what it prints.

    Raises:
        CourseError: it is not installed, or failed; the sentence quotes the end of its output.
    """
    program = shutil.which(command[0])
    if program is None:
        raise CourseError(f"{command[0]} is not installed: the site needs Node.js 20 or newer, with npm.")
    done = subprocess.run([program, *command[1:]], cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        # An error within Pyodide prints a megabyte of its own source.
        said = "\n".join(line[:300] for line in f"{done.stdout}\n{done.stderr}".strip().splitlines()[-12:])
        raise CourseError(f"`{' '.join(map(str, command[:3]))}` failed:\n{said}")
    return done.stdout


def npm_packages(sources: Path, build: Path) -> Path:
    """Install what package-lock.json names, once, and return the folder that holds node_modules."""
    folder = build / "npm"
    lock = sources / "package-lock.json"
    if not (folder / ".ready").is_file() or (folder / ".ready").read_bytes() != lock.read_bytes():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(sources / name, folder)
        run(["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"], folder)
        shutil.copy(lock, folder / ".ready")
    return folder


def download_wheel(requirement: str, folder: Path) -> Path:
    """Fetch a pure wheel by pip, once. A requirement with hashes must have one of them."""
    name = re.split(r"[\s=]", requirement)[0].replace("-", "_").lower()
    version = re.search(r"==([\w.]+)", requirement)
    found = list(folder.glob(f"{name}-{version[1] if version else '*'}-*none-any.whl")) if folder.is_dir() else []
    if not found:
        folder.mkdir(parents=True, exist_ok=True)
        listed = folder / "asked.txt"
        listed.write_text(f"{requirement}\n", encoding="utf-8")
        pip = ["-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary=:all:"]
        pip += ["--platform", "any"]  # nothing that was compiled for this machine
        run([sys.executable, *pip, "--dest", folder, "--requirement", listed], folder)
        found = list(folder.glob(f"{name}-*none-any.whl"))
    return found[0]


def locked(lock: Path, name: str) -> str:
    """Return the line of a lock that pins a package, with its hashes."""
    text = lock.read_text(encoding="utf-8").replace("\\\n", " ")
    pins = [line for line in text.splitlines() if re.match(rf"{re.escape(name)}==", line)]
    if not pins:
        raise CourseError(f"{name} is not in {lock.name}: run `make lock`.")
    return pins[0]
