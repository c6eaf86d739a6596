"""The time of a submission is when it came, not what a student writes into its name."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from secondcar.classroom.collecting import RESTORED, CollectFromOwners

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root can hand in as somebody else")

NOBODY = 65534
HOUR = timedelta(hours=1)


@pytest.fixture
def exchange(tmp_path) -> Path:
    (tmp_path / "exchange" / "algebra" / "inbound").mkdir(parents=True)
    return tmp_path / "exchange"


def hand_in(exchange: Path, age: timedelta, owner: int = NOBODY) -> datetime:
    """Make what a student's own program may make; return the time that stands in its name."""
    named = (datetime.now(UTC) - age).replace(tzinfo=None, microsecond=0)
    folder = exchange / "algebra" / "inbound" / f"nobody+ps1+{named} UTC"
    folder.mkdir()
    (folder / "ps1.ipynb").write_text("{}")
    (folder / "timestamp.txt").write_text(f"{named} UTC")
    for path in (folder, *folder.iterdir()):
        os.chown(path, owner, owner)
    return named


def collected(exchange: Path) -> datetime:
    root = exchange.parent / "course"
    root.mkdir()
    config = Config()
    config.CourseDirectory.update({"root": str(root), "course_id": "algebra", "assignment_id": "ps1"})
    config.Exchange.root = str(exchange)
    course = CourseDirectory(config=config)
    CollectFromOwners(coursedir=course, config=config).start()
    return course.get_existing_timestamp(str(root / "submitted" / "nobody" / "ps1"))


def test_an_invented_time_does_not_count(exchange):
    hand_in(exchange, age=24 * HOUR)
    assert abs(collected(exchange) - datetime.now(UTC).replace(tzinfo=None)) < HOUR


def test_the_time_of_an_honest_one_stays_to_the_second(exchange):
    named = hand_in(exchange, age=timedelta())
    assert collected(exchange) == named


def test_what_a_teacher_put_there_keeps_its_time(exchange):
    named = hand_in(exchange, age=24 * HOUR, owner=0)
    assert collected(exchange) == named


def test_a_restore_makes_nobody_late(exchange):
    named = hand_in(exchange, age=24 * HOUR)
    (exchange.parent / RESTORED).touch()
    assert collected(exchange) == named


def test_a_students_own_sign_of_a_restore_counts_for_nothing(exchange):
    named = hand_in(exchange, age=24 * HOUR)
    (exchange.parent / RESTORED).touch()
    os.chown(exchange.parent / RESTORED, NOBODY, NOBODY)
    assert collected(exchange) - named > HOUR
