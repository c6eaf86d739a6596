"""A course of one unit for tests: what `secondcar new-course` makes, with a written answer and further files."""

import re
from pathlib import Path

from secondcar.building.sources import GUIDE
from secondcar.building.starting import FIRST_UNIT, new_course

UNIT = FIRST_UNIT
NUMBER, CHOICE, CHART, TEXT = "before-example", "word-example", "chart-example", "honest-notice"
SCRIPT, ANSWERS = f"{UNIT}.py", "answers.toml"
# Beside the notebook; the last file is not text.
OTHER_FILES = {
    "tables/loaves.csv": b'year,loaves,growth\n2022,{{ claim("passengers-daily") }},\n'
    b'2023,{{ claim("passengers-daily") * 2.5 }},{{ claim("passengers-growth") / 100 }}\n',
    "oven.bin": b'\xff{{ claim("lost") }}\x00',
}

_TASK = """
# %% [markdown] nbgrader={"grade_id": "honest-notice", "task": true, "points": 4}
# ## Exercise: a notice for the door
#
# {{ ask("honest-notice") }}

# %% [markdown]
# *Write your notice here, in place of this line.*
"""
LAST_LEVEL = """
[[honest-notice.levels]]
points   = 0
when     = "It names no rise, or a wrong one."
example  = "We bake more than ever."
"""
_LEVELS = f"""
[honest-notice]
kind     = "text"
ask      = "Write a notice that tells the customers of the rise, with its base."
claims   = ["passengers-growth"]
hints    = ["What would a customer take for the whole?", "Name the year before and its loaves."]

[[honest-notice.levels]]
points   = 4
when     = "It names the rise, its base and both years."
example  = "We sold one hundred loaves last year and {{{{ claim('passengers-growth') }}}} % more this year."

[[honest-notice.levels]]
points   = 2
when     = "It names the rise and its base, but no year."
example  = "We sold {{{{ claim('passengers-growth') }}}} % more than before."

[[honest-notice.levels]]
points   = 1
when     = "It names the rise and nothing else."
example  = "Sales are up by {{{{ claim('passengers-growth') }}}} %."
{LAST_LEVEL}"""


def small_course(root: Path) -> Path:
    """Make the course and return its folder.

    Its chart exercise is left out: each chart in its bank takes a moment to judge, and there are many builds.
    """
    new_course(root)
    unit = root / "course" / UNIT
    _change(unit / SCRIPT, lambda text: _without_chart_cells(text) + _TASK)
    _change(unit / ANSWERS, lambda text: text[: text.index(f"\n[{CHART}]")] + _LEVELS)
    _change(root / "course" / GUIDE, lambda text: re.sub(rf"^\| `{CHART}`.*\n", "", text, flags=re.MULTILINE))
    for name, content in OTHER_FILES.items():
        (unit / name).parent.mkdir(exist_ok=True)
        (unit / name).write_bytes(content)
    return root


def _without_chart_cells(script: str) -> str:
    start = script.rindex("# %% [markdown]", 0, script.index(f'# {{{{ ask("{CHART}") }}}}'))
    return script[:start] + script[script.index("# %% [markdown]\n# ## Talk about it") :]


def _change(path: Path, change) -> None:
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
