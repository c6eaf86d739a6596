"""The pages of the site: released units with what teaching cells show, and nothing of the teacher's."""

import base64
import hashlib
import json
import re

import pytest

from secondcar.site import lite, pages
from secondcar.units import unit_names
from tests.support.paths import ROOT
from tests.support.some import some

UNITS = unit_names(ROOT / "release")
NEEDS = {"secondcar": ["coloraide"], "seaborn": ["pandas"]}
LOCKED = {
    name: {
        "depends": NEEDS.get(name, []),
        "file_name": f"{name}.whl",
        "sha256": hashlib.sha256(name.encode()).hexdigest(),
    }
    for name in {"coloraide", *lite.PACKAGES, *pages.PACKAGES}
}


@pytest.fixture(scope="module")
def laid(tmp_path_factory):
    """The folder that Sphinx reads, with a stand-in for what Python comes from."""
    folder = tmp_path_factory.mktemp("site")
    python = folder / "python"
    python.mkdir()
    (python / "pyodide-lock.json").write_text(json.dumps({"packages": LOCKED}), encoding="utf-8")
    pages.lay_out(ROOT, folder / "pages", "python/", python)
    return folder / "pages"


def read(path):
    return json.loads(path.read_text("utf-8"))


def code_cells(notebook):
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


@pytest.mark.parametrize("unit", UNITS)
def test_a_page_has_the_released_cells_and_no_output_of_an_answer(unit):
    page, released = (
        pages.page_of(ROOT, unit),
        json.loads((ROOT / "release" / unit / f"{unit}.ipynb").read_text("utf-8")),
    )
    assert [cell["id"] for cell in page["cells"]] == [cell["id"] for cell in released["cells"]]
    for cell, own in some(zip(code_cells(page), code_cells(released), strict=True)):
        assert "".join(cell["source"]) == "".join(own["source"])
        if "nbgrader" in own["metadata"]:
            assert cell["outputs"] == []


def test_teaching_cells_show_what_they_show_and_guesses_come_first():
    shown = [cell for unit in UNITS for cell in code_cells(pages.page_of(ROOT, unit)) if cell["outputs"]]
    assert len(shown) > 3 * len(UNITS)
    assert not [cell for cell in shown if re.search(r"beside\(|progress\(|practice\(", "".join(cell["source"]))]


@pytest.mark.parametrize("unit", UNITS)
def test_a_live_page_is_told_its_cells_and_the_files_of_its_own_unit_alone(laid, unit):
    told = read(laid / "_static" / "live" / f"{unit}.json")
    page = read(laid / "units" / unit / f"{unit}.ipynb")
    assert told["cells"] == [cell["id"] for cell in code_cells(page)]
    assert told["unit"] == unit and "answers.json" in told["files"]
    assert told["notebook"] == read(ROOT / "release" / unit / f"{unit}.ipynb")
    assert told["imports"][0] == "secondcar"


def test_a_unit_asks_only_for_the_packages_that_it_imports(laid):
    first, third = (read(laid / "_static" / "live" / f"{unit}.json") for unit in UNITS[:3:2])
    assert first["imports"] == ["secondcar"]
    assert {"pandas", "seaborn"} <= set(third["imports"])
    assert first["wheels"].keys() < third["wheels"].keys() and "pandas" not in first["wheels"]


def test_each_wheel_is_asked_for_by_its_address_and_hash(laid):
    told = read(laid / "_static" / "live" / f"{UNITS[2]}.json")
    for name, wheel in some(told["wheels"].items()):
        entry = LOCKED[name]
        assert wheel["url"] == f"python/{entry['file_name']}"
        assert base64.b64decode(wheel["integrity"].removeprefix("sha256-")).hex() == entry["sha256"]


def test_the_front_page_has_the_first_exercise_and_every_unit(laid):
    page, told = read(laid / "index.ipynb"), read(laid / "_static" / "live" / "front.json")
    answer, check = code_cells(page)
    assert "= ..." in answer["source"] and check["source"].startswith("check(")
    assert told["cells"] == [answer["id"], check["id"]] and told["waits"] and "import" in told["setup"]
    text = "".join(cell["source"] for cell in page["cells"] if cell["cell_type"] == "markdown")
    assert all(f"units/{unit}/{unit}" in text for unit in UNITS) and "EXERCISE" not in text


def test_what_only_looks_like_a_link_stays_and_every_link_after_a_fence_is_followed():
    text = "```toml\na = 1\n```\n`[a](b.md)` and [c](../src/c.py) and ``[`d`](e.md)``, [f](f.md)"
    folder = ROOT / "docs"
    found = pages._LINK.sub(lambda link: pages._link(folder / "x.md", ROOT, {folder / "f.md": ""}, link), text)
    assert found.count("blob/main/") == 1 and "blob/main/src/c.py" in found
    assert "`[a](b.md)`" in found and "[f](f.md)" in found


def test_every_page_stands_in_the_contents(laid):
    contents = "".join(cell["source"] for cell in read(laid / "index.ipynb")["cells"])
    found = {
        path.relative_to(laid).with_suffix("").as_posix()
        for kind in ("md", "ipynb")
        for path in laid.rglob(f"*.{kind}")
    }
    assert found - set(contents.split()) == {"index"}


def test_a_changed_unit_is_another_release(laid):
    releases = {
        json.loads((laid / "_static" / "live" / f"{unit}.json").read_text("utf-8"))["release"] for unit in UNITS
    }
    assert len(releases) == len(UNITS)


def test_the_teachers_guide_leaves_out_every_answer(laid):
    guide = (laid / "source" / "teaching.md").read_text("utf-8")
    whole = (ROOT / "source" / "teaching.md").read_text("utf-8")
    kept = re.findall(r"^## (.*)$", guide, re.MULTILINE)
    assert kept == [title for title in re.findall(r"^## (.*)$", whole, re.MULTILINE) if title in pages.OPEN_SECTIONS]
    assert len(kept) == len(pages.OPEN_SECTIONS) and "Unit 02" not in guide


def test_what_is_no_page_of_the_site_is_a_link_to_the_repository(laid):
    found = {}
    for path in laid.rglob("*.md"):
        for target in filter(None, (link["target"] for link in pages._LINK.finditer(path.read_text("utf-8")))):
            if "://" not in target and not target.startswith("mailto:") and not (path.parent / target).exists():
                found[path.name] = target
    assert found == {}
