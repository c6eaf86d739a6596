"""Every link into the glossary arrives at a term, in JupyterLab and on GitHub."""

import pytest

from secondcar.building.rules import glossary
from secondcar.building.sources import GLOSSARY, Course, Unit
from tests.support.course_files import UNITS
from tests.support.paths import ROOT


def test_the_terms_have_the_same_anchors_everywhere():
    assert len(glossary.anchors((ROOT / "course" / GLOSSARY).read_text(encoding="utf-8"))) > 20
    assert list(map(str, glossary.in_course(Course(ROOT)))) == []


@pytest.mark.parametrize("unit", UNITS)
def test_every_link_has_its_term(unit):
    assert list(map(str, glossary.in_unit(Unit(ROOT / "course", unit)))) == []


def test_the_units_link_into_the_glossary():
    cells = [cell for unit in Course(ROOT).units for cell in unit.cells]
    assert len([link for cell in cells for link in glossary.links(cell.source)]) > 20


def test_a_link_is_found_with_its_anchor():
    found = glossary.links("a [hedge](glossary.md#hedge),\n[base](glossary.md), [that](other.md#by)")
    assert list(found) == [(0, "hedge"), (1, "")]


@pytest.mark.parametrize(
    ("term", "fault"),
    [
        ("## By and To", 'the heading "By and To" has another anchor on GitHub than in JupyterLab'),
        ("## by, or to", 'the heading "by, or to" has another anchor on GitHub than in JupyterLab'),
        ("## by", 'the heading "by" is there twice'),
    ],
)
def test_a_term_that_cannot_be_linked_to_is_found(term, fault, tmp_path):
    (tmp_path / "course").mkdir()
    (tmp_path / "course" / GLOSSARY).write_text(f"# Glossary\n\n## by\n\n## to\n\n{term}\n")
    (found,) = glossary.in_course(Course(tmp_path))
    assert (found.line, found.what) == (7, fault)
