"""Starts a unit with a whole, passing example; and a course on another text, with one such unit."""

import re
from collections.abc import Mapping
from pathlib import Path

from secondcar.building.rules.files import UNIT_NAME
from secondcar.building.rules.glossary import anchors
from secondcar.building.rules.guide import row_of
from secondcar.building.sources import GLOSSARY, GUIDE, Course
from secondcar.data import load_dataset
from secondcar.data.places import tables_of
from secondcar.errors import CourseError

TEMPLATES = Path(__file__).with_name("templates")
CONFIGURATION = "nbgrader_config.py"
FIRST_UNIT = "01-example"
# What a course on another text needs of this package: to learn, to build and to test it.
EXTRAS = "build"
# Files that tools would take for this repository's own, if they had their names here.
_NAMES = {"gitignore": ".gitignore", "test_course.txt": "tests/test_course.py"}
_CONTENTS = re.compile(r"^- \[Plans\].*$", re.MULTILINE)
_PLAN_HEAD = re.compile(r"^\| unit \| minutes \|.*\n\|[-| :]+\|$", re.MULTILINE)


def new_unit(root: Path, name: str, claim: str | None = None) -> list[str]:
    """Start a unit with an example that is built and passes all tests as it is.

    It has a number, a choice and a chart exercise, a chapter and a row in the teacher's guide, and the term that it
    links to in the glossary, unless the glossary has it.

    Args:
        root: the folder of the course.
        name: the unit's name: its number of two digits, a dash, and words.
        claim: the claim that the example is about; the first whose figure is above ten if None.

    Returns:
        The files written, from `root`.

    Raises:
        CourseError: the course is missing, the name cannot be a unit's, or the claim does not exist.

    >>> new_unit(Path("."), "11-trams")  # doctest: +SKIP
    ['course/11-trams/11-trams.py', 'course/11-trams/answers.toml', 'course/teaching.md']
    """
    course = Course(root)
    _refuse_name(course, name)
    with tables_of(course.folder):
        claimed = _claim(claim)
    slug = name[3:]
    words = {
        "unit": name,
        "number": name[:2],
        "slug": slug,
        "variable": slug.replace("-", "_"),
        "title": slug.replace("-", " ").capitalize(),
        **claimed,
    }
    files = {
        f"{name}/{name}.py": _filled("unit/notebook.txt", words),
        f"{name}/answers.toml": _filled("unit/answers.txt", words),
        GUIDE: _with_chapter(course, words),
        **_term(course),
    }
    for file, text in files.items():
        _write(course.folder / file, text)
    return [f"course/{file}" for file in sorted(files)]


