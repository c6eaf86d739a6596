"""Every link into the glossary arrives at a heading, in JupyterLab and on GitHub."""

from tests.support.paths import ROOT
import re

import pytest
from tests.support.course_files import UNITS, notebook

from secondcar.building.other_files import GLOSSARY

LINK = re.compile(rf"\]\({re.escape(GLOSSARY)}(?:#([^)\s]*))?\)")


def headings() -> list[str]:
    return re.findall(r"^## (.+)$", (ROOT / "course" / GLOSSARY).read_text(encoding="utf-8"), re.MULTILINE)


def anchor(heading: str) -> str:
    """Return the anchor that JupyterLab gives a heading.

    >>> anchor("percentage point")
    'percentage-point'
    """
    return heading.replace(" ", "-")


def links(text: str) -> list[str]:
    return LINK.findall(text)


def test_an_anchor_is_the_same_on_github():
    anchors = [anchor(heading) for heading in headings()]
    assert len(anchors) == len(set(anchors)) > 20
    # GitHub makes letters small and drops all but letters, digits, blanks and dashes.
    assert [found for found in anchors if not re.fullmatch(r"[a-z-]+", found)] == []


def test_every_link_has_its_heading():
    anchors = {anchor(heading) for heading in headings()}
    linked = [(unit, link) for unit in UNITS for cell in notebook("release", unit).cells for link in links(cell.source)]
    assert len(linked) > 10
    assert [(unit, link) for unit, link in linked if link not in anchors] == []


def test_a_link_is_found_with_its_anchor():
    assert links("a [hedge](glossary.md#hedge), [base](glossary.md), [that](other.md#by)") == ["hedge", ""]
