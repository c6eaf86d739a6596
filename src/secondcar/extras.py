"""What a command needs beyond `pip install secondcar`, which brings what notebooks call and no more.

`pyproject.toml` lists the extras. The packages' metadata say what is installed, so no list is kept here.
"""

import re
from importlib.metadata import PackageNotFoundError, distribution, requires

from secondcar.errors import CourseError

# A line such as `jupytext<2,>=1.19; extra == 'build'`: each extra spells out the extras that it contains.
_REQUIREMENT = re.compile(r"([\w.-]+)[^;]*; extra == ['\"]([\w-]+)['\"]")


def require_extra(extra: str, command: str) -> None:
    """Refuse a command before it does anything, if a package of the extra that it needs is not installed.

    Raises:
        CourseError: packages are missing; its sentence says how to install them.
    """
    missing = [package for package in _packages().get(extra, ()) if not _is_installed(package)]
    if missing:
        raise CourseError(_advice(command, missing, extra))


def advice_on(missing: ModuleNotFoundError, command: str) -> str | None:
    """Return the sentence for a command that met a missing module, such as a database's driver, while it ran.

    Returns:
        The sentence; None if no extra brings the module, which is then missing in somebody's own code.
    """
    having = {
        extra: packages
        for extra, packages in _packages().items()
        if missing.name in [package.replace("-", "_") for package in packages]
    }
    smallest = min(having, key=lambda extra: len(having[extra]), default=None)
    return _advice(command, [str(missing.name)], smallest) if smallest else None


def _advice(command: str, missing: list[str], extra: str) -> str:
    named = ", ".join(missing[:3]) + (f" and {len(missing) - 3} more" if len(missing) > 3 else "")
    return (
        f"`secondcar {command}` needs packages that are not installed ({named}): type "
        f'`pip install "secondcar[{extra}]"`, or in a copy of the course `pip install ".[{extra}]"`.'
    )


def _packages() -> dict[str, list[str]]:
    """Return each extra with the packages that it asks for on every platform; nothing if not installed."""
    found: dict[str, list[str]] = {}
    try:
        lines = requires("secondcar") or []
    except PackageNotFoundError:
        return found
    for match in filter(None, map(_REQUIREMENT.fullmatch, lines)):
        package, extra = match.groups()
        found.setdefault(extra, []).append(package)
    return found


def _is_installed(package: str) -> bool:
    try:
        distribution(package)
    except PackageNotFoundError:
        return False
    return True
