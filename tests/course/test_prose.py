"""Every quantity that a learner or a teacher reads is filled in by the build: prose and code type no figure.

Bare numerals are allowed for years, dates and times, units of the course, "100 %", ids, and quoted words.
"""

from tests.support.paths import ROOT
import ast
import json
import re
import tomllib
from pathlib import Path

import jupytext
import pytest
from tests.support.course_files import EXERCISES, UNITS, Chart, answers_path, built, charts, notebook

from secondcar.building.other_files import GLOSSARY, other_files
from secondcar.building.teaching import GUIDE
from secondcar.checks.numbers import in_band
from secondcar.data import load_dataset

ALLOWED = [
    r"\{\{.*?\}\}",  # filled in by the build
    r"```[\s\S]*?```|`[^`\n]*`",  # code
    r"^[ ]{0,3}>.*$",  # a quotation
    r"\]\([^)\s]*\)|<https?://[^>\s]*>",  # where a link goes
    r'"(?:[^"\n]|\n(?!\s*\n))*"|“[^”]*”',  # quoted words
    r"\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)\b",
    r"\b\d{4}-\d\d(?:-\d\d)?\b",
    r"\b(?:19|20)\d\d\b",  # a year
    r"\b\d+(?: to \d+)? (?:second|minute|hour)s?\b",
    r"\bunits? \d\d(?:(?:, | and | to )\d\d)*\b",
    r"\b100 ?%",  # the base of every percentage
    r"\b[A-Z]\d+\b",  # the id of a fact, a source, a misconception
    r"^\s*\d+\.(?=\s)",  # the place in a numbered list
]
ALLOWED_PROSE = re.compile("|".join(f"(?:{pattern})" for pattern in ALLOWED), re.MULTILINE | re.IGNORECASE)
NUMERAL = re.compile(r"[\d½⅓⅔¼¾](?:[\d.,]*\d)?")


def bare_numerals(text: str) -> list[tuple[int, str]]:
    """Return (line from 0, numeral) for each numeral that prose may not hold.

    >>> bare_numerals("In 2018 it made\\n19,000 of them.")
    [(1, '19,000')]
    """
    # Blanks in place of what is allowed: the lines stay where they are.
    rest = ALLOWED_PROSE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    return [(rest.count("\n", 0, found.start()), found[0]) for found in NUMERAL.finditer(rest)]


def markdown_cells(script: str) -> list[tuple[int, str]]:
    """Return (line number, text) of each Markdown cell of a percent-format notebook."""
    cells, inside = [], False
    for number, line in enumerate(script.splitlines(), start=1):
        if line.startswith("# %%"):
            inside = line.startswith("# %% [markdown]")
            if inside:
                cells.append((number + 1, []))
        elif inside:
            cells[-1][1].append(line.removeprefix("#").removeprefix(" "))
    return [(start, "\n".join(lines).strip()) for start, lines in cells]


@pytest.mark.parametrize("unit", UNITS)
def test_the_notebook_holds_no_bare_numeral(unit):
    path = ROOT / "course" / unit / f"{unit}.py"
    script = path.read_text(encoding="utf-8")
    cells = markdown_cells(script)
    read = [cell.source for cell in jupytext.reads(script, fmt="py:percent").cells if cell.cell_type == "markdown"]
    assert [text for _, text in cells] == [text.strip() for text in read]
    found = [
        f"course/{unit}/{unit}.py:{start + line}: {numeral}"
        for start, text in cells
        for line, numeral in bare_numerals(text)
    ]
    assert not found, "write a reference in {{ }}, or the number in a word:\n" + "\n".join(found)


@pytest.mark.parametrize("unit", UNITS)
def test_the_texts_of_the_answers_hold_no_bare_numeral(unit):
    raw = answers_path(unit).read_text(encoding="utf-8")
    found = [
        f"course/{unit}/answers.toml:{line_of(text, raw)}: [{name}] {numeral}"
        for name, exercise in tomllib.loads(raw).items()
        for text in texts(exercise)
        for _, numeral in bare_numerals(without_options(text, exercise))
    ]
    assert not found, "write a reference in {{ }}, or the number in a word:\n" + "\n".join(found)


