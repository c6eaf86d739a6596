"""Each mistake planted in a course is said by the build: where it is, what is wrong, and what to do."""

import re
import shutil
from pathlib import Path

import pytest

from secondcar.building import BuildError, build, keys
from secondcar.building.compiling import compile_exercise
from tests.support.small_course import (
    ANSWERS,
    LAST_LEVEL,
    SCRIPT,
    UNIT,
    small_course,
)
from tests.support.some import some

# Words of jsonschema and of Python that say nothing to an author.
JARGON = re.compile(
    r"schema|is not valid under|is a dependency|required property|Additional properties|does not match|NoneType"
)

FIGURE = "claim('passengers-daily')"
ACCEPT = f'accept   = ["{FIGURE} / 1.25 * 0.995", "{FIGURE} / 1.25 * 1.005"]'
BANK_RIGHT, BANK_WRONG = 'right    = ["claim', 'wrong    = ["0", '
NO_SOLUTION = '"grade_id": "word-example", "solution": true'


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    return small_course(tmp_path_factory.mktemp("sound") / "root")


@pytest.fixture
def course(sound, tmp_path):
    """The root of a small course of one unit, in which mistakes are planted."""
    shutil.copytree(sound, tmp_path / "root")
    return tmp_path / "root"


def refusals(course: Path, run: bool = False) -> list[str]:
    """Return the lines that stop the build, which must leave nothing behind."""
    with pytest.raises(BuildError) as stopped:
        build(course, target=course / "built", run=run)
    assert not (course / "built").exists()
    lines = str(stopped.value).splitlines()
    places = [re.match(r"(course/[^:]+)(?::(\d+))?: ", line) for line in lines]
    assert all(places), lines
    assert [(place[1], int(place[2] or 0)) for place in places] == sorted((p[1], int(p[2] or 0)) for p in places)
    assert all(line.endswith((".", "?")) for line in some(lines))
    assert not any(JARGON.search(line) for line in lines), lines
    return lines


def plant(course: Path, file: str, old: str, new: str) -> None:
    path = course / "course" / UNIT / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


