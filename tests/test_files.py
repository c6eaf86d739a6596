"""Files and folders appear whole or not at all."""

import pytest

from secondcar.errors import CourseError
from secondcar.files import read_object, whole, write_whole


def test_a_file_is_replaced_when_the_new_one_is_complete(tmp_path):
    place = tmp_path / "new" / "numbers.txt"
    for text in ("7,600", "19,000"):
        with whole(place) as part:
            part.write_text(text)
            assert not place.exists() or place.read_text() == "7,600"
    assert [path.name for path in place.parent.iterdir()] == ["numbers.txt"]
    assert place.read_text() == "19,000"


def test_what_was_there_stays_if_writing_fails(tmp_path):
    place = tmp_path / "numbers.txt"
    place.write_text("7,600")
    with pytest.raises(KeyboardInterrupt), whole(place) as part:
        part.write_text("19,")
        raise KeyboardInterrupt
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("numbers.txt", "7,600")]


def test_a_folder_appears_complete_also_after_a_run_that_was_killed(tmp_path):
    left = tmp_path / ".unit.part"
    left.mkdir()
    (left / "old.csv").write_text("")
    with whole(tmp_path / "unit") as part:
        part.mkdir()
        (part / "new.csv").write_text("")
    assert [path.relative_to(tmp_path).as_posix() for path in sorted(tmp_path.rglob("*"))] == ["unit", "unit/new.csv"]


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CourseError, match=r"numbers\.csv cannot be written \(.*\): choose another place"):
        write_whole(tmp_path / "file" / "numbers.csv", "19,000")


@pytest.mark.parametrize("text", ["", "[1]", '{"a": ', "[" * 100_000])
def test_a_damaged_file_of_names_holds_nothing(tmp_path, text):
    file = tmp_path / "numbers.json"
    file.write_text(text)
    assert read_object(file) == {}
