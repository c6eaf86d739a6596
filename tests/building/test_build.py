"""The build gives the same bytes everywhere, and a mistake in course/ stops it with one sentence."""

import base64
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from secondcar.building import BuildError, build
from secondcar.building.notebook import SOLUTION_END, SOLUTION_START
from secondcar.checks.answers_file import FILE_NAME
from tests.support.course_files import ALL_EXERCISES, EXERCISES, UNITS, built, notebook
from tests.support.paths import ROOT, SMALL_COURSE

OLDEST_PYTHON = (3, 11)
BUILD_HERE = """
import sys
from pathlib import Path
from secondcar.building import build
build(Path(sys.argv[1]), target=Path("."), run=False)
"""


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder: its path from there, and its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    """The folder of a fresh build of the course."""
    target = tmp_path_factory.mktemp("fresh")
    assert build(ROOT, target=target, run=False) == UNITS
    return target


def test_release_equals_a_fresh_build_byte_for_byte(fresh):
    assert contents(fresh / "release") == contents(ROOT / "release"), "run `make build` and commit what it makes"


def test_the_text_of_source_equals_a_fresh_build(fresh):
    assert contents(fresh / "source").keys() == contents(ROOT / "source").keys()
    for name, content in contents(fresh / "source").items():
        committed = ROOT / "source" / name
        same = (
            text_of(fresh / "source" / name) == text_of(committed)
            if name.endswith(".ipynb")
            else content == committed.read_bytes()
        )
        assert same, f"source/{name} is not as built: run `make build` and commit what it makes"


def text_of(path: Path) -> dict:
    """Return a notebook without its outputs and execution counts."""
    read = json.loads(path.read_text(encoding="utf-8"))
    for cell in read["cells"]:
        cell.pop("outputs", None)
        cell.pop("execution_count", None)
    return read


def test_a_second_build_gives_the_same_bytes(fresh, tmp_path):
    build(ROOT, target=tmp_path, run=False)
    assert contents(tmp_path) == contents(fresh)


def test_another_python_builds_the_same_bytes(fresh, tmp_path):
    python = environment_of_another_python()
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONHASHSEED": "1"}
    run([python, "-c", BUILD_HERE, ROOT], cwd=tmp_path, env=environment)
    assert contents(tmp_path) == contents(fresh)


def run(command: list, **options) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    assert done.returncode == 0, done.stderr


def environment_of_another_python() -> Path:
    """Return the Python of an environment with the locked packages, made once and kept beside ``.venv``."""
    python = another_python()
    if python is None:
        pytest.skip("there is no second Python here")
    version = "{}.{}".format(*version_of(python))
    folder = ROOT / f".venv-{version}"
    lock = ROOT / "requirements.lock"
    stamp, wanted = folder / "lock.sha256", hashlib.sha256(lock.read_bytes()).hexdigest()
    inside = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not stamp.is_file() or stamp.read_text() != wanted:
        run([python, "-m", "venv", "--clear", folder])
        pip = [inside, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        run([*pip, "--require-hashes", "--no-deps", "-r", lock])
        stamp.write_text(wanted)
    return inside


def another_python() -> Path | None:
    """Return a Python of another version than this one, on the search path or among pyenv's."""
    on_path = [shutil.which(f"python3.{minor}") for minor in range(OLDEST_PYTHON[1], 20)]
    of_pyenv = (Path.home() / ".pyenv" / "versions").glob("*/bin/python")
    for python in [*map(Path, filter(None, on_path)), *sorted(of_pyenv)]:
        version = version_of(python)
        if version and version >= OLDEST_PYTHON and version != sys.version_info[:2]:
            return python
    return None


def version_of(python: Path) -> tuple[int, int] | None:
    """Return a Python's major and minor version; None if it does not run, as pyenv's shims may not."""
    code = "import sys; print(*sys.version_info[:2])"
    done = subprocess.run([python, "-c", code], capture_output=True, text=True, check=False)
    return tuple(map(int, done.stdout.split())) if done.returncode == 0 else None


@pytest.mark.parametrize(("unit", "name"), ALL_EXERCISES)
def test_no_answer_stands_in_clear_in_the_released_answers(unit, name):
    raw = (ROOT / "release" / unit / FILE_NAME).read_text(encoding="utf-8")
    exercise = built(unit)[name]
    secrets = [
        *exercise.hints,
        *(mistake.means for mistake in exercise.mistakes),
        *(mistake.id for mistake in exercise.mistakes),
    ]
    assert [secret for secret in secrets if secret in raw] == []
    packed = json.loads(raw)["exercises"][name]
    assert json.loads(base64.b64decode(packed)) == exercise.to_json()
    assert re.fullmatch(r"[A-Za-z0-9+/]+=*", packed), "it is not encoded"


@pytest.mark.parametrize(("unit", "name"), EXERCISES)
def test_no_solution_stands_in_a_released_answer_cell(unit, name):
    taught, handed_out = cell_of("source", unit, name), cell_of("release", unit, name)
    solution = taught.split(SOLUTION_START)[1].split(SOLUTION_END)[0]
    given = {line.strip() for line in (taught.split(SOLUTION_START)[0] + taught.split(SOLUTION_END)[1]).splitlines()}
    secret = {line.strip() for line in solution.splitlines()} - given - {""}
    assert secret
    assert secret.isdisjoint(line.strip() for line in handed_out.splitlines())
    assert "..." in handed_out


@pytest.mark.parametrize("unit", UNITS)
def test_no_hidden_test_stands_in_a_released_notebook(unit):
    text = "\n".join(cell.source for cell in notebook("release", unit).cells)
    assert "HIDDEN TESTS" not in text
    assert "MARK SCHEME" not in text
    assert "require(" not in text
    assert SOLUTION_START not in text


def cell_of(folder: str, unit: str, name: str) -> str:
    (source,) = [cell.source for cell in notebook(folder, unit).cells if cell.id == name]
    return source


@pytest.fixture
def course(tmp_path):
    """The root of a small course of one unit, in which mistakes are planted."""
    shutil.copytree(SMALL_COURSE, tmp_path / "root")
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path / "root")
    return tmp_path / "root"


