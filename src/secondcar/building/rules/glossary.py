"""Every link into the glossary arrives at a heading, in JupyterLab and on GitHub."""

import difflib
import re
from collections.abc import Iterator

from secondcar.building.errors import Fault, Faults
from secondcar.building.sources import GLOSSARY, Course, Unit

_LINK = re.compile(rf"\]\({re.escape(GLOSSARY)}(?:#([^)\s]*))?\)")
_HEADING = re.compile(r"^## +(.+?)\s*$", re.MULTILINE)


def anchor(heading: str) -> str:
    """Return the anchor that JupyterLab gives a heading.

    >>> anchor("percentage point")
    'percentage-point'
    """
    return heading.replace(" ", "-")


def anchors(text: str) -> list[str]:
    """Return the anchors of the terms of a glossary."""
    return [anchor(heading) for heading in _HEADING.findall(text)]


def links(text: str) -> Iterator[tuple[int, str]]:
    """Yield (line from 0, anchor) for each link into the glossary."""
    return ((text.count("\n", 0, found.start()), found[1] or "") for found in _LINK.finditer(text))


def in_unit(unit: Unit) -> Faults:
    """Yield the links of a unit that lead to no term."""
    path = unit.course / GLOSSARY
    known = anchors(path.read_text(encoding="utf-8")) if path.is_file() else []
    for cell in unit.cells:
        for line, linked in links(cell.source) if cell.kind == "markdown" else ():
            if linked not in known:
                close = difflib.get_close_matches(linked, known, n=1)
                fix = f"Write the term there, or link to {GLOSSARY}#{close[0] if close else 'term'}"
                what = f"the link {GLOSSARY}#{linked} leads to no term of course/{GLOSSARY}"
                yield Fault(unit.script, cell.line_of(line), what, fix)


def in_course(course: Course) -> Faults:
    """Yield the headings of the glossary that have another anchor on GitHub, or are there twice."""
    text, seen = (course.folder / GLOSSARY).read_text(encoding="utf-8"), set()
    for found in _HEADING.finditer(text):
        heading, line = found[1], text.count("\n", 0, found.start()) + 1
        # GitHub makes letters small and drops all but letters, digits, blanks and dashes.
        if not re.fullmatch(r"[a-z0-9-]+", anchor(heading)):
            what = f'the heading "{heading}" has another anchor on GitHub than in JupyterLab'
            yield Fault(f"course/{GLOSSARY}", line, what, "Write it in small letters, digits, blanks and dashes alone")
        if anchor(heading) in seen:
            yield Fault(f"course/{GLOSSARY}", line, f'the heading "{heading}" is there twice', "Make them one")
        seen.add(anchor(heading))
