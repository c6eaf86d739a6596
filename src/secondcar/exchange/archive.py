"""A folder as one file, and its safe way back.

The file is a tar archive without compression: it is never larger unpacked than packed, so no small file can blow
up. Only ordinary files are taken out of one; links, devices and paths that lead out of the folder are refused.
"""

import errno
import os
import shutil
import tarfile
from pathlib import Path, PurePosixPath
from typing import BinaryIO

MOST_FILES = 1_000
# What tarfile raises for archives that no program writes, besides its own errors.
_DAMAGED = (tarfile.TarError, ValueError, LookupError, ArithmeticError, RecursionError, EOFError)
# What the disk says to a name that it cannot hold.
_BAD_NAME = (errno.ENAMETOOLONG, errno.ENOTDIR, errno.EISDIR, errno.EINVAL, errno.EILSEQ)


class ArchiveRefused(Exception):
    """An archive that is refused; the text is one sentence that says why."""


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
    try:
        with tarfile.open(fileobj=archive, mode="r:") as tar:
            for number, member in enumerate(tar, start=1):
                if number > MOST_FILES:
                    raise ArchiveRefused(f"There are more than {MOST_FILES:,} files: delete those that are not needed.")
                _unpack_file(tar, member, folder)
    except _DAMAGED:
        raise ArchiveRefused("What was sent is damaged: send it again.") from None
    except FileExistsError as error:
        raise ArchiveRefused(f"Two files have the name {Path(error.filename).name}: rename one of them.") from None
    except OSError as error:
        if error.errno not in _BAD_NAME:
            raise
        raise ArchiveRefused(f"A file cannot have this name here ({error.strerror}): give it a shorter one.") from None
    for path in [folder, *folder.rglob("*")]:
        if path.is_dir():
            sync(path)


def _unpack_file(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    path = PurePosixPath(member.name)
    inside = path.parts and not path.is_absolute() and ".." not in path.parts and _is_text(member.name)
    # A sparse file takes few bytes of the archive and many of the disk.
    content = tar.extractfile(member) if inside and member.isreg() and not member.issparse() else None
    if content is None:
        raise ArchiveRefused(f"{member.name!r} is not an ordinary file in the assignment's folder: delete it.")
    target = folder / path
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