UNIT = "10-bakery"
OTHER_FILES = {
    "tables/loaves.csv": b"year,loaves,growth\n2017,19000,\n2018,47500,1.5\n",
    "glossary.md": b"# Glossary\n\n## by\n\nSales that rise *by* 150 % end higher.\n",
    "oven.bin": b'\xff{{ claim("lost") }}\x00',
}
SCRIPT, ANSWERS = f"{UNIT}.py", "answers.toml"
LAST_LEVEL = """
[[honest-notice.levels]]
points   = 0
when     = "It names no rise, or a wrong one."
example  = "We bake more than ever."
"""
BANK_RIGHT = 'right    = ["100", '
BANK_WRONG = 'wrong    = ["0", '


def refusal(course: Path, run: bool = False) -> str:
    """Return the sentence that stops the build, which must leave nothing behind."""
    with pytest.raises(BuildError) as stopped:
        build(course, target=course / "built", run=run)
    assert not (course / "built").exists()
    return str(stopped.value)


def plant(course: Path, file: str, old: str, new: str) -> None:
    path = course / "course" / UNIT / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_small_course_itself_is_built(course):
    assert build(course) == [UNIT]
    source = nbformat.read(course / "source" / UNIT / f"{UNIT}.ipynb", as_version=4)
    assert [cell.outputs[0].data["text/plain"] for cell in source.cells if cell.id == "cell-003"] == ["500"]
    assert set(contents(course / "release" / UNIT)) == {f"{UNIT}.ipynb", FILE_NAME, *OTHER_FILES}


def test_other_files_are_handed_out_with_their_figures(course):
    hidden = course / "course" / UNIT / ".ipynb_checkpoints" / "loaves.csv"
    hidden.parent.mkdir()
    hidden.write_text("{{ claim('lost') }}")
    build(course, run=False)
    for folder in ("source", "release"):
        files = contents(course / folder / UNIT)
        assert {name: files[name] for name in OTHER_FILES} == OTHER_FILES


