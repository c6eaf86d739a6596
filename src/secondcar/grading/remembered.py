"""What a run remembers for the next one: short texts under names, such as what stands for a student's answers."""

import contextlib
import json
from collections.abc import Mapping
from pathlib import Path

from secondcar.files import read_object, write_whole


class Remembered:
    """A file of texts under names. Where it is lost or damaged, nothing is remembered."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._texts: dict[str, str | None] = {}
        with contextlib.suppress(OSError):
            self._texts = read_object(file)

    def get(self, name: str) -> str | None:
        """Return what is remembered under a name."""
        return self._texts.get(name)

    def keep(self, texts: Mapping[str, str | None]) -> None:
        """Remember texts under some names, and all others as before."""
        self._texts |= texts
        write_whole(self._file, json.dumps(self._texts, indent=0, sort_keys=True))
