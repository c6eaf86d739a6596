"""Units live in their pages, in a real browser that reaches no other server."""

import json
import re
import tomllib

import nbformat
import pytest

from secondcar.units import unit_names
from tests.support.graded import graded_download
from tests.support.paths import ROOT
from tests.support.served_site import ANSWERED, CHROMIUM, Visit, built_site, served
from tests.support.some import some

pytestmark = pytest.mark.long
sync_api = pytest.importorskip("playwright.sync_api")

UNITS = unit_names(ROOT / "release")
FIRST, CHARTS = UNITS[0], UNITS[2]


@pytest.fixture(scope="module")
def browser():
    site = built_site()
    with served(site) as address, sync_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield running, address
        running.close()


@pytest.fixture
def visit(browser):
    visit = Visit(browser[0].new_context(), browser[1])
    yield visit
    visit.context.close()
    assert visit.errors == [] and visit.outside == []


def exercises(unit):
    """Exercise -> the text of its cell as it is handed out."""
    notebook = json.loads((ROOT / "release" / unit / f"{unit}.ipynb").read_text("utf-8"))
    settings = ((cell, cell["metadata"].get("nbgrader", {})) for cell in notebook["cells"])
    return {cell["id"]: "".join(cell["source"]) for cell, nb in settings if nb.get("solution") and not nb.get("grade")}


def test_the_first_exercise_is_done_on_the_front_page_and_kept_in_its_unit(visit):
    visit.open("index")
    visit.page.get_by_text("Python starts when you click").wait_for()
    assert "Right" in visit.answer("hours-in-a-week", "hours_in_a_week = 24 * 7")
    visit.page.wait_for_timeout(1000)
    visit.open_unit(FIRST)
    assert visit.editor("Code: hours-in-a-week").inner_text().strip() == "hours_in_a_week = 24 * 7"


def test_wrong_answers_hints_and_a_stopped_cell_are_told_in_the_page(visit):
    visit.open_unit(FIRST)
    visit.press("Run Code: setup-00")
    assert "How much" in visit.answer("hours-in-a-week", "hours_in_a_week = 7 + 24") or "Not yet" in visit.note(
        "Check of hours-in-a-week"
    )
    visit.press("Hint for hours-in-a-week")
    visit.cell("Check of hours-in-a-week").get_by_text("Hint 1 of").wait_for()


@pytest.mark.parametrize("unit", ANSWERED)
def test_a_unit_is_answered_wrongly_and_rightly(visit, unit):
    exercise, wrong, right = ANSWERED[unit]
    name = exercise.replace("-", "_")
    visit.open_unit(unit)
    visit.press(f"Run Code: setup-{unit[:2]}")
    assert "Not yet" in visit.answer(exercise, f"{name} = {wrong}")
    assert "Right" in visit.answer(exercise, f"{name} = {right}")


@pytest.mark.parametrize("unit", UNITS)
def test_every_unit_runs_from_top_to_bottom(visit, unit):
    notebook = json.loads((ROOT / "release" / unit / f"{unit}.ipynb").read_text("utf-8"))
    meant = sum("raises-exception" in cell["metadata"].get("tags", []) for cell in notebook["cells"])
    # The second time Python wakes from the memory that the first left.
    for _ in range(2):
        visit.open_unit(unit)
        visit.press("Run all")
        visit.page.get_by_text("All cells have run.").wait_for()
        assert visit.page.locator(".live-error").count() == meant
        assert visit.page.locator(".live-output img:not([alt])").count() == 0
        visit.python_is_kept()


def test_work_survives_a_reload_and_comes_back_on_another_machine(visit, browser, tmp_path):
    visit.open_unit(CHARTS)
    assert visit.still_has("ratio-of-by", "ratio_of_by = 2.5")
    name, notebook = visit.downloaded()
    assert name == f"{CHARTS}.ipynb"
    (tmp_path / name).write_text(json.dumps(notebook), encoding="utf-8")
    other = Visit(browser[0].new_context(), browser[1])
    other.open_unit(CHARTS)
    other.page.locator("input[type=file]").set_input_files(tmp_path / name)
    other.page.get_by_text("1 of your cells is here now").wait_for()
    assert other.editor("Code: ratio-of-by").inner_text().strip() == "ratio_of_by = 2.5"
    other.open_unit(FIRST)
    other.page.locator("input[type=file]").set_input_files(tmp_path / name)
    other.page.get_by_text(f"holds no cell of {FIRST}").wait_for()
    other.context.close()