# What is planted: file, old text, new text; then the exercise (or place) and the fix that a sentence must name.
MISTAKES = {
    "an exercise without answers": (
        (SCRIPT, '"grade_id": "word-example", "sol', '"grade_id": "that-word", "sol'),
        ("exercise that-word has no answers", "Write [that-word] in answers.toml"),
    ),
    "answers without an exercise": (
        (ANSWERS, "[word-example.bank]", "[lost]\nkind = 'text'\n[word-example.bank]"),
        (
            "exercise lost: there is no `ask` and no `hints` and no `claims`",
            "`ask`, the question; the notebook shows it by",
        ),
    ),
    "an id that is there twice": (
        (SCRIPT, '"grade_id": "word-example",', '"grade_id": "before-example",'),
        ("the id before-example is there twice", "Give each cell its own"),
    ),
    "an answer outside its band": (
        (ANSWERS, ACCEPT, "accept = [101, 102]"),
        ("exercise before-example: its own answer is judged wrong", "Make answer and accept agree"),
    ),
    "a slip in size inside the band": (
        (ANSWERS, ACCEPT, "accept = [3, 3601]"),
        ("exercise before-example: a slip by a thousand lies in its band", "Make the band narrower"),
    ),
    "a mistake inside the band": (
        (ANSWERS, ACCEPT, "accept = [3300, 3700]"),
        ("exercise before-example: the mistake quarter-off-the-new is judged right", "Make accept narrower"),
    ),
    "two mistakes of one value": (
        (ANSWERS, f'"{FIGURE} * 1.25"', f'"{FIGURE} * 3 / 4"'),
        ("exercise before-example: the mistakes quarter-off-the-new and forward give the same answer", "Make them one"),
    ),
    "two mistakes of one id": (
        (ANSWERS, '"forward"', '"quarter-off-the-new"'),
        ("exercise before-example: the mistake quarter-off-the-new is there twice", "Give each its own id"),
    ),
    "too few mistakes": (
        (ANSWERS, 'few_mistakes = "There is only one other option."', ""),
        ("exercise word-example: it lists 1 mistake", "List three, or say why in few_mistakes"),
    ),
    "a message that says one thing twice": (
        (ANSWERS, "Of which figure is the rise a quarter?", "The base lacks a quarter. So the base lacks a quarter."),
        ('exercise before-example: `mistakes` says "So the base lacks a quarter." twice', "Take one of the two out"),
    ),
    "a message that gives the answer away": (
        (ANSWERS, "Of which figure is the rise a quarter?", "Why is it not {{ 3600 }}?"),
        ("exercise before-example", "Take it out"),
    ),
    "a hint that gives the answer away": (
        (ANSWERS, "How many times the old one is that?", "It is {{ 3600 }} passengers."),
        ("exercise before-example", "Take it out"),
    ),
    "a right answer in the bank that is refused": (
        (ANSWERS, BANK_RIGHT, BANK_RIGHT.replace("claim", '120", "claim')),
        ("exercise before-example: the bank's right answer '120'", "Correct it or the band"),
    ),
    "a wrong answer in the bank that is accepted": (
        (ANSWERS, BANK_WRONG, BANK_WRONG + '"3600.5", '),
        ("exercise before-example: the bank's wrong answer '3600.5'", "Correct it or the band"),
    ),
    "a wrong answer in the bank that is a listed mistake": (
        (ANSWERS, BANK_WRONG, BANK_WRONG + '"3375", '),
        ("exercise before-example: the bank's wrong answer '3375'", "Put another in its place"),
    ),
    "an entry of the bank that is no Python": (
        (ANSWERS, BANK_WRONG, BANK_WRONG + '"100 loaves", '),
        ("exercise before-example: the bank entry '100 loaves'", "Correct it"),
    ),
    "an expression that fails": (
        (ANSWERS, f'"{FIGURE} * 1.25"', '"250 / 0"'),
        ("exercise before-example: an expression fails (ZeroDivisionError: division by zero)", "Correct it"),
    ),
    "no hints": (
        (ANSWERS, "hints    = [", "hint    = ["),
        ("exercise before-example: there is no `hints`", "Add `hints`"),
    ),
    "a key that is misspelt": (
        (ANSWERS, "hints    = [", "hint    = ["),
        ("exercise before-example: `hint` is not a key of it", "Write `hints`"),
    ),
    "one hint only": (
        (ANSWERS, 'hints    = ["Which of the two words counts the old loaves in?", ', "hints    = ["),
        ("exercise word-example, `hints`: `hints` has 1 entry", "It needs at least 2 entries"),
    ),
    "no claims": (
        (ANSWERS, "claims   = []\n", ""),
        ("exercise word-example: there is no `claims`", "Add `claims`, ids of the claims that the inputs come from"),
    ),
    "no unit": (
        (ANSWERS, 'unit     = "passengers"\n', ""),
        ("exercise before-example: there is no `unit`", "Add `unit`, the unit in which a number is asked"),
    ),
    "a kind that is not there": (
        (ANSWERS, 'kind     = "choice"', 'kind     = "choices"'),
        ('exercise word-example, `kind`: `kind` is "choices"', 'Write one of "number", "range", "choice"'),
    ),
    "a number in place of a text": (
        (ANSWERS, 'answer   = "by"\nclaims   = []', 'answer   = "by"\nclaims   = 5'),
        ("exercise word-example, `claims`: `claims` is 5", "Write a list in [ ]"),
    ),
    "a band of one end": (
        (ANSWERS, ACCEPT, "accept = [3600]"),
        ("exercise before-example, `accept`: `accept` has 1 entry", "It needs at least 2 entries"),
    ),
    "an id with capitals": (
        (ANSWERS, 'id       = "forward"', 'id       = "Forward"'),
        ('exercise before-example, `mistakes`, entry 2, `id`: `id` is "Forward"', "small letters and digits"),
    ),
    "an exercise that is no table": (
        (ANSWERS, "[before-example]\n", 'lost = "no table"\n\n[before-example]\n'),
        ('exercise lost: it is "no table"', "Write a table of its own"),
    ),
    "a claim that is not there": (
        (ANSWERS, "*a quarter more*", "{{ claim('passengers-dialy') }}"),
        (
            "exercise before-example: a reference in {{ }} cannot be filled: there is no claim called "
            '"passengers-dialy"; the nearest is "passengers-daily"',
            "Correct it",
        ),
    ),
    "a claim that is not there, in a cell": (
        (SCRIPT, "A bakery is invented", "{{ claim('passengers-dialy') }}"),
        ("a reference in {{ }} cannot be filled: there is no claim called", "Correct it"),
    ),
    "a claim that is not there, in the list": (
        (ANSWERS, 'claims   = ["passengers-daily"]', 'claims   = ["passengers-dialy"]'),
        ('exercise before-example: there is no claim called "passengers-dialy"', "Correct it"),
    ),
    "a reference that is not closed": (
        (SCRIPT, "A bakery is invented", "{{ claim('passengers-daily') } is invented"),
        ("a reference in {{ }} cannot be filled: unexpected '}'", "Correct it"),
    ),
    "a question of another exercise": (
        (SCRIPT, 'ask("word-example")', 'ask("that-word")'),
        ('there is no exercise "that-word"', "Correct it"),
    ),
    "broken TOML": (
        (ANSWERS, ACCEPT, "accept   = [99, 101"),
        ("the file cannot be read as TOML", "Correct it there"),
    ),
    "a table that is there twice": (
        (ANSWERS, "[word-example]", "[before-example]"),
        ("the file cannot be read as TOML", "Correct it there"),
    ),
    "a graded cell with other code": (
        (SCRIPT, 'check("word-example", word_example)', 'check("word-example", "by")'),
        ("exercise word-example must hold check(", "Correct it"),
    ),
    "a graded cell that is no Python": (
        (SCRIPT, 'check("word-example", word_example)', 'check("word-example", word_example'),
        ("exercise word-example must hold check(", "Correct it"),
    ),
    "a graded cell of another exercise": (
        (SCRIPT, 'check("word-example", word_example)', 'check("before-example", word_example)'),
        ("exercise word-example must hold check(", "Correct it"),
    ),
    "a graded cell without points": (
        (SCRIPT, '"grade": true, "points": 1', '"grade": true'),
        ("exercise word-example has no points", 'Write them, as in "points": 4'),
    ),
    "a solution without a graded cell": (
        (SCRIPT, '"word-example-check", "grade": true, "points": 1', '"word-example-look", "locked": true'),
        ("exercise word-example has no graded cell", "Add one with the grade_id word-example-check"),
    ),
    "a graded cell without a solution": (
        (SCRIPT, NO_SOLUTION, '"grade_id": "word-example", "locked": true'),
        ("word-example-check has no solution cell", "Add one before it"),
    ),
    "settings that nbgrader cannot read": (
        (SCRIPT, NO_SOLUTION, '"grade_id": "word-example", "solution": yes'),
        ("what stands behind nbgrader= in this line cannot be read", "Write it as in nbgrader="),
    ),
    "settings without an id": (
        (SCRIPT, NO_SOLUTION, '"solution": true'),
        ("this cell has no grade_id", "Add one"),
    ),
    "an answer that is not first three dots": (
        (SCRIPT, "word_example = ...\n", ""),
        ("exercise word-example must set its answer to ...", "Add `word_example = ...`"),
    ),
    "a solution without its marks": (
        (SCRIPT, "### BEGIN SOLUTION\n", ""),
        ("exercise before-example needs one region from ### BEGIN SOLUTION", "Put these two lines around"),
    ),
    "a solution with its marks the wrong way round": (
        (
            SCRIPT,
            '### BEGIN SOLUTION\nword_example = "by"\n### END',
            '### END SOLUTION\nword_example = "by"\n### BEGIN',
        ),
        ("exercise word-example needs one region from ### BEGIN SOLUTION", "Put these two lines around"),
    ),
    "a written answer without a task": (
        (SCRIPT, '"grade_id": "honest-notice", "task": true, "points": 4', '"grade_id": "notice", "locked": true'),
        ("exercise honest-notice", 'a Markdown cell with "task": true', "Write both, or neither"),
    ),
    "a task that is code": (
        (SCRIPT, '%% [markdown] nbgrader={"grade_id": "honest-notice"', '%% nbgrader={"grade_id": "honest-notice"'),
        ("exercise honest-notice", "Write both, or neither"),
    ),
    "a task without answers": (
        (
            SCRIPT,
            "# *Write your notice",
            '# %% [markdown] nbgrader={"grade_id": "lost", "task": true, "points": 1}\n# *W',
        ),
        ("exercise lost has no answers", "Write [lost]"),
    ),
    "a task without points": (
        (SCRIPT, '"task": true, "points": 4', '"task": true'),
        ("exercise honest-notice has no points", "Write them"),
    ),
    "a task without a cell to write in": (
        (SCRIPT, "# %% [markdown]\n# *Write your notice", "# %%\n# *Write your notice"),
        ("exercise honest-notice has no cell to write in", "Add a plain Markdown cell"),
    ),
    "a best level worth more than its task": (
        (ANSWERS, "points   = 4", "points   = 5"),
        ("exercise honest-notice", "Make them agree"),
    ),
    "levels out of order": (
        (ANSWERS, "points   = 2", "points   = 0.5"),
        ("exercise honest-notice", "Put the best level first"),
    ),
    "a mark scheme of three levels": (
        (ANSWERS, LAST_LEVEL, ""),
        ("exercise honest-notice, `levels`: `levels` has 3 entries", "It needs at least 4 entries"),
    ),
    "a written answer with a bank": (
        (ANSWERS, 'kind     = "text"\n', 'kind     = "text"\nbank     = {}\n'),
        ('exercise honest-notice, `bank`: `bank` does not belong to an exercise of the kind "text"', "Take it out"),
    ),
    "a mark scheme for what a check judges": (
        (ANSWERS, 'kind     = "text"', 'kind     = "choice"'),
        ('exercise honest-notice, `kind`: `kind` is "choice"', 'Write "text"'),
    ),
    "a cell that ends in a semicolon": (
        (SCRIPT, "\nthis_week\n", "\nthis_week;\n"),
        ("cell-004 ends in a semicolon", "Drop it"),
    ),
    "a cell that is no Python": (
        (SCRIPT, "\nthis_week\n", "\nthis_week +\n"),
        ("cell-004: Python cannot read this line", "Correct it"),
    ),
    "a figure typed into the prose": (
        (SCRIPT, "It sold eighty loaves", "It sold 80 loaves"),
        ("the text types the figure 80", "Write a reference"),
    ),
    "a figure typed into a hint": (
        (ANSWERS, "Which of the two figures is the whole", "Which of the 2 figures is the whole"),
        ("exercise before-example: `hints` types the figure 2", "Write a reference"),
    ),
    "a figure of the tables typed into code": (
        (SCRIPT, 'claims["passengers-daily"]', "3550"),
        ("the code types 3,550, a figure of the course's tables", 'Take it from load_dataset("claims")'),
    ),
    "a solution that types its answer": (
        (SCRIPT, "before_example = figure / (1 + 1 / 4)", "before_example = 3600"),
        ("exercise before-example: the solution types its answer, 3,600", "Calculate it"),
    ),
    "a heading that leaves out a level": (
        (SCRIPT, "# ## There and back", "# ### There and back"),
        ('"There and back" is a heading of level 3 right after one of level 1', "Leave out no level"),
    ),
    "a notebook without a title": (
        (SCRIPT, "# # Unit 01", "# ## Unit 01"),
        ("the first heading is not of level 1", "Begin with a title"),
    ),
    "a picture without alt text": (
        (SCRIPT, "# ## There and back", "# ![](bakery.png)\n#\n# ## There and back"),
        ("an image has no alt text", "Say in its alt text what it shows"),
    ),
    "a link that does not say where it goes": (
        (SCRIPT, "# ## There and back", "# Read [more](https://example.org).\n#\n# ## There and back"),
        ('the link "more" does not say where it goes', "Name in it what the reader finds there"),
    ),
    "a link to a term that is not there": (
        (SCRIPT, "glossary.md#base", "glossary.md#bse"),
        ("the link glossary.md#bse leads to no term", "link to glossary.md#base"),
    ),
}


