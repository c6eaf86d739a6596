"""A backup is restored beside the class that it was made of: each file belongs to its person's account there."""

import os
import pwd
import shutil
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from secondcar.classroom.accounts import account_at, make_folder, remove_account
from secondcar.classroom.backup import back_up, restore
from secondcar.classroom.layout import Classroom
from secondcar.classroom.preparing import prepare_accounts
from secondcar.errors import CourseError

pytestmark = pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="accounts need Linux and root")

PERSON, MAIL, TEACHER = "sc-restore-ada", "b@sc-restore.kz", "sc-restore-tara"


@contextmanager
def folder(name):
    """A classroom's folder that students could reach, without programs; its accounts go in the end."""
    made = Classroom(Path("/srv") / name)
    shutil.rmtree(made.folder, ignore_errors=True)
    try:
        yield made
    finally:
        for account in pwd.getpwall():
            if account.pw_dir.startswith(f"{made.folder}/"):
                remove_account(account.pw_name)
        shutil.rmtree(made.folder, ignore_errors=True)


@pytest.fixture
def classroom():
    """Two students with work, one who left, a submission, and what a running hub keeps."""
    with folder("sc-restore-one") as made:
        made.folder.mkdir(mode=0o755)
        make_folder(made.hub, 0o700)
        made.students_file.write_text(f"id\n{PERSON}\n{MAIL}\nsc-restore-left\n")
        made.teachers_file.write_text(f"id\n{TEACHER}\n")
        made.settings_file.write_text("port = 18600  # ours\n")
        prepare_accounts(made)
        made.students_file.write_text(f"id\n{PERSON}\n{MAIL}\n")
        (made.hub / "jupyterhub.sqlite").write_text("servers that run now")
        inbound = made.exchange / "second-car" / "inbound"
        inbound.mkdir(parents=True)
        for name in (PERSON, MAIL, "sc-restore-left"):
            owner = account_at(made.homes / name)
            for file in (made.homes / name / "work.ipynb", inbound / f"{name}+00-start"):
                file.write_text(name)
                os.chown(file, owner.pw_uid, owner.pw_gid)
        yield made


def owner_of(path):
    return pwd.getpwuid(path.lstat().st_uid).pw_name


def test_each_file_is_its_persons_and_the_class_is_not_touched(classroom, tmp_path):
    assert classroom.account_of(PERSON) == PERSON
    assert classroom.account_of(MAIL) != MAIL
    backup = tmp_path / "monday.tar.gz"
    back_up(classroom, backup)
    with folder("sc-restore-two") as beside:
        restore(backup, beside, port=18610)
        assert (beside.port, classroom.port) == (18610, 18600)
        assert "# ours" in beside.settings_file.read_text()
        assert not (beside.hub / "jupyterhub.sqlite").exists()
        for name in (PERSON, MAIL, "sc-restore-left"):
            here, there = beside.account_of(name), classroom.account_of(name)
            assert here and here != there
            for file in ("homes/{}", "homes/{}/work.ipynb", "exchange/second-car/inbound/{}+00-start"):
                assert owner_of(beside.folder / file.format(name)) == here
                assert owner_of(classroom.folder / file.format(name)) == there
            assert (beside.homes / name / "work.ipynb").read_text() == name
        assert owner_of(beside.course) == beside.course_account != classroom.course_account
        with pytest.raises(CourseError, match="holds course already, and nothing is written over it"):
            restore(backup, beside)


@pytest.mark.parametrize("damage", ["no archive", "cut off", "another archive"])
def test_a_damaged_backup_is_one_sentence_and_makes_nothing(classroom, tmp_path, damage):
    backup = tmp_path / "monday.tar.gz"
    back_up(classroom, backup)
    content = backup.read_bytes()
    if damage == "another archive":
        shutil.make_archive(str(tmp_path / "monday"), "gztar", classroom.homes)
    else:
        backup.write_bytes(b"rubbish" * 99 if damage == "no archive" else content[: len(content) // 2])
    with folder("sc-restore-two") as beside:
        with pytest.raises(CourseError, match="is not a"):
            restore(backup, beside)
        assert not beside.folder.exists()