# What is planted: file, old text, new text; then the exercise (or place) and the fix that the sentence must name.
MISTAKES = {
    "an exercise without answers": (
        (SCRIPT, '"grade_id": "which-word', '"grade_id": "that-word'),
        ("exercise that-word", "Write [that-word] in answers.toml"),
    ),
    "answers without an exercise": (
        (ANSWERS, "[which-word.bank]", "[which-word.bank]\n[lost]\n"),
        ("exercise lost", "answers.schema.json"),
    ),
    "an id that is there twice": (
        (SCRIPT, '"grade_id": "which-word",', '"grade_id": "loaves-before",'),
        ("loaves-before", "Give each cell its own"),
    ),
    "an answer outside its band": (
        (ANSWERS, "accept   = [99, 101]", "accept   = [101, 102]"),
        ("exercise loaves-before", "Make answer and accept agree"),
    ),
    "a slip in size inside the band": (
        (ANSWERS, "accept   = [99, 101]", "accept   = [1, 101]"),
        ("exercise loaves-before", "Make the band narrower"),
    ),
    "a mistake inside the band": (
        (ANSWERS, "accept   = [99, 101]", "accept   = [99, 130]"),
        ("exercise loaves-before: the mistake half-of-the-new", "Make accept narrower"),
    ),
    "two mistakes of one value": (
        (ANSWERS, '"250 / 2"', '"500 / 3"'),
        ("exercise loaves-before: the mistakes by-read-as-to and half-of-the-new", "Make them one"),
    ),
    "two mistakes of one id": (
        (ANSWERS, '"half-of-the-new"', '"by-read-as-to"'),
        ("exercise loaves-before: the mistake by-read-as-to", "Give each its own id"),
    ),
    "too few mistakes": (
        (ANSWERS, 'few_mistakes = "There is only one other option."', ""),
        ("exercise which-word", "List three, or say why in few_mistakes"),
    ),
    "a message that gives the answer away": (
        (ANSWERS, "What came on top?", "Why is it not 100?"),
        ("exercise loaves-before", "Take it out"),
    ),
    "a hint that gives the answer away": (
        (ANSWERS, "What counts as the whole here?", "It is 100 loaves."),
        ("exercise loaves-before", "Take it out"),
    ),
    "a right answer in the bank that is refused": (
        (ANSWERS, BANK_RIGHT, BANK_RIGHT + '"120", '),
        ("exercise loaves-before: the bank's right answer '120'", "Correct it or the band"),
    ),
    "a wrong answer in the bank that is accepted": (
        (ANSWERS, BANK_WRONG, BANK_WRONG + '"100.5", '),
        ("exercise loaves-before: the bank's wrong answer '100.5'", "Correct it or the band"),
    ),
    "a wrong answer in the bank that is a listed mistake": (
        (ANSWERS, BANK_WRONG, BANK_WRONG + '"125", '),
        ("exercise loaves-before: the bank's wrong answer '125'", "Put another in its place"),
    ),
    "an entry of the bank that is not Python": (
        (ANSWERS, BANK_WRONG, BANK_WRONG + '"100 loaves", '),
        ("exercise loaves-before: the bank entry '100 loaves'", "Correct it"),
    ),
    "an expression that fails": (
        (ANSWERS, '"250 / 2"', '"250 / 0"'),
        ("exercise loaves-before", "Correct it"),
    ),
    "no hints": (
        (ANSWERS, "hints    = [", "clues    = ["),
        ("exercise loaves-before", "answers.schema.json"),
    ),
    "one hint only": (
        (ANSWERS, '"What counts as the whole here?", ', ""),
        ("exercise loaves-before at hints", "answers.schema.json"),
    ),
    "a claim that is not there": (
        (ANSWERS, r"claim(\"output-growth\")", r"claim(\"output-growht\")"),
        (
            'exercise loaves-before: a reference in {{ }} cannot be filled: there is no claim called "output-growht"',
            "Correct it",
        ),
    ),
    "a claim that is not there, in a cell": (
        (SCRIPT, "Its bakery is invented.", "{{ claim('output-growht') }}"),
        ('cell 1: a reference in {{ }} cannot be filled: there is no claim called "output-growht"', "Correct it"),
    ),
    "a question of another exercise": (
        (SCRIPT, 'ask("which-word")', 'ask("that-word")'),
        ('there is no exercise "that-word"', "Correct it"),
    ),
    "broken TOML": (
        (ANSWERS, "accept   = [99, 101]", "accept   = [99, 101"),
        ("cannot be read", "correct it there"),
    ),
    "a table that is there twice": (
        (ANSWERS, "[which-word]", "[loaves-before]"),
        ("cannot be read", "correct it there"),
    ),
    "a graded cell with other code": (
        (SCRIPT, 'check("which-word", which_word)', 'check("which-word", "by")'),
        ("exercise which-word", "Correct it"),
    ),
    "a graded cell of another exercise": (
        (SCRIPT, 'check("which-word", which_word)', 'check("loaves-before", which_word)'),
        ("exercise which-word", "Correct it"),
    ),
    "a solution without a graded cell": (
        (SCRIPT, '"which-word-check", "grade": true, "points": 1', '"which-word-look", "locked": true'),
        ("exercise which-word", "Add one with the grade_id which-word-check"),
    ),
    "a graded cell without a solution": (
        (SCRIPT, '"grade_id": "which-word", "solution": true', '"grade_id": "which-word", "locked": true'),
        ("which-word-check", "Add one before it"),
    ),
    "an answer that is not first three dots": (
        (SCRIPT, "which_word = ...\n", ""),
        ("exercise which-word", "Add `name = ...`"),
    ),
    "a solution without its marks": (
        (SCRIPT, "### BEGIN SOLUTION\n", ""),
        ("exercise loaves-before", "### BEGIN SOLUTION"),
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
        ("exercise honest-notice at levels", "answers.schema.json"),
    ),
    "a written answer with a bank": (
        (ANSWERS, 'kind     = "text"\n', 'kind     = "text"\nbank     = {}\n'),
        ("exercise honest-notice: 'bank'", "answers.schema.json"),
    ),
    "a mark scheme for what a check judges": (
        (ANSWERS, 'kind     = "text"', 'kind     = "choice"'),
        ("exercise honest-notice", "answers.schema.json"),
    ),
    "a cell that ends in a semicolon": (
        (SCRIPT, "loaves * 2", "loaves * 2;"),
        ("cell-003", "Drop it"),
    ),
}