def test_a_sound_course_is_built(course):
    assert build(course, run=False) == [UNIT]


@pytest.mark.parametrize(("planted", "named"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_said_with_its_place_and_its_fix(planted, named, course):
    plant(course, *planted)
    told = [line for line in refusals(course) if all(words in line for words in named)]
    assert len(told) == 1, refusals(course)
    assert re.match(rf"course/{UNIT}/({SCRIPT}|{ANSWERS}):\d+: ", told[0])


@pytest.mark.parametrize("name", [name for name, (planted, _) in MISTAKES.items() if planted[1] != ACCEPT])
def test_one_mistake_makes_few_sentences(name, course):
    planted, _ = MISTAKES[name]
    plant(course, *planted)
    assert len(refusals(course)) <= 3


# These show only when the teacher's notebook is run.
RUN_MISTAKES = {
    "a solution that is not right": (
        (SCRIPT, "figure / (1 + 1 / 4)", "figure / (1 + 1 / 5)"),
        "before-example-check fails when run: before-example: Not yet.",
    ),
    "a cell that fails": (
        (SCRIPT, "\nthis_week\n", "\nthat_week\n"),
        "cell-004 fails when run: name 'that_week' is not defined. Correct it.",
    ),
    "a unit without a chart": (
        (SCRIPT, "\nshow(draw_weeks(weeks)", "\nstr(draw_weeks(weeks)) and dict(a=draw_weeks"),
        "the unit shows no chart. Add a cell that draws one and ends in `show(ax, alt=...)`.",
    ),
}


@pytest.mark.parametrize(("planted", "told"), RUN_MISTAKES.values(), ids=RUN_MISTAKES)
def test_a_mistake_that_shows_when_run_is_said(planted, told, course):
    plant(course, *planted)
    lines = refusals(course, run=True)
    assert [line for line in lines if line.startswith(f"course/{UNIT}/{SCRIPT}:") and told in line], lines


# These do, too, and do not stop the run: the build says them all.
SHOWN_WHEN_RUN = (
    ("import warnings\nwarnings.warn('stale bread')", "writes to stderr", "Mend its cause"),
    ("sns.barplot(x=['a'], y=[1]);this_week", "shows a picture by itself", "Show it by `show(ax, alt=...)`"),
    (
        "'/opt/bakery/loaves.csv'",
        "shows a path or an address in memory, '/opt/'",
        "Show what is the same on every machine",
    ),
    (
        "from IPython.display import HTML\nHTML('<table><tr><td>1</td></tr></table>')",
        "a table has no header cells",
        "Give its columns names",
    ),
)


def test_all_that_shows_when_run_is_said_at_once(course):
    plant(course, SCRIPT, 'ylabel="loaves sold",\n', 'ylabel="loaves sold",\n        ylim=(70, 110),\n')
    plant(course, SCRIPT, "and {this_week:.0f} this week", "and 130 this week")
    cells = "".join(f"\n# %%\n{code}\n" for code, *_ in SHOWN_WHEN_RUN)
    plant(course, SCRIPT, "\n# %% [markdown]\n# ## Talk about it", f"{cells}\n# %% [markdown]\n# ## Talk about it")
    told = refusals(course, run=True)
    for words in (
        *(words for _, *words in SHOWN_WHEN_RUN),
        ("cell-016: ", "Mend the chart"),
        ("cell-016: the chart does not show the 130 of its alt text", "Take the numbers of the alt text from"),
    ):
        assert [line for line in told if all(word in line for word in words)], told
    assert all(line.startswith(f"course/{UNIT}/{SCRIPT}:") for line in some(told))


def test_all_faults_of_all_units_are_said_in_one_run(course):
    other = course / "course" / "02-market"
    shutil.copytree(course / "course" / UNIT, other)
    script = (other / SCRIPT).read_text(encoding="utf-8")
    (other / SCRIPT).unlink()
    (other / "02-market.py").write_text(script.replace("glossary.md#base", "glossary.md#bse"), encoding="utf-8")
    plant(course, ANSWERS, 'few_mistakes = "There is only one other option."', "")
    plant(course, SCRIPT, "It sold eighty loaves", "It sold 80 loaves")
    plant(course, SCRIPT, "\nthis_week\n", "\nthat_week\n")
    (course / "course" / "glossary.md").write_text("# Glossary\n\n## By\n\n{{ claim('lost') }}\n", encoding="utf-8")
    told = "\n".join(refusals(course, run=True))
    for words in (
        "01-example.py:31: the text types the figure 80",
        "cell-004 fails when run",
        "it lists 1 mistake",
        "the link glossary.md#bse leads to no term",
        "02-market/answers.toml:4: exercise before-example is in 01-example too",
        "there is no chapter on unit 02-market",
        'course/glossary.md:3: the heading "By" has another anchor',
        "course/glossary.md:5: a reference in {{ }} cannot be filled",
    ):
        assert words in told


def test_missing_answers_are_said(course):
    (course / "course" / UNIT / ANSWERS).unlink()
    assert f"course/{UNIT}/{ANSWERS}: the file is missing. Write it, or put it back." in refusals(course)


@pytest.mark.parametrize("name", [SCRIPT, ANSWERS])
def test_a_file_that_is_not_utf8_is_said(name, course):
    path = course / "course" / UNIT / name
    path.write_bytes(path.read_bytes().replace(b"There and back", b"Da und zur\xfcck").replace(b"quarter", b"\xbc", 1))
    assert any(f"{name}:" in line and "is not UTF-8 text. Save it as UTF-8." in line for line in refusals(course))


def test_a_name_that_no_unit_may_have_is_said(course):
    (course / "course" / UNIT / SCRIPT).rename(course / "course" / UNIT / "Example.py")
    (course / "course" / UNIT).rename(course / "course" / "Example")
    assert any("a unit's name is two digits" in line for line in refusals(course))


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("prices.csv", "year,price\n2017,{{ fact('F9999') }}\n", ":2: a reference in {{ }} cannot be filled"),
        ("prices.csv", "year,price\n2017,12\n", ":2: the file types the figure 12"),
        ("answers.json", "{}", "Take this file out of the unit"),
        ("glossary.md", "# Mine", "Take this file out of the unit"),
        ("data/claims.csv", "id", "Take this file out of the unit"),
        (f"{UNIT}.ipynb", "{}", "Take this file out of the unit"),
    ],
)
def test_a_mistaken_other_file_is_said(name, text, told, course):
    path = course / "course" / UNIT / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    (line,) = refusals(course)
    assert line.startswith(f"course/{UNIT}/{name}")
    assert told in line


