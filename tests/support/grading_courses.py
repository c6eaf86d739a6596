"""Courses and classes to grade: nbgrader's own quickstart course, and a plain one with tables and a chart."""

import json
import random
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.utils import is_grade, is_solution

PLAIN = "ps1"
BEGIN = "### BEGIN SOLUTION"

PYTHON = {"name": "python3", "display_name": "Python 3", "language": "python"}

# question: the teacher's answer, another right one, a wrong one, the test, the hidden test
TASKS = {
    "rows": (
        "return len(data)",
        "return data.shape[0]",
        "return 3",
        "isinstance(rows(data), int)",
        "rows(data) == 2000",
    ),
    "mean": (
        'return data["price"].mean()',
        'return float(np.mean(data["price"]))',
        'return data["price"].median()',
        "mean(data) > 0",
        'np.testing.assert_allclose(mean(data), data["price"].mean())',
    ),
    "cities": (
        'return sorted(data["city"].unique())',
        'return sorted(set(data["city"]))',
        'return list(data["city"])',
        "isinstance(cities(data), list)",
        'cities(data) == ["Almaty", "Astana", "Shymkent"]',
    ),
    "by_city": (
        'return data.groupby("city")["price"].mean()',
        'return data.pivot_table(index="city", values="price")["price"]',
        'return data.groupby("town")["price"].mean()',
        "len(by_city(data)) == 3",
        'pd.testing.assert_series_equal(by_city(data), data.groupby("city")["price"].mean(), check_names=False)',
    ),
    "dearest": (
        'return data.sort_values("price").tail(3)',
        'return data.nlargest(3, "price").sort_values("price")',
        'return data.sort_values("price").head(3)',
        "len(dearest(data)) == 3",
        'dearest(data)["price"].min() >= data["price"].quantile(0.99)',
    ),
    "growth": (
        'return data.groupby("year")["price"].sum().pct_change()',
        'sums = data.groupby("year")["price"].sum()\n    return sums / sums.shift() - 1',
        'return data.groupby("year")["price"].sum().diff()',
        "len(growth(data)) == data.year.nunique()",
        "abs(growth(data)).max() < 1",
    ),
    "cheap": (
        'return data[data["price"] < 10]',
        'return data.query("price < 10")',
        'return data[data["price"] > 10]',
        "set(cheap(data).columns) == set(data.columns)",
        'cheap(data)["price"].max() < 10',
    ),
    "chart": (
        'return sns.barplot(data=data, x="city", y="price", errorbar=None)',
        'return data.groupby("city")["price"].mean().plot.bar()',
        "return plt.gca()",
        "chart(data) is not None",
        "len(plt.gcf().axes[0].patches) == 3",
    ),
}


def make_plain_course(root: Path, students: int, seed: int = 1) -> None:
    """Make an nbgrader course with one assignment of 20 cells, and a class that handed it in.

    Of all answers half are the teacher's, a quarter right in another way, a fifth wrong, the rest left blank. Every
    learner is later than the one before; those after the fifth miss the due date.
    """
    source = root / "source" / PLAIN
    source.mkdir(parents=True)
    chance = random.Random(seed)
    lines = ["city,year,price"]
    for _ in range(2000):
        city = chance.choice(["Almaty", "Astana", "Shymkent"])
        lines.append(f"{city},{chance.randint(2010, 2025)},{round(chance.gauss(20, 6), 2)}")
    (source / "prices.csv").write_text("\n".join(lines) + "\n")
    config = (
        'c.CourseDirectory.course_id = "plain"\nc.Execute.timeout = 60\nc.LateSubmissionPlugin.penalty_method = "zero"'
    )
    release(root, PLAIN, _plain_cells(), config)
    nbgrader(root, "db", "assignment", "add", PLAIN, "--duedate", "2026-01-01 12:00:00 UTC")
    released = nbformat.read(root / "release" / PLAIN / f"{PLAIN}.ipynb", as_version=4)
    for number in range(students):
        answers = {task: _choice(chance, texts) for task, texts in TASKS.items()}
        hour, minute = divmod(7 * 60 + 37 * number, 60)
        hand_in(
            root / "submitted" / f"s{number:04}" / PLAIN,
            {f"{PLAIN}.ipynb": _answered(released, answers, chance), "prices.csv": "not the teacher's\n"},
            f"2026-01-{1 + hour // 24:02} {hour % 24:02}:{minute:02}:00 UTC",
        )