@pytest.mark.parametrize(("planted", "named"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_stops_the_build_with_one_sentence(planted, named, course):
    plant(course, *planted)
    sentence = refusal(course)
    assert sentence.startswith(f"course/{UNIT}/{planted[0]}") or "cannot be filled" in sentence
    assert f"course/{UNIT}/" in sentence
    assert all(words in sentence for words in named)
    assert "\n" not in sentence


# These show only when the teacher's notebook is run.
RUN_MISTAKES = {
    "a solution that is not right": (
        (SCRIPT, "150 / 100", "50 / 100"),
        ("loaves-before-check", "Correct it"),
    ),
    "a cell that fails": ((SCRIPT, "loaves * 2", "loaf * 2"), ("cell-003", "name 'loaf' is not defined")),
    "a cell that writes to stderr": (
        (SCRIPT, "loaves * 2", "import warnings\nwarnings.warn('stale bread')"),
        ("cell-003", "Mend its cause"),
    ),
}


@pytest.mark.parametrize(("planted", "named"), RUN_MISTAKES.values(), ids=RUN_MISTAKES)
def test_a_mistake_that_shows_when_run_stops_the_build_with_one_sentence(planted, named, course):
    plant(course, *planted)
    sentence = refusal(course, run=True)
    assert sentence.startswith(f"course/{UNIT}/{SCRIPT}")
    assert all(words in sentence for words in named)
    assert "\n" not in sentence


def test_an_id_shared_by_two_units_stops_the_build(course):
    other = course / "course" / "11-market"
    shutil.copytree(course / "course" / UNIT, other)
    (other / SCRIPT).rename(other / "11-market.py")
    sentence = refusal(course)
    assert sentence.startswith("course/11-market/answers.toml: exercise loaves-before is in 10-bakery too.")
    assert "Give it an id of its own" in sentence


def test_missing_answers_stop_the_build(course):
    (course / "course" / UNIT / ANSWERS).unlink()
    assert refusal(course) == f"course/{UNIT}/{ANSWERS} is missing: write it, with one table for each exercise."


@pytest.mark.parametrize(
    ("name", "text", "named"),
    [
        ("prices.csv", "year,price\n2017,{{ fact('F9999') }}\n", "Correct it"),
        ("answers.json", "{}", "Take this file out of the unit"),
        ("glossary.md", "# Mine", "Take this file out of the unit"),
        (f"{UNIT}.ipynb", "{}", "Take this file out of the unit"),
    ],
)
def test_a_mistaken_other_file_stops_the_build_with_one_sentence(name, text, named, course):
    (course / "course" / UNIT / name).write_text(text)
    sentence = refusal(course)
    assert sentence.startswith(f"course/{UNIT}/{name}: ")
    assert named in sentence and "\n" not in sentence


def test_a_missing_glossary_stops_the_build(course):
    (course / "course" / "glossary.md").unlink()
    assert refusal(course) == "course/glossary.md is missing: write it, since every unit hands it out."


def test_an_unknown_unit_stops_the_build(course):
    with pytest.raises(BuildError, match=r"There is no unit 12-cafe in course/. The units are: 10-bakery"):
        build(course, ["12-cafe"])


def test_a_mistake_leaves_what_was_built_before(course):
    build(course, run=False)
    before = contents(course / "source") | contents(course / "release")
    plant(course, ANSWERS, "accept   = [99, 101]", "accept   = [101, 102]")
    with pytest.raises(BuildError):
        build(course, run=False)
    assert contents(course / "source") | contents(course / "release") == before