# What is planted in course/data: file, old text, new text; and what is said.
DATA_MISTAKES = {
    "a number with its separator": (
        ("claims", ",4500,passengers", ',"4,500",passengers'),
        "claims.csv:2: quantity is '4,500', which is not a number without separators",
    ),
    "a day that is none": (
        ("facts", "2023-12-31,daily_passengers,", "2023-13-31,daily_passengers,"),
        "facts.csv:2: period_end is '2023-13-31', which is not a day",
    ),
    "a period backwards": (
        ("facts", "F002,2023-01-01", "F002,2024-01-01"),
        "facts.csv:3: the period ends before it starts",
    ),
    "a base that the quote does not name": (
        ("claims", "last year,,", "the year before,,"),
        "claims.csv:3: base is not in the words of quote",
    ),
    "a source that is not there": (
        ("facts", ",S02,good", ",S09,good"),
        "facts.csv:4: source_id is 'S09'; it must be the id of a row of sources.csv",
    ),
    "an id twice": (("facts", "F002,", "F001,"), "facts.csv:3: id 'F001' is there twice"),
    "a grade of another kind": (
        ("facts", "S01,good", "S01,excellent"),
        "facts.csv:2: grade is 'excellent'; it must be one of good, medium, weak",
    ),
    "a weak figure without a reason": (
        ("facts", ",S02,good", ",S02,weak"),
        "facts.csv:4: the grade is not good, and caution does not say why",
    ),
    "an empty cell": (
        ("claims", "passengers of the trams on a working day", ""),
        "claims.csv:2: what is empty; it must be some text",
    ),
    "a column left out": (
        ("sources", "published_note", "note"),
        "sources.csv:1: the columns are not as they must be",
    ),
}


