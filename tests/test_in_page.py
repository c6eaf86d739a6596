"""Cells run without Jupyter: what they show is what a notebook would keep."""

import base64
import builtins
import json

import pytest

from secondcar.in_page import Page, Workspace
from tests.support.paths import ROOT


@pytest.fixture
def page():
    return Page()


def kinds(outputs):
    return [output["output_type"] for output in outputs]


def test_names_are_kept_between_cells_and_the_last_line_shows_its_value(page):
    assert page.run("loaves = 80") == []
    [output] = page.run("loaves * 6")
    assert output["data"] == {"text/plain": "480"} and output["execution_count"] == 2


@pytest.mark.parametrize("source", ["None", "loaves = 1", "7;", "", "# nothing", "if True:\n    7"])
def test_what_has_no_value_shows_none(page, source):
    assert page.run(source) == []


def test_what_is_printed_comes_in_its_order(page):
    outputs = page.run("import sys\nprint('a')\nprint('b')\nprint('c', file=sys.stderr)\nprint('d')\n7")
    assert [output.get("text") for output in outputs] == ["a\nb\n", "c\n", "d\n", None]


def test_a_table_is_shown_as_one(page):
    [output] = page.run("import pandas as pd\npd.DataFrame({'cars': [7600, 19000]})")
    assert "<table" in output["data"]["text/html"] and "19000" in output["data"]["text/plain"]


def test_an_error_names_its_line_and_no_code_of_ours(page):
    [output] = page.run("a = 1\nb = a / 0")
    assert (output["ename"], output["evalue"]) == ("ZeroDivisionError", "division by zero")
    told = "\n".join(output["traceback"])
    assert "b = a / 0" in told and "in_page" not in told


def test_what_stood_before_an_error_is_kept(page):
    assert kinds(page.run("print('before')\nraise ValueError('x')")) == ["stream", "error"]
    assert kinds(page.run("if")) == ["error"]


@pytest.mark.parametrize(
    "source", ["raise SystemExit", "exit()", "raise KeyboardInterrupt", "def f(): return f()\nf()"]
)
def test_nothing_ends_the_page(page, source):
    assert kinds(page.run(source)) == ["error"]
    assert page.run("1 + 1")[0]["data"]["text/plain"] == "2"


def test_the_page_leaves_no_display_behind(page):
    assert kinds(page.run("display(1)\ndisplay({'text/plain': 'two'}, raw=True)")) == ["display_data"] * 2
    assert not hasattr(builtins, "display")


def test_a_chart_that_was_not_shown_is_shown_once(page):
    outputs = page.run("import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nax.bar(['a'], [1]);")
    assert kinds(outputs) == ["display_data"] and "no description yet" in outputs[0]["data"]["text/html"]
    assert page.run("1;") == []


def test_a_shown_chart_has_its_alt_text(page):
    code = "import matplotlib.pyplot as plt\nfrom secondcar import show\nfig, ax = plt.subplots()\nax.bar(['a'], [1])\n"
    outputs = page.run(code + "show(ax, alt='One bar, at 1.')")
    assert kinds(outputs) == ["display_data"] and 'alt="One bar, at 1."' in outputs[0]["data"]["text/html"]


def test_a_check_says_why_the_cell_above_stopped(page, monkeypatch):
    monkeypatch.chdir(ROOT / "release" / "00-start")
    page.run("from secondcar import check")
    page.run("hours_in_a_week = 24 x 7")
    outputs = page.run('check("hours-in-a-week", hours_in_a_week)')
    assert kinds(outputs) == ["error", "display_data"]
    assert "star" in outputs[1]["data"]["text/plain"]


def test_a_workspace_has_its_units_files_and_keeps_what_lies_above_them(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    told = {
        "unit": "00-start",
        "files": {"data/loaves.csv": base64.b64encode(b"80").decode()},
        "kept": {".progress.json": "{}"},
        "setup": "days = 6",
    }
    workspace = Workspace(json.dumps(told), str(tmp_path / "work"))
    done = json.loads(workspace.run("print(days, open('data/loaves.csv').read())"))
    assert done["outputs"][0]["text"] == "6 80\n" and done["kept"] == {".progress.json": "{}"}
    done = json.loads(workspace.run("open('../.practice.json', 'w').write('1')"))
    assert done["kept"] == {".progress.json": "{}", ".practice.json": "1"}
