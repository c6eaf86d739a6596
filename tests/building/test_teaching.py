"""The teacher's guide names what is there, and no learner gets it."""

import re
import shutil

import pytest

from secondcar.building import BuildError
from secondcar.building.teaching import GUIDE, exercises_by_misconception, teachers_guide
from secondcar.misconceptions import misconceptions_of, read_misconceptions
from tests.support.course_files import UNITS, built, written
from tests.support.paths import ROOT, SMALL_COURSE

KNOWN = 70
SMALL_UNIT = "10-bakery"
PAGE = ROOT / "source" / GUIDE


def test_the_list_of_misconceptions_is_whole():
    assert list(read_misconceptions(ROOT)) == [f"M{number:02}" for number in range(1, KNOWN + 1)]


def test_every_misconception_is_met_in_an_exercise():
    met = exercises_by_misconception(ROOT, UNITS)
    assert [name for name, exercises in met.items() if not exercises] == []


def chapters() -> dict[str, str]:
    """Return the guide's chapters: heading -> text."""
    text = PAGE.read_text("utf-8")
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    return dict(zip(headings, re.split(r"^## .+$", text, flags=re.MULTILINE)[1:], strict=True))


@pytest.mark.parametrize("unit", UNITS)
def test_a_units_chapter_names_its_exercises_and_their_misconceptions(unit):
    (chapter,) = [text for heading, text in chapters().items() if heading.startswith(f"Unit {unit[:2]}:")]
    named = {name for row in re.findall(r"^\| (.*?) \|", chapter, re.MULTILINE) for name in re.findall("`(.+?)`", row)}
    assert named and named <= set(written(unit))
    listed = {m.get("misconception") for exercise in written(unit).values() for m in exercise["mistakes"]}
    assert set(re.findall(r"\bM\d\d\b", chapter)) <= listed


def test_the_marks_are_those_of_the_units():
    rows = re.findall(r"^\| unit (\d\d) \| \d+ minutes \| (\d+) \| (\d+) \|", PAGE.read_text("utf-8"), re.MULTILINE)
    counted = [(unit[:2], len(built(unit)), sum(e.points for e in built(unit).values())) for unit in UNITS]
    assert [(unit, int(exercises), float(marks)) for unit, exercises, marks in rows] == counted


def anchor(heading: str) -> str:
    """Return the anchor that GitHub gives a heading.

    >>> anchor("Unit 02: By, to and of")
    'unit-02-by-to-and-of'
    """
    return re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-")


def test_every_link_arrives():
    text = PAGE.read_text("utf-8")
    anchors = {anchor(heading) for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}
    lost = []
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        file, _, place = link.partition("#")
        if not (PAGE.parent / file).exists() or (not file and place not in anchors):
            lost.append(link)
    assert lost == []


def test_no_learner_gets_the_guide():
    learners = [path.read_text("utf-8") for path in (ROOT / "release").rglob("*") if path.suffix in (".ipynb", ".md")]
    for heading in ("The teacher's guide", "A second transfer test"):
        assert heading in PAGE.read_text("utf-8")
        assert not any(heading in text for text in learners)


def test_a_mistake_is_told_with_its_misconception_in_plain_text():
    known = misconceptions_of(ROOT, UNITS[2])
    assert known["units-2017-by", "by-read-as-to"] == "M01: by read as to: off by the whole"


@pytest.fixture
def course(tmp_path):
    """The root of a small course of one unit."""
    shutil.copytree(SMALL_COURSE, tmp_path, dirs_exist_ok=True)
    return tmp_path


def test_the_guide_is_filled_in(course):
    guide = teachers_guide(course, [SMALL_UNIT])
    assert "The bakery has 3 exercises, worth 7 marks." in guide
    assert "| M01 | A rise by 150 % | *by* read as *to* | 10 `loaves-before` (number) |" in guide
    assert "| M02 | A rise by 150 % | the ratio called the rise | no exercise yet |" in guide


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('exercises("10-bakery")', "exercise", r"course/teaching\.md: a reference in {{ }} cannot be filled"),
        ('marks("10-bakery")', 'marks("11-cafe")', r"course/11-cafe/answers\.toml is missing"),
    ],
)
def test_a_wrong_reference_is_refused(course, old, new, sentence):
    guide = course / "course" / GUIDE
    guide.write_text(guide.read_text("utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(BuildError, match=sentence):
        teachers_guide(course, [SMALL_UNIT])


def test_an_unknown_misconception_is_refused(course):
    path = course / "course" / SMALL_UNIT / "answers.toml"
    path.write_text(path.read_text("utf-8").replace('"M01"', '"M71"', 1), encoding="utf-8")
    with pytest.raises(BuildError, match=r"exercise loaves-before: M71 is not in course/misconceptions.toml\. Correct"):
        teachers_guide(course, [SMALL_UNIT])


def test_a_missing_guide_is_refused(course):
    (course / "course" / GUIDE).unlink()
    with pytest.raises(BuildError, match=r"course/teaching\.md is missing"):
        teachers_guide(course, [SMALL_UNIT])
