"""What the pages' Python is made of: only files with the hashes of Pyodide's own lock, and only what is needed."""

import hashlib
import zipfile

import pytest

from secondcar.errors import CourseError
from secondcar.site.browser_wheel import browser_wheel
from secondcar.site.python import carry, closure, entry_of
from secondcar.site.tools import download_wheel, locked, run
from tests.support.paths import ROOT


@pytest.fixture
def carrier(tmp_path):
    """A package that carries one wheel, as if it had been downloaded."""
    (tmp_path / "wheels").mkdir()
    with zipfile.ZipFile(tmp_path / "wheels" / "box-1.0-py3-none-any.whl", "w") as archive:
        archive.writestr("box/numpy-2.whl", b"numpy")
    return {"requirement": "box==1.0", "inside": "box/"}


def entry(content=b"numpy", name="numpy-2.whl"):
    return {"numpy": {"file_name": name, "sha256": hashlib.sha256(content).hexdigest(), "depends": []}}


def test_a_carried_wheel_is_taken_if_its_hash_is_that_of_the_lock(carrier, tmp_path):
    assert carry(carrier, entry(), tmp_path)["numpy-2.whl"].read_bytes() == b"numpy"


def test_any_other_file_is_refused(carrier, tmp_path):
    with pytest.raises(CourseError, match="its hash is another"):
        carry(carrier, entry(b"other"), tmp_path)
    with pytest.raises(CourseError, match="does not carry scipy"):
        carry(carrier, entry(name="scipy-1.whl"), tmp_path)


def test_a_package_that_pyodide_lacks_is_named():
    with pytest.raises(CourseError, match=r"no package polars.*site\.toml"):
        closure({}, ["polars"])


def test_our_wheel_is_described_as_pyodide_asks(tmp_path):
    told = entry_of("secondcar", browser_wheel(tmp_path), ["coloraide"])
    assert told["imports"] == ["secondcar"] and told["depends"] == ["coloraide"]


def test_a_pin_comes_with_its_hashes():
    assert locked(ROOT / "requirements.lock", "coloraide").count("--hash=sha256:") > 0
    with pytest.raises(CourseError, match="make lock"):
        locked(ROOT / "requirements.lock", "no-such-package")


def test_what_is_downloaded_is_not_fetched_again(tmp_path):
    (tmp_path / "coloraide-9-py3-none-any.whl").touch()
    assert download_wheel("coloraide==9 --hash=sha256:0", tmp_path).name == "coloraide-9-py3-none-any.whl"


def test_a_program_that_is_absent_or_fails_is_said(tmp_path):
    with pytest.raises(CourseError, match="needs Node"):
        run(["no-such-program"], tmp_path)
    with pytest.raises(CourseError, match="failed"):
        run(["python3", "-c", "raise SystemExit('why it failed')"], tmp_path)
