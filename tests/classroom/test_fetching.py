"""A unit is fetched again when it was corrected, through nbgrader's own steps: what a student wrote stays."""

import shutil
from pathlib import Path

import nbformat
import pytest
from nbgrader.auth import Authenticator
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeFactory
from traitlets.config import Config

from tests.support.paths import ROOT

UNIT, ANSWER = "02-by-and-to", "units_2017_by = 7600"


class Class:
    """A student's home and what a teacher hands out."""

    def __init__(self, folder: Path) -> None:
        self.outbound = folder / "exchange" / "second-car" / "outbound" / UNIT
        self.home = folder / "home"
        self.home.mkdir()
        shutil.copytree(ROOT / "release" / UNIT, self.outbound)
        self.config = Config()
        self.config.CourseDirectory.update({"course_id": "second-car", "student_id": "ada", "assignment_id": UNIT})
        self.config.Exchange.update({"root": str(folder / "exchange"), "assignment_dir": str(self.home)})
        self.config.ExchangeFactory.fetch_assignment = "secondcar.classroom.fetching.FetchNewer"
        self.config.ExchangeFactory.list = "secondcar.classroom.fetching.ListNewer"

    def do(self, step: str) -> list:
        make = getattr(ExchangeFactory(config=self.config), step)
        parts = {"coursedir": CourseDirectory(config=self.config), "authenticator": Authenticator(config=self.config)}
        return make(**parts, config=self.config).start()

    def listed(self) -> list[str]:
        return [one["status"] for one in self.do("List")]

    @property
    def file(self) -> Path:
        return self.home / UNIT / f"{UNIT}.ipynb"

    def cells(self) -> dict:
        return {cell.id: cell for cell in nbformat.read(self.file, as_version=4).cells}


def change(file: Path, **sources: str) -> None:
    """Write into cells of a notebook, by their ids with _ for -."""
    notebook = nbformat.read(file, as_version=4)
    for cell in notebook.cells:
        cell.source = sources.get(cell.id.replace("-", "_"), cell.source)
    nbformat.write(notebook, file)


@pytest.fixture
def one(tmp_path, monkeypatch) -> Class:
    made = Class(tmp_path)
    monkeypatch.chdir(made.home)
    return made


def test_a_corrected_unit_is_listed_and_fetched_around_the_answers(one):
    assert one.listed() == ["released"]
    one.do("FetchAssignment")
    assert one.listed() == ["fetched"]
    change(one.file, units_2017_by=ANSWER)
    change(one.outbound / one.file.name, cell_001="# Corrected", units_2017_by_check="check(1)")
    assert one.listed() == ["fetched", "released"]
    one.do("FetchAssignment")
    assert one.listed() == ["fetched"]
    cells = one.cells()
    assert cells["units-2017-by"].source == ANSWER
    assert (cells["cell-001"].source, cells["units-2017-by-check"].source) == ("# Corrected", "check(1)")
    assert cells["units-2017-by-check"].metadata.nbgrader.locked
    kept = nbformat.read(one.file.with_name(f"{UNIT}-kept-1.ipynb"), as_version=4)
    assert ANSWER in [cell.source for cell in kept.cells]
    assert [book["notebook_id"] for book in one.do("List")[0]["notebooks"]] == [UNIT]


def test_a_second_fetch_of_the_same_brings_back_what_was_deleted_and_nothing_else(one):
    one.do("FetchAssignment")
    change(one.file, units_2017_by=ANSWER)
    (one.file.parent / "glossary.md").unlink()
    before = one.file.read_bytes()
    one.do("FetchAssignment")
    assert one.file.read_bytes() == before and (one.file.parent / "glossary.md").is_file()
    assert not list(one.file.parent.glob("*kept*"))
