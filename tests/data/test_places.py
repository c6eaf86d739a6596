"""A course on another text reads its own tables: while it is built, and where its notebooks are handed out."""

import shutil
import subprocess
import sys

import pytest

from secondcar.data import claim, dataset_names, fact, load_dataset
from secondcar.data.places import TABLES, tables_folder, tables_of
from secondcar.data.schema import validate

CLAIMS = """id,what,quantity,unit,period_start,period_end,base,hedge,quote,fact_id
riders,passengers of the trams,4200,passengers,2023-01-01,2023-12-31,,about,about 4200 passengers a day,F001
"""
FACTS = """id,period_start,period_end,measure,quantity,quantity_as_printed,unit,scope,caution,quote,source_id,grade
F001,2023-01-01,,daily_passengers,4200,4200,passengers,all lines,,about 4200 passengers a day,S01,good
"""
SOURCES = """id,title,title_note,publisher,url,published,published_note
S01,The trams,,an invented newspaper,https://example.org/trams,,invented
"""


@pytest.fixture
def course(tmp_path):
    """The folder course/ of a course on trams."""
    folder = tmp_path / "course" / "data"
    folder.mkdir(parents=True)
    for table, text in zip(TABLES, (CLAIMS, FACTS, SOURCES), strict=True):
        (folder / f"{table}.csv").write_text(text, encoding="utf-8")
    return tmp_path / "course"


def test_a_course_that_is_built_reads_its_own_tables(course):
    with tables_of(course):
        assert (claim("riders"), fact("F001")) == (4200, 4200)
        assert list(load_dataset("claims")["id"]) == ["riders"]
        assert dataset_names() == ["claims", "facts", "sources"]
        with pytest.raises(ValueError, match='there is no claim called "output-units"'):
            claim("output-units")
    assert claim("output-units") == 19_000


def test_its_tables_follow_the_schemas_with_units_of_their_own(course):
    with tables_of(course):
        validate(*map(load_dataset, TABLES), units=None)


def test_a_course_without_tables_reads_those_of_the_package(tmp_path):
    with tables_of(tmp_path):
        assert claim("output-units") == 19_000


@pytest.mark.parametrize("place", [".", "course"])
def test_a_program_in_the_folder_of_a_unit_or_course_reads_its_tables(course, place, tmp_path):
    there = tmp_path / "there"
    shutil.copytree(course, there / place, dirs_exist_ok=True)
    code = "import os, secondcar; os.chdir('/'); print(secondcar.load_dataset('claims').loc[0, 'quantity'])"
    done = subprocess.run([sys.executable, "-c", code], cwd=there, capture_output=True, text=True, check=True)
    assert done.stdout == "4200.0\n"


def test_a_new_file_is_read_anew(course):
    with tables_of(course):
        assert claim("riders") == 4200
        path = tables_folder() / "claims.csv"
        path.write_text(CLAIMS.replace(",4200,", ",4300,"), encoding="utf-8")
        assert claim("riders") == 4300


def test_a_missing_table_is_named(course):
    (course / "data" / "facts.csv").unlink()
    with tables_of(course), pytest.raises(ValueError, match=r"there is no facts\.csv in .*data"):
        fact("F001")