@pytest.mark.parametrize(("planted", "told"), DATA_MISTAKES.values(), ids=DATA_MISTAKES)
def test_a_mistake_in_the_tables_is_said_on_its_line(planted, told, course):
    table, old, new = planted
    path = course / "course" / "data" / f"{table}.csv"
    assert old in path.read_text(encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    assert [line for line in refusals(course) if told in line], refusals(course)


def test_a_missing_table_is_said(course):
    (course / "course" / "data" / "facts.csv").unlink()
    assert refusals(course) == [
        "course/data/facts.csv: the file is missing. Write it: claims, facts, sources belong together."
    ]


def test_a_mistake_that_lacks_the_key_of_its_row_is_said():
    written = {
        **{"kind": "table", "key": "bread", "columns": {"percent": "number"}, "within": 0.001, "unit": "%"},
        "hints": ["Which whole do both share?", "Divide by it."],
        "answer": [{"bread": "rye", "percent": "25"}, {"bread": "wheat", "percent": "75"}],
        "mistakes": [{"id": "count-for-share", "value": {"percent": "20"}, "means": "These are the loaves."}],
        **{"few_mistakes": "One is enough here.", "bank": {}},
    }
    _, objections = compile_exercise(written, 1)
    assert [what for what, _ in objections] == [
        "the value of the mistake count-for-share is not an answer (KeyError: 'bread')"
    ]


def test_one_wrong_form_is_said_once():
    tables = {"loaves-a-day": {"kind": "function", "cases": [600]}}
    told = [what for path, (what, _) in keys.objections(tables) if path == ["loaves-a-day", "cases", 0]]
    assert told == ["it is 600"]
