"""The teacher's guide names what is there, and no learner gets it."""

import re

import pytest

from secondcar.building import BuildError, build
from secondcar.building.length import length_of
from secondcar.building.misconceptions import exercises_by_misconception
from secondcar.building.rules import guide
from secondcar.building.sources import GUIDE, OPTIONS, Course, Unit
from secondcar.building.teaching import teachers_guide
from secondcar.data.places import tables_of
from secondcar.misconceptions import misconceptions_of, read_misconceptions
from tests.support.course_files import UNITS, built
from tests.support.paths import ROOT
from tests.support.small_course import ANSWERS, CHOICE, NUMBER, UNIT, small_course
from tests.support.some import some

KNOWN = 70
PAGE = ROOT / "source" / GUIDE


def test_the_list_of_misconceptions_is_whole():
    assert list(read_misconceptions(ROOT)) == [f"M{number:02}" for number in range(1, KNOWN + 1)]


def test_every_misconception_is_met_in_an_exercise():
    met = exercises_by_misconception(Course(ROOT))
    assert len(met) == KNOWN
    assert [name for name, exercises in met.items() if not exercises] == []


@pytest.mark.parametrize("unit", UNITS)
def test_a_unit_has_its_row_and_its_chapter_which_names_its_exercises(unit):
    assert list(map(str, guide.in_unit(Unit(ROOT / "course", unit)))) == []


def test_every_link_arrives():
    assert len(re.findall(r"\]\(", PAGE.read_text("utf-8"))) > 20
    assert list(map(str, guide.in_course(Course(ROOT)))) == []


def test_the_marks_are_those_of_the_units():
    rows = re.findall(r"^\| unit (\d\d) \| \d+ \| (\d+) \| (\d+) \| (?!\d)", PAGE.read_text("utf-8"), re.MULTILINE)
    counted = [(unit[:2], len(built(unit)), sum(e.points for e in built(unit).values())) for unit in UNITS]
    assert [(unit, int(exercises), float(marks)) for unit, exercises, marks in rows] == counted


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
    """A small course of one unit, whose first mistake is a known misconception."""
    path = small_course(tmp_path) / "course" / UNIT / ANSWERS
    text = path.read_text("utf-8").replace(
        '"quarter-off-the-new"\n', '"quarter-off-the-new"\nmisconception = "M02"\n', 1
    )
    path.write_text(text, encoding="utf-8")
    return Course(tmp_path)


def test_the_guide_is_filled_in(course):
    with tables_of(course.folder):
        text, minutes = teachers_guide(course), length_of(course.units[0]).minutes
    assert f"| unit 01 | {minutes} | 3 | 7 | nothing | functions that draw |" in text
    assert "| M01 | A rise by a share | *by* read as *to* | no exercise yet |" in text
    assert f"| M02 | A rise by a share | the share taken off the new number | 01 `{NUMBER}` (number) |" in text


def refusals(course) -> list[str]:
    with pytest.raises(BuildError) as refused:
        build(course.root, run=False)
    return str(refused.value).splitlines()


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            f'exercises("{UNIT}")',
            "exercise",
            "cannot be filled: 'exercise' is undefined. Correct it.",
        ),
        ('claim("passengers-daily")', 'marks("11-cafe")', 'cannot be filled: there is no unit "11-cafe". Correct it.'),
        (f"| `{CHOICE}`", "| `which-word`", f"exercise which-word is not in course/{UNIT}/answers.toml. Correct the"),
        (
            "*to* for *by*",
            "*to* for *by* (M01)",
            f"no mistake of unit {UNIT} names the misconception M01. Take it out, or",
        ),
        ("## Unit 01: Example", "## The example", f"there is no chapter on unit {UNIT}. Write one, headed"),
        ("](#plans)", "](#plan)", "the link #plan leads nowhere. Correct it"),
        ("- [Plans]", "- [Plans](plans.md) [Plans]", "the link plans.md leads nowhere. Correct it"),
        (
            f'{{{{ marks("{UNIT}") }}}}',
            "some",
            f"no row that counts the minutes, exercises and marks of unit {UNIT}. Add",
        ),
        ("# The teacher's guide", "## The teacher's guide", "the first heading is not of level 1. Begin with a title"),
        ("nothing |", "9 things |", "the text types the figure 9. Write a reference"),
    ],
)
def test_what_is_wrong_in_the_guide_is_said_on_its_line(course, old, new, sentence):
    path = course.folder / GUIDE
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = [line for line in refusals(course) if sentence in line]
    assert len(found) == 1
    assert re.match(r"course/teaching\.md(:\d+)?: ", found[0])


def test_an_unknown_misconception_is_refused(course):
    path = course.folder / UNIT / ANSWERS
    path.write_text(path.read_text("utf-8").replace('"M02"', '"M71"', 1), encoding="utf-8")
    (told,) = refusals(course)
    assert f"exercise {NUMBER}: M71 is not in course/misconceptions.toml. Correct it, or add it there." in told


@pytest.mark.parametrize("page", [GUIDE, "glossary.md", "misconceptions.toml"])
def test_a_missing_page_is_refused(course, page):
    (course.folder / page).unlink()
    assert f"course/{page}: the file is missing. Write it, or put it back." in refusals(course)


def test_what_an_option_says_must_be_a_sentence(course):
    (course.folder / OPTIONS).write_text('made = "Then somebody counted it."\nplanned = 2\n', encoding="utf-8")
    assert 'course/options.toml: "planned" has no sentence. Write what it says, in quotes.' in refusals(course)


def test_tables_of_the_guide_are_counted():
    text = teachers_guide(Course(ROOT))
    for unit in some(Course(ROOT).units):
        found = length_of(unit)
        assert (
            f"| unit {unit.name[:2]} | {found.words:,} | {found.lines} | {found.exercises} | {found.minutes} |" in text
        )
    assert re.search(r"^\| unit 02 \| .*`barplot`.* `def`, `return` \|$", text, re.MULTILINE)
