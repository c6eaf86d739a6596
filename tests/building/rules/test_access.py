"""Everybody can read the notebooks and the pages, and what keeps somebody from it is found."""

import pytest
from nbformat.v4 import new_output

from secondcar.building.rules import access
from secondcar.building.rules.access import output_barriers, prose_barriers
from secondcar.building.sources import GLOSSARY, GUIDE, Course
from tests.support.course_files import UNITS, notebook
from tests.support.paths import ROOT


@pytest.mark.parametrize("folder", ["source", "release"])
@pytest.mark.parametrize("unit", UNITS)
def test_a_notebook_has_no_barrier(unit, folder):
    cells = notebook(folder, unit).cells
    texts = [(1, cell.source) for cell in cells if cell.cell_type == "markdown"]
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    assert len(texts) > 5
    assert list(prose_barriers(texts)) == []
    assert [barrier for output in outputs for barrier in output_barriers(output)] == []


def test_the_pages_have_no_barrier():
    assert [name for name, _ in Course(ROOT).pages()] == [GLOSSARY, GUIDE]
    assert list(map(str, access.in_pages(Course(ROOT)))) == []
    assert list(prose_barriers([(1, (ROOT / "source" / GUIDE).read_text(encoding="utf-8"))])) == []


TITLE = "# Title"


@pytest.mark.parametrize(
    ("texts", "line", "barrier"),
    [
        (["## Part"], 1, "not of level 1"),
        (["No heading"], 1, "not of level 1"),
        ([TITLE, "# Another title"], 11, "a second heading of level 1"),
        ([TITLE, "Words.\n\n### Part of a part"], 13, "level 3 right after one of level 1"),
        ([TITLE, "##\n\ntext"], 11, "a heading is empty"),
        ([TITLE, "![](chart.png)"], 11, "no alt text"),
        ([TITLE, '<img src="chart.png">'], 11, "no alt text"),
        ([TITLE, "Look [here](https://example.org)."], 11, "does not say where it goes"),
        ([TITLE, "<table><tr><td>1</td></tr></table>"], 11, "no header cells"),
    ],
)
def test_a_barrier_is_found_on_its_line(texts, line, barrier):
    ((found, (what, fix)),) = prose_barriers([(1 + 10 * place, text) for place, text in enumerate(texts)])
    assert (found, barrier in what) == (line, True)
    assert fix


def html(text):
    return new_output("display_data", {"text/html": text})


@pytest.mark.parametrize(
    ("output", "barrier"),
    [
        (html("<table><tr><td>1</td></tr></table>"), "no header cells"),
        (html('<img src="data:image/png;base64,AA">'), "no alt text"),
        (new_output("display_data", {"image/png": "iVBO"}), "no alt text"),
        (new_output("display_data", {"image/png": "iVBO"}, metadata={"image/png": {"alt": " "}}), "no alt text"),
    ],
)
def test_a_barrier_in_an_output_is_found(output, barrier):
    ((what, _),) = output_barriers(output)
    assert barrier in what


def test_a_good_notebook_has_no_barrier():
    texts = [
        TITLE,
        "## Part\n\n### Part of a part\n\n![Bars: 100 and 250](a.png) [the source](b.html)",
        "## Another part\n\n```\n# no heading\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |",
    ]
    assert list(prose_barriers([(1, text) for text in texts])) == []
    assert list(output_barriers(html("<table><tr><th>a</th></tr><tr><td>1</td></tr></table>"))) == []
