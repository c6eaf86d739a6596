"""The package as a browser gets it: what notebooks call, and no unit, no grader, no build.

What belongs to it is not listed: it is what the modules that notebooks and pages name import, at once or later.
"""

import ast
import base64
import hashlib
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import metadata, requires, version
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
ENTRIES = ("secondcar", "secondcar.in_page", "secondcar.ledger")
# These need nothing that a browser lacks; numpy and matplotlib come with the last two.
NEEDS = ("coloraide", "fsrs", "pandas", "seaborn")
# The same bytes each time: a zip file's first day.
_DAY = (1980, 1, 1, 0, 0, 0)


def browser_files() -> dict[str, bytes]:
    """Return what the browser's package holds, by its path in the wheel."""
    modules = {entry: _file_of(entry) for entry in ENTRIES}
    waiting = list(modules)
    for name in waiting:
        path = modules[name]
        for imported in _imports(name, path):
            for part in _with_parents(imported):
                found = _file_of(part)
                if part not in modules and found is not None:
                    modules[part] = found
                    waiting.append(part)
    paths = {path for path in modules.values() if path}
    beside = {file for path in paths if path.name == "__init__.py" for file in _data_beside(path.parent)}
    return {_name(path): path.read_bytes() for path in sorted(paths | beside)}


def browser_wheel(folder: Path, files: Mapping[str, bytes] | None = None) -> Path:
    """Write the browser's wheel into a folder, and return its path.

    Args:
        folder: where to.
        files: what it holds; by default what notebooks call.

    >>> browser_wheel(Path("build")).name  # doctest: +SKIP
    'secondcar-0.1.0-py3-none-any.whl'
    """
    name, number = "secondcar", version("secondcar")
    info = f"{name}-{number}.dist-info"
    parts = dict(browser_files() if files is None else files)
    parts[f"{info}/METADATA"] = "\n".join(_metadata()).encode()
    parts[f"{info}/WHEEL"] = b"Wheel-Version: 1.0\nGenerator: secondcar\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    parts[f"{info}/RECORD"] = _record(parts, f"{info}/RECORD").encode()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}-{number}-py3-none-any.whl"
    path.write_bytes(zipped(parts))
    return path


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return files as a zip archive, with the same bytes each time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _DAY), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _imports(name: str, path: Path | None) -> Iterator[str]:
    """Yield the modules of this package that one imports anywhere, with the names taken from them."""
    if path is None:
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("secondcar"))
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("secondcar"):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
            # A package that looks for its modules by name has all of them.
            yield from (f"{name}.{module.stem}" for module in path.parent.glob("*.py"))


def _with_parents(name: str) -> Iterator[str]:
    parts = name.split(".")
    yield from (".".join(parts[:end]) for end in range(1, len(parts) + 1))


def _file_of(module: str) -> Path | None:
    inner = PACKAGE.joinpath(*module.split(".")[1:])
    candidates = (inner / "__init__.py", inner.with_suffix(".py"))
    return next((path for path in candidates if path.is_file()), None)


def _data_beside(package: Path) -> Iterable[Path]:
    """Return the tables and word lists of a package."""
    return (path for path in package.iterdir() if path.suffix in (".csv", ".toml", ".json"))


def _name(path: Path) -> str:
    return path.relative_to(PACKAGE.parent).as_posix()


def _metadata() -> Iterator[str]:
    own = metadata("secondcar")
    yield from ("Metadata-Version: 2.1", f"Name: {own['Name']}", f"Version: {own['Version']}")
    asked = [line for line in requires("secondcar") or () if "extra ==" not in line]
    yield from (f"Requires-Dist: {line}" for line in asked if line.startswith(NEEDS))
    yield ""


def _record(parts: Mapping[str, bytes], own: str) -> str:
    lines = []
    for name, content in parts.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")
        lines.append(f"{name},sha256={digest},{len(content)}")
    return "\n".join([*lines, f"{own},,", ""])
