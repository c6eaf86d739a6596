"""The kinds of exercise, one a module: a new one is a new module here, and its keys in building/answers.schema.json."""

import importlib
import pkgutil
from collections.abc import Mapping
from typing import Any

from secondcar.checks.exercise import Exercise

for _module in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{_module.name}")

KINDS: dict[str, type[Exercise[Any]]] = {kind.kind: kind for kind in Exercise.__subclasses__()}


def from_json(stored: Mapping[str, Any]) -> Exercise[Any]:
    """Return an exercise from the form in which ``answers.json`` holds it.

    >>> from_json({"kind": "text", "points": 4, "hints": ["Name the base."], "mistakes": []}).points
    4
    """
    return KINDS[stored["kind"]].from_json(stored)
