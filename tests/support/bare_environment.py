"""Python environments that hold no more than this package asks for, made from the packages that are installed here."""

import re
import subprocess
import sys
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


class BareEnvironment:
    """An environment with this package, some of its extras, and what these ask for; links, so that it takes no time."""

    def __init__(self, folder: Path, *extras: str, packages: tuple[str, ...] = ("secondcar",)):
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
        self.python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
        self.packages = {}
        for package in packages:
            self.packages |= closure(package, frozenset(extras))
        self.site = Path(self.run("-c", "import sysconfig; print(sysconfig.get_path('purelib'))").stdout.strip())
        for package in self.packages.values():
            for path in _tops(package):
                if not (self.site / path.name).exists():
                    (self.site / path.name).symlink_to(path)

    def run(self, *arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        """Run its Python."""
        return subprocess.run([self.python, *arguments], cwd=cwd, capture_output=True, text=True, check=False)


def closure(name: str, extras: frozenset[str]) -> dict[str, Distribution]:
    """Return a package and all that it asks for, by name."""
    found: dict[str, Distribution] = {}
    waiting, seen = [(name, extras)], set()
    while waiting:
        asked = waiting.pop()
        if asked in seen:
            continue
        seen.add(asked)
        package = distribution(asked[0])
        found[canonicalize_name(asked[0])] = package
        for requirement in map(Requirement, package.requires or ()):
            marker = requirement.marker
            # Installed from a lock that leaves one out on purpose (pyproject.toml, [tool.uv]).
            if requirement.name == "rfc3987-syntax":
                continue
            if marker is None or any(marker.evaluate({"extra": extra}) for extra in (asked[1] or {""})):
                waiting.append((requirement.name, frozenset(requirement.extras)))
    return found


def _tops(package: Distribution) -> set[Path]:
    """Return the files and folders of a package that lie in site-packages itself."""
    names = {path.parts[0] for path in package.files or () if not re.match(r"\.\.|__pycache__", path.parts[0])}
    return {Path(str(package.locate_file(name))) for name in names}
