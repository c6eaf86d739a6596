"""Collecting from an exchange that students can write to with any program, not with `nbgrader submit` alone.

nbgrader takes the name in a submission's folder for the student's and the time in it for that of handing in. With the
teacher's rights, it copies what links in the folder point at. Its own check of the owner prints a warning, and collects
all the same.
"""

import os
import pwd
import shutil
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

from nbgrader.exchange.default import ExchangeCollect
from nbgrader.utils import ignore_patterns

from secondcar.classroom.accounts import person_of

# A restore makes all folders anew: what is older than this file keeps the time in its name.
RESTORED = ".restored"
# How much later than the time in its name a submission's last file may come.
_WHILE_COPYING = timedelta(minutes=2)


class CollectFromOwners(ExchangeCollect):
    """nbgrader's collect, with three changes: who owns a submission, when it came, and that it is plain files.

    In nbgrader_config.py, where each student has a system account, named or with a home named as in the gradebook:

        c.ExchangeFactory.collect = "secondcar.classroom.collecting.CollectFromOwners"
    """

    def _path_to_record(self, path: str) -> dict:
        record = super()._path_to_record(path)
        uid = os.lstat(path).st_uid
        if uid in (0, os.geteuid()):
            # A teacher put this here for the student.
            return record
        owner = person_of(pwd.getpwuid(uid), Path(self.root).resolve().parent / "homes")
        if record["username"] != owner:
            self.log.warning(
                "%s handed this in under the name %s; it counts as %s's own.", owner, record["username"], owner
            )
        came = _came_at(Path(path), record["timestamp"])
        if came != record["timestamp"]:
            self.log.warning("%s handed this in as of %s UTC; it came at %s.", owner, record["timestamp"], came)
        return {**record, "username": owner, "timestamp": came}

    def do_copy(self, src: str, dest: str, log: object = None) -> None:
        if os.path.islink(src) or self.get_size(src) > 1000 * self.coursedir.max_dir_size:
            self.log.error("Not collected because it is a link or too large: %s", src)
            return
        unwanted = ignore_patterns(
            exclude=self.coursedir.ignore,
            include=self.coursedir.include,
            max_file_size=self.coursedir.max_file_size,
            log=self.log,
        )
        shutil.copytree(
            src,
            dest,
            symlinks=True,
            ignore=lambda folder, names: {*unwanted(folder, names), *_not_plain(folder, names)},
        )
        named = super()._path_to_record(src)["timestamp"]
        came = _came_at(Path(src), named)
        if came != named:
            Path(dest, "timestamp.txt").write_text(f"{came} UTC", encoding="utf-8")


def _came_at(path: Path, named: datetime) -> datetime:
    """Return when a submission came; `named` is what its name says, which counts unless it is too early."""
    found = os.lstat(path)
    came = datetime.fromtimestamp(found.st_ctime, UTC).replace(tzinfo=None, microsecond=0)
    teachers = found.st_uid in (0, os.geteuid())
    invented = came - named > _WHILE_COPYING and found.st_ctime > _restored_at(path.parents[3])
    return came if invented and not teachers else named


def _restored_at(classroom: Path) -> float:
    try:
        found = os.lstat(classroom / RESTORED)
    except FileNotFoundError:
        return 0
    return found.st_ctime if found.st_uid == 0 else 0


def _not_plain(folder: str, names: list[str]) -> list[str]:
    """Return the names of links, pipes and sockets: what is neither a file nor a folder."""
    modes = {name: os.lstat(os.path.join(folder, name)).st_mode for name in names}
    return [name for name, mode in modes.items() if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))]