@pytest.mark.parametrize("name", [GLOSSARY, GUIDE])
def test_a_page_of_the_course_holds_no_bare_numeral(name):
    assert bare_numerals((ROOT / "course" / name).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("unit", UNITS)
def test_the_other_files_of_a_unit_hold_no_bare_numeral(unit):
    found = [
        f"course/{unit}/{path.name}:{line + 1}: {numeral}"
        for path in other_files(ROOT / "course" / unit)
        for line, numeral in bare_numerals(text_to_prove(path))
    ]
    assert not found, "write a reference in {{ }}; a file of invented figures is called invented-...:\n" + "\n".join(
        found
    )


def text_to_prove(path: Path) -> str:
    """Return the text of a file; nothing of one that is not text, or whose name says that its figures are invented."""
    if path.name.startswith("invented-"):
        return ""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def test_of_other_files_only_texts_that_are_not_invented_are_proved(tmp_path):
    table, invented, picture = tmp_path / "cars.csv", tmp_path / "invented-loaves.csv", tmp_path / "car.png"
    for path in (table, invented):
        path.write_text("month,made\n2018-01,2375\n")
    picture.write_bytes(b"\xff 2375")
    assert bare_numerals(text_to_prove(table)) == [(1, "2375")]
    assert text_to_prove(invented) == text_to_prove(picture) == ""


def texts(exercise: dict) -> list[str]:
    messages = [mistake["means"] for mistake in exercise.get("mistakes", [])]
    scheme = [level[key] for level in exercise.get("levels", []) for key in ("when", "example")]
    return [exercise["ask"], *exercise["hints"], *messages, *scheme, *filter(None, [exercise.get("right")])]


def without_options(text: str, exercise: dict) -> str:
    """A choice may repeat what can be chosen."""
    for option in sorted(exercise.get("options", []), key=len, reverse=True):
        text = re.sub(rf"(?<![\w.]){re.escape(option)}(?![\w%]|\.\d)", "", text)
    return text


def line_of(text: str, raw: str) -> int:
    """Return the line of a TOML file on which a text begins."""
    for start in (json.dumps(text, ensure_ascii=False)[1:41], text[:40]):
        if start in raw:
            return raw.count("\n", 0, raw.index(start)) + 1
    return 1


@pytest.mark.parametrize(
    ("text", "numerals"),
    [
        ("It made 19,000 cars.", ["19,000"]),
        ("It rose by 150 %.", ["150"]),
        ("1.6 times more", ["1.6"]),
        ("KZT120 billion", ["120"]),
        ("half of it, or ½", ["½"]),
        ("In 2018, {{ claim('output-units') }} and 7600", ["7600"]),
        ("First line.\n\nThird line has 3.", ["3"]),
        ('"a quote of 1.6" and 1.7', ["1.7"]),
        ('an open " quote\n\nand 5 after it "', ["5"]),
        ("> the quote says 150%\n\nbut 250 follows", ["250"]),
        ("a step of 1000 %", ["1000"]),
        ("unit 02 says 4", ["4"]),
        ("the year 1066", ["1066"]),
    ],
)
def test_a_bare_numeral_is_found(text, numerals):
    assert [numeral for _, numeral in bare_numerals(text)] == numerals


@pytest.mark.parametrize(
    "text",
    [
        "In January to August 2018, on 21 September 2018 and on 2018-09-21.",
        "Units 00 to 03 take 60 minutes, unit 02 takes 1 hour, units 00, 01 and 02 more.",
        "The base is 100 %, or 100%.",
        'The words "by 150 %"\nand "to\n150 %" are quoted, and so is “1.6 times”.',
        "> increased by 150%",
        "Run `hint('units-2017-by', 2)`.\n\n```python\nx = 5\n```",
        "See F020, M01, and [the page](https://example.org/a/1234).",
        "1. First.\n2. Second.",
        "{{ claim('output-growth') + 100 }} %",
    ],
)
def test_years_times_ids_and_quoted_words_may_be_numerals(text):
    assert bare_numerals(text) == []


def test_a_numeral_is_found_on_its_line():
    assert bare_numerals("one\ntwo\n\n7600") == [(3, "7600")]
    assert markdown_cells("# %% [markdown]\n# # Title\n#\n# 7600\n\n# %%\nx = 5\n") == [(2, "# Title\n\n7600")]


def code_literals(code: str) -> set[float]:
    """Return the numbers that a piece of code types."""
    constants = [node.value for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Constant)]
    return {float(value) for value in constants if isinstance(value, int | float) and not isinstance(value, bool)}


