"""Results that are not in the course yet, kept on disk so that the work of a killed run is not done again."""

import hashlib
import pickle
from dataclasses import fields
from pathlib import Path

from secondcar.files import whole
from secondcar.grading.folders import remove_tree
from secondcar.grading.records import GradingResult

_SEAL_BYTES = hashlib.sha256().digest_size
# What the names of files begin with.
_PREFIX = "result-"


class WaitingResults:
    """A folder with a file for each student whose result is there and not yet in the gradebook and autograded/.

    With a result goes a key that stands for the content of the submission and of the assignment: if either has
    changed since, the result is not used. The folder is as private as the gradebook, and read by the same person.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def keep(self, key: str, result: GradingResult) -> None:
        """Write a result to disk, whole or not at all."""
        with whole(self._file(result.student)) as part:
            part.write_bytes(_sealed(pickle.dumps((key, result))))

    def students(self) -> set[str]:
        """Return the students for whom there is a result."""
        return {file.name.removeprefix(_PREFIX) for file in self.folder.glob(f"{_PREFIX}*")}

    def get(self, student: str) -> tuple[str, GradingResult] | None:
        """Return the key and the result kept for a student, or None. One that is damaged or older counts as none."""
        try:
            content = self._file(student).read_bytes()
        except FileNotFoundError:
            return None
        body = content[_SEAL_BYTES:]
        return pickle.loads(body) if _sealed(body) == content else None

    def drop(self, student: str) -> None:
        """Forget a result: it is in the course."""
        self._file(student).unlink(missing_ok=True)

    def clear(self) -> None:
        """Forget all results."""
        remove_tree(self.folder)

    def _file(self, student: str) -> Path:
        return self.folder / f"{_PREFIX}{student}"


def _sealed(body: bytes) -> bytes:
    """Return a result with a seal that no other content has, nor one that another version of this program wrote."""
    form = f"{GradingResult.__module__} {[field.name for field in fields(GradingResult)]}"
    return hashlib.sha256(form.encode() + body).digest() + body