def make_quickstart_course(root: Path) -> None:
    """Make the course of `nbgrader quickstart`, with four learners: untouched, right, wrong, and half deleted."""
    nbgrader(root.parent, "quickstart", root.name)
    nbgrader(root, "generate_assignment", "ps1")
    for student in ("untouched", "right", "wrong", "deleted"):
        folder = root / "submitted" / student / "ps1"
        shutil.copytree(root / "release" / "ps1", folder)
        for path in folder.glob("*.ipynb"):
            notebook = nbformat.read(path, as_version=4)
            if student == "right":
                notebook = nbformat.read(root / "source" / "ps1" / path.name, as_version=4)
            if student == "wrong":
                for cell in notebook.cells:
                    if is_solution(cell) and cell.cell_type == "code":
                        cell.source = cell.source.replace("raise NotImplementedError()", "return 7")
            if student == "deleted":
                notebook.cells = [cell for cell in notebook.cells if not is_grade(cell)]
            nbformat.write(notebook, path)
    shutil.rmtree(root / "submitted" / "bitdiddle", ignore_errors=True)


def make_tiny_course(root: Path, students: int, config: str = "") -> None:
    """Make a course with one solution and one test, which imports nothing, and a class that is all right.

    config: further lines of its nbgrader_config.py.
    """
    cells = [
        graded_cell(new_code_cell("### BEGIN SOLUTION\nx = 2\n### END SOLUTION"), "x", solution=True),
        graded_cell(new_code_cell("assert x == 2"), "x_test", grade=True, points=1),
    ]
    release(root, "tiny", cells, config)
    released = nbformat.read(root / "release" / "tiny" / "tiny.ipynb", as_version=4)
    for number in range(students):
        hand_in_tiny(root, f"s{number:04}", "x = 2", released)


def hand_in_tiny(
    root: Path, student: str, answer: str, released: NotebookNode | None = None, timestamp: str | None = None
) -> None:
    """Hand in the tiny course's notebook with an answer."""
    released = released or nbformat.read(root / "release" / "tiny" / "tiny.ipynb", as_version=4)
    notebook = nbformat.from_dict(released)
    notebook.cells[0].source = answer
    hand_in(root / "submitted" / student / "tiny", {"tiny.ipynb": notebook}, timestamp)


def graded_cell(
    cell: NotebookNode, name: str, grade=False, solution=False, points: float | None = None
) -> NotebookNode:
    """Return a cell with nbgrader's settings: a test, a solution, or an answer that is marked by hand."""
    settings = {"grade_id": name, "grade": grade, "solution": solution, "locked": grade and not solution}
    cell.metadata.nbgrader = NotebookNode(settings, schema_version=3, task=False)
    if points is not None:
        cell.metadata.nbgrader.points = points
    cell.id = name.replace("_", "-")
    return cell


def locked_cell(source: str, name: str) -> NotebookNode:
    """Return a cell of the teacher's that is no test."""
    cell = graded_cell(new_code_cell(source), name)
    cell.metadata.nbgrader.locked = True
    return cell


