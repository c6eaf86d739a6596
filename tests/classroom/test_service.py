"""The classroom as a service of the machine."""

import shutil
import subprocess
import sys

import pytest

from secondcar.classroom import service
from secondcar.classroom.layout import Classroom
from secondcar.errors import CourseError

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="systemd is Linux's")


@pytest.fixture
def classroom(tmp_path, monkeypatch):
    """A folder with a space and a percent sign, and a place for units that is not the machine's own."""
    made = Classroom(tmp_path / "100% new" / "algebra")
    made.programs.mkdir(parents=True)
    (made.programs / "secondcar").touch(0o755)
    monkeypatch.setattr(service, "UNITS", tmp_path / "units")
    service.UNITS.mkdir()
    return made


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_systemd_takes_the_unit_as_it_is_written(classroom, tmp_path):
    assert "enable --now" in "\n".join(service.write_unit(classroom, tmp_path))
    file = service.unit_file(classroom)
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", file], capture_output=True, text=True)
    assert "algebra.service" not in done.stderr


def test_the_unit_names_the_folders_as_systemd_reads_them(classroom, tmp_path):
    text = service.unit_text(classroom, tmp_path)
    assert f'ExecStart="{str(classroom.programs / "secondcar").replace("%", "%%")}" classroom --folder' in text
    assert text.startswith(service.OURS)


def test_another_programs_service_stays(classroom, tmp_path):
    service.unit_file(classroom).write_text("[Unit]\nDescription=another\n", encoding="utf-8")
    with pytest.raises(CourseError, match="is another program's"):
        service.write_unit(classroom, tmp_path)
    service.remove_unit(classroom)
    assert service.unit_file(classroom).exists()


def test_a_unit_that_systemd_refuses_is_not_written(classroom, tmp_path, monkeypatch):
    if not shutil.which("systemd-analyze"):
        pytest.skip("no systemd here")
    monkeypatch.setattr(service, "unit_text", lambda *_: "[Service]\nType=nonsense\n")
    with pytest.raises(CourseError, match="systemd refuses the unit"):
        service.write_unit(classroom, tmp_path)
    assert not service.unit_file(classroom).exists()


def test_without_systemd_it_is_one_sentence(classroom, tmp_path):
    service.UNITS.rmdir()
    with pytest.raises(CourseError, match="needs systemd, and root"):
        service.write_unit(classroom, tmp_path)
