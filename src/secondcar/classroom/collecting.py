"""Collecting from an exchange that students can write to with any program, not with `nbgrader submit` alone.

nbgrader takes the name in a submission's folder for the student's, and copies what links in it point at, with the
teacher's rights. Its own check of the owner prints a warning, and collects all the same.
"""

import os
import pwd
import shutil
import stat
from pathlib import Path

from nbgrader.exchange.default import ExchangeCollect
from nbgrader.utils import ignore_patterns

from secondcar.classroom.accounts import person_of


class CollectFromOwners(ExchangeCollect):
    """nbgrader's collect, with two changes: each submission is its owner's, and holds plain files alone.

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
        return {**record, "username": owner}

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


def _not_plain(folder: str, names: list[str]) -> list[str]:
    """Return the names of links, pipes and sockets: what is neither a file nor a folder."""
    modes = {name: os.lstat(os.path.join(folder, name)).st_mode for name in names}
    return [name for name, mode in modes.items() if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))]