def test_a_downloaded_notebook_differs_from_the_released_one_in_answers_and_outputs_alone(visit):
    visit.open_unit(CHARTS)
    visit.write("ratio-of-by", "ratio_of_by = 2.5")
    _, notebook = visit.downloaded()
    released = json.loads((ROOT / "release" / CHARTS / f"{CHARTS}.ipynb").read_text("utf-8"))
    for cell, own in some(zip(notebook["cells"], released["cells"], strict=True)):
        assert cell["metadata"] == own["metadata"] and cell["id"] == own["id"]
        if cell["id"] == "ratio-of-by":
            assert cell["source"] == "ratio_of_by = 2.5"
        else:
            assert "".join(cell["source"]) == "".join(own["source"])


def test_a_downloaded_notebook_is_graded_like_any_other(visit, tmp_path):
    visit.open_unit(CHARTS)
    visit.press("Run Code: setup-02")
    visit.answer("ratio-of-by", "ratio_of_by = 2.5")
    visit.answer("units-2017-by", "units_2017_by = 19000 / 1.5")
    _, notebook = visit.downloaded()
    downloads = tmp_path / "downloads" / "Ada Lovelace_99_assignsubmission_file_"
    downloads.mkdir(parents=True)
    # As a browser calls the second one of a name.
    (downloads / f"{CHARTS} (1).ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    marks = graded_download(tmp_path, CHARTS)
    assert marks["ratio-of-by-check"] == 1 and marks["units-2017-by-check"] == 0


def test_a_new_release_keeps_the_old_work_beside_the_new(visit):
    told = re.compile(rf"/_static/live/{CHARTS}\.json")
    visit.open_unit(CHARTS)
    visit.write("ratio-of-by", "ratio_of_by = 2.5")
    visit.page.wait_for_timeout(1000)
    answer = json.loads((built_site() / "_static" / "live" / f"{CHARTS}.json").read_text("utf-8"))
    answer["release"] = "another"
    visit.page.route(told, lambda route: route.fulfill(json=answer))
    visit.open_unit(CHARTS)
    visit.page.get_by_text("This unit has changed since you worked on it").wait_for()
    assert visit.editor("Code: ratio-of-by").inner_text().startswith("ratio_of_by = ...")
    visit.press("Put my answers in here")
    assert visit.editor("Code: ratio-of-by").inner_text().strip() == "ratio_of_by = 2.5"


# When this Python began, as a library says that comes with the charts; and a number by chance.
BEGAN = "import logging, random, numpy; print(logging._startTime, random.random(), numpy.random.random())"


def began(visit):
    visit.open_unit(CHARTS)
    visit.write("ratio-of-by", BEGAN)
    visit.page.keyboard.press("Shift+Enter")
    cell = visit.cell("Code: ratio-of-by")
    cell.locator("[aria-busy]").wait_for(state="detached")
    began, *chance = cell.locator(".live-stdout").inner_text().split()
    return began, chance


def test_a_second_visit_goes_on_from_the_first_ones_memory_and_a_broken_one_is_made_anew(visit):
    first, chance = began(visit)
    visit.python_is_kept()
    second, other = began(visit)
    assert second == first and not set(chance) & set(other)
    visit.break_what_is_kept()
    third, _ = began(visit)
    assert third != first
    visit.python_is_kept()
    assert began(visit)[0] == third


def test_a_full_store_is_said(visit):
    visit.page.add_init_script(
        "IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError') }"
    )
    visit.open_unit(CHARTS)
    visit.write("ratio-of-by", "ratio_of_by = 2.5")
    visit.page.get_by_text("could not be kept").wait_for()


def test_what_is_kept_for_speed_gives_way_to_work(visit):
    visit.page.add_init_script("""
      const { put, clear } = IDBObjectStore.prototype;
      let full = true;
      IDBObjectStore.prototype.clear = function () { full = false; return clear.call(this); };
      IDBObjectStore.prototype.put = function (...what) {
        if (full) throw new DOMException("full", "QuotaExceededError");
        return put.apply(this, what);
      };
    """)
    visit.open_unit(CHARTS)
    assert visit.still_has("ratio-of-by", "ratio_of_by = 2.5")


def test_an_endless_cell_is_stopped_and_python_starts_anew(visit):
    visit.open_unit(FIRST)
    visit.write("hours-in-a-week", "while True: pass")
    visit.page.keyboard.press("Shift+Enter")
    visit.page.get_by_text("Running.").wait_for()
    visit.press("Restart Python")
    visit.page.locator(".live-stderr", has_text="Python starts anew").wait_for()
    nbformat.validate(visit.downloaded()[1])
    visit.press("Run Code: setup-00")
    assert "Right" in visit.answer("hours-in-a-week", "hours_in_a_week = 168")


def test_a_unit_is_answered_by_keyboard_alone(visit):
    visit.open_unit(FIRST)
    visit.press("Run Code: setup-00")
    visit.editor("Code: hours-in-a-week").focus()
    visit.page.keyboard.press("Control+a")
    visit.page.keyboard.type("hours_in_a_week = 168")
    visit.page.keyboard.press("Shift+Enter")
    for _ in range(4):  # Tab leaves the cell: its Run, the check, the check's Run
        visit.page.keyboard.press("Tab")
        if visit.page.evaluate("document.activeElement.ariaLabel") == "Run Check of hours-in-a-week":
            break
    visit.page.keyboard.press("Enter")
    assert "Right" in visit.note("Check of hours-in-a-week")


def test_the_search_finds_a_unit_with_no_other_server(visit):
    visit.page.goto(f"{visit.address}/index.html")
    visit.page.keyboard.press("Control+k")
    visit.page.keyboard.type("bakery")
    visit.page.keyboard.press("Enter")
    visit.page.locator("#search-results li a").first.click()
    visit.page.wait_for_load_state()
    assert "/search.html" not in visit.page.url and "bakery" in visit.page.locator("article").inner_text().lower()


def test_practice_asks_and_checks(visit):
    visit.open("practice")
    visit.press("Run Code: practice-1")
    visit.page.get_by_role("note", name="Practice question").wait_for()


def test_the_ordinary_form_takes_pyodide_from_its_public_server_and_nothing_else_from_anywhere(browser):
    site, npm = built_site(self_contained=False), ROOT / "build" / "site" / "npm" / "node_modules" / "pyodide"
    version = json.loads((npm / "package.json").read_text("utf-8"))["version"]
    settings = tomllib.loads((ROOT / "site" / "site.toml").read_text("utf-8"))["pyodide"]["address"]
    # It is the server that Pyodide itself names.
    assert settings.partition("{")[0] in (npm / "pyodide.mjs").read_text("utf-8")
    public = settings.format(version=version)
    # No test reaches that server: what stands for it has the core from npm and wheels with the hashes of its lock.
    files = {path.name: path for folder in (npm, ROOT / "build" / "site" / "pyodide") for path in folder.iterdir()}
    asked = []

    def answer(route):
        asked.append(route.request.url.removeprefix(public))
        route.fulfill(path=files[asked[-1]], headers={"Access-Control-Allow-Origin": "*"})

    with served(site) as address:
        visit = Visit(browser[0].new_context(), address)
        visit.context.route(lambda url: url.startswith(public), answer)
        visit.open_unit(CHARTS)
        visit.press("Run Code: setup-02")
        assert "Right" in visit.answer("ratio-of-by", "ratio_of_by = 2.5")
        visit.context.close()
    assert visit.errors == [] and visit.outside == []
    assert "pyodide.mjs" in asked and any(name.startswith("pandas-") for name in asked)


# Widths and looks in which every page must be free of what axe finds.
LOOKS = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "phone": {"color_scheme": "light", "viewport": {"width": 390, "height": 844}},
}


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_on_any_page(browser, look, count):
    visit, found = Visit(browser[0].new_context(**LOOKS[look]), browser[1]), {}
    axe = (ROOT / "build" / "site" / "npm" / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
    # The pages as they are before Python is there; the other tests see it at work.
    visit.context.route("**/python/**", lambda route: route.abort())
    # JupyterLab's own pages are its makers'.
    for path in sorted(set(built_site().rglob("*.html")) - set((built_site() / "lite").rglob("*.html"))):
        page = path.relative_to(built_site()).as_posix()
        visit.page.goto(f"{visit.address}/{page}")
        visit.page.wait_for_load_state("networkidle")
        visit.page.evaluate(axe)
        result = visit.page.evaluate("axe.run()")
        for rule in result["violations"]:
            found[f"{page}: {rule['id']}"] = [node["html"][:160] for node in rule["nodes"][:3]]
        wide = visit.page.evaluate("document.documentElement.scrollWidth > innerWidth")
        count("axe: pages", look, pages=1, violations=len(result["violations"]), too_wide=wide)
        if wide:
            found[f"{page}: too wide"] = [look]
    visit.context.close()
    assert found == {}
    assert visit.outside == []
