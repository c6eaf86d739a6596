"""Install what the classroom runs on, into its folder: `python3 hub/install.py /srv/second-car`.

It makes `env/` (Python with JupyterHub, nbgrader and this course) and `proxy/` (configurable-http-proxy), from the
locked versions beside this file. What is there already in the right version stays. It needs the standard library alone.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

HUB = Path(__file__).resolve().parent
REPOSITORY = HUB.parent
OLDEST = (3, 11)
ELSEWHERE = ("PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PYTHONUSERBASE", "PYTHONPATH", "PYTHONHOME")


def main(folder: Path) -> None:
    """Install into `folder`. Exits with one sentence if something that is needed is missing."""
    folder = folder.resolve()
    if os.geteuid() == 0 and not reached_by_all(folder):
        sys.exit(f"Students cannot reach {folder}: a folder above it is closed. Use CLASSROOM=/srv/second-car.")
    # The class reads and runs what is installed here, whatever the umask of the shell is.
    os.umask(0o022)
    folder.mkdir(parents=True, exist_ok=True)
    install_environment(folder / "env")
    install_course(folder / "env")
    install_proxy(folder / "proxy")


def install_environment(env: Path) -> None:
    wanted = hash_of([HUB / "requirements.lock"])
    if was_installed(env, wanted):
        return
    print(f"Setting up Python packages in {env}. It takes about two minutes.", flush=True)
    run(find_python(), "-m", "venv", "--clear", str(env))
    # --no-deps: the lock leaves a package out on purpose (pyproject.toml, [tool.uv]).
    pip(env, "--require-hashes", "--no-deps", "-r", str(HUB / "requirements.lock"))
    # `secondcar doctor` compares what is installed later with this.
    shutil.copyfile(HUB / "requirements.lock", env / "requirements.lock")
    mark_installed(env, wanted)


def install_course(env: Path) -> None:
    """Install this repository's package: students cannot read the repository itself."""
    files = [REPOSITORY / "pyproject.toml"]
    for folder in ("src", "release"):
        files += [path for path in (REPOSITORY / folder).rglob("*") if path.is_file() and path.suffix != ".pyc"]
    marker, wanted = env / "course", hash_of(files)
    if was_installed(marker, wanted):
        return
    print("Installing the course.", flush=True)
    pip(env, "--force-reinstall", "--no-build-isolation", "--no-deps", str(REPOSITORY))
    marker.mkdir(exist_ok=True)
    mark_installed(marker, wanted)


def install_proxy(proxy: Path) -> None:
    wanted = hash_of([HUB / "package-lock.json"])
    if was_installed(proxy, wanted):
        return
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("There is no npm here: install Node.js 18 or newer with npm (Debian: apt install nodejs npm).")
    print(f"Setting up the proxy in {proxy}.", flush=True)
    proxy.mkdir(exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(HUB / name, proxy / name)
    run(npm, "ci", "--omit=dev", "--no-audit", "--no-fund", "--silent", cwd=proxy)
    mark_installed(proxy, wanted)


def find_python() -> str:
    """Return a Python that everyone in the class can run: other accounts cannot use one below a private home."""
    for python in (sys.executable, "/usr/bin/python3", "/usr/local/bin/python3"):
        if Path(python).exists() and is_suitable(python):
            return python
    sys.exit(
        "There is no Python here that is 3.11 or newer, makes virtual environments, and lies where students reach it: "
        "install one for the whole machine (Debian and Ubuntu: apt install python3 python3-venv)."
    )


def is_suitable(python: str) -> bool:
    question = "import sys, ensurepip; print(*sys.version_info[:2], sys.base_prefix)"
    answer = subprocess.run([python, "-c", question], capture_output=True, text=True)
    if answer.returncode != 0:
        return False
    major, minor, prefix = answer.stdout.rstrip("\n").split(" ", 2)
    return (int(major), int(minor)) >= OLDEST and (os.geteuid() != 0 or reached_by_all(Path(prefix)))


def reached_by_all(path: Path) -> bool:
    """Return whether every account may enter this folder: each folder on the way is open to all."""
    path = path.resolve()
    return all(folder.stat().st_mode & 0o001 for folder in (path, *path.parents) if folder.exists())


def pip(env: Path, *arguments: str) -> None:
    run(str(env / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *arguments)


def run(*command: str, cwd: Path | None = None) -> None:
    # Somebody's settings for their own packages must not send these elsewhere.
    environment = {name: value for name, value in os.environ.items() if name not in ELSEWHERE}
    if subprocess.run(command, cwd=cwd, env=environment).returncode != 0:
        sys.exit(f"This failed, and what it printed above says why: {' '.join(command)}")


def hash_of(files: list[Path]) -> str:
    total = hashlib.sha256()
    for file in sorted(files):
        total.update(file.relative_to(REPOSITORY).as_posix().encode() + b"\0" + file.read_bytes())
    return total.hexdigest()


def was_installed(folder: Path, wanted: str) -> bool:
    marker = folder / ".installed"
    return marker.is_file() and marker.read_text() == wanted


def mark_installed(folder: Path, wanted: str) -> None:
    (folder / ".installed").write_text(wanted)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