def new_course(folder: Path) -> None:
    """Start a course on another text, with its own claims, facts, sources, misconceptions, glossary, guide and tests.

    Everything in it is an example on an invented text, with one unit. Build it with `secondcar.building.build`.

    Args:
        folder: where it goes: a new or an empty folder.

    Raises:
        CourseError: something is there already.

    >>> new_course(Path("trams"))  # doctest: +SKIP
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CourseError(f"{folder} is there already and stays as it is: name a folder that does not exist.")
    name = re.sub(r"[^a-z0-9]+", "-", folder.resolve().name.lower()).strip("-") or "course"
    words = {"id": name, "title": name.replace("-", " ").capitalize(), "extras": EXTRAS}
    for path in sorted((TEMPLATES / "course").rglob("*")):
        place = path.relative_to(TEMPLATES / "course")
        if path.is_file() and place.name != CONFIGURATION:
            _write(folder / _NAMES.get(place.name, place), _filled(f"course/{place.as_posix()}", words))
    _write(folder / CONFIGURATION, _configuration().replace('"second-car"', f'"{name}"'))
    new_unit(folder, FIRST_UNIT)


def _configuration() -> str:
    """Return the nbgrader_config.py of this course: inside an installed package, else that of the checkout."""
    for folder in (TEMPLATES / "course", Path(__file__).resolve().parents[3]):
        if (folder / CONFIGURATION).is_file():
            return (folder / CONFIGURATION).read_text(encoding="utf-8")
    raise CourseError(f"This copy of the course holds no {CONFIGURATION}: install it again.")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _filled(template: str, words: Mapping[str, str]) -> str:
    """Return a template with every ``@word@`` replaced."""
    text = (TEMPLATES / template).read_text(encoding="utf-8")
    return re.sub(r"@([a-z_]+)@", lambda found: words[found[1]], text)


def _refuse_name(course: Course, name: str) -> None:
    if not course.folder.is_dir():
        raise CourseError(f"There is no course/ in {course.root}: run this in the course's folder.")
    taken = {path.name[:2]: path.name for path in sorted(course.folder.iterdir()) if path.is_dir()}
    if not UNIT_NAME.fullmatch(name):
        free = next(number for number in range(1, 100) if f"{number:02d}" not in taken)
        slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "name"
        slug = re.sub(r"^\d\d-", "", slug)
        raise CourseError(
            f'"{name}" cannot be the name of a unit: write two digits, a dash, and words in small letters with dashes '
            f'between, as in "{free:02d}-{slug}".'
        )
    if name[:2] in taken:
        raise CourseError(f"The number {name[:2]} is taken by course/{taken[name[:2]]}: choose another one.")


def _claim(name: str | None) -> dict[str, str]:
    """Return what the example says of a claim."""
    claims = load_dataset("claims")
    if name is None:
        claims = claims[claims["quantity"] > 0]
        claims = claims[claims["quantity"] > 10] if (claims["quantity"] > 10).any() else claims
    else:
        claims = claims[(claims["id"] == name) & (claims["quantity"] > 0)]
    if claims.empty:
        raise CourseError(
            f'There is no claim "{name}" with a figure above zero: claims.csv lists the ids.'
            if name
            else "There is no claim with a figure above zero: write one into claims.csv first."
        )
    row = claims.iloc[0]
    return {"claim": row["id"], "quote": " ".join(row["quote"].split()), "claim_unit": row["unit"]}


def _term(course: Course) -> dict[str, str]:
    """Return the glossary with the term that the example links to; nothing if it has the term."""
    text = (course.folder / GLOSSARY).read_text(encoding="utf-8")
    terms = (TEMPLATES / "unit" / "terms.txt").read_text(encoding="utf-8")
    return {} if set(anchors(terms)) <= set(anchors(text)) else {GLOSSARY: f"{text.rstrip()}\n\n{terms}"}


def _with_chapter(course: Course, words: Mapping[str, str]) -> str:
    """Return the guide with a unit's row in the plan, its chapter, and its line in the contents."""
    text = (course.folder / GUIDE).read_text(encoding="utf-8")
    number, heading = words["number"], f"Unit {words['number']}: {words['title']}"
    place = re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-")
    row = row_of(words["unit"], "nothing", "functions that draw")
    if not _PLAN_HEAD.search(text):
        raise CourseError(f'course/{GUIDE} has no table of plans: write one that begins with "| unit | minutes |".')
    text = _insert(text, r"^\| unit (\d\d) \| \{\{ minutes.*$", number, f"{row}\n", after=_PLAN_HEAD)
    text = _insert(text, r"^- \[Unit (\d\d):.*$", number, f"- [{heading}](#{place})\n", after=_CONTENTS)
    chapter = _filled("unit/chapter.txt", words).rstrip()
    return _insert_chapter(text, number, f"{chapter}\n\n")


def _insert(text: str, pattern: str, number: str, line: str, after: re.Pattern[str] | None) -> str:
    """Insert a line before the first of its kind with a larger number; else after the last, or after something else."""
    found = list(re.finditer(pattern, text, re.MULTILINE))
    later = [each for each in found if each[1] > number]
    if later:
        return text[: later[0].start()] + line + text[later[0].start() :]
    last = found[-1] if found else after.search(text) if after else None
    return text[: last.end() + 1] + line + text[last.end() + 1 :] if last else text


def _insert_chapter(text: str, number: str, chapter: str) -> str:
    """Insert a chapter before the first with a larger number; else after the last, or before the guide's end."""
    headings = list(re.finditer(r"^## (?:Unit (\d\d):)?.*$", text, re.MULTILINE))
    later = [heading for heading in headings if heading[1] and heading[1] > number]
    units = [position for position, heading in enumerate(headings) if heading[1]]
    following = later or (headings[units[-1] + 1 :] if units else headings[-1:])
    if not following:
        return f"{text.rstrip()}\n\n{chapter.rstrip()}\n"
    return text[: following[0].start()] + chapter + text[following[0].start() :]
