"""What a run remembers for the next one: short texts under names, such as what stands for a student's answers."""

import json
from collections.abc import Mapping
from pathlib import Path

from secondcar.files import write_whole


class Remembered:
    """A file of texts under names. Where it is lost or damaged, nothing is remembered."""

    def __init__(self, file: Path) -> None:
        self._file = file
        try:
            found = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            found = {}
        self._texts: dict[str, str | None] = found if isinstance(found, dict) else {}

    def get(self, name: str) -> str | None:
        """Return what is remembered under a name."""
        return self._texts.get(name)

    def keep(self, texts: Mapping[str, str | None]) -> None:
        """Remember texts under some names, and all others as before."""
        self._texts |= texts
        write_whole(self._file, json.dumps(self._texts, indent=0, sort_keys=True))
