"""The folder that the service keeps.

    second-car/outbound/02-by-and-to/                            a released assignment
    second-car/inbound/ada/ada+02-by-and-to+<time>+<random>/     one submission; every one is kept
    second-car/feedback/<key>.html                               feedback on one notebook of one submission
    second-car/removed/                                          what a teacher replaced or took away

It is nbgrader's own exchange except for the folder of each learner: in a large class it takes long to look through all
submissions for those of one learner. So a course can move between a shared disk and the service by moving folders.

Whatever arrives is first written whole beside its place, and forced to the disk, and only then given its name: a
reader finds all of it or nothing, also after a crash or on a full disk. Several services may share the folder, also
over NFS 4: what must not overlap holds a lock on a file (`flock`).
"""

import fcntl
import hashlib
import os
import re
import secrets
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from secondcar.arguments import MEGABYTE
from secondcar.exchange.archive import ArchiveRefused, pack, sync, unpack

# nbgrader's defaults for Exchange.timestamp_format and Exchange.timezone.
TIME_FORMAT = "%Y-%m-%d %H:%M:%S.%f UTC"
TIME_FILE, SECRET_FILE = "timestamp.txt", "submission_secret.txt"
# What a file takes on a disk, however short it is.
BLOCK = 4096
# A day after it began, what is left of an upload belongs to a service that was killed.
STALE_SECONDS = 24 * 60 * 60

# nbgrader joins the parts of a submission's name with "+"; a dot first would hide a folder.
_NAME = re.compile(r"[^+./\0][^+/\0]*")
_SUBMISSION = re.compile(rf"{_NAME.pattern}(\+[^+/\0]+){{2,3}}")
LONGEST_NAME = 100
_KEY = re.compile(r"[0-9a-f]{32}")


class NotInStore(ArchiveRefused):
    """The thing that was asked for does not exist."""


class Exists(ArchiveRefused):
    """The thing that was to be made exists already."""


@dataclass(frozen=True)
class StoredSubmission:
    """One version of one learner's work.

    Attributes:
        name: the name of its folder.
        time: when the service took it, as nbgrader writes times.
        secret: what the keys of its feedback are made of.
        notebooks: their names, without .ipynb.
    """

    name: str
    student: str
    assignment: str
    time: str
    secret: str
    notebooks: tuple[str, ...]


