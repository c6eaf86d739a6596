"""A folder as one file, and its safe way back.

The file is a tar archive without compression: it is never larger unpacked than packed, so no small file can blow
up. Only ordinary files are taken out of one; links, devices and paths that lead out of the folder are refused.
"""

import errno
import io
import os
import shutil
import tarfile
from pathlib import Path, PurePosixPath
from typing import BinaryIO

# Of files and the folders that they are in, because each takes room, however short it is.
MOST_FILES = 1_000
# Bytes of an archive before each file: its name, also one that is longer than the disk allows.
LONGEST_HEAD = 8_192
# What tarfile raises for archives that no program writes, besides its own errors.
_DAMAGED = (tarfile.TarError, ValueError, LookupError, ArithmeticError, RecursionError, EOFError)
# What the disk says to a name that it cannot hold.
_BAD_NAME = (errno.ENAMETOOLONG, errno.ENOTDIR, errno.EISDIR, errno.EINVAL, errno.EILSEQ)


class ArchiveRefused(Exception):
    """An archive that is refused; the text is one sentence that says why."""


class _Rationed(io.RawIOBase):
    """An archive of which only so many bytes are read at a time.

    tarfile holds all that stands before a file in memory, whatever its length, and searches it in a time that grows
    with the square of that.
    """

    def __init__(self, archive: BinaryIO) -> None:
        self._archive = archive
        self.left = LONGEST_HEAD

    def read(self, size: int = -1) -> bytes:
        if not 0 <= size <= self.left:
            raise ArchiveRefused("The name of a file is too long, or what was sent is damaged.")
        self.left -= size
        return self._archive.read(size)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        return self._archive.seek(offset, whence)

    def tell(self) -> int:
        return self._archive.tell()

    def seekable(self) -> bool:
        return True


def pack(folder: Path, archive: BinaryIO) -> None:
    """Write the files of a folder, and of the folders in it, into an open file; links are left out."""
    with tarfile.open(fileobj=archive, mode="w:") as tar:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink():
                tar.add(path, arcname=path.relative_to(folder).as_posix(), recursive=False)


def unpack(archive: BinaryIO, folder: Path) -> None:
    """Write the files of an archive into an empty folder, and make sure that they are on the disk.

    Raises ArchiveRefused for an archive that `pack` does not make; OSError, for example on a full disk.
    """
    archive.seek(0)
    rationed = _Rationed(archive)
    made: set[PurePosixPath] = set()
    try:
        with tarfile.open(fileobj=rationed, mode="r:") as tar:
            while member := tar.next():
                rationed.left = LONGEST_HEAD + max(0, member.size)
                path = _path_in_folder(member)
                made |= {path, *path.parents[:-1]}
                if len(made) > MOST_FILES:
                    raise ArchiveRefused(
                        f"There are more than {MOST_FILES:,} files and folders: delete those that are not needed."
                    )
                _unpack_file(tar, member, folder / path)
    except _DAMAGED:
        raise ArchiveRefused("What was sent is damaged: send it again.") from None
    except FileExistsError as error:
        raise ArchiveRefused(f"Two files have the name {Path(error.filename).name}: rename one of them.") from None
    except OSError as error:
        if error.errno not in _BAD_NAME:
            raise
        raise ArchiveRefused(f"A file cannot have this name here ({error.strerror}): give it a shorter one.") from None
    for each in [folder, *folder.rglob("*")]:
        if each.is_dir():
            sync(each)


def _path_in_folder(member: tarfile.TarInfo) -> PurePosixPath:
    path = PurePosixPath(member.name)
    inside = path.parts and not path.is_absolute() and ".." not in path.parts and _is_text(member.name)
    # A sparse file takes few bytes of the archive and many of the disk.
    if not inside or not member.isreg() or member.issparse():
        raise ArchiveRefused(f"{member.name[:80]!r} is not an ordinary file in the assignment's folder: delete it.")
    return path


def _unpack_file(tar: tarfile.TarFile, member: tarfile.TarInfo, target: Path) -> None:
    content = tar.extractfile(member)
    assert content is not None, "an ordinary file has a content"
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as file:
        shutil.copyfileobj(content, file)
        file.flush()
        os.fsync(file.fileno())


def _is_text(name: str) -> bool:
    """Return whether a name can be written in UTF-8, as all that is made of it is."""
    try:
        return b"\0" not in name.encode()
    except UnicodeEncodeError:
        return False


def sync(folder: Path) -> None:
    """Make sure that the names in a folder are on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