def exercise_cells(name: str, answer: str, visible: str, hidden: str) -> list[NotebookNode]:
    """Return the cells of an exercise: a solution, and a test worth one point with a hidden part, if there is one.

    answer: all of it is the solution, unless it says where that begins.
    """
    begin = "" if BEGIN in answer else f"{BEGIN}\n"
    test = f"{visible}\n### BEGIN HIDDEN TESTS\n{hidden}\n### END HIDDEN TESTS" if hidden else visible
    return [
        graded_cell(new_code_cell(f"{begin}{answer}\n### END SOLUTION"), name, solution=True),
        graded_cell(new_code_cell(test), f"{name}_check", grade=True, points=1),
    ]


def release(
    root: Path, assignment: str, cells: list[NotebookNode], config: str, kernel: Mapping[str, str] = PYTHON
) -> None:
    """Make a course of one assignment and release it.

    config: lines of its nbgrader_config.py. kernel: as a notebook names it.
    """
    source = root / "source" / assignment
    source.mkdir(parents=True, exist_ok=True)
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), source / f"{assignment}.ipynb")
    (root / "nbgrader_config.py").write_text(f"c = get_config()\n{config}\n")
    nbgrader(root, "generate_assignment", assignment, "--IncludeHeaderFooter.header=")


def hand_in_answers(root: Path, student: str, assignment: str, answers: dict[str, str]) -> Path:
    """Hand in a released notebook with code in place of the cells named; return the submission's folder."""
    notebook = nbformat.read(root / "release" / assignment / f"{assignment}.ipynb", as_version=4)
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        cell.source = answers.get(name, cell.source)
    folder = root / "submitted" / student / assignment
    hand_in(folder, {f"{assignment}.ipynb": notebook}, "2026-01-01 12:00:00 UTC")
    return folder


def hand_in(folder: Path, files: dict[str, str | NotebookNode], timestamp: str | None = None) -> None:
    """Write a submission as nbgrader collects it."""
    folder.mkdir(parents=True)
    for name, content in files.items():
        text = content if isinstance(content, str) else json.dumps(content)
        (folder / name).write_text(text, encoding="utf-8")
    if timestamp:
        (folder / "timestamp.txt").write_text(timestamp)


def nbgrader(folder: Path, *arguments: str, fails: bool = False) -> None:
    """Run an nbgrader command in a folder. Raises AssertionError with its log unless it ends as expected."""
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    assert bool(done.returncode) == fails, done.stderr


def _choice(chance: random.Random, texts: tuple[str, ...]) -> str | None:
    draw = chance.random()
    if draw < 0.5:
        return texts[0]
    return texts[1] if draw < 0.75 else texts[2] if draw < 0.95 else None


def _answered(released: NotebookNode, answers: dict[str, str | None], chance: random.Random) -> NotebookNode:
    notebook = nbformat.from_dict(released)
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if answers.get(name):
            cell.source = f"def {name}(data):\n    {answers[name]}"
        if name == "essay" and chance.random() < 0.7:
            cell.source = "Prices rose."
    return notebook


def _plain_cells() -> list[NotebookNode]:
    cells = [
        new_markdown_cell("# Prices"),
        new_code_cell(
            "%matplotlib inline\nimport numpy as np\nimport pandas as pd\nimport seaborn as sns\n"
            "import matplotlib.pyplot as plt\n\nsns.set_theme()"
        ),
        new_code_cell('data = pd.read_csv("prices.csv")\ndata.head()'),
    ]
    for name, (right, _, _, test, hidden) in TASKS.items():
        solution = f"def {name}(data):\n    ### BEGIN SOLUTION\n    {right}\n    ### END SOLUTION"
        checked = f"assert {test}\n### BEGIN HIDDEN TESTS\n{_asserted(hidden)}\n### END HIDDEN TESTS"
        cells.append(graded_cell(new_code_cell(solution), name, solution=True))
        cells.append(graded_cell(new_code_cell(checked), f"{name}_test", grade=True, points=3))
    return [*cells, graded_cell(new_markdown_cell("Why?"), "essay", grade=True, solution=True, points=1)]


def _asserted(test: str) -> str:
    return test if test.startswith(("np.testing", "pd.testing")) else f"assert {test}"