class Store:
    """The exchange of all courses of a hub.

    Args:
        folder: where it is kept; made if it is missing.
        learner_bytes: how much one learner may hand in to one course, all versions together.
    """

    def __init__(self, folder: Path, learner_bytes: int = 500 * MEGABYTE):
        self.folder = folder
        self.learner_bytes = learner_bytes
        self.arriving = folder / ".arriving"
        self.arriving.mkdir(parents=True, exist_ok=True)
        for left in self.arriving.iterdir():
            with suppress(FileNotFoundError):  # another service has just finished with it
                if left.stat().st_mtime < time.time() - STALE_SECONDS:
                    shutil.rmtree(left)

    def open_arriving(self) -> BinaryIO:
        """Return a file for an upload. It has no name, so it is gone once it is closed or this process ends."""
        return tempfile.TemporaryFile(dir=self.arriving)

    def released(self, course: str) -> dict[str, list[str]]:
        """Return assignment -> the paths of its files."""
        with self._lock(course, fcntl.LOCK_SH):
            return {folder.name: _files(folder) for folder in _folders(self._place(course, "outbound"))}

    def fetch(self, course: str, assignment: str, archive: BinaryIO) -> None:
        """Write the files of a released assignment into an archive."""
        with self._lock(course, fcntl.LOCK_SH):
            pack(self.released_folder(course, assignment), archive)

    def released_folder(self, course: str, assignment: str) -> Path:
        return self._existing(self._place(course, "outbound", assignment), f"{assignment} is not released")

    def release(self, course: str, assignment: str, archive: BinaryIO, replace: bool = False) -> None:
        """Hand out an assignment. Raises Exists if it is handed out already and `replace` is not set."""
        place = self._place(course, "outbound", assignment)
        with self._unpacked(archive) as folder, self._lock(course, fcntl.LOCK_EX):
            place.parent.mkdir(exist_ok=True)
            if place.exists():
                if not replace:
                    raise Exists(f"{assignment} is released already: use --force to replace it.")
                self._set_aside(course, "outbound", place)
            _name(folder, place)

    def withdraw(self, course: str, assignment: str) -> None:
        """Take an assignment back; it is kept among what was removed."""
        with self._lock(course, fcntl.LOCK_EX):
            self._set_aside(course, "outbound", self.released_folder(course, assignment))

    def submissions(self, course: str, student: str = "", assignment: str = "") -> list[StoredSubmission]:
        """Return the submissions of a course, of one learner or assignment or of all, oldest first."""
        with self._lock(course, fcntl.LOCK_SH):
            return self._submissions(course, student, assignment)

    def collect(self, course: str, name: str, archive: BinaryIO) -> None:
        """Write the files of a submission into an archive."""
        with self._lock(course, fcntl.LOCK_SH):
            pack(self.submission_folder(course, name), archive)

    def submission_folder(self, course: str, name: str) -> Path:
        if not _SUBMISSION.fullmatch(name) or len(name.encode(errors="replace")) > 250:
            raise NotInStore(f"{name!r} is not the name of a submission.")
        return self._existing(self._inbound(course, name), f"There is no submission {name}")

    def submit(self, course: str, student: str, assignment: str, archive: BinaryIO) -> StoredSubmission:
        """Keep a new version of a learner's work, and return it.

        If it holds the same files as the learner's newest version, that one is returned and nothing is made: so a
        submission whose answer was lost on the way can be sent again, and keeps its time.
        """
        check_name(student)
        self.released_folder(course, assignment)
        with self._unpacked(archive) as folder, self._lock(course, fcntl.LOCK_EX):
            earlier = self._submissions(course, student, "")
            same = [submission for submission in earlier if submission.assignment == assignment]
            if same and _content(self._inbound(course, same[-1].name)) == _content(folder):
                return same[-1]
            self._check_room(_size(folder), [self._inbound(course, submission.name) for submission in earlier])
            for name in (TIME_FILE, SECRET_FILE):
                if (folder / name).is_dir():
                    raise ArchiveRefused(f"The exchange writes a file {name}: rename your folder of this name.")
            now = _time_after(same[-1].time if same else None)
            _write(folder / TIME_FILE, now)
            _write(folder / SECRET_FILE, secrets.token_hex(64))
            name = f"{student}+{assignment}+{now}+{secrets.token_urlsafe(9)}"
            place = self._inbound(course, name)
            place.parent.mkdir(parents=True, exist_ok=True)
            _name(folder, place)
            return _read_submission(place)

    def remove_submission(self, course: str, name: str) -> None:
        """Take a submission out of the exchange; it is kept among what was removed."""
        with self._lock(course, fcntl.LOCK_EX):
            self._set_aside(course, "inbound", self.submission_folder(course, name))

    def give_feedback(self, course: str, key: str, page: bytes) -> None:
        """Keep the feedback on a notebook, in place of an older one."""
        place = self._feedback(course, key)
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=self.arriving) as folder:
            part = Path(folder) / "page"
            _write(part, page)
            part.replace(place)
        sync(place.parent)

    def feedback(self, course: str, student: str = "", assignment: str = "") -> dict[str, str]:
        """Return key -> MD5 of the page, for the submissions of one learner or assignment or of all."""
        submissions = self.submissions(course, student, assignment)
        keys = [feedback_key(submission.secret, name) for submission in submissions for name in submission.notebooks]
        pages = {key: self._feedback(course, key) for key in keys}
        return {key: _md5(page) for key, page in pages.items() if page.is_file()}

    def feedback_page(self, course: str, key: str) -> bytes:
        return self._existing(self._feedback(course, key), "There is no such feedback").read_bytes()

    def _submissions(self, course: str, student: str, assignment: str) -> list[StoredSubmission]:
        inbound = self._place(course, "inbound")
        folders = [self._place(course, "inbound", student)] if student else _folders(inbound)
        found = [
            _read_submission(folder)
            for learner in folders
            for folder in _folders(learner)
            if assignment in ("", folder.name.split("+")[1])
        ]
        return sorted(found, key=lambda submission: submission.time)

    def _place(self, course: str, kind: str, name: str = "") -> Path:
        for part in filter(None, (course, name)):
            check_name(part)
        return self.folder / course / kind / name

    def _inbound(self, course: str, submission: str) -> Path:
        return self._place(course, "inbound", submission.partition("+")[0]) / submission

    def _feedback(self, course: str, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise NotInStore(f"{key!r} is not the key of a feedback page.")
        return self._place(course, "feedback") / f"{key}.html"

    def _existing(self, path: Path, otherwise: str) -> Path:
        if not path.exists():
            raise NotInStore(f"{otherwise}: look at what there is with `nbgrader list`.")
        return path

    def _set_aside(self, course: str, kind: str, folder: Path) -> None:
        removed = self._place(course, "removed")
        removed.mkdir(exist_ok=True)
        _name(folder, removed / f"{kind}+{folder.name}+{secrets.token_urlsafe(9)}")

    def check_upload(self, course: str, student: str, size: int) -> None:
        """Raise ArchiveRefused if a learner has no room for what is on its way, `size` bytes in all."""
        with self._lock(course, fcntl.LOCK_SH):
            earlier = [self._inbound(course, one.name) for one in self._submissions(course, student, "")]
        self._check_room(size, earlier)

    def _check_room(self, coming: int, earlier: list[Path]) -> None:
        if coming + sum(map(_size, earlier)) > self.learner_bytes:
            raise ArchiveRefused(
                f"You have handed in more than {self.learner_bytes / MEGABYTE:g} MB to this course, all versions "
                "together: delete large files from the assignment's folder, or ask your teacher for more room."
            )

    @contextmanager
    def _unpacked(self, archive: BinaryIO) -> Iterator[Path]:
        folder = Path(tempfile.mkdtemp(dir=self.arriving))
        try:
            unpack(archive, folder)
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    @contextmanager
    def _lock(self, course: str, kind: int) -> Iterator[None]:
        """Keep others from changing the course meanwhile (LOCK_SH), or from using it at all (LOCK_EX)."""
        file = self._place(course, ".lock")
        file.parent.mkdir(exist_ok=True)
        with file.open("ab") as opened:
            fcntl.flock(opened, kind)
            yield


def check_name(name: str) -> None:
    """Raise ArchiveRefused if a course, learner or assignment has a name that no folder may have here."""
    if not _NAME.fullmatch(name) or len(name.encode(errors="replace")) > LONGEST_NAME:
        raise ArchiveRefused(
            f"{name[:80]!r} cannot be the name of a course, learner or assignment: it may hold no + and no /, and "
            f"{LONGEST_NAME} letters at most."
        )


def feedback_key(secret: str, notebook: str) -> str:
    """Return the name of a feedback page, as `nbgrader.utils.notebook_hash` makes it.

    >>> feedback_key("a secret", "02-by-and-to")
    '690dcd54d086517f9f3bc593a46032a3'
    """
    return hashlib.md5(f"{secret}{notebook}".encode()).hexdigest()


def _name(folder: Path, place: Path) -> None:
    sync(folder)
    folder.rename(place)
    for above in (place.parent, place.parent.parent):
        sync(above)


def _read_submission(folder: Path) -> StoredSubmission:
    student, assignment, when = folder.name.split("+")[:3]
    notebooks = tuple(sorted(path.stem for path in folder.glob("*.ipynb") if path.is_file()))
    return StoredSubmission(folder.name, student, assignment, when, (folder / SECRET_FILE).read_text(), notebooks)


def _folders(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.is_dir()] if folder.is_dir() else []


def _files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _size(folder: Path) -> int:
    """Return what is needed of the disk: whole blocks, so that many small files and folders count, too."""
    return sum(-(-path.stat().st_size // BLOCK) * BLOCK or BLOCK for path in folder.rglob("*"))


def _write(path: Path, content: str | bytes) -> None:
    with path.open("wb") as file:
        file.write(content.encode() if isinstance(content, str) else content)
        file.flush()
        os.fsync(file.fileno())


def _content(folder: Path) -> str:
    """Return a digest of the learner's files, by name and content."""
    digest = hashlib.sha256()
    for name in _files(folder):
        if name not in (TIME_FILE, SECRET_FILE):
            with (folder / name).open("rb") as file:
                digest.update(f"{name}\0{hashlib.file_digest(file, 'sha256').hexdigest()}\0".encode())
    return digest.hexdigest()


def _time_after(earlier: str | None) -> str:
    """Return the time now, and never one before the learner's newest version: nbgrader grades the latest."""
    now = datetime.now(UTC)
    if earlier is not None:
        last = datetime.strptime(earlier, TIME_FORMAT).replace(tzinfo=UTC)
        now = max(now, last + timedelta(microseconds=1))
    return now.strftime(TIME_FORMAT)


def _md5(path: Path) -> str:
    state = path.stat()
    return _md5_of_version(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=100_000)
def _md5_of_version(path: Path, changed: int, size: int) -> str:
    return hashlib.md5(path.read_bytes()).hexdigest()
