"""Results that are not in the course yet, on disk: what a run that was killed had done is not done again."""

import hashlib
import pickle
from collections.abc import Iterator
from pathlib import Path

from secondcar.grading.worker import Result


class WaitingResults:
    """A folder with a file for each result that was graded and is not yet in the gradebook and autograded/.

    A result is kept under a key that stands for the content of the submission and of the assignment: if either has
    changed, it is not found. The folder is as private as the gradebook, and read by the same person.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def keep(self, key: str, result: Result) -> None:
        """Write a result to disk, whole or not at all."""
        new = self.folder / f"{key}.new"
        new.write_bytes(_sealed(pickle.dumps(result)))
        new.rename(self._file(key))

    def get(self, key: str) -> Result | None:
        """Return the result kept under a key, or None. A damaged one counts as none."""
        try:
            content = self._file(key).read_bytes()
        except FileNotFoundError:
            return None
        body = content[32:]
        return pickle.loads(body) if _sealed(body) == content else None

    def drop(self, key: str) -> None:
        """Forget a result: it is in the course."""
        self._file(key).unlink(missing_ok=True)

    def clear(self) -> None:
        """Forget all results."""
        for file in self._files():
            file.unlink()

    def _files(self) -> Iterator[Path]:
        return iter(list(self.folder.iterdir()))

    def _file(self, key: str) -> Path:
        return self.folder / key


def _sealed(body: bytes) -> bytes:
    return hashlib.sha256(body).digest() + body