def solution(unit: str, name: str) -> str:
    (cell,) = [c for c in notebook("source", unit).cells if c.metadata.get("nbgrader", {}).get("grade_id") == name]
    return cell.source


@pytest.mark.parametrize(("unit", "name"), [e for e in EXERCISES if built(e[0])[e[1]].kind == "number"])
def test_a_solution_calculates_its_answer(unit, name):
    exercise = built(unit)[name]
    typed = [number for number in code_literals(solution(unit, name)) if in_band(number, exercise.accept)]
    assert not typed, f"course/{unit}/{unit}.py: the solution of {name} types its answer, {typed}: calculate it"


def large_figures() -> set[float]:
    """The article's and the facts' figures that nobody would type by chance: large, and not round."""
    figures = {*load_dataset("claims")["quantity"].dropna(), *load_dataset("facts")["quantity"].dropna()}
    return {figure for figure in figures if figure >= 1000 and not re.fullmatch(r"[1-9]0+", f"{figure:.0f}")}


@pytest.mark.parametrize("unit", UNITS)
def test_code_loads_the_articles_figures_and_types_none(unit):
    cells = [cell for cell in notebook("source", unit).cells if cell.cell_type == "code"]
    typed = {
        number
        for cell in cells
        if "raises-exception" not in cell.metadata.get("tags", [])
        for number in code_literals(cell.source) & large_figures()
    }
    assert not typed, f'course/{unit}/{unit}.py types {typed}: take it from load_dataset("claims") or "facts"'


@pytest.mark.parametrize("unit", UNITS)
def test_an_alt_text_has_its_numbers_from_the_chart(unit):
    unseen = {chart.cell: unseen_numerals(chart) for chart in charts(unit)}
    assert not any(unseen.values()), f"course/{unit}/{unit}.py: the charts do not show what their alt texts say: {unseen}"


def unseen_numerals(chart: Chart) -> list[str]:
    """Return the numerals of an alt text that are in nothing that the chart shows."""
    shown = numbers_in(chart.says)
    return [numeral for numeral in numerals_in(chart.alt) if not is_rounding_of_one(numeral, shown)]


def test_a_numeral_that_a_chart_does_not_show_is_found():
    says = "\nBars: 2017 = 7600; 2018 = 19000.4"
    assert unseen_numerals(Chart("cell", "Bars: 7,600 in 2017, 19,000 in 2018.", says)) == []
    assert unseen_numerals(Chart("cell", "Bars: 7,500 in 2017, 2.5 times as many in 2018.", says)) == ["7500", "2.5"]


def is_rounding_of_one(numeral: str, numbers: set[float]) -> bool:
    decimals = len(numeral.partition(".")[2])
    return any(abs(float(numeral) - number) <= 0.5 * 10**-decimals for number in numbers)


def numerals_in(text: str) -> list[str]:
    return [numeral.replace(",", "") for numeral in re.findall(r"\d(?:[\d.,]*\d)?", text)]


def numbers_in(text: str) -> set[float]:
    return {float(numeral) for numeral in numerals_in(text)}
